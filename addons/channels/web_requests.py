"""Reads requests: one known shape of JSON, of a bounded size, from a page that may ask."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import urlsplit

from sanic.request import Request

from addons.channels.inbound import LONGEST
from addons.channels.web_settings import BODY_BYTES

_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
_LONGEST_PAYLOAD = 255
_LONGEST_ZONE = 64


class Refused(Exception):
    """A request that is answered with a status and a code, and nothing of what it said."""

    def __init__(self, status: int, code: str, retry_after: int = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.retry_after = status, code, retry_after


@dataclass(frozen=True)
class Posted:
    """A message: its id of the client's making, and either a typed text or a button's payload."""

    id: str
    text: Optional[str] = None
    payload: Optional[str] = None
    timezone: str = ""  # of the browser; one that is not known here counts as none


def origin_of(request: Request, allowed: frozenset[str]) -> Optional[str]:
    """The other page a request comes from; None for this server's own pages and for no page.

    Raises:
        Refused: 403, it comes from a page that may not ask.
    """
    origin = request.headers.get("origin")
    if origin is None:
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            raise Refused(403, "origin_refused")
        return None
    if origin.lower() in allowed:
        return origin
    if urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower() != "":
        return None
    raise Refused(403, "origin_refused")


def bearer(request: Request) -> str:
    """The token of the Authorization header.

    Raises:
        Refused: 401, there is none.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise Refused(401, "no_session")
    return str(token.strip())


async def body_of(request: Request, seconds: float) -> dict[str, Any]:
    """The JSON object of a streamed request.

    Raises:
        Refused: 415 it is no JSON by its header, 413 it is too large, 408 it took too many
            seconds, 400 it is no JSON object.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "json_only")
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > BODY_BYTES:
        raise Refused(413, "too_large")
    try:
        raw = await asyncio.wait_for(_read(request), seconds)
    except asyncio.TimeoutError:
        request.transport.abort()  # the rest of it is not worth waiting for either
        raise Refused(408, "too_slow") from None
    return object_of(raw)


async def _read(request: Request) -> bytes:
    raw = bytearray()
    while piece := await request.stream.read():
        raw += piece
        if len(raw) > BODY_BYTES:
            raise Refused(413, "too_large")
    return bytes(raw)


def object_of(raw: bytes) -> dict[str, Any]:
    """Parses a JSON object.

    Raises:
        Refused: 400, it is none.
    """
    try:
        body = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused(400, "not_json") from None
    if not isinstance(body, dict):
        raise Refused(400, "not_an_object")
    return body


def message_of(body: dict[str, Any]) -> Posted:
    """The message of a body: `id`, one of `text` and `payload`, and perhaps `timezone`.

    Raises:
        Refused: 400 for any other shape, 413 for a text that is too long.
    """
    if not set(body) <= {"id", "text", "payload", "timezone"}:
        raise Refused(400, "unknown_field")
    zone = body.get("timezone", "")
    if not isinstance(zone, str) or len(zone) > _LONGEST_ZONE:
        raise Refused(400, "bad_timezone")
    name = body.get("id")
    if not isinstance(name, str) or not _MESSAGE_ID.match(name):
        raise Refused(400, "bad_id")
    if ("text" in body) == ("payload" in body):
        raise Refused(400, "text_or_payload")
    said = body.get("text", body.get("payload"))
    if not isinstance(said, str) or not said.strip() or not _is_unicode(said):
        raise Refused(400, "bad_text")
    if "payload" in body:
        if len(said) > _LONGEST_PAYLOAD:
            raise Refused(400, "bad_text")
        return Posted(name, payload=said, timezone=zone)
    if len(said) > LONGEST:
        raise Refused(413, "too_long")
    return Posted(name, text=said, timezone=zone)


def token_of(body: dict[str, Any]) -> Optional[str]:
    """The token to renew; None to start a session.

    Raises:
        Refused: 400, the body holds something else.
    """
    if not set(body) <= {"token"}:
        raise Refused(400, "unknown_field")
    token = body.get("token")
    if token is not None and not isinstance(token, str):
        raise Refused(400, "bad_token")
    return token


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _is_unicode(text: str) -> bool:
    """False for half a surrogate pair, which JSON can write and no store can keep."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
