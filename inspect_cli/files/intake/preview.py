"""What a person should know of how a file was understood, before and beside its rows.

What does not live here: the values that say it (``understood``), and how it is shown (``screens.imports``).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import Message, Mistake, say
from inspect_cli.files.intake.headers import is_identity
from inspect_cli.files.intake.letters import column_letters
from inspect_cli.files.intake.understood import Understood, UnderstoodColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inspect_cli.files.intake.book import Book
    from inspect_cli.files.intake.headers import Columns
    from inspect_cli.files.intake.table import Table

_EXAMPLES_WITHIN: Final = 50
"""Rows below the header among which each column's example is looked for."""


class Examples:
    """The first value of each column among the rows near the top."""

    def __init__(self) -> None:
        """Begin above the first row."""
        self.by_place: dict[int, str] = {}
        self._rows = 0

    def note(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Take rows as they pass by; those far down are not looked at."""
        for _number, cells in islice(rows, max(0, _EXAMPLES_WITHIN - self._rows)):
            self._rows += 1
            for place, cell in enumerate(cells):
                if place not in self.by_place and cell.strip():
                    self.by_place[place] = cell.strip()


def understand(book: Book, table: Table, columns: Columns, examples: Mapping[int, str]) -> Understood:
    """Say what was understood of a file; ``examples`` are values by place."""
    fields = {place: field for field, place in columns.places.items()}
    return Understood(
        form=book.form,
        encoding=book.encoding,
        sheet=table.grid.name,
        header_row=table.header_row,
        columns=tuple(
            UnderstoodColumn(
                place=place,
                header=header.strip(),
                field=fields.get(place),
                example=None if is_identity(header) else examples.get(place),
                is_hidden=place in table.grid.hidden_columns,
                is_identity=is_identity(header),
            )
            for place, header in enumerate(table.full_header)
            if header.strip()
        ),
        shape=table.shape,
        mapping=table.mapping,
        is_mapping_kept=table.is_mapping_kept,
        hidden_rows=table.hidden_rows,
        hidden_columns=table.hidden_columns,
        passed_over=table.passed_over,
    )


def column_notices(table: Table, columns: Columns) -> list[Mistake]:
    """Tell which sheet was taken, what is hidden, what the headers mean by a person's word, and which columns are left out or lacking."""
    notices = [Mistake(what=what, where=table.position()) for what in _table_notices(table)]
    told = [(columns.header[place], say("numbers of identity cards are not stored")) for place in columns.identity]
    told += [(columns.header[place], _unknown(table, columns.header[place])) for place in columns.unknown]
    told += [
        (table.sheet.fields[field][0], what)
        for field, what in table.sheet.absent.items()
        if field not in columns.places
    ]
    return notices + [Mistake(what=what, where=table.position(table.header_row, header)) for header, what in told]


def render_ranges(numbers: Iterable[int]) -> tuple[str, ...]:
    """Render numbers as ranges: 5, 6, 7 and 12 are ``5-7`` and ``12``, with an en dash."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(str(first) if first == last else f"{first}\u2013{last}" for first, last in ranges)


def _table_notices(table: Table) -> Iterator[Message]:
    if table.passed_over:
        yield say(
            "the table is taken from the sheet {sheet}; passed over: {others}",
            sheet=table.grid.name,
            others=table.passed_over,
        )
    rows, columns = render_ranges(table.hidden_rows), _name_columns(table.full_header, table.hidden_columns)
    if rows and table.is_skipping:
        yield say("hidden rows are left out: {rows}", rows=rows)
    elif rows:
        yield say("hidden rows are read like the others: {rows}; --skip-hidden leaves them out", rows=rows)
    if columns and table.is_skipping:
        yield say("hidden columns are left out: {columns}", columns=columns)
    elif columns:
        yield say("hidden columns are read like the others: {columns}; --skip-hidden leaves them out", columns=columns)
    if table.is_mapping_kept:
        yield say(
            "the headers mean what was said with an earlier file: {mapping}; --forget-map drops it",
            mapping=tuple(f"{header}={meaning}" for header, meaning in sorted(table.mapping.items())),
        )


def _name_columns(header: Sequence[str], places: Iterable[int]) -> tuple[str, ...]:
    named = []
    for place in places:
        text = header[place].strip() if place < len(header) else ""
        named.append(f"{column_letters(place)} {text}".rstrip())
    return tuple(named)


def _unknown(table: Table, header: str) -> Message:
    apart = table.sheet.find_apart(header)
    if apart is not None:
        return apart
    near = table.sheet.find_near(header)
    if near is not None:
        return say("the column is not known, and is left out; did you mean {header}?", header=near[1])
    return say("the column is not known, and is left out")
