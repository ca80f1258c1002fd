"""The talk about why it ended: a cause is offered, confirmed or put right, and looked at closer.

The questions and signs are those of data/article/causes; the order is theirs too.
"""

from __future__ import annotations

from typing import Any

from afterword.content import Cause
from afterword.journeys.flow import close, step
from afterword.steps.show import offer_next_step
from afterword.talk import Message, State, Turn
from afterword.talk.answers import yes_no
from afterword.talk.pronouns import forms
from afterword.talk.state import Claim
from afterword.wants import WANTS, read_wants

_FINITE = frozenset(("offered", "closer", "sign"))


class CausesJourney:
    """Offers what was heard, one cause at a time, and explores what is confirmed."""

    name = "causes"
    free_steps = frozenset(("question", "which_part"))

    def start(self, turn: Turn, **data: Any) -> None:
        """Offers the first cause waiting; with none waiting there is nothing to talk about."""
        self._offer_next(turn)

    def answers(self, message: Message, state: State) -> bool:
        """A yes, partly or no where that was asked; any words where a question was open."""
        open_step = state.journey.step
        if open_step in _FINITE:
            return yes_no(message) is not None or message.value == "skip"
        if open_step == "wants":
            return read_wants(message) is not None
        return True

    def go_on(self, turn: Turn) -> None:
        """Takes the answer to the open question."""
        handle = {
            "offered": self._take_offer,
            "which_part": self._take_part,
            "closer": self._take_closer,
            "sign": self._take_exploring,
            "question": self._take_exploring,
            "wants": self._take_wants,
        }.get(turn.state.journey.step)
        if handle is None:  # a step of an older version
            close(turn)
        else:
            handle(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question shortly."""
        open_step = turn.state.journey.step
        if open_step == "offered" and turn.state.causes.waiting:
            claim = turn.state.causes.waiting[0]
            turn.say("cause.offer_again", words=claim.words, name=_cause(turn, claim).name)
        elif open_step in ("sign", "question"):
            self._ask_exploring(turn, again=True)
        elif open_step == "closer":
            turn.say("cause.closer_again")
        elif open_step == "wants":
            turn.say("wants.ask_again")
        else:
            turn.say("cause.which_part")

    def _offer_next(self, turn: Turn) -> None:
        waiting = turn.state.causes.waiting
        if not waiting:
            close(turn)
            return
        claim = waiting[0]
        turn.state.causes.last = claim
        turn.say("cause.offer", words=claim.words, name=_cause(turn, claim).name)
        step(turn, "offered")

    def _take_offer(self, turn: Turn) -> None:
        causes = turn.state.causes
        answer = yes_no(turn.message)
        if not causes.waiting or answer is None:
            close(turn)
            return
        claim = causes.waiting.pop(0)
        name = _cause(turn, claim).name
        if answer == "no":
            causes.denied.append(claim.id)
            turn.say("cause.denied", name=name)
            self._next_or_closer(turn)
        elif answer == "unsure":
            causes.partly.append(claim)
            turn.say("cause.unsure", name=name)
            self._next_or_closer(turn)
        elif answer == "partly":
            causes.partly.append(claim)
            turn.notebook.keep_cause(claim.id, claim.words, "partly")
            turn.say("cause.partly", name=name)
            step(turn, "which_part", cause=claim.id)
        else:
            causes.confirmed.append(claim)
            turn.notebook.keep_cause(claim.id, claim.words, "confirmed")
            turn.say("cause.confirmed", name=name)
            self._next_or_closer(turn)

    def _take_part(self, turn: Turn) -> None:
        cause = turn.state.journey.data.get("cause", "")
        turn.notebook.keep_cause(cause, turn.message.text, "partly")
        turn.say("cause.part_heard")
        self._next_or_closer(turn)

    def _next_or_closer(self, turn: Turn) -> None:
        if turn.state.causes.waiting:
            self._offer_next(turn)
            return
        unexplored = self._unexplored(turn)
        if unexplored is None:
            self._to_wants(turn)
            return
        cause = turn.library.causes[unexplored.id]
        turn.say("cause.closer", name=cause.name, number=len(cause.explore))
        step(turn, "closer", cause=cause.id, place=0, answers=[])

    def _unexplored(self, turn: Turn) -> Claim | None:
        done = turn.state.listening.asked
        for claim in [*turn.state.causes.confirmed, *turn.state.causes.partly]:
            if f"explored.{claim.id}" not in done and claim.id in turn.library.causes:
                return claim
        return None

    def _take_closer(self, turn: Turn) -> None:
        cause = turn.state.journey.data["cause"]
        turn.state.listening.asked.append(f"explored.{cause}")
        if yes_no(turn.message) in ("yes", "partly"):
            self._ask_exploring(turn)
        else:
            turn.say("cause.not_closer")
            self._to_wants(turn)

    def _ask_exploring(self, turn: Turn, again: bool = False) -> None:
        data = turn.state.journey.data
        cause = turn.library.causes[data["cause"]]
        item = cause.explore[data["place"]]
        question = item.text.format(**forms(turn.state.person.pronoun))
        kind = "sign" if item.kind == "sign" else "question"
        turn.say(f"cause.explore_{kind}_again" if again else f"cause.explore_{kind}", text=question)
        step(turn, kind)

    def _take_exploring(self, turn: Turn) -> None:
        data = turn.state.journey.data
        cause = turn.library.causes[data["cause"]]
        answer = yes_no(turn.message)
        told = turn.message.text if not turn.message.is_button else (turn.message.value or "")
        answers = [*data["answers"], {"id": cause.explore[data["place"]].id, "answer": told}]
        step(turn, "", answers=answers, place=data["place"] + 1)
        if answer is None and turn.message.value != "skip":
            turn.notebook.keep_cause(cause.id, turn.message.text, "explored")
        if data["place"] + 1 < len(cause.explore):
            self._ask_exploring(turn)
            return
        said_yes = sum(1 for item in answers if item["answer"] in ("yes", "partly"))
        turn.say("cause.summary", name=cause.name, learn=_learn(turn, cause), yes=said_yes)
        self._to_wants(turn)

    def _to_wants(self, turn: Turn) -> None:
        if turn.state.person.wants:
            close(turn)
            offer_next_step(turn)
            return
        turn.say("wants.ask")
        step(turn, "wants")

    def _take_wants(self, turn: Turn) -> None:
        wants = read_wants(turn.message)
        assert wants in WANTS  # answers() let nothing else through
        turn.state.person.wants = wants
        turn.notebook.keep_want(wants)
        turn.say(f"wants.{wants}")
        close(turn)
        offer_next_step(turn)


def _cause(turn: Turn, claim: Claim) -> Cause:
    return turn.library.causes[claim.id]


def _learn(turn: Turn, cause: Cause) -> str:
    return cause.learn.format(**forms(turn.state.person.pronoun))
