"""What may never be said is found wherever it could be said, and only there."""

from __future__ import annotations

import pytest
from small_project import Small


@pytest.mark.parametrize(
    "words",
    [
        "Her brother committed suicide",
        "I understand exactly how that is",
        "You should just leave him",
        "After the failed attempt",
        "This stays between us",
        "It is our little secret",
        "I won\u2019t tell anyone",
        "It was your fault",
        "That sounds like a narcissist",
        "At least you had five years",
        "Promise you won't do it",
        "You may want to apologize",
        "A pause — a long one — may help",
        "You're right that it's best not to talk now, maybe one day we can be friends",
        "You were right to break up, I am so much happier now",
        "Good idea of yours, I am seeing other people now and it suits me right now",
        "Dating others was a great idea of ours, friends is all I want",
        "I'm dating somebody new and loving it",
    ],
)
@pytest.mark.parametrize("place", ["reply", "title", "step", "means", "rewrite"])
def test_forbidden_words_are_found(small: Small, words: str, place: str) -> None:
    quoted = '"' + words + '"'
    if place == "reply":
        small.write("data/replies/x.yml", f"x.y: {{say: [{quoted}]}}\n")
    elif place == "title":
        small.write("data/replies/x.yml", f"x.y: {{say: [A], buttons: [{{title: {quoted}}}]}}\n")
    elif place == "step":
        small.change("data/article/steps/03.yml", "small_thing:", f"small_thing: {quoted} #")
    elif place == "means":
        small.write("data/patterns/x.yml", _pattern(means=quoted))
    else:
        small.write("data/drafts/x.yml", _pattern(rewrite=quoted))
    found = small.lint("utterances")
    assert len(found) >= 1
    assert all("never say this" in line for line in found)


@pytest.mark.parametrize(
    "words",
    [
        "It isn't your fault",
        "Just leave it for tonight",
        "A secret relationship hurts too",
        "I'd like some quiet time until Sunday. You owe me nothing.",
        "See friends because it does you good",
        "I understand that this hurts",
    ],
)
def test_harmless_words_pass(small: Small, words: str) -> None:
    small.write("data/replies/x.yml", f'x.y: {{say: ["{words}"]}}\n')
    assert small.lint("utterances") == []


def test_what_is_only_read_may_hold_anything(small: Small) -> None:
    words = '"her brother committed suicide"'
    small.write("data/patterns/x.yml", _pattern(examples=f"[{words}]"))
    small.write("data/nlu/x.yml", f"nlu: [{{intent: greet, examples: {words}}}]\n")
    assert small.lint("utterances") == []


def _pattern(means: str = "a thing", rewrite: str = "another thing", examples: str = "[]") -> str:
    return (
        "kind: draft\nid: x\nrules:\n"
        f"  - {{id: a, means: {means}, rewrite: {rewrite}, any: [word], examples: {examples}}}\n"
    )
