"""Finding what is to be published, and by when: from the draws, the results, and the notices that were published.

What is due is ``core.publish.duties``' and ``core.publish.line_duties``' matter. Nothing is changed here, and no draw's frozen rows are
read: a list of what is due is asked for every day.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from inspect_cli.acts.registry.calendar import calendar_of
from inspect_cli.acts.visit.schedule import find_run
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.names import Slot
from inspect_cli.core.period import first_day, last_day, parse_period, period_of
from inspect_cli.core.publish.deadline import (
    JudgedDuty,
    find_last_day,
    judge_duties,
)
from inspect_cli.core.publish.dropped_duties import find_dropped
from inspect_cli.core.publish.duties import (
    Books,
    DatedDraw,
    DatedNotice,
    find_draw_duties,
    find_expiry_duties,
    find_month_duty,
)
from inspect_cli.core.publish.duty_steps import find_urgent
from inspect_cli.core.publish.further import further_of, parse_time
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.line_duties import (
    find_correction,
    find_correction_duties,
    find_result_duties,
    find_unrecorded_duties,
    trace_tellings,
)
from inspect_cli.core.publish.version import leave_recalled
from inspect_cli.files.reminders import Stamp
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import DrawState, find_lines
from inspect_cli.storage.notice_heads import find_first_versions, find_recalled, find_withdrawn
from inspect_cli.storage.notices import find_entries, find_notices
from inspect_cli.storage.results import find_outcome_versions
from inspect_cli.storage.version import NOTICES_KEPT
from inspect_cli.storage.visits import find_unended_visits, find_visit_changes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Period
    from inspect_cli.core.publish.deadline import Duty
    from inspect_cli.core.publish.duty_steps import Urgent
    from inspect_cli.core.publish.issued import Subject
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.draws import DrawLine


def find_duties(session: Session, bureau: Bureau) -> tuple[Duty, ...]:
    """Find all duties of a bureau, done or not, sorted by last day (unknown ones last), kind, and what they are about."""
    return _list_duties(read_books(session, bureau))


def _list_duties(books: Books) -> tuple[Duty, ...]:
    periods = sorted({draw.period for draw in books.draws if draw.drawn is not None})
    duties = [
        *(duty for draw in books.draws for duty in find_draw_duties(books, draw)),
        *find_result_duties(books),
        *find_correction_duties(books),
        *(find_month_duty(books, period) for period in periods),
        *find_expiry_duties(books),
    ]
    return tuple(sorted(duties, key=_order))


def read_duties(session: Session, bureau: Bureau, today: date) -> tuple[JudgedDuty, ...]:
    """Find all duties and say how each stands on a day, the most urgent first, then by last day."""
    books, soon = read_books(session, bureau), bureau.publication.soon_working_days
    duties = sorted((*_list_duties(books), *find_unrecorded_duties(books, today)), key=_order)
    return judge_duties(books.calendar, duties, today, soon)


def read_urgent(session: Session, bureau: Bureau, today: date, shown: Sequence[Period]) -> Urgent:
    """Find what presses of the months that are shown, the first of them first, and of the month before it (STATUS-9)."""
    before = period_of(first_day(shown[0]) - timedelta(days=1))
    return find_urgent(read_duties(session, bureau, today), {before, *shown}, today)


def read_reminders(session: Session, bureau: Bureau, today: date) -> tuple[tuple[JudgedDuty, ...], Stamp]:
    """Find all duties, also those that are no more, for a calendar that may have them; and of which state of the store this is."""
    books, soon = read_books(session, bureau), bureau.publication.soon_working_days
    duties = _list_duties(books)
    (act,) = find_acts(session, limit=1)
    stamp = Stamp(number=act.number, at=datetime.fromisoformat(act.clock))
    return judge_duties(books.calendar, (*duties, *find_dropped(books, duties)), today, soon), stamp


def _order(duty: Duty) -> tuple[date, str, str, str, date, date]:
    subject = duty.slot or duty.period
    return (duty.due or date.max, duty.kind, subject, duty.document or "", duty.start, duty.done or date.max)


def read_books(session: Session, bureau: Bureau, until: int | None = None) -> Books:
    """Read what duties follow from, with a handful of queries however many visits there are.

    Lines that were withdrawn together with their notice count as never told (VERSION-8): those that a notice before the one ``until``
    announced, None: all.
    """
    results: dict[tuple[Slot, EntityId], list[OutcomeVersion]] = {}
    for version in find_outcome_versions(session):
        results.setdefault((version.slot, version.entity), []).append(version)
    first, withdrawn = find_first_versions(session), find_withdrawn(session)
    recalled = {line for line, by in find_recalled(session).items() if until is None or by < until}
    entries = tuple(entry for entry in leave_recalled(find_entries(session), recalled) if not entry.is_name)
    notices = {
        one.number: DatedNotice(
            number=one.number,
            kind=one.kind,
            slot=one.slot,
            period=one.period,
            document=one.document,
            day=first[one.number].day,
            due=first[one.number].due,
            is_withdrawn=one.number in withdrawn and one.kind not in {NoticeKind.RESULT, NoticeKind.CHANGE},
        )
        for one in find_notices(session)
        if one.number in first  # The one that is being published has no version yet.
    }
    lines = {line.slot: line for line in find_lines(session)}
    return Books(
        bureau=bureau,
        calendar=calendar_of(session),
        draws=_read_draws(session, bureau, lines, is_void=False),
        void=_read_draws(session, bureau, lines, is_void=True),
        months={line.slot: line.period for line in lines.values()},
        notices=notices,
        entries=entries,
        results={visit: tuple(versions) for visit, versions in results.items()},
        ended=frozenset((one.slot, one.entity) for one in find_visit_changes(session) if one.kind.is_end),
        kept_since=_find_upgrade(session),
        unrecorded={(one.slot, one.entity): one.day for one in find_unended_visits(session) if one.day is not None},
    )


def _find_upgrade(session: Session) -> date | None:
    """Find the day on which a store of a version without notices became one that keeps them (DUE-10)."""
    for act in find_acts(session, act="db upgrade"):
        detail = json.loads(act.detail)
        if detail["from"] < NOTICES_KEPT <= detail["to"]:
            return act.day
    return None


def _read_draws(
    session: Session, bureau: Bureau, lines: Mapping[Slot, DrawLine], *, is_void: bool
) -> tuple[DatedDraw, ...]:
    runs = {Slot(act.subject): act.day for act in find_acts(session, act="draw run")}
    return tuple(
        _read_draw(
            bureau,
            line,
            first=_find_first(lines, line.slot),
            drawn=runs.get(line.slot) or (find_run(session, line.slot).day if line.state is DrawState.DRAWN else None),
        )
        for line in lines.values()
        if (line.state is DrawState.VOID) is is_void
    )


def _read_draw(bureau: Bureau, line: DrawLine, *, first: Slot, drawn: date | None) -> DatedDraw:
    commitment = parse_commitment(line.commitment)
    return DatedDraw(
        slot=line.slot,
        first=first,
        period=line.period,
        committed=date.fromisoformat(further_of(commitment).day("day")),
        source=min(parse_time(source.at, bureau) for source in commitment.sources).date(),
        drawn=drawn,
    )


def _find_first(lines: Mapping[Slot, DrawLine], slot: Slot) -> Slot:
    """Find the first draw of the chain that a draw belongs to."""
    amends = lines[slot].amends
    return slot if amends is None else _find_first(lines, amends)


def find_due(session: Session, bureau: Bureau, subject: Subject, versions: tuple[OutcomeVersion, ...]) -> date | None:
    """Find the last day on which a notice may be published; ``versions`` are the results that it tells, or corrects.

    None where no rule says, the year is not known (DUE-7), or there is no such draw.
    """
    calendar, publication = calendar_of(session), bureau.publication
    match subject.kind:
        case NoticeKind.RESULT | NoticeKind.CHANGE:
            return _find_line_due(read_books(session, bureau), versions)
        case NoticeKind.STATISTICS if subject.period is not None:
            end = last_day(parse_period(subject.period))
            return find_last_day(calendar, end, publication.statistics_working_days.number)
        case NoticeKind.COMMITMENT | NoticeKind.DRAW:
            draw = next((one for one in read_books(session, bureau).draws if one.slot == subject.slot), None)
            if draw is None or subject.kind is NoticeKind.COMMITMENT:
                return None if draw is None else draw.source
            if draw.drawn is None:
                return None
            return find_last_day(calendar, draw.drawn, publication.draw_working_days.number)
        case _:
            return None


def _find_line_due(books: Books, versions: tuple[OutcomeVersion, ...]) -> date | None:
    """Find the last day of results that are told first, else of what is corrected: the one that comes first."""
    told = trace_tellings(books)
    new = [one.outcome.visited_on for one in versions if (one.slot, one.entity) not in told]
    if new:
        return find_last_day(books.calendar, min(new), books.bureau.result_working_days.number)
    starts = [
        find_correction(
            books.results[one.slot, one.entity], told[one.slot, one.entity][-1].version, one.version, books.bureau
        )
        for one in versions
    ]
    days = [start for start in starts if start is not None]
    return find_last_day(books.calendar, min(days), books.bureau.correction_working_days.number) if days else None
