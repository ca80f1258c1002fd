"""Alembic's entry: the connection comes from addons.stores.migrate, which holds the lock."""

from alembic import context

from addons.stores.migrate import VERSION_TABLE
from addons.stores.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
