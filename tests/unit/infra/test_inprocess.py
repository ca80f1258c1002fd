"""Actions in Rasa's own process: what works, fails, hangs, or gives rubbish."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk.interfaces import ActionExecutionRejection

from addons.inprocess import InProcessActionEndpoint


def call(action: str) -> dict[str, Any]:
    tracker = {"sender_id": "cli:test", "slots": {}, "events": [], "latest_message": {}}
    return {"next_action": action, "sender_id": "cli:test", "tracker": tracker, "domain": {}}


@pytest.fixture
def endpoint() -> InProcessActionEndpoint:
    endpoint = InProcessActionEndpoint("actions", limit=0.3)
    done: dict[str, Any] = {"events": [], "responses": [{"text": "done"}]}

    async def works(*_: Any) -> dict[str, Any]:
        return done

    async def run(given: dict[str, Any]) -> Any:
        name = given["next_action"]
        if name == "works":
            return done
        if name == "crashes":
            raise ZeroDivisionError("inside")
        if name == "hangs":
            await asyncio.sleep(5)
        if name == "rubbish":
            return {"events": "nothing", "responses": None}
        if name == "rejects":
            raise ActionExecutionRejection(name)
        given["tracker"]["slots"]["changed"] = True
        return done

    endpoint._executor.run = run  # type: ignore[method-assign]
    return endpoint


def request(endpoint: InProcessActionEndpoint, given: dict[str, Any]) -> Any:
    return asyncio.run(endpoint.request(json=given))


def test_an_action_answers(endpoint: InProcessActionEndpoint) -> None:
    assert request(endpoint, call("works"))["responses"][0]["text"] == "done"


@pytest.mark.parametrize("action", ["crashes", "hangs", "rubbish"])
def test_a_failure_still_gives_a_reply_and_keeps_nothing(
    endpoint: InProcessActionEndpoint, action: str
) -> None:
    began = time.monotonic()
    answer = request(endpoint, call(action))
    assert answer["events"] == []
    assert answer["responses"][0]["text"]
    assert time.monotonic() - began < 3


def test_a_rejection_is_what_rasa_expects(endpoint: InProcessActionEndpoint) -> None:
    with pytest.raises(ClientResponseError) as error:
        request(endpoint, call("rejects"))
    assert error.value.status == 400


def test_what_an_action_changes_stays_its_own(endpoint: InProcessActionEndpoint) -> None:
    given = call("changes")
    request(endpoint, given)
    assert given["tracker"]["slots"] == {}
