"""Papers as a workbook, a worksheet each: all that a paper says in its order, every cell a text. The same papers give the same bytes.

What does not live here: the tables of a notice alone, for programs (``tables``), and sheets to fill in (``files.visit_sheets``).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import Code, Heading, Items, Paragraph, Signatures, Table, plain_text
from inspect_cli.files.plain_book import new_book
from inspect_cli.files.spreadsheet import fit_cell
from inspect_cli.widths import cells, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from inspect_cli.core.publish.blocks import Block, Document

_WIDEST, _NARROWEST = 40, 8
_LINE: Final = 16
_HIGHEST: Final = 25
_MEASURED: Final = 2_000
"""Characters of a text whose lines are counted."""
_A4: Final = 9


def render_paper_book(documents: Sequence[Document], names: Sequence[str]) -> bytes:
    """Render papers as a workbook; ``names`` are those of its worksheets, no two alike."""
    stream = BytesIO()
    book = new_book(stream, fit_cell(documents[0].title)[:255])
    frame = {"border": 1, "valign": "vcenter", "text_wrap": True}
    styles = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "words": book.add_format({"valign": "vcenter"}),
        "warning": book.add_format({"bold": True}),
        "head": book.add_format(frame | {"bold": True, "bg_color": "#E8E8E8"}),
        "cell": book.add_format(frame),
    }
    for document, name in zip(documents, names, strict=True):
        _write_paper(book.add_worksheet(name), document, styles)
    book.close()
    return stream.getvalue()


def _write_paper(page: Worksheet, document: Document, styles: dict[str, Format]) -> None:
    row = 0
    for text, style in _list_words(document):
        page.write_string(row, 0, fit_cell(text), styles[style])
        page.set_row(row, 2 * _LINE if style == "title" else _LINE)
        row += 1
    tables = [block for block in document.blocks if isinstance(block, Table)]
    lines = [line for table in tables for line in _list_rows(table)]
    count = max(map(len, lines), default=1)
    widest = [max((cells(line[at][:_MEASURED]) for line in lines if at < len(line)), default=0) for at in range(count)]
    widths = [min(_WIDEST, max(_NARROWEST, width + 2)) for width in widest]
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    for table in tables:
        row += 1
        for number, texts in enumerate(_list_rows(table)):
            frame = styles["head" if number == 0 and table.has_head else "cell"]
            for at, text in enumerate(texts):
                page.write_string(row, at, fit_cell(text), frame)
            high = max(len(wrap(text[:_MEASURED], width - 1)) or 1 for text, width in zip(texts, widths, strict=False))
            page.set_row(row, _LINE * min(_HIGHEST, high))
            row += 1
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)


def _list_words(document: Document) -> Iterator[tuple[str, str]]:
    """List the lines of a paper beside its tables, each with its style: they stand above them."""
    yield from ((text, "title") for text in document.front.title)
    if document.front.number:
        yield document.front.number, "words"
    for block in document.blocks:
        style = "warning" if isinstance(block, Heading) or getattr(block, "is_warning", False) else "words"
        yield from ((text, style) for text in _list_lines(block))


def _list_lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield plain_text(block.line)
        case Paragraph():
            yield from map(plain_text, block.lines)
        case Items():
            yield from ("".join(map(plain_text, item)) for item in block.items)
        case Code():
            yield from block.text.split("\n")
        case Signatures():
            yield from block.labels
        case _:  # a table stands beneath, and a new page is none here
            return


def _list_rows(table: Table) -> list[tuple[str, ...]]:
    """List a table's rows as texts, its head first where it has one."""
    head = [tuple(column.head for column in table.columns)] if table.has_head else []
    return [tuple(map(plain_text, row)) for row in (*head, *table.rows)]
