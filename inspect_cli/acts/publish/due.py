"""Finding what is to be published, and by when: from the draws, the results, and the notices that were published.

Nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.acts.visit.schedule import find_run
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.period import last_day, parse_period
from inspect_cli.core.publish.deadline import Duty, DutyKind, add_years, find_last_day
from inspect_cli.core.publish.further import further_of, parse_time
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.visit.review import find_approved
from inspect_cli.storage.draws import DrawState, find_draw, find_heads
from inspect_cli.storage.notices import find_entries, find_issued_versions, find_notices
from inspect_cli.storage.results import find_outcome_versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.publish.issued import Entry, Issued, IssuedVersion, Subject
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.core.workdays import Calendar
    from inspect_cli.storage.draws import DrawHead


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the store holds, read once for all duties."""

    bureau: Bureau
    calendar: Calendar
    heads: tuple[DrawHead, ...]
    notices: dict[int, Issued]
    versions: dict[int, tuple[IssuedVersion, ...]]
    entries: tuple[Entry, ...]
    outcomes: dict[tuple[Slot, EntityId], tuple[OutcomeVersion, ...]]

    def first_day(self, kind: NoticeKind, slot: Slot | None = None, period: Period | None = None) -> date | None:
        """Say on which day a notice of a draw or a month was first published; None where it was not."""
        days = [
            self.versions[number][0].day
            for number, notice in self.notices.items()
            if notice.kind is kind and notice.slot == slot and notice.period == period
        ]
        return min(days, default=None)


def find_duties(session: Session, bureau: Bureau, today: date) -> tuple[Duty, ...]:
    """Find all duties of a bureau up to a day, done or not, sorted by last day (unknown ones last), kind, and what they are about."""
    known = _read(session, bureau)
    duties = [
        *(duty for head in known.heads for duty in _draw_duties(session, known, head)),
        *_result_duties(known),
        *_correction_duties(known),
        *_month_duties(known, today),
        *_expiry_duties(known),
    ]
    return tuple(sorted(duties, key=_order))


def _order(duty: Duty) -> tuple[date, str, str, str, date]:
    return (duty.due or date.max, duty.kind, duty.slot or duty.period, duty.document or "", duty.start)


def _read(session: Session, bureau: Bureau) -> _Known:
    versions: dict[int, list[IssuedVersion]] = {}
    for version in find_issued_versions(session):
        versions.setdefault(version.notice, []).append(version)
    outcomes: dict[tuple[Slot, EntityId], list[OutcomeVersion]] = {}
    for outcome in find_outcome_versions(session):
        outcomes.setdefault((outcome.slot, outcome.entity), []).append(outcome)
    return _Known(
        bureau=bureau,
        calendar=calendar_of(session),
        heads=tuple(head for head in find_heads(session) if head.state is not DrawState.VOID),
        notices={notice.number: notice for notice in find_notices(session)},
        versions={number: tuple(each) for number, each in versions.items()},
        entries=find_entries(session),
        outcomes={visit: tuple(each) for visit, each in outcomes.items()},
    )


def _draw_duties(session: Session, known: _Known, head: DrawHead) -> Iterator[Duty]:
    """Give what is due of one draw: its commitment (DUE-1) and, once it is drawn, its notice (DUE-2)."""
    record = find_draw(session, head.slot)
    assert record is not None  # noqa: S101 (its head was just read: this tells the type checker)
    commitment = parse_commitment(record.commitment)
    sources = [parse_time(source.at, known.bureau) for source in commitment.sources]
    yield Duty(
        kind=DutyKind.COMMITMENT,
        period=head.period,
        slot=head.slot,
        start=date.fromisoformat(further_of(commitment).day("day")),
        due=min(sources).date(),
        basis="draw-v1",
        done=known.first_day(NoticeKind.COMMITMENT, head.slot),
    )
    if record.result is None:
        return
    drawn, term = find_run(session, head.slot).day, known.bureau.publication.draw_working_days
    yield Duty(
        kind=DutyKind.DRAW,
        period=head.period,
        slot=head.slot,
        start=drawn,
        due=find_last_day(known.calendar, drawn, term),
        basis=term.basis,
        done=known.first_day(NoticeKind.DRAW, head.slot),
    )


