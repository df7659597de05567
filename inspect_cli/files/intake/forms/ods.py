"""OpenDocument spreadsheets (.ods, .fods): rows from their XML, in bounded memory.

What lives here: OpenDocument 1.3 part 3, chapter 9 (tables), as far as its cells' values, repeats and visibility go. What does not: the
members of the file (``container``).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from inspect_cli.files.intake.forms.facts import SheetFacts
from inspect_cli.files.intake.forms.refusals import TEXT_LIMIT, Reason, Unreadable
from inspect_cli.files.intake.forms.rendering import render_number, render_value
from inspect_cli.files.intake.forms.sheet_xml import UNSOLVED
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT
from inspect_cli.files.intake.forms.xml_walk import Depth, make_parser, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inspect_cli.files.intake.forms.spool import SpoolWriter

_NAMESPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0 {}"
_CALC_TYPE: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"


def _name(space: str, word: str) -> str:
    return _NAMESPACE.format(space, word)


_TABLE, _COLUMN, _ROW = (_name("table", word) for word in ("table", "table-column", "table-row"))
_CELLS: Final = frozenset({_name("table", "table-cell"), _name("table", "covered-table-cell")})
_PARAGRAPH, _SPACE, _TAB, _BREAK = (_name("text", word) for word in ("p", "s", "tab", "line-break"))
# What stands in these is no cell of a sheet: comments, drawings, earlier states, values of other files.
_PASSED_OVER: Final = frozenset(
    {
        _name("office", "annotation"),
        _name("table", "tracked-changes"),
        _name("table", "shapes"),
        _name("table", "dde-links"),
        _name("table", "content-validations"),
        _name("draw", "frame"),
    }
)
_STYLE, _TABLE_STYLE = _name("style", "style"), _name("style", "table-properties")
_STYLE_NAME, _TABLE_STYLE_NAME = _name("style", "name"), _name("table", "style-name")
_DISPLAY, _VISIBILITY = _name("table", "display"), _name("table", "visibility")
_COLUMNS_REPEATED, _ROWS_REPEATED = (_name("table", f"number-{word}-repeated") for word in ("columns", "rows"))
_FORMULA, _SHEET_NAME, _SPACES = _name("table", "formula"), _name("table", "name"), _name("text", "c")
_TYPE, _VALUE = _name("office", "value-type"), _name("office", "value")
_DATE, _TIME = _name("office", "date-value"), _name("office", "time-value")
_BOOLEAN, _STRING = _name("office", "boolean-value"), _name("office", "string-value")
_DURATION: Final = re.compile(r"(-?)P(?:(\d{1,6})D)?T?(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d*)?S)?")
_WHITE: Final = re.compile(r"[ \t\r\n]+")
_SPACES_LIMIT: Final = 1_000


def write_ods(pieces: Iterable[bytes], writer: SpoolWriter) -> None:
    """Write the rows of each sheet of a document's ``content.xml``; ``Unreadable`` for one that is broken or out of bounds."""
    walk(_Walk(writer).parser, pieces)


