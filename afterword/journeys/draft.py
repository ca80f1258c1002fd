"""A draft is pasted, read line by line, and read again when it was changed. Nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from afterword.drafts.compare import compare
from afterword.drafts.review import Finding, Review, Reviewer
from afterword.drafts.templates import Template
from afterword.journeys.contact import contact_is_off
from afterword.journeys.flow import close, step
from afterword.talk import Button, Message, State, Turn
from afterword.talk.answers import yes_no

_COUNTS = {"none": 0, "one": 1, "two": 2, "three": 3, "a few": 3, "more": 6, "many": 6}
_LONGEST_COUNT = 6  # words, as in "two or three I think"
_STOPS = frozenset(("stop", "enough", "never mind", "nevermind", "no", "enough for today"))


class DraftJourney:
    """Reviews a draft; under a hold there is nothing to review."""

    name = "draft"
    free_steps = frozenset(("draft", "again"))

    def __init__(self, reviewer: Callable[[], Reviewer]) -> None:
        """`reviewer` loads the rules for drafts; most talks never need them."""
        self._load = reviewer

    @property
    def _reviewer(self) -> Reviewer:
        return self._load()

    def start(self, turn: Turn, **data: Any) -> None:
        """Asks for the draft."""
        if contact_is_off(turn):
            close(turn)
            return
        turn.say("draft.ask")
        step(turn, "draft")

    def answers(self, message: Message, state: State) -> bool:
        """Any words are the draft; then a number, a yes or no, or the next version."""
        if state.journey.step == "more":
            return yes_no(message) is not None
        if state.journey.step == "lately":
            return _count(message) is not None or _is_draft(message)
        return True

    def go_on(self, turn: Turn) -> None:
        """Takes the draft, how many went unanswered, and the next version."""
        handle = {
            "draft": self._take_draft,
            "lately": self._take_lately,
            "more": self._take_more,
            "again": self._take_again,
        }.get(turn.state.journey.step)
        if handle is None:
            close(turn)
        else:
            handle(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question."""
        key = {"lately": "draft.ask_lately", "again": "draft.improve"}
        turn.say(key.get(turn.state.journey.step, "draft.ask_again"))

    def _take_draft(self, turn: Turn) -> None:
        if turn.message.is_button:
            turn.say("draft.ask_again")
            return
        step(turn, "lately", draft=turn.message.text)
        turn.say("draft.ask_lately")

    def _take_lately(self, turn: Turn) -> None:
        if _is_draft(turn.message):  # a newer version instead of an answer
            self._take_draft(turn)
            return
        recent = _count(turn.message) or 0
        step(turn, "", recent=recent)
        review = self._review(turn)
        turn.say(review.overall)
        if review.findings:
            self._show(turn, review, 0)
            return
        self._praise(turn, review)
        self._end(turn, review)

    def _take_more(self, turn: Turn) -> None:
        review = self._review(turn)
        if yes_no(turn.message) == "yes":
            self._show(turn, review, turn.state.journey.data["place"])
            return
        self._praise(turn, review)
        self._ask_for_next(turn, review)

    def _take_again(self, turn: Turn) -> None:
        said = turn.message.text.strip().lower().rstrip(".!")
        if turn.message.is_button or said in _STOPS:
            close(turn)
            turn.say("draft.done")
            return
        before = self._review(turn)
        step(turn, "", draft=turn.message.text)
        after = self._review(turn)
        change = compare(before, after)
        turn.say(
            "draft.compare",
            gone=len(change.gone),
            left=len(change.left),
            fresh=len(change.fresh),
        )
        if after.findings:
            self._show(turn, after, 0)
            return
        turn.say(after.overall)
        self._end(turn, after)

    def _review(self, turn: Turn) -> Review:
        data = turn.state.journey.data
        return self._reviewer.review(data["draft"], data.get("recent", 0))

    def _show(self, turn: Turn, review: Review, place: int) -> None:
        """Shows one finding, gravest first, and asks whether to go on."""
        order = sorted(review.findings, key=lambda finding: (not finding.grave, finding.start))
        _say_finding(turn, order[place])
        left = len(order) - place - 1
        if left:
            turn.say("draft.more_findings", number=left)
            step(turn, "more", place=place + 1)
            return
        self._ask_for_next(turn, review)

    def _ask_for_next(self, turn: Turn, review: Review) -> None:
        turn.notebook.keep_draft(turn.state.journey.data["draft"], review.kinds, list(review.good))
        turn.say("draft.improve")
        step(turn, "again")

    def _praise(self, turn: Turn, review: Review) -> None:
        if review.good:
            turn.say(
                "draft.good", good=" ".join(self._reviewer.good_words[name] for name in review.good)
            )

    def _end(self, turn: Turn, review: Review) -> None:
        draft = turn.state.journey.data["draft"]
        close(turn)
        turn.notebook.keep_draft(draft, review.kinds, list(review.good))
        turn.say("draft.kept" if turn.notebook.consented else "draft.done")


