"""Alembic's entry: the connection comes from afterword.notebook.schema, which holds the lock."""

from alembic import context

given = context.config.attributes
context.configure(
    connection=given["connection"], version_table=given["version_table"], render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
