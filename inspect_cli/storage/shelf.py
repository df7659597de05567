"""A shelf: core values of one class kept in one table whose columns have the names of the value's fields.

Added and read in bulk, so that a registry of 200,000 rows is no burden. What the values mean is not known here.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy import inspect as look_into

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed import DataclassInstance
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.sql.base import ReadOnlyColumnCollection
    from sqlmodel import Session

    from inspect_cli.storage.tables.row import Row

Value = TypeVar("Value", bound="DataclassInstance")

CHUNK = 5000
"""Rows that one statement writes."""


class Shelf(Generic[Value]):
    """The values of one class in one table."""

    def __init__(self, value: type[Value], row: type[Row]) -> None:
        """Take the fields of ``value`` for the columns of ``row``."""
        mapped = look_into(row).local_table
        assert isinstance(mapped, Table)  # noqa: S101 (a row is a table, not a join: this tells the type checker)
        self.columns: ReadOnlyColumnCollection[str, Any] = mapped.columns
        self._table = mapped
        self._value = value
        self._names = tuple(field.name for field in fields(value))

    def add(self, session: Session, values: Iterable[Value], **beside: object) -> None:
        """Add new values; one that is there already breaks a constraint (``StoreError``). ``beside`` fills columns that no field has."""
        for rows in _chunks(self._row(value) | beside for value in values):
            session.connection().execute(insert(self._table), rows)

    def find(self, session: Session, *conditions: ColumnElement[bool]) -> tuple[Value, ...]:
        """Find the values that meet all conditions, in no order that anybody may rely on."""
        return self._read(session, self._wanted(*conditions))

    def find_in_order(self, session: Session, by: str, *conditions: ColumnElement[bool]) -> tuple[Value, ...]:
        """Find the values that meet all conditions, sorted by a column of numbers (a text sorts as its database collates)."""
        return self._read(session, self._wanted(*conditions).order_by(self.columns[by]))

    def find_newest(
        self, session: Session, by: str, limit: int | None, *conditions: ColumnElement[bool]
    ) -> tuple[Value, ...]:
        """Find the values that meet all conditions, at most the ``limit`` last ones by a column of numbers, sorted by it."""
        wanted = self._wanted(*conditions).order_by(self.columns[by].desc()).limit(limit)
        return self._read(session, wanted)[::-1]

    def find_column(self, session: Session, name: str) -> frozenset[Any]:
        """Find all different values of one column."""
        return frozenset(session.connection().execute(select(self.columns[name]).distinct()).scalars())

    def update(self, session: Session, values: Iterable[Value], *, key: tuple[str, ...] = ("id",)) -> None:
        """Replace the rows that have the same ``key`` as the values, as a whole."""
        statement = (
            update(self._table)
            .where(*(self.columns[name] == bindparam(f"key_{name}") for name in key))
            .values({name: bindparam(name) for name in self._names if name not in key})
        )
        for rows in _chunks(self._row(value) for value in values):
            session.connection().execute(statement, [_keyed(row, key) for row in rows])

    def remove(self, session: Session, *conditions: ColumnElement[bool]) -> int:
        """Remove the rows that meet all conditions, and say how many those were; at least one condition is named."""
        if not conditions:
            raise ValueError(conditions)
        return session.connection().execute(delete(self._table).where(*conditions)).rowcount

    def _wanted(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        return select(*(self.columns[name] for name in self._names)).where(*conditions)

    def _read(self, session: Session, wanted: Select[Any]) -> tuple[Value, ...]:
        rows = session.connection().execute(wanted)
        return tuple(self._value(**dict(zip(self._names, row, strict=True))) for row in rows)

    def _row(self, value: Value) -> dict[str, Any]:
        return {name: getattr(value, name) for name in self._names}


def _keyed(row: dict[str, Any], key: tuple[str, ...]) -> dict[str, Any]:
    """Name the key's values apart, so that they are sought and not set."""
    return {f"key_{name}" if name in key else name: value for name, value in row.items()}


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
