"""Runs the schema's history over an open connection, inside the caller's transaction. Slow to load: imported only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

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


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "inspect_cli.storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
