"""The widget's files and the demo page: read once, served by name, with strict headers.

A name is looked up in a table and never becomes a path, so there is nothing to climb out of.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Optional

from sanic.request import Request
from sanic.response import HTTPResponse, raw

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
FRONT = "index.html"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}


@dataclass(frozen=True)
class File:
    """A file as it is sent."""

    content: bytes
    kind: str
    tag: str


def read_files(folder: Path) -> Dict[str, File]:
    """Every file directly in a folder, by name; none if there is no such folder."""
    if not folder.is_dir():
        return {}
    return {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in _TYPES}


def _read(path: Path) -> File:
    content = path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
    return File(content, f"{kind}; charset=utf-8", f'"{hashlib.sha256(content).hexdigest()[:24]}"')


def answer(request: Request, file: Optional[File]) -> HTTPResponse:
    """Sends a file, or says that it has not changed, or that there is none."""
    if file is None:
        return raw(b"", status=404, headers=dict(HEADERS))
    headers = {**HEADERS, "ETag": file.tag, "Cache-Control": "no-cache"}
    if file.kind.startswith("text/html"):
        headers["Content-Security-Policy"] = POLICY
    else:
        # A page of another origin loads the widget by its script line.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.headers.get("if-none-match") == file.tag:
        return raw(b"", status=304, headers=headers)
    return raw(file.content, content_type=file.kind, headers=headers)
