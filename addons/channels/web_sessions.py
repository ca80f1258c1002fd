"""Who is talking: ids the server makes, in tokens only the server can make.

A token says its id, until when it works, and until when it can be exchanged for a new one. It is
not kept on the server; only the ids that have ended are, until they would have run out anyway.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

VERSION = "w1"
_ID_BYTES = 18
_LONGEST = 200  # characters of a token; ours have about 100


class BadToken(Exception):
    """The token is not ours, has run out, or its session has ended; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Ended(Protocol):
    """Remembers which sessions have ended."""

    def add(self, name: str, until: float) -> None:
        """`name` must not come back before `until` (seconds since 1970)."""

    def __contains__(self, name: object) -> bool:
        """Whether a session has ended."""


@dataclass(frozen=True)
class Session:
    """A session: its id, and until when its token works and can be renewed."""

    id: str
    expires: int
    renewable: int

    @property
    def sender(self) -> str:
        """The sender id of this channel; no other channel's ids begin like it."""
        return f"web:{self.id}"


class Sessions:
    """Makes, checks, renews and ends sessions."""

    def __init__(
        self,
        secret: bytes,
        ended: Ended,
        token_seconds: int,
        renew_seconds: int,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._secret, self._ended, self._now = secret, ended, now
        self._token_seconds, self._renew_seconds = token_seconds, renew_seconds

    def start(self) -> Session:
        """A session for somebody new."""
        return self._dated(secrets.token_urlsafe(_ID_BYTES))

    def renew(self, token: str) -> Session:
        """The same session with fresh dates.

        Raises:
            BadToken: forged, past its renewal, or ended.
        """
        session = self._read(token)
        if session.renewable < self._now():
            raise BadToken("expired")
        return self._dated(session.id)

    def check(self, token: str) -> Session:
        """The session of a token that works now.

        Raises:
            BadToken: forged, run out, or ended.
        """
        session = self._read(token)
        if session.expires < self._now():
            raise BadToken("expired")
        return session

    def end(self, session: Session) -> None:
        """No token of this session works any more, however many there are."""
        self._ended.add(session.id, self._now() + self._token_seconds + self._renew_seconds)

    def token(self, session: Session) -> str:
        """The token of a session."""
        body = f"{VERSION}.{session.id}.{session.expires}.{session.renewable}"
        return f"{body}.{self._sign(body)}"

    def _dated(self, name: str) -> Session:
        now = int(self._now())
        return Session(name, now + self._token_seconds, now + self._renew_seconds)

    def _read(self, token: str) -> Session:
        body, _, signature = token.rpartition(".")
        if len(token) > _LONGEST or not token.isascii():
            raise BadToken("invalid")
        if not hmac.compare_digest(signature, self._sign(body)):
            raise BadToken("invalid")
        version, name, expires, renewable = body.split(".")
        if version != VERSION:
            raise BadToken("invalid")
        if name in self._ended:
            raise BadToken("ended")
        return Session(name, int(expires), int(renewable))

    def _sign(self, body: str) -> str:
        digest = hmac.new(self._secret, body.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def secret_from_keys() -> bytes:
    """The signing key, derived from the secret for names: nothing more to keep or to lose.

    Raises:
        NotebookError: the key file cannot be read or made.
    """
    from afterword.notebook.keys import keys

    # A label no sender id can be: those of people begin with their channel and a colon.
    return bytes.fromhex(keys().person("signing-key/web-session/1"))
