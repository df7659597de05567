"""How wide the columns of a table become, and how large its type: by what stands in them, and for PDF and Word alike.

What does not live here: how wide text is (``measuring``), and drawing.

A column is at least as wide as its widest code or date; a day is broken behind its year before the rows become ladders. The type is as
large as it can be with rows of two lines or so, and becomes smaller before a code is broken. What room is left goes to the columns that
would take more lines without it, and to those that are filled in by hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.files.documents.measuring import Setter, measure_least, measure_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.publish.blocks import Line, Table

SIZES: Final = {"zh": (12.0, 10.5, 9.0, 7.5), "en": (10.5, 9.0, 8.0, 7.0)}
"""Sizes of a table's type in points, the one that is liked best first (小四, 五号, 小五, 六号)."""
_LINES_LIKED: Final = (1.5, 3.0, 3.0)
"""Lines of a row, on the average, up to which each of the first sizes is taken; the last of all is there only to keep codes whole."""
_LINES_LIKED_ON_FORMS: Final = (0, 2.0, 3.0)
"""The same of a form, which never takes the first: the fewer pages it has, the better."""
_INSET: Final = 4.0
_WORDS: Final = 4.0
"""Ems of a column of words at which it is no longer a ladder of single characters."""
_WANTED_LIMIT: Final = 26.0
_SLACK: Final = 0.3
"""Ems that keep what just fits from being broken by a rounding."""
_TO_WRITE_IN: Final = 4.5
"""Least ems of a column that a person fills in on paper."""
ROOM_LIMIT: Final = 40
"""The most ems of room that a column gets because it asks for it."""
_LONG_ROW: Final = 12
"""Lines from which on a row may go on on the next page."""
_SHORT_TABLE: Final = 10
"""Rows up to which a table stands on one page, if few of them have a second line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a table goes: ``room`` points of width, on a page that is filled in or is not, by a program that sets it."""

    room: float
    language: str
    is_form: bool
    setter: Setter = Setter.TYPST


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A table fitted to a page: type and padding in points, columns in ems of that type, rows that may be broken over pages.

    ``has_long_head``: its head is too high to be repeated on each page. ``is_short``: it is not broken over pages at all.
    """

    size: float
    inset: float
    widths: tuple[float, ...]
    has_long_head: bool
    long_rows: tuple[int, ...]
    is_short: bool

    def scale_widths(self, room: float) -> tuple[float, ...]:
        """Give the columns with their padding, in points, so that together they are ``room`` wide."""
        return _scale([width * self.size + 2 * self.inset for width in self.widths], room)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wants:
    """What columns want, in ems: ``least`` to be read, ``narrow`` with broken days, ``wanted``, and ``whole`` with heads of one line."""

    least: tuple[float, ...]
    narrow: tuple[float, ...]
    wanted: tuple[float, ...]
    whole: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]


def find_blank_columns(table: Table) -> tuple[bool, ...]:
    """Say of each column whether none of its cells has a text, though there are cells: on a form it is there to be written in."""
    return tuple(
        bool(table.rows) and not any(span.text.strip() for row in table.rows for span in row[at])
        for at in range(len(table.columns))
    )


def fit_columns(table: Table, place: Place) -> Fitting:
    """Fit a table to its place; on a form, columns without a text get room to be written in."""
    wants = _measure(table, place)
    inset = min(_INSET, place.room / len(table.columns) / 8)
    inner = place.room - 2 * inset * len(table.columns)
    sizes = SIZES[place.language]
    liked_lines = _LINES_LIKED_ON_FORMS if place.is_form else _LINES_LIKED
    tried = [(size, liked, wants.least) for size, liked in zip(sizes, liked_lines, strict=False) if liked]
    tried.append((sizes[-2], math.inf, wants.narrow))
    for size, liked, least in tried:
        widths = _share(wants, least, inner / size)
        if sum(least) <= inner / size and _mean(_count_lines(wants, widths)) <= liked:
            break
    else:
        size = sizes[-1]
        widths = _share(wants, wants.narrow, inner / size)
    lines = _count_lines(wants, widths)
    return Fitting(
        size=size,
        inset=inset,
        widths=tuple(round(width, 2) for width in widths),
        has_long_head=_count_row(tuple(measure_line(column.head) for column in table.columns), widths) > _LONG_ROW,
        long_rows=tuple(number for number, count in enumerate(lines) if count > _LONG_ROW),
        is_short=len(lines) <= _SHORT_TABLE and sum(lines) <= 2 * _SHORT_TABLE,
    )


def _measure(table: Table, place: Place) -> _Wants:
    rows = tuple(tuple(measure_line(cell, place.setter) for cell in row) for row in table.rows)
    blanks = find_blank_columns(table)
    # Word breaks a day anywhere, so that one that does not fit is not broken well.
    narrows = place.setter is Setter.TYPST
    found = []
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        widest = max((row[at] for row in rows), default=0.0)
        asked = min(column.room, ROOM_LIMIT) if blanks[at] else 0
        to_write_in = _TO_WRITE_IN if blanks[at] and place.is_form else 0
        floor = max(_least_of_head(column.head, place.setter), min(widest, _WORDS), to_write_in, asked / 2)
        wish = max(floor, min(max(widest, asked), _WANTED_LIMIT))
        found.append(
            [
                max(floor, _least_of(cells, place.setter)),
                max(floor, _least_of(cells, place.setter, is_narrow=narrows)),
                wish,
                max(wish, min(measure_line(column.head, place.setter), _WANTED_LIMIT)),
            ]
        )
    least, narrow, wanted, whole = (tuple(width + _SLACK for width in each) for each in zip(*found, strict=True))
    return _Wants(least=least, narrow=narrow, wanted=wanted, whole=whole, rows=rows)


def _least_of(cells: Sequence[Line], setter: Setter, *, is_narrow: bool = False) -> float:
    return max((measure_least(cell, is_narrow=is_narrow, setter=setter) for cell in cells), default=0.0)


def _least_of_head(head: Line, setter: Setter) -> float:
    """Measure what a head needs: one line for a short one, two for a longer one."""
    width = measure_line(head, setter)
    return max(measure_least(head, setter=setter), min(width, max(math.ceil(width / 2), _WORDS)))


def _share(wants: _Wants, least: tuple[float, ...], room: float) -> tuple[float, ...]:
    """Give each column its least, and what is left by what each would take besides; all that it wants where there is room for all."""
    if sum(wants.whole) <= room:
        return _scale(wants.whole, room)
    if sum(wants.wanted) <= room:
        return _grow(wants.wanted, wants.whole, room)
    return _grow(least, wants.wanted, room)


def _grow(floors: Sequence[float], wishes: Sequence[float], room: float) -> tuple[float, ...]:
    """Share what the floors leave by how much more each column wishes; where they leave nothing, all give way alike."""
    greed = [max(0.0, wish - floor) for wish, floor in zip(wishes, floors, strict=True)]
    spare = room - sum(floors)
    if spare <= 0 or not sum(greed):
        return _scale(floors, room)
    return tuple(floor + spare * part / sum(greed) for floor, part in zip(floors, greed, strict=True))


def _scale(widths: Sequence[float], room: float) -> tuple[float, ...]:
    return tuple(width * room / sum(widths) for width in widths)


def _count_lines(wants: _Wants, widths: Sequence[float]) -> list[int]:
    return [_count_row(row, widths) for row in wants.rows]


def _count_row(row: Sequence[float], widths: Sequence[float]) -> int:
    return max(math.ceil(cell / width) for cell, width in zip(row, widths, strict=True))


def _mean(lines: Sequence[int]) -> float:
    return sum(lines) / len(lines) if lines else 0.0
