"""Attacks on the website channel, over a real socket. Each of them must fail."""

from __future__ import annotations

import base64
import json
import logging
import socket
import threading
import time
from pathlib import Path
from typing import Any, Callable

import pytest

from tests.unit.web.conftest import Client, replies

JSON = {"Content-Type": "application/json"}


def forged(token: str) -> list[str]:
    """Tokens somebody could make from their own, or from nothing."""
    version, name, expires, renewable, signature = token.split(".")
    later = str(int(expires) + 10_000)
    return [
        "x",
        "....",
        "w1.someone.9999999999.9999999999.",
        f"{version}.other{name}.{expires}.{renewable}.{signature}",
        f"{version}.{name}.{later}.{renewable}.{signature}",
        f"{version}.{name}.{expires}.{later}.{signature}",
        f"w2.{name}.{expires}.{renewable}.{signature}",
        f"{version}.{name}.{expires}.{renewable}.{signature[:-1]}",
        f"{version}.{name}.{expires}.{renewable}.{signature[:-2]}AA",
        token + "A" * 5000,
        base64.b64encode(token.encode()).decode(),
    ]


def test_sessions_cannot_be_guessed_or_forged(client: Client) -> None:
    victim = client.start()
    client.say(victim, "a secret")
    for token in forged(victim):
        assert client.history(token).status_code in (400, 401), token
        assert client.post("session", {"token": token}).status_code == 401, token
        assert client.say(token, "let me in").status_code == 401, token
    assert len(client.assistant.heard) == 1


def test_a_key_of_another_server_does_not_sign_here(serve: Callable[..., Client]) -> None:
    from addons.channels.web_sessions import Sessions

    foreign = Sessions(b"another key" * 3, set(), 3600, 3600)  # type: ignore[arg-type]
    token = foreign.token(foreign.start())
    assert serve().history(token).json() == {"error": "invalid"}


@pytest.mark.parametrize("way", ["forget", "end"])
def test_a_token_does_not_work_after_forget(client: Client, way: str) -> None:
    token = client.start()
    renewed = client.post("session", {"token": token}).json()["token"]
    client.say(token, "hello")
    client.post(way, token=token)
    for old in (token, renewed):
        assert client.history(old).json() == {"error": "ended"}
        assert client.say(old, "again").json() == {"error": "ended"}
        assert client.post("session", {"token": old}).json() == {"error": "ended"}


def test_a_token_does_not_work_after_being_forgotten_in_the_talk(client: Client) -> None:
    token = client.start()
    client.say(token, "/forget")
    answer = client.say(token, payload='/answer{"v":"sure"}')
    assert json.loads(answer.text.splitlines()[-1])["forgotten"] is True
    assert client.history(token).json() == {"error": "ended"}


def test_what_has_ended_stays_ended_after_a_restart(serve: Callable[..., Client]) -> None:
    first = serve()
    token = first.start()
    first.post("forget", token=token)
    assert serve().history(token).json() == {"error": "ended"}


@pytest.mark.parametrize("field", ["sender", "sender_id", "session", "metadata", "input_channel"])
def test_the_client_cannot_choose_the_sender(client: Client, field: str) -> None:
    answer = client.say(client.start(), "hello", **{field: "tg:12345"})
    assert (answer.status_code, answer.json()) == (400, {"error": "unknown_field"})
    assert client.assistant.heard == []


@pytest.mark.parametrize(
    "text",
    [
        "/intent",
        '/answer{"v":"yes"}',
        '/consent_yes{"privacy__state":{"consent":"yes"}}',
        " /restart_everything",
        "\u0000/session_start",
        '/forget_me{"v": "yes"}',
    ],
)
def test_a_typed_text_is_no_raw_intent(client: Client, text: str) -> None:
    token = client.start()
    client.say(token, "hello")  # offers /answer{"v":"yes"}
    client.say(token, text)
    assert not client.assistant.heard[-1].text.startswith("/a")
    assert not client.assistant.heard[-1].text.startswith("/") or (
        client.assistant.heard[-1].text == "/forget_me" and "{" not in text
    )


@pytest.mark.parametrize(
    "payload",
    ["/intent", "/session_start", '/answer{"v":"sure"}', '/ask_help{"safety__state":{}}', "hello"],
)
def test_a_payload_that_was_not_offered_is_refused(client: Client, payload: str) -> None:
    token = client.start()
    client.say(token, "hello")
    answer = client.say(token, payload=payload)
    assert (answer.status_code, answer.json()) == (409, {"error": "not_offered"})
    assert len(client.assistant.heard) == 1


