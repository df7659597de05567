"""An exported table as a workbook: every cell a text, never a formula, a link or a number, whatever it looks like.

XlsxWriter makes the workbook with its header, and the rows are put into its sheet one by one: faster than cell by cell, in memory that
does not grow with them. Columns are formatted as text, so that a code or a day that somebody types stays as it was typed. The same rows
give the same bytes: the file bears no date. What does not live here: the printed month (``files.workbook``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.utility import xl_col_to_name

from inspect_cli.errors import RefusedError, say
from inspect_cli.files.plain_book import UNDATED, new_book
from inspect_cli.files.spreadsheet import CELL_LIMIT, NO_XML, ROW_LIMIT, count_units, is_cell_exceeded
from inspect_cli.widths import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from inspect_cli.files.export.layouts import Column, Layout

_CHOICES_LIMIT: Final = 255
"""Characters of a drop-down list; a longer one cannot be written into a workbook."""
_MESSAGE_LIMIT: Final = 255

_AS_TEXT: Final = 49
"""The number format under which a spreadsheet keeps what is typed as it is typed."""
_SHEET: Final = "xl/worksheets/sheet1.xml"
_ROWS_END: Final = "</sheetData>"
_DIMENSION: Final = re.compile(r"<dimension [^>]*/>")
_COLUMN_STYLE: Final = re.compile(r'<col [^>]*style="([0-9]+)"')

_UNUSUAL: Final = re.compile("[&<>_\x00-\x1f\ufffe\uffff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f]")
_LIKE_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""ECMA-376 writes a control character as ``_x000D_``, and so an underscore before what looks like that as ``_x005F_``."""


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
    with ZipFile(_make_empty(layout, heads)) as empty, ZipFile(stream, "w", ZIP_DEFLATED) as book:
        for part in empty.infolist():
            place = ZipInfo(part.filename, UNDATED.timetuple()[:6])
            place.compress_type = ZIP_DEFLATED
            if part.filename != _SHEET:
                book.writestr(place, empty.read(part))
                continue
            sheet = _DIMENSION.sub(
                "", empty.read(part).decode(), count=1
            )  # It says how many rows there are: none is wrong.
            before, end, after = sheet.partition(_ROWS_END)
            with book.open(place, "w", force_zip64=True) as opened:
                opened.write(before.encode())
                for row in _render_rows(layout.columns, len(heads), rows, _find_style(sheet)):
                    opened.write(row.encode())
                opened.write((end + after).encode())


def _make_empty(layout: Layout[Any], heads: Sequence[Sequence[str]]) -> BytesIO:
    """Make the workbook without its rows."""
    stream = BytesIO()
    book = new_book(stream, layout.title)
    styles = _Styles(
        book.add_format({"num_format": _AS_TEXT}),
        book.add_format({"num_format": _AS_TEXT, "bold": True, "bg_color": "#E8E8E8", "border": 1}),
        book.add_format({"num_format": _AS_TEXT, "italic": True, "text_wrap": True, "valign": "top"}),
    )
    page = book.add_worksheet(layout.title)
    _prepare(page, layout.columns, len(heads), styles)
    _write_heads(page, layout.columns, heads, styles)
    book.close()
    stream.seek(0)
    return stream


def _find_style(sheet: str) -> str:
    """Find the number of the style that the columns have."""
    found = _COLUMN_STYLE.search(sheet)
    return "0" if found is None else found[1]


def _prepare(page: Worksheet, columns: Sequence[Column[Any]], first: int, styles: _Styles) -> None:
    for place, column in enumerate(columns):
        page.set_column(place, place, max(column.kind.width, cells(column.header) + 4), styles.text)
        wish = _find_wish(column, has_guide=first > 1)
        if wish:
            page.data_validation(first, place, ROW_LIMIT - 1, place, wish)
    page.freeze_panes(first, min(2, len(columns)))
    page.autofilter(first - 1, 0, ROW_LIMIT - 1, len(columns) - 1)
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


def _write_heads(
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


def _render_rows(
    columns: Sequence[Column[Any]], first: int, rows: Iterable[Sequence[str]], style: str
) -> Iterator[str]:
    """Render the rows of a sheet, numbered from 1; an empty cell is none."""
    letters = [xl_col_to_name(place) for place in range(len(columns))]
    for number, row in enumerate(rows, start=first + 1):
        if number > ROW_LIMIT:
            raise RefusedError(say("a workbook has {limit} rows, and these are more", limit=ROW_LIMIT), hint=_CSV_HINT)
        parts = [f'<row r="{number}">']
        for place, text in enumerate(row):
            if is_cell_exceeded(text):
                raise _too_long(columns[place], number, text)
            if text:
                shown = _escape(text) if _UNUSUAL.search(text) else text
                space = ' xml:space="preserve"' if text != text.strip() else ""
                parts.append(
                    f'<c r="{letters[place]}{number}" s="{style}" t="inlineStr"><is><t{space}>{shown}</t></is></c>'
                )
        parts.append("</row>")
        yield "".join(parts)


def _escape(text: str) -> str:
    """Write a text as XML holds it, and what it cannot hold as ECMA-376 has it."""
    shown = _LIKE_ESCAPE.sub("_x005F_", text)
    shown = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", shown)
    return NO_XML.sub("\ufffd", shown).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_kept(text: str) -> bool:
    """Say whether a workbook holds a text as it is."""
    return NO_XML.search(text) is None


def _too_long(column: Column[Any], number: int, text: str) -> RefusedError:
    return RefusedError(
        say(
            "row {row}, {column}: a workbook's cell takes {limit} characters, and this text has {count}",
            row=number,
            column=column.header,
            limit=CELL_LIMIT,
            count=count_units(text),
        ),
        hint=_CSV_HINT,
    )


_CSV_HINT: Final = say("name a file that ends in .csv with -o; it has no such bound")
