"""Papers made of views as the commands make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.files.documents.html import render_page
from inspect_cli.files.documents.markdown import render_markdown
from inspect_cli.files.documents.reading import read_document
from inspect_cli.files.documents.template import render_source

if TYPE_CHECKING:
    from inspect_cli.core.publish.all_views import NoticeView
    from inspect_cli.core.publish.blocks import Document


def make_document(kind: str, view: NoticeView, language: str) -> Document:
    """Make the document of a notice from our own templates."""
    return read_document(render_source(kind, view, language), language)


def make_page(kind: str, view: NoticeView, language: str) -> str:
    """Make the page of a notice."""
    return render_page(make_document(kind, view, language))


def make_markdown(kind: str, view: NoticeView, language: str) -> str:
    """Make the Markdown of a notice."""
    return render_markdown(make_document(kind, view, language))


def read(markdown: str, language: str = "en") -> Document:
    """Read Markdown as the text of a paper called T."""
    return read_document(f"---\ntitle: T\n---\n{markdown}", language)
