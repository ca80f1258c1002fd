"""Says steps: the fitting one, a given one, the list, why, and what the article wants instead.

A step withheld under a hold is never shown, only named as withheld (safety/protocol.md).
"""

from __future__ import annotations

from afterword.content import Step
from afterword.safety.holds import hold_names
from afterword.steps.choose import Situation, allowed, choose_step, step_in
from afterword.talk import Button, Turn
from afterword.talk.pronouns import forms

MANIPULATIVE = {2: "no_communication", 10: "jealousy"}
_JEALOUS = ("jealous", "other guys", "other girls", "step 10", "step ten")


def offer_next_step(turn: Turn) -> None:
    """Offers the step that fits this person now, with a reason."""
    chosen = choose_step(list(turn.library.steps.values()), _situation(turn))
    if chosen is None:
        turn.say("step.no_more")
        return
    _show(turn, chosen.step, reason=chosen.reason, ask_first=chosen.ask_first)


def small_thing(turn: Turn) -> str:
    """One small thing to do, of the step that fits now; empty where none is left."""
    chosen = choose_step(list(turn.library.steps.values()), _situation(turn))
    return _filled(turn, chosen.step.small_thing) if chosen else ""


def give_step(turn: Turn) -> None:
    """Shows the step asked for by number or name; says so when it is missing or withheld."""
    number = step_in(turn.message.text, turn.library.steps)
    if number is None:
        turn.say("step.which")
        return
    step = turn.library.steps.get(number)
    if step is None:
        turn.say("step.unknown_number", number=number)
        return
    turn.state.steps.current = step.number
    if step.judgement == "missing":
        turn.say("step.missing")
    elif _withheld(turn, step):
        turn.say("step.withheld", name=step.name)
    else:
        _show(turn, step, ask_first=step.first_question(turn.state.person.shares))


def list_steps(turn: Turn) -> None:
    """Lists the steps by number and name."""
    lines = [f"{step.number}. {step.name}" for step in _in_order(turn) if step.number != 6]
    turn.say("steps.list", steps="\n".join(lines))


def why_step(turn: Turn) -> None:
    """Says why the step in hand, with its evidence or the lack of it."""
    step = turn.library.steps.get(turn.state.steps.current or 0)
    if step is None:
        turn.say("step.why_which")
        return
    turn.say("step.why", name=step.name, why=_filled(turn, step.why))
    found = [turn.library.evidence[name] for name in step.evidence]
    if found:
        turn.say("step.evidence", finding=found[0].finding, source=found[0].source)
    else:
        turn.say("step.no_evidence")


def refuse_manipulation(turn: Turn) -> None:
    """Explains the article's text, why it is not written here, and the honest version."""
    asked = turn.message.text.lower()
    number = 10 if any(word in asked for word in _JEALOUS) else 2
    step = turn.library.steps[number]
    turn.state.steps.current = number
    turn.say(f"step.refuse_{MANIPULATIVE[number]}")
    if not _withheld(turn, step):
        turn.say("step.honest_instead", honest=_filled(turn, step.honest_version))


def _show(turn: Turn, step: Step, reason: str = "", ask_first: str = "") -> None:
    turn.state.steps.current = step.number
    if step.number not in turn.state.steps.shown:
        turn.state.steps.shown.append(step.number)
    turn.notebook.keep_step_seen(step.number)
    values = {"number": step.number, "name": step.name}
    if ask_first:
        turn.say("step.ask_first", question=_filled(turn, ask_first), **values)
    elif step.judgement == "advise_against":
        turn.say("step.article_says", claim=_filled(turn, step.what_article_says), **values)
    elif reason:
        turn.say(f"step.reason_{reason}")
    turn.say("step.show", honest=_filled(turn, step.honest_version), **values)
    _offer_doing(turn, step)
    if step.abuse_note and "abuse_victim" in hold_names(turn.state.safety, turn.message.now):
        turn.say("step.abuse_note", text=_filled(turn, step.abuse_note))
    elif reason:
        turn.say("step.small_thing", text=_filled(turn, step.small_thing))
    else:
        turn.say("step.how", text=_filled(turn, step.how[0]))


def _offer_doing(turn: Turn, step: Step) -> None:
    """Some steps are things the assistant does with the person: those have a button."""
    key = f"step.do_{step.number}"
    if turn.voice.knows(key):
        turn.offer(*(Button(item.title, item.send) for item in turn.voice.template(key).buttons))


def _filled(turn: Turn, text: str) -> str:
    return text.format(**forms(turn.state.person.pronoun))


def _withheld(turn: Turn, step: Step) -> bool:
    return not allowed(step, hold_names(turn.state.safety, turn.message.now))


def _situation(turn: Turn) -> Situation:
    causes = turn.state.causes
    return Situation(
        causes=[claim.id for claim in [*causes.confirmed, *causes.partly]],
        holds=hold_names(turn.state.safety, turn.message.now),
        wants=turn.state.person.wants,
        shares=turn.state.person.shares,
        pause_stands=turn.notebook.pause() is not None,
        shown=turn.state.steps.shown,
    )


def _in_order(turn: Turn) -> list[Step]:
    return [turn.library.steps[number] for number in sorted(turn.library.steps)]
