"""Documents → one Word file in the layout of official papers (GB/T 9704-2012): a section a document, each with page numbers from 1.

The faces are the official ones by their names; the file carries none along. The same documents give the same bytes on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.files.documents.word import measures, styles
from inspect_cli.files.documents.word.blocks import Words, lay_out, render_pieces
from inspect_cli.files.documents.word.closing import lay_out_closing
from inspect_cli.files.documents.word.looks import make_paper_look, name_style
from inspect_cli.files.documents.word.markup import HEAD, NAMESPACES, render_paragraph, render_run, tag
from inspect_cli.files.documents.word.package import Part, render_package
from inspect_cli.files.documents.word.styles import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.core.publish.blocks import Document, Front
    from inspect_cli.files.documents.word.blocks import Piece

JOINTS: Final = {"zh": "", "en": " "}
"""What stands between the lines of a title where they become one."""
_BREAK: Final = tag("r", tag("br"))
_COLONS: Final = {"zh": "：", "en": ":"}
_ODD, _EVEN = "rId4", "rId5"


def render_word(documents: Sequence[Document]) -> bytes:
    """Return a Word file (docx) of at least one document; its title is the first one's."""
    sections = [_render_document(document, is_last=document is documents[-1]) for document in documents]
    body = f"{HEAD}<w:document {NAMESPACES}>{tag('body', ''.join(sections))}</w:document>"
    return render_package(body, render_parts(), join_title(documents[0]))


def render_parts() -> tuple[Part, ...]:
    """Return what stands beside the text: styles, settings, faces, and the page number on either side."""
    return (
        Part(kind="styles", file="styles.xml", content=styles.render_styles(), relation="rId1"),
        Part(kind="settings", file="settings.xml", content=styles.render_settings(), relation="rId2"),
        Part(kind="fontTable", file="fontTable.xml", content=styles.render_faces(), relation="rId3"),
        Part(kind="footer", file="footer1.xml", content=_render_footer("right"), relation=_ODD),
        Part(kind="footer", file="footer2.xml", content=_render_footer("left"), relation=_EVEN),
    )


def join_title(document: Document) -> str:
    """Return a document's title in one line."""
    return JOINTS[document.language].join(document.front.title)


def address(document: Document) -> str:
    """Return the addressee with the colon that official papers set behind it; empty where there is none."""
    addressee = document.front.addressee
    if not addressee or addressee.endswith(tuple(_COLONS.values())):
        return addressee
    return addressee + _COLONS[document.language]


def _render_document(document: Document, *, is_last: bool) -> str:
    page = measures.LANDSCAPE if document.front.is_landscape else measures.PORTRAIT
    section = render_section(page)
    pieces = _lay_out_document(document, page)
    return render_pieces(pieces) + section if is_last else render_pieces(pieces, last=section)


def _lay_out_document(document: Document, page: measures.Page) -> Iterator[Piece]:
    front, language = document.front, document.language
    yield _lay_out_title(front, language)
    if front.number:
        yield _lay_out_text(Style.NUMBER, front.number, language)
    if front.addressee:
        yield _lay_out_text(Style.ADDRESSEE, address(document), language)
    pieces = list(lay_out(document.blocks, make_paper_look(page, language)))
    closing = list(lay_out_closing(front, language))
    if closing and pieces and isinstance(pieces[-1], Words):
        pieces[-1] = pieces[-1].having("keepNext", tag("keepNext"))  # No page has the signature alone (7.3.5.4).
    yield from (*pieces, *closing)


def _lay_out_title(front: Front, language: str) -> Words:
    title = Words(
        properties=name_style(Style.TITLE),
        runs=_BREAK.join(render_run(line, {}, language) for line in front.title),
    )
    if not front.number:
        return title
    return title.having("spacing", tag("spacing", after=0))


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
