"""Finds who is past their date, whose reminder is due and whose channels are joined by index.

A hold says on which day it was written, so that one without an end of its own can be dropped when
there is no account. The shape's number of the time before the migrations goes: Alembic's table
has it now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_notebook_seen_day", "notebook_seen", "day"),
    ("ix_notebook_pause_due", "notebook_pause", "due"),
    ("ix_notebook_link_leads_to", "notebook_link", "leads_to"),
)


def upgrade() -> None:
    """Adds the indexes and the day."""
    op.add_column("notebook_hold", sa.Column("day", sa.Date))
    op.execute(sa.text("UPDATE notebook_hold SET day = CURRENT_DATE"))
    for name, table, column in INDEXES:
        op.create_index(name, table, [column])
    op.execute(sa.text("DELETE FROM notebook_meta WHERE name = 'version'"))


def downgrade() -> None:
    """Takes them away and writes the old number again."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table_name=table)
    with op.batch_alter_table("notebook_hold") as hold:
        hold.drop_column("day")
    meta = sa.table("notebook_meta", sa.column("name"), sa.column("value", sa.LargeBinary))
    op.execute(meta.insert().values(name="version", value=b"1"))
