"""A line cut into pieces for the printer: what must not be broken over lines, what can only be broken by force, and how wide it all is.

What does not live here: how wide a column becomes (``columns``), and which characters can be printed at all (``files.documents.glyphs``).

Lines may be broken at a space and between two Chinese characters. A date, a code or a document number is kept whole where it fits; a run
that is longer than its line (4,000 letters without a space) is cut, so that nothing runs off the paper.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from inspect_cli.files.documents import faces
from inspect_cli.files.documents.glyphs import printed_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.publish.blocks import Line, Span

Piece = str | tuple[str, str]
"""A text, or its marks (``s`` strong, ``c`` code, ``w`` kept whole) and the text."""

CODE_SCALE: Final = 0.8
"""How large code is beside the text around it; the program of typst says the same."""
_CODE_ADVANCE: Final = 0.602 * CODE_SCALE
_HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE: Final = " \u2000-\u200a\u3000"
_BOX: Final = rf"□[{_HAN}、（）()/]{{1,13}}"
"""A box to be ticked, and what it stands for."""
_YEARS: Final = re.compile(rf"[0-9]+[年月日%‰]|{_BOX}")
_WHOLE: Final = re.compile(
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日"
    rf"|[{_HAN}]{{1,8}}〔[0-9]{{4}}〕[0-9]+号"
    rf"|{_BOX}"
    rf"|(?:^|(?<=[、，；：,; ]))[{_HAN}]{{2,4}}(?=$|[、，；：（,; ])"
    r"|[0-9A-Za-z]+(?:[-/.:_+][0-9A-Za-z]+)+|[0-9]+[%‰天日个户家次人项页]"
)
_RUN: Final = re.compile(rf"[{_HAN}]?[^{_HAN}{_SPACE}]+[{_HAN}]?")
"""Characters between which no line is sure to break."""
_WHOLE_LIMIT: Final = 14.0
"""The longest thing that is kept whole, in ems."""
_DIGEST_LIKE: Final = 200
_PART: Final = 4
"""How many characters of a run that is cut by force stay together."""


def measure_line(line: Line) -> float:
    """Measure a line set without a break, in ems."""
    return sum(_measure(printed_text(span.text), is_strong=span.is_strong, is_code=span.is_code) for span in line)


def measure_least(line: Line) -> float:
    """Measure the widest thing in a line that is to be kept whole, in ems."""
    return max((width for span in line for width in _least_widths(span)), default=0.0)


def split_line(line: Line, room: float, *, is_cell: bool) -> list[Piece]:
    """Cut a line into pieces for a column of ``room`` ems; in a cell of a table, codes and dates are kept whole where they fit."""
    return [piece for span in line for piece in _split_span(span, room, _WHOLE if is_cell else _YEARS)]


@lru_cache(maxsize=65536)
def _measure(text: str, *, is_strong: bool = False, is_code: bool = False) -> float:
    if is_code and text.isascii():
        return len(text) * _CODE_ADVANCE
    width = (faces.sans() if is_strong or is_code else faces.serif()).width
    return sum(map(width, text)) / 1000 * (CODE_SCALE if is_code else 1)


def _least_widths(span: Span) -> Iterator[float]:
    text = printed_text(span.text)
    for match in (*_WHOLE.finditer(text), *_RUN.finditer(text)):
        kept = match[0].strip()
        width = _measure(kept, is_strong=span.is_strong, is_code=span.is_code)
        yield width if width <= _WHOLE_LIMIT else _measure(kept[:_PART], is_strong=span.is_strong, is_code=span.is_code)


def _split_span(span: Span, room: float, whole: re.Pattern[str]) -> Iterator[Piece]:
    marks = "s" * span.is_strong + "c" * span.is_code
    text = printed_text(span.text)
    end = 0
    for match in _RUN.finditer(text):
        if _measure(match[0], is_strong=span.is_strong, is_code=span.is_code) <= room:
            continue
        yield from _keep_whole(text[end : match.start()], marks, room, whole)
        # What could be a digest is broken wherever its line ends; what is only long costs as few pieces as it can.
        part = _PART if len(match[0]) <= _DIGEST_LIKE else max(_PART, int(room / _measure_widest(match[0], span)))
        for start in range(match.start(), match.end(), part):
            yield marks + "w", text[start : min(start + part, match.end())]
        end = match.end()
    yield from _keep_whole(text[end:], marks, room, whole)


def _measure_widest(text: str, span: Span) -> float:
    return max(_measure(char, is_strong=span.is_strong, is_code=span.is_code) for char in set(text)) or 1.0


def _keep_whole(text: str, marks: str, room: float, whole: re.Pattern[str]) -> Iterator[Piece]:
    end = 0
    for match in whole.finditer(text):
        if _measure(match[0], is_strong="s" in marks, is_code="c" in marks) > min(room, _WHOLE_LIMIT):
            continue
        if match.start() > end:
            yield _mark(text[end : match.start()], marks)
        yield marks + "w", match[0]
        end = match.end()
    if end < len(text):
        yield _mark(text[end:], marks)


def _mark(text: str, marks: str) -> Piece:
    return (marks, text) if marks else text
