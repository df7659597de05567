"""How text stands on a screen: its width in cells, lines broken where Chinese may break, and hidden characters made visible.

What does not live here: printing (``console.py``) and help pages (``command_line.py``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Control, format (bidi overrides, zero-width), surrogates, private use, unassigned, and the two Unicode line separators.
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ZERO_CATEGORIES: Final = frozenset({"Mn", "Me"})
_LEAST_COLUMN: Final = 2
_MAY_NOT_START: Final = frozenset("，。、；：？！）》」』】〉〕”’…％,.;:?!)]}%")
_MAY_NOT_END: Final = frozenset("（《「『【〈〔“‘([{")


def cells(text: str) -> int:
    """Measure the width of ``text`` in cells of a terminal: 2 for a Chinese character, 0 for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(char) for char in text)


@lru_cache(maxsize=8192)
def _cells_of(char: str) -> int:
    if category(char) in _ZERO_CATEGORIES:
        return 0
    return 2 if east_asian_width(char) in {"W", "F"} else 1


def pad(text: str, width: int) -> str:
    """Fill ``text`` with spaces on the right up to ``width`` cells."""
    return text + " " * max(0, width - cells(text))


def visible(text: str) -> str:
    """Replace each character that hides or moves text by its name, a right-to-left override by ``⟨U+202E⟩``; nothing is lost."""
    if text.isprintable():  # what hides or moves text is not
        return text
    return "".join(f"⟨U+{ord(char):04X}⟩" if category(char) in _HIDDEN_CATEGORIES else char for char in text)


def cut(text: str, width: int) -> str:
    """Shorten ``text`` to at most ``width`` cells (≥ 1), the last one an ellipsis where something was left out."""
    if cells(text) <= width:
        return text
    return _head(text, width - 1) + "…"


def _head(text: str, width: int) -> str:
    """Take as many whole characters from the front as fit into ``width`` cells."""
    used = 0
    for index, char in enumerate(text):
        used += _cells_of(char)
        if used > width:
            return text[:index]
    return text


def fit(widths: Sequence[int], least: Sequence[int], available: int) -> list[int]:
    """Narrow columns until their sum is at most ``available`` cells: the widest first, below its ``least`` only where nothing else helps.

    A column whose ``least`` is its width is the last one to give way.

    No column becomes narrower than two cells, so many columns on a narrow screen may still be too wide.
    """
    fitted = list(widths)
    whole = [floor if floor == width else 0 for floor, width in zip(least, widths, strict=True)]
    for floors in (least, whole, [0] * len(fitted)):
        while sum(fitted) > available:
            candidates = [index for index, floor in enumerate(floors) if fitted[index] > max(floor, _LEAST_COLUMN)]
            if not candidates:
                break
            fitted[max(candidates, key=lambda index: fitted[index])] -= 1
    return fitted


def longest_word(text: str) -> int:
    """Measure the longest piece of ``text`` that ``wrap`` keeps on one line, in cells."""
    return max((cells(unit) for _space, unit in _units(text)), default=0)


def wrap(text: str, width: int) -> list[str]:
    """Break one paragraph into lines of at most ``width`` cells: at spaces, and between Chinese characters.

    No line starts with a closing mark or ends with an opening one; a word that is longer than a line is broken.
    """
    lines = [""]
    for space, unit in _units(text):
        joined = lines[-1] + (space if lines[-1] else "") + unit
        if cells(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        rest = unit
        while cells(rest) > width:
            head = _head(rest, width) or rest[:1]
            lines[-1] = head
            rest = rest[len(head) :]
            lines.append("")
        lines[-1] = rest
    return [line for line in lines if line]


def _units(text: str) -> Iterator[tuple[str, str]]:
    """Give the pieces that must stay on one line, each with the space before it."""
    space, unit = "", ""
    for match in re.finditer(r"(\s*)(\S)", text):
        gap, char = (" " if match[1] else ""), match[2]
        if unit and (gap or _is_break_allowed(unit[-1], char)):
            yield space, unit
            space, unit = gap, char
        else:
            unit += char
    if unit:
        yield space, unit


def _is_break_allowed(before: str, after: str) -> bool:
    """Say whether a line may end between two neighbours that no space parts."""
    if before in _MAY_NOT_END or after in _MAY_NOT_START:
        return False
    return _cells_of(before) == 2 or _cells_of(after) == 2  # noqa: PLR2004 - the two cells of a wide character
