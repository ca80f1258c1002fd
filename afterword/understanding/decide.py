"""Decides which intent a message has, from the classifier's ranking and the evidence.

docs/understanding.md says in words what happens here and what each part gives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

from afterword.evidence import Evidence, Reading
from afterword.understanding.causes import claims_of
from afterword.understanding.features import Features, features_of
from afterword.understanding.intents import (
    ABOUT_THE_EX,
    ASKS,
    NO_INTENT,
    REPORTS,
    TELLING,
    family_of,
)
from afterword.understanding.telling import pain_over_story
from afterword.understanding.weighing import TELLING as TOLD
from afterword.understanding.weighing import weigh

OUT = "out_of_scope"
LEAST, NEARLY = 0.31, 0.22  # a best score below the first is a guess; above the second a fair one
FEW_WORDS = 4  # up to so many words a guess is left to the fallback, which asks again
SHOWN = 10  # how many of the ranking are kept

# What a rule adds to an intent's score, by family: a question of its own beats a report beside it.
STRONG = {"asks": 1.1, "reports": 1.0, "command": 1.2, "short": 0.9, "outside": 1.3, "telling": 1.0}
WEAK = {"asks": 0.3, "reports": 0.5, "command": 0.3, "short": 0.3, "outside": 0.3, "telling": 0.15}

# Up to how many words a message of a family, or an intent, usually has; beyond that it counts
# less and less. People say thanks at the end of longer ones, too.
USUAL_WORDS = {"command": 14, "short": 10, "thanks": 25}

# Manners come together ("thanks, bye"); the one that asks for something of ours goes first.
FIRST = {"goodbye": 0.06, "greet": 0.03}

CLAIM = 0.75  # a claimed cause, against the acts beside it
MOST_BELIEVED = 0.7  # what the classifier can do for telling and venting together
PLAINLY = 0.5  # a whole sentence that can be nothing but telling, or letting out a feeling
BESIDE_A_REPORT = 0.4
TO_OTHERS = 0.35  # "you" without any "I" is advice and comfort: it gets better, look after yourself
POOLED = 0.8  # the classifier's belief in causes that no rule heard, as a sign of telling
KEPT_ELSEWHERE = 0.5  # what is left of acts about the ex in a message about something else
FAR = frozenset(("work", "study", "kin", "health"))  # other troubles, told as people tell ours
HURTING = 0.5  # what is left of "not our business" where somebody hurts and names nothing else
UNHEARD = 0.5  # the classifier's word for an act that no rule heard, in a message of some length
UNHEARD_WORDS = 8
UNHEARD_COMMAND, UNHEARD_COMMAND_WORDS = 0.35, 5
SETTLED_WORDS = 6  # up to so many words what a strong rule hears is the whole message
HEARD_PLAINLY = "a strong rule heard it"
_ACT_OF = {"tell_story": TOLD, "answer": TOLD}
_OUR_SHORT = frozenset(("partly", "unsure"))  # answers to our questions, which nobody else asks
EVEN = 0.5  # the share of an act from which on it is the likeliest of all together


@dataclass(frozen=True)
class Decision:
    """The intent, how sure, and why in words."""

    intent: str
    confidence: float
    reason: str
    ranking: dict[str, float] = field(default_factory=dict)

    def ranking_list(self) -> list[dict[str, Any]]:
        """The ranking as Rasa keeps it, likeliest first."""
        order = sorted(self.ranking.items(), key=lambda item: -item[1])
        return [{"name": name, "confidence": confidence} for name, confidence in order[:SHOWN]]


def decide(reading: Reading, ranking: Mapping[str, float]) -> Decision:
    """Decides by rules and classifier, and looks at what people say a second time, by all signs.

    Commands are left as the rules have them, and so is everything where there is no classifier or
    nothing was sensed. What people tell, ask, feel and answer is weighed by all its signs together.

    Args:
        reading: the message as read, with its evidence and what was sensed.
        ranking: the classifier's confidence by intent; may be empty, then rules decide alone.
    """
    features = features_of(reading)
    first = _by_rules(reading, ranking, features)
    if not ranking or not reading.sensed or _settled(first, reading, features):
        return first
    act = TOLD if first.intent.startswith("cause_") else _ACT_OF.get(first.intent, first.intent)
    shares = weigh(reading, features, ranking, {act: min(1.0, first.confidence)})
    best = max(shares, key=lambda name: shares[name])
    if best == act:
        return first
    if first.confidence < LEAST and shares[best] < EVEN:  # a few words that may mean anything
        return first
    return _second(best, shares, reading, features, first)


def _settled(first: Decision, reading: Reading, features: Features) -> bool:
    """Whether nothing is to be weighed: a plain rule in a few words, or a command."""
    if first.reason == HEARD_PLAINLY and features.words <= SETTLED_WORDS:
        return True
    if family_of(first.intent) != "command" and first.intent not in _OUR_SHORT:
        return False
    return (
        first.reason == HEARD_PLAINLY
        or features.words <= FEW_WORDS
        or reading.sensed.get("command", -1.0) > 0.0
    )


def _second(
    act: str, shares: dict[str, float], reading: Reading, features: Features, first: Decision
) -> Decision:
    """The decision that the signs make against the rules. A cause that is told stays a cause."""
    share = max(LEAST, shares[act] / sum(shares.values()))
    intent = "tell_story" if act == TOLD else act
    claims = claims_of(reading.evidence) if _may_claim(features) else []
    if intent in TELLING and claims:
        intent = f"cause_{claims[0].id}"
    others = {name: min(score, share) for name, score in first.ranking.items()}
    return Decision(intent, min(0.99, share), "its signs together", {**others, intent: share})


def by_rules(reading: Reading, ranking: Mapping[str, float]) -> Decision:
    """Weighs rules and classifier.

    Args:
        reading: the message as read, with its evidence.
        ranking: the classifier's confidence by intent; may be empty, then rules decide alone.

    Returns:
        The intent. "out_of_scope" where nothing in the message is this assistant's business; a
        confidence near the fallback's threshold where hardly anything speaks for any intent.
    """
    return _by_rules(reading, ranking, features_of(reading))


def _by_rules(reading: Reading, ranking: Mapping[str, float], features: Features) -> Decision:
    heard = _acts(reading)
    claims = claims_of(reading.evidence) if _may_claim(features) else []
    scores = _believed(ranking, features)
    for intent in scores:
        if intent not in heard and family_of(intent) not in ("telling", "outside"):
            scores[intent] *= _unheard(family_of(intent), features, bool(set(heard) & TELLING))
    for intent, strengths in heard.items():
        if intent not in TELLING:
            scores[intent] = scores.get(intent, 0.0) + _heard(intent, strengths, features)
    _tell_or_vent(scores, reading, features, heard, ranking)
    if claims:
        name = f"cause_{claims[0].id}"
        scores[name] = scores.get(name, 0.0) + CLAIM
    _keep_to_our_business(scores, features, heard, bool(claims))
    return _chosen(scores, heard, claims[0].id if claims else None, features)


def _may_claim(features: Features) -> bool:
    """At work and at home people lie and shout as well: a cause needs somebody it is about."""
    return bool(features.ours or features.third or not features.elsewhere & FAR)


def _acts(reading: Reading) -> dict[str, list[str]]:
    """The strengths of the different rules that heard each act."""
    rules: dict[str, Evidence] = {}
    for found in reading.of("act"):
        if found.id not in NO_INTENT:
            rules.setdefault(found.rule, found)
    heard: dict[str, list[str]] = {}
    for found in rules.values():
        heard.setdefault(found.id, []).append(found.strength)
    return heard


def _believed(ranking: Mapping[str, float], features: Features) -> dict[str, float]:
    """The classifier's belief. A cause needs words that say it, so its part goes to telling."""
    scores: dict[str, float] = {}
    pooled = 0.0
    for intent, belief in ranking.items():
        if intent.startswith("cause_"):
            pooled += belief
        else:
            scores[intent] = belief * _length(intent, features)
    if ranking:
        scores["tell_story"] = scores.get("tell_story", 0.0) + POOLED * pooled
    return scores


