"""Queries about companies that changed their numbers, and the move of what the books hold of them.

The rules are in ``core.registry.number``.

Visits of draws are not moved: they keep the number that the draw froze.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, delete, func, select, update
from sqlalchemy import inspect as look_into

from inspect_cli.core.registry.number import trace_numbers
from inspect_cli.storage.tables import AllowanceRow, BlackoutRow, EntityRow, LedgerRow, RecusalRow, VisitRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Row as FoundRow
    from sqlmodel import Session

    from inspect_cli.core.names import EntityId
    from inspect_cli.core.registry.number import Numbers
    from inspect_cli.storage.tables.row import Row

_CHUNK = 500
"""Numbers that one statement asks for: databases bound how many they take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How many rows of each of the books went over to a new number, and how many fell away as the new one had them already."""

    recusals: int
    ledger: int
    blackouts: int
    allowances: int
    twice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """A table that names entities: its primary key, by what beside the entity a row is known, and what one row can take from its twin."""

    row: type[Row]
    primary: tuple[str, ...]
    known_by: tuple[str, ...]
    fillable: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """The table of the rows."""
        mapped = look_into(self.row).local_table
        assert isinstance(mapped, Table)  # noqa: S101 (a row is a table, not a join: this tells the type checker)
        return mapped


_RECUSALS = _Book(
    row=RecusalRow, primary=("number",), known_by=("inspector", "group", "reason", "note", "start", "end")
)
_LEDGER = _Book(
    row=LedgerRow,
    primary=("number",),
    known_by=("day", "kind", "domains", "department"),
    fillable=("source", "matters"),
)
_BLACKOUTS = _Book(row=BlackoutRow, primary=("number",), known_by=("first", "last", "zone"))
_ALLOWANCES = _Book(row=AllowanceRow, primary=("period", "entity", "rule"), known_by=("period", "rule"))


def find_numbers(session: Session) -> Numbers:
    """Find which numbers companies had before, and under which each is kept today."""
    table = look_into(EntityRow).local_table
    found = session.connection().execute(select(table.c.id, table.c.successor).where(table.c.successor.is_not(None)))
    return trace_numbers({row.id: row.successor for row in found})


def find_predecessors(session: Session, number: str) -> tuple[str, ...]:
    """Find the numbers that a company had right before, sorted: several where rows were joined to one."""
    table = look_into(EntityRow).local_table
    found = session.connection().execute(select(table.c.id).where(table.c.successor == number)).scalars()
    return tuple(sorted(found))


def count_books(session: Session, number: EntityId) -> Moved:
    """Count what ``move_books`` would move for one number."""
    counts = [sum(1 for _ in _find(session, book, (number,))) for book in (_RECUSALS, _LEDGER, _BLACKOUTS, _ALLOWANCES)]
    recusals, ledger, blackouts, allowances = counts
    return Moved(recusals=recusals, ledger=ledger, blackouts=blackouts, allowances=allowances, twice=0)


def count_visits(session: Session, numbers: Iterable[EntityId]) -> int:
    """Count the visits that draws gave to any of the numbers of one company."""
    table = look_into(VisitRow).local_table
    wanted = select(func.count()).select_from(table).where(table.c.entity.in_(tuple(numbers)))
    return session.connection().execute(wanted).scalar_one()


def move_books(session: Session, moved: Mapping[EntityId, EntityId]) -> Moved:
    """Move what the books hold under old numbers to the new ones; what the new number's rows say already is kept once."""
    counts = [_move(session, book, moved) for book in (_RECUSALS, _LEDGER, _BLACKOUTS, _ALLOWANCES)]
    recusals, ledger, blackouts, allowances = (count for count, _ in counts)
    twice = sum(dropped for _, dropped in counts)
    return Moved(recusals=recusals, ledger=ledger, blackouts=blackouts, allowances=allowances, twice=twice)


def _move(session: Session, book: _Book, moved: Mapping[EntityId, EntityId]) -> tuple[int, int]:
    """Move the rows of one table, and say how many were moved and how many fell away."""
    old = list(_find(session, book, moved))
    if not old:
        return 0, 0
    standing = {_known(book, row, row.entity): row for row in _find(session, book, set(moved.values()))}
    twins = [(row, standing.get(_known(book, row, moved[row.entity]))) for row in old]
    going = [row for row, twin in twins if twin is None]
    _execute(
        session,
        update(book.table).where(*_is_key(book)).values(entity=bindparam("new")),
        [_key(book, row) | {"new": moved[row.entity]} for row in going],
    )
    doubles = [(row, twin) for row, twin in twins if twin is not None]
    _fill(session, book, doubles)
    _execute(session, delete(book.table).where(*_is_key(book)), [_key(book, row) for row, _ in doubles])
    return len(going), len(doubles)


def _find(session: Session, book: _Book, numbers: Iterable[EntityId]) -> Iterator[FoundRow[Any]]:
    columns = book.table.c
    wanted = select(
        *(columns[name] for name in dict.fromkeys((*book.primary, "entity", *book.known_by, *book.fillable)))
    )
    sought = sorted(numbers, key=str.encode)
    for start in range(0, len(sought), _CHUNK):
        chunk = sought[start : start + _CHUNK]
        yield from session.connection().execute(wanted.where(columns.entity.in_(chunk)))


def _known(book: _Book, row: FoundRow[Any], number: EntityId) -> tuple[object, ...]:
    return (number, *(getattr(row, name) for name in book.known_by))


def _fill(session: Session, book: _Book, doubles: Iterable[tuple[FoundRow[Any], FoundRow[Any]]]) -> None:
    """Give a row that stays what only its twin says."""
    for row, twin in doubles:
        values = {name: getattr(row, name) for name in book.fillable if not getattr(twin, name) and getattr(row, name)}
        if values:
            _execute(session, update(book.table).where(*_is_key(book)).values(values), [_key(book, twin)])


def _is_key(book: _Book) -> list[Any]:
    return [book.table.c[name] == bindparam(f"key_{name}") for name in book.primary]


def _key(book: _Book, row: FoundRow[Any]) -> dict[str, Any]:
    return {f"key_{name}": getattr(row, name) for name in book.primary}


def _execute(session: Session, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(statement, rows)
