"""What a page fetches, and how to make it as slow as on a phone; by Chromium's own protocol."""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.browser import Visit

PHONE_CPU = 4
"""So many times slower."""

PHONE_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
"""1.6 Mbit/s down, 0.75 up, 150 ms there and back."""

_BINARY = 2


class Traffic:
    """Counts what a page receives: ``bytes`` as they come over the wire, and ``requests``.

    What comes from the browser's own cache is no request. Chromium tells the messages of a
    websocket as they were before compression; where that was agreed on, they are compressed here
    again.
    """

    def __init__(self, visit: Visit):
        self.bytes = 0
        self.requests = 0
        self._packers: dict[str, zlib._Compress] = {}
        session = visit.page.context.new_cdp_session(visit.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._loaded)
        session.on("Network.webSocketHandshakeResponseReceived", self._agreed)
        session.on("Network.webSocketFrameReceived", self._message)

    def _loaded(self, event: dict[str, Any]) -> None:
        received = int(event["encodedDataLength"])
        self.bytes += received
        self.requests += received > 0

    def _agreed(self, event: dict[str, Any]) -> None:
        headers = {name.lower(): text for name, text in event["response"]["headers"].items()}
        agreed = headers.get("sec-websocket-extensions", "")
        if "permessage-deflate" in agreed:
            bits = re.search(r"server_max_window_bits=(\d+)", agreed)
            window = int(bits[1]) if bits else zlib.MAX_WBITS
            self._packers[event["requestId"]] = zlib.compressobj(wbits=-window)

    def _message(self, event: dict[str, Any]) -> None:
        text = event["response"]["payloadData"]
        binary = event["response"]["opcode"] == _BINARY
        message = base64.b64decode(text) if binary else text.encode()
        packer = self._packers.get(event["requestId"])
        if packer:
            message = packer.compress(message) + packer.flush(zlib.Z_SYNC_FLUSH)
        self.bytes += len(message)

    def since(self, before: int) -> float:
        """Kilobytes since ``bytes`` was ``before``."""
        return (self.bytes - before) / 1000


def as_on_a_phone(visit: Visit) -> None:
    """Slow the page's processor and network down."""
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": PHONE_CPU})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", PHONE_NETWORK)
