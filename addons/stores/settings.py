"""What the stores are told from outside, read once at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine.url import URL, make_url

DATABASE = "conversations.db"


@dataclass(frozen=True)
class StoreSettings:
    """Settings of the tracker store.

    Attributes:
        data: the folder that holds everything of the embedded default.
        url: the database's address; None means one SQLite file in `data`.
        redis: the address of Redis, for locks and for talk that is not kept; None for neither.
        window: user turns whose events are kept.
        retention_days: days after the last message until a conversation is dropped.
        unkept_minutes: minutes of silence until talk without consent is forgotten.
        unkept_bytes: how much memory such talk may take in all.
        busy_seconds: how long a write waits for another one.
    """

    data: Path = Path("var")
    url: str | None = None
    redis: str | None = None
    window: int = 8
    retention_days: float = 30.0
    unkept_minutes: float = 60.0
    unkept_bytes: int = 64 * 1024 * 1024
    busy_seconds: float = 3.0

    @classmethod
    def from_environment(cls, given: Mapping[str, str] | None = None) -> StoreSettings:
        """Reads AFTERWORD_DATA, AFTERWORD_TRACKER_URL, AFTERWORD_REDIS_URL and the limits.

        Raises:
            ValueError: a number is none, or is not above zero; the message names the variable.
        """
        env = os.environ if given is None else given
        return cls(
            data=Path(env.get("AFTERWORD_DATA") or "var"),
            url=env.get("AFTERWORD_TRACKER_URL") or None,
            redis=env.get("AFTERWORD_REDIS_URL") or None,
            window=int(_number(env, "AFTERWORD_WINDOW", cls.window)),
            retention_days=_number(env, "AFTERWORD_RETENTION_DAYS", cls.retention_days),
            unkept_minutes=_number(env, "AFTERWORD_UNKEPT_MINUTES", cls.unkept_minutes),
            unkept_bytes=int(_number(env, "AFTERWORD_UNKEPT_MB", 64) * 1024 * 1024),
            busy_seconds=_number(env, "AFTERWORD_BUSY_SECONDS", cls.busy_seconds),
        )

    @property
    def database_url(self) -> URL:
        """The address of the database in use."""
        if self.url:
            # Some providers still hand out the short scheme, which SQLAlchemy 1.4 refuses.
            return make_url(self.url.replace("postgres://", "postgresql://", 1))
        return URL.create("sqlite", database=str(self.data / DATABASE))


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name)
    if not text:
        return float(default)
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} must be a number, not '{text}'") from None
    if value <= 0:
        raise ValueError(f"{name} must be above zero, not {text}")
    return value
