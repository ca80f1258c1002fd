"""Whatever is sent, the channel answers in one of its own ways."""

from __future__ import annotations

import json
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from addons.channels.web_limits import address_of
from addons.channels.web_requests import Refused, message_of, object_of, token_of
from addons.channels.web_sessions import BadToken, Sessions
from tests.unit.web.conftest import Client

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    max_leaves=20,
)
NAMES = some.sampled_from(("id", "text", "payload", "token", "sender", "")) | some.text()
OBJECTS = some.dictionaries(NAMES, VALUES | some.text(string.ascii_letters, min_size=8))


@given(some.binary(max_size=300) | OBJECTS.map(lambda o: json.dumps(o).encode()))
def test_any_body_is_taken_or_refused(raw: bytes) -> None:
    for read in (message_of, token_of):
        try:
            read(object_of(raw))
        except Refused as refused:
            assert refused.status in (400, 413)


@given(OBJECTS)
def test_a_message_that_is_taken_is_of_one_shape(body: dict[str, object]) -> None:
    try:
        posted = message_of(body)
    except Refused:
        return
    assert (posted.text is None) != (posted.payload is None)
    assert 0 < len(posted.text or posted.payload or "") <= 2000


@given(some.text(max_size=250))
def test_no_text_is_a_token(text: str) -> None:
    sessions = Sessions(b"s" * 32, set(), 60, 60)  # type: ignore[arg-type]
    try:
        sessions.check(text)
    except BadToken as bad:
        assert bad.code == "invalid"
    else:
        raise AssertionError(text)


@given(some.text(), some.text() | some.none(), some.integers(0, 4))
def test_any_forwarded_header_gives_a_name(peer: str, forwarded: str | None, proxies: int) -> None:
    assert isinstance(address_of(peer, forwarded, proxies), str)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=some.sampled_from(("session", "message", "forget", "end")),
    body=some.binary(max_size=200) | VALUES.map(lambda o: json.dumps(o).encode()),
)
def test_no_body_brings_the_server_down(client: Client, name: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.post(name, token=client.start(), content=body, headers=headers)
    assert answer.status_code in (200, 201, 400, 413)
    if answer.status_code >= 400:
        assert set(answer.json()) == {"error"}
