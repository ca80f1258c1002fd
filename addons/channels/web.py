"""The website channel. docs/channels.md and docs/openapi-web.yml tell what it offers."""

from __future__ import annotations

import json
from functools import wraps
from typing import Any, Awaitable, Callable, Dict, Optional

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from addons.channels import web_pages
from addons.channels.web_answering import Answering
from addons.channels.web_ended import ended_of
from addons.channels.web_limits import Limit, address_of
from addons.channels.web_replies import Answer, WebOutput
from addons.channels.web_requests import (
    Refused,
    bearer,
    body_of,
    message_of,
    origin_of,
    token_of,
)
from addons.channels.web_sessions import BadToken, Session, Sessions, secret_from_keys
from addons.channels.web_settings import WebSettings
from addons.channels.web_talk import AgentTalk, Talk

Handler = Callable[[Request], Awaitable[Optional[HTTPResponse]]]

API_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Vary": "Origin"}


class WebChannel(InputChannel):
    """The widget's server side: sessions, messages, history, and the widget's own files."""

    def __init__(
        self,
        settings: Optional[WebSettings] = None,
        secret: Optional[bytes] = None,
        talk: Optional[Talk] = None,
    ) -> None:
        self.settings = settings or WebSettings.from_environment()
        self._talk = talk
        self.sessions = Sessions(
            secret or secret_from_keys(),
            ended_of(self.settings),
            self.settings.token_seconds,
            self.settings.renew_seconds,
        )
        self._by_session = Limit(self.settings.session_rate)
        self._by_address = Limit(self.settings.address_rate)
        self._starts = Limit(self.settings.start_rate, burst=self.settings.start_rate)

    @classmethod
    def name(cls) -> str:
        """The channel's name, in credentials.yml as well."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> InputChannel:
        """Made from credentials.yml; the settings come from the environment."""
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. Give them no prefix, and the demo page is the server's front page."""
        routes = Blueprint("afterword_web")
        files = web_pages.read_files(self.settings.files)

        @routes.listener("before_server_start")
        async def _prepare(app: Any, _loop: Any) -> None:
            self._open(app, on_new_message)

        def add(name: str, method: str, handler: Handler) -> None:
            path = f"/api/web/{name}"
            routes.add_route(
                self._guarded(handler), path, [method], stream=method == "POST", name=name
            )
            asked = self._guarded(self._preflight)
            routes.add_route(asked, path, ["OPTIONS"], name=f"{name}_options")

        add("session", "POST", self._session)
        add("message", "POST", self._message)
        add("forget", "POST", self._forget)
        add("end", "POST", self._end)
        add("history", "GET", self._history)

        async def front(request: Request) -> HTTPResponse:
            return web_pages.answer(request, files.get(web_pages.FRONT))

        async def file(request: Request, name: str) -> HTTPResponse:
            return web_pages.answer(request, files.get(name))

        routes.add_route(front, "/", methods=["GET"], name="front")
        routes.add_route(file, "/<name:str>", methods=["GET"], name="file")
        return routes

    def _open(self, app: Any, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> None:
        self._talk = self._talk or AgentTalk(app)
        self._answering = Answering(on_new_message, self._talk, self.sessions)

    def _guarded(self, handler: Handler) -> Handler:
        """Checks address and origin before a handler, and turns refusals into answers."""

        @wraps(handler)
        async def guarded(request: Request) -> Optional[HTTPResponse]:
            origin = None
            try:
                self._spend(self._by_address, self._address(request))
                origin = origin_of(request, self.settings.origins)
                request.ctx.origin = origin
                return await handler(request)
            except Refused as refused:
                return _refusal(refused, origin)
            except BadToken as bad:
                return _refusal(Refused(401, bad.code), origin)

        return guarded

    async def _preflight(self, request: Request) -> HTTPResponse:
        """Tells a browser what a page of an allowed origin may ask."""
        headers = {
            **_headers(request.ctx.origin),
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "authorization, content-type",
            "Access-Control-Max-Age": "600",
        }
        return HTTPResponse(status=204, headers=headers)

    async def _session(self, request: Request) -> HTTPResponse:
        given = token_of(await body_of(request, self.settings.body_seconds))
        if given is None:
            self._spend(self._starts, self._address(request))
            session = self.sessions.start()
        else:
            session = self.sessions.renew(given)
        body = {
            "token": self.sessions.token(session),
            "expires": session.expires,
            "renewable": session.renewable,
        }
        return _json(body, request, status=200 if given else 201)

    async def _message(self, request: Request) -> Optional[HTTPResponse]:
        session = self._who(request)
        posted = message_of(await body_of(request, self.settings.body_seconds))
        answer = self._answering.known(session, posted)
        if answer is None:
            answer = await self._answering.begin(session, posted)
        await _stream(request, answer)
        return None

    async def _history(self, request: Request) -> HTTPResponse:
        session = self._who(request)
        assert self._talk is not None
        known = await self._talk.known(session.sender)
        body = {"items": known.items, "offered": sorted(known.offered), "kept": known.kept}
        return _json(body, request)

    async def _forget(self, request: Request) -> HTTPResponse:
        session = self._who(request)
        _empty(await body_of(request, self.settings.body_seconds))
        assert self._talk is not None
        try:
            await self._talk.forget(session.sender)
        except Exception as error:
            raise Refused(503, "not_deleted", retry_after=60) from error
        self.sessions.end(session)
        self._answering.drop(session)
        return _json({"forgotten": True}, request)

    async def _end(self, request: Request) -> HTTPResponse:
        session = self._who(request)
        _empty(await body_of(request, self.settings.body_seconds))
        assert self._talk is not None
        known = await self._talk.known(session.sender)
        if not known.kept:
            await self._talk.forget(session.sender)
        self.sessions.end(session)
        self._answering.drop(session)
        return _json({"ended": True}, request)

    def _who(self, request: Request) -> Session:
        session = self.sessions.check(bearer(request))
        self._spend(self._by_session, session.id)
        return session

    def _address(self, request: Request) -> str:
        forwarded = request.headers.get("x-forwarded-for")
        return address_of(request.ip, forwarded, self.settings.proxies)

    def _spend(self, limit: Limit, name: str) -> None:
        wait = limit.wait(name)
        if wait:
            raise Refused(429, "too_many", retry_after=wait)


async def _stream(request: Request, answer: Answer) -> None:
    """Sends the lines of an answer as they come, one JSON object each."""
    headers = {**_headers(request.ctx.origin), "X-Accel-Buffering": "no"}
    response = await request.respond(headers=headers, content_type="application/x-ndjson")
    async for line in answer.follow():
        await response.send(json.dumps(line, ensure_ascii=False) + "\n")
    await response.eof()


def _empty(body: Dict[str, Any]) -> None:
    if body:
        raise Refused(400, "unknown_field")


def _headers(origin: Optional[str]) -> Dict[str, str]:
    if origin is None:
        return dict(API_HEADERS)
    allowed = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return {**API_HEADERS, **allowed}


def _json(body: Dict[str, Any], request: Request, status: int = 200) -> HTTPResponse:
    text = json.dumps(body, ensure_ascii=False)
    return HTTPResponse(
        text, status=status, headers=_headers(request.ctx.origin), content_type="application/json"
    )


def _refusal(refused: Refused, origin: Optional[str]) -> HTTPResponse:
    headers = _headers(origin)
    if refused.retry_after:
        headers["Retry-After"] = str(refused.retry_after)
    if refused.status in (413, 415, 429):
        headers["Connection"] = "close"  # what is still on its way is not worth reading
    return HTTPResponse(
        json.dumps({"error": refused.code}),
        status=refused.status,
        headers=headers,
        content_type="application/json",
    )


__all__ = ["WebChannel", "WebOutput"]
