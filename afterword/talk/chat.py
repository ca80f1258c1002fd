"""Small talk, short answers without a question, misunderstandings, and starting over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afterword.safety.holds import hold_names
from afterword.talk.message import Message
from afterword.talk.state import Journey, State
from afterword.talk.turn import Button, Turn
from afterword.understanding.language import looks_english

if TYPE_CHECKING:
    from afterword.journeys.flow import Journeys

OUTSIDE = "out_of_scope"
# As who does or feels something: "tell me a joke" speaks of nobody.
_I_DO = re.compile(r"\bi(?:['’]?(?:m|ve|d|ll))?\b", re.IGNORECASE)
_WORKADAY = {"work", "study"}  # topics whose talk is seldom about the two of them
_A_FEW = 3  # words; fewer are seldom a sentence
_GUESSABLE = 0.12  # a rival intent this likely is worth asking about
_MOST_GUESSES = 3
# Buttons that stand on their own, whatever is open.
_ASKED_FOR = {"tell": "ask.what_happened", "feel": "ask.hardest_part"}


def answer(turn: Turn) -> None:
    """Says the reply of a small-talk intent, `talk.<intent>`."""
    turn.state.talk.misses = 0
    if turn.message.intent == "goodbye":
        turn.moved = True  # whoever leaves is not asked again; the question waits for them
    if turn.message.intent == "greet" and _knows(turn):
        turn.say("talk.greet_again")
    elif turn.message.intent != OUTSIDE:
        turn.say(f"talk.{turn.message.intent}")
    elif not looks_english(turn.message.text):
        turn.say("talk.other_language")
    elif speaks_of_self(turn.message):
        turn.say("talk.beside")
    else:
        turn.say("talk.out_of_scope")


def _knows(turn: Turn) -> bool:
    """Whether this person has said something before, so that we need not introduce ourselves."""
    return bool(turn.state.talk.last_keys)


def worth_hearing(turn: Turn) -> bool:
    """Whether what looks like none of our business is listened to all the same.

    Somebody speaks of themselves, and of another person or in the midst of telling: to turn them
    away would hurt more than to listen once too often. While a hold stands, hardly anything is.
    """
    message = turn.message
    if message.intent != OUTSIDE or asks_something(message) or not looks_english(message.text):
        return False
    topics = {(found.id, found.rule.split(".", 1)[-1]) for found in message.heard("topic")}
    of_others = ("person", "they") in topics or ("person", "we") in topics
    elsewhere = any(topic == "elsewhere" for topic, _ in topics)
    telling = turn.state.listening.turns > 0 and not _WORKADAY & {rule for _, rule in topics}
    if hold_names(turn.state.safety, message.now) or (telling and not elsewhere):
        return len(message.text.split()) >= _A_FEW
    return speaks_of_self(message) and (of_others or telling or not elsewhere)


def speaks_of_self(message: Message) -> bool:
    """Whether somebody says what they do or feel, and asks nothing."""
    return _I_DO.search(message.text) is not None and not asks_something(message)


def asks_something(message: Message) -> bool:
    """Whether it is a question, or a task for somebody else than this program."""
    asked = any(found.id == OUTSIDE for found in message.heard("act"))
    return asked or message.text.rstrip().endswith("?")


def short_answer(turn: Turn) -> None:
    """A yes or no where nothing was asked: says so kindly and offers ways on."""
    turn.say(_ASKED_FOR.get(turn.message.value or "", f"talk.{turn.message.intent}"))


def not_understood(turn: Turn) -> None:
    """Asks better each time: did you mean, then another question, then the menu with help."""
    talk = turn.state.talk
    talk.misses += 1
    guesses = _guesses(turn)
    if turn.message.intent == "nothing_said":
        talk.misses -= 1
        turn.say("fallback.empty")
    elif talk.misses == 1 and len(guesses) > 1:
        turn.say("fallback.did_you_mean")
        turn.offer(*guesses, Button(_title(turn, "none_of_these"), "/ask_help"))
    elif talk.misses <= 2:
        turn.say("fallback.rephrase" if talk.misses == 1 else "fallback.other_question")
    else:
        turn.say("fallback.menu")


def start_over(turn: Turn) -> None:
    """Forgets the talk so far; holds, consent and wordings already used stay."""
    fresh = State(
        safety=turn.state.safety,
        privacy=turn.state.privacy,
    )
    fresh.talk.wordings = turn.state.talk.wordings
    turn.state = fresh
    turn.moved = True
    turn.say("talk.start_over")


def go_back(turn: Turn, journeys: Journeys) -> None:
    """Says where we were, or that nothing is open."""
    if journeys.under_way(turn) is None and not journeys.take_up(turn):
        turn.say("talk.nothing_open")
        return
    turn.say("talk.where_we_were")
    journeys.ask_again(turn)
    turn.moved = True


def stop_that(turn: Turn) -> None:
    """Leaves the journey under way and all that waits behind it."""
    had_one = bool(turn.state.journey.name)
    turn.state.journey = Journey()
    turn.moved = True
    turn.say("talk.stopped" if had_one else "talk.nothing_open")


def _guesses(turn: Turn) -> list[Button]:
    titled = [
        Button(turn.voice.template(key).say[0], f"/{item['name']}")
        for item in turn.message.ranking
        if item["confidence"] >= _GUESSABLE and turn.voice.knows(key := f"guess.{item['name']}")
    ]
    return titled[:_MOST_GUESSES]


def _title(turn: Turn, name: str) -> str:
    return turn.voice.template(f"guess.{name}").say[0]
