"""Talk about causes outside their journey."""

from __future__ import annotations

from actions.base import TurnAction
from afterword.capabilities import Capabilities
from afterword.listening import article
from afterword.talk import Turn


class ActionListCauses(TurnAction):
    """Names the causes there are."""

    action_name = "action_list_causes"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Lists them."""
        article.list_causes(turn)


class ActionWhySaid(TurnAction):
    """Says which of the person's words a cause was heard in."""

    action_name = "action_why_said"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Explains the last offer."""
        article.why_said(turn)


class ActionTellArticle(TurnAction):
    """Says what the article says about a cause or a step."""

    action_name = "action_tell_article"

    def answer(self, turn: Turn, capabilities: Capabilities) -> None:
        """Retells it, as the article's claim."""
        article.tell(turn)
