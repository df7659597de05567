"""A registry's rows as a file, xlsx or csv by its name, and what of them an import would not read back.

Rows are written as they come, in memory that does not grow with them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, assert_never

from inspect_cli.errors import Mistake, Position, UsageMistake, say
from inspect_cli.files.export.workbook import is_kept, write_workbook
from inspect_cli.files.safe_csv import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from inspect_cli.files.export.layouts import Column, Layout

T = TypeVar("T")

NOTICES_KEPT: Final = 10_000
"""How many cells that would not be read back are told one by one."""
_REMEMBERED: Final = 4_096
"""How many different values of a column are remembered with their texts."""


class Format(StrEnum):
    """The forms of an exported table; each is also the end of a file's name."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: how many rows, and the cells that an import would read otherwise or refuse."""

    rows: int
    notices: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[T]):
    """What is to be written: the layout, and its rows; ``is_template``: none, and a line of guidance above the header."""

    layout: Layout[T]
    rows: Iterable[T]
    is_template: bool = False


def choose_format(path: Path) -> Format:
    """Tell a file's form by the end of its name; ``UsageMistake`` for any other end."""
    try:
        return Format(path.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise UsageMistake(
            say("{path} does not say in which form it is to be written", path=str(path)),
            hint=say("end its name in .xlsx or .csv"),
        ) from error


def write_table(stream: BinaryIO, path: Path, table: Table[Any]) -> Written:
    """Write a table in the form that ``path`` names.

    Raises ``UsageMistake`` as ``choose_format`` does, ``RefusedError`` for what no workbook can hold.
    """
    layout = table.layout
    if table.is_template:  # There is nothing to fill in where nothing is read.
        layout = replace(layout, columns=tuple(column for column in layout.columns if column.is_read))
    columns = layout.columns
    header = [column.header for column in columns]
    guides = [column.guide for column in columns]
    heads = [guides, header] if table.is_template else [header]
    writer = _Writer(columns, path, first=len(heads) + 1)
    match writer.form:
        case Format.CSV:
            write_csv(stream, heads, writer.render(table.rows))
        case Format.XLSX:
            write_workbook(stream, layout, heads, writer.render(table.rows))
        case never:
            assert_never(never)
    return Written(rows=writer.count, notices=tuple(writer.notices))


class _Writer:
    """Makes texts of rows, and notes the cells that do not come back as they are."""

    def __init__(self, columns: Sequence[Column[Any]], path: Path, *, first: int) -> None:
        self.form = choose_format(path)
        self._columns = columns
        self._file = path.name
        self._first = first
        self._memory: list[dict[object, tuple[str, bool]]] = [{} for _ in columns]
        self.count = 0
        self.notices: list[Mistake] = []

    def render(self, rows: Iterable[Any]) -> Iterator[list[str]]:
        """Give each row's texts."""
        for row in rows:
            yield [self._cell(place, row) for place in range(len(self._columns))]
            self.count += 1

    def _cell(self, place: int, row: object) -> str:
        column = self._columns[place]
        value = column.value(row)
        if value in {None, (), ""} and not column.says_nothing:
            return ""
        memory = self._memory[place]
        found = memory.get(value)
        if found is None:
            text, is_read = column.kind.express(value)
            found = text, is_read and (self.form is Format.CSV or is_kept(text))
            if len(memory) < _REMEMBERED:
                memory[value] = found
        text, is_read = found
        if not is_read and column.is_read and len(self.notices) < NOTICES_KEPT:
            self._note(column, text)
        return text

    def _note(self, column: Column[Any], text: str) -> None:
        where = Position(file=self._file, row=self._first + self.count, column=column.header)
        what = say("an import would not read this value as the registry has it")
        self.notices.append(Mistake(what=what, where=where, value=text))
