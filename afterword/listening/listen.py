"""Answers what is told: names the feeling, offers a cause that was heard, asks one open question.

The order of the questions and when each fits is content: data/listening.yml.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Extra

from afterword.files import load_yaml
from afterword.journeys.flow import AGAIN, Journeys, close
from afterword.journeys.pause import standing
from afterword.talk import Turn
from afterword.understanding.feelings import felt

_CAN_WAIT = frozenset(("wants", "closer"))  # questions a fresh cause may come before
MENU_EVERY = 4  # after so many turns of telling, ways to go on are offered instead of a question


class OpenQuestion(BaseModel):
    """A question that may be asked: its reply key and the intents it fits (none: any)."""

    reply: str
    after: list[str] = []
    unless_shared: str = ""

    class Config:
        extra = Extra.forbid


class Listener:
    """Acknowledges, then does one thing: offers a cause, asks a question, or shows ways on."""

    def __init__(self, questions: list[OpenQuestion], acknowledged: dict[str, str]) -> None:
        self._questions = questions
        self._acknowledged = acknowledged

    @classmethod
    def load(cls, path: Path) -> Listener:
        """Reads data/listening.yml.

        Raises:
            FileError, ValidationError: the file is wrong.
        """
        content = load_yaml(path)
        return cls([OpenQuestion(**item) for item in content["questions"]], content["acknowledged"])

    def listen(self, turn: Turn, journeys: Journeys) -> None:
        """Answers a message that tells something."""
        turn.state.listening.turns += 1
        if turn.message.intent == "begged_already" and standing(turn):
            journeys.start(turn, "slip")
            return
        self._acknowledge(turn)
        journey = turn.state.journey
        if journey.name == "causes" and journey.data.get(AGAIN):
            close(turn)  # asked twice and not answered: the person wants to tell, not to be asked
            journey = turn.state.journey
        free = not journey.name or (journey.name == "causes" and journey.step in _CAN_WAIT)
        if turn.state.causes.waiting and free:
            journeys.start(turn, "causes")
        elif not journey.name:
            self._go_on(turn)

    def _acknowledge(self, turn: Turn) -> None:
        own = [found.id for found in felt(turn.message.evidence) if found.holder == "self"]
        fresh = [name for name in own if name not in turn.state.listening.feelings[-2:]]
        turn.state.listening.feelings = [*turn.state.listening.feelings, *own][-10:]
        special = self._acknowledged.get(turn.message.intent)
        if special and turn.message.intent not in ("tell_story", "vent"):
            turn.say(special)
        elif fresh and turn.voice.knows(f"feeling.{fresh[0]}"):
            turn.say(f"feeling.{fresh[0]}")
        else:
            turn.say(special or "ack.tell_story")

    def _go_on(self, turn: Turn) -> None:
        if turn.state.listening.turns % MENU_EVERY == 0:
            turn.say("listen.menu")
            return
        asked = turn.state.listening.asked
        for question in self._questions:
            fits = not question.after or turn.message.intent in question.after
            if fits and question.reply not in asked:
                asked.append(question.reply)
                turn.say(question.reply)
                return
        turn.say("listen.menu")
