"""What stands within a line of Markdown → spans of text. Only strong text and code are kinds of their own; all else is text."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from mdit_py_cjk_friendly import cjk_friendly  # type: ignore[import-untyped] # ships no types

from inspect_cli.core.publish.blocks import Span
from inspect_cli.widths import cells, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from inspect_cli.core.publish.blocks import Line

_NEVER: Final = (
    *("link", "image", "autolink", "html_inline", "html_block", "reference", "entity"),
    *("code", "lheading"),  # blocks by indentation or underlining alone are made by mistake only
)
"""Constructs that no paper needs: one without links cannot lead anybody elsewhere, whatever a name says."""

_WIDE: Final = 2
_SOFT: Final = Span(text="\n")
"""Stands where a line of the source ends within a paragraph, until its neighbours are known."""


def _make_parser() -> MarkdownIt:
    """Make a parser of CommonMark with tables, minus what could reach beyond the page."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(list(_NEVER))
    return parser.use(cjk_friendly)


_PARSER: Final = _make_parser()
BLOCKS: Final = _make_parser().disable("inline")
"""Parses blocks alone: each holds its text as it is written, for ``parse_lines``."""
_SHORT: Final = 200
"""Characters of a text that is remembered: the cells of one visit's sheet are those of the next."""


def parse_lines(markdown: str) -> tuple[Line, ...]:
    """Parse the text of one block, a paragraph or a cell, as lines that are parted where a hard break stands."""
    return _parse_short(markdown) if len(markdown) <= _SHORT else _parse(markdown)


def parse_line(markdown: str) -> Line:
    """Parse the text of one block as one line."""
    lines = parse_lines(markdown)
    return lines[0] if len(lines) == 1 else _merge([span for line in lines for span in line])


@lru_cache(maxsize=4096)
def _parse_short(markdown: str) -> tuple[Line, ...]:
    return _parse(markdown)


def _parse(markdown: str) -> tuple[Line, ...]:
    return _read_lines(_PARSER.parseInline(markdown)[0].children or [])


def _read_lines(tokens: Sequence[Token]) -> tuple[Line, ...]:
    """Read inline tokens as lines, parted where a hard break stands; the text of each span is what can be seen of it."""
    lines: list[list[Span]] = [[]]
    depth = 0
    for token in tokens:
        match token.type:
            case "hardbreak":
                lines.append([])
            case "softbreak":
                lines[-1].append(_SOFT)
            case "code_inline":
                lines[-1].append(Span(text=visible(token.content), is_code=True, is_strong=depth > 0))
            case _:  # text, and emphasis of either kind, which opens (+1) and closes (-1)
                depth += token.nesting
                lines[-1].append(Span(text=visible(token.content), is_strong=depth > 0))
    return tuple(map(_merge, lines))


def _merge(spans: Sequence[Span]) -> Line:
    """Join neighbours of one kind, and leave out the empty ones."""
    joined = _join_soft([span for span in spans if span.text])
    return tuple(
        Span(text="".join(span.text for span in group), is_strong=is_strong, is_code=is_code)
        for (is_strong, is_code), group in groupby(joined, key=lambda span: (span.is_strong, span.is_code))
    )


def _join_soft(spans: Sequence[Span]) -> Iterator[Span]:
    """Put in what a line end within a paragraph is: nothing between two Chinese characters, a space elsewhere."""
    for number, span in enumerate(spans):
        if span is not _SOFT:
            yield span
        elif not (0 < number < len(spans) - 1 and _is_wide(spans[number - 1].text[-1], spans[number + 1].text[0])):
            yield Span(text=" ", is_strong=span.is_strong)


def _is_wide(before: str, after: str) -> bool:
    return cells(before) == _WIDE == cells(after)
