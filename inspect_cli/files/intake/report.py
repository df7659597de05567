"""A person's own rows with the mistakes beside them, as a workbook that is corrected and imported again.

What lives here: the workbook. What does not: finding the mistakes (``cells`` and the readers; the acts know some that no file shows),
and how they are listed on the screen (``error_text``).

Each cell goes out as the text that was read, never as a formula, a number or a link. Columns of identity numbers are left out: nobody needs
them here. A column with the mistakes of each row is added at the end; an import knows it, and reads nothing from it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from xlsxwriter.exceptions import FileCreateError

from inspect_cli.errors import InputError, Mistake, Position, RefusedError, UsageMistake, say
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.headers import is_identity, is_problems, match_headers
from inspect_cli.files.intake.letters import column_letters
from inspect_cli.files.intake.opening import open_book
from inspect_cli.files.intake.table import Table, find_table
from inspect_cli.files.output import write_large_output
from inspect_cli.files.plain_book import new_book
from inspect_cli.files.spreadsheet import CELL_LIMIT, ROW_LIMIT, fit_cell, is_cell_exceeded
from inspect_cli.language import _, join_clauses, join_label, translate
from inspect_cli.widths import cells as count_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from inspect_cli.files.intake.book import Book
    from inspect_cli.files.intake.headers import Sheet

_MEASURED: Final = 200
"""Rows whose texts settle the widths of the columns."""
_NARROWEST, _WIDEST, _PROBLEMS_WIDTH = 8, 40, 60
_ENOUGH: Final = 20
"""Mistakes that are told for one row."""
_FIRST_DAY: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOrder:
    """What a report is to hold: a file as it was read, its mistakes, and whether only the rows that have some are wanted.

    ``digest`` is the SHA-256 of the bytes in which the mistakes were found.
    """

    source: Path
    digest: str
    sheet: Sheet
    mistakes: tuple[Mistake, ...]
    choices: ReadChoices = DEFAULT
    only_bad: bool = False


@dataclass(frozen=True, slots=True)
class _Styles:
    head: Format
    bad_head: Format
    text: Format
    bad: Format
    problem: Format


def write_report(target: Path, order: ReportOrder, *, overwrite: bool = False) -> int:
    """Write a report and give the number of rows with mistakes in it; what stands there already is not replaced unasked.

    Raises ``UsageMistake`` for a place that cannot take a workbook, ``RefusedError`` where another file stands, ``InputError`` when the
    file is no longer the one that was read.
    """
    if target.suffix.casefold() != ".xlsx":
        raise UsageMistake(
            say("the report is a workbook, and {name} is no name for one", name=target.name),
            hint=say("give --report a name that ends in .xlsx"),
        )
    if target.exists() and target.samefile(order.source):
        raise RefusedError(
            say("the report would take the place of the file itself"), hint=say("give --report another name")
        )
    count, _is_new = write_large_output(target, partial(_write, order), overwrite=overwrite)
    return count


def _write(order: ReportOrder, stream: BinaryIO) -> int:
    with (
        open_book(order.source, order.choices.encoding) as source,
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        _require_same(source, order)
        table = find_table(source, order.sheet, order.choices)
        whole = BytesIO()
        created = datetime.combine(order.choices.today or _FIRST_DAY, time(), UTC).replace(tzinfo=None)
        bounded = {"in_memory": False, "constant_memory": True, "use_zip64": True, "tmpdir": folder}
        book = new_book(whole, _("Problems"), created, **bounded)
        page = _Page(book.add_worksheet(), table, order)
        try:
            try:
                page.write_all(_make_styles(book))
            finally:  # Only this closes the workbook's temporary files.
                book.close()
        except FileCreateError as error:  # The library's wrapping of what the system says.
            raise OSError(*error.args[0].args) from error
        stream.write(whole.getbuffer())
    return page.bad_rows


def _require_same(source: Book, order: ReportOrder) -> None:
    """Refuse (``InputError``) a file that is not the one with the mistakes: they would stand beside the wrong rows."""
    if source.digest != order.digest:
        raise InputError(
            say("the file was changed while it was read; nothing is taken, and no report is written"),
            where=Position(file=source.file),
            hint=say("wait until nobody saves it any more, and import it again"),
        )


class _Page:
    """The one sheet of a report while it is written, row after row."""

    def __init__(self, page: Worksheet, table: Table, order: ReportOrder) -> None:
        self._page = page
        self._table = table
        self._order = order
        self._columns = match_headers(table.header, table.sheet, table.meant)
        header = table.full_header
        self._kept = tuple(n for n, text in enumerate(header) if not is_identity(text) and not is_problems(text))
        self._widths = [_NARROWEST] * len(self._kept)
        self._by_row: dict[int, list[Mistake]] = defaultdict(list)
        for mistake in order.mistakes:
            self._by_row[mistake.where.row or table.header_row].append(mistake)
        self._hidden = frozenset(table.hidden_rows)
        self.bad_rows = 0

    def write_all(self, styles: _Styles) -> None:
        """Write the header, the rows, and what makes a long sheet easy to look through."""
        top = 0 if self._order.only_bad else self._table.header_row - 1
        line = top
        for count, (number, cells) in enumerate(self._rows()):
            line = count if self._order.only_bad else number - 1
            if line >= ROW_LIMIT:
                raise InputError(
                    say("the report would have more than {count} rows", count=ROW_LIMIT),
                    hint=say("take the good rows with --partial, and the report holds the others alone"),
                )
            self._write_row(line, number, cells, styles)
        self._set_columns()
        self._page.freeze_panes(top + 1, 0)
        self._page.autofilter(top, 0, line, len(self._kept))

    def _set_columns(self) -> None:
        for column, (place, width) in enumerate(zip(self._kept, self._widths, strict=True)):
            options = {"hidden": place in self._table.grid.hidden_columns}
            self._page.set_column(column, column, min(width, _WIDEST), None, options)
        self._page.set_column(len(self._kept), len(self._kept), _PROBLEMS_WIDTH)

    def _rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Give the header and the rows below it that are wanted, and in a whole report what stands above and between them."""
        head, only_bad = self._table.header_row, self._order.only_bad
        if only_bad:
            yield head, self._table.full_header
        for number, cells in self._table.grid.rows():
            if number <= head and only_bad:
                continue
            if not only_bad or number in self._by_row:
                yield number, cells

    def _write_row(self, line: int, number: int, cells: Sequence[str], styles: _Styles) -> None:
        mistakes = self._by_row.get(number, ())
        bad = {place for mistake in mistakes for place in self._find_places(mistake)}
        is_head = number == self._table.header_row
        plain, marked = (styles.head, styles.bad_head) if is_head else (styles.text, styles.bad)
        if number in self._hidden:
            self._page.set_row(line, None, None, {"hidden": True})
        cut = []
        for column, place in enumerate(self._kept):
            text = cells[place] if place < len(cells) else ""
            if is_cell_exceeded(text):
                cut.append(self._tell_cut(number, place))
                bad.add(place)
            if text or place in bad:
                self._write_text(line, column, fit_cell(text), marked if place in bad else plain)
        self.bad_rows += bool(mistakes) and not is_head
        self._write_problems(line, (*cut, *mistakes), styles, is_head=is_head)

    def _tell_cut(self, row: int, place: int) -> Mistake:
        """Tell that a text goes out cut: imported again like this it would be another one."""
        where = self._table.position(row, self._columns.header[place] or column_letters(place))
        what = say("only the first {count} characters stand here: a cell of a workbook takes no more", count=CELL_LIMIT)
        return Mistake(what=what, where=where, remedy=say("shorten the text, or correct the original file"))

    def _write_text(self, line: int, column: int, text: str, style: Format) -> None:
        if not text:
            self._page.write_blank(line, column, None, style)
            return
        self._page.write_string(line, column, text, style)
        if line < self._table.header_row + _MEASURED:
            self._widths[column] = max(self._widths[column], count_cells(text[:_WIDEST]) + 2)

    def _write_problems(self, line: int, mistakes: Sequence[Mistake], styles: _Styles, *, is_head: bool) -> None:
        column = len(self._kept)
        if is_head:
            self._page.write_string(line, column, _("Problems"), styles.head)
            if mistakes:
                self._page.write_comment(line, column, _say_all(mistakes), {"x_scale": 3, "y_scale": 2})
        elif mistakes:
            self._page.write_string(line, column, _say_all(mistakes), styles.problem)

    def _find_places(self, mistake: Mistake) -> Iterator[int]:
        """Find the columns of a mistake by the header that it names, the file's own or the field's first."""
        header = mistake.where.column
        if header is None:
            return
        places = [place for place, text in enumerate(self._columns.header) if text == header]
        field = self._table.sheet.find_field(header)
        if not places and field is not None and field in self._columns.places:
            places = [self._columns.places[field]]
        yield from places


def _say_all(mistakes: Sequence[Mistake]) -> str:
    """Say a row's mistakes, one a line, each with its column and what to do."""
    lines = []
    for mistake in mistakes[:_ENOUGH]:
        said = [translate(mistake.what)] + ([translate(mistake.remedy)] if mistake.remedy else [])
        column = [] if mistake.where.column is None else [mistake.where.column]
        lines.append(fit_cell(join_label([*column, join_clauses(said)])))
    if len(mistakes) > _ENOUGH:
        lines.append(_("… and {count} more").format(count=len(mistakes) - _ENOUGH))
    return fit_cell("\n".join(lines))


def _make_styles(book: Workbook) -> _Styles:
    frame: Mapping[str, object] = {"valign": "top", "num_format": "@"}
    head = {**frame, "bold": True, "bg_color": "#E8E8E8", "text_wrap": True}
    wrong = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
    return _Styles(
        book.add_format(head),
        book.add_format({**head, **wrong}),
        book.add_format(dict(frame)),
        book.add_format({**frame, **wrong}),
        book.add_format({**frame, "font_color": "#9C0006", "text_wrap": True}),
    )
