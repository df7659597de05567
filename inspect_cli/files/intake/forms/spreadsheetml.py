"""SpreadsheetML 2003, the XML that many platforms write under the name .xls: rows from it, in bounded memory.

What lives here: the elements of Microsoft's XML Spreadsheet Reference (Office 2003) that say what a cell holds, where it stands, and what
is hidden.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from inspect_cli.files.intake.forms.facts import SheetFacts
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable
from inspect_cli.files.intake.forms.rendering import render_number, render_value
from inspect_cli.files.intake.forms.sheet_xml import UNSOLVED
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT
from inspect_cli.files.intake.forms.xml_walk import Depth, make_parser, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inspect_cli.files.intake.forms.spool import SpoolWriter

NAMESPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL: Final = "urn:schemas-microsoft-com:office:excel"
_INDEX, _SPAN, _HIDDEN, _NAME, _TYPE, _ACROSS, _FORMULA = (
    f"{NAMESPACE} {word}" for word in ("Index", "Span", "Hidden", "Name", "Type", "MergeAcross", "Formula")
)
_WORKSHEET, _COLUMN, _ROW, _CELL, _DATA, _COMMENT = (
    f"{NAMESPACE} {word}" for word in ("Worksheet", "Column", "Row", "Cell", "Data", "Comment")
)
_VISIBLE, _DATE_1904 = f"{_EXCEL} Visible", f"{_EXCEL} Date1904"
_NO_DAY: Final = 1900
"""A moment before this year is a time of day alone."""


def write_spreadsheetml(pieces: Iterable[str], writer: SpoolWriter) -> None:
    """Write the rows of each sheet of a document; ``Unreadable`` for one that is broken or out of bounds."""
    walk(_Walk(writer).parser, pieces)


class _Walk:
    """One pass over a document."""

    def __init__(self, writer: SpoolWriter) -> None:
        self._writer = writer
        self._depth = Depth()
        self._facts = SheetFacts()
        self._is_1904 = False
        self._row_number = self._place = self._column = 0
        self._last_row = 0
        self._row: list[str] = []
        self._cell: dict[str, str] = {}
        self._type: str | None = None
        self._is_listening = self._is_in_comment = self._is_hearing_state = False
        self._texts: list[str] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            _WORKSHEET: self._start_sheet,
            _COLUMN: self._start_column,
            _ROW: self._start_row,
            _CELL: self._start_cell,
            _DATA: self._start_data,
            _COMMENT: self._start_comment,
            _VISIBLE: self._start_state,
            _DATE_1904: self._start_days,
        }
        self._ends: dict[str, Callable[[], None]] = {
            _WORKSHEET: self._end_sheet,
            _ROW: self._end_row,
            _CELL: self._end_cell,
            _DATA: self._end_data,
            _COMMENT: self._end_comment,
            _VISIBLE: self._end_state,
        }
        self.parser = make_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._add_text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth.enter()
        if name in self._starts:
            self._starts[name](attributes)

    def _end(self, name: str) -> None:
        self._depth.leave()
        if name in self._ends:
            self._ends[name]()

    def _start_days(self, _attributes: dict[str, str]) -> None:
        self._is_1904 = True

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self._facts = SheetFacts(name=attributes.get(_NAME, ""), is_1904=self._is_1904)
        self._last_row = self._column = 0

    def _end_sheet(self) -> None:
        self._writer.end_sheet(self._facts)

    def _start_state(self, _attributes: dict[str, str]) -> None:
        self._is_hearing_state, self._texts = True, []

    def _end_state(self) -> None:
        self._is_hearing_state = False
        self._facts.is_hidden = "".join(self._texts).strip() in {"SheetHidden", "SheetVeryHidden"}

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = _parse_number(attributes.get(_INDEX), self._column + 1)
        last = first + _parse_number(attributes.get(_SPAN), 0)
        if attributes.get(_HIDDEN) == "1" and first <= COLUMN_LIMIT:
            self._facts.hidden_columns.append((first - 1, min(last, COLUMN_LIMIT) - 1))
        self._column = last

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_number = _parse_number(attributes.get(_INDEX), self._last_row + 1)
        if self._row_number <= self._last_row:
            raise Unreadable(Reason.DAMAGED, sheet=self._facts.name, row=self._row_number)
        self._last_row = self._row_number + _parse_number(attributes.get(_SPAN), 0)
        if attributes.get(_HIDDEN) == "1" and self._row_number <= ROW_LIMIT:
            self._facts.hidden_rows.append((self._row_number, min(self._last_row, ROW_LIMIT)))
        self._row, self._place = [], 0

    def _end_row(self) -> None:
        self._writer.add_row(self._row_number, self._row)
        self._row = []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._type, self._texts = attributes, None, []
        self._place = _parse_number(attributes.get(_INDEX), self._place + 1)

    def _start_comment(self, _attributes: dict[str, str]) -> None:
        self._is_in_comment = True

    def _end_comment(self) -> None:
        self._is_in_comment = False

    def _start_data(self, attributes: dict[str, str]) -> None:
        if not self._is_in_comment:
            self._type, self._is_listening = attributes.get(_TYPE, "String"), True

    def _end_data(self) -> None:
        self._is_listening = False

    def _add_text(self, text: str) -> None:
        if self._is_listening or self._is_hearing_state:
            self._texts.append(text)

    def _end_cell(self) -> None:
        text = _render(self._type, "".join(self._texts))
        if self._type is None and _FORMULA in self._cell:
            self._facts.add_unsolved(self._row_number, self._place - 1)
            text = UNSOLVED
        if text:
            if self._place > COLUMN_LIMIT:
                raise Unreadable(Reason.FAR, sheet=self._facts.name, row=self._row_number)
            if self._place <= len(self._row):
                raise Unreadable(Reason.DAMAGED, sheet=self._facts.name, row=self._row_number)
            self._row += [""] * (self._place - 1 - len(self._row)) + [text]
        self._place += _parse_number(self._cell.get(_ACROSS), 0)


def _parse_number(text: str | None, default: int) -> int:
    """Read an index or a span; one that is no number is not there, and none is beyond what a sheet has by more than one."""
    if text is None or not (text.isascii() and text.isdigit()):
        return default
    return min(int(text[:10]), ROW_LIMIT + 1)


def _render(kind: str | None, text: str) -> str:
    try:
        match kind:
            case "Number":
                return render_number(float(text))
            case "DateTime":
                moment = datetime.fromisoformat(text)
                return render_value(moment.time() if moment.year < _NO_DAY else moment)
            case "Boolean":
                return "TRUE" if text.strip() == "1" else "FALSE"
            case _:
                return text
    except ValueError:
        return text
