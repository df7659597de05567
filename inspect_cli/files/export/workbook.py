"""An exported table as a workbook (XlsxWriter): every cell a text, never a formula, a link or a number, whatever it looks like.

Columns are formatted as text, so that a code or a day that somebody types stays as it was typed. The same rows give the same bytes: the
file bears no date. What does not live here: the printed month (``files.workbook``).
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from inspect_cli.errors import RefusedError, say
from inspect_cli.widths import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from inspect_cli.files.export.layouts import Column, Layout

ROW_LIMIT: Final = 1_048_576
CELL_LIMIT: Final = 32_767
"""UTF-16 units that a workbook's cell takes."""
_CHOICES_LIMIT: Final = 255
"""Characters of a drop-down list; a longer one cannot be written into a workbook."""
_MESSAGE_LIMIT: Final = 255

_UNDATED: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook's times have no zone, and this one is nobody's
_NO_XML: Final = re.compile("[\ufffe\uffff]")
"""Two code points that XML cannot hold, though they are in nobody's way elsewhere."""
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class _Styles:
    text: Format
    head: Format
    guide: Format


def write_workbook(
    stream: BinaryIO, layout: Layout[Any], heads: Sequence[Sequence[str]], rows: Iterable[Sequence[str]]
) -> None:
    """Write a table below its heads, of which the last is the header and one above it guides whoever fills the sheet in.

    Raises ``RefusedError`` for more rows than a workbook has, or a text that no cell takes.
    """
    with tempfile.TemporaryDirectory() as folder:  # XlsxWriter's own files would stay where it fails.
        book = Workbook(stream, _OPTIONS | {"tmpdir": folder})
        try:
            book.set_properties({"title": layout.title, "created": _UNDATED})
            styles = _Styles(
                book.add_format({"num_format": "@"}),
                book.add_format({"num_format": "@", "bold": True, "bg_color": "#E8E8E8", "border": 1}),
                book.add_format({"num_format": "@", "italic": True, "text_wrap": True, "valign": "top"}),
            )
            page = book.add_worksheet(layout.title)
            _prepare(page, layout.columns, len(heads), styles)
            _write_rows(page, layout.columns, heads, styles)
            _write_body(page, layout.columns, len(heads), rows)
        finally:
            try:
                book.close()
            except FileCreateError as error:  # What the disk refused; it is no OSError of its own.
                raise OSError(str(error)) from error


def _prepare(page: Worksheet, columns: Sequence[Column[Any]], first: int, styles: _Styles) -> None:
    for place, column in enumerate(columns):
        page.set_column(place, place, max(column.kind.width, cells(column.header) + 4), styles.text)
        wish = _find_wish(column, has_guide=first > 1)
        if wish:
            page.data_validation(first, place, ROW_LIMIT - 1, place, wish)
    page.freeze_panes(first, min(2, len(columns)))
    page.autofilter(first - 1, 0, first - 1, len(columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(first - 1)


def _find_wish(column: Column[Any], *, has_guide: bool) -> dict[str, Any]:
    """Say what a cell offers to whoever fills it in: a list to choose from, a line of guidance, or neither."""
    choices = column.kind.choices
    is_listed = bool(choices) and _can_be_listed(choices)
    if not is_listed and not (has_guide and column.guide):
        return {}
    wish: dict[str, Any] = {"validate": "list" if is_listed else "any", "show_error": column.kind.is_closed}
    if is_listed:
        wish["source"] = list(choices)
    if has_guide and column.guide:
        wish["input_message"] = column.guide[:_MESSAGE_LIMIT]
    return wish


def _can_be_listed(choices: Sequence[str]) -> bool:
    """Say whether a list can stand in a workbook: short, and no value with a sign that would part or end it."""
    return len(",".join(choices)) <= _CHOICES_LIMIT and not any(set(choice) & set(',"') for choice in choices)


def _write_rows(
    page: Worksheet, columns: Sequence[Column[Any]], heads: Sequence[Sequence[str]], styles: _Styles
) -> None:
    for number, row in enumerate(heads):
        is_header = number == len(heads) - 1
        if not is_header:
            page.set_row(number, _guide_height(columns, row))
        for place, text in enumerate(row):
            page.write_string(number, place, text, styles.head if is_header else styles.guide)


def _guide_height(columns: Sequence[Column[Any]], row: Sequence[str]) -> int:
    """Give the points that the longest line of guidance needs in its column."""
    widths = [max(column.kind.width, cells(column.header) + 4) for column in columns]
    lines = max(-(-cells(text) // (width - 2)) for text, width in zip(row, widths, strict=True))
    return 15 * max(1, lines)


def _write_body(page: Worksheet, columns: Sequence[Column[Any]], first: int, rows: Iterable[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=first):
        if number >= ROW_LIMIT:
            raise RefusedError(say("a workbook has {limit} rows, and these are more", limit=ROW_LIMIT), hint=_CSV_HINT)
        for place, text in enumerate(row):
            if len(text) > CELL_LIMIT // 2 and _count_units(text) > CELL_LIMIT:
                raise _too_long(columns[place], number, text)
            if text:
                page.write_string(number, place, _NO_XML.sub("\ufffd", text))


def is_kept(text: str) -> bool:
    """Say whether a workbook holds a text as it is."""
    return _NO_XML.search(text) is None


def _count_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _too_long(column: Column[Any], number: int, text: str) -> RefusedError:
    return RefusedError(
        say(
            "row {row}, {column}: a workbook's cell takes {limit} characters, and this text has {count}",
            row=number + 1,
            column=column.header,
            limit=CELL_LIMIT,
            count=_count_units(text),
        ),
        hint=_CSV_HINT,
    )


_CSV_HINT: Final = say("name a file that ends in .csv with -o; it has no such bound")