def test_an_answer_to_an_earlier_question_is_refused(client: Client) -> None:
    token = client.start()
    client.say(token, "/forget")
    client.say(token, "hello")
    assert client.say(token, payload='/answer{"v":"sure"}').status_code == 409


DEEP = b"[" * 4000
BODIES: list[tuple[bytes, int]] = [
    (b"", 400),
    (b"null", 400),
    (b"[]", 400),
    (b'"text"', 400),
    (b"{", 400),
    (DEEP, 400),
    (b'{"a":' * 900, 400),
    (b'{"id":"message-1","text":NaN}', 400),
    (b'{"id":"message-1"}', 400),
    (b'{"id":"message-1","text":"a","payload":"/b"}', 400),
    (b'{"id":"message-1","text":["a"]}', 400),
    (b'{"id":"message-1","text":{"a":1}}', 400),
    (b'{"id":"message-1","text":5}', 400),
    (b'{"id":"message-1","text":"  "}', 400),
    (b'{"id":"message-1","text":"\\ud800"}', 400),
    (b'{"id":5,"text":"a"}', 400),
    (b'{"id":"short","text":"a"}', 400),
    (b'{"id":"message-1\\n","text":"a"}', 400),
    (b'{"id":"../../../etc","text":"a"}', 400),
    (b"\xff\xfe", 400),
    (json.dumps({"id": "message-1", "text": "a" * 2001}).encode(), 413),
    (json.dumps({"id": "message-1", "text": "a" * 9000}).encode(), 413),
    (json.dumps({"id": "message-1", "payload": "/" + "a" * 300}).encode(), 400),
]


@pytest.mark.parametrize(("body", "status"), BODIES, ids=range(len(BODIES)))
def test_a_body_of_another_shape_is_refused(client: Client, body: bytes, status: int) -> None:
    answer = client.post("message", token=client.start(), content=body, headers=JSON)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert client.assistant.heard == []


def test_two_thousand_characters_of_any_kind_fit(client: Client) -> None:
    assert client.say(client.start(), "\N{PILE OF POO}" * 1990).status_code in (200, 413)
    assert replies(client.say(client.start(), "é" * 2000))[0].startswith("I heard")


def test_a_body_without_length_is_cut_off(client: Client) -> None:
    def endless() -> Any:
        for _ in range(5000):
            yield b" " * 1024

    token = client.start()
    try:
        status = client.post("message", token=token, content=endless(), headers=JSON).status_code
    except Exception as error:  # the connection was closed while we were still sending
        status = type(error).__name__
    assert status in (413, "WriteError", "ReadError", "RemoteProtocolError")
    assert client.history(token).status_code == 200


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_form_of_another_site_cannot_post(client: Client, kind: str) -> None:
    token = client.start()
    body = b'{"id":"message-1","text":"hello"}'
    answer = client.post("message", token=token, content=body, headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert client.assistant.heard == []


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"]
)
def test_a_page_of_another_origin_is_refused(client: Client, origin: str) -> None:
    token = client.start()
    headers = {"Origin": origin}
    for answer in (
        client.post("session", headers=headers),
        client.post("message", {"id": "message-1", "text": "a"}, token, headers=headers),
        client.http.get("/api/web/history", headers=headers),
        client.http.options("/api/web/message", headers=headers),
    ):
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    assert client.assistant.heard == []