def _unheard(family: str, features: Features, told: bool) -> float:
    """In a few words the classifier is right; in many it takes one word for the whole.

    Nobody asks the assistant for something in words about him or her, or about how it hurts:
    "everything reminds me of her" is no wish to be forgotten.
    """
    if family in ("command", "short"):
        personal = features.third or told or "heart" in features.ours
        plain = features.words <= UNHEARD_COMMAND_WORDS and not personal
        return 1.0 if plain else UNHEARD_COMMAND
    known = features.ours
    return 1.0 if features.words <= UNHEARD_WORDS and not known else UNHEARD


def _length(intent: str, features: Features) -> float:
    """1 up to the usual length of such messages, then less."""
    usual = USUAL_WORDS.get(intent) or USUAL_WORDS.get(family_of(intent))
    if usual is None or features.words <= usual:
        return 1.0
    return max(0.1, 1.0 - (features.words - usual) / (1.2 * usual))


def _heard(intent: str, strengths: list[str], features: Features) -> float:
    family = family_of(intent)
    weight = sum((STRONG if s == "strong" else WEAK).get(family, 0.3) for s in strengths[:2])
    return weight * _length(intent, features) + FIRST.get(intent, 0.0)


def _tell_or_vent(
    scores: dict[str, float],
    reading: Reading,
    features: Features,
    heard: Mapping[str, list[str]],
    ranking: Mapping[str, float],
) -> None:
    """What speaks for either goes to the one of the two that the signs are for.

    Every report of an act is told, too: where one was heard, its telling is no sign of a story.
    """
    rules = {found.rule for found in reading.of("act")}
    together = scores.get("tell_story", 0.0) + scores.get("vent", 0.0)
    strengths = [strength for name in TELLING for strength in heard.get(name, ())]
    signs = WEAK["telling"] * min(3, len(strengths)) + PLAINLY * ("strong" in strengths)
    signs += 0.1 * bool(features.third) + 0.1 * bool(reading.of("feeling"))
    if set(heard) & (ASKS | REPORTS):
        signs *= BESIDE_A_REPORT
    if features.to_others:
        for name in ("moving_on", "self_care"):
            scores[name] = scores.get(name, 0.0) + TO_OTHERS
    won = min(MOST_BELIEVED, together) + signs
    leaning = pain_over_story(reading, features, rules, ranking)
    vents = leaning > 0
    scores["vent" if vents else "tell_story"] = won
    scores["tell_story" if vents else "vent"] = won * max(0.0, 0.9 - abs(leaning) / 3)


