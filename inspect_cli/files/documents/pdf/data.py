"""Documents as the data that the program of typst reads: what is said is text in it, never code.

What does not live here: the look of a paper (``templates/typst/paper.typ``) and the compiler (``files.documents.pdf``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, assert_never

from inspect_cli.core.period import ENGLISH_MONTHS
from inspect_cli.core.publish.blocks import Code, Heading, Items, PageBreak, Paragraph, Signatures, Span, Table
from inspect_cli.files.documents.columns import SIZES, Place, find_blank_columns, fit_columns
from inspect_cli.files.documents.glyphs import printed_text
from inspect_cli.files.documents.last_words import LAST_WORDS, count_last, measure_words
from inspect_cli.files.documents.measuring import measure_line
from inspect_cli.files.documents.pdf.pieces import Piece, split_head, split_line
from inspect_cli.files.documents.text import add_colon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.publish.blocks import Block, Document, Line

_MILLIMETRE: Final = 72 / 25.4
_SIZES: Final = {"zh": 15.78, "en": 12.0}
_FORM_SIZE: Final = 10.5
"""Points of the text's type, as in the program of typst."""
_CODE_SIZE, _CODE_EDGE = 12.5, 14.0
"""Points of the type beside which lines of code are set, and of what stands before them."""
_LABEL: Final = 10.5
"""Ems of the widest label before a place to sign."""
_UNTITLED: Final = "—"
_WRITING_ROOM: Final = 8
"""Millimetres of a row that is filled in on paper."""
_CHINESE_DAY: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_ENGLISH_DAY: Final = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+) ([0-9]{4})")


def make_batch(documents: Sequence[Document]) -> dict[str, Any]:
    """Make the data of a batch of at least one document; its title, language and day are those of the first."""
    first = documents[0]
    day = find_day(first.front.date)
    return {
        "title": find_title(first),
        "lang": first.language,
        "date": None if day is None else [day.year, day.month, day.day],
        "papers": [_make_paper(document) for document in documents],
    }


def find_title(document: Document) -> str:
    """Give a document's title in one line."""
    return printed_text(document.title).strip() or _UNTITLED


def find_day(text: str) -> date | None:
    """Read the day of signing as a paper writes it (2026年12月8日, 8 December 2026); ``None`` for anything else."""
    try:
        if match := _CHINESE_DAY.fullmatch(text):
            return date(*map(int, match.groups()))
        if (match := _ENGLISH_DAY.fullmatch(text)) and match[2] in ENGLISH_MONTHS:
            return date(int(match[3]), ENGLISH_MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:  # the thirty-first of February
        return None
    return None


class _Page:
    """What a document's blocks must know of its page: language, widths, whether it is a form, and how deep its headings are."""

    def __init__(self, document: Document) -> None:
        self.language = document.language
        is_on_side = document.front.is_landscape
        self.is_form = document.is_form
        width = (247 if self.is_form else 225) if is_on_side else (160 if self.is_form else 156)
        self.width = width * _MILLIMETRE
        self.line = self.width / (_FORM_SIZE if self.is_form else _SIZES[self.language]) - 0.1
        self.depth = 1

    def split(self, line: Line) -> list[Piece]:
        return split_line(line, self.line, is_cell=False)

    def split_text(self, text: str) -> list[Piece]:
        return self.split((Span(text=text),)) if text else []


def _make_paper(document: Document) -> dict[str, Any]:
    page, front = _Page(document), document.front
    blocks = _part_last_item(document.blocks)
    return {
        "lang": document.language,
        "landscape": front.is_landscape,
        "seal": front.has_seal,
        "form": page.is_form,
        "title": [
            split_line((Span(text=line or _UNTITLED),), page.line * 0.7, is_cell=False) for line in front.title or ("",)
        ],
        "number": page.split_text(front.number),
        "addressee": page.split_text(front.addressee and add_colon(front.addressee, document.language)),
        "signature": page.split_text(front.signature),
        "date": page.split_text(front.date),
        "blocks": [_make_block(block, page) for block in blocks],
        "close": count_last(blocks),
    }


def _make_block(block: Block, page: _Page) -> dict[str, Any]:
    match block:
        case Heading() if not any(span.text for span in block.line):
            return {"kind": "none"}  # a reader of tags could not tell what it heads
        case Heading():
            # A reader of tags hears of no level that skips one; the look is that of the level given.
            page.depth = min(block.level + 1, page.depth + 1)
            return {"kind": "heading", "level": page.depth, "look": block.level, "line": page.split(block.line)}
        case Paragraph():
            return {
                "kind": "paragraph",
                "lines": [page.split(line) for line in block.lines],
                "warning": block.is_warning,
            }
        case Items():
            return {
                "kind": "items",
                "numbered": block.is_numbered,
                "items": [[split_line(line, page.line - 5, is_cell=False) for line in item] for item in block.items],
            }
        case Table():
            return _make_table(block, page)
        case Code():
            return {"kind": "code", "lines": [_split_code(line, page) for line in block.text.split("\n")]}
        case Signatures():
            return _make_signatures(block, page)
        case PageBreak():
            return {"kind": "break"}
        case _:
            assert_never(block)


def _part_last_item(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Part the last item from a list that ends the paper and is too long to go to another page as a whole."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Items) or last.is_numbered or len(last.items) == 1 or measure_words(last) <= LAST_WORDS:
        return blocks
    return (*blocks[:-1], replace(last, items=last.items[:-1]), replace(last, items=last.items[-1:]))


def _make_signatures(block: Signatures, page: _Page) -> dict[str, Any]:
    lines = [(Span(text=label),) for label in block.labels]
    width = min(max(map(measure_line, lines), default=0.0), _LABEL) + 0.3
    labels = [split_line(line, width, is_cell=True) for line in lines]
    return {"kind": "signatures", "size": SIZES[page.language][1], "width": width, "labels": labels}


def _split_code(line: str, page: _Page) -> list[Piece]:
    room = (page.width - _CODE_EDGE) / _CODE_SIZE
    return split_line((Span(text=line, is_code=True),), room, is_cell=False) if line else []


def _make_table(table: Table, page: _Page) -> dict[str, Any]:
    fitting = fit_columns(table, Place(room=page.width, language=page.language, is_form=page.is_form))

    def split(row: Sequence[Line]) -> list[list[Piece]]:
        return [split_line(line, width, is_cell=True) for line, width in zip(row, fitting.widths, strict=True)]

    heads = [split_head(column.head, width) for column, width in zip(table.columns, fitting.widths, strict=True)]
    return {
        "kind": "table",
        "size": fitting.size,
        "inset": fitting.inset,
        "widths": [round(width, 2) for width in fitting.scale_widths(page.width)],
        "aligns": [column.align.value for column in table.columns],
        "head": heads if table.has_head else None,
        "rows": [split(row) for row in table.rows],
        "long-head": fitting.has_long_head,
        "long": fitting.long_rows,
        "whole": fitting.is_short,
        "room": _WRITING_ROOM if page.is_form and any(find_blank_columns(table)) else 0,
    }
