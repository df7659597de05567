"""Documents as one web page that stands alone, and as a fragment for somebody else's page: no script, no request, no raw HTML.

The page's layout is ``templates/notices/notice.css`` (it prints as an official paper does), what stands around the text ``page.html.j2``.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from inspect_cli import resources
from inspect_cli.files.documents.html_blocks import FRAGMENT, LANGUAGES, PAGE, render_paper, render_rooms

if TYPE_CHECKING:
    from inspect_cli.core.publish.blocks import Document


def render_page(first: Document, *others: Document) -> str:
    """Render documents of one language as a whole page, titled as the first one is; printed, each begins on a new sheet."""
    folder = resources.templates() / "notices"
    style = (folder / "notice.css").read_text(encoding="utf-8") + render_rooms((first, *others))
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("page.html.j2").render(
        language=LANGUAGES[first.language],
        title=first.title,
        # Both are ours: a style sheet of the package, and articles in which all text is escaped.
        style=Markup(style),  # noqa: S704
        style_hash=_hash_style(style),
        body=Markup("".join(render_paper(document, PAGE) for document in (first, *others))),  # noqa: S704
    )


def render_fragment(document: Document) -> str:
    """Render a document for pasting into a content system: no style, no class, and no identifier that a page could have already."""
    return render_paper(document, FRAGMENT)


def _hash_style(style: str) -> str:
    """Give the style sheet's hash as a content security policy names it (CSP level 2, section 4.2.5)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
