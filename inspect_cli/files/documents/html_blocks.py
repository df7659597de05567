"""A document's blocks as HTML: the same elements for a page of ours and for a fragment that goes into somebody else's page.

A page marks elements with classes, for its style sheet; a fragment has neither, and says with the attributes that HTML itself has what it
cannot do without. All text is escaped here, and nothing but text, these elements and these attributes is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.core.publish.blocks import (
    Align,
    Block,
    Code,
    Column,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
    plain_text,
)
from inspect_cli.files.documents.columns import ROOM_LIMIT
from inspect_cli.files.documents.text import add_colon
from inspect_cli.widths import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inspect_cli.core.publish.blocks import Document, Front, Line, Span

LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
_SHORT: Final = 18
"""Cells of the longest field that is kept on one line: a unified social credit code."""
_SHORT_HEAD: Final = 8
"""Cells of a head that is kept on one line."""
_PLACE: Final = "_" * 20
_CHARACTER: Final = 16
"""Pixels of a character of room in a page that is not ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """How a document is dressed: ``level`` of its title among the headings, and the attributes that stand for a mark.

    Without ``attributes`` a mark is a class. ``names_language``: no page around it has named the language.
    """

    level: int
    names_language: bool = False
    attributes: Mapping[str, str] | None = None

    def mark(self, *names: str) -> str:
        """Write the attributes of an element that is marked so; nothing for marks without any."""
        if self.attributes is None:
            return f' class="{" ".join(names)}"' if names else ""
        return "".join(f" {self.attributes[name]}" for name in names if name in self.attributes)


PAGE: Final = Dress(level=1)
FRAGMENT: Final = Dress(
    level=2,
    names_language=True,
    attributes={
        "title": 'align="center"',
        "number": 'align="center"',
        "center": 'align="center"',
        "right": 'align="right"',
        "signing": 'align="right"',
        "grid": 'border="1" cellpadding="4" cellspacing="0"',
    },
)


def render_paper(document: Document, dress: Dress) -> str:
    """Render a document as an article, each element on lines of its own."""
    front, mark = document.front, dress.mark
    language = f' lang="{LANGUAGES[document.language]}"' if dress.names_language else ""
    parts = [
        f"<article{language}{mark('wide') if front.is_landscape else ''}>",
        *_render_head(front, document.language, dress),
    ]
    for block in document.blocks:
        parts += _render_block(block, document.language, dress)
    if front.signature or front.date:
        seal = ("seal",) if front.has_seal else ()
        lines = "<br>\n".join(escape(text, quote=False) for text in (front.signature, front.date) if text)
        parts.append(f"<div{mark('signing', *seal)}>\n<p>{lines}</p>\n</div>")
    return "\n".join((*parts, "</article>\n"))


def _render_head(front: Front, language: str, dress: Dress) -> Iterator[str]:
    title = "<br>\n".join(escape(text, quote=False) for text in front.title)
    yield "<header>"
    yield f"<h{dress.level}{dress.mark('title')}>{title}</h{dress.level}>"
    if front.number:
        yield f"<p{dress.mark('number')}>{escape(front.number, quote=False)}</p>"
    yield "</header>"
    if front.addressee:
        yield f"<p{dress.mark('addressee')}>{escape(add_colon(front.addressee, language), quote=False)}</p>"


def _render_block(block: Block, language: str, dress: Dress) -> Iterator[str]:
    match block:
        case Heading():
            level = dress.level + block.level
            yield f"<h{level}>{_render_line(block.line)}</h{level}>"
        case Paragraph():
            text = f"<p>{_render_lines(block.lines)}</p>"
            yield f"<blockquote>\n{text}\n</blockquote>" if block.is_warning else text
        case Items():
            tag = "ol" if block.is_numbered else "ul"
            yield f"<{tag}>"
            yield from (f"<li>{_render_lines(lines)}</li>" for lines in block.items)
            yield f"</{tag}>"
        case Table():
            yield from _render_table(block, dress)
        case Code():
            yield f"<pre><code>{escape(block.text, quote=False)}\n</code></pre>"
        case Signatures():
            labels = (escape(add_colon(label, language), quote=False) for label in block.labels)
            places = (f"<p>{label} {_PLACE}</p>" for label in labels)
            yield "\n".join((f"<div{dress.mark('places')}>", *places, "</div>"))
        case PageBreak():
            yield "<hr>"
        case _:
            assert_never(block)


def _render_table(table: Table, dress: Dress) -> Iterator[str]:
    """Render a table in a box of its own, in which a wide one scrolls on a narrow screen."""
    yield f"<div{dress.mark('table')}>"
    yield f"<table{dress.mark('grid')}>"
    if table.has_head:
        heads = "".join(_render_head_cell(column, dress) for column in table.columns)
        yield f"<thead>\n<tr>{heads}</tr>\n</thead>"
    yield "<tbody>"
    aligns = [column.align for column in table.columns]
    for row in table.rows:
        yield f"<tr>{''.join(_render_cell(cell, align, dress) for cell, align in zip(row, aligns, strict=True))}</tr>"
    yield "</tbody>\n</table>\n</div>"


def _render_head_cell(column: Column, dress: Dress) -> str:
    """Render the head of a column, with the room that it asks for to be written in."""
    marks = ["short"] if cells(plain_text(column.head)) <= _SHORT_HEAD else []
    if column.room and dress.attributes is None:
        marks.append(name_room(column))
    room = f' width="{min(column.room, ROOM_LIMIT) * _CHARACTER}"' if column.room and dress.attributes else ""
    return f'<th scope="col"{dress.mark(*marks)}{room}>{_render_line(column.head)}</th>'


def name_room(column: Column) -> str:
    """Name the class of a column that asks for room."""
    return f"room-{min(column.room, ROOM_LIMIT)}"


def render_rooms(documents: Iterable[Document]) -> str:
    """Render the rules of a style sheet that give columns the room they ask for."""
    tables = (block for document in documents for block in document.blocks if isinstance(block, Table))
    rooms = {name_room(column): column for table in tables for column in table.columns if column.room}
    return "".join(
        f"th.{name} {{ min-width: {min(column.room, ROOM_LIMIT)}em; }}\n" for name, column in sorted(rooms.items())
    )


def _render_cell(line: Line, align: Align, dress: Dress) -> str:
    """Render a cell; a short one is kept on one line, for Chinese may be broken between any two characters, dates and codes too."""
    marks = [] if align is Align.LEFT else [align.value]
    if cells(plain_text(line)) <= _SHORT:
        marks.append("short")
    return f"<td{dress.mark(*marks)}>{_render_line(line)}</td>"


def _render_lines(lines: Sequence[Line]) -> str:
    return "<br>\n".join(map(_render_line, lines))


def _render_line(line: Iterable[Span]) -> str:
    return "".join(map(_render_span, line))


def _render_span(span: Span) -> str:
    text = escape(span.text, quote=False)
    if span.is_code:
        text = f"<code>{text}</code>"
    return f"<strong>{text}</strong>" if span.is_strong else text
