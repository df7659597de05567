"""The calendar of working days that everybody uses, and the act that adds a year's notice to it.

The library's years come first, and an imported notice stands before the library's of the same year (WORK-5). A draw that is
committed froze its days: a later notice never changes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.workdays import Calendar
from inspect_cli.files.calendar_years import known_years, read_library_year
from inspect_cli.storage.registries import find_year_notices

if TYPE_CHECKING:
    from sqlmodel import Session


def calendar_of(session: Session) -> Calendar:
    """Give the calendar of the library's years and the imported notices."""
    library = (read_library_year(year) for year in known_years())
    return Calendar.of((*library, *find_year_notices(session)))
