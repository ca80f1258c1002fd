"""Limits, and whose they are."""

from __future__ import annotations

import pytest

from addons.channels import web_limits
from addons.channels.web_limits import Limit, address_of


class Clock:
    """A time that is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_the_rate() -> None:
    clock = Clock()
    limit = Limit(60, burst=3, now=clock)
    assert [limit.wait("a") for _ in range(5)] == [0, 0, 0, 1, 1]
    clock.now = 1.0
    assert [limit.wait("a") for _ in range(2)] == [0, 1]


def test_the_wait_is_as_long_as_it_takes() -> None:
    limit = Limit(2, burst=1, now=Clock())
    assert limit.wait("a") == 0
    assert limit.wait("a") == 30


def test_names_do_not_share() -> None:
    limit = Limit(60, burst=1, now=Clock())
    assert limit.wait("a") == limit.wait("b") == 0


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_limits, "MOST_NAMES", 100)
    limit = Limit(60, burst=1, now=Clock())
    for number in range(1000):
        limit.wait(str(number))
    assert len(limit._buckets) == 100


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "whose"),
    [
        ("192.0.2.1", None, 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.5", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.5", 1, "203.0.113.5"),
        ("192.0.2.1", "1.1.1.1, 203.0.113.5", 1, "203.0.113.5"),
        ("192.0.2.1", "1.1.1.1, 203.0.113.5, 10.0.0.1", 2, "203.0.113.5"),
        ("192.0.2.1", "203.0.113.5", 3, "203.0.113.5"),
        ("192.0.2.1", "", 1, "192.0.2.1"),
        ("192.0.2.1", "nonsense\n", 1, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", None, 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", None, 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", None, 0, "192.0.2.1"),
        ("192.0.2.1", "[2001:db8:1:2::9]", 1, "2001:db8:1:2::/64"),
    ],
)
def test_whose_limit_it_is(peer: str, forwarded: str | None, proxies: int, whose: str) -> None:
    assert address_of(peer, forwarded, proxies) == whose
