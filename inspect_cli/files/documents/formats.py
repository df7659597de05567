"""Documents in the format that somebody asked for. Each format is a module of its own, and all are made of the same blocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.files.documents.html import render_fragment, render_page
from inspect_cli.files.documents.markdown import render_markdown
from inspect_cli.files.documents.tables import render_csv, render_json, render_xlsx
from inspect_cli.files.intake.encoding import read_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from inspect_cli.core.publish.blocks import Document

WORD_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of a Word template, with the pictures of its letterhead."""


class DocumentFormat(StrEnum):
    """The formats in which documents are written."""

    HTML = "html"
    FRAGMENT = "fragment"
    MARKDOWN = "md"
    WORD = "docx"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def suffix(self) -> str:
        """Give the end of a file's name, with its dot."""
        return ".html" if self is DocumentFormat.FRAGMENT else f".{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What somebody says beside the format: what a PDF prints for a character that its faces lack (``𬭎=釒宏``), and a Word template.

    ``word_template`` is the bureau's own, which one paper at a time is written into; several go into a file of our layout.
    """

    substitutes: Sequence[str] = ()
    word_template: Path | None = None


def render_document(
    documents: Sequence[Document],
    form: DocumentFormat,
    progress: Callable[[int], None] | None = None,
    extras: Extras = Extras(),
) -> bytes:
    """Render one document or more (of one language) as one file.

    ``UsageMistake`` for tables of documents that have none and for substitutes of another form, ``InputError`` for characters that a
    PDF's faces lack and for a Word template that cannot be filled.
    """
    match form:
        case DocumentFormat.HTML:
            return render_page(*documents).encode()
        case DocumentFormat.FRAGMENT:
            return "".join(map(render_fragment, documents)).encode()
        case DocumentFormat.MARKDOWN:
            return "\n---\n\n".join(map(render_markdown, documents)).encode()
        case DocumentFormat.WORD:
            return _render_word(documents, extras.word_template)
        case DocumentFormat.PDF:
            return _render_pdf(documents, progress, extras.substitutes)
        case DocumentFormat.CSV:
            return render_csv(documents)
        case DocumentFormat.XLSX:
            return render_xlsx(documents)
        case DocumentFormat.JSON:
            return render_json(documents)
        case _:
            assert_never(form)


# The libraries of these two take long to load, and most commands make neither.


def _render_word(documents: Sequence[Document], template: Path | None) -> bytes:
    if template is not None and len(documents) == 1:
        from inspect_cli.files.documents.word.own import render_own_word  # noqa: PLC0415

        return render_own_word(read_outside(template, WORD_LIMIT), documents[0], template.name)
    from inspect_cli.files.documents.word.papers import render_word  # noqa: PLC0415

    return render_word(documents)


def _render_pdf(
    documents: Sequence[Document], progress: Callable[[int], None] | None, substitutes: Sequence[str]
) -> bytes:
    from inspect_cli.files.documents.glyphs import parse_substitutes, substitute_glyphs  # noqa: PLC0415
    from inspect_cli.files.documents.pdf import render_pdf  # noqa: PLC0415

    mapping = parse_substitutes(substitutes)
    return render_pdf([substitute_glyphs(document, mapping) for document in documents], progress)
