"""How wide the columns of a table become, and how large its type: by what stands in them.

What does not live here: cutting lines into pieces (``pieces``), and drawing.

A column is at least as wide as its widest code or date. The type is as large as it can be with rows of two lines or so, and becomes smaller
before a code is broken. What room is left goes to the columns that would take more lines without it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.files.documents.pdf.pieces import measure_least, measure_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.publish.blocks import Line, Table

SIZES: Final = {"zh": (12.0, 10.5, 9.0, 7.5), "en": (10.5, 9.0, 8.0, 7.0)}
"""Sizes of a table's type in points, the one that is liked best first (小四, 五号, 小五, 六号)."""
_LINES_LIKED: Final = (1.5, 3.0)
"""Lines of a row, on the average, up to which each of the first two sizes is taken; the last of all is there only to keep codes whole."""
_INSET: Final = 4.0
_WORDS: Final = 4.0
"""Ems of a column of words at which it is no longer a ladder of single characters."""
_WANTED_LIMIT: Final = 26.0
_SLACK: Final = 0.3
"""Ems that keep what just fits from being broken by a rounding."""
_TO_WRITE_IN: Final = (4.5, 6.0)
"""Least and wanted ems of a column that a person fills in on paper; a head with room behind it asks for more."""
_LONG_ROW: Final = 12
"""Lines from which on a row may go on on the next page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A table fitted to a page: type and padding in points, columns in ems of that type, rows that may be broken over pages.

    ``has_long_head``: its head is too high to be repeated on each page.
    """

    size: float
    inset: float
    widths: tuple[float, ...]
    has_long_head: bool
    long_rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wants:
    least: tuple[float, ...]
    wanted: tuple[float, ...]
    rows: tuple[tuple[float, ...], ...]


def find_blank_columns(table: Table) -> tuple[bool, ...]:
    """Say of each column whether none of its cells has a text, though there are cells: on a form it is there to be written in."""
    return tuple(
        bool(table.rows) and not any(span.text.strip() for row in table.rows for span in row[at])
        for at in range(len(table.columns))
    )


def fit_columns(table: Table, room: float, language: str, *, is_form: bool) -> Fitting:
    """Fit a table to ``room`` points of width; on a form, columns without a text get room to be written in."""
    wants = _measure(table, is_form=is_form)
    inset = min(_INSET, room / len(table.columns) / 8)
    inner = room - 2 * inset * len(table.columns)
    sizes = SIZES[language][is_form:]
    fitting = [size for size in sizes if sum(wants.least) <= inner / size] or [sizes[-1]]
    widths: tuple[float, ...] = ()
    for size in fitting:
        widths = _share(wants, inner / size)
        if (
            size == fitting[-1]
            or size == sizes[-2]
            or _mean(_count_lines(wants, widths)) <= _LINES_LIKED[SIZES[language].index(size)]
        ):
            break
    lines = _count_lines(wants, widths)
    return Fitting(
        size=size,
        inset=inset,
        widths=tuple(round(width, 2) for width in widths),
        has_long_head=_count_row(tuple(measure_line(column.head) for column in table.columns), widths) > _LONG_ROW,
        long_rows=tuple(number for number, count in enumerate(lines) if count > _LONG_ROW),
    )


def _measure(table: Table, *, is_form: bool) -> _Wants:
    blank = find_blank_columns(table) if is_form else (False,) * len(table.columns)
    least, wanted = [], []
    rows = tuple(tuple(map(measure_line, row)) for row in table.rows)
    for at, column in enumerate(table.columns):
        head = measure_line(column.head)
        widest = max((row[at] for row in rows), default=0.0)
        floor, wish = _TO_WRITE_IN if blank[at] else (_least_of(table.rows, at), widest)
        least.append(max(floor, min(widest, _WORDS), _least_of_head(column.head, head)) + _SLACK)
        wanted.append(max(least[-1], min(max(wish, head) + _SLACK, _WANTED_LIMIT)))
    return _Wants(least=tuple(least), wanted=tuple(wanted), rows=rows)


def _least_of(rows: Sequence[Sequence[Line]], at: int) -> float:
    return max((measure_least(row[at]) for row in rows), default=0.0)


def _least_of_head(head: Line, width: float) -> float:
    """Measure what a head needs: one line for a short one, two for a longer one."""
    return max(measure_least(head), min(width, max(math.ceil(width / 2), _WORDS)))


def _share(wants: _Wants, room: float) -> tuple[float, ...]:
    """Give each column its least, and what is left by what each would take besides; all that it wants where there is room for all."""
    if sum(wants.wanted) <= room:
        return _scale(wants.wanted, room)
    spare = room - sum(wants.least)
    if spare <= 0:
        return _scale(wants.least, room)
    greed = [wish - floor for wish, floor in zip(wants.wanted, wants.least, strict=True)]
    return tuple(floor + spare * part / sum(greed) for floor, part in zip(wants.least, greed, strict=True))


def _scale(widths: Sequence[float], room: float) -> tuple[float, ...]:
    return tuple(width * room / sum(widths) for width in widths)


def _count_lines(wants: _Wants, widths: Sequence[float]) -> list[int]:
    return [_count_row(row, widths) for row in wants.rows]


def _count_row(row: Sequence[float], widths: Sequence[float]) -> int:
    return max(math.ceil(cell / width) for cell, width in zip(row, widths, strict=True))


def _mean(lines: Sequence[int]) -> float:
    return sum(lines) / len(lines) if lines else 0.0
