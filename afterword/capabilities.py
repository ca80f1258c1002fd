"""Everything the assistant can do, wired once per process, and the frame around each turn."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from afterword.drafts.review import Reviewer
from afterword.drafts.templates import load_templates
from afterword.journeys.base import JourneyKind
from afterword.journeys.causes import CausesJourney
from afterword.journeys.clear_air import ClearAirJourney, say_review_day
from afterword.journeys.contact import ContactJourney
from afterword.journeys.draft import DraftJourney, TemplateJourney
from afterword.journeys.flow import Journeys
from afterword.journeys.forget import ForgetJourney
from afterword.journeys.pause import (
    PauseJourney,
    PauseOverJourney,
    PauseStopJourney,
    SlipJourney,
    ended_unasked,
    say_day_once,
)
from afterword.journeys.plan import PlanJourney, PlanPages
from afterword.journeys.writing import ReadingJourney, WritingJourney
from afterword.listening.listen import Listener
from afterword.listening.noticing import notice
from afterword.pause.dates import local_day
from afterword.plan.page import PlanSpec, load_plan
from afterword.privacy.notice import ask_once_more, notice_if_due
from afterword.safety.helplines import Helplines, helplines_of
from afterword.safety.helpmenu import HelpMenu
from afterword.safety.protocol import remembered
from afterword.sense import sense_of
from afterword.talk import Turn
from afterword.talk.turn import MOST_MESSAGES
from afterword.writing.prompts import load_prompts

_LEAVE_IT = frozenset(("goodbye", "thanks"))  # after these no open question is repeated


class Capabilities:
    """The capabilities, and what comes before and after each of them in a turn."""

    def __init__(
        self,
        listener: Listener,
        kinds: list[JourneyKind],
        plan: PlanSpec,
        helplines: Helplines,
        timezone: str,
    ) -> None:
        self.listener = listener
        self._helplines, self._timezone = helplines, timezone
        self.plan = PlanPages(plan)
        self.journeys = Journeys({kind.name: kind for kind in kinds})

    @classmethod
    def load(cls, data: Path, timezone: str = "UTC") -> Capabilities:
        """Reads what capabilities need of the content.

        Args:
            data: the content's folder.
            timezone: of people whose channel does not tell theirs and who named no country.

        Raises:
            FileError, ContentError, ValidationError: a content file is wrong.
        """
        helplines = helplines_of(data)
        prompts = load_prompts(data / "writing" / "prompts.yml")
        plan = load_plan(data / "plan.yml")
        reviewer = lru_cache(maxsize=1)(lambda: Reviewer.load(data, lambda: sense_of(data.parent)))
        kinds: list[JourneyKind] = [
            CausesJourney(),
            PauseJourney(),
            PauseStopJourney(),
            PauseOverJourney(),
            SlipJourney(),
            WritingJourney(prompts),
            ReadingJourney(prompts),
            ContactJourney(),
            ClearAirJourney(plan),
            PlanJourney(),
            ForgetJourney(HelpMenu(helplines)),
            DraftJourney(reviewer),
            TemplateJourney(load_templates(data / "drafts" / "templates"), reviewer),
        ]
        return cls(Listener.load(data / "listening.yml"), kinds, plan, helplines, timezone)

    def open(self, turn: Turn) -> None:
        """Before a capability answers: takes from the message what later replies need."""
        if not turn.state.safety:  # a new talk: what is held outlives the old one
            turn.state.safety = remembered(turn).to_keep()
        self.place(turn)
        notice(turn)

    def place(self, turn: Turn) -> None:
        """Settles where days begin and end: by the channel, else the country, else the default."""
        if not turn.message.timezone:
            country = turn.state.safety.get("country", "")
            turn.message.timezone = self._helplines.timezone(country) or self._timezone

    def finish(self, turn: Turn) -> None:
        """After a capability has answered: comes back to the open question; never says nothing."""
        if turn.message.intent not in _LEAVE_IT:
            self.journeys.remind(turn)
        if len(turn.said) < MOST_MESSAGES and not turn.state.journey.name:
            if ended_unasked(turn):
                self.journeys.start(turn, "pause_over")
            else:
                say_day_once(turn)
        if len(turn.said) < MOST_MESSAGES:
            say_review_day(turn)
        if not turn.said:
            turn.say("fault.nothing_to_say")
        if any(key.endswith(".kept_for_now") for key in turn.keys):
            ask_once_more(turn)
        notice_if_due(turn)
        if turn.notebook.consented:
            turn.notebook.mark_seen(local_day(turn.message.now, turn.message.timezone))
        turn.state.talk.last_keys = turn.keys
