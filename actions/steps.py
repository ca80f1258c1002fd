"""The steps."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.steps import show
from afterword.talk import Turn


class ActionNextStep(TurnAction):
    """Offers the step that fits now."""

    action_name = "action_next_step"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Offers one step."""
        show.offer_next_step(turn)


class ActionGiveStep(TurnAction):
    """Shows the step that was asked for by number or name."""

    action_name = "action_give_step"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Shows it, or says why not."""
        show.give_step(turn)


class ActionListSteps(TurnAction):
    """Lists the steps."""

    action_name = "action_list_steps"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Lists them by number."""
        show.list_steps(turn)


class ActionWhyStep(TurnAction):
    """Says why a step is worth doing, and what evidence there is."""

    action_name = "action_why_step"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Explains the step in hand."""
        show.why_step(turn)


class ActionRefuseManipulation(TurnAction):
    """Explains the article's manipulative texts and does not write them."""

    action_name = "action_refuse_manipulation"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Refuses, and offers the honest version."""
        show.refuse_manipulation(turn)
