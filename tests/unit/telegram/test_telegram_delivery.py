"""Every update is answered once and in order for each person, whatever goes wrong in between."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from fakes.bot_api import BotApi, bad_gateway, retry_after
from telegram_bot import Assistant, play, running

from addons.channels.telegram.inbox import Inbox
from addons.channels.telegram.seen import KEPT, NUMBERED_ANEW, TIDY_EVERY, Seen
from addons.channels.telegram.updates import Incoming


def test_duplicates_and_disorder_are_answered_once_and_in_order(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            for number in (3, 1, 2, 2, 1, 3):
                api.text(number, 7, f"m{number}")
            await api.until(lambda: len(assistant.told) >= 3)
            await asyncio.sleep(0.2)
        assert assistant.texts() == ["m1", "m2", "m3"]

    play(test)


def test_what_was_answered_is_not_answered_again_after_a_restart(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        first, second = Assistant(), Assistant()
        async with running(api, tmp_path, first):
            api.text(5, 7, "before")
            await api.until(lambda: len(api.sent(7)) == 1)
            await asyncio.sleep(0.1)
        api.updates.clear()
        api.text(5, 7, "before")  # Telegram never heard that it was taken
        api.text(6, 7, "after")
        async with running(api, tmp_path, second):
            await api.until(lambda: len(second.told) == 1)
            await asyncio.sleep(0.2)
        assert second.texts() == ["after"]

    play(test)


@pytest.mark.parametrize("sent", [0, 1, 2])
def test_a_reply_cut_off_by_a_crash_goes_on_where_it_stopped(tmp_path: Path, sent: int) -> None:
    async def test(api: BotApi) -> None:
        first, second = Assistant(parts=3), Assistant(parts=3)

        def die(method: str, body: dict[str, Any]) -> None:
            if method == "sendMessage" and len(api.sent(7)) == sent:
                raise ConnectionError("the bot is gone before Telegram took it")

        api.on_arrival = die
        async with running(api, tmp_path, first) as channel:
            api.text(5, 7, "she left")
            await api.until(lambda: len(first.told) == 1 and len(api.sent(7)) == sent)
            await asyncio.sleep(0.2)
            assert channel._inbox is not None
            await channel._inbox.finish(0)
        api.on_arrival = lambda method, body: None
        async with running(api, tmp_path, second):
            await api.until(lambda: len(api.sent(7)) == 3)
            await asyncio.sleep(0.1)
        wanted = [f"re: she left {part}" for part in (1, 2, 3)]
        assert [body["text"] for body in api.sent(7)] == wanted

    play(test)


def test_sent_but_not_noted_is_sent_again_and_nothing_else(tmp_path: Path) -> None:
    """The one gap: no bot can know whether Telegram took a message it had no answer to."""

    async def test(api: BotApi) -> None:
        first, second = Assistant(parts=2), Assistant(parts=2)
        api.slow = 30.0
        async with running(api, tmp_path, first) as channel:
            api.text(5, 7, "she left")
            await api.until(lambda: len(api.sent(7)) == 1)
            assert channel._inbox is not None
            await channel._inbox.finish(0)
        api.slow = 0.0
        async with running(api, tmp_path, second):
            await api.until(lambda: len(api.sent(7)) == 3)
            await asyncio.sleep(0.2)
        said = [body["text"][-1] for body in api.sent(7)]
        assert said == ["1", "1", "2"]

    play(test)


def test_telegram_is_told_of_an_update_when_its_reply_is_out(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        assistant.slow = 1.0
        async with running(api, tmp_path, assistant):
            api.text(5, 7, "slow")
            await api.until(lambda: any(name == "sendChatAction" for name, _ in api.calls))
            assert not api.sent(7) and max(api.offsets) <= 5
            await api.until(lambda: len(api.sent(7)) == 1)
            await api.until(lambda: api.offsets[-1:] == [6])

    play(test)


def test_updates_in_hand_are_not_asked_for_again_and_again(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        assistant.slow = 1.5
        async with running(api, tmp_path, assistant):
            api.text(5, 7, "slow")
            await api.until(lambda: len(api.sent(7)) == 1)
        assert len(api.offsets) < 10

    play(test)


def test_too_many_requests_bad_gateway_and_the_message_still_arrives(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        api.poll_errors.extend([bad_gateway(), retry_after(1)])
        api.errors.extend([bad_gateway(), retry_after(1), bad_gateway()])
        async with running(api, tmp_path, assistant):
            api.text(1, 7, "hello")
            await api.until(lambda: len(api.sent(7)) == 1)
        assert len(assistant.told) == 1

    play(test)


def test_telegram_away_for_long_costs_nobody_a_reply(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addons.channels.telegram.sending.LONGEST_PAUSE", 0.05)

    async def test(api: BotApi) -> None:
        # Twice as many failures as there would be patience for, if there were an end to it.
        api.errors.extend([bad_gateway() for _ in range(12)])
        async with running(api, tmp_path, Assistant()):
            for number in (1, 2, 3):
                api.text(number, 7, f"m{number}")
            await api.until(lambda: len(api.sent(7)) == 3)
        assert [body["text"] for body in api.sent(7)] == ["re: m1", "re: m2", "re: m3"]

    play(test)


def test_one_update_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()
        async with running(api, tmp_path, assistant):
            api.give({"update_id": 1, "message": {"chat": "what is this"}})
            api.text(2, 7, "hi")
            await api.until(lambda: len(api.sent(7)) == 1)
            await api.until(lambda: api.offsets[-1:] == [3])

    play(test)


def test_one_person_who_takes_long_holds_nobody_else_up(tmp_path: Path) -> None:
    async def test(api: BotApi) -> None:
        assistant = Assistant()

        async def answer(message: Any) -> None:
            await asyncio.sleep(2.0 if message.sender_id == "tg:7" else 0.0)
            await Assistant.answer(assistant, message)

        assistant.answer = answer  # type: ignore[method-assign]
        async with running(api, tmp_path, assistant):
            api.text(1, 7, "slow")
            api.text(2, 8, "quick")
            await api.until(lambda: len(api.sent(8)) == 1, 1.5)
            api.text(3, 9, "later")
            await api.until(lambda: len(api.sent(9)) == 1, 1.5)
            await api.until(lambda: len(api.sent(7)) == 1)

    play(test)


# What is remembered


def test_what_was_seen_survives(tmp_path: Path) -> None:
    seen = Seen(tmp_path / "t.db")
    seen.add(5)
    seen.move(4)
    seen.mark_sent(7, 2)
    seen.mark_forgot(8)
    seen.close()
    again = Seen(tmp_path / "t.db")
    assert (again.offset(), again.has(5), again.has(4)) == (4, True, False)
    assert (again.sent(7), again.sent(8)) == (2, 0)
    assert again.forgot(8) and not again.forgot(7)
    again.add(7)
    again.add(8)
    assert again.sent(7) == 0 and not again.forgot(8)
    again.close()


def test_only_the_newest_numbers_are_kept(tmp_path: Path) -> None:
    clock = iter(float(n) for n in range(10**6))
    seen = Seen(tmp_path / "t.db", now=lambda: next(clock))
    last = KEPT + TIDY_EVERY
    for number in range(1, last + 1):
        seen.add(number)
    assert not seen.has(TIDY_EVERY) and seen.has(TIDY_EVERY + 1) and seen.has(last)
    seen.close()


def test_after_a_week_of_silence_lower_numbers_count_as_well(tmp_path: Path) -> None:
    now = [1000.0]
    seen = Seen(tmp_path / "t.db", now=lambda: now[0])
    seen.move(900)
    assert seen.offset() == 900
    now[0] += NUMBERED_ANEW
    assert seen.offset() == 0
    seen.close()


def test_a_store_that_fails_stops_no_answers(tmp_path: Path) -> None:
    answered: list[int] = []

    async def answer(incoming: Incoming) -> None:
        answered.append(incoming.update_id)

    async def run() -> None:
        seen = Seen(tmp_path / "t.db")
        inbox = Inbox(seen, answer)
        seen._store.execute("DROP TABLE position")
        await inbox.take(Incoming(1, "text", chat=7))
        await inbox.take(Incoming(2, "text", chat=7))
        assert answered == [1, 2] and inbox.low_water() == 3
        seen.close()

    asyncio.run(run())


def test_a_failing_answer_stops_no_others(tmp_path: Path) -> None:
    answered: list[int] = []

    async def answer(incoming: Incoming) -> None:
        if incoming.update_id == 1:
            raise RuntimeError("broken")
        answered.append(incoming.update_id)

    async def run() -> None:
        seen = Seen(tmp_path / "t.db")
        inbox = Inbox(seen, answer)
        await asyncio.gather(*(inbox.take(Incoming(n, "text", chat=7)) for n in (1, 2)))
        assert answered == [2]
        seen.close()

    asyncio.run(run())


def test_the_end_of_polling_is_not_missed_when_an_answer_comes_at_that_moment(
    tmp_path: Path,
) -> None:
    async def test() -> None:
        seen = Seen(tmp_path / "t.db")

        async def answer(_incoming: Incoming) -> None:
            return None

        inbox = Inbox(seen, answer)
        waiting = asyncio.create_task(inbox.moved(60))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        inbox._moved.set()
        await asyncio.sleep(0)  # what waits is about to be told
        waiting.cancel()
        await asyncio.wait([waiting], timeout=5)
        assert waiting.cancelled()
        seen.close()

    asyncio.run(test())
