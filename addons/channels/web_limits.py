"""How often somebody may ask: a bucket of turns that fills up again, one for each name."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_NAMES = 20_000  # buckets in memory; the one not touched the longest goes first


class Limit:
    """Lets `rate` requests a minute through for each name, with a burst of a third of that."""

    def __init__(
        self, rate: float, burst: float | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = rate / 60.0
        self._burst = max(1.0, rate / 3.0 if burst is None else burst)
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str) -> int:
        """Takes one turn. 0 if there was one, else the seconds until there is."""
        now = self._now()
        left, seen = self._buckets.pop(name, (self._burst, now))
        left = min(self._burst, left + (now - seen) * self._per_second)
        allowed = left >= 1.0
        self._buckets[name] = (left - 1.0 if allowed else left, now)
        if len(self._buckets) > MOST_NAMES:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1.0 - left) / self._per_second))


def address_of(peer: str, forwarded: str | None, proxies: int) -> str:
    """Whose limit a request counts for.

    Args:
        peer: the address of the connection.
        forwarded: the X-Forwarded-For header, which anybody can write.
        proxies: how many proxies in front are ours; each adds one address at the header's end.

    Returns:
        An IPv4 address, or the /64 network of an IPv6 one: a home gets that many at once.
    """
    chosen = peer
    if proxies and forwarded:
        hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
        if hops:
            chosen = hops[-min(proxies, len(hops))]
    try:
        address = ipaddress.ip_address(chosen.strip("[]"))
    except ValueError:
        return peer
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
