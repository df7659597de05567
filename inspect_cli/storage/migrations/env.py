"""What alembic runs around the migrations: the connection is the caller's, and so is its transaction."""

from __future__ import annotations

from alembic import context

from inspect_cli.storage.tables import Row
from inspect_cli.storage.version import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
