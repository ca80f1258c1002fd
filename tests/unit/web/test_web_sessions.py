"""Sessions: dates, renewal, ends, and where the key comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from addons.channels.web_ended import EndedInFile, EndedInRedis
from addons.channels.web_sessions import BadToken, Sessions, secret_from_keys

SECRET = b"s" * 32


class Clock:
    """A time that is set."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Shared:
    """Redis, as far as it is needed; `broken` makes it fail."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}
        self.broken = False

    def set(self, name: str, value: int, ex: int) -> None:
        self._fail()
        self.kept[name] = ex

    def exists(self, name: str) -> bool:
        self._fail()
        return name in self.kept

    def _fail(self) -> None:
        if self.broken:
            raise ConnectionError("away")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock, tmp_path: Path) -> Sessions:
    return Sessions(SECRET, EndedInFile(tmp_path, clock), 3600, 86_400, clock)


def code(sessions: Sessions, token: str, way: str = "check") -> str:
    with pytest.raises(BadToken) as caught:
        getattr(sessions, way)(token)
    return caught.value.code


def test_every_session_has_an_id_of_its_own(sessions: Sessions) -> None:
    ids = {sessions.start().id for _ in range(1000)}
    assert len(ids) == 1000
    assert min(map(len, ids)) >= 24


def test_a_token_gives_its_session(sessions: Sessions) -> None:
    session = sessions.start()
    assert sessions.check(sessions.token(session)) == session


def test_a_token_runs_out_but_can_be_renewed(sessions: Sessions, clock: Clock) -> None:
    token = sessions.token(sessions.start())
    clock.now += 3601
    assert code(sessions, token) == "expired"
    assert sessions.check(sessions.token(sessions.renew(token))).expires > clock.now
    clock.now += 86_400
    assert code(sessions, token, "renew") == "expired"


@pytest.mark.parametrize("way", ["check", "renew"])
@pytest.mark.parametrize("token", ["", ".", "a.b.c.d.e", "é", "w1....", "x" * 300])
def test_what_is_no_token_is_refused(sessions: Sessions, token: str, way: str) -> None:
    assert code(sessions, token, way) == "invalid"


def test_an_end_holds_for_every_token_and_across_a_restart(
    sessions: Sessions, clock: Clock, tmp_path: Path
) -> None:
    session = sessions.start()
    token = sessions.token(session)
    sessions.end(session)
    again = Sessions(SECRET, EndedInFile(tmp_path, clock), 3600, 86_400, clock)
    for each in (sessions, again):
        assert code(each, token) == "ended"
        assert code(each, token, "renew") == "ended"


def test_the_file_is_for_its_owner_and_holds_no_id(sessions: Sessions, tmp_path: Path) -> None:
    session = sessions.start()
    sessions.end(session)
    file = tmp_path / "web-sessions.db"
    assert file.stat().st_mode & 0o077 == 0
    assert session.id.encode() not in file.read_bytes()


def test_what_would_have_run_out_anyway_is_dropped(clock: Clock, tmp_path: Path) -> None:
    ended = EndedInFile(tmp_path, clock)
    ended.add("old", clock.now + 10)
    clock.now += 11
    ended.add("new", clock.now + 10)
    again = EndedInFile(tmp_path, clock)
    assert "old" not in again
    assert "new" in again


def test_an_end_that_cannot_be_written_holds_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "web-sessions.db").mkdir()
    ended = EndedInFile(tmp_path)
    ended.add("a", 9e9)
    assert "a" in ended


def test_workers_share_what_has_ended() -> None:
    shared = Shared()
    one, other = EndedInRedis(shared, lambda: 0.0), EndedInRedis(shared, lambda: 0.0)
    one.add("a", 50.0)
    assert "a" in other
    assert list(shared.kept.values()) == [50]
    assert "b" not in other


def test_without_redis_a_worker_knows_its_own_and_lets_others_in() -> None:
    shared = Shared()
    shared.broken = True
    ended = EndedInRedis(shared)
    ended.add("a", 9e9)
    assert "a" in ended
    assert "b" not in ended


def test_the_key_comes_from_the_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from afterword.notebook import keys

    monkeypatch.setenv("AFTERWORD_KEY_FILE", str(tmp_path / "first.key"))
    monkeypatch.delenv("AFTERWORD_KEY", raising=False)
    keys.keys.cache_clear()
    first = secret_from_keys()
    keys.keys.cache_clear()
    assert secret_from_keys() == first, "a restart must not end every session"
    monkeypatch.setenv("AFTERWORD_KEY_FILE", str(tmp_path / "second.key"))
    keys.keys.cache_clear()
    assert secret_from_keys() != first
    assert len(first) == 32
    keys.keys.cache_clear()
