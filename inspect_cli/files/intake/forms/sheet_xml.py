"""A scan of a worksheet's XML (xlsx) beside the reader of its cells: bounds, what is hidden, errors, formulas without a result.

What does not live here: the cells' values, which python-calamine reads; it gives cells with an error, and formulas whose result the
file does not keep, as blank ones, and says nothing of hidden rows. Most sheets are plain: cells in their usual spelling, in columns A to
Z, and nothing that is looked for here. ``is_plain`` sees that in a fraction of the time; ``scan_sheet`` is the truth for all others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from inspect_cli.files.intake.forms.facts import SheetFacts
from inspect_cli.files.intake.forms.refusals import CELL_LIMIT, DEPTH_LIMIT, Reason, Unreadable
from inspect_cli.files.intake.forms.text import COLUMN_LIMIT, ROW_LIMIT
from inspect_cli.files.intake.forms.xml_walk import make_parser, walk

if TYPE_CHECKING:
    from collections.abc import Iterable

PATCH_LIMIT: Final = 100_000
"""Cells of a sheet that hold an error or a formula without a result."""
UNSOLVED: Final = "#FORMULA!"
"""Stands for a formula whose result the file does not keep."""
_ERROR_LIMIT: Final = 32

_UNUSUAL: Final = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)(?! r=\")[\s/>]")
_PREFIXED: Final = re.compile(rb":(?:c|row|sheetData)[\s/>]")
_FORMULA: Final = re.compile(rb"<f[\s/>]")
_FAR: Final = re.compile(rb" r=\"(?:[A-Z]{2}|[A-Z]\d{7}|[^A-Z\d])")
_TELLING: Final = (b"\0", b"<!", b'hidden="1', b'hidden="t', b"hidden='", b't="e"', b"t='e'")


def is_plain(pieces: Iterable[bytes]) -> bool:
    """Say whether a sheet has nothing but plain cells in the columns A to Z of fewer than a million rows."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        cut = text.rfind(b"<")
        if cut <= 0 and len(text) > len(piece):
            return False  # A text longer than any cell's.
        text, rest = text[:cut], text[cut:]
        if any(word in text for word in _TELLING) or _FAR.search(text) or _FORMULA.search(text):
            return False
        is_usual = text.count(b"<c") == text.count(b'<c r="') and text.count(b"<row") == text.count(b'<row r="')
        if (not is_usual and _UNUSUAL.search(text)) or _PREFIXED.search(text):
            return False
    return True


def scan_sheet(pieces: Iterable[bytes]) -> SheetFacts:
    """Return what is known of a sheet beside its cells; ``Unreadable`` for one out of bounds."""
    return _Scan().run(pieces)


def _column_names() -> dict[str, int]:
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    names = ["", *letters, *(a + b for a in letters for b in letters)]
    names += [a + b + c for a in letters for b in letters for c in letters]
    return {name: place for place, name in enumerate(names[: COLUMN_LIMIT + 1])}


_COLUMNS: Final = _column_names()


