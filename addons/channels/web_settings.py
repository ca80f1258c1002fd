"""What the website channel is told from outside, read once at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

BODY_BYTES = 8 * 1024  # 2,000 characters of four bytes each fit, with nothing else of size


@dataclass(frozen=True)
class WebSettings:
    """Settings of the website channel.

    Attributes:
        origins: pages that may talk to this server besides its own ("https://example.org").
        proxies: how many proxies in front are ours; 0 means that forwarded addresses are ignored.
        token_seconds: how long a session's token works until it must be renewed.
        renew_seconds: how long after the last renewal it still can be.
        session_rate: requests a session may make in a minute, a third of that at once.
        address_rate: requests an address may make in a minute.
        start_rate: sessions an address may start in a minute.
        body_seconds: how long a body may take to come in; a slower sender holds the line.
        files: the folder of the built widget.
        data: the folder for what must outlive a restart.
        redis: the address of Redis, where several workers share what has ended.
    """

    origins: frozenset[str] = frozenset()
    proxies: int = 0
    token_seconds: int = 3600
    renew_seconds: int = 30 * 24 * 3600
    session_rate: float = 60.0
    address_rate: float = 240.0
    start_rate: float = 20.0
    body_seconds: float = 10.0
    files: Path = ROOT / "widget" / "dist"
    data: Path = Path("var")
    redis: str | None = None

    @classmethod
    def from_environment(cls, given: Mapping[str, str] | None = None) -> WebSettings:
        """Reads AFTERWORD_ORIGINS, AFTERWORD_TRUST_PROXY, AFTERWORD_DATA and the limits.

        Raises:
            ValueError: a value is no number, or an origin is none; the message names it.
        """
        env = os.environ if given is None else given
        days = _number(env, "AFTERWORD_RETENTION_DAYS", 30)
        return cls(
            origins=frozenset(_origins(env.get("AFTERWORD_ORIGINS", ""))),
            proxies=_proxies(env.get("AFTERWORD_TRUST_PROXY", "")),
            renew_seconds=int(days * 24 * 3600),
            session_rate=_number(env, "AFTERWORD_WEB_SESSION_RATE", cls.session_rate),
            address_rate=_number(env, "AFTERWORD_WEB_ADDRESS_RATE", cls.address_rate),
            start_rate=_number(env, "AFTERWORD_WEB_START_RATE", cls.start_rate),
            files=Path(env.get("AFTERWORD_WIDGET") or cls.files),
            data=Path(env.get("AFTERWORD_DATA") or "var"),
            redis=env.get("AFTERWORD_REDIS_URL") or None,
        )


def _origins(text: str) -> list[str]:
    found = [part.strip().rstrip("/").lower() for part in text.split(",") if part.strip()]
    for origin in found:
        scheme, _, host = origin.partition("://")
        if scheme not in ("http", "https") or not host or "/" in host or "*" in host:
            raise ValueError(f"AFTERWORD_ORIGINS: '{origin}' is no origin like https://example.org")
    return found


def _proxies(text: str) -> int:
    """A number of proxies; "yes" and "true" mean one."""
    if text.strip().lower() in ("", "0", "no", "false"):
        return 0
    if text.strip().lower() in ("yes", "true"):
        return 1
    if not text.strip().isdigit():
        raise ValueError(f"AFTERWORD_TRUST_PROXY must be a number of proxies, not '{text}'")
    return int(text)


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} must be a number, not '{text}'") from None
    if value <= 0:
        raise ValueError(f"{name} must be above zero, not {text}")
    return value