def _result_duties(known: _Known) -> Iterator[Duty]:
    """Give what is due of results, those of one draw that were checked on one day and published together as one duty (DUE-3)."""
    periods = {head.slot: head.period for head in known.heads}
    published: dict[tuple[Slot, EntityId], tuple[date, str]] = {}
    for entry in known.entries:
        first = (known.versions[entry.notice][0].day, known.notices[entry.notice].document)
        visit = (entry.slot, entry.entity)
        published[visit] = min(first, published.get(visit, first))
    counted: dict[tuple[Slot, date, tuple[date, str] | None], int] = {}
    for (slot, entity), versions in known.outcomes.items():
        if slot not in periods:
            continue
        visited_on = (find_approved(versions) or versions[-1]).outcome.visited_on
        key = (slot, visited_on, published.get((slot, entity)))
        counted[key] = counted.get(key, 0) + 1
    term = known.bureau.result_working_days
    for (slot, visited_on, done), count in counted.items():
        yield Duty(
            kind=DutyKind.RESULT,
            period=periods[slot],
            slot=slot,
            document=None if done is None else done[1],
            start=visited_on,
            due=find_last_day(known.calendar, visited_on, term),
            basis=term.basis,
            count=count,
            done=None if done is None else done[0],
        )


def _correction_duties(known: _Known) -> Iterator[Duty]:
    """Give what is due of corrections that were approved after the result was published (DUE-4)."""
    term = known.bureau.correction_working_days
    for entry in known.entries:
        approved = find_approved(known.outcomes[entry.slot, entry.entity])
        if approved is None or approved.correction is None or approved.reviewed_on is None:
            continue
        notice = known.notices[entry.notice]
        is_done = entry.outcome_version >= approved.version
        if not entry.is_shown or (is_done and entry.since < approved.reviewed_on):
            continue
        yield Duty(
            kind=DutyKind.CORRECTION,
            period=_period_of(known, entry.slot),
            slot=entry.slot,
            document=notice.document,
            start=approved.reviewed_on,
            due=find_last_day(known.calendar, approved.reviewed_on, term),
            basis=term.basis,
            done=entry.since if is_done else None,
        )


def _period_of(known: _Known, slot: Slot) -> Period:
    return next(head.period for head in known.heads if head.slot == slot)


def _month_duties(known: _Known, today: date) -> Iterator[Duty]:
    """Give the statistics of each month that is over and had a draw (DUE-5)."""
    term = known.bureau.publication.statistics_working_days
    for period in sorted({head.period for head in known.heads if head.state is DrawState.DRAWN}):
        end = last_day(period)
        if end < today:
            yield Duty(
                kind=DutyKind.STATISTICS,
                period=period,
                start=end,
                due=find_last_day(known.calendar, end, term),
                basis=term.basis,
                done=known.first_day(NoticeKind.STATISTICS, period=period),
            )


def _expiry_duties(known: _Known) -> Iterator[Duty]:
    """Give the day from which what is shown is to be taken from display, a duty for each notice (DUE-6)."""
    term = known.bureau.display_years
    for number, notice in known.notices.items():
        shown = [entry for entry in known.entries if entry.notice == number and entry.is_shown]
        if not shown:
            continue
        first = known.versions[number][0].day
        yield Duty(
            kind=DutyKind.EXPIRY,
            period=_period_of(known, shown[0].slot),
            slot=notice.slot,
            document=notice.document,
            start=first,
            due=add_years(first, term.number),
            basis=term.basis,
            count=len(shown),
        )


def find_due(session: Session, bureau: Bureau, subject: Subject, versions: tuple[OutcomeVersion, ...]) -> date | None:
    """Find the last day on which a notice may be published; of ``versions`` of results that of the earliest check.

    None where no rule says, the year is not known (DUE-7), or there is no such draw.
    """
    calendar, publication = calendar_of(session), bureau.publication
    if subject.kind is NoticeKind.RESULT:
        first = min((version.outcome.visited_on for version in versions), default=None)
        return None if first is None else find_last_day(calendar, first, bureau.result_working_days)
    if subject.kind is NoticeKind.STATISTICS and subject.period is not None:
        return find_last_day(calendar, last_day(parse_period(subject.period)), publication.statistics_working_days)
    head = next((one for one in find_heads(session) if one.slot == subject.slot), None)
    if head is None or subject.kind not in {NoticeKind.COMMITMENT, NoticeKind.DRAW}:
        return None
    known = _read(session, bureau)
    wanted = DutyKind(subject.kind.value)
    return next((duty.due for duty in _draw_duties(session, known, head) if duty.kind is wanted), None)
