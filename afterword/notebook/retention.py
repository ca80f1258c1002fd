"""Who was heard of when, whom to remind where, and who has been silent too long."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Connection

from afterword.notebook.database import CODES, HOLDS, RECORDS, SEEN
from afterword.notebook.keys import KeyRing
from afterword.notebook.links import owner
from afterword.notebook.pages import remove

_AT_ONCE = 500  # people in one statement; SQLite takes no more values than 999


def note(connection: Connection, person: str, day: date, address: bytes | None = None) -> None:
    """Notes the day of a person's last message, and the sealed address to write to.

    With joined channels the owner of the notebook counts as seen as well: what they wrote must
    not pass its date while they go on writing elsewhere.
    """
    values: dict[str, Any] = {"day": day, **({} if address is None else {"address": address})}
    for known in {person, owner(connection, person)}:
        mine = update(SEEN).where(SEEN.c.person == known).values(**values)
        if connection.execute(mine).rowcount == 0:
            connection.execute(insert(SEEN).values(person=known, **values))


def drop_address(connection: Connection, keys: KeyRing, person: str, address: str) -> None:
    """Takes an address away, also where a joined notebook has it."""
    known = {person, owner(connection, person)}
    query = select(SEEN.c.person, SEEN.c.address).where(SEEN.c.person.in_(known))
    for row in connection.execute(query).all():
        if row.address is not None and keys.open(row.address) == address:
            mine = SEEN.c.person == row.person
            connection.execute(update(SEEN).where(mine).values(address=None))


def due(connection: Connection, keys: KeyRing, today: date) -> list[tuple[str, str, str]]:
    """(person, pause id, address) of the pauses whose reminder is due."""
    table = RECORDS["pause"]
    query = (
        select(table.c.person, table.c.id, SEEN.c.address)
        .join(SEEN, SEEN.c.person == table.c.person)
        .where(table.c.due <= today, SEEN.c.address.isnot(None))
    )
    rows = connection.execute(query).all()
    return [(row.person, row.id, keys.open(row.address)) for row in rows]


def mark_sent(connection: Connection, pause_id: str) -> bool:
    """Marks a reminder as sent; False where another process was faster."""
    table = RECORDS["pause"]
    mine = (table.c.id == pause_id) & table.c.due.isnot(None)
    return connection.execute(update(table).where(mine).values(due=None)).rowcount == 1


def drop_old(connection: Connection, today: date, days: int) -> tuple[int, bool]:
    """Deletes whoever has not written for so many days, with what else has passed its date.

    Returns:
        how many people, and whether any words or holds were deleted.
    """
    oldest = today - timedelta(days=days)
    _put_right(connection, today, days)
    query = select(SEEN.c.person).where(SEEN.c.day < oldest)
    people = [row.person for row in connection.execute(query)]
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        remove(connection, some)
        endless = HOLDS.c.person.in_(some) & HOLDS.c.until.is_(None)
        connection.execute(delete(HOLDS).where(endless))
    alone = HOLDS.c.until.is_(None) & (HOLDS.c.day < oldest)
    alone &= HOLDS.c.person.not_in(select(SEEN.c.person))
    gone = connection.execute(delete(HOLDS).where(or_(alone, HOLDS.c.until < today)))
    connection.execute(delete(CODES).where(CODES.c.until < _start_of(today)))
    return len(people), bool(people or gone.rowcount)


def _put_right(connection: Connection, today: date, days: int) -> None:
    """Dates from far ahead, which a wrong clock made, become today's, or they would never pass."""
    ahead = today + timedelta(days=days)
    for table in (SEEN, HOLDS):
        connection.execute(update(table).where(table.c.day > ahead).values(day=today))


def _start_of(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp())
