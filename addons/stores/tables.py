"""The two tables of conversations. `events` has the columns of Rasa's own SQL store."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("person", sa.String(255), primary_key=True),  # keyed hash of the sender id
    sa.Column("base", sa.Text, nullable=False),  # what the turns before the window left behind
    sa.Column("version", sa.Integer, nullable=False),  # one more with every save
    sa.Column("last_message_at", sa.Float, nullable=False, index=True),  # seconds since 1970
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)
