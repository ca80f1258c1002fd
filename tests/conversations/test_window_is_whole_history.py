"""A store that keeps three turns answers every conversation as one that keeps all of them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain

from addons.agent import be_quiet
from addons.channels.inbound import prepare
from addons.inprocess import InProcessActionEndpoint
from addons.stores.settings import StoreSettings
from addons.stores.tracker_store import WindowTrackerStore
from afterword.files import load_yaml

HERE = Path(__file__).parent
MODELS = HERE.parents[1] / "models"
WINDOW = 3  # the assistant keeps eight; fewer make each conversation outgrow them
CASES = [
    pytest.param(talk, id=f"{path.relative_to(HERE).with_suffix('')}: {talk['name']}")
    for path in sorted(HERE.rglob("*.yml"))
    for talk in load_yaml(path)
]
NOISE = ("timestamp", "recipient_id", "assistant_id", "model_id")


@pytest.fixture(scope="module")
def agents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Agent, Agent]]:
    data = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AFTERWORD_DATA", str(data))
        # A first wording is chosen by chance; here it is always the same one.
        patch.setattr("afterword.talk.turn.random", SimpleNamespace(randrange=lambda _: 0))
        be_quiet()
        window = WindowTrackerStore(settings=StoreSettings(data=data, window=WINDOW))
        yield _agent(InMemoryTrackerStore(Domain.empty())), _agent(window)
        window.close()


def _agent(store: TrackerStore) -> Agent:
    endpoint = InProcessActionEndpoint("actions")
    return Agent.load(str(MODELS), tracker_store=store, action_endpoint=endpoint)


@pytest.mark.parametrize("agreed", [False, True], ids=["unkept", "kept"])
@pytest.mark.parametrize("conversation", CASES)
def test_same_answers(
    conversation: dict[str, Any], agents: tuple[Agent, Agent], agreed: bool
) -> None:
    turns = conversation["turns"]
    start: list[dict[str, Any]] = [{"button": "/consent_yes"}] if agreed else []
    whole, window = (
        asyncio.run(_answers(agent, f"cli:{name}-{id(conversation)}-{agreed}", start + turns))
        for agent, name in zip(agents, ("whole", "window"), strict=True)
    )
    for turn, by_whole, by_window in zip(start + turns, whole, window, strict=True):
        assert by_window == by_whole, f"after {turn}"


async def _answers(agent: Agent, sender: str, turns: list[dict[str, Any]]) -> list[Any]:
    answers: list[Any] = []
    buttons: list[dict[str, str]] = []
    for turn in turns:
        text = turn.get("button") or turn.get("say")
        if text is None:
            text = next((b["payload"] for b in buttons if b["title"] == turn["press"]), "")
        out = CollectingOutputChannel()
        offered = {button["payload"] for button in buttons} | {"/consent_yes"}
        await agent.handle_message(UserMessage(prepare(text, offered).text, out, sender))
        answers.append([_plain(said) for said in out.messages])
        buttons = [b for said in out.messages for b in said.get("buttons") or []]
    return answers


def _plain(said: dict[str, Any]) -> Any:
    """The message without what differs between any two people: times, and ids of records."""
    text = json.dumps({name: value for name, value in said.items() if name not in NOISE})
    return json.loads(re.sub(r"\b[0-9a-f]{32}\b", "id", text))
