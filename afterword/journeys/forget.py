"""Being forgotten: help lines first where a hold stands, one confirmation, then all is gone."""

from __future__ import annotations

from typing import Any

from afterword.journeys.flow import close, step
from afterword.notebook import NotebookError
from afterword.safety.helpmenu import HelpMenu
from afterword.safety.holds import SafetyState, hold_names
from afterword.talk import Message, State, Turn
from afterword.talk.answers import yes_no


class ForgetJourney:
    """Asks once, then deletes everything everywhere."""

    name = "forget"
    free_steps = frozenset[str]()

    def __init__(self, help_menu: HelpMenu) -> None:
        self._help = help_menu

    def start(self, turn: Turn, **data: Any) -> None:
        """Shows the help lines where a hold stands, then asks whether to delete."""
        if hold_names(turn.state.safety, turn.message.now):
            safety = SafetyState.from_plain(turn.state.safety)
            self._help.say_lines(turn, safety, "crisis", ask_country=False)
        turn.say("privacy.forget_sure")
        step(turn, "sure")

    def answers(self, message: Message, state: State) -> bool:
        """A yes or no."""
        return yes_no(message) is not None

    def go_on(self, turn: Turn) -> None:
        """Deletes, or leaves everything as it is."""
        if yes_no(turn.message) != "yes" and turn.message.intent != "forget_me":
            close(turn)
            turn.say("privacy.kept")
            return
        try:
            turn.notebook.forget()
        except NotebookError:
            close(turn)
            turn.say("privacy.forget_failed")
            return
        turn.state = State(privacy={"forgotten": True})
        turn.moved = True
        turn.say("privacy.forgotten")

    def ask_again(self, turn: Turn) -> None:
        """Asks once more."""
        turn.say("privacy.forget_sure_again")
