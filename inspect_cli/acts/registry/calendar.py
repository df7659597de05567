"""The calendar of working days that everybody uses, and the act that adds a year's notice to it.

The library's years come first, and an imported notice stands before the library's of the same year (WORK-5). A draw that is
committed froze its days: a later notice never changes it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.workdays import Calendar
from inspect_cli.errors import RefusedError, say
from inspect_cli.files.calendar_years import known_years, read_library_year
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.calendar import add_year_notice, find_year_notices, update_year_notice

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.people import Actor, Person
    from inspect_cli.core.workdays import YearNotice
    from inspect_cli.files.workday_notice import NoticeFile
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


def calendar_of(session: Session) -> Calendar:
    """Give the calendar of the library's years and the imported notices."""
    library = (read_library_year(year) for year in known_years())
    return Calendar.of((*library, *find_year_notices(session)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOrder:
    """What a person asks for: a notice's file, and whether it may take another notice's place (``update``) or is only looked at.

    ``people`` are the bureau's, of whom an operator imports.
    """

    file: NoticeFile
    people: tuple[Person, ...]
    update: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTaken:
    """What an import of a notice did: ``is_new`` and ``is_updated`` are both false where the same days were known already.

    ``stands_before_library`` says that the library knows the year too, and is not asked about it any more.
    """

    notice: YearNotice
    is_new: bool
    is_updated: bool
    stands_before_library: bool


def import_notice(store: Store, actor: Actor, order: NoticeOrder) -> NoticeTaken:
    """Take a year's notice; the same days again change nothing.

    Raises ``RefusedError`` where another notice of the year stands and the order does not say that this one takes its place,
    or the actor is no operator.
    """
    people.require_role(order.people, actor.name, Role.OPERATOR)
    notice = order.file.notice
    if order.dry_run:
        with store.reading() as session:
            return _taken(notice, _find_standing(session, notice.year))
    with store.transaction() as session:
        standing = _find_standing(session, notice.year)
        taken = _taken(notice, standing)
        if standing is None:
            add_year_notice(session, notice)
        elif taken.is_updated:
            if not order.update:
                raise _refusal(standing, notice)
            update_year_notice(session, notice)
        if taken.is_new or taken.is_updated:
            detail = _detail(order.file, standing)
            add_act(session, actor, Act(act="workdays import", subject=str(notice.year), detail=detail))
    return taken


def _find_standing(session: Session, year: int) -> YearNotice | None:
    return next((notice for notice in find_year_notices(session) if notice.year == year), None)


def _taken(notice: YearNotice, standing: YearNotice | None) -> NoticeTaken:
    """Compare with what stands; the title, which is the file's name, is no difference."""
    return NoticeTaken(
        notice=notice,
        is_new=standing is None,
        is_updated=standing is not None and replace(standing, title=notice.title) != notice,
        stands_before_library=notice.year in known_years(),
    )


def _refusal(standing: YearNotice, notice: YearNotice) -> RefusedError:
    if replace(standing, title=notice.title, provisional=notice.provisional) == notice:
        kinds = {True: say("provisional"), False: say("final")}
        return RefusedError(
            say(
                "the same days of {year} were imported before as {before}, and are now given as {after}",
                year=notice.year,
                before=kinds[standing.provisional],
                after=kinds[notice.provisional],
            ),
            hint=say("if that is right, import the notice again with --update"),
        )
    return RefusedError(
        say(
            "another notice of {year} was imported before; days off that differ: {off}; make-up days that differ: {make_up}",
            year=notice.year,
            off=_difference(standing.days_off, notice.days_off),
            make_up=_difference(standing.make_up_days, notice.make_up_days),
        ),
        hint=say("if the new one is right, import it again with --update; draws that are committed keep their days"),
    )


def _difference(before: tuple[date, ...], after: tuple[date, ...]) -> tuple[str, ...]:
    """List the days that only one of the two notices has."""
    return tuple(day.isoformat() for day in sorted(set(before) ^ set(after))) or ("-",)


def _detail(file: NoticeFile, before: YearNotice | None) -> dict[str, JSON]:
    notice = file.notice
    detail: dict[str, JSON] = {"file": notice.title, "sha256": file.digest, "provisional": notice.provisional}
    return detail if before is None else {**detail, "replaces": before.title}
