"""Everything the assistant can do, wired once per process, and the frame around each turn."""

from __future__ import annotations

from pathlib import Path

from afterword.journeys.base import JourneyKind
from afterword.journeys.causes import CausesJourney
from afterword.journeys.flow import Journeys
from afterword.listening.listen import Listener
from afterword.listening.noticing import notice
from afterword.talk import Turn


class Capabilities:
    """The capabilities, and what comes before and after each of them in a turn."""

    def __init__(self, listener: Listener, kinds: list[JourneyKind]) -> None:
        self.listener = listener
        self.journeys = Journeys({kind.name: kind for kind in kinds})

    @classmethod
    def load(cls, data: Path) -> Capabilities:
        """Reads what capabilities need of the content.

        Raises:
            FileError, ValidationError: a content file is wrong.
        """
        return cls(Listener.load(data / "listening.yml"), [CausesJourney()])

    def open(self, turn: Turn) -> None:
        """Before a capability answers: takes from the message what later replies need."""
        notice(turn.message, turn.state)

    def finish(self, turn: Turn) -> None:
        """After a capability has answered: comes back to the open question; never says nothing."""
        self.journeys.remind(turn)
        if not turn.said:
            turn.say("fault.nothing_to_say")
        turn.state.talk.last_keys = turn.keys
