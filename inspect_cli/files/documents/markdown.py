"""A document as Markdown (CommonMark with tables), for whoever publishes from that: every text in it is escaped."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.core.publish.blocks import (
    Align,
    Block,
    Code,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
)
from inspect_cli.files.documents.text import (
    add_colon,
    count_ticks,
    escape_inline,
    escape_markdown,
    escape_start,
    render_fence,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.publish.blocks import Column, Document, Line, Span

_DASHES: Final = 3
_PLACE: Final = r"\_" * 20
_HARD_BREAK: Final = "\\\n"


def render_markdown(document: Document) -> str:
    """Render a document as Markdown, ending in one line feed: its title is the first heading, its signature stands after the last rule."""
    front = document.front
    parts = [f"{_HARD_BREAK.join(map(escape_markdown, front.title))}\n==="]
    parts += [escape_markdown(front.number)] if front.number else []
    parts += [escape_markdown(add_colon(front.addressee, document.language))] if front.addressee else []
    for block in document.blocks:
        parts += _render_block(block, document.language)
    closing = [escape_markdown(text) for text in (front.signature, front.date) if text]
    if closing:
        parts += ["---", _HARD_BREAK.join(closing)]
    return "\n\n".join(parts) + "\n"


def _render_block(block: Block, language: str) -> Iterator[str]:
    match block:
        case Heading():
            text = _render_line(block.line)
            escaped = "\\" * text.startswith("#")  # or it would end the heading that it is
            yield f"{'#' * (block.level + 1)} {escaped}{text}".rstrip()
        case Paragraph():
            text = _render_lines(block.lines)
            yield "\n".join(f"> {line}" for line in text.split("\n")) if block.is_warning else text
        case Items():
            marks = (f"{number}. " if block.is_numbered else "- " for number in range(1, len(block.items) + 1))
            items = ((mark, _render_lines(lines)) for mark, lines in zip(marks, block.items, strict=True))
            yield "\n".join(mark + text.replace("\n", "\n" + " " * len(mark)) for mark, text in items)
        case Table():
            yield "\n".join(_render_table(block))
        case Code():
            yield render_fence(block.text, "sh")
        case Signatures():
            labels = (escape_markdown(add_colon(label, language)) for label in block.labels)
            yield _HARD_BREAK.join(f"{label} {_PLACE}" for label in labels)
        case PageBreak():
            yield "---"
        case _:
            assert_never(block)


def _render_table(table: Table) -> Iterator[str]:
    rows = [[_render_cell(column.head) for column in table.columns], list(map(_render_delimiter, table.columns))]
    rows += (list(map(_render_cell, row)) for row in table.rows)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _render_delimiter(column: Column) -> str:
    """Render what stands under a head: a dash for each character that somebody is to have room for, three for any other column."""
    dashes = "-" * max(_DASHES, column.room)
    match column.align:
        case Align.LEFT:
            return dashes
        case Align.CENTER:
            return f":{dashes}:"
        case Align.RIGHT:
            return f"{dashes}:"
        case _:
            assert_never(column.align)


def _render_cell(line: Line) -> str:
    """Render a cell: in a table a bar is escaped even within code."""
    return _render_line(
        tuple(replace(span, text=span.text.replace("|", "\\|")) if span.is_code else span for span in line)
    )


def _render_lines(lines: tuple[Line, ...]) -> str:
    return _HARD_BREAK.join(escape_start(_render_line(line)) for line in lines)


def _render_line(line: Line) -> str:
    groups = groupby(line, key=lambda span: span.is_strong)
    return "".join(_render_group("".join(map(_render_span, group)), is_strong) for is_strong, group in groups).strip()


def _render_group(markdown: str, is_strong: bool) -> str:
    """Put marks around strong text; the spaces around it stand outside, where Markdown wants them."""
    inner = markdown.strip()
    if not is_strong or not inner:
        return markdown
    before, after = markdown[: markdown.index(inner)], markdown[markdown.index(inner) + len(inner) :]
    return f"{before}**{inner}**{after}"


def _render_span(span: Span) -> str:
    inner = span.text.strip()
    if not inner:
        return span.text
    start = span.text.index(inner)
    shown = _render_code(inner) if span.is_code else escape_inline(inner)
    return f"{span.text[:start]}{shown}{span.text[start + len(inner) :]}"


def _render_code(text: str) -> str:
    """Render code with more ticks around it than are in it."""
    ticks = "`" * (count_ticks(text) + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{room}{text}{room}{ticks}"
