"""Channels that share one notebook: one-time codes, joining, parting, and whose notebook it is."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from afterword.notebook.database import CODES, LINKS
from afterword.notebook.keys import KeyRing

CODE_SECONDS = 15 * 60
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another


def make_code(connection: Connection, keys: KeyRing, person: str, now: datetime) -> str:
    """A one-time code of eight characters, good for a quarter of an hour."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(8))
    until = int(now.timestamp()) + CODE_SECONDS
    connection.execute(delete(CODES).where(CODES.c.person == person))
    connection.execute(insert(CODES).values(code=keys.person(code), person=person, until=until))
    return code


def join(connection: Connection, keys: KeyRing, person: str, code: str, now: datetime) -> bool:
    """Joins a person's channel to the notebook of the code's owner; the code is used up."""
    hashed = keys.person(code.strip().upper())
    row = connection.execute(select(CODES).where(CODES.c.code == hashed)).first()
    connection.execute(delete(CODES).where(CODES.c.code == hashed))
    if row is None or row.until < now.timestamp() or row.person == person:
        return False
    leads_to = owner(connection, row.person)
    part(connection, person)
    connection.execute(insert(LINKS).values(person=person, leads_to=leads_to))
    return True


def part(connection: Connection, person: str) -> bool:
    """Takes a channel out of a joined notebook."""
    return connection.execute(delete(LINKS).where(LINKS.c.person == person)).rowcount > 0


def owner(connection: Connection, person: str) -> str:
    """Whose notebook a person writes in: their own, or the one their channel was joined to."""
    link = select(LINKS.c.leads_to).where(LINKS.c.person == person)
    return connection.execute(link).scalar() or person


def joined(connection: Connection, person: str) -> list[str]:
    """A person's key, and those of the channels that share a notebook with it."""
    first = owner(connection, person)
    others = select(LINKS.c.person).where(LINKS.c.leads_to == first)
    return sorted({person, first, *connection.execute(others).scalars()})
