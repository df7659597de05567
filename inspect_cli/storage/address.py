"""Where a store is: the ``--store`` value parsed into a database address. Nothing is opened here.

A value without ``://`` is the path of an SQLite file. Passwords are hidden wherever an address is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from inspect_cli.errors import Message, UsageMistake, say

SQLITE_DRIVERS = ("sqlite", "sqlite+pysqlite")
POSTGRESQL_DRIVERS = ("postgres", "postgresql", "postgresql+psycopg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A parsed address: ``path`` is the file of an SQLite store and None for PostgreSQL; ``shown`` has no password."""

    url: URL
    path: Path | None
    shown: str


def parse_address(text: str) -> Address:
    """Parse ``--store``; raise ``UsageMistake`` for an address that is none, or of another kind of database."""
    # What stands after the third slash is a path as it is: in a file's name ? and % are letters like any other.
    driver, is_url, name = text.partition("://")
    if not is_url or (driver in SQLITE_DRIVERS and name.startswith("/")):
        return _file(name.removeprefix("/") if is_url else text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise UsageMistake(say("the address of the store is not one"), hint=_ways()) from error
    if url.drivername in SQLITE_DRIVERS:
        raise UsageMistake(say("the address of the store names no file"), hint=_ways())
    if url.drivername in POSTGRESQL_DRIVERS:
        url = url.set(drivername="postgresql+psycopg")
        return Address(url=url, path=None, shown=url.set(drivername="postgresql").render_as_string(hide_password=True))
    raise UsageMistake(say("a store cannot be kept in {kind}", kind=url.drivername), hint=_ways())


def _file(name: str) -> Address:
    if name in {"", ":memory:"}:
        raise UsageMistake(say("the address of the store names no file"), hint=_ways())
    return Address(url=URL.create("sqlite+pysqlite", database=name), path=Path(name), shown=name)


def _ways() -> Message:
    return say("write --store inspect.db, --store sqlite:///inspect.db or --store postgresql://user@host/database")
