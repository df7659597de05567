"""A notice as Markdown: one template a language, filled with a view, for all formats. The words are in ``templates/notices``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from inspect_cli import resources
from inspect_cli.files.documents.text import render_command, render_digest, render_value

if TYPE_CHECKING:
    from inspect_cli.core.publish.view import NoticeView


def render_markdown(template: str, view: NoticeView, language: str) -> str:
    """Render a notice (``commitment``, ``draw`` or ``result``) in ``zh`` or ``en`` as Markdown, ending in one line feed."""
    # Every value passes through render_value, which escapes for Markdown; HTML is made from the Markdown afterwards, with raw
    # HTML off, so escaping for HTML here would show twice.
    environment = Environment(
        loader=FileSystemLoader(resources.templates() / "notices"),
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        finalize=partial(render_value, language=language),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["digest"] = render_digest
    environment.filters["command"] = render_command
    return environment.get_template(f"{template}.{language}.md.j2").render(view=view)
