"""Safety before any rule, story or journey, on every message."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker

from actions.base import message_of
from actions.runtime import shelf
from actions.safety import safety
from addons.policies.single_action import SingleActionPolicy
from afterword.talk.state import slot_name

log = logging.getLogger(__name__)

ACTION_SAFETY = "action_safety"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class SafetyPolicy(SingleActionPolicy):
    """Takes the turn where a risk was heard, a safety question is open, or a hold withholds."""

    def wanted_action(self, tracker: DialogueStateTracker) -> Optional[str]:
        """action_safety where safety takes the message, or where asking it fails."""
        if tracker.latest_message is None:
            return None
        try:
            message = message_of(tracker.latest_message.parse_data, list(_as_plain(tracker)))
            return ACTION_SAFETY if safety().takes(message, _remembered(tracker)) else None
        except Exception as error:  # the action then shows the help menu, not a coaching line
            log.error("safety_policy_failed error=%s", type(error).__name__)
            return ACTION_SAFETY

    def own_actions(self) -> List[str]:
        """After its action there is nothing more to do in the turn."""
        return [ACTION_SAFETY]


def _remembered(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """The safety state of the slot; where the conversation lost it, the holds of the store."""
    plain = tracker.get_slot(slot_name("safety"))
    if plain:
        return dict(plain)
    notebook = shelf().of(tracker.sender_id)
    try:
        return notebook.holds()
    finally:
        notebook.close()


def _as_plain(tracker: DialogueStateTracker) -> List[Dict[str, Any]]:
    """The latest user event in the form `message_of` reads its time from."""
    return [{"event": "user", "timestamp": tracker.latest_message.timestamp}]
