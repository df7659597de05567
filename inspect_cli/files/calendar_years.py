"""The years of the State Council's calendar that the ``chinesecalendar`` library knows, each turned into a notice.

What lives here: the one place that reads the library. What does not: notices that a bureau imports (``files.workday_notice``)
and the rules over both (``core.workdays``). Beyond its years the library answers nothing, and neither does this module.
"""

from __future__ import annotations

from functools import cache

from chinese_calendar import holidays, workdays  # type: ignore[import-untyped]  # the library has no types

from inspect_cli.core.workdays import YearNotice, unknown_year

_TITLE = "chinesecalendar"


@cache
def known_years() -> tuple[int, ...]:
    """Return the years that the library knows, ascending."""
    return tuple(sorted({day.year for day in holidays}))


def read_library_year(year: int) -> YearNotice:
    """Return the notice of ``year`` as the library has it; ``InputError`` for a year that it does not know."""
    if year not in known_years():
        raise unknown_year(year)
    return YearNotice(
        year=year,
        title=_TITLE,
        days_off=tuple(sorted(day for day in holidays if day.year == year)),
        make_up_days=tuple(sorted(day for day in workdays if day.year == year)),
    )
