"""Papers to print, and what a printed one says."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

from inspect_cli.core.publish.blocks import Column, Document, Front, Paragraph, Span, Table
from inspect_cli.files.documents.pdf import render_pdf

if TYPE_CHECKING:
    from pypdf import PageObject

    from inspect_cli.core.publish.blocks import Block, Line


def line(text: str) -> Line:
    """Make a line of plain text; none for an empty one."""
    return (Span(text=text),) if text else ()


def paragraph(*texts: str) -> Paragraph:
    """Make a paragraph of lines."""
    return Paragraph(lines=tuple(map(line, texts)))


def table(heads: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    """Make a table of plain texts."""
    return Table(
        columns=tuple(Column(head=line(head)) for head in heads), rows=tuple(tuple(map(line, row)) for row in rows)
    )


def document(*blocks: Block, language: str = "zh", **front: Any) -> Document:
    """Make a paper, called 公告 unless told otherwise."""
    return Document(language=language, front=Front(**{"title": ("公告",), **front}), blocks=blocks)


def read(*documents: Document) -> PdfReader:
    """Print papers and read what was printed."""
    return PdfReader(BytesIO(render_pdf(documents)))


def read_lines(*documents: Document) -> list[list[str]]:
    """Print papers and give the lines of each page."""
    return [page.extract_text().splitlines() for page in read(*documents).pages]


def read_text(*documents: Document) -> str:
    """Print papers and give all that is said, without spaces and the ends of lines."""
    return "".join("".join(page.extract_text().split()) for page in read(*documents).pages)


def read_places(page: PageObject) -> list[tuple[str, float, float, float]]:
    """Give each text of a page with its place from the left and from the bottom, and the size of its type, in points."""
    places: list[tuple[str, float, float, float]] = []

    def note(text: str, page_matrix: list[float], matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            left, base = (
                matrix[4] * page_matrix[at] + matrix[5] * page_matrix[at + 2] + page_matrix[at + 4] for at in (0, 1)
            )
            places.append((text.strip("\n"), left, base, size))

    page.extract_text(visitor_text=note)
    return places
