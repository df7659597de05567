"""Columns of days: a spreadsheet's count of days is told once a column, and refused where it does not say which day it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.registry.days import is_count_of_days, parse_day
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from inspect_cli.files.intake.cells import Cells


def find_day(cells: Cells, field: str, parse: Callable[[str], date | None] = parse_day) -> date | None:
    """Return what a cell says by ``parse`` (``parse_day`` or ``parse_end``); None when there is none, or it is refused, which is noted."""
    return judge_day(cells, field, cells.find(field, parse))


def judge_day(cells: Cells, field: str, day: date | None) -> date | None:
    """Return a day that was found in a cell: a count of days is told once a column, and refused where it does not say which day it is."""
    if day is None:
        return None
    text = cells.text(field)
    if text is None or text[4:5] == "-" or not is_count_of_days(text):
        return day
    if not cells.is_1904:
        cells.tell_once(
            field,
            "count of days",
            say("{text} was read as {day}: it is a spreadsheet's count of days", text=text, day=day),
        )
        return day
    cells.refuse(
        field,
        InputError(
            say(
                "{text} is a count of days in a workbook that counts from 1904, or was copied from one that does not",
                text=text,
            ),
            hint=say("format the column as a date in the spreadsheet, and compare the days that it shows"),
        ),
    )
    return None


def require_day(cells: Cells, field: str, parse: Callable[[str], date | None] = parse_day) -> date | None:
    """Return what a cell says like ``find_day``; a blank one is noted as empty."""
    return cells.require(field, parse) if cells.is_blank(field) else find_day(cells, field, parse)
