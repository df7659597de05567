"""Documents → one Word file in the layout of official papers (GB/T 9704-2012): a section a document, each with page numbers from 1.

The faces are the official ones by their names; the file carries none along. The same documents give the same bytes on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.files.documents.text import add_colon
from inspect_cli.files.documents.word import measures, styles
from inspect_cli.files.documents.word.blocks import Words, lay_out, render_pieces
from inspect_cli.files.documents.word.closing import lay_out_closing
from inspect_cli.files.documents.word.looks import make_paper_look, name_style
from inspect_cli.files.documents.word.markup import HEAD, NAMESPACES, render_paragraph, render_run, render_size, tag
from inspect_cli.files.documents.word.package import Part, render_package
from inspect_cli.files.documents.word.styles import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.core.publish.blocks import Document
    from inspect_cli.files.documents.word.blocks import Piece

_BREAK: Final = tag("r", tag("br"))
_ODD, _EVEN = "rId4", "rId5"


def render_word(documents: Sequence[Document]) -> bytes:
    """Return a Word file (docx) of at least one document; its title is the first one's."""
    sections = [_render_document(document, is_last=document is documents[-1]) for document in documents]
    body = f"{HEAD}<w:document {NAMESPACES}>{tag('body', ''.join(sections))}</w:document>"
    return render_package(body, render_parts(), documents[0].title)


def render_parts() -> tuple[Part, ...]:
    """Return what stands beside the text: styles, settings, faces, and the page number on either side."""
    return (
        Part(kind="styles", file="styles.xml", content=styles.render_styles(), relation="rId1"),
        Part(kind="settings", file="settings.xml", content=styles.render_settings(), relation="rId2"),
        Part(kind="fontTable", file="fontTable.xml", content=styles.render_faces(), relation="rId3"),
        Part(kind="footer", file="footer1.xml", content=_render_footer("right"), relation=_ODD),
        Part(kind="footer", file="footer2.xml", content=_render_footer("left"), relation=_EVEN),
    )


def _render_document(document: Document, *, is_last: bool) -> str:
    page = measures.LANDSCAPE if document.front.is_landscape else measures.PORTRAIT
    page = measures.turn_form(page) if document.is_form else page
    section = render_section(page)
    pieces = _lay_out_document(document, page)
    return render_pieces(pieces) + section if is_last else render_pieces(pieces, last=section)


def _lay_out_document(document: Document, page: measures.Page) -> Iterator[Piece]:
    front, language = document.front, document.language
    yield _lay_out_title(document)
    if front.number:
        yield _lay_out_number(document)
    if front.addressee:
        yield _lay_out_text(Style.ADDRESSEE, add_colon(front.addressee, language), language)
    closing = tuple(lay_out_closing(front, language))
    look = make_paper_look(page, language, is_form=document.is_form)
    yield from lay_out(document.blocks, look, keeps_last=bool(closing))  # No page has the signature alone (7.3.5.4).
    yield from closing


def _lay_out_title(document: Document) -> Words:
    run = render_size(measures.FORM_TITLE) if document.is_form else {}
    title = Words(
        properties=name_style(Style.TITLE),
        runs=_BREAK.join(render_run(line, run, document.language) for line in document.front.title),
    )
    if document.is_form:
        return title.having("spacing", tag("spacing", after=0, line=560, lineRule="exact"))
    if not document.front.number:
        return title
    return title.having("spacing", tag("spacing", after=0))


def _lay_out_number(document: Document) -> Words:
    if not document.is_form:
        return _lay_out_text(Style.NUMBER, document.front.number, document.language)
    run = render_size(measures.CELL_TEXT)
    words = Words(properties=name_style(Style.NUMBER), runs=render_run(document.front.number, run, document.language))
    return words.having("spacing", tag("spacing", after=100, line=measures.FORM_LINE, lineRule="exact"))


def _lay_out_text(style: Style, text: str, language: str) -> Words:
    return Words(properties=name_style(style), runs=render_run(text, {}, language))


def render_section(page: measures.Page) -> str:
    """Return a section's properties: page numbers from 1 on the outer side, the page, and the grid of lines and characters."""
    size: dict[str, str | int] = {"w": page.width, "h": page.height}
    if page.width > page.height:
        size["orient"] = "landscape"
    margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    return tag(
        "sectPr",
        f'<w:footerReference w:type="default" r:id="{_ODD}"/><w:footerReference w:type="even" r:id="{_EVEN}"/>'
        + tag("type", val="nextPage")
        + tag("pgSz", **size)
        + tag("pgMar", **margins, header=page.footer, footer=page.footer, gutter=0)
        + tag("pgNumType", start=1)
        + tag("cols", space=0)
        + tag("docGrid", type="linesAndChars", linePitch=measures.LINE, charSpace=measures.GRID),
    )


def _render_footer(side: str) -> str:
    """Return the page number between its dashes, one character from the outer edge (GB/T 9704-2012, 7.5)."""
    indent = tag("ind", **{f"{side}Chars": 100, side: measures.PAGE_NUMBER * 10})
    properties = {**name_style(Style.FOOTER), "ind": indent, "jc": tag("jc", val=side)}
    number = tag("fldSimple", tag("r", tag("t", "1")), instr=" PAGE ")
    line = render_run("— ", {}) + number + render_run(" —", {})
    return f"{HEAD}<w:ftr {NAMESPACES}>{render_paragraph(properties, line)}</w:ftr>"
