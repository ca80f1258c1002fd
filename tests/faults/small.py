"""Trains and loads the small assistant, with the stores and the desk of the real one."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("LOG_LEVEL", "WARNING")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

warnings.filterwarnings("ignore")

HERE = Path(__file__).parent
ASSISTANT = HERE / "assistant"

WORDS = {
    "fault.action_failed": "failed, not kept",
    "fault.timeout": "too long, not sure",
    "fault.nothing_to_say": "listening",
    "fault.not_kept": "not kept",
    "fault.not_known": "notes out of reach, not kept",
    "fault.not_deleted": "not deleted yet",
    "fault.too_many": "too many, not read",
    "fault.no_model": "not working, not kept",
    "fault.help_button": "Help now",
}


def model(cache: Path) -> Path:
    """The trained model, made once for each content of the assistant."""
    content = b"".join(p.read_bytes() for p in sorted(ASSISTANT.rglob("*.yml")))
    path = cache / f"small-{hashlib.sha256(content).hexdigest()[:12]}.tar.gz"
    if not path.exists():
        from rasa.model_training import train

        result = train(
            domain=str(ASSISTANT / "domain.yml"),
            config=str(ASSISTANT / "config.yml"),
            training_files=[str(ASSISTANT / "data")],
            output=str(cache),
            fixed_model_name=f"new-{os.getpid()}",
        )
        Path(result.model).replace(path)
    return path


def load(path: Path | None, tracker_store: Any = None, lock_store: Any = None) -> Any:
    """An agent with the small assistant's actions."""
    quiet()
    if str(ASSISTANT) not in sys.path:
        sys.path.insert(0, str(ASSISTANT))
    from rasa.core.agent import Agent

    from addons.inprocess import InProcessActionEndpoint

    endpoint = InProcessActionEndpoint("faulty_actions")
    agent = Agent(tracker_store=tracker_store, lock_store=lock_store, action_endpoint=endpoint)
    if path is not None:
        agent.load_model(path)
    return agent


def quiet() -> None:
    """Rasa's own logs from warnings on; its debug lines hold what people say."""
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(logging.WARNING)
    configure_structlog(logging.WARNING)


def desk(agent: Any) -> Any:
    """A desk before the agent, with short words for each fault."""
    from addons.queue import Desk

    return Desk(agent, WORDS.__getitem__)


class Person:
    """Somebody who talks to the small assistant; `says` gives the texts of the reply."""

    def __init__(self, desk: Any, sender: str = "web:anna") -> None:
        self.desk = desk
        self.sender = sender

    def says(self, text: str, message_id: str | None = None) -> list[str]:
        return asyncio.run(self.sends(text, message_id))

    async def sends(self, text: str, message_id: str | None = None) -> list[str]:
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        out = CollectingOutputChannel()
        message = UserMessage(text, out, self.sender, message_id=message_id, input_channel="web")
        await self.desk.handle(message)
        return [said["text"] for said in out.messages]
