"""Documents in the format that somebody asked for. Each format is a module of its own, and all are made of the same blocks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from inspect_cli.files.documents.html import render_fragment, render_page
from inspect_cli.files.documents.markdown import render_markdown
from inspect_cli.files.documents.tables import render_csv, render_json, render_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspect_cli.core.publish.blocks import Document


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


def render_document(
    documents: Sequence[Document], form: DocumentFormat, progress: Callable[[int], None] | None = None
) -> bytes:
    """Render one document or more (of one language) as one file; ``UsageMistake`` for tables of documents that have none."""
    match form:
        case DocumentFormat.HTML:
            return render_page(*documents).encode()
        case DocumentFormat.FRAGMENT:
            return "".join(map(render_fragment, documents)).encode()
        case DocumentFormat.MARKDOWN:
            return "\n---\n\n".join(map(render_markdown, documents)).encode()
        # These two take long to load, and most commands make neither.
        case DocumentFormat.WORD:
            from inspect_cli.files.documents.word.papers import render_word  # noqa: PLC0415

            return render_word(documents)
        case DocumentFormat.PDF:
            from inspect_cli.files.documents.pdf import render_pdf  # noqa: PLC0415

            return render_pdf(documents, progress)
        case DocumentFormat.CSV:
            return render_csv(documents)
        case DocumentFormat.XLSX:
            return render_xlsx(documents)
        case DocumentFormat.JSON:
            return render_json(documents)
        case _:
            assert_never(form)
