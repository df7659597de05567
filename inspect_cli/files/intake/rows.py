"""From the rows of an outside table to values, with all mistakes of the file at once.

What lives here: what an import gives (``Intake``), and the walk over a file. What does not: the reading of one row's cells
(``cells``), which fields a sheet has (``sheets``), and which value its row makes (``entities`` and its neighbours).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from inspect_cli.errors import InputError, Mistake, Position, say
from inspect_cli.files.intake.cells import Cells
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.headers import Columns, match_headers
from inspect_cli.files.intake.identity_cells import tell_identity_numbers
from inspect_cli.files.intake.kept_rows import KeptRows
from inspect_cli.files.intake.letters import column_letters
from inspect_cli.files.intake.opening import open_book
from inspect_cli.files.intake.preview import Examples, column_notices, understand
from inspect_cli.files.intake.table import Table, find_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator
    from pathlib import Path

    from inspect_cli.errors import Message
    from inspect_cli.files.intake.book import Book
    from inspect_cli.files.intake.headers import Sheet
    from inspect_cli.files.intake.located import Located
    from inspect_cli.files.intake.understood import Understood

T = TypeVar("T")

MISTAKE_LIMIT: Final = 100_000
"""A file with more mistakes than this is not read to its end."""
_BATCH: Final = 2_000
"""Rows that are read at once, column by column."""
_HEADERS_SHOWN: Final = 40
_REPORT: Final = say(
    "correct the file and import it again; --report mistakes.xlsx writes your rows out with the mistakes beside them"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake(Generic[T]):
    """What a file gives: its rows in order, the SHA-256 of its bytes, what was understood of it, and what a person should know.

    ``rows`` may be walked again and again, and are not all in memory where they are many. ``fields`` are the sheet's fields that
    have a column: of the others the file says nothing, and an import leaves them as they are. ``mistakes`` are those of the rows that
    were left out, where the choice was to take the good rows alone; ``rows_read`` counts every row below the header that is not blank.
    ``further_notices`` counts those beyond the first ``NOTICE_LIMIT``: a registry of a million rows can have one a row.
    """

    file: str
    digest: str
    rows: Collection[Located[T]]
    notices: tuple[Mistake, ...]
    fields: frozenset[str] = frozenset()
    mistakes: tuple[Mistake, ...] = ()
    rows_read: int = 0
    further_notices: int = 0
    understood: Understood | None = None

    @property
    def sheet(self) -> str | None:
        """Return the name of the workbook's sheet that was read, for positions; None for a text."""
        return None if self.understood is None else self.understood.sheet

    @property
    def values(self) -> tuple[T, ...]:
        """Return the values alone, in the order of the file, all in memory."""
        return tuple(row.value for row in self.rows)


def read_rows(
    path: Path, sheet: Sheet, build: Callable[[Cells], T | None], choices: ReadChoices = DEFAULT
) -> Intake[T]:
    """Read a file's table and build a value from each row; None from ``build`` leaves the row out, which it has told.

    Raises ``InputError`` with all mistakes of the file (without ``choices.partial``), or with the one reason why it is no such table;
    ``UsageMistake`` for a choice that this file does not have.
    """
    with open_book(path, choices.encoding) as book:
        try:
            return _read_book(book, sheet, build, choices)
        except InputError as error:
            error.digest = book.digest
            raise


def _read_book(book: Book, sheet: Sheet, build: Callable[[Cells], T | None], choices: ReadChoices) -> Intake[T]:
    table = find_table(book, sheet, choices)
    columns = match_headers(table.header, sheet, table.meant)
    _require_columns(table, columns)
    cells = Cells(table, columns)
    cells.is_1904 = book.is_1904
    cells.notices.extend(Mistake(what=notice, where=Position(file=book.file)) for notice in book.notices)
    cells.notices.extend(column_notices(table, columns))
    examples = Examples()
    rows, count = _build_rows(cells, build, choices, examples)
    if cells.mistakes and not choices.partial:
        raise _refusal(table, cells.mistakes, _REPORT)
    if not rows:
        cells.notices.append(Mistake(what=say("no row of the table was taken"), where=table.position()))
    return Intake(
        file=book.file,
        digest=book.digest,
        rows=rows,
        notices=tuple(cells.notices),
        fields=frozenset(columns.places),
        mistakes=tuple(cells.mistakes),
        rows_read=count,
        further_notices=cells.further_notices,
        understood=understand(book, table, columns, examples.by_place),
    )


