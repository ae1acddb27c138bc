"""How the dashboard is run for a crowd: replicas behind nginx."""
