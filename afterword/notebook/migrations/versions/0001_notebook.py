"""The notebook's tables.

Notebooks older than the migrations have these tables already, or some of them: what is there is
left as it is, with its rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

RECORDS = ("person", "pause", "entry", "cause", "line", "draft")


def upgrade() -> None:
    """Creates the tables that are missing."""
    there = set(sa.inspect(op.get_bind()).get_table_names())

    def table(name: str, *columns: sa.Column) -> bool:
        if name in there:
            return False
        op.create_table(name, *columns)
        return True

    for kind in RECORDS:
        name = f"notebook_{kind}"
        made = table(
            name,
            sa.Column("id", sa.String(32), primary_key=True),
            sa.Column("person", sa.String(64), nullable=False),
            sa.Column("place", sa.Integer, nullable=False),
            sa.Column("due", sa.Date),
            sa.Column("body", sa.LargeBinary, nullable=False),
        )
        if made:
            op.create_index(f"ix_{name}_person", name, ["person", "place"])
    table(
        "notebook_seen",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("address", sa.LargeBinary),
    )
    table(
        "notebook_hold",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("until", sa.Date),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    table(
        "notebook_risk_count",
        sa.Column("period", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("rule", sa.String(96), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    table(
        "notebook_link",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("leads_to", sa.String(64), nullable=False),
    )
    table(
        "notebook_code",
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("until", sa.Integer, nullable=False),
    )
    table(
        "notebook_meta",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drops the tables with everything in them."""
    for name in (*RECORDS, "seen", "hold", "risk_count", "link", "code", "meta"):
        op.drop_table(f"notebook_{name}")
