"""From the rows of an outside table to values, with all mistakes of the file at once.

What lives here: what an import gives (``Intake``), the reading of one row's cells (``Cells``), and the walk over a file. What
does not: which fields a sheet has (``sheets``), and which value its row makes (``entities`` and its neighbours).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, ParamSpec, TypeVar, cast

from inspect_cli.errors import InputError, Message, Mistake, Position, say
from inspect_cli.files.intake.encoding import decode, read_outside
from inspect_cli.files.intake.headers import Columns, Sheet, match_headers
from inspect_cli.files.intake.table import Table, parse_table

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

T = TypeVar("T")
P = ParamSpec("P")

MISTAKE_LIMIT: Final = 100_000
"""A file with more mistakes than this is not read to its end."""
_MEMORY_LIMIT: Final = 4_096
"""How many different cells of a column are remembered, so that equal ones become one value."""
_HEADERS_SHOWN: Final = 40
# A cell that holds nothing else is blank to whoever looks at it.
_INVISIBLE: Final = " \u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located(Generic[T]):
    """A value, and the row of the file that said it."""

    value: T
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake(Generic[T]):
    """What a file without mistakes gives: its rows in order, the SHA-256 of its bytes, and what a person should know.

    ``fields`` are the sheet's fields that have a column: of the others the file says nothing, and an import leaves them as they are.
    """

    file: str
    digest: str
    rows: tuple[Located[T], ...]
    notices: tuple[Mistake, ...]
    fields: frozenset[str] = frozenset()

    @property
    def values(self) -> tuple[T, ...]:
        """Return the values alone, in the order of the file."""
        return tuple(row.value for row in self.rows)


class Cells:
    """One row's cells by field, one row after the other; what is wrong is noted, and the row gives no value then."""

    def __init__(self, table: Table, columns: Columns, sheet: Sheet) -> None:
        """Stand before the first row."""
        self._file = table.file
        self._places = columns.places
        self._width = len(columns.header)
        self._nameless = tuple(place for place, header in enumerate(columns.header) if not header)
        self._labels = {field: headers[0] for field, headers in sheet.fields.items()}
        self._labels |= {field: columns.header[place] for field, place in columns.places.items()}
        self._memory: dict[str, dict[str, object]] = {field: {} for field in sheet.fields}
        self._seen: dict[tuple[str, Hashable], int] = {}
        self._told: set[tuple[str, Hashable]] = set()
        self._row = table.header_row
        self._cells: list[str] = []
        self.is_wrong = False
        self.mistakes: list[Mistake] = []
        self.notices: list[Mistake] = []

    def turn_to(self, row: int, cells: list[str]) -> None:
        """Take the next row."""
        self._row = row
        self._cells = cells
        self.is_wrong = False
        stray = cells[self._width :] + [cells[place] for place in self._nameless if place < len(cells)]
        for cell in stray:
            if cell.strip():
                self._note(
                    say("the value stands under no header"),
                    value=cell,
                    remedy=say("name the column, or put a cell that holds the separator in quotation marks"),
                )

    def has_column(self, field: str) -> bool:
        """Say whether the file has a column for the field."""
        return field in self._places

    def is_blank(self, field: str) -> bool:
        """Say whether the row says nothing under the field."""
        return self._find_text(field) is None

    def find(self, field: str, parse: Callable[[str], T]) -> T | None:
        """Return what the field's cell says; None when there is none, it is blank, or it is refused, which is noted.

        A field is always read by the same ``parse``: equal cells of a column give the same value, often the same object.
        """
        text = self._find_text(field)
        if text is None:
            return None
        memory = self._memory[field]
        if text in memory:
            return cast("T", memory[text])
        try:
            value = parse(text)
        except InputError as error:
            self.refuse(field, error)
            return None
        if len(memory) < _MEMORY_LIMIT:
            memory[text] = value
        return value

    def find_all(self, fields: tuple[str, ...], parse: Callable[[str], T]) -> dict[str, T | None]:
        """Return what the cells of several fields say that are read alike, by field."""
        return {field: self.find(field, parse) for field in fields}

    def require(self, field: str, parse: Callable[[str], T]) -> T | None:
        """Return what the field's cell says; None when it is blank or refused, which is noted."""
        if self.is_blank(field):
            self._note(say("the cell is empty"), field, remedy=say("fill it in"))
        return self.find(field, parse)

    def check(self, field: str, requirement: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run a requirement of the rules, and note under ``field`` what it refuses."""
        try:
            requirement(*args, **kwargs)
        except InputError as error:
            self.refuse(field, error)

    def refuse(self, field: str, error: InputError) -> None:
        """Note what is wrong with the field's cell."""
        self._note(error.what, field, value=self._find_text(field), remedy=error.hint)

    def require_new(self, field: str, value: Hashable) -> None:
        """Note a mistake when an earlier row has the same value under the field."""
        first = self._seen.setdefault((field, value), self._row)
        if first != self._row:
            self._note(
                say("row {row} says the same", row=first),
                field,
                value=self._find_text(field),
                remedy=say("keep one of the two rows"),
            )

    def tell(self, field: str, what: Message) -> None:
        """Note something about this row that a person should know, and that is no mistake."""
        self.notices.append(Mistake(what=what, where=self._position(field), value=self._find_text(field)))

    def tell_once(self, field: str, value: Hashable, what: Message) -> None:
        """Note it for the first row with this value alone."""
        if (field, value) not in self._told:
            self._told.add((field, value))
            self.tell(field, what)

    def _find_text(self, field: str) -> str | None:
        place = self._places.get(field, self._width)
        if place >= min(self._width, len(self._cells)):
            return None
        text = self._cells[place].strip()
        return text if text.strip(_INVISIBLE) else None

    def _position(self, field: str | None) -> Position:
        return Position(file=self._file, row=self._row, column=None if field is None else self._labels[field])

    def _note(
        self, what: Message, field: str | None = None, *, value: str | None = None, remedy: Message | None = None
    ) -> None:
        self.is_wrong = True
        self.mistakes.append(Mistake(what=what, where=self._position(field), value=value, remedy=remedy))


def read_rows(path: Path, sheet: Sheet, build: Callable[[Cells], T | None], encoding: str | None) -> Intake[T]:
    """Read a file's table and build a value from each row; None from ``build`` leaves the row out, which it has told.

    Raises ``InputError`` with all mistakes of the file, or with the one reason why it is no such table.
    """
    data = read_outside(path)
    digest = hashlib.sha256(data).hexdigest()
    text = decode(data, encoding=encoding, file=path.name)
    del data
    table = parse_table(text, file=path.name, sheet=sheet)
    columns = match_headers(table.header, sheet)
    _require_columns(table, columns, sheet)
    cells = Cells(table, columns, sheet)
    cells.notices.extend(_column_notices(table, columns, sheet))
    rows = _build_rows(table, cells, build)
    if cells.mistakes:
        raise _refusal(table.file, cells.mistakes)
    if not rows:
        cells.notices.append(Mistake(what=say("no row of the table was taken"), where=Position(file=table.file)))
    return Intake(
        file=table.file, digest=digest, rows=rows, notices=tuple(cells.notices), fields=frozenset(columns.places)
    )


def _build_rows(table: Table, cells: Cells, build: Callable[[Cells], T | None]) -> tuple[Located[T], ...]:
    rows: list[Located[T]] = []
    try:
        for number, row in table.rows:
            cells.turn_to(number, row)
            value = build(cells)
            if value is not None and not cells.is_wrong:
                rows.append(Located(value=value, row=number))
            if len(cells.mistakes) > MISTAKE_LIMIT:
                break
    except InputError as error:  # The table breaks off here; the mistakes above are told all the same.
        where = error.where or Position(file=table.file)
        cells.mistakes.append(Mistake(what=error.what, where=where, remedy=error.hint))
    return tuple(rows)


def _require_columns(table: Table, columns: Columns, sheet: Sheet) -> None:
    found = tuple(header for header in columns.header[:_HEADERS_SHOWN] if header)
    missing = [
        Mistake(
            what=say("the column is missing"),
            where=Position(file=table.file, row=table.header_row, column=sheet.fields[group[0]][0]),
            remedy=say("add it, or rename the column that holds it; the headers found are {headers}", headers=found),
        )
        for group in columns.missing
    ]
    doubled = [
        Mistake(
            what=say("another column has the same meaning, {column}", column=sheet.fields[field][0]),
            where=Position(file=table.file, row=table.header_row, column=columns.header[place]),
            remedy=say("keep one of the two columns, or rename the other"),
        )
        for place, field in columns.doubled
    ]
    if missing or doubled:
        raise _refusal(table.file, missing + doubled)


def _column_notices(table: Table, columns: Columns, sheet: Sheet) -> list[Mistake]:
    told = [(columns.header[place], say("numbers of identity cards are not stored")) for place in columns.identity]
    told += [(columns.header[place], say("the column is not known, and is left out")) for place in columns.unknown]
    told += [(sheet.fields[field][0], what) for field, what in sheet.absent.items() if field not in columns.places]
    return [
        Mistake(what=what, where=Position(file=table.file, row=table.header_row, column=header))
        for header, what in told
    ]


def _refusal(file: str, mistakes: list[Mistake]) -> InputError:
    what = say("mistakes in the file: {count}; nothing is taken from it", count=len(mistakes))
    if len(mistakes) > MISTAKE_LIMIT:
        what = say("more than {count} mistakes in the file; nothing is taken from it", count=MISTAKE_LIMIT)
    return InputError(
        what,
        where=Position(file=file),
        hint=say("correct the file and import it again"),
        mistakes=tuple(mistakes),
    )