class _Scan:
    """One pass over a sheet. Texts are heard only while a formula or an error is being read: that costs time."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._parser = make_parser(has_namespaces=False)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._level = 0
        self._cell_name = self._value_name = ""
        self._digits = ""
        self._is_listening = False
        self._names: dict[str, str] = {}
        self._row = 0
        self._column = 0
        self._attributes: dict[str, str] = {}
        self._is_formula = self._has_result = False
        self._value = ""
        self._bottom = 0
        self._right = 0

    def run(self, pieces: Iterable[bytes]) -> SheetFacts:
        walk(self._parser, pieces)
        if self._bottom * self._right > CELL_LIMIT:
            raise Unreadable(Reason.LARGE)
        return self.facts

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > DEPTH_LIMIT:
            raise Unreadable(Reason.DEEP)
        if name == self._cell_name:
            self._attributes = attributes
            self._column += 1
            if attributes.get("t") == "e":
                self._listen()
        elif name == self._value_name:
            self._place_value()
        else:
            self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if not self._names:  # The root has the prefix of all.
            prefix = name[: name.rfind(":") + 1]
            self._names = {prefix + word: word for word in ("c", "is", "row", "f", "col")}
            self._cell_name, self._value_name = prefix + "c", prefix + "v"
            return
        word = self._names.get(name)
        if word == "is":
            self._place_value()
        elif word == "row":
            self._start_row(attributes)
        elif word == "f":
            self._is_formula = True
            self._place_value()
            self._listen()
        elif word == "col":
            self._start_column(attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _parse_number(attributes["r"]) if "r" in attributes else self._row + 1
        self._column, self._digits, self._attributes = 0, "", {}
        if self._row > ROW_LIMIT:
            raise Unreadable(Reason.FAR, row=self._row)
        if _is_set(attributes.get("hidden")):
            _extend(self.facts.hidden_rows, self._row, self._row)

    def _start_column(self, attributes: dict[str, str]) -> None:
        first, last = (_parse_number(attributes.get(name, "0")) for name in ("min", "max"))
        if _is_set(attributes.get("hidden")) and 0 < first <= COLUMN_LIMIT:
            _extend(self.facts.hidden_columns, first - 1, min(last, COLUMN_LIMIT) - 1)

    def _place_value(self) -> None:
        """Hold the place of a cell that holds something against the bounds: a blank one may be anywhere."""
        reference = self._attributes.get("r")
        if reference is not None:
            letters = reference.rstrip("0123456789")
            digits = reference[len(letters) :]
            if digits != self._digits:
                self._digits = digits
                self._row = _parse_number(digits) or self._row
            self._column = _COLUMNS.get(letters) or _COLUMNS.get(letters.upper(), COLUMN_LIMIT + 1) or self._column
        if self._row > ROW_LIMIT or self._column > COLUMN_LIMIT:
            raise Unreadable(Reason.FAR, row=self._row)
        if self._row > self._bottom:  # noqa: PLR1730 - a call here takes as long as all the rest
            self._bottom = self._row
        if self._column > self._right:  # noqa: PLR1730
            self._right = self._column

    def _listen(self) -> None:
        self._value = ""
        self._is_listening = True
        self._parser.CharacterDataHandler = self._add_text

    def _add_text(self, text: str) -> None:
        if len(self._value) <= _ERROR_LIMIT:
            self._value += text

    def _end(self, name: str) -> None:
        self._level -= 1
        if self._is_listening:
            if name == self._cell_name:
                self._end_cell()
            elif name == self._value_name:
                self._has_result = True
            else:
                self._value = ""  # What was heard so far is the formula.

    def _end_cell(self) -> None:
        kind = self._attributes.get("t")
        if kind == "e":
            self._patch(self._value.strip()[:_ERROR_LIMIT] or UNSOLVED)
        elif self._is_formula and not self._value.strip() and not (kind == "str" and self._has_result):
            self.facts.add_unsolved(self._row, self._column - 1)
            self._patch(UNSOLVED)
        self._is_formula = self._is_listening = self._has_result = False
        self._parser.CharacterDataHandler = None

    def _patch(self, text: str) -> None:
        if len(self.facts.patches) >= PATCH_LIMIT:
            raise Unreadable(Reason.ERRORS, row=self._row)
        self.facts.patches.append((self._row, self._column - 1, text))


def _extend(ranges: list[tuple[int, int]], first: int, last: int) -> None:
    """Add a range, to the last one where it follows on it."""
    if ranges and ranges[-1][1] + 1 == first:
        ranges[-1] = (ranges[-1][0], last)
    else:
        ranges.append((first, last))


def _is_set(flag: str | None) -> bool:
    return flag is not None and flag.strip() in {"1", "true", "on"}


def _parse_number(text: str) -> int:
    """Read a row's or column's number; what is none, or has too many digits to be one, is beyond all bounds."""
    text = text.strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else ROW_LIMIT + 1  # noqa: PLR2004 - digits
