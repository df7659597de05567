"""Word templates to fill: made by python-docx as a person makes one in Word, and the sample that is shipped."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.shared import Pt

SAMPLE = Path(__file__).parents[4] / "fixtures" / "word-template.docx"


def sample() -> bytes:
    """Give the template that is shipped."""
    return SAMPLE.read_bytes()


def empty() -> Any:
    """Open the sample without its paragraphs: a hundredth of the styles that python-docx brings along."""
    document = docx.Document(io.BytesIO(sample()))
    for paragraph in document.paragraphs:
        paragraph._element.getparent().remove(paragraph._element)
    return document


def template(*texts: str, header: str = "", rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """Make a template of some paragraphs and a table; without texts it shows title and body."""
    document = empty()
    for text in texts or ("{{ title }}", "{{ body }}"):
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = header
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def split_template(pieces: tuple[str, ...]) -> bytes:
    """Make a template whose first paragraph is in pieces, each with a look of its own, as Word leaves it after corrections."""
    document = empty()
    paragraph = document.add_paragraph()
    for size, piece in enumerate(pieces, start=10):
        paragraph.add_run(piece).font.size = Pt(size)
    document.add_paragraph("{{ body }}")
    return saved(document)


def saved(document: object) -> bytes:
    """Give a document's bytes."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined] # of python-docx
    return stream.getvalue()
