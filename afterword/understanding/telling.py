"""Tells what happened from what hurts, where a message is one of the two.

People do both in one breath. The signs and their weights were found on sentences that people wrote
in forums (none of them is in this project) and rounded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from afterword.evidence import Reading
from afterword.understanding.features import Features

# Positive: it lets out how it feels. Negative: it tells what happened.
FOR_PAIN = {
    "vent.plainly": 2.0,
    "vent.pain": 1.5,
    "vent.to_them": 0.5,
    "tell_story.what": -1.2,
}
PARTNER_NAMED = -1.5  # "my girlfriend ...", "my ex ..." open a story
CAUSE_HEARD = -0.6
EACH_FEELING = 0.7
EACH_THIRD_PERSON = -0.15
ADDRESSED = 0.8  # said to the ex, or to oneself
PAST = -1.0  # by the share of past forms
BELIEVED = {"tell_story": -1.0, "vent": 1.0}
CAUSES_BELIEVED = -1.5
BEFORE_ALL = 0.2
MOST = 2  # more feelings, or more third persons than a few, say nothing more


def pain_over_story(
    reading: Reading, features: Features, rules: Collection[str], believed: Mapping[str, float]
) -> float:
    """Above 0 where a message lets out a feeling rather than tells a story.

    Args:
        reading: the message, for its feelings and causes.
        features: its counts.
        rules: full ids of the act rules that heard something.
        believed: the classifier's confidence by intent.
    """
    felt = len({found.id for found in reading.of("feeling") if "ex" not in found.tags})
    signs = sum(weight for rule, weight in FOR_PAIN.items() if rule in rules)
    signs += PARTNER_NAMED * ("partner" in features.ours)
    signs += CAUSE_HEARD * bool(reading.of("cause"))
    signs += EACH_FEELING * min(felt, MOST)
    signs += EACH_THIRD_PERSON * min(features.third, MOST + 1)
    signs += ADDRESSED * bool(features.second and not features.to_others)
    signs += PAST * features.past / max(1, features.words)
    signs += sum(weight * believed.get(name, 0.0) for name, weight in BELIEVED.items())
    causes = sum(belief for name, belief in believed.items() if name.startswith("cause_"))
    return signs + CAUSES_BELIEVED * causes + BEFORE_ALL
