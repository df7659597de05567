"""A notice in the format that somebody asked for. Each format is a module of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from inspect_cli.files.documents.html import render_html
from inspect_cli.files.documents.markdown import render_markdown

if TYPE_CHECKING:
    from inspect_cli.core.publish.view import NoticeView


class NoticeFormat(StrEnum):
    """The formats in which a notice is written."""

    HTML = "html"
    MARKDOWN = "md"


def render_notice(template: str, view: NoticeView, form: NoticeFormat, language: str) -> str:
    """Render a notice (``commitment``, ``draw`` or ``result``) in ``zh`` or ``en``; all formats come from the same Markdown."""
    markdown = render_markdown(template, view, language)
    match form:
        case NoticeFormat.MARKDOWN:
            return markdown
        case NoticeFormat.HTML:
            return render_html(markdown, language)
        case _:
            assert_never(form)
