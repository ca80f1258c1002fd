"""Gives a message to the journey under way when it answers the journey's open question."""

from __future__ import annotations

from typing import List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker

from actions.base import message_of
from actions.runtime import capabilities
from addons.policies.single_action import SingleActionPolicy
from afterword.talk import State

ACTION_JOURNEY = "action_journey"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class JourneyPolicy(SingleActionPolicy):
    """Comes after safety and before the rules."""

    def wanted_action(self, tracker: DialogueStateTracker) -> Optional[str]:
        """action_journey where the journey under way takes the message."""
        state = State.from_slots(tracker.current_slot_values())
        if not state.journey.name or tracker.latest_message is None:
            return None
        said = {"event": "user", "timestamp": tracker.latest_message.timestamp}
        message = message_of(tracker.latest_message.parse_data, [said])
        return ACTION_JOURNEY if capabilities().journeys.takes(message, state) else None

    def own_actions(self) -> List[str]:
        """After its action there is nothing more to do in the turn."""
        return [ACTION_JOURNEY]
