"""Measures understanding on the held-out file and by cross-validation of the training lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.model_selection import StratifiedKFold

from addons.classifier import Classifier
from afterword.evidence import Reading
from afterword.lint.project import Project
from afterword.lint.training import examples_of
from afterword.sense import sense_of
from afterword.sense.corpus import CAUSE, TOLD
from afterword.sense.hearing import Hearing
from afterword.understanding.causes import claims_of
from afterword.understanding.decide import Decision, by_rules, decide
from afterword.understanding.measure import (
    Score,
    act_of,
    load_labelled,
    macro,
    outside_recognised,
    scores,
    share_right,
)

WORST = 15  # errors shown on the page; all of them go into reports/errors.jsonl


@dataclass(frozen=True)
class Measured:
    """The figures as lines of Markdown, and what the picture and the list of errors need."""

    lines: list[str]
    wanted: list[str]
    given: list[str]
    errors: list[dict[str, Any]]


def measure_all(root: Path, folds: int, diet: Path) -> Measured:
    """Runs every measurement.

    Args:
        root: the project's folder.
        folds: folds of the cross-validation.
        diet: JSON lines of id and intent, as DIET decided the held-out file in the benchmark's
            environment; the row is left out where the file is missing.
    """
    hearing = Hearing.load(root / "data", lambda: sense_of(root))
    engine = hearing.engine
    intents, texts = _training(root)
    lessons = [engine.read(text) for text in texts]
    labelled = load_labelled(root / "data" / "heldout" / "acts.jsonl")
    readings = [hearing.read(item.text) for item in labelled]
    classifier = Classifier(root / "config.yml")
    classifier.train(lessons, intents)
    believed = classifier.believe(readings)
    decisions = [decide(r, b) for r, b in zip(readings, believed, strict=True)]
    wanted = [item.intent for item in labelled]
    together = [decision.intent for decision in decisions]
    lines = _parts(wanted, readings, believed, together, _diet(diet, [i.id for i in labelled]))
    lines += _acts(wanted, together)
    lines += _crossed(lessons, intents, folds, root / "config.yml")
    lines += _causes(root, hearing.read)
    lines += _strangers(root, hearing.read, classifier)
    errors = _errors(labelled, readings, decisions)
    lines += _worst(errors)
    acts = [act_of(intent) for intent in wanted]
    return Measured(lines, acts, [act_of(intent) for intent in together], errors)


def _training(root: Path) -> tuple[list[str], list[str]]:
    examples = list(examples_of(Project(root)))
    return [intent for intent, _, _ in examples], [text for _, text, _ in examples]


def _parts(
    wanted: list[str],
    readings: Sequence[Reading],
    believed: Sequence[dict[str, float]],
    together: list[str],
    diet: list[str] | None,
) -> list[str]:
    pairs = list(zip(readings, believed, strict=True))
    alone = {
        "rules alone": [by_rules(reading, {}).intent for reading in readings],
        "classifier alone": [max(scores, key=lambda n: scores[n]) for scores in believed],
        "sense alone": [_likest(reading) for reading in readings],
        "rules and classifier": [by_rules(*pair).intent for pair in pairs],
        "all together": together,
    }
    if diet is not None:
        alone["Rasa's DIET"] = diet
    lines = [
        "",
        f"Held-out file, {len(wanted)} sentences, by kind of act (causes count as telling):",
        "",
        "| | macro F1 | right | out of scope recognised |",
        "|---|---|---|---|",
    ]
    acts = [act_of(intent) for intent in wanted]
    for name, given in alone.items():
        kinds = [act_of(intent) for intent in given]
        lines.append(
            f"| {name} | {macro(scores(acts, kinds)):.3f} | {share_right(acts, kinds):.1%} "
            f"| {outside_recognised(acts, kinds):.1%} |"
        )
    return lines


def _acts(wanted: list[str], given: list[str]) -> list[str]:
    acts, kinds = [act_of(i) for i in wanted], [act_of(i) for i in given]
    single = scores(wanted, given)
    return [
        "",
        "All together, by kind of act:",
        "",
        *_table(scores(acts, kinds)),
        "",
        f"The {len(single)} intents one by one: macro F1 {macro(single):.3f}, "
        f"{share_right(wanted, given):.1%} right. The weakest:",
        "",
        *_table(sorted(single, key=lambda score: score.f1)[:10]),
    ]


def _crossed(lessons: Sequence[Reading], intents: list[str], folds: int, config: Path) -> list[str]:
    """Rules and classifier, each training line decided by a classifier that never saw it.

    The sense was learned from these very lines, so it has no part in this.
    """
    cut = StratifiedKFold(folds, shuffle=True, random_state=1)
    given = [""] * len(intents)
    for learn, ask in cut.split(intents, intents):
        classifier = Classifier(config)
        classifier.train([lessons[i] for i in learn], [intents[i] for i in learn])
        believed = classifier.believe([lessons[i] for i in ask])
        for place, scores_of_one in zip(ask, believed, strict=True):
            given[place] = decide(lessons[place], scores_of_one).intent
    single = scores(intents, given)
    return [
        "",
        f"Training lines, {len(intents)}, {folds}-fold cross-validation, every intent for itself: "
        f"macro F1 {macro(single):.3f}, {share_right(intents, given):.1%} right.",
        "",
        "| intent | F1 | intent | F1 | intent | F1 |",
        "|---|---|---|---|---|---|",
        *_in_threes([f"{score.label} | {score.f1:.2f}" for score in single]),
    ]


def _likest(reading: Reading) -> str:
    """The act a message is most like; a command is one kind here, whichever it is."""
    acts = {name: score for name, score in reading.sensed.items() if not name.startswith(CAUSE)}
    best = max(acts, key=lambda name: acts[name], default="")
    return {"telling": "tell_story", "command": "plan_show"}.get(best, best)


def _strangers(root: Path, read: Callable[[str], Reading], classifier: Classifier) -> list[str]:
    """Acts and causes of the sentences written by those who had seen no rule and no lesson."""
    path = root / "data" / "heldout" / "speech.jsonl"
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    readings = [read(item["text"]) for item in items]
    believed = classifier.believe(readings)
    acts = [
        act_of(decide(reading, belief).intent)
        for reading, belief in zip(readings, believed, strict=True)
    ]
    wanted = [item["act"] if item["act"] == TOLD else act_of(item["act"]) for item in items]
    causes = [frozenset(item["causes"]) for item in items]
    claimed = [frozenset(c.id for c in claims_of(reading.evidence)) for reading in readings]
    found = [_of_cause(name, causes, claimed) for name in sorted(frozenset().union(*causes))]
    none = [claim for cause, claim in zip(causes, claimed, strict=True) if not cause]
    return [
        "",
        f"Strangers' sentences, {len(items)}: acts macro F1 {macro(scores(wanted, acts)):.3f}, "
        f"{share_right(wanted, acts):.1%} right, out of scope recognised "
        f"{outside_recognised(wanted, acts):.1%}; causes macro F1 {macro(found):.3f}, claimed in "
        f"{sum(map(bool, none)) / max(1, len(none)):.1%} of the {len(none)} that name none.",
        "",
        *_table(scores(wanted, acts)),
        "",
        *_table(found),
    ]


def _causes(root: Path, read: Callable[[str], Reading]) -> list[str]:
    """Per cause, and how often a cause is claimed where none is named."""
    path = root / "data" / "heldout" / "causes.jsonl"
    if not path.is_file():
        return []
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    wanted = [frozenset(item["causes"]) for item in items]
    given = [frozenset(c.id for c in claims_of(read(i["text"]).evidence)) for i in items]
    names = sorted(frozenset().union(*wanted))
    found = [_of_cause(name, wanted, given) for name in names]
    none = [g for w, g in zip(wanted, given, strict=True) if not w]
    return [
        "",
        f"Causes, {len(items)} sentences of their own: macro F1 {macro(found):.3f}; a cause is "
        f"claimed in {sum(map(bool, none)) / max(1, len(none)):.1%} of the {len(none)} sentences "
        "that name none.",
        "",
        *_table(found),
    ]


def _of_cause(name: str, wanted: list[frozenset[str]], given: list[frozenset[str]]) -> Score:
    both = sum(name in w and name in g for w, g in zip(wanted, given, strict=True))
    asked, said = sum(name in w for w in wanted), sum(name in g for g in given)
    f1 = 2 * both / (asked + said) if asked + said else 0.0
    return Score(name, both / said if said else 0.0, both / asked if asked else 0.0, f1, asked)


def _errors(
    labelled: Iterable[Any], readings: Sequence[Reading], decisions: Sequence[Decision]
) -> list[dict[str, Any]]:
    errors = [
        {
            "text": item.text,
            "meant": item.intent,
            "decided": decision.intent,
            "confidence": round(decision.confidence, 2),
            "reason": decision.reason,
            "heard": [f.rule for f in reading.evidence if f.kind in ("act", "cause")],
        }
        for item, reading, decision in zip(labelled, readings, decisions, strict=True)
        if act_of(item.intent) != act_of(decision.intent)
    ]
    key: Callable[[dict[str, Any]], float] = lambda error: -error["confidence"]  # noqa: E731
    return sorted(errors, key=key)


def _worst(errors: list[dict[str, Any]]) -> list[str]:
    lines = [
        "",
        f"The surest errors of {len(errors)} on the held-out file (all in reports/errors.jsonl):",
        "",
        "| said | meant | decided | sure | because |",
        "|---|---|---|---|---|",
    ]
    for error in errors[:WORST]:
        said = error["text"].replace("|", "/")[:90]
        lines.append(
            f"| {said} | {error['meant']} | {error['decided']} | {error['confidence']} "
            f"| {error['reason']} |"
        )
    return lines


def _diet(path: Path, names: list[str]) -> list[str] | None:
    if not path.is_file():
        return None
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    given = {item["id"]: item["intent"] for item in items}
    return [given.get(name, "nlu_fallback") for name in names]


def _table(found: Iterable[Score]) -> list[str]:
    return [
        "| | precision | recall | F1 | sentences |",
        "|---|---|---|---|---|",
        *(
            f"| {s.label} | {s.precision:.2f} | {s.recall:.2f} | {s.f1:.2f} | {s.count} |"
            for s in found
        ),
    ]


def _in_threes(cells: list[str]) -> list[str]:
    cells = cells + [" | "] * (-len(cells) % 3)
    return [f"| {' | '.join(cells[i : i + 3])} |" for i in range(0, len(cells), 3)]
