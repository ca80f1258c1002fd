"""Safety and help: what the guard or a standing hold takes, and the help menu."""

from __future__ import annotations

import logging
from functools import lru_cache

from actions.base import TurnAction
from actions.runtime import data_dir
from afterword.capabilities import Capabilities
from afterword.safety.protocol import Safety
from afterword.talk import Turn

log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def safety() -> Safety:
    """Safety, ready to be asked; read once per process."""
    return Safety.load(data_dir())


class ActionSafety(TurnAction):
    """Runs the protocol: a risk was heard, its question is open, or a hold stands in the way."""

    action_name = "action_safety"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Says what the protocol says next; where even that fails, the way to help."""
        try:
            safety().answer(turn)
        except Exception as error:  # nothing may stand between a person in need and the lines
            log.error("safety_failed error=%s", type(error).__name__)
            turn.said.clear()
            turn.say("help.guard_failed")
            turn.moved = True


class ActionHelp(TurnAction):
    """The help menu, and what its buttons ask for."""

    action_name = "action_help"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Shows the menu with the lines of the person's country."""
        safety().help(turn)
