"""Greetings, thanks, small talk, what is not understood, and starting over."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.journeys.pause import show_picture
from afterword.talk import Turn, chat


class ActionChat(TurnAction):
    """Answers small talk by its intent."""

    action_name = "action_chat"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Says the reply of the intent; somebody who speaks of themselves is listened to."""
        if chat.worth_hearing(turn):
            capabilities.listener.listen(turn, capabilities.journeys)
        else:
            chat.answer(turn)


class ActionShortAnswer(TurnAction):
    """Takes a yes, a no or a shrug when no question is open."""

    action_name = "action_short_answer"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Asks what it was about."""
        if turn.message.value == "picture":
            show_picture(turn)
        else:
            chat.short_answer(turn)


class ActionNotUnderstood(TurnAction):
    """Asks better each time the person was not understood."""

    action_name = "action_not_understood"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Offers the likely meanings, then another question, then the menu."""
        chat.not_understood(turn)


class ActionStartOver(TurnAction):
    """Forgets the talk so far, but neither holds nor the notebook."""

    action_name = "action_start_over"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Starts afresh."""
        chat.start_over(turn)


class ActionGoBack(TurnAction):
    """Comes back to the question that was open."""

    action_name = "action_go_back"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Says where we were."""
        chat.go_back(turn, capabilities.journeys)


class ActionStopThat(TurnAction):
    """Leaves the journey under way."""

    action_name = "action_stop_that"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Stops, and offers other ways on."""
        chat.stop_that(turn)


class ActionRestart(ActionStartOver):
    """Rasa's /restart: the talk starts over, holds stay."""

    action_name = "action_restart"
