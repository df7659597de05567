"""Schemas on a PostgreSQL server: an empty one for each place that a test asks for, and made stores that are used again.

To make a store and to drop it costs the server some 150 ms, to empty and rename one 10 ms. A store that a test has left with other
tables, columns, rights or version than it was given is dropped, and so is every schema that the test filled itself.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from inspect_cli.storage.version import VERSION_TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SHAPE = f"""
SELECT string_agg(what, ';' ORDER BY what) FROM (
    SELECT relkind::text || ' ' || relname || coalesce(relacl::text, '') AS what FROM pg_class WHERE relnamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT relname || '.' || attname || ' ' || atttypid || attnotnull FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
    WHERE relnamespace = %(schema)s::regnamespace AND attnum > 0
    UNION ALL
    SELECT 'trigger ' || tgname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid
    WHERE relnamespace = %(schema)s::regnamespace AND NOT tgisinternal
    UNION ALL
    SELECT contype::text || ' ' || conname FROM pg_constraint WHERE connamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace
    UNION ALL
    SELECT 'version ' || version_num FROM {{schema}}.{VERSION_TABLE}
) AS whole
"""  # noqa: S608 (our own names)
_EMPTY = f"""
DO $$
DECLARE
    one record;
BEGIN
    SET LOCAL lock_timeout = '5s';
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT relname, relkind FROM pg_class WHERE relnamespace = '{{schema}}'::regnamespace AND relname <> '{VERSION_TABLE}' LOOP
        IF one.relkind = 'r' THEN
            EXECUTE format('DELETE FROM {{schema}}.%I', one.relname);
        ELSIF one.relkind = 'S' THEN
            EXECUTE format('ALTER SEQUENCE {{schema}}.%I RESTART', one.relname);
        END IF;
    END LOOP;
END $$
"""  # noqa: S608 (our own names)

_COPY = f"""
DO $$
DECLARE
    one record;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT relname, relkind FROM pg_class WHERE relnamespace = '{{target}}'::regnamespace AND relname <> '{VERSION_TABLE}' LOOP
        IF one.relkind = 'r' THEN
            EXECUTE format('INSERT INTO {{target}}.%1$I OVERRIDING SYSTEM VALUE SELECT * FROM {{source}}.%1$I', one.relname);
        ELSIF one.relkind = 'S' THEN
            EXECUTE format('SELECT setval(''{{target}}.%1$I'', last_value, is_called) FROM {{source}}.%1$I', one.relname);
        END IF;
    END LOOP;
END $$
"""  # noqa: S608 (our own names)


@dataclass(kw_only=True)
class Schemas:
    """The schemas of tests on one server; ``made`` are stores that tests work in, ``ready`` such that wait, empty, for the next."""

    server: str
    connection: Any
    made: set[str] = field(default_factory=set)
    ready: list[str] = field(default_factory=list)
    shape: str | None = None
    count: int = 0

    @contextmanager
    def place(self, name: str) -> Iterator[str]:
        """Make an empty schema, and give its address; in the end drop it with all that was put into it, or empty it for the next test."""
        self.connection.execute(f"CREATE SCHEMA {name}")
        address = f"{self.server}{'&' if '?' in self.server else '?'}options={quote(f'-csearch_path={name}')}"
        _PLACES[address] = (self, name)
        try:
            yield address
        finally:
            del _PLACES[address]
            if not self._keep(name):
                self.connection.execute(f"DROP SCHEMA {name} CASCADE")

    def make(self, name: str, create: Callable[[], object]) -> None:
        """Let an empty schema hold an empty store: one that is ready, else one that ``create`` makes."""
        if self.ready:
            self.connection.execute(f"DROP SCHEMA {name}; ALTER SCHEMA {self.ready.pop()} RENAME TO {name}")
        else:
            create()
            self.shape = self.shape or self._read_shape(name)
        self.made.add(name)

    def copy(self, source: str, target: str) -> bool:
        """Copy all rows of a store that ``make`` began into another one; say whether that can be done."""
        import psycopg  # noqa: PLC0415 (an optional dependency)

        if self._read_shape(source) != self.shape:
            return False
        try:
            self.connection.execute(_COPY.format(source=source, target=target))
        except psycopg.errors.InsufficientPrivilege:  # this user may not go past foreign keys
            return False
        return True

    def _keep(self, name: str) -> bool:
        """Empty a store for the next test, if it can be."""
        import psycopg  # noqa: PLC0415 (an optional dependency)

        if name not in self.made:
            return False
        self.made.remove(name)
        self.count += 1
        ready = f"ready_{name}_{self.count}"[:60]
        try:
            if self._read_shape(name) != self.shape:
                return False
            self.connection.execute(_EMPTY.format(schema=name))
            self.connection.execute(f"ALTER SCHEMA {name} RENAME TO {ready}")
        except (
            psycopg.Error
        ):  # a process that was killed still holds a table, or this user may not go past foreign keys
            return False
        self.ready.append(ready)
        return True

    def _read_shape(self, name: str) -> str:
        found: str = self.connection.execute(_SHAPE.format(schema=name), {"schema": name}).fetchone()[0]
        return found


_PLACES: dict[str, tuple[Schemas, str]] = {}
_SERVERS: dict[str, Schemas] = {}


@contextmanager
def opened(server: str) -> Iterator[None]:
    """Stay connected to a server."""
    import psycopg  # noqa: PLC0415 (an optional dependency)

    with psycopg.connect(server, autocommit=True) as connection:
        _SERVERS[server] = Schemas(server=server, connection=connection)
        try:
            yield
        finally:
            schemas = _SERVERS.pop(server)
            for name in schemas.ready:
                connection.execute(f"DROP SCHEMA {name} CASCADE")


def empty_schema(server: str, name: str) -> Any:
    """Make a schema of one test's own; in the end nothing is left of what was put into it."""
    return _SERVERS[server].place(name)


def make_store(address: str, create: Callable[[], object]) -> None:
    """Let the empty schema of an address hold an empty store."""
    schemas, name = _PLACES[address]
    schemas.make(name, create)


def copy_store(source: str, target: str, create: Callable[[], object]) -> bool:
    """Copy a store that ``make_store`` began into the empty schema of another address; say whether that can be done."""
    (schemas, old), (_, new) = _PLACES[source], _PLACES[target]
    if old not in schemas.made:
        return False
    schemas.make(new, create)
    if schemas.copy(old, new):
        return True
    schemas.made.remove(new)
    schemas.connection.execute(f"DROP SCHEMA {new} CASCADE; CREATE SCHEMA {new}")
    return False
