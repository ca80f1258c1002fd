"""The plan."""

from __future__ import annotations

import re

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.talk import Turn

_PDF = re.compile(r"\bpdf\b", re.IGNORECASE)


class ActionPlan(TurnAction):
    """Shows the plan or the progress, or changes the plan."""

    action_name = "action_plan"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Shows, or hands over to the journey."""
        if turn.message.intent == "plan_edit":
            capabilities.journeys.start(turn, "plan")
        elif turn.message.intent == "ask_progress":
            capabilities.plan.progress(turn)
        elif turn.message.value == "pdf" or _PDF.search(turn.message.text):
            capabilities.plan.as_file(turn)
        else:
            capabilities.plan.show(turn)
