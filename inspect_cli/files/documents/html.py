"""Markdown → one web page that stands alone: no script, no request, no raw HTML; it prints as an official paper does.

The layout is ``templates/notices/notice.css``, the page around the text ``page.html.j2``. The title is the first heading; the
signature is whatever follows the last rule (``---``).
"""

from __future__ import annotations

import base64
import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_cjk_friendly import cjk_friendly  # type: ignore[import-untyped] # ships no types

from inspect_cli import resources
from inspect_cli.widths import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
_JOINTS: Final = {"zh": "", "en": ": "}
_SHORT: Final = 18
"""Cells of the longest field that is kept on one line: a unified social credit code."""
_NEVER: Final = ("link", "image", "autolink", "html_inline", "html_block", "reference")
"""Constructs that no notice needs: a page without links cannot lead anybody elsewhere, whatever a name says."""


def render_html(markdown: str, language: str) -> str:
    """Render a notice's Markdown in ``zh`` or ``en`` as a whole page."""
    parser = _make_parser()
    tokens = parser.parse(markdown)
    for token, following in pairwise(tokens):
        _set_classes(token, following)
    folder = resources.templates() / "notices"
    style = (folder / "notice.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("page.html.j2").render(
        language=_LANGUAGES[language],
        title=_find_title(tokens, language),
        # Both are ours: a style sheet of the package, and what the parser wrote with raw HTML off.
        style=Markup(style),  # noqa: S704
        style_hash=_hash_style(style),
        body=Markup(parser.renderer.render(list(_wrap_tables(tokens)), parser.options, {})),  # noqa: S704
    )


def _make_parser() -> MarkdownIt:
    """Make a parser of CommonMark with tables, minus what could reach beyond the page."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_NEVER))
    return parser.use(cjk_friendly)


def _wrap_tables(tokens: Iterable[Token]) -> Iterator[Token]:
    """Put each table into a box of its own, in which a wide one scrolls on a narrow screen."""
    for token in tokens:
        if token.type == "table_open":
            yield Token("html_block", "", 0, content='<div class="table">\n')
        yield token
        if token.type == "table_close":
            yield Token("html_block", "", 0, content="</div>\n")


def _set_classes(token: Token, following: Token) -> None:
    """Turn a cell's style into a class, for the page's policy allows no styles in the text; keep short cells on one line.

    Chinese may be broken between any two characters, so without this a browser breaks dates, codes and names.
    """
    if token.type not in {"th_open", "td_open"}:
        return
    style = str(token.attrs.pop("style", ""))
    classes = [style.removeprefix("text-align:")] if style else []
    if token.type == "th_open":
        token.attrs["scope"] = "col"
    elif cells(following.content) <= _SHORT:
        classes.append("short")
    if classes:
        token.attrs["class"] = " ".join(classes)


def _find_title(tokens: Sequence[Token], language: str) -> str:
    """Find the text of the first heading, markup aside, its lines joined; empty where there is none."""
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            children = following.children or ()
            return "".join(_JOINTS[language] if child.type == "hardbreak" else child.content for child in children)
    return ""


def _hash_style(style: str) -> str:
    """Give the style sheet's hash as a content security policy names it (CSP level 2, section 4.2.5)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
