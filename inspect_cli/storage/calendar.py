"""Queries of the calendar: the years' notices of working days, and the days on which somebody is not visited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.workdays import YearNotice
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import BlackoutRow, YearNoticeRow

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

_BLACKOUTS = Shelf(Blackout, BlackoutRow)
_YEAR_NOTICES = Shelf(YearNotice, YearNoticeRow)


def add_year_notice(session: Session, notice: YearNotice) -> None:
    """Add a year's notice, of which there is none yet."""
    _YEAR_NOTICES.add(session, (notice,))


def update_year_notice(session: Session, notice: YearNotice) -> None:
    """Replace a year's notice."""
    _YEAR_NOTICES.update(session, (notice,), key=("year",))


def find_year_notices(session: Session) -> tuple[YearNotice, ...]:
    """Find the imported notices, sorted by year."""
    return tuple(sorted(_YEAR_NOTICES.find(session), key=lambda notice: notice.year))


def add_blackout(session: Session, blackout: Blackout) -> None:
    """Add days on which somebody is not visited."""
    _BLACKOUTS.add(session, (blackout,))


def remove_blackout(session: Session, blackout: Blackout) -> bool:
    """Remove days without visits and say whether they were there."""
    columns = _BLACKOUTS.columns
    found = _BLACKOUTS.remove(
        session,
        columns.first == blackout.first,
        columns.last == blackout.last,
        columns.zone == blackout.zone,
        columns.entity == blackout.entity,
    )
    return found > 0


def find_blackouts(session: Session, *, first: date, last: date) -> tuple[Blackout, ...]:
    """Find days without visits that touch the days from ``first`` to ``last``, sorted by first day, then whom they concern."""
    columns = _BLACKOUTS.columns
    found = _BLACKOUTS.find(session, columns.first <= last, columns.last >= first)
    return tuple(sorted(found, key=lambda one: (one.first, one.last, one.zone or "", one.entity or "")))
