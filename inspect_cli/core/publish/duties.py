"""What a bureau has to publish: the duties that follow from its draws, and from the notices that it has published.

What does not live here: the terms (``deadline``), the duties about single results (``line_duties``), and reading the store
(``acts.publish.due``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from inspect_cli.core.period import last_day
from inspect_cli.core.publish.deadline import Duty, DutyKind, find_last_day, is_earlier
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.core.publish.version import Years

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.core.workdays import Calendar

PROTOCOL: Final = "draw-v1"
"""The basis of the duty to publish a commitment: no rule of law, but what makes a draw worth believing (DUE-1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedDraw:
    """A draw that is not void: the ``first`` of its chain, the days of its commitment and of its first source, and when it was drawn."""

    slot: Slot
    first: Slot
    period: Period
    committed: date
    source: date
    drawn: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedNotice:
    """A notice with the day on which it was first published, and the last day that it had then; ``is_withdrawn``: whole (DUE-12)."""

    number: int
    kind: NoticeKind
    slot: Slot | None
    period: str | None
    document: str
    day: date
    due: date | None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All that duties follow from. ``draws`` leaves the ``void`` ones out, ``months`` tells every draw's month.

    ``ended`` are the visits that ended without a result. On the day ``kept_since`` the store was brought to a version that keeps
    notices; None: it has kept them from its beginning. ``unrecorded`` are the visits in force that have a day and neither a result nor
    another end.
    """

    bureau: Bureau
    calendar: Calendar
    draws: tuple[DatedDraw, ...]
    months: Mapping[Slot, Period]
    notices: Mapping[int, DatedNotice]
    entries: tuple[Entry, ...] = ()
    results: Mapping[tuple[Slot, EntityId], tuple[OutcomeVersion, ...]]
    ended: frozenset[tuple[Slot, EntityId]] = frozenset()
    void: tuple[DatedDraw, ...] = ()
    kept_since: date | None = None
    unrecorded: Mapping[tuple[Slot, EntityId], date] = field(default_factory=dict)

    def first_notice(
        self, kind: NoticeKind, slot: Slot | None = None, period: Period | None = None
    ) -> DatedNotice | None:
        """Find the first notice about a draw or a month that was not withdrawn whole (DUE-12); None where there is none."""
        found = [one for one in self.notices.values() if (one.kind, one.slot, one.period) == (kind, slot, period)]
        return min((one for one in found if not one.is_withdrawn), key=lambda one: one.number, default=None)


def find_draw_duties(books: Books, draw: DatedDraw) -> Iterator[Duty]:
    """Give what is due of one draw: its commitment (DUE-1) and, once it is drawn, its notice (DUE-2)."""
    commitment = Duty(
        kind=DutyKind.COMMITMENT,
        period=draw.period,
        slot=draw.slot,
        start=draw.committed,
        due=draw.source,
        basis=PROTOCOL,
        is_earlier=is_earlier(draw.source, books.kept_since),
    )
    yield _settle(commitment, books.first_notice(NoticeKind.COMMITMENT, draw.slot))
    if draw.drawn is not None:
        term = books.bureau.publication.draw_working_days
        due = find_last_day(books.calendar, draw.drawn, term.number)
        notice = Duty(
            kind=DutyKind.DRAW,
            period=draw.period,
            slot=draw.slot,
            start=draw.drawn,
            due=due,
            basis=term.basis,
            is_earlier=is_earlier(due, books.kept_since),
        )
        yield _settle(notice, books.first_notice(NoticeKind.DRAW, draw.slot))


def find_month_duty(books: Books, period: Period) -> Duty:
    """Give what is due of a month: its statistics, also before it is over (DUE-5)."""
    term, end = books.bureau.publication.statistics_working_days, last_day(period)
    due = find_last_day(books.calendar, end, term.number)
    duty = Duty(
        kind=DutyKind.STATISTICS,
        period=period,
        start=end,
        due=due,
        basis=term.basis,
        is_earlier=is_earlier(due, books.kept_since),
    )
    notice = books.first_notice(NoticeKind.STATISTICS, period=period)
    return _settle(duty, None if notice is None or notice.day < end else notice)


def _settle(duty: Duty, notice: DatedNotice | None) -> Duty:
    """Say of a duty when it was done; the last day is then the one that the notice had, where it had one (DUE-9)."""
    if notice is None:
        return duty
    return replace(duty, document=notice.document, due=notice.due or duty.due, done=notice.day)


def find_expiry_duties(books: Books) -> Iterator[Duty]:
    """Give the days from which lines of notices of results are to be taken from display, those of one notice and day as one (DUE-6)."""
    bureau = books.bureau
    companies, persons = bureau.display_years, bureau.publication.natural_person_years
    years = Years(companies=companies.number, persons=persons.number)
    counted: Counter[tuple[int, date, str, date | None]] = Counter()
    for entry in books.entries:
        notice = books.notices[entry.notice]
        is_gone = entry.state is IssueAction.EXPIRED
        if notice.kind is NoticeKind.RESULT and (entry.is_shown or is_gone):
            term = companies if entry.naming is None else persons
            done = entry.since if is_gone else None
            counted[notice.number, years.last_of(entry, notice.day), term.basis, done] += 1
    for (number, due, basis, done), count in counted.items():
        notice = books.notices[number]
        assert notice.slot is not None  # noqa: S101 (a notice of results is about a draw: this tells the type checker)
        yield Duty(
            kind=DutyKind.EXPIRY,
            period=books.months[notice.slot],
            slot=notice.slot,
            document=notice.document,
            start=notice.day,
            due=due,
            basis=basis,
            count=count,
            done=done,
        )
