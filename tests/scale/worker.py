"""One worker: our stores, desk, health and website channel around the small assistant.

    worker.py PORT MODEL

Beside the website channel there is one as small as can be:
POST /small/say {"sender", "text", "id"} -> [{"text": ...}, ...]
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any, Awaitable, Callable

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/faults"), str(ROOT / "tests/faults/assistant")]

import small  # noqa: E402
from rasa.core.channels.channel import (  # noqa: E402
    CollectingOutputChannel,
    InputChannel,
    UserMessage,
)
from rasa.core.run import load_agent_on_start  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from sanic import Blueprint, Sanic, response  # noqa: E402
from sanic.request import Request  # noqa: E402
from sanic.response import HTTPResponse  # noqa: E402

from addons import health  # noqa: E402
from addons.channels.web import WebChannel  # noqa: E402
from addons.inprocess import InProcessActionEndpoint  # noqa: E402


class SmallChannel(InputChannel):
    """Text in, texts out."""

    @classmethod
    def name(cls) -> str:
        return "small"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("small")

        @blueprint.post("/say")
        async def say(request: Request) -> HTTPResponse:
            given = request.json
            out = CollectingOutputChannel()
            message = UserMessage(
                given["text"],
                out,
                f"web:{given['sender']}",
                input_channel="web",
                message_id=given["id"],
            )
            await on_new_message(message)
            return response.json([{"text": said.get("text")} for said in out.messages])

        return blueprint


def main() -> None:
    """Serves until it is told to end."""
    port, model = int(sys.argv[1]), sys.argv[2]
    small.quiet()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    endpoints.action = InProcessActionEndpoint("faulty_actions")
    app = Sanic("afterword_worker", configure_logging=False)

    async def answer(message: UserMessage) -> None:
        await app.ctx.agent.handle_message(message)

    app.blueprint(SmallChannel().blueprint(answer), url_prefix="/small")
    app.blueprint(WebChannel().blueprint(answer))
    app.register_listener(
        partial(load_agent_on_start, model, endpoints, None), "before_server_start"
    )
    health.attach(app)
    health.install = partial(health.install, word=small.WORDS.__getitem__)  # type: ignore
    app.run(host="127.0.0.1", port=port, workers=1, access_log=False)


if __name__ == "__main__":
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    main()
