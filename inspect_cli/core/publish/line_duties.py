"""What a bureau has to publish about single results: each result once, and each correction that changes what the public reads.

What does not live here: the terms (``deadline``), and the duties about draws, months and notices as a whole (``duties``).
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from inspect_cli.core.publish.deadline import Duty, DutyKind, find_last_day, is_earlier
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.core.publish.lines import PublicCompany
from inspect_cli.core.publish.notice import view_row
from inspect_cli.core.visit.review import ReviewState, find_approved
from inspect_cli.core.workdays import working_days
from inspect_cli.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.duties import Books, DatedNotice
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.publish.lines import ResultLine
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.core.visit.review import OutcomeVersion

    VisitKey: TypeAlias = tuple[Slot, EntityId]
    _Key: TypeAlias = tuple[Slot, date, int | None, str | None, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A notice that told the public a version of a visit's result; ``line`` is the result's line, in a notice of results, as it is now."""

    notice: DatedNotice
    line: Entry
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One result that is due since ``start``, or was told by a notice; ``document`` is the notice that is to change.

    ``is_old``: the store held it before it kept notices (DUE-10).
    """

    slot: Slot
    start: date
    notice: DatedNotice | None = None
    document: str | None = None
    is_approved: bool = True
    is_old: bool = False


def trace_tellings(books: Books) -> dict[VisitKey, tuple[Telling, ...]]:
    """Trace what the public was told of each result, in the order of the notices: its publication, and its corrections."""
    named: dict[VisitKey, list[Entry]] = {}
    for entry in sorted(books.entries, key=lambda one: one.notice):
        named.setdefault((entry.slot, entry.entity), []).append(entry)
    return {visit: tuple(_trace(books, entries)) for visit, entries in named.items()}


def _trace(books: Books, entries: Sequence[Entry]) -> Iterator[Telling]:
    line = entries[0]
    for place, entry in enumerate(entries):
        version = entry.outcome_version
        if books.notices[entry.notice].kind is NoticeKind.RESULT:
            line = entry
            # A line that was corrected tells its newest version; what it told first stands in the notice of the correction.
            following = entries[place + 1 : place + 2]
            version = next((one.replaced for one in following if one.replaced is not None), version)
        yield Telling(notice=books.notices[entry.notice], line=line, version=version)


def find_result_duties(books: Books) -> tuple[Duty, ...]:
    """Find what is due of results, those of one chain that were checked on one day and published together as one duty (DUE-3)."""
    told, draws = trace_tellings(books), {draw.slot for draw in books.draws}
    items = []
    for (slot, entity), versions in books.results.items():
        tellings, approved = told.get((slot, entity), ()), find_approved(versions)
        is_over = slot not in draws or ((slot, entity) in books.ended and approved is None)
        if is_over and not tellings:
            continue
        newest = approved or versions[-1]
        if not tellings:
            items.append(
                _Item(
                    slot=slot,
                    start=newest.outcome.visited_on,
                    is_approved=newest is approved,
                    is_old=books.kept_since is not None and versions[0].day < books.kept_since,
                )
            )
            continue
        first = tellings[0]
        outcome = _outcome_of(versions, first.version)
        items.append(_Item(slot=slot, start=outcome.visited_on, notice=first.notice, document=first.notice.document))
    return tuple(_group(books, DutyKind.RESULT, items))


def find_unrecorded_duties(books: Books, today: date) -> tuple[Duty, ...]:
    """Find the visits whose day is past and of which nothing is recorded, those of one chain as one duty: the oldest's (DUE-11)."""
    firsts, term = {draw.slot: draw.first for draw in books.draws}, books.bureau.result_working_days
    days: dict[Slot, list[date]] = {}
    for (slot, entity), day in books.unrecorded.items():
        if day < today and (slot, entity) not in books.results:
            days.setdefault(firsts.get(slot, slot), []).append(day)
    return tuple(
        Duty(
            kind=DutyKind.RESULT,
            period=books.months[slot],
            slot=slot,
            start=min(each),
            due=find_last_day(books.calendar, min(each), term.number),
            basis=term.basis,
            count=len(each),
            is_unrecorded=True,
        )
        for slot, each in days.items()
    )


