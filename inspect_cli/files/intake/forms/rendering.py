"""What a spreadsheet keeps in a cell, as the text that a person reads there.

What does not live here: the text of cells that are text, and what either means (``rows``).
"""

from __future__ import annotations

import math
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGITS: Final = 15
"""A spreadsheet keeps this many digits of a number; what comes after them is made up."""
_WHOLE: Final = 10**DIGITS
_HALF_A_SECOND: Final = 500_000


def render_cells(row: Sequence[object]) -> list[str]:
    """Give a row as texts."""
    return [cell if cell.__class__ is str else render_value(cell) for cell in row]


def render_value(value: object) -> str:
    """Give one value as text: see ``book.Grid``."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return render_number(value)
        case datetime():
            return _render_moment(value)
        case date():
            return value.isoformat()
        case time():
            return _render_seconds(
                timedelta(hours=value.hour, minutes=value.minute, seconds=value.second), value.microsecond
            )
        case timedelta():
            return _render_seconds(value - timedelta(microseconds=value.microseconds), value.microseconds)
        case _:
            return ""


def render_number(value: float) -> str:
    """Give a number: whole ones without a point, those of more than ``DIGITS`` digits in scientific notation."""
    if isinstance(value, float) and not math.isfinite(value):
        return "#NUM!"
    if abs(value) >= _WHOLE:
        return f"{value:.{DIGITS - 1}E}"
    if value == int(value):
        return str(int(value))
    return f"{value:.{DIGITS}g}"


def _render_moment(value: datetime) -> str:
    if value.microsecond >= _HALF_A_SECOND and value.year < MAXYEAR:
        value += timedelta(seconds=1)
    value = value.replace(microsecond=0, tzinfo=None)
    return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")


def _render_seconds(value: timedelta, microsecond: int) -> str:
    seconds = round(value.total_seconds()) + (microsecond >= _HALF_A_SECOND)
    sign = "-" if seconds < 0 else ""
    minutes, second = divmod(abs(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{sign}{hour:02}:{minute:02}:{second:02}"
