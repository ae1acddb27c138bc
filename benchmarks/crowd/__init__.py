"""Many readers at once: replayed websocket sessions, what they wait, what they cost the server."""