def find_correction_duties(books: Books) -> tuple[Duty, ...]:
    """Find what is due of corrections, those of one notice that were approved on one day as one duty (DUE-4)."""
    items: list[_Item] = []
    for visit, tellings in trace_tellings(books).items():
        versions, slot = books.results[visit], visit[0]
        for before, after in pairwise(tellings):
            start = find_correction(versions, before.version, after.version, books.bureau)
            if start is not None:
                is_changed = after.notice.kind is NoticeKind.CHANGE
                document = books.notices[before.line.notice].document if is_changed else None
                items.append(_Item(slot=slot, start=start, notice=after.notice, document=document))
        last = tellings[-1]
        start = find_correction(versions, last.version, versions[-1].version, books.bureau)
        if start is not None and last.line.is_shown:
            items.append(_Item(slot=slot, start=start, document=books.notices[last.line.notice].document))
        elif start is not None and last.line.state is IssueAction.WITHDRAWN and start > last.line.since:
            # It is published in a notice of its own (VERSION-7): no notice is to change.
            items.append(_Item(slot=slot, start=start))
    return tuple(_group(books, DutyKind.CORRECTION, items))


def find_correction(versions: Sequence[OutcomeVersion], told: int, until: int, bureau: Bureau) -> date | None:
    """Say since when the public is to read something else than the version it was told (DUE-4); None where nothing else is approved."""
    said = _public(_outcome_of(versions, told), bureau)
    newer = [one for one in versions if told < one.version <= until and one.state is ReviewState.APPROVED]
    if not newer or _public(newer[-1].outcome, bureau) == said:
        return None
    return next(one.reviewed_on for one in newer if _public(one.outcome, bureau) != said)


def _outcome_of(versions: Sequence[OutcomeVersion], version: int) -> Outcome:
    return next(one.outcome for one in versions if one.version == version)


def _public(outcome: Outcome, bureau: Bureau) -> ResultLine:
    """Give what the public reads of an outcome, whoever it is about."""
    return view_row(1, PublicCompany(id="", name=""), outcome, bureau)


def _group(books: Books, kind: DutyKind, items: Sequence[_Item]) -> Iterator[Duty]:
    """Make one duty of what has the same draw, beginning and notices."""
    term = books.bureau.result_working_days if kind is DutyKind.RESULT else books.bureau.correction_working_days
    firsts = {draw.slot: draw.first for draw in books.draws}
    begun: dict[int, date] = {}
    for item in items:
        if item.notice is not None:
            begun[item.notice.number] = min(item.start, begun.get(item.notice.number, item.start))
    counted: Counter[_Key] = Counter()
    awaiting: Counter[_Key] = Counter()
    for item in items:
        number = None if item.notice is None else item.notice.number
        key = (firsts.get(item.slot, item.slot), item.start, number, item.document, item.is_old)
        counted[key] += 1
        awaiting[key] += not item.is_approved
    # A store of years has many duties that begin on the same days.
    last_days = {start: find_last_day(books.calendar, start, term.number) for _, start, *_ in counted}
    for key, count in counted.items():
        slot, start, number, document, is_old = key
        due = last_days[start]
        duty = Duty(
            kind=kind,
            period=books.months[slot],
            slot=slot,
            document=document,
            start=start,
            due=due,
            basis=term.basis,
            count=count,
            awaiting=awaiting[key],
            is_earlier=is_old and is_earlier(due, books.kept_since),
        )
        yield duty if number is None else _settle(books, duty, books.notices[number], begun[number])


def _settle(books: Books, duty: Duty, notice: DatedNotice, begun: date) -> Duty:
    """Say when a duty was done, with the term that its notice had from the earliest of what it tells (DUE-9)."""
    due, done = duty.due, notice.day
    if notice.due is None or (notice.kind is NoticeKind.RESULT) is not (duty.kind is DutyKind.RESULT):
        return replace(duty, done=done)
    if duty.start == begun:
        return replace(duty, done=done, due=notice.due)
    with suppress(InputError):
        days = working_days(books.calendar, begun + timedelta(days=1), notice.due)
        due = find_last_day(books.calendar, duty.start, len(days))
    return replace(duty, done=done, due=due)
