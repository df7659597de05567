"""A shelf: core values of one class kept in one table whose columns have the names of the value's fields.

Added and read in bulk, so that a registry of a million rows is no burden: a statement is written once, values go to the driver as
tuples, and each column is translated for itself, equal values once. What the values mean is not known here.
"""

from __future__ import annotations

import json
from collections import deque
from contextlib import closing
from dataclasses import dataclass, fields
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Table, column, delete, select, text
from sqlalchemy import inspect as look_into

from inspect_cli.errors import StoreError, say
from inspect_cli.storage.faults import RESTORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from _typeshed import DataclassInstance
    from sqlalchemy import Column, ColumnElement, Connection, Dialect, Select
    from sqlalchemy.sql.base import ReadOnlyColumnCollection
    from sqlmodel import Session

    from inspect_cli.storage.tables.row import Row

Value = TypeVar("Value", bound="DataclassInstance")

CHUNK = 5000
"""Rows that one statement writes, and that are read at a time."""
_MEMORY = 20_000
"""Different values of a column whose translation is remembered."""


class Shelf(Generic[Value]):
    """The values of one class in one table."""

    def __init__(self, value: type[Value], row: type[Row]) -> None:
        """Take the fields of ``value`` for the columns of ``row``."""
        mapped = look_into(row).local_table
        assert isinstance(mapped, Table)  # noqa: S101 (a row is a table, not a join: this tells the type checker)
        self.columns: ReadOnlyColumnCollection[str, Any] = mapped.columns
        self.table = mapped
        self._value = value
        self._names = tuple(field.name for field in fields(value))
        self._places = [vars(value)[name] for name in self._names]
        if hasattr(value, "__post_init__"):  # Values are read without calling the class.
            raise TypeError(value)

    def add(self, session: Session, values: Iterable[Value], **beside: object) -> None:
        """Add new values; one that is there already breaks a constraint (``StoreError``). ``beside`` fills columns that no field has."""
        connection = session.connection()
        names = (*self._names, *beside)
        quote = connection.dialect.identifier_preparer.quote
        marks = ", ".join([_mark(connection)] * len(names))
        statement = f"INSERT INTO {quote(self.table.name)} ({', '.join(map(quote, names))}) VALUES ({marks})"  # noqa: S608 (names of ours)
        self._write(connection, _Writing(text=statement, names=self._names, beside=beside), values)

    def find(self, session: Session, *conditions: ColumnElement[bool]) -> tuple[Value, ...]:
        """Find the values that meet all conditions, in no order that anybody may rely on."""
        return tuple(self._read(session, self._wanted(*conditions)))

    def find_among(self, session: Session, name: str, keys: Iterable[str]) -> tuple[Value, ...]:
        """Find the values whose column ``name``, a text, has one of the keys, in no order that anybody may rely on."""
        dialect = session.connection().dialect
        is_sqlite, named = dialect.name == "sqlite", dialect.identifier_preparer.quote(name)
        # One parameter, however many keys: thousands of them cost as much as reading the rows.
        among = text(f"{named} IN (SELECT value FROM json_each(:keys))" if is_sqlite else f"{named} = ANY(:keys)")  # noqa: S608 (names of ours)
        wanted, sought = self._wanted().where(among), iter(dict.fromkeys(keys))
        found: list[Value] = []
        while chunk := list(islice(sought, CHUNK)):
            found.extend(self._read(session, wanted, {"keys": json.dumps(chunk) if is_sqlite else chunk}))
        return tuple(found)

    def walk(self, session: Session, by: str, *conditions: ColumnElement[bool]) -> Iterator[Value]:
        """Give the values that meet all conditions one by one, sorted by a column of text by its bytes, few of them in memory at a time."""
        yield from self._read(session, self._wanted(*conditions).order_by(self.columns[by]))

    def find_in_order(self, session: Session, by: str, *conditions: ColumnElement[bool]) -> tuple[Value, ...]:
        """Find the values that meet all conditions, sorted by a column of numbers (a text sorts as its database collates)."""
        return tuple(self._read(session, self._wanted(*conditions).order_by(self.columns[by])))

    def find_newest(
        self, session: Session, by: str, limit: int | None, *conditions: ColumnElement[bool]
    ) -> tuple[Value, ...]:
        """Find the values that meet all conditions, at most the ``limit`` last ones by a column of numbers, sorted by it."""
        wanted = self._wanted(*conditions).order_by(self.columns[by].desc()).limit(limit)
        return tuple(self._read(session, wanted))[::-1]

    def find_column(self, session: Session, name: str) -> frozenset[Any]:
        """Find all different values of one column."""
        return frozenset(session.connection().execute(select(self.columns[name]).distinct()).scalars())

    def update(self, session: Session, values: Iterable[Value], *, key: tuple[str, ...] = ("id",)) -> None:
        """Replace the rows that have the same ``key`` as the values, as a whole."""
        connection = session.connection()
        mark, quote = _mark(connection), connection.dialect.identifier_preparer.quote
        others = tuple(name for name in self._names if name not in key)
        settings = ", ".join(f"{quote(name)} = {mark}" for name in others)
        conditions = " AND ".join(f"{quote(name)} = {mark}" for name in key)
        statement = f"UPDATE {quote(self.table.name)} SET {settings} WHERE {conditions}"  # noqa: S608 (names of ours)
        self._write(connection, _Writing(text=statement, names=(*others, *key), beside={}), values)

    def remove(self, session: Session, *conditions: ColumnElement[bool]) -> int:
        """Remove the rows that meet all conditions, and say how many those were; at least one condition is named."""
        if not conditions:
            raise ValueError(conditions)
        return session.connection().execute(delete(self.table).where(*conditions)).rowcount

    def _wanted(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        # The columns without their types: what they hold is translated here, a column at a time.
        columns: list[ColumnElement[Any]] = [column(name) for name in self._names]
        return select(*columns).select_from(self.table).where(*conditions)

    def _read(self, session: Session, wanted: Select[Any], sought: dict[str, Any] | None = None) -> Iterator[Value]:
        connection = session.connection()
        translate = [
            _memory(_reader(self.columns[name], connection.dialect)) if name in self.columns else None
            for name in self._names
        ]
        for part in _parts(connection, wanted, sought):
            yield from self._make(part, translate)

    def _make(self, rows: Sequence[Sequence[Any]], translate: Sequence[_Memory | None]) -> list[Value]:
        """Make values of rows, a field of all of them at a time: three times as fast as calling the class for each."""
        values = [object.__new__(self._value) for _row in rows]
        for place, column_of_all, memory in zip(self._places, zip(*rows, strict=True), translate, strict=True):
            fill = column_of_all if memory is None else map(memory.__getitem__, column_of_all)
            try:
                deque(map(place.__set__, values, fill), maxlen=0)
            except (
                ValueError,
                TypeError,
            ) as error:  # What a column's type cannot read: a day that is none, another word.
                raise StoreError(
                    say(
                        "the table {table} holds in its column {column} what cannot be read: {detail}",
                        table=self.table.name,
                        column=place.__name__,
                        detail=str(error),
                    ),
                    hint=RESTORE,
                ) from error
        return values

    def _write(self, connection: Connection, writing: _Writing, values: Iterable[Value]) -> None:
        take, rest = _taker(writing.names), tuple(writing.beside.values())
        translate = [_memory(_writer(self.columns[name], connection.dialect)) for name in writing.names]
        given = iter(values)
        while chunk := list(islice(given, CHUNK)):
            rows = _translate(list(map(take, chunk)), translate)
            connection.exec_driver_sql(writing.text, [(*row, *rest) for row in rows] if rest else list(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """A statement with the names of the fields that fill its marks, and what fills the last ones in every row."""

    text: str
    names: tuple[str, ...]
    beside: Mapping[str, object]


class _Memory(dict[Any, Any]):
    """What values of one column become, equal ones worked out once: days, lists of words, choices, names of zones recur."""

    def __init__(self, translate: Callable[[Any], Any]) -> None:
        """Take what translates one value."""
        super().__init__()
        self._translate = translate

    def __missing__(self, value: Any) -> Any:
        """Translate a value that was not seen yet."""
        result = self._translate(value)
        if len(self) < _MEMORY:
            self[value] = result
        return result


def _parts(
    connection: Connection, wanted: Select[Any], sought: dict[str, Any] | None
) -> Iterator[Sequence[Sequence[Any]]]:
    """Give what was found, some thousand rows at a time, without holding all of it."""
    if connection.dialect.name != "sqlite":
        with closing(connection.execute(wanted, sought, execution_options={"yield_per": CHUNK})) as found:
            yield from found.partitions()
        return
    with closing(connection.execute(wanted, sought)) as found:
        rows = found.cursor
        assert rows is not None  # noqa: S101 (a SELECT has rows: this tells the type checker)
        # The driver's own rows: SQLAlchemy's would cost as much again as all the rest.
        while part := rows.fetchmany(CHUNK):
            yield part


def _memory(translate: Callable[[Any], Any] | None) -> _Memory | None:
    return None if translate is None else _Memory(translate)


def _writer(wanted: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Give what turns a column's value into what the driver takes, None where the driver takes it as it is."""
    return wanted.type.dialect_impl(dialect).bind_processor(dialect)


def _reader(wanted: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Give what turns what the driver gives into a column's value, None where it is the value."""
    return wanted.type.dialect_impl(dialect).result_processor(dialect, None)


def _translate(rows: Sequence[Sequence[Any]], translators: Sequence[_Memory | None]) -> Iterable[Sequence[Any]]:
    """Translate the columns of rows, and give the rows again."""
    columns = zip(*rows, strict=True)
    return zip(
        *(
            values if memory is None else map(memory.__getitem__, values)
            for values, memory in zip(columns, translators, strict=True)
        ),
        strict=True,
    )


def _mark(connection: Connection) -> str:
    """Give the driver's mark for a value's place in a statement."""
    return "?" if connection.dialect.name == "sqlite" else "%s"


def _taker(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    take = attrgetter(*names)
    return take if len(names) > 1 else lambda value: (take(value),)
