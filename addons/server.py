"""The server of `afterword serve`: one process with the agent, the actions and our channels."""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.core.channels import channel as rasa_channels
from rasa.core.channels.channel import InputChannel
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from addons import health
from addons.channels.web import WebChannel

log = logging.getLogger(__name__)

LIMITS = {
    "REQUEST_MAX_SIZE": 256 * 1024,  # updates of Telegram; the website's own limit is lower
    "REQUEST_MAX_HEADER_SIZE": 8 * 1024,
    "REQUEST_TIMEOUT": 10,  # seconds for a whole request to come in: slow ones are cut
    "RESPONSE_TIMEOUT": 120,
    "KEEP_ALIVE_TIMEOUT": 15,
    "FALLBACK_ERROR_FORMAT": "json",
}


def build(model: Path, channels: Optional[List[InputChannel]] = None) -> Sanic:
    """The app with its channels; the agent is loaded when it starts.

    Args:
        model: the trained model.
        channels: the website's, and Telegram's where it is set up, if left out.
    """
    wanted = channels or set_up_channels()
    app = Sanic("afterword", configure_logging=False)
    app.config.update(LIMITS)
    app.error_handler.add(Exception, failure)

    async def load_agent(running: Any, _loop: Any) -> None:
        from addons.agent import load

        running.ctx.agent = await load(model)

    app.register_listener(load_agent, "before_server_start")
    health.attach(app)
    rasa_channels.register(wanted, app, route=None)
    return app


def set_up_channels() -> List[InputChannel]:
    """The website's channel, and Telegram's where the environment has a token for it."""
    found: List[InputChannel] = [WebChannel()]
    if find_spec("addons.channels.telegram") is not None:
        telegram = import_module("addons.channels.telegram").from_environment()
        if telegram is not None:
            found.append(telegram)
    return found


async def failure(_request: Request, error: Exception) -> HTTPResponse:
    """A failure without its inside: neither the page nor the log gets what was sent."""
    status = 500
    headers: Dict[str, str] = {}
    if isinstance(error, SanicException):
        status, headers = error.status_code or 500, dict(getattr(error, "headers", None) or {})
    else:
        log.error("request_failed error=%s", type(error).__name__)
    return json({"error": "failed" if status >= 500 else "refused"}, status, headers)
