"""A line cut into pieces for the printer: what must not be broken over lines, and what can only be broken by force.

What does not live here: how wide text is (``files.documents.measuring``), how wide a column becomes (``files.documents.columns``), and
which characters can be printed at all (``files.documents.glyphs``).

Lines may be broken at a space and between two Chinese characters. A date, a code or a document number is kept whole where it fits; a run
that is longer than its line (4,000 letters without a space) is cut, so that nothing runs off the paper.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import plain_text
from inspect_cli.files.documents.glyphs import printed_text
from inspect_cli.files.documents.measuring import (
    HAN,
    IN_CELL,
    IN_NARROW_CELL,
    IN_TEXT,
    PART,
    RUN,
    SHORT,
    WHOLE_LIMIT,
    measure_line,
    measure_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.publish.blocks import Line, Span

Piece = str | tuple[str, str]
"""A text, or its marks (``s`` strong, ``c`` code, ``w`` kept whole) and the text."""

_DIGEST_LIKE: Final = 200
_CHINESE: Final = re.compile(f"[{HAN}]+")
_CLOSING: Final = frozenset("，。、；：？！）》」』】〉〕”’…％,.;:?!)]}%")
"""Marks that begin no line: each goes with what is kept whole before it."""


def split_line(line: Line, room: float, *, is_cell: bool) -> list[Piece]:
    """Cut a line into pieces for a column of ``room`` ems; in a cell of a table, codes and dates are kept whole where they fit."""
    whole = IN_CELL if is_cell else IN_TEXT
    return [
        piece
        for span in line
        for piece in (_split_short if len(span.text) <= SHORT else _split_span)(span, room, whole)
    ]


def split_head(line: Line, room: float) -> list[Piece]:
    """Cut the head of a column; Chinese that takes several lines stands in lines of the same length."""
    text = printed_text(plain_text(line))
    count = math.ceil(measure_line(line) / room)
    if count == 1 or len(text) > SHORT or not _CHINESE.fullmatch(text):
        return split_line(line, room, is_cell=True)
    size = math.ceil(len(text) / count)
    return [("w", text[start : start + size]) for start in range(0, len(text), size)]


@lru_cache(maxsize=8192)
def _split_short(span: Span, room: float, whole: re.Pattern[str]) -> tuple[Piece, ...]:
    return tuple(_split_span(span, room, whole))


def _split_span(span: Span, room: float, whole: re.Pattern[str]) -> Iterator[Piece]:
    marks = "s" * span.is_strong + "c" * span.is_code
    text = printed_text(span.text)
    end = 0
    for match in RUN.finditer(text):
        if measure_text(match[0], is_strong=span.is_strong, is_code=span.is_code) <= room:
            continue
        yield from _keep_whole(text[end : match.start()], marks, room, whole)
        # What could be a digest is broken wherever its line ends; what is only long costs as few pieces as it can.
        part = PART if len(match[0]) <= _DIGEST_LIKE else max(PART, int(room / _measure_widest(match[0], span)))
        for start in range(match.start(), match.end(), part):
            yield marks + "w", text[start : min(start + part, match.end())]
        end = match.end()
    yield from _keep_whole(text[end:], marks, room, whole)


def _measure_widest(text: str, span: Span) -> float:
    return max(measure_text(char, is_strong=span.is_strong, is_code=span.is_code) for char in set(text)) or 1.0


def _keep_whole(text: str, marks: str, room: float, whole: re.Pattern[str]) -> Iterator[Piece]:
    end = 0
    for match in whole.finditer(text):
        if measure_text(match[0], is_strong="s" in marks, is_code="c" in marks) > min(room, WHOLE_LIMIT):
            if whole is IN_CELL:
                yield from _keep_whole(text[end : match.end()], marks, room, IN_NARROW_CELL)
                end = match.end()
            continue
        if match.start() > end:
            yield _mark(text[end : match.start()], marks)
        end = match.end()
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        yield marks + "w", text[match.start() : end]
    if end < len(text):
        yield _mark(text[end:], marks)


def _mark(text: str, marks: str) -> Piece:
    return (marks, text) if marks else text
