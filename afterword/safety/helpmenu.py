"""Help, always one tap away: lines, grounding, breathing, and three lines for the next hours."""

from __future__ import annotations

from afterword.safety.helplines import Helplines
from afterword.safety.holds import SafetyState
from afterword.talk.turn import MOST_MESSAGES, Turn

_TOPIC_OF = {"lines": "crisis", "abuse": "abuse", "own": "own_behaviour", "child": "child"}
_EXERCISES = {"ground": "help.grounding", "breathe": "help.breathing"}
_NEXT_QUESTION = {1: "help.plan_2", 2: "help.plan_3"}  # by the lines there are


class HelpMenu:
    """Shows help and takes the presses of its buttons."""

    def __init__(self, lines: Helplines) -> None:
        self._lines = lines

    def country_of(self, text: str) -> str:
        """The country the person says they are in, or ""."""
        return self._lines.country_in(text, asked=False) or ""

    def show(self, turn: Turn, safety: SafetyState) -> None:
        """The menu with the lines of the country, which is asked for once."""
        turn.say("help.menu")
        self.say_lines(turn, safety, "crisis")

    def answer(self, turn: Turn, safety: SafetyState) -> None:
        """What was asked for by the words on one of the menu's buttons, else the menu."""
        said = turn.message.text.strip().strip(".!").lower()
        for button in turn.voice.template("help.menu").buttons:
            if button.title.lower() == said:
                value = button.send.split('"help_', 1)[-1].split('"', 1)[0]
                self.press(turn, safety, value)
                return
        self.show(turn, safety)

    def say_lines(
        self,
        turn: Turn,
        safety: SafetyState,
        topic: str,
        immediate: bool = False,
        ask_country: bool = True,
    ) -> None:
        """Says at most three lines of a topic; where the country is unknown, asks for it once."""
        chosen = self._lines.select(safety.country, topic, immediate)
        shown = "\n".join(line.shown for line in chosen)
        if safety.country:
            turn.say("safety.lines", lines=shown)
        else:
            turn.say("safety.lines_anywhere", lines=shown)
        wanted = ask_country and not safety.country and not safety.country_asked
        if wanted and len(turn.said) < MOST_MESSAGES:
            turn.say("safety.ask_country")
            safety.country_asked = True

    def press(self, turn: Turn, safety: SafetyState, what: str) -> None:
        """A button of the menu was pressed; an unknown one shows the menu."""
        if what in _EXERCISES:
            turn.say(_EXERCISES[what])
        elif what in _TOPIC_OF:
            self.say_lines(turn, safety, _TOPIC_OF[what])
        elif what == "plan":
            safety.plan, safety.question = [], "plan:1"
            turn.say("help.plan_1")
        elif what == "country":
            turn.say("safety.ask_country")
            safety.country_asked, safety.country = True, ""
        else:
            self.show(turn, safety)

    def take_plan_line(self, turn: Turn, safety: SafetyState) -> None:
        """Takes one line of the safety plan in the person's words, asks the next or shows all."""
        safety.plan = [*safety.plan, turn.message.text.strip()]
        there = len(safety.plan)
        if there in _NEXT_QUESTION:
            safety.question = f"plan:{there + 1}"
            turn.say(_NEXT_QUESTION[there])
            return
        safety.question = ""
        first, second, third = safety.plan[:3]
        turn.say("help.plan_done", first=first, second=second, third=third)
