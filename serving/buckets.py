"""Token buckets: how often something may be done, with bursts, in bounded memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import Scope

MOST_KEPT = 10_000
"""Buckets that are kept; who comes after as many others starts with a full one."""


ROUNDING = 1e-6
"""What a bucket may lack, as waiting for the rest could take no time at all."""


@dataclass
class Bucket:
    """Holds up to ``size`` tokens and gains ``rate`` of them a second."""

    size: float
    rate: float
    tokens: float
    at: float

    def take(self, now: float, tokens: int = 1) -> float:
        """Take ``tokens``; seconds until they are there, 0 if they were. None is taken otherwise.

        More than there is room for are taken from a full bucket, which owes the rest.
        """
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        needed = min(tokens, self.size)
        if self.tokens < needed - ROUNDING:
            return (needed - self.tokens) / self.rate
        self.tokens -= tokens
        return 0


class Buckets:
    """A bucket for each key, such as an address; the longest unused ones are forgotten."""

    def __init__(
        self,
        per_minute: int,
        most: int = MOST_KEPT,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.per_minute = per_minute
        self.most = most
        self.clock = clock
        self.kept: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, key: str) -> float:
        """Take a token of ``key``; seconds to wait for one, 0 if there was."""
        now = self.clock()
        bucket = self.kept.pop(key, None)
        if bucket is None:
            bucket = Bucket(self.per_minute, self.per_minute / 60, self.per_minute, now)
        self.kept[key] = bucket
        if len(self.kept) > self.most:
            self.kept.popitem(last=False)
        return bucket.take(now)


def address_of(scope: Scope) -> str:
    """Where a request comes from; of IPv6 the first half, which is what one household has."""
    host: str = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))
