"""Tables in HTML, which many platforms write under the name .xls: each table a sheet of its own.

What lives here: rows and cells with their spans, and what is hidden by its style. What does not: the tags (``markup``). A cell is the text
that a browser shows, its white space folded; the number that Excel keeps beside it (``x:num``) is not looked at.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from inspect_cli.files.intake.forms.facts import SheetFacts
from inspect_cli.files.intake.forms.markup import Tag, parse_attributes, tokenize
from inspect_cli.files.intake.forms.refusals import CELL_LIMIT, SHEET_LIMIT, Reason, Unreadable
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.files.intake.forms.spool import SpoolWriter

_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_WHITE: Final = re.compile(r"[ \t\n\r\f]+")
_NESTED_LIMIT: Final = 32


def write_html(text: str, writer: SpoolWriter) -> None:
    """Write the rows of each table that has any, named 1, 2, 3 … in order; ``Unreadable`` beyond the bounds."""
    walk = _Walk()
    for token in tokenize(text):
        if isinstance(token, Tag):
            walk.take_tag(token)
        else:
            walk.take_text(token)
    for number, table in enumerate(walk.finish(), start=1):
        for row, cells in table.rows:
            writer.add_row(row, cells)
        table.facts.name = str(number)
        writer.end_sheet(table.facts)


class _Count:
    """Counts the places of cells of a whole page."""

    def __init__(self) -> None:
        self._places = 0

    def add(self, places: int) -> None:
        self._places += places
        if self._places > CELL_LIMIT:
            raise Unreadable(Reason.LARGE)


class _Table:
    """One table while it is being read."""

    def __init__(self, count: _Count) -> None:
        self._count = count
        self.facts = SheetFacts()
        self.rows: list[tuple[int, list[str]]] = []
        self._number = 0
        self._row: list[str] | None = None
        self._taken: dict[int, int] = {}
        self._column = 0
        self._place = 0
        self._cell: list[str] | None = None

    def add_column(self, attributes: dict[str, str]) -> None:
        last = min(self._column + _parse_span(attributes, "span", COLUMN_LIMIT), COLUMN_LIMIT)
        if _is_hidden(attributes) and self._column < last:
            self.facts.hidden_columns.append((self._column, last - 1))
        self._column = last

    def start_row(self, attributes: dict[str, str]) -> None:
        self.end_row()
        self._row = []
        self._number += 1
        if self._number > ROW_LIMIT:
            raise Unreadable(Reason.FAR, row=self._number)
        if _is_hidden(attributes):
            self.facts.hidden_rows.append((self._number, self._number))

    def end_row(self) -> None:
        self.end_cell()
        if self._row is not None:
            self._count.add(len(self._row) + len(self._taken) + 1)
            self._taken = {place: left - 1 for place, left in self._taken.items() if left > 1}
            if any(self._row):
                self.rows.append((self._number, self._row))
        self._row = None

    def start_cell(self, attributes: dict[str, str]) -> None:
        if self._row is None:
            self.start_row({})
        self.end_cell()
        row = self._row
        assert row is not None  # noqa: S101 - start_row made it
        self._skip_taken(row)
        place = len(row)
        across, down = _parse_span(attributes, "colspan", COLUMN_LIMIT), _parse_span(attributes, "rowspan", ROW_LIMIT)
        if place + across > COLUMN_LIMIT:
            raise Unreadable(Reason.FAR, row=self._number)
        row += [""] * across
        self._taken |= dict.fromkeys(range(place, place + across), down) if down > 1 else {}
        self._place, self._cell = place, []
        if _is_hidden(attributes):
            self.facts.hidden_columns.append((place, place))

    def _skip_taken(self, row: list[str]) -> None:
        """Leave the places blank that cells of earlier rows reach down to."""
        while len(row) in self._taken and len(row) < COLUMN_LIMIT:
            row.append("")

    def end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row[self._place] = "\n".join(
                _WHITE.sub(" ", line).strip(" ") for line in "".join(self._cell).split("\0")
            ).strip("\n")
        self._cell = None

    def add_text(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)


class _Walk:
    """One pass over a page."""

    def __init__(self) -> None:
        self._open: list[_Table] = []
        self._done: list[_Table] = []
        self._tables: list[_Table] = []
        self._count = _Count()

    def take_text(self, text: str) -> None:
        if self._open and text:
            self._open[-1].add_text(unescape(text).replace("\0", ""))

    def take_tag(self, tag: Tag) -> None:
        if tag.name == "table":
            self._end_table() if tag.is_end else self._start_table()
        elif self._open and tag.name in _STARTS:
            table = self._open[-1]
            if tag.is_end:
                if (end := _ENDS.get(tag.name)) is not None:
                    end(table)
                return
            _STARTS[tag.name](table, parse_attributes(tag.attributes))

    def _start_table(self) -> None:
        table = _Table(self._count)
        self._open.append(table)
        self._tables.append(table)
        if len(self._open) > _NESTED_LIMIT:
            raise Unreadable(Reason.DEEP)
        if len(self._tables) > SHEET_LIMIT:
            raise Unreadable(Reason.LARGE)

    def _end_table(self) -> None:
        if self._open:
            self._open.pop().end_row()

    def finish(self) -> list[_Table]:
        while self._open:
            self._end_table()
        return [table for table in self._tables if table.rows]


_STARTS: Final[dict[str, Callable[[_Table, dict[str, str]], None]]] = {
    "col": _Table.add_column,
    "tr": _Table.start_row,
    "td": _Table.start_cell,
    "th": _Table.start_cell,
    "br": lambda table, _attributes: table.add_text("\0"),
    "p": lambda table, _attributes: table.add_text(" "),
    "div": lambda table, _attributes: table.add_text(" "),
}
_ENDS: Final[dict[str, Callable[[_Table], None]]] = {
    "tr": _Table.end_row,
    "td": _Table.end_cell,
    "th": _Table.end_cell,
}


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _parse_span(attributes: dict[str, str], name: str, limit: int) -> int:
    """Read a span; what is no number above 0 is one, and none is more than one beyond the limit."""
    text = attributes.get(name, "1").strip()
    return min(max(int(text[:10]), 1), limit + 1) if text.isascii() and text.isdigit() else 1
