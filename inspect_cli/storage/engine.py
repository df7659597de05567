"""The store as a whole: made, opened, read and written, on SQLite and PostgreSQL. What the tables hold is not known here.

STORE-1  One transaction at a time writes: SQLite's BEGIN IMMEDIATE, PostgreSQL's advisory lock. Whoever waits longer than
         ``PATIENCE`` seconds is told.
STORE-2  Whatever happens inside a transaction, a power cut included, the store holds the state before it or the state after it.
STORE-3  Reading sees one state throughout, and cannot write.
STORE-4  A store of another version is neither read nor written; each transaction looks again, for somebody may have upgraded it since.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, Select, column, create_engine, event, inspect, select, table, text
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from inspect_cli.errors import RefusedError, StoreError, say
from inspect_cli.storage.address import Address, parse_address
from inspect_cli.storage.faults import told
from inspect_cli.storage.version import CURRENT, VERSION_TABLE, Standing, standing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

PATIENCE = 5
"""Seconds to wait for another writer, and for a server to answer."""
WRITER_LOCK = 0x696E7370656374
"""The number of PostgreSQL's advisory lock that a writer holds until its transaction ends (the letters ``inspect``)."""
_READ_VERSION: Select[tuple[Any]] = select(column("version_num")).select_from(table(VERSION_TABLE))


class Store:
    """An opened store of the current version. Use ``Store.open`` or ``Store.create``."""

    def __init__(self, address: Address) -> None:
        """Prepare connections to ``address``; nothing is opened yet."""
        self.address = address
        engine = _engine(address)
        self._writing = engine.execution_options(writing=True)
        self._reading = engine.execution_options(**_reading_options(engine))

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the store at ``url``; raise ``StoreError`` when there is none, or one of another version."""
        store = cls(parse_address(url))
        store._require_current(store.version())
        return store

    @classmethod
    def create(cls, url: str, *, first: Callable[[Session], None] | None = None) -> Self:
        """Make a store at ``url`` and do ``first`` in it, both or neither.

        Raises ``RefusedError`` when there is one already, ``StoreError`` when it cannot be made.
        """
        store = cls(parse_address(url))
        with store._migrating(first) as connection:
            if _version(connection) is not None:
                raise RefusedError(
                    say("there is a store at {store} already", store=store.address.shown),
                    hint=say("use it as it is, or name another place with --store"),
                )
            _require_room(connection, store.address)
        return store

    @classmethod
    def upgrade(cls, url: str, *, first: Callable[[Session], None] | None = None) -> Self:
        """Bring the store at ``url`` to the current version and do ``first`` in it, both or neither.

        Raises ``StoreError`` when there is none, or one of a later version.
        """
        store = cls(parse_address(url))
        store.require_known(store.version())
        with store._migrating(first) as connection:
            store.require_known(_version(connection))
        return store

    @contextmanager
    def _migrating(self, first: Callable[[Session], None] | None) -> Iterator[Connection]:
        """Take the writer's turn, let the caller look, bring the schema to the current version, and do what comes first."""
        from inspect_cli.storage.migrations.run import migrate  # noqa: PLC0415 - slow to load, and only this needs it

        with told(self.address), self._writing.begin() as connection:
            _take_turn(connection)
            yield connection
            migrate(connection)
            if first is not None:
                with Session(connection) as session:
                    first(session)
                    session.commit()

    def require_known(self, version: str | None) -> str:
        """Give the version back; refuse (``StoreError``) when there is no store, or one of a later version."""
        if version is None:
            raise _no_store(self.address)
        if standing_of(version) is Standing.NEWER:
            raise _newer(self.address, version)
        return version

    def _require_current(self, version: str | None) -> None:
        """Refuse (``StoreError``) a store of another version than the program's (STORE-4)."""
        if self.require_known(version) != CURRENT:
            raise StoreError(
                say("the store {store} is of the earlier version {version}", store=self.address.shown, version=version),
                hint=say("bring it up to date with inspect-cli db upgrade"),
            )

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write: everything inside happens, or nothing; raise ``StoreError`` when somebody else writes for too long."""
        with told(self.address), Session(self._writing) as session, session.begin():
            _take_turn(session.connection())
            self._require_current(session.connection().execute(_READ_VERSION).scalar())
            yield session

    @contextmanager
    def reading(self, *, any_version: bool = False) -> Iterator[Session]:
        """Read one state of the store throughout; nothing can be written inside. A store of ``any_version`` is copied, never read."""
        with told(self.address), Session(self._reading) as session, session.begin():
            if not any_version:
                self._require_current(session.connection().execute(_READ_VERSION).scalar())
            yield session

    def version(self) -> str | None:
        """Read the version of the store's schema, or None when there is no store; raise ``StoreError`` when it cannot be read."""
        if self.address.path is not None and not self.address.path.is_file():
            return None
        with told(self.address), self._reading.begin() as connection:
            version = _version(connection)
            if version is None and self.address.path is not None:
                _require_room(connection, self.address)
            return version


def _engine(address: Address) -> Engine:
    """Make an engine that closes each connection at once, and never repeats a row's values in an error."""
    if address.path is not None:
        engine = create_engine(
            address.url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": PATIENCE}
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    defaults = {"connect_timeout": PATIENCE, "client_encoding": "utf8", "application_name": "inspect-cli"}
    options = {name: value for name, value in defaults.items() if name not in address.url.query}
    try:
        return create_engine(address.url, poolclass=NullPool, hide_parameters=True, connect_args=options)
    except ModuleNotFoundError as error:
        raise StoreError(
            say("the driver for PostgreSQL is not installed"),
            hint=say("install it with: pip install 'inspect-cli[postgres]'"),
        ) from error


def _reading_options(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {"writing": False}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """One file and no helper beside it once it is closed, safe at a power cut, foreign keys kept; we begin transactions ourselves."""
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take a writer's turn at once, so that what it read is still true when it writes."""
    is_writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if is_writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _take_turn(connection: Connection) -> None:
    """On PostgreSQL wait for the writer's lock; SQLite took it when the transaction began."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER_LOCK})


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(_READ_VERSION).scalar()


def _require_room(connection: Connection, address: Address) -> None:
    """Refuse to build among another program's tables, or in a database that cannot hold Chinese."""
    if connection.dialect.name == "postgresql":
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise StoreError(
                say("the database {store} keeps text as {encoding}", store=address.shown, encoding=encoding),
                hint=say("make a database with the encoding UTF8: createdb -E UTF8 -T template0 NAME"),
            )
    if inspect(connection).get_table_names():
        raise StoreError(
            say("{store} is a database of another program", store=address.shown),
            hint=say("name a place of its own for the store with --store"),
        )


def _no_store(address: Address) -> StoreError:
    return StoreError(
        say("there is no store at {store}", store=address.shown),
        hint=say("begin one with inspect-cli init, or name the right place with --store"),
    )


def _newer(address: Address, version: str) -> StoreError:
    return StoreError(
        say("the store {store} is of the later version {version}", store=address.shown, version=version),
        hint=say("install a later inspect-cli"),
    )
