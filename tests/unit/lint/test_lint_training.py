"""Training examples: enough, varied, each in one intent."""

from __future__ import annotations

import pytest
from small_project import Small

NLU = "data/nlu/talk.yml"


def test_the_small_training_data_is_in_order(small: Small) -> None:
    assert small.lint("training") == []


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        (["hello"], "greet: expected at least 2 examples, here are 1"),
        (["hello there", "Hello, there!"], "is there twice"),
        (["hello there my good old friend", "hello there my good old friendd"], "nearly the same"),
        (["[hello](v) there", "hello there"], "is there twice"),
    ],
)
def test_poor_examples_are_found(small: Small, examples: list[str], expected: str) -> None:
    small.write(NLU, _nlu(greet=examples))
    assert any(expected in line for line in small.lint("training"))


def test_one_example_in_two_intents_is_found(small: Small) -> None:
    small.write(NLU, _nlu(greet=["hello", "hey"], ask_help=["Hey!"]))
    assert small.lint("training") == [
        "error: data/nlu/talk.yml: ask_help: 'Hey!' is an example of 'greet' as well"
    ]


def test_an_intent_the_domain_lacks_is_found(small: Small) -> None:
    small.write(NLU, _nlu(greet=["hello", "hey"], dance=["la la"]))
    assert small.lint("training") == ["error: data/nlu: dance: expected an intent of domain.yml"]


def test_examples_without_letters_are_told_apart(small: Small) -> None:
    small.write(NLU, _nlu(greet=["👋", "🙂"], ask_help=["🆘"]))
    assert small.lint("training") == []


def _nlu(**intents: list[str]) -> str:
    lines = ["nlu:"]
    for intent, examples in intents.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in examples)]
    return "\n".join(lines) + "\n"
