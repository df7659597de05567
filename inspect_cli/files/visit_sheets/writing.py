"""Visit sheets as a workbook: every cell a text, never a formula, a number or a link; what says which visit it is cannot be typed over.

The same sheets give the same bytes: the file bears no date. What does not live here: what stands where (``layout``).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_col_to_name

from inspect_cli.core.visit.sheet import LAYOUT
from inspect_cli.errors import Term
from inspect_cli.files.plain_book import new_book
from inspect_cli.files.spreadsheet import fit_cell
from inspect_cli.files.visit_sheets.layout import (
    CHOICES,
    COLUMNS,
    FACTS,
    FIRST_INPUT,
    LISTS,
    TITLE,
    VALUE,
    find_columns,
    find_facts,
    find_header,
)
from inspect_cli.widths import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from inspect_cli.files.visit_sheets.layout import SheetText

_AS_TEXT: Final = 49
"""The number format under which a spreadsheet keeps what is typed as it is typed."""
_WIDTHS: Final = {
    "key": 20,
    "domain": 9,
    "matter": 40,
    "result": 26,
    "method": 13,
    "finding": 32,
    "follow_up": 16,
    "until": 12,
}
_PROBLEMS_WIDTH: Final = 50
_LINE: Final = 16
_HIGHEST: Final = 26
"""Lines of the highest row."""
_MEASURED: Final = 2_000
"""Characters of a text whose lines are counted."""
_LISTS: Final = Term(zh="选项", en="choices")
_PROBLEMS: Final = Term(zh="问题", en="Problems")
_MAY: Final = {"format_rows": True, "format_columns": True, "select_locked_cells": True}
"""What a protected sheet still lets everybody do; there is no password."""


@dataclass(frozen=True, slots=True)
class _Styles:
    title: Format
    plain: Format
    locked: Format
    head: Format
    guide: Format
    entry: Format
    problem: Format


def render_sheets(sheets: Sequence[SheetText], language: str) -> bytes:
    """Render sheets with names of their own as one workbook, to be filled in in ``zh`` or ``en``."""
    stream = BytesIO()
    book = new_book(stream, TITLE.in_language(language))
    styles = _make_styles(book)
    lists = _LISTS.in_language(language)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, styles, (lists, language))
    _write_lists(book.add_worksheet(lists), language)
    book.close()
    return stream.getvalue()


def _make_styles(book: Workbook) -> _Styles:
    text = {"num_format": _AS_TEXT, "valign": "top", "text_wrap": True}
    grey = text | {"border": 1, "bg_color": "#E8E8E8"}
    return _Styles(
        title=book.add_format({"num_format": _AS_TEXT, "bold": True, "font_size": 14}),
        plain=book.add_format({"num_format": _AS_TEXT, "valign": "top"}),
        locked=book.add_format(grey),
        head=book.add_format(grey | {"bold": True, "valign": "vcenter"}),
        guide=book.add_format(text | {"italic": True}),
        entry=book.add_format(text | {"border": 1, "locked": False}),
        problem=book.add_format(text | {"font_color": "#C00000"}),
    )


def _write_sheet(page: Worksheet, sheet: SheetText, styles: _Styles, lists: tuple[str, str]) -> None:
    header = find_header(sheet.rows)
    if header is None:  # not one of ours: it goes back as it came
        for row, cells in enumerate(sheet.rows):
            for column, text in enumerate(cells):
                _write(page, (row, column), text, styles.plain)
    else:
        _write_ours(page, sheet, styles, header)
        _offer(page, (header + 1, len(sheet.rows) - 1), find_columns(sheet.rows[header]), lists)
        page.protect("", _MAY)
    _write_problems(page, sheet, styles, lists[1])
    for place, field in enumerate(COLUMNS):
        page.set_column(place, place, _WIDTHS[field])
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _write_ours(page: Worksheet, sheet: SheetText, styles: _Styles, header: int) -> None:
    """Write a visit's sheet: what tells which visit it is in grey, what is filled in in white."""
    facts = find_facts(sheet.rows[:header])
    values = {place: field for field, place in facts.items()}
    columns = find_columns(sheet.rows[header])
    entries = {columns[field] for field in tuple(COLUMNS)[FIRST_INPUT:] if field in columns}
    for row, cells in enumerate(sheet.rows):
        if row in values:
            style = styles.entry if values[row] == tuple(FACTS)[-1] else styles.locked
            _write(page, (row, 0), cells[0], styles.plain)
            text = cells[VALUE] if len(cells) > VALUE else ""
            _write(page, (row, VALUE), text, style)
            page.set_row(row, _LINE * min(_HIGHEST, len(wrap(text[:_MEASURED], _WIDTHS["matter"] - 2))))
        elif row < header:
            _write(page, (row, 0), cells[0] if cells else "", styles.title if row == 0 else styles.guide)
            if row > 0 and cells:
                page.merge_range(row, 0, row, len(COLUMNS) - 1, cells[0], styles.guide)
                page.set_row(row, _LINE * len(wrap(cells[0], sum(_WIDTHS.values()) - 4)))
        elif row == header:
            for column, text in enumerate(cells):
                _write(page, (row, column), text, styles.head)
        else:
            for column in range(max(len(cells), *entries, 0) + 1 if entries else len(cells)):
                text = cells[column] if column < len(cells) else ""
                _write(page, (row, column), text, styles.entry if column in entries else styles.locked)
            page.set_row(row, _LINE * _count_lines(cells))
    page.freeze_panes(header + 1, 0)