class _Walk:
    """One pass over a document."""

    def __init__(self, writer: SpoolWriter) -> None:
        self._writer = writer
        self._depth = Depth()
        self._passed_over = 0
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._tables = 0
        self._facts = SheetFacts()
        self._row_number = self._column = self._place = 0
        self._row: list[str] = []
        self._attributes: dict[str, str] = {}
        self._row_attributes: dict[str, str] = {}
        self._is_in_cell = False
        self._texts: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            _TABLE: self._start_table,
            _COLUMN: self._start_column,
            _ROW: self._start_row,
            _STYLE: self._start_style,
            _TABLE_STYLE: self._start_table_style,
            _PARAGRAPH: self._start_paragraph,
            _SPACE: self._add_spaces,
            _TAB: lambda _attributes: self._add_text("\t"),
            _BREAK: lambda _attributes: self._add_text("\n"),
            **dict.fromkeys(_CELLS, self._start_cell),
        }
        self.parser = make_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._hear

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth.enter()
        if self._passed_over or name in _PASSED_OVER:
            self._passed_over += 1
        elif name in self._starts:
            self._starts[name](attributes)

    def _end(self, name: str) -> None:
        self._depth.leave()
        if self._passed_over:
            self._passed_over -= 1
        elif name == _PARAGRAPH:
            self._paragraphs -= 1
        elif name in _CELLS:
            self._end_cell()
        elif name == _ROW:
            self._end_row()
        elif name == _TABLE:
            self._end_table()

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(_STYLE_NAME, "")

    def _start_table_style(self, attributes: dict[str, str]) -> None:
        if attributes.get(_DISPLAY) == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables > 1:  # A table within a cell: no spreadsheet program writes one.
            raise Unreadable(Reason.DAMAGED)
        is_hidden = attributes.get(_TABLE_STYLE_NAME) in self._hidden_styles
        self._facts = SheetFacts(name=attributes.get(_SHEET_NAME, ""), is_hidden=is_hidden)
        self._row_number = self._column = 0

    def _end_table(self) -> None:
        self._tables -= 1
        self._writer.end_sheet(self._facts)

    def _start_column(self, attributes: dict[str, str]) -> None:
        count = _parse_count(attributes.get(_COLUMNS_REPEATED))
        if attributes.get(_VISIBILITY) in {"collapse", "filter"} and self._column < COLUMN_LIMIT:
            self._facts.hidden_columns.append((self._column, min(self._column + count, COLUMN_LIMIT) - 1))
        self._column += count

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_attributes = attributes
        self._row, self._place = [], 0

    def _end_row(self) -> None:
        count = _parse_count(self._row_attributes.get(_ROWS_REPEATED))
        first = self._row_number + 1
        self._row_number += count
        if self._row_attributes.get(_VISIBILITY) in {"collapse", "filter"} and first <= ROW_LIMIT:
            self._facts.hidden_rows.append((first, min(self._row_number, ROW_LIMIT)))
        if self._row:
            for number in range(first, self._row_number + 1):
                self._writer.add_row(number, self._row)
        self._row = []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._texts, self._length = [], 0
        self._is_in_cell = self._tables > 0

    def _start_paragraph(self, _attributes: dict[str, str]) -> None:
        self._paragraphs += 1
        if self._texts:
            self._add_text("\n")

    def _add_spaces(self, attributes: dict[str, str]) -> None:
        self._add_text(" " * min(_parse_count(attributes.get(_SPACES)), _SPACES_LIMIT))

    def _hear(self, text: str) -> None:
        if self._paragraphs:
            self._add_text(_WHITE.sub(" ", text))

    def _add_text(self, text: str) -> None:
        if self._is_in_cell and not self._passed_over:
            self._texts.append(text)
            self._length += len(text)
            if self._length > TEXT_LIMIT:
                raise Unreadable(Reason.LARGE, sheet=self._facts.name, row=self._row_number + 1)

    def _end_cell(self) -> None:
        count = _parse_count(self._attributes.get(_COLUMNS_REPEATED))
        text = self._read_cell()
        self._is_in_cell = False
        if text:
            if self._place + count > COLUMN_LIMIT:
                raise Unreadable(Reason.FAR, sheet=self._facts.name, row=self._row_number + 1)
            self._row += [""] * (self._place - len(self._row)) + [text] * count
        self._place += count

    def _read_cell(self) -> str:
        attributes, shown = self._attributes, "".join(self._texts)
        kind = attributes.get(_TYPE)
        if attributes.get(_CALC_TYPE) == "error":
            return shown if shown.startswith("#") else "#VALUE!"
        match kind:
            case "float" | "percentage" | "currency":
                return _parse_number(attributes.get(_VALUE, ""), shown)
            case "date":
                return _parse_moment(attributes.get(_DATE, ""), shown)
            case "time":
                return _parse_duration(attributes.get(_TIME, ""), shown)
            case "boolean":
                return "TRUE" if attributes.get(_BOOLEAN) == "true" else "FALSE"
            case _:
                text = attributes.get(_STRING) or shown
        if not text and kind is None and _FORMULA in attributes:
            self._facts.add_unsolved(self._row_number + 1, self._place)
            return UNSOLVED
        return text


def _parse_count(text: str | None) -> int:
    """Read how often something is repeated; what is no number counts once, and none counts more often than a sheet has rows."""
    if text is None or not (text.isascii() and text.isdigit()):
        return 1
    return min(max(int(text[:10]), 1), ROW_LIMIT + 1)


def _parse_number(text: str, shown: str) -> str:
    try:
        return render_number(float(text))
    except ValueError:
        return shown


def _parse_moment(text: str, shown: str) -> str:
    try:
        return render_value(datetime.fromisoformat(text))
    except ValueError:
        return shown


def _parse_duration(text: str, shown: str) -> str:
    found = _DURATION.fullmatch(text)
    if found is None:
        return shown
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    value = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return render_value(-value if found[1] else value)
