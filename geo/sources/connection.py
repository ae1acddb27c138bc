"""Connect to the host that was named and no other, and read from it by the clock.

A name is looked up once and the very address that was checked is the one connected to, so that it
cannot be bent in between.
"""

from __future__ import annotations

import io
import socket
import ssl
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import SplitResult

from geo.sources import messages
from geo.sources.address import PORTS
from geo.sources.messages import ArchiveError


@dataclass(frozen=True)
class Limits:
    """Seconds for connecting, for each wait and in all; bytes, packed or not; times sent on."""

    connect: float = 5
    read: float = 10
    whole: float = 30
    largest: int = 10_000_000
    sent_on: int = 3


@dataclass(frozen=True)
class Clock:
    """``end``: the moment (:func:`time.monotonic`) when all time is used up."""

    limits: Limits
    end: float

    def left(self, most: float) -> float:
        """Seconds to wait, at most ``most``. Raises TimeoutError once all are used up."""
        left = self.end - monotonic()
        if left <= 0:
            raise TimeoutError
        return min(most, left)


class TimedReader(io.RawIOBase):
    """A socket to read from which keeps to the clock, however slowly bytes drip."""

    def __init__(self, sock: socket.socket, clock: Clock):
        self.sock, self.clock = sock, clock

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for bytes no longer than the clock allows. Raises TimeoutError."""
        self.sock.settimeout(self.clock.left(self.clock.limits.read))
        return self.sock.recv_into(buffer)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What :class:`HTTPResponse` asks a socket for."""
        return io.BufferedReader(self)


def connected(target: SplitResult, clock: Clock) -> socket.socket:
    """A connection to an address of the host that may be asked, encrypted for https."""
    host, port = target.hostname or "", target.port or PORTS[target.scheme]
    failed: OSError = ConnectionRefusedError()
    for address in _addresses(host, port, clock):
        try:
            sock = socket.create_connection(
                (address, port), timeout=clock.left(clock.limits.connect)
            )
            break
        except OSError as error:
            failed = error
    else:
        raise failed
    if target.scheme == "http":
        return sock
    try:
        sock.settimeout(clock.left(clock.limits.connect))
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except BaseException:
        sock.close()
        raise


def _addresses(host: str, port: int, clock: Clock) -> list[str]:
    """The addresses of ``host``, all of them public.

    An operator who writes an address instead of a name, or ``localhost``, means that very one.
    """
    try:
        return [str(ip_address(host))]
    except ValueError:
        found = _look_up(host, port, clock)
    for address in found:
        if not (address.is_loopback if host == "localhost" else _is_public(address)):
            raise ArchiveError(messages.PRIVATE, host=host, address=str(address))
    return [str(address) for address in found]


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast


def _look_up(host: str, port: int, clock: Clock) -> list[IPv4Address | IPv6Address]:
    """The addresses that the system knows ``host`` by, waiting no longer than the clock allows."""
    found: SimpleQueue[Any] = SimpleQueue()

    def ask() -> None:
        try:
            found.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        rows = found.get(timeout=clock.left(clock.limits.connect))
    except Empty:
        raise TimeoutError from None
    if isinstance(rows, Exception):
        raise OSError(0, str(rows.args[-1])) from rows
    return [ip_address(row[4][0]) for row in rows]
