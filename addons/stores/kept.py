"""Conversations in the database: load, save, delete. Blocking; the store calls it in a thread."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from addons.stores.clock import Clock
from addons.stores.database import Database
from addons.stores.tables import conversations, events

Plain = dict[str, Any]


@dataclass
class Conversation:
    """One person's conversation as stored."""

    base: list[Plain]
    events: list[Plain]
    version: int


@dataclass
class Change:
    """What a turn did to a stored conversation.

    Attributes:
        version: the version it was loaded as; None for one that was not stored before.
        base: the snapshot after the turn.
        new: the events to add.
        fold: how many of all its events, oldest first, the snapshot has taken in.
    """

    version: int | None
    base: list[Plain]
    new: Sequence[Plain]
    fold: int


class Gone(Exception):
    """The conversation was deleted while the turn ran."""


class KeptConversations:
    """The tables of conversations."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or Clock()

    def load(self, key: str) -> Conversation | None:
        """One conversation, or None.

        Raises:
            StoreUnavailable: with the cause.
        """
        with self.database.reading() as connection:
            row = connection.execute(
                sa.select(conversations.c.base, conversations.c.version).where(
                    conversations.c.person == key
                )
            ).first()
            if row is None:
                return None
            found = connection.execute(
                sa.select(events.c.data).where(events.c.sender_id == key).order_by(events.c.id)
            ).scalars()
            return Conversation(json.loads(row.base), [json.loads(d) for d in found], row.version)

    def save(self, key: str, change: Change) -> int:
        """Writes one turn, all of it or nothing; returns the new version.

        Raises:
            Gone: it was deleted meanwhile, and stays deleted.
            StoreUnavailable: with the cause; nothing was written.
        """
        with self.database.writing() as connection:
            stored = connection.execute(
                sa.select(conversations.c.version)
                .where(conversations.c.person == key)
                .with_for_update()
            ).scalar()
            if change.version is None:
                _remove(connection, [key])
                self._insert(connection, key, change)
                return 1
            if stored is None:
                raise Gone(key)
            _add(connection, key, change.new)
            values: Plain = {"version": stored + 1, "last_message_at": self.clock.latest()}
            # Somebody else saved in between (no common lock): both turns stay, none is folded.
            if stored == change.version:
                values["base"] = json.dumps(change.base)
                _fold(connection, key, change.fold)
            connection.execute(
                conversations.update().where(conversations.c.person == key).values(values)
            )
            return int(stored) + 1

    def _insert(self, connection: Connection, key: str, change: Change) -> None:
        connection.execute(
            conversations.insert().values(
                person=key,
                base=json.dumps(change.base),
                version=1,
                last_message_at=self.clock.latest(),
            )
        )
        _add(connection, key, change.new[change.fold :])

    def delete(self, key: str) -> bool:
        """Deletes a conversation for good; False if there was none.

        Raises:
            StoreUnavailable: with the cause.
        """
        with self.database.reading() as connection:
            there = connection.execute(
                sa.select(conversations.c.person).where(conversations.c.person == key)
            ).first()
        if there is None:
            return False
        with self.database.writing() as connection:
            _remove(connection, [key])
        self.database.scrub()
        return True

    def keys(self) -> list[str]:
        """The keys of everybody stored."""
        with self.database.reading() as connection:
            return list(connection.execute(sa.select(conversations.c.person)).scalars())

    def date_no_later_than(self, moment: float, now: float) -> None:
        """Dates messages from the future, which a wrong clock made, as of now."""
        future = conversations.c.last_message_at > moment
        with self.database.reading() as connection:
            if connection.execute(sa.select(conversations.c.person).where(future)).first() is None:
                return
        with self.database.writing() as connection:
            connection.execute(conversations.update().where(future).values(last_message_at=now))

    def delete_before(self, moment: float) -> int:
        """Deletes conversations whose last message is older; returns how many."""
        with self.database.reading() as connection:
            old = sa.select(conversations.c.person).where(conversations.c.last_message_at < moment)
            keys = list(connection.execute(old).scalars())
        for start in range(0, len(keys), 200):
            with self.database.writing() as connection:
                _remove(connection, keys[start : start + 200])
        if keys:
            self.database.scrub()
        return len(keys)


def _remove(connection: Connection, keys: Sequence[str]) -> None:
    connection.execute(events.delete().where(events.c.sender_id.in_(keys)))
    connection.execute(conversations.delete().where(conversations.c.person.in_(keys)))


def _add(connection: Connection, key: str, new: Sequence[Plain]) -> None:
    if not new:
        return
    rows = [
        {
            "sender_id": key,
            "type_name": event.get("event"),
            "timestamp": event.get("timestamp"),
            "intent_name": ((event.get("parse_data") or {}).get("intent") or {}).get("name"),
            "action_name": event.get("name"),
            "data": json.dumps(event),
        }
        for event in new
    ]
    connection.execute(events.insert(), rows)


def _fold(connection: Connection, key: str, count: int) -> None:
    if not count:
        return
    ids = connection.execute(
        sa.select(events.c.id).where(events.c.sender_id == key).order_by(events.c.id).limit(count)
    ).scalars()
    last = max(ids)
    connection.execute(events.delete().where(events.c.sender_id == key, events.c.id <= last))
