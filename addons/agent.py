"""Loads the agent as every channel uses it: our stores, actions in process, quiet logs."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Optional

from rasa.core.agent import Agent
from rasa.core.utils import AvailableEndpoints

from addons.inprocess import InProcessActionEndpoint
from addons.logs import write_logs
from addons.queue import put_desk

ROOT = Path(__file__).parents[1]


def be_quiet(level: str = "ERROR") -> None:
    """Keeps Rasa's and other libraries' notices off the terminal; AFTERWORD_LOG changes that."""
    import warnings

    from rasa.utils.log_utils import configure_structlog

    warnings.simplefilter("ignore")

    chosen = getattr(logging, os.environ.get("AFTERWORD_LOG", level).upper(), logging.ERROR)
    configure_structlog(chosen)
    write_logs(logging.getLevelName(chosen))
    for name in ("rasa", "rasa_sdk", "sanic", "sanic.root", "apscheduler", "asyncio"):
        logging.getLogger(name).setLevel(chosen)


def endpoints(path: Optional[Path] = None) -> AvailableEndpoints:
    """endpoints.yml, with the actions in this process."""
    found = AvailableEndpoints.read_endpoints(str(path or ROOT / "endpoints.yml"))
    found.action = InProcessActionEndpoint("actions")
    return found


async def load(model: Path, given: Optional[AvailableEndpoints] = None) -> Agent:
    """The agent with the stores of the endpoints.

    Raises:
        RuntimeError: the model cannot be loaded; says what to do.
    """
    from rasa.core.agent import load_agent

    agent = await load_agent(model_path=str(model), endpoints=given or endpoints())
    if not agent.is_ready():
        raise RuntimeError(f"{model} cannot be loaded; remove models/ and train again: make train")
    await agent.parse_message("hello")  # compiles the rules now, and not while somebody waits
    put_desk(agent)
    return agent