def _write(page: Worksheet, place: tuple[int, int], text: str, style: Format) -> None:
    if text:
        page.write_string(*place, fit_cell(text), style)
    else:
        page.write_blank(*place, None, style)


def _count_lines(cells: Sequence[str]) -> int:
    """Count the lines of a row's longest text, two at least so that there is room to write."""
    lines = (len(wrap(text[:_MEASURED], width - 2)) for text, width in zip(cells, _WIDTHS.values(), strict=False))
    return min(_HIGHEST, max(2, *lines, 2))


def _offer(page: Worksheet, rows: tuple[int, int], columns: dict[str, int], lists: tuple[str, str]) -> None:
    """Let cells be chosen of a list; what is typed beside it is taken as well, and judged when the sheet comes back."""
    name, language = lists
    for place, choice in enumerate(LISTS):
        if choice.column in columns and rows[0] <= rows[1]:
            letter = xl_col_to_name(place, col_abs=True)
            source = f"='{name}'!{letter}$2:{letter}${len(choice.words) + 1}"
            column = columns[choice.column]
            title = COLUMNS[choice.column].in_language(language)
            wish = {"validate": "list", "source": source, "show_error": False, "input_title": title}
            page.data_validation(rows[0], column, rows[1], column, wish)


def _write_lists(page: Worksheet, language: str) -> None:
    for place, choice in enumerate(LISTS):
        page.write_string(0, place, CHOICES if place == 0 else LAYOUT)
        for row, word in enumerate(choice.words, start=1):
            page.write_string(row, place, word.in_language(language))
    page.protect("")
    page.hide()


def _write_problems(page: Worksheet, sheet: SheetText, styles: _Styles, language: str) -> None:
    """Write what is wrong beside its row, behind the last column."""
    if not sheet.problems:
        return
    place = max((len(cells) for cells in sheet.rows), default=0)
    place = max(place, len(COLUMNS))
    header = find_header(sheet.rows)
    page.write_string(0 if header is None else header, place, _PROBLEMS.in_language(language), styles.problem)
    by_row: dict[int, list[str]] = {}
    for row, text in sheet.problems:
        by_row.setdefault(row - 1, []).append(text)
    for row, texts in by_row.items():
        page.write_string(row, place + (row == header), fit_cell("\n".join(texts)), styles.problem)
    page.set_column(place, place + 1, _PROBLEMS_WIDTH)