def _keep_to_our_business(
    scores: dict[str, float],
    features: Features,
    heard: dict[str, list[str]],
    claimed: bool,
) -> None:
    """Out of scope is known by what is missing: no word of a relationship, of feelings, of us."""
    if claimed or features.ours - {"heart"}:
        scores[OUT] = scores.get(OUT, 0.0) * (0.3 if OUT not in heard else 1.0)
        return
    if not features.elsewhere and ("heart" in features.ours or "vent" in heard):
        scores[OUT] = scores.get(OUT, 0.0) * (HURTING if OUT not in heard else 1.0)
        return
    acted = bool(set(heard) & (ASKS | REPORTS))
    scores[OUT] = scores.get(OUT, 0.0) + _away(features) * (0.5 if acted else 1.0)
    if features.elsewhere & FAR or (features.elsewhere and not features.third):
        for intent in (ABOUT_THE_EX & set(scores)) - (set(heard) - TELLING):
            scores[intent] *= KEPT_ELSEWHERE


def _away(features: Features) -> float:
    """How much speaks for another business, where no word speaks of a relationship."""
    away = 0.0
    if features.elsewhere & FAR:
        away = 0.5 + 0.15 * (len(features.elsewhere) - 1)
    elif features.elsewhere:
        away = 0.35 + 0.15 * (len(features.elsewhere) - 1)
    if features.nobody and not features.ours:
        away += 0.3 if features.elsewhere or features.asks else 0.2
    if "heart" in features.ours:
        away -= 0.1
    return max(0.0, away - 0.05 * min(2, features.third))


def _chosen(
    scores: dict[str, float],
    heard: dict[str, list[str]],
    cause: str | None,
    features: Features,
) -> Decision:
    best = max(scores, key=lambda name: scores[name], default=OUT)
    score = scores.get(best, 0.0)
    if best in TELLING and cause:
        best = f"cause_{cause}"
    total = {name: min(1.0, value) for name, value in scores.items() if value > 0.0}
    if score < LEAST:
        return _guess(best, score, features, total)
    return Decision(best, min(0.99, score), _reason(best, heard, cause, features), total)


def _guess(best: str, score: float, features: Features, total: dict[str, float]) -> Decision:
    """Hardly anything speaks for any intent: people are listened to, the rest is not ours."""
    if features.nobody and not features.ours:
        return Decision(OUT, 0.6, "nothing in it is about us", total)
    if features.words <= FEW_WORDS:
        return Decision(best, score, "too little to tell what it is", total)
    if score < NEARLY or family_of(best) == "command":
        best = "tell_story" if features.past * 6 > features.words else "vent"
    return Decision(best, LEAST, "too little to tell what it is", total)


def _reason(intent: str, heard: dict[str, list[str]], cause: str | None, features: Features) -> str:
    if intent in heard:
        return HEARD_PLAINLY if "strong" in heard[intent] else "a weak rule heard it"
    if cause and intent == f"cause_{cause}":
        return "a cause was claimed"
    if intent == OUT and not features.ours:
        return "no word of a relationship" + (
            f", but of {', '.join(sorted(features.elsewhere))}" if features.elsewhere else ""
        )
    return "the classifier"
