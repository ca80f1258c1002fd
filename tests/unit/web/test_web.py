"""The website channel over a real socket: what it answers."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

import pytest

from tests.unit.web.conftest import Client, replies


def test_a_message_is_answered_line_by_line(client: Client) -> None:
    token = client.start()
    answer = client.say(token, "she left")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert replies(answer) == ["I heard: she left", "Is that so?"]
    end = json.loads(answer.text.splitlines()[-1])
    assert end == {"type": "end", "failed": False, "forgotten": False, "kept": False}


def test_replies_are_sent_as_they_are_made(client: Client) -> None:
    token = client.start()
    body = {"id": "message-slow", "text": "slow"}
    headers = {"Authorization": f"Bearer {token}"}
    came: list[float] = []
    with client.http.stream("POST", "/api/web/message", json=body, headers=headers) as answer:
        came.extend(time.monotonic() for _ in answer.iter_lines())
    assert came[1] - came[0] > 1.0


def test_a_sender_is_of_this_channel(client: Client) -> None:
    client.say(client.start(), "hello")
    message = client.assistant.heard[0]
    assert message.sender_id.startswith("web:")
    assert message.input_channel == "web"


def test_a_retry_is_answered_once_with_the_same_replies(client: Client) -> None:
    token = client.start()
    answers = [client.say(token, "hello", id="message-same") for _ in range(3)]
    assert len({answer.text for answer in answers}) == 1
    assert len(client.assistant.heard) == 1


def test_retries_at_the_same_time_are_answered_once(client: Client) -> None:
    token = client.start()
    with ThreadPoolExecutor(8) as pool:
        texts = set(pool.map(lambda _: client.say(token, "slow", id="message-same").text, range(8)))
    assert len(texts) == 1
    assert len(client.assistant.heard) == 1


def test_an_id_is_for_one_message(client: Client) -> None:
    token = client.start()
    client.say(token, "hello", id="message-same")
    answer = client.say(token, "something else", id="message-same")
    assert (answer.status_code, answer.json()) == (409, {"error": "id_used"})


def test_two_sessions_may_use_the_same_id(client: Client) -> None:
    for text in ("one", "two"):
        assert replies(client.say(client.start(), text, id="message-same"))[0] == f"I heard: {text}"


def test_history_has_what_was_said_and_what_may_be_pressed(client: Client) -> None:
    token = client.start()
    client.say(token, "hello", id="message-one")
    client.say(token, payload='/answer{"v":"yes"}', id="message-two")
    past = client.history(token).json()
    assert [(item["who"], item["id"], item["text"]) for item in past["items"]] == [
        ("you", "message-one", "hello"),
        ("bot", "message-one.0", "I heard: hello"),
        ("bot", "message-one.1", "Is that so?"),
        ("you", "message-two", "Yes"),
        ("bot", "message-two.0", 'You chose /answer{"v":"yes"}'),
    ]
    assert '/answer{"v":"yes"}' not in past["offered"]
    assert "/ask_help" in past["offered"]


def test_consent_is_told(client: Client) -> None:
    token = client.start()
    client.assistant.kept.add(f"web:{token.split('.')[1]}")
    assert json.loads(client.say(token, "hello").text.splitlines()[-1])["kept"] is True
    assert client.history(token).json()["kept"] is True


@pytest.mark.parametrize("text", ["crash", "nothing"])
def test_a_turn_that_fails_says_so(client: Client, text: str) -> None:
    answer = client.say(client.start(), text)
    assert json.loads(answer.text.splitlines()[-1])["failed"] is True


def test_a_talk_without_consent_goes_when_it_is_ended(client: Client) -> None:
    token = client.start()
    client.say(token, "hello")
    assert client.post("end", token=token).json() == {"ended": True}
    assert client.assistant.talks == {}
    assert client.history(token).status_code == 401


def test_a_kept_talk_stays_when_its_session_is_ended(client: Client) -> None:
    token = client.start()
    client.say(token, "hello")
    client.assistant.kept.add(f"web:{token.split('.')[1]}")
    client.post("end", token=token)
    assert len(client.assistant.talks) == 1


def test_forget_deletes_everything(client: Client) -> None:
    token = client.start()
    client.say(token, "hello")
    assert client.post("forget", token=token).json() == {"forgotten": True}
    assert client.assistant.talks == {}


def test_what_could_not_be_deleted_is_said(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(sender: str) -> None:
        raise OSError("disk")

    monkeypatch.setattr(client.assistant, "forget", broken)
    token = client.start()
    answer = client.post("forget", token=token)
    assert (answer.status_code, answer.json()) == (503, {"error": "not_deleted"})
    assert client.history(token).status_code == 200, "so that it can be tried again"


def test_a_token_is_renewed(client: Client) -> None:
    old = client.start()
    answer = client.post("session", {"token": old})
    assert answer.status_code == 200
    assert answer.json()["token"].split(".")[1] == old.split(".")[1]


def test_a_token_that_has_run_out_can_be_renewed(serve: Callable[..., Client]) -> None:
    client = serve(token_seconds=-1)
    token = client.start()
    assert client.history(token).json() == {"error": "expired"}
    assert client.post("session", {"token": token}).status_code == 200


def test_the_front_page_and_its_files(client: Client, tmp_path: Any) -> None:
    assert client.http.get("/").status_code == 404, "nothing is built in this folder"


def test_a_file_is_sent_with_strict_headers(serve: Callable[..., Client], tmp_path: Any) -> None:
    (tmp_path / "index.html").write_text("<p>front", encoding="utf-8")
    (tmp_path / "widget.js").write_text("1", encoding="utf-8")
    client = serve()
    front = client.http.get("/")
    assert front.text == "<p>front"
    assert "script-src 'self'" in front.headers["content-security-policy"]
    assert "unsafe" not in front.headers["content-security-policy"]
    assert front.headers["x-content-type-options"] == "nosniff"
    script = client.http.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    again = client.http.get("/widget.js", headers={"If-None-Match": script.headers["etag"]})
    assert again.status_code == 304


def test_who_hangs_up_gets_the_whole_answer_at_the_next_try(client: Client) -> None:
    token = client.start()
    body = {"id": "message-cut", "text": "slow"}
    headers = {"Authorization": f"Bearer {token}"}
    with client.http.stream("POST", "/api/web/message", json=body, headers=headers) as answer:
        next(answer.iter_lines())
    assert replies(client.say(token, "slow", id="message-cut")) == ["First.", "Second."]
    assert len(client.assistant.heard) == 1


def test_a_store_that_is_away_is_a_failure_without_its_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(sender: str) -> None:
        raise OSError("postgres at db.internal is away")

    token = client.start()
    monkeypatch.setattr(client.assistant, "known", away)
    answer = client.history(token)
    assert (answer.status_code, answer.json()) == (500, {"error": "failed"})
    # A message is answered all the same; whether it is kept is then unknown, so: no.
    end = json.loads(client.say(token, "hello").text.splitlines()[-1])
    assert end["kept"] is False
