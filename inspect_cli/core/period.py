"""Periods: the months in which draws are made. Which of a month's days are worked is ``workdays``' matter.

Rules:

PERIOD-1  A period is a calendar month, written ``YYYY-MM`` with ASCII digits, of the years 1000 to 2999.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from inspect_cli.core.names import Period
from inspect_cli.errors import InputError, say

ENGLISH_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""The months' names as English texts write them, from January on."""

_SHAPE = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])", re.ASCII)


def parse_period(text: str) -> Period:
    """Parse a month such as ``2026-12`` (PERIOD-1); ``InputError`` when it is none."""
    if not _SHAPE.fullmatch(text):
        raise InputError(say("{value} is not a month", value=text), hint=say("write a month as 2026-12"))
    return Period(text)


def period_of(day: date) -> Period:
    """Tell the period in which a day lies."""
    return Period(day.isoformat()[:7])


def month_after(period: Period) -> Period:
    """Name the month after a month."""
    return period_of(first_day(period) + relativedelta(months=1))


def year_of(period: Period) -> int:
    """Tell the year in which a period lies."""
    return int(period[:4])


def month_of(period: Period) -> int:
    """Tell a period's month, 1 to 12."""
    return int(period[5:])


def first_day(period: Period) -> date:
    """Tell a period's first calendar day."""
    return date(year_of(period), month_of(period), 1)


def last_day(period: Period) -> date:
    """Tell a period's last calendar day."""
    return first_day(period) + relativedelta(day=31)