def test_a_cross_site_request_without_an_origin_is_refused(client: Client) -> None:
    answer = client.http.get("/api/web/history", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_only_origins_on_the_list_may_ask(serve: Callable[..., Client]) -> None:
    client = serve(origins=frozenset(("https://friend.example",)))
    headers = {"Origin": "https://friend.example"}
    asked = client.http.options("/api/web/message", headers=headers)
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "https://friend.example"
    assert "access-control-allow-credentials" not in asked.headers
    assert client.post("session", headers=headers).status_code == 201
    assert (
        client.post("session", headers={"Origin": "https://friend.example.evil"}).status_code == 403
    )


def test_a_session_that_floods_is_slowed_and_others_are_served(
    serve: Callable[..., Client],
) -> None:
    client = serve(session_rate=6.0)
    token, other = client.start(), client.start()
    answers = [client.say(token, "again") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert client.say(other, "hello").status_code == 200


def test_an_address_that_floods_is_slowed_and_others_are_served(
    serve: Callable[..., Client],
) -> None:
    client = serve(address_rate=600.0, proxies=1)
    flooding = {"X-Forwarded-For": "203.0.113.7"}
    stop = threading.Event()
    seen: list[int] = []

    def flood() -> None:
        while not stop.is_set():
            seen.append(client.http.get("/api/web/history", headers=flooding).status_code)

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        while seen.count(429) < 200:
            time.sleep(0.01)
        calm = {"X-Forwarded-For": "198.51.100.9"}
        token = client.start(headers=calm)
        answer = client.post("message", {"id": "message-1", "text": "hi"}, token, headers=calm)
        assert replies(answer)[0] == "I heard: hi"
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_sessions_cannot_be_started_without_end(serve: Callable[..., Client]) -> None:
    client = serve(start_rate=3.0)
    assert [client.post("session").status_code for _ in range(5)] == [201, 201, 201, 429, 429]


def test_forwarded_addresses_are_ignored_unless_a_proxy_is_trusted(
    serve: Callable[..., Client],
) -> None:
    client = serve(start_rate=2.0)
    headers = [{"X-Forwarded-For": f"203.0.113.{n}"} for n in range(4)]
    assert [client.post("session", headers=h).status_code for h in headers] == [201, 201, 429, 429]


def test_a_slow_sender_is_cut_and_others_are_served(
    serve: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from addons import server

    monkeypatch.setitem(server.LIMITS, "REQUEST_TIMEOUT", 1)
    client = serve(body_seconds=1.0)
    slow = [socket.create_connection(("127.0.0.1", client.port)) for _ in range(200)]
    head = b"POST /api/web/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    for number, line in enumerate(slow):
        line.sendall(head if number % 2 else head + b"Content-Length: 50\r\n\r\n{")
    began = time.monotonic()
    assert client.say(client.start(), "hello").status_code == 200
    assert time.monotonic() - began < 2
    for line in slow:
        line.settimeout(10)
        while line.recv(4096):
            pass
        line.close()


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/....//etc/passwd",
        "/..\\..\\windows\\win.ini",
        "/widget.js%00.html",
        "//etc/passwd",
        "/web-sessions.db",
        "/.env",
        "/secret.txt",
    ],
)
def test_no_path_leads_out_of_the_widget(
    serve: Callable[..., Client], tmp_path: Path, path: str
) -> None:
    (tmp_path / "widget.js").write_text("1", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    client = serve()
    with socket.create_connection(("127.0.0.1", client.port)) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        line.settimeout(5)
        answer = b""
        while piece := line.recv(4096):
            answer += piece
    assert answer.split(b" ")[1] in (b"404", b"400")
    assert b"secret" not in answer
    assert b"root:" not in answer


@pytest.mark.parametrize(
    "name", ["Origin", "Authorization", "X-Forwarded-For", "Content-Type", "If-None-Match"]
)
def test_headers_cannot_be_injected(client: Client, name: str) -> None:
    value = "https://x%0d%0aSet-Cookie: a=b\u00e9".encode("latin-1")
    for path in ("/api/web/history", "/"):
        answer = client.http.get(path, headers={name.encode(): value})
        assert "set-cookie" not in answer.headers
        assert "Set-Cookie" not in answer.text


def test_nothing_of_what_is_sent_gets_into_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = client.start()
    client.say(token, "crash MYSECRET\nERROR forged line")
    client.say(token + "MYSECRET", "hello")
    client.say(token, payload="/MYSECRET\r\nforged")
    client.post("message", token=token, content=b'{"MYSECRET', headers=JSON)
    client.http.get("/MYSECRET%0aforged")
    written = "\n".join(
        record.getMessage() + str(record.exc_info or "")
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))
    )
    assert "turn_failed" in written
    for word in ("MYSECRET", "forged", token):
        assert word not in written


@pytest.mark.parametrize(
    "path",
    ["/webhooks/rest/webhook", "/conversations/x/tracker", "/model", "/socket.io/", "/status"],
)
def test_rasas_own_web_channels_are_off(client: Client, path: str) -> None:
    assert client.http.get(path).status_code == 404
    assert client.http.post(path, json={"sender": "x", "message": "hi"}).status_code in (404, 405)
    assert client.assistant.heard == []
