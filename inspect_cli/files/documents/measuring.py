"""How wide text is in print, in ems of its own type, and what of it is to stay on one line; one measure for PDF and Word.

What does not live here: how wide a column becomes (``columns``), and cutting a line for the printer (``pdf.pieces``).

The faces are those of the PDF. Those that Word takes instead are as wide in Chinese and no wider in Latin, but for some capitals.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from inspect_cli.files.documents import faces
from inspect_cli.files.documents.glyphs import printed_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.publish.blocks import Line, Span

CODE_SCALE: Final = 0.8
"""How large code is beside the text around it; the program of typst says the same."""
_CODE_ADVANCE: Final = 0.602 * CODE_SCALE
HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE: Final = " \u2000-\u200a\u3000"
_BOX: Final = rf"□[{HAN}、（）()/]{{1,13}}"
"""A box to be ticked, and what it stands for."""
IN_TEXT: Final = re.compile(rf"[0-9]+[年月日%‰]|{_BOX}")
"""What a line of text does not break."""
_DAY: Final = r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"
_WHOLE: Final = (
    r"[0-9]{4}年(?=[0-9]{1,2}月[0-9]{1,2}日)|[0-9]{4}年(?:[0-9]{1,2}月)?|[0-9]{1,2}月[0-9]{1,2}日"
    rf"|（[{HAN}]{{1,5}}）"
    rf"|[{HAN}]{{1,8}}〔[0-9]{{4}}〕[0-9]+号"
    rf"|{_BOX}"
    rf"|(?:^|(?<=[、，；：,; ]))[{HAN}]{{2,4}}(?=$|[、，；：（,; ])"
    r"|[0-9A-Za-z]+(?:[-/.:_+][0-9A-Za-z]+)+|[0-9]+[%‰天日个户家次人项页]"
)
IN_CELL: Final = re.compile(f"{_DAY}|{_WHOLE}")
"""What a cell of a table does not break: days, codes, document numbers, names of people."""
IN_NARROW_CELL: Final = re.compile(_WHOLE)
"""The same where a column is too narrow for a day, which is then broken behind its year."""
_GAP_SIZE: Final = 0.25
_GAP: Final = re.compile(rf"(?<=[A-Za-z0-9])(?=[{HAN}])|(?<=[{HAN}])(?=[A-Za-z0-9])")
"""Where Word puts a quarter of a character between Chinese and Latin."""
RUN: Final = re.compile(rf"[{HAN}]?[^{HAN}{_SPACE}]+[{HAN}]?")
"""Characters between which no line is sure to break."""
WHOLE_LIMIT: Final = 14.0
"""The longest thing that is kept whole, in ems."""
PART: Final = 4
"""How many characters of a run that is cut by force stay together."""
SHORT: Final = 200
"""Characters of a text whose measure is remembered: the cells of one sheet are those of the next."""


class Setter(StrEnum):
    """The program that sets a line, each with manners of its own."""

    TYPST = "typst"
    WORD = "word"


def measure_line(line: Line, setter: Setter = Setter.TYPST) -> float:
    """Measure a line set without a break, in ems."""
    width = 0.0
    for span in line:
        width += measure_text(printed_text(span.text), is_strong=span.is_strong, is_code=span.is_code)
        width += _measure_gaps(span.text) if setter is Setter.WORD else 0.0
    return width


def measure_least(line: Line, *, is_narrow: bool = False, setter: Setter = Setter.TYPST) -> float:
    """Measure the widest thing in a line that a cell keeps whole, in ems; ``is_narrow``: a day is broken behind its year."""
    whole = IN_NARROW_CELL if is_narrow else IN_CELL
    find = _find_least if sum(len(span.text) for span in line) <= SHORT else _find_least.__wrapped__
    return max((find(span, whole, setter) for span in line), default=0.0)


def measure_text(text: str, *, is_strong: bool, is_code: bool) -> float:
    """Measure printed text of one kind, in ems."""
    if is_code and text.isascii():
        return len(text) * _CODE_ADVANCE
    width = (
        _sum_widths(text, is_sans=is_strong or is_code)
        if len(text) <= SHORT
        else _sum_widths.__wrapped__(text, is_sans=is_strong or is_code)
    )
    return width * (CODE_SCALE if is_code else 1)


@lru_cache(maxsize=16384)
def _sum_widths(text: str, *, is_sans: bool) -> float:
    return sum(map((faces.sans() if is_sans else faces.serif()).width, text)) / 1000


@lru_cache(maxsize=8192)
def _measure_gaps(text: str) -> float:
    return len(_GAP.findall(text)) * _GAP_SIZE


@lru_cache(maxsize=8192)
def _find_least(span: Span, whole: re.Pattern[str], setter: Setter) -> float:
    text = printed_text(span.text)

    def find() -> Iterator[float]:
        for match in (*whole.finditer(text), *RUN.finditer(text)):
            kept = match[0].strip()
            width = measure_line((replace(span, text=kept),), setter)
            yield width if width <= WHOLE_LIMIT else measure_line((replace(span, text=kept[:PART]),), setter)

    return max(find(), default=0.0)