class TemplateJourney:
    """Fills an honest template with the person's words; the result is read by the same rules."""

    name = "template"
    free_steps = frozenset(("blank",))

    def __init__(self, templates: dict[str, Template], reviewer: Callable[[], Reviewer]) -> None:
        self._templates, self._load = templates, reviewer

    def start(self, turn: Turn, **data: Any) -> None:
        """Offers the templates; under a hold there are none."""
        if contact_is_off(turn):
            close(turn)
            return
        turn.say("template.choose")
        self._offer(turn)
        step(turn, "choose")

    def answers(self, message: Message, state: State) -> bool:
        """A template by button or title, then any words for its blanks."""
        return state.journey.step == "blank" or self._chosen(message) is not None

    def go_on(self, turn: Turn) -> None:
        """Takes the choice, then each blank."""
        if turn.state.journey.step == "choose":
            template = self._chosen(turn.message)
            if template is None:
                self.ask_again(turn)
                return
            step(turn, "blank", template=template.id, words={})
        elif turn.state.journey.step == "blank":
            self._take_blank(turn)
        else:
            close(turn)
            return
        self._ask_or_fill(turn)

    def ask_again(self, turn: Turn) -> None:
        """Repeats the open question."""
        if turn.state.journey.step == "blank":
            self._ask_or_fill(turn)
            return
        turn.say("template.choose_again")
        self._offer(turn)

    def _offer(self, turn: Turn) -> None:
        for template in self._templates.values():
            turn.offer(Button(template.title, f'/answer{{"v":"{template.id}"}}'))

    def _chosen(self, message: Message) -> Template | None:
        said = message.text.strip().lower()
        by_title = {template.title.lower(): template for template in self._templates.values()}
        return self._templates.get(message.value or "") or by_title.get(said)

    def _take_blank(self, turn: Turn) -> None:
        data = turn.state.journey.data
        template = self._templates[data["template"]]
        blank = template.blanks[len(data["words"])]
        step(turn, "blank", words={**data["words"], blank.name: turn.message.text})

    def _ask_or_fill(self, turn: Turn) -> None:
        data = turn.state.journey.data
        template = self._templates[data["template"]]
        if len(data["words"]) < len(template.blanks):
            turn.say("template.ask_field", question=template.blanks[len(data["words"])].ask)
            return
        text = template.fill(data["words"])
        close(turn)
        rough = bool(self._load().review(text).findings)
        turn.say("template.rough" if rough else "template.filled", text=text)


def _say_finding(turn: Turn, finding: Finding) -> None:
    turn.say("draft.finding", words=finding.text, why=finding.why, rewrite=finding.rewrite)


def _is_draft(message: Message) -> bool:
    """Whether these are a message to the ex rather than a number of messages."""
    return not message.is_button and len(message.text.split()) > _LONGEST_COUNT


def _count(message: Message) -> int | None:
    said = (message.value or message.text).strip().lower()
    if said.isdigit():
        return min(int(said), 99)
    return _COUNTS.get(said)