def _build_rows(
    cells: Cells, build: Callable[[Cells], T | None], choices: ReadChoices, examples: Examples
) -> tuple[KeptRows[T], int]:
    table = cells.table
    rows: KeptRows[T] = KeptRows()
    count = 0
    try:
        for batch in _batches(table.rows()):
            examples.note(batch)
            rows.add(*_build_batch(cells, build, batch))
            count += len(batch)
            if choices.progress is not None:
                choices.progress(count, table.grid.row_count)
            if len(cells.mistakes) > MISTAKE_LIMIT:
                break
    except InputError as error:  # The table breaks off here; the mistakes above are told all the same.
        where = error.where or table.position()
        cells.mistakes.append(Mistake(what=error.what, where=where, remedy=error.hint))
    return rows, count


def _build_batch(
    cells: Cells, build: Callable[[Cells], T | None], batch: list[tuple[int, list[str]]]
) -> tuple[list[int], list[T], dict[int, Hashable]]:
    numbers: list[int] = []
    values: list[T] = []
    former: dict[int, Hashable] = {}
    places = cells.take(batch)
    tell_identity_numbers(cells, [number for number, _cells in batch])
    for index in places:
        cells.turn_to(index)
        value = build(cells)
        if cells.is_wrong:
            cells.order_mistakes()
        elif value is not None:
            numbers.append(batch[index][0])
            values.append(value)
            if cells.former is not None:
                former[batch[index][0]] = cells.former
        if len(cells.mistakes) > MISTAKE_LIMIT:
            break
    return numbers, values, former


def _batches(rows: Iterator[tuple[int, list[str]]]) -> Iterator[list[tuple[int, list[str]]]]:
    """Give rows in batches; where the rows break off, those before the break are given first."""
    is_whole = False
    while not is_whole:
        batch: list[tuple[int, list[str]]] = []
        broken: InputError | None = None
        try:
            batch.extend(islice(rows, _BATCH))
        except InputError as error:
            broken = error
        if batch:
            yield batch
        if broken is not None:
            raise broken
        is_whole = not batch


def _require_columns(table: Table, columns: Columns) -> None:
    sheet = table.sheet
    found = tuple(header for header in columns.header[:_HEADERS_SHOWN] if header)
    missing = [
        Mistake(
            what=say("the column is missing"),
            where=table.position(table.header_row, sheet.fields[group[0]][0]),
            remedy=_find_misspelt(columns, group, sheet)
            or sheet.ways_out.get(group[0])
            or say(
                "add it, or say with --map HEADER={field} which column holds it; the headers found are {headers}",
                field=group[0],
                headers=found,
            ),
        )
        for group in columns.missing
    ]
    doubled = [
        Mistake(
            what=say(
                "column {letters} means the same as another one, {column}",
                letters=column_letters(place),
                column=sheet.fields[field][0],
            ),
            where=table.position(table.header_row, columns.header[place]),
            remedy=_separate(columns, place),
        )
        for place, field in columns.doubled
    ]
    if missing or doubled:
        raise _refusal(table, missing + doubled, say("correct the file and import it again"))


def _separate(columns: Columns, place: int) -> Message:
    """Say how one of two columns is left out: --map tells them apart where their headers differ."""
    if columns.header.count(columns.header[place]) > 1:
        return say("keep one of the columns: they have the same header")
    return say("keep one of the two columns, or leave one out with --map HEADER=-")


def _find_misspelt(columns: Columns, group: tuple[str, ...], sheet: Sheet) -> Message | None:
    """Return the remedy where an unknown header misses one of the group's by a character."""
    for place in columns.unknown:
        near = sheet.find_near(columns.header[place])
        if near is not None and near[0] in group:
            header = columns.header[place]
            return say("did you mean {header}? correct it, or add --map {header}={field}", header=header, field=near[0])
    return None


def _refusal(table: Table, mistakes: list[Mistake], hint: Message) -> InputError:
    what = say("mistakes in the file: {count}; nothing is taken from it", count=len(mistakes))
    if len(mistakes) > MISTAKE_LIMIT:
        what = say("more than {count} mistakes in the file; nothing is taken from it", count=MISTAKE_LIMIT)
    return InputError(
        what,
        where=table.position(),
        hint=hint,
        mistakes=tuple(mistakes),
    )
