"""The tables of documents for programs and spreadsheets: CSV, XLSX and JSON. Every cell is a text, never a formula, a link or a number.

A table is named by the heading and the line of text that stand before it. The same documents give the same bytes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import Heading, Paragraph, Table, plain_text
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.plain_book import new_book
from inspect_cli.files.safe_csv import write_csv
from inspect_cli.files.spreadsheet import fit_cell
from inspect_cli.widths import cells, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.worksheet import Worksheet

    from inspect_cli.core.publish.blocks import Document

_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']|[\ufffe\uffff]")
_NAME_LIMIT: Final = 31
_CAPTION_LIMIT: Final = 60
"""Cells of the longest line that names the table after it; a longer one, or a sentence, says something else."""
_SENTENCE: Final = ("。", ".")

_WIDEST, _NARROWEST = 40, 8
_LINE: Final = 15
"""Points of a line of text."""
_MOST_LINES: Final = 27
"""A row is at most 409 points high."""
_A4: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTable:
    """A table of a document: the heading over it, the line right before it (empty for none), its header and its rows."""

    heading: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def find_tables(document: Document) -> tuple[NamedTable, ...]:
    """Find a document's tables in its order."""
    return tuple(_walk(document))


def render_csv(documents: Sequence[Document]) -> bytes:
    """Render all tables as one CSV file: UTF-8 with a mark, no cell a formula.

    Where there are several, a line with its name stands before each, and an empty line between two. ``UsageMistake`` where there is
    none, as in ``render_xlsx``.
    """
    tables = _require_tables(documents)
    rows: list[Sequence[str]] = []
    for table in tables:
        if len(tables) > 1:
            rows += [()] if rows else []
            rows.append((" ".join(filter(None, (table.heading, table.caption))),))
        rows += [table.columns, *table.rows]
    stream = BytesIO()
    write_csv(stream, (), rows)
    return stream.getvalue()


def render_xlsx(documents: Sequence[Document]) -> bytes:
    """Render each table as a sheet of a workbook, its header in the first row, all cells texts."""
    tables = _require_tables(documents)
    stream = BytesIO()
    book = new_book(stream, fit_cell(documents[0].title)[:255])
    frame = {"border": 1, "valign": "top", "text_wrap": True}
    text = book.add_format(frame)
    head = book.add_format(frame | {"bold": True, "bg_color": "#E8E8E8", "valign": "vcenter"})
    for name, table in zip(_name_sheets(tables), tables, strict=True):
        page = book.add_worksheet(name)
        for number, row in enumerate((table.columns, *table.rows)):
            for column, value in enumerate(row):
                page.write_string(number, column, fit_cell(value), text if number else head)
        _lay_out(page, table)
    book.close()
    return stream.getvalue()


def render_json(documents: Sequence[Document]) -> bytes:
    """Render what stands at the head and the end of each document and its tables as JSON (UTF-8); its keys are in docs/notices.md."""
    found = [
        {
            "language": document.language,
            "title": document.front.title,
            "number": document.front.number,
            "addressee": document.front.addressee,
            "signature": document.front.signature,
            "date": document.front.date,
            "tables": [
                {"heading": table.heading, "caption": table.caption, "columns": table.columns, "rows": table.rows}
                for table in find_tables(document)
            ],
        }
        for document in documents
    ]
    return (json.dumps({"documents": found}, ensure_ascii=False, indent=1) + "\n").encode()


def _walk(document: Document) -> Iterator[NamedTable]:
    heading = caption = ""
    for block in document.blocks:
        match block:
            case Heading():
                heading, caption = plain_text(block.line), ""
            case Paragraph(lines=(line,)):
                caption = _read_caption(plain_text(line))
            case Table():
                yield NamedTable(
                    heading=heading,
                    caption=caption,
                    columns=tuple(plain_text(column.head) for column in block.columns),
                    rows=tuple(tuple(map(plain_text, row)) for row in block.rows),
                )
                caption = ""
            case _:
                caption = ""


def _read_caption(text: str) -> str:
    return "" if cells(text) > _CAPTION_LIMIT or text.endswith(_SENTENCE) else text


def _require_tables(documents: Sequence[Document]) -> tuple[NamedTable, ...]:
    tables = tuple(table for document in documents for table in find_tables(document))
    if not tables:
        raise UsageMistake(
            say("there is no table in this paper"), hint=say("take a format for texts, such as --format html")
        )
    return tables


def _name_sheets(tables: Sequence[NamedTable]) -> Iterator[str]:
    """Name each sheet by its heading: what a sheet's name cannot hold is a blank, and none comes twice, whatever its capitals."""
    taken = {"history"}  # which Excel keeps for itself
    for number, table in enumerate(tables, start=1):
        name = _NOT_IN_NAMES.sub(" ", table.heading).strip() or str(number)
        candidate, again = _cut_units(name, _NAME_LIMIT), 1
        while candidate.casefold() in taken:
            again += 1
            mark = f" ({again})"
            candidate = _cut_units(name, _NAME_LIMIT - len(mark)) + mark
        taken.add(candidate.casefold())
        yield candidate


def _cut_units(text: str, limit: int) -> str:
    """Cut a text to so many UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore").strip()


def _lay_out(page: Worksheet, table: NamedTable) -> None:
    """Make columns as wide and rows as high as their texts, and the sheet ready for printing."""
    rows = (table.columns, *table.rows)
    widest = (max(cells(row[number][:_WIDEST]) for row in rows) for number in range(len(table.columns)))
    widths = [min(_WIDEST, max(_NARROWEST, width + 2)) for width in widest]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for number, row in enumerate(rows):
        lines = max(_count_lines(text, width - 1) for text, width in zip(row, widths, strict=True))
        page.set_row(number, _LINE * min(_MOST_LINES, lines))
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)  # as many pages as it takes, each as wide as the sheet
    page.repeat_rows(0)


def _count_lines(text: str, width: int) -> int:
    """Count the lines of a cell, at least one: not every program makes a row as high as what it wraps."""
    return len(wrap(text[: width * _MOST_LINES], width)) or 1
