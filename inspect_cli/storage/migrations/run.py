"""Runs the schema's history over an open connection, inside the caller's transaction. Slow to load: imported only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from inspect_cli.storage.tables import Row
from inspect_cli.storage.version import VERSION_TABLE

if TYPE_CHECKING:
    from sqlalchemy import Connection


def migrate(connection: Connection, target: str = "head") -> None:
    """Bring the schema behind ``connection`` up to ``target``; the caller's transaction makes it all or nothing."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def find_versions() -> tuple[str, ...]:
    """List the migrations' versions, oldest first."""
    script = ScriptDirectory.from_config(_config())
    return tuple(revision.revision for revision in reversed(list(script.walk_revisions())))


def find_differences(connection: Connection) -> tuple[str, ...]:
    """Name what the tables behind ``connection`` lack or have too much, compared with ``storage.tables``."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "include_name": _is_ours})
    return tuple(str(difference) for difference in compare_metadata(context, Row.metadata))


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out other programs' tables of the same PostgreSQL database."""
    return kind != "table" or name in Row.metadata.tables


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "inspect_cli.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
