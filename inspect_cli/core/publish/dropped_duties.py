"""Duties that were there once and are no more: of draws that were declared void, of days and corrections that no longer stand.

A calendar that has a reminder of one is told to take it away; nothing else asks for them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspect_cli.core.period import last_day
from inspect_cli.core.publish.deadline import Duty, DutyKind
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.line_duties import trace_tellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from inspect_cli.core.names import Slot
    from inspect_cli.core.publish.duties import Books


def find_dropped(books: Books, duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Find all duties that may have been there once and are not among those that are, each once and as done when it began."""
    there = {_key(duty) for duty in duties}
    dropped = {_key(duty): duty for duty in (*_draw_duties(books), *_line_duties(books))}
    return tuple(duty for key, duty in dropped.items() if key not in there)


def _key(duty: Duty) -> tuple[DutyKind, Slot | None, str | None, str, date]:
    # Of results the notice that has told a part of them makes no other reminder.
    document = duty.document if duty.kind in {DutyKind.CORRECTION, DutyKind.EXPIRY} else None
    return (duty.kind, None if document else duty.slot, document, duty.period, duty.start)


def _draw_duties(books: Books) -> Iterator[Duty]:
    for draw in books.void:
        yield _past(books, DutyKind.COMMITMENT, draw.slot, draw.committed)
        if draw.drawn is not None:
            yield _past(books, DutyKind.DRAW, draw.slot, draw.drawn)
            end = last_day(draw.period)
            yield Duty(kind=DutyKind.STATISTICS, period=draw.period, start=end, due=end, basis="", done=end)


def _line_duties(books: Books) -> Iterator[Duty]:
    firsts = {draw.slot: draw.first for draw in (*books.draws, *books.void)}
    for (slot, _), versions in books.results.items():
        for version in versions:
            yield _past(books, DutyKind.RESULT, firsts[slot], version.outcome.visited_on)
    for (slot, entity), tellings in trace_tellings(books).items():
        days = [one.reviewed_on for one in books.results[slot, entity] if one.correction and one.reviewed_on]
        for document in dict.fromkeys(books.notices[one.line.notice].document for one in tellings):
            for day in days:
                yield replace(_past(books, DutyKind.CORRECTION, firsts[slot], day), document=document)
        for day in days:
            yield _past(books, DutyKind.CORRECTION, firsts[slot], day)
    for notice in books.notices.values():
        if notice.kind is NoticeKind.RESULT and notice.slot is not None:
            yield replace(_past(books, DutyKind.EXPIRY, firsts[notice.slot], notice.day), document=notice.document)


def _past(books: Books, kind: DutyKind, slot: Slot, day: date) -> Duty:
    return Duty(kind=kind, period=books.months[slot], slot=slot, start=day, due=day, basis="", done=day)
