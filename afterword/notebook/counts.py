"""How often each kind of danger was heard, by the hour and then by the month; nobody's in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from afterword.notebook.database import RISK_COUNTS

BY_HOUR = timedelta(days=90)  # protocol.md: then monthly
_A_MONTH = len("2026-11")

Count = tuple[str, str, str, int]  # period, class, rule, how often


def add(connection: Connection, name: str, rule: str, now: datetime) -> None:
    """Adds one to the count of a class and rule in this hour."""
    _more(connection, now.strftime("%Y-%m-%dT%H"), name, rule, 1)


def every(connection: Connection) -> list[Count]:
    """All counts, oldest first."""
    order = select(RISK_COUNTS).order_by(RISK_COUNTS.c.period)
    return [tuple(row) for row in connection.execute(order)]


def fold(connection: Connection, today: date) -> None:
    """Puts hours that are old enough into their months."""
    oldest = (today - BY_HOUR).isoformat()
    for period, name, rule, number in every(connection):
        if len(period) > _A_MONTH and period[: len(oldest)] < oldest:
            connection.execute(delete(RISK_COUNTS).where(_of(period, name, rule)))
            _more(connection, period[:_A_MONTH], name, rule, number)


def _of(period: str, name: str, rule: str) -> Any:
    columns = RISK_COUNTS.c
    return (columns.period == period) & (columns.name == name) & (columns.rule == rule)


def _more(connection: Connection, period: str, name: str, rule: str, number: int) -> None:
    more = update(RISK_COUNTS).where(_of(period, name, rule))
    if connection.execute(more.values(count=RISK_COUNTS.c.count + number)).rowcount == 0:
        row = {"period": period, "name": name, "rule": rule, "count": number}
        connection.execute(insert(RISK_COUNTS).values(**row))
