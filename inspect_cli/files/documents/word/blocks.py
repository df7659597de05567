"""A document's blocks as the paragraphs and tables of a Word file.

Markers of lists and numbers are text, as in every official paper: whoever cites 第3项 cites what the paper says, wherever it is pasted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from inspect_cli.core.publish.blocks import Code, Heading, Items, PageBreak, Paragraph, Signatures, Table
from inspect_cli.files.documents.last_words import count_last
from inspect_cli.files.documents.word.looks import HEADINGS, Role
from inspect_cli.files.documents.word.markup import render_line, render_paragraph, render_run, tag
from inspect_cli.files.documents.word.tables import render_signatures, render_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspect_cli.core.publish.blocks import Block, Line
    from inspect_cli.files.documents.word.looks import Look
    from inspect_cli.files.documents.word.markup import Properties

_BULLET: Final = "•"
_BREAK: Final = tag("r", tag("br"))
_TAB: Final = tag("r", tag("tab"))
_GAP: Final = {
    "snapToGrid": tag("snapToGrid", val=0),
    "spacing": tag("spacing", before=0, after=0, line=20, lineRule="exact"),
    "rPr": tag("rPr", tag("sz", val=2)),
}
"""A paragraph without height, where Word wants one: behind a table."""
_BETWEEN: Final = tag("spacing", before=0, after=0, line=120, lineRule="exact")
"""The height of the one that keeps two tables apart."""
_FRAME: Final = tag(
    "pBdr", "".join(tag(side, val="single", sz=8, space=4, color="auto") for side in ("top", "left", "bottom", "right"))
)
"""The frame of a warning; its lines stand in one frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A paragraph: its properties, and its runs as markup."""

    properties: Properties
    runs: str

    def having(self, name: str, markup: str) -> Words:
        """Return the paragraph with one property more."""
        return replace(self, properties={**self.properties, name: markup})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A table as markup."""

    markup: str


class NewPage:
    """What follows begins on a new page."""


Piece: TypeAlias = Words | Cells | NewPage


def make_gap() -> Words:
    """Make a paragraph that takes no room."""
    return Words(properties=_GAP, runs="")


def lay_out(blocks: Sequence[Block], look: Look, *, keeps_last: bool = False) -> Iterator[Piece]:
    """Give the pieces of a document's blocks in their order.

    What stands before places to sign is kept on their page; ``keeps_last``: so are the last words of all with what follows them.
    """
    last = len(blocks) - count_last(blocks) if keeps_last else len(blocks)
    for place, block in enumerate(blocks):
        is_last = place == len(blocks) - 1
        keeps_next = keeps_last if is_last else isinstance(blocks[place + 1], Signatures)
        pieces = list(_lay_out_block(block, look, keeps_next=keeps_next))
        kept = pieces if place >= last else pieces[-1:] if keeps_next else []
        yield from pieces[: len(pieces) - len(kept)]
        yield from (piece.having("keepNext", tag("keepNext")) if isinstance(piece, Words) else piece for piece in kept)


def _lay_out_block(block: Block, look: Look, *, keeps_next: bool) -> Iterator[Piece]:
    match block:
        case Heading():
            role = HEADINGS[min(block.level, len(HEADINGS)) - 1]
            yield _lay_out_line(block.line, role, look)
        case Paragraph():
            for line in block.lines:
                words = _lay_out_line(line, Role.TEXT, look)
                yield words.having("pBdr", _FRAME) if block.is_warning else words
        case Items():
            for number, lines in enumerate(block.items, start=1):
                yield _lay_out_item(f"{number}." if block.is_numbered else _BULLET, lines, look)
        case Table():
            yield Cells(markup=render_table(block, look, keeps_next=keeps_next))
        case Code():
            run = look.runs[Role.CODE]
            typed = (render_run(line, run, "en") for line in block.text.splitlines())
            yield Words(properties=look.paragraphs[Role.CODE], runs=_BREAK.join(typed))
        case Signatures():
            yield Cells(markup=render_signatures(block, look))
        case PageBreak():
            yield NewPage()
        case _:
            assert_never(block)


def _lay_out_line(line: Line, role: Role, look: Look) -> Words:
    return Words(properties=look.paragraphs[role], runs=render_line(line, look.runs[role], look.language))


def _lay_out_item(marker: str, lines: Sequence[Line], look: Look) -> Words:
    run = look.runs[Role.ITEM]
    text = _BREAK.join(render_line(line, run, look.language) for line in lines)
    return Words(properties=look.paragraphs[Role.ITEM], runs=render_run(marker, run, look.language) + _TAB + text)


def render_pieces(pieces: Iterable[Piece], last: str = "") -> str:
    """Return the pieces as markup that ends with a paragraph, which carries ``last``: its section's properties, if any."""
    settled: list[Words | Cells] = []
    is_new_page = False
    for piece in pieces:
        if isinstance(piece, NewPage):
            is_new_page = bool(settled)
            continue
        if isinstance(piece, Cells) and (is_new_page or (settled and isinstance(settled[-1], Cells))):
            settled.append(_begin_page(make_gap()) if is_new_page else make_gap().having("spacing", _BETWEEN))
        settled.append(_begin_page(piece) if is_new_page and isinstance(piece, Words) else piece)
        is_new_page = False
    if not settled or isinstance(settled[-1], Cells):
        settled.append(make_gap())
    end = settled[-1]
    if last and isinstance(end, Words):
        settled[-1] = end.having("sectPr", last)
    return "".join(_render_piece(piece) for piece in settled)


def _begin_page(words: Words) -> Words:
    return words.having("pageBreakBefore", tag("pageBreakBefore"))


def _render_piece(piece: Words | Cells) -> str:
    return piece.markup if isinstance(piece, Cells) else render_paragraph(piece.properties, piece.runs)
