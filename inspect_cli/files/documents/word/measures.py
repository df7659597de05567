"""The measures of an official paper (GB/T 9704-2012), in Word's unit: twips, a twentieth of a point.

A4, 37 mm above the text and 28 mm left of it, the text 156 mm wide and 225 mm high (5.2.1); 22 lines of 28 characters (5.2.3); the
page number 7 mm beneath the text (7.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final


def twips(millimetres: float) -> int:
    """Return millimetres in twips, to the nearest."""
    return round(millimetres / 25.4 * 1440)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's size, its margins, how far the page number stands from its foot, and the width of its text."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    footer: int

    @property
    def text_width(self) -> int:
        """Say how wide a line of text may be."""
        return self.width - self.left - self.right


LINE: Final = 579
"""A line's pitch: 22 of them in 225 mm are 28.95 pt each."""
CHARACTER: Final = 316
"""A character's pitch: 28 of them in 156 mm."""
CHARACTERS: Final = 28
GRID: Final = -842
"""What a character's pitch is more than 16 pt, in 4096ths of a point, as w:docGrid says it."""
PITCH: Final = -5
"""The same for programs that do not condense by the grid, in twips: 28 characters of 315 are not wider than the text."""

TEXT: Final = 32
"""3号, 16 pt, in half-points, as the sizes beneath."""
TITLE: Final = 44
"""2号, 22 pt."""
PAGE_NUMBER: Final = 28
"""4号, 14 pt."""
CELL_TEXT: Final = 24
"""小四, 12 pt: the size of a table's style; a table takes a smaller one where it has to (``files.documents.columns``)."""
FORM_TEXT: Final = 21
"""五号, 10.5 pt: what a form says beside its tables, and where people sign."""
FORM_LINE: Final = 340
FORM_TITLE: Final = 36
"""小二, 18 pt."""

_NUMBER_MIDDLE: Final = 7
_NUMBER_HALF: Final = PAGE_NUMBER * 5
"""Half the height of the line with the page number."""

PORTRAIT: Final = Page(
    width=twips(210),
    height=twips(297),
    top=twips(37),
    right=twips(26),
    bottom=twips(35),
    left=twips(28),
    footer=twips(35 - _NUMBER_MIDDLE) - _NUMBER_HALF,
)
LANDSCAPE: Final = Page(
    width=twips(297),
    height=twips(210),
    top=twips(28),
    right=twips(37),
    bottom=twips(26),
    left=twips(35),
    footer=twips(26 - _NUMBER_MIDDLE) - _NUMBER_HALF,
)
"""The upright page on its side, its binding above (5.2.1, 7.4): the text is 225 mm wide and 156 mm high."""


def turn_form(page: Page) -> Page:
    """Give the page of a form of the same format: as much of it as can be used."""
    side, above, below = twips(25), twips(22), 20
    foot = twips(below - _NUMBER_MIDDLE) - _NUMBER_HALF
    return replace(page, left=side, right=side, top=above, bottom=twips(below), footer=foot)
