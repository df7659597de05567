"""What is due, and what was done when: last days counted by hand in December 2026, of which only weekends are free here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.bureau import Limit, SoleTraders
from inspect_cli.core.names import EntityId, Period, Slot
from inspect_cli.core.publish.deadline import Duty, DutyKind, Punctuality, count_punctuality
from inspect_cli.core.publish.dropped_duties import find_dropped
from inspect_cli.core.publish.duties import (
    Books,
    DatedDraw,
    DatedNotice,
    find_draw_duties,
    find_expiry_duties,
    find_month_duty,
)
from inspect_cli.core.publish.issued import Entry, IssueAction, NoticeKind
from inspect_cli.core.publish.line_duties import find_correction_duties, find_result_duties
from inspect_cli.core.visit.correction import Correction, CorrectionReason
from inspect_cli.core.visit.review import OutcomeVersion, ReviewState
from inspect_cli.core.workdays import Calendar, YearNotice
from tests.sample_draw import BUREAU, make_outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST, SECOND = Slot("2026-12/1"), Slot("2026-12/2")
DECEMBER = Period("2026-12")
ONE, TWO = EntityId("E-1"), EntityId("E-2")
CALENDAR = Calendar.of([YearNotice(title="invented", year=2026, days_off=(), make_up_days=())])
# Five working days for draws and corrections, ten for results, so that all last days are in 2026.
TERMS = replace(
    BUREAU,
    result_working_days=Limit(number=10, basis="结果"),
    correction_working_days=Limit(number=5, basis="更正"),
    display_years=Limit(number=5, basis="五年"),
)
DRAW = DatedDraw(
    slot=FIRST,
    first=FIRST,
    period=DECEMBER,
    committed=date(2026, 11, 23),
    source=date(2026, 11, 30),
    drawn=date(2026, 11, 30),
)
SUPPLEMENT = replace(DRAW, slot=SECOND, committed=date(2026, 12, 1), source=date(2026, 12, 2), drawn=None)


def on(day: int) -> date:
    """Give a day of December."""
    return date(2026, 12, day)


def books(*notices: DatedNotice, **changes: Any) -> Books:
    """Make books with one drawn draw, its supplement that is not drawn, and these notices."""
    plain: dict[str, Any] = {
        "bureau": TERMS,
        "calendar": CALENDAR,
        "draws": (DRAW, SUPPLEMENT),
        "months": {FIRST: DECEMBER, SECOND: DECEMBER},
        "notices": {notice.number: notice for notice in notices},
        "results": {},
    }
    return Books(**plain | changes)


def notice(number: int, day: int, due: int | None = None, kind: NoticeKind = NoticeKind.RESULT) -> DatedNotice:
    """Make a notice that was published on a day of December."""
    of_draw = kind.is_of_draw
    return DatedNotice(
        number=number,
        kind=kind,
        slot=FIRST if of_draw else None,
        period=None if of_draw else DECEMBER,
        document=f"某抽查〔2026〕{number}号",
        day=on(day),
        due=None if due is None else on(due),
    )


def version(number: int, visited: int, **changes: Any) -> OutcomeVersion:
    """Make an approved version of a result; from the second on it is a correction."""
    plain = OutcomeVersion(
        slot=FIRST,
        entity=ONE,
        version=number,
        outcome=make_outcome(f"2026-12-{visited:02}", labour=1),
        state=ReviewState.APPROVED,
        recorded_by="甲",
        clock="2026-12-01T10:00:00+08:00",
        day=on(visited),
        correction=Correction(reason=CorrectionReason.ENTRY_ERROR, basis="y", approver="乙") if number > 1 else None,
        reviewed_by="乙",
        reviewed_on=on(visited),
    )
    return replace(plain, **changes)


def corrected(number: int, approved: int, result: int) -> OutcomeVersion:
    """Make a correction to another result that was approved on a day; the check was on the first of the month."""
    return version(number, 1, outcome=make_outcome("2026-12-01", labour=result), reviewed_on=on(approved))


def line(number: int, shown: int = 1, **changes: Any) -> Entry:
    """Make an entry of a notice that shows the version of the first company's result."""
    plain = Entry(
        notice=number,
        slot=FIRST,
        entity=ONE,
        place=1,
        outcome_version=shown,
        state=IssueAction.PUBLISHED,
        since=on(10),
    )
    return replace(plain, **changes)


def results(*versions: OutcomeVersion) -> dict[tuple[Slot, EntityId], tuple[OutcomeVersion, ...]]:
    """Group versions by visit."""
    found: dict[tuple[Slot, EntityId], tuple[OutcomeVersion, ...]] = {}
    for one in versions:
        found[one.slot, one.entity] = (*found.get((one.slot, one.entity), ()), one)
    return found


def told(duties: Iterable[Duty]) -> list[tuple[int, date | None, date | None, int]]:
    """Say of each duty the day on which it begins, its last day, when it was done, and how many results it is about."""
    return [(duty.start.day, duty.due, duty.done, duty.count) for duty in duties]


class TestDraws:
    """DUE-1, DUE-2: the notices of a draw."""

    def test_a_commitment_is_due_on_the_day_of_its_first_source(self) -> None:
        """DUE-1: each draw has a commitment of its own to publish, a supplement too; what is not drawn has no other notice."""
        (duty,) = find_draw_duties(books(), SUPPLEMENT)
        assert (duty.kind, duty.slot, duty.due, duty.done) == (DutyKind.COMMITMENT, SECOND, on(2), None)

    def test_a_draw_is_due_in_working_days(self) -> None:
        """DUE-2: five working days after Monday 30 November is Monday 7 December; what was published says when, and by which number."""
        _, duty = find_draw_duties(books(), DRAW)
        assert (duty.kind, duty.due, duty.done) == (DutyKind.DRAW, on(7), None)
        _, done = find_draw_duties(books(notice(3, 8, 7, NoticeKind.DRAW), notice(1, 9, 7, NoticeKind.DRAW)), DRAW)
        assert (done.done, done.document, done.is_late) == (on(9), "某抽查〔2026〕1号", True)

    def test_what_was_published_keeps_its_last_day(self) -> None:
        """DUE-9: other settings afterwards make nothing late that was in time; where nothing was kept, today's last day stands."""
        kept, unknown = (
            tuple(find_draw_duties(books(notice(1, 8, due, NoticeKind.DRAW)), DRAW))[1] for due in (8, None)
        )
        assert (kept.due, kept.is_late) == (on(8), False)
        assert (unknown.due, unknown.is_late) == (on(7), True)


class TestMonths:
    """DUE-5: the statistics of a month."""

    def test_statistics_are_due_in_the_month_after(self) -> None:
        """DUE-5: the tenth working day of December for November; DUE-7: of December none, for 2027 is not known."""
        duty = find_month_duty(books(), Period("2026-11"))
        assert (duty.start, duty.due) == (date(2026, 11, 30), on(14))
        assert find_month_duty(books(), DECEMBER).due is None
        done = find_month_duty(books(notice(1, 31, 31, NoticeKind.STATISTICS)), DECEMBER)
        assert (done.due, done.done) == (on(31), on(31))

    def test_a_notice_that_does_not_do_it(self) -> None:
        """DUE-12: neither one of before the month's last day, nor one that was withdrawn; the next one does."""
        early, last = notice(1, 30, 31, NoticeKind.STATISTICS), notice(2, 31, 31, NoticeKind.STATISTICS)
        assert find_month_duty(books(early), DECEMBER).done is None
        gone = replace(notice(1, 31, 31, NoticeKind.STATISTICS), is_withdrawn=True)
        assert find_month_duty(books(gone), DECEMBER).done is None
        assert find_month_duty(books(gone, last), DECEMBER).document == last.document


class TestResults:
    """DUE-3: the notices of results."""

    def test_results_of_a_day_are_one_duty(self) -> None:
        """DUE-3: ten working days after the check, also of what nobody has approved; a supplement's count with the first draw's."""
        awaiting = version(1, 1, entity=TWO, state=ReviewState.AWAITING, reviewed_by=None, reviewed_on=None)
        found = find_result_duties(
            books(results=results(version(1, 1), awaiting, version(1, 2, slot=SECOND, entity=EntityId("E-3"))))
        )
        assert told(found) == [(1, on(15), None, 2), (2, on(16), None, 1)]
        assert [(duty.slot, duty.awaiting) for duty in found] == [(FIRST, 1), (FIRST, 0)]

    def test_what_ended_otherwise_is_not_due(self) -> None:
        """A result that was returned, and whose visit was then cancelled or carried over, is not due; nor is one of a void draw."""
        returned = version(1, 1, state=ReviewState.RETURNED, review_reason="x")
        assert told(find_result_duties(books(results=results(returned)))) == [(1, on(15), None, 1)]
        assert find_result_duties(books(results=results(returned), ended=frozenset({(FIRST, ONE)}))) == ()
        assert find_result_duties(books(results=results(version(1, 1)), draws=())) == ()

    def test_parts_that_were_published_are_done(self) -> None:
        """DUE-3, DUE-8: what was published and what was not are told apart, and each is judged by the day of its own check."""
        both = results(version(1, 1), version(1, 3, entity=TWO), version(1, 1, entity=EntityId("E-3")))
        entries = (line(1), line(1, entity=TWO, place=2))
        found = find_result_duties(books(notice(1, 16, 15), entries=entries, results=both))
        assert told(found) == [(1, on(15), on(16), 1), (3, on(17), on(16), 1), (1, on(15), None, 1)]
        assert [duty.is_late for duty in found] == [True, False, False]
        assert count_punctuality(found, on(31)) == Punctuality(in_time=1, late=1, open_late=1)

    def test_results_keep_the_term_of_their_notice(self) -> None:
        """DUE-9: the notice had twelve working days; so has each of its results, though the settings say ten today."""
        both = results(version(1, 1), version(1, 3, entity=TWO))
        entries = (line(1), line(1, entity=TWO, place=2))
        found = find_result_duties(books(notice(1, 18, 17), entries=entries, results=both))
        assert told(found) == [(1, on(17), on(18), 1), (3, on(21), on(18), 1)]
        unknown = replace(notice(1, 18, 17), due=date(2027, 1, 4))
        found = find_result_duties(books(unknown, entries=entries, results=both))
        assert told(found) == [(1, date(2027, 1, 4), on(18), 1), (3, on(17), on(18), 1)]

    def test_a_correction_of_the_day_does_not_change_what_was_late(self) -> None:
        """DUE-8, DUE-9: published late by the day that it was said to be checked on, it stays late when that day is corrected."""
        versions = (version(1, 1), version(2, 8))
        entries = (line(1, 2, state=IssueAction.CORRECTED), line(2, 2, replaced=1))
        found = find_result_duties(
            books(notice(1, 16, 15), notice(2, 17, kind=NoticeKind.CHANGE), entries=entries, results=results(*versions))
        )
        assert told(found) == [(1, on(15), on(16), 1)]


class TestCorrections:
    """DUE-4: the notices of corrections."""

    def test_an_approved_correction_is_due(self) -> None:
        """DUE-4: five working days after Thursday 10 December is Thursday 17; the notice that is to change is named."""
        (duty,) = find_correction_duties(
            books(notice(1, 9), entries=(line(1),), results=results(version(1, 1), corrected(2, 10, 5)))
        )
        assert (duty.start, duty.due, duty.document, duty.slot) == (on(10), on(17), "某抽查〔2026〕1号", FIRST)

    @pytest.mark.parametrize(
        "second",
        [
            corrected(2, 10, 1),  # says the same to the public
            replace(corrected(2, 10, 5), state=ReviewState.AWAITING, reviewed_by=None, reviewed_on=None),
            replace(corrected(2, 10, 5), state=ReviewState.RETURNED, review_reason="x"),
        ],
    )
    def test_what_changes_nothing_in_public_is_not_due(self, second: OutcomeVersion) -> None:
        """DUE-4: a correction of what the public does not read, one that awaits approval and one that was returned are not due."""
        entries = (line(1),)
        assert (
            find_correction_duties(books(notice(1, 9), entries=entries, results=results(version(1, 1), second))) == ()
        )

    def test_it_begins_with_the_first_that_differs(self) -> None:
        """DUE-4: two corrections one after the other are due since the first; taken back before it was published, nothing is."""
        versions = (version(1, 1), corrected(2, 9, 1), corrected(3, 10, 5), corrected(4, 14, 8))
        found = find_correction_duties(books(notice(1, 9), entries=(line(1),), results=results(*versions)))
        assert told(found) == [(10, on(17), None, 1)]
        back = (*versions, corrected(5, 15, 1))
        assert find_correction_duties(books(notice(1, 9), entries=(line(1),), results=results(*back))) == ()

    def test_what_was_corrected_is_done(self) -> None:
        """DUE-4, DUE-9: each correction that was published is done on the day of its own notice, with the last day that it had."""
        versions = (version(1, 1), corrected(2, 10, 5), corrected(3, 21, 8), corrected(4, 22, 2))
        entries = (line(1, 3, state=IssueAction.CORRECTED), line(2, 2, replaced=1), line(3, 3, replaced=2))
        notices = (notice(1, 9), notice(2, 18, 17, NoticeKind.CHANGE), notice(3, 22, 28, NoticeKind.CHANGE))
        found = find_correction_duties(books(*notices, entries=entries, results=results(*versions)))
        assert told(found) == [(10, on(17), on(18), 1), (21, on(28), on(22), 1), (22, on(29), None, 1)]
        assert {duty.document for duty in found} == {"某抽查〔2026〕1号"}

    def test_what_is_shown_no_more_is_not_corrected(self) -> None:
        """DUE-4: of a line that was repaired or withdrawn nothing is to correct; a correction approved later goes into a new notice."""
        versions = results(version(1, 1), corrected(2, 10, 5))
        for state, since, count in [
            (IssueAction.REPAIRED, 9, 0),
            (IssueAction.WITHDRAWN, 10, 0),
            (IssueAction.WITHDRAWN, 9, 1),
        ]:
            entries = (line(1, state=state, since=on(since)),)
            found = find_correction_duties(books(notice(1, 8), entries=entries, results=versions))
            assert [(duty.document, duty.due) for duty in found] == [(None, on(17))] * count

    def test_a_withdrawn_result_is_told_again(self) -> None:
        """DUE-4: withdrawn and published anew in a notice of results, its correction is done; told anew as it was, there was none."""
        entries = (line(1, state=IssueAction.WITHDRAWN), line(2, 2))
        found = find_correction_duties(
            books(notice(1, 8), notice(2, 11, 15), entries=entries, results=results(version(1, 1), corrected(2, 10, 5)))
        )
        assert [(duty.document, duty.due, duty.done) for duty in found] == [(None, on(17), on(11))]
        same = results(version(1, 1), corrected(2, 10, 1))
        assert find_correction_duties(books(notice(1, 8), notice(2, 11, 15), entries=entries, results=same)) == ()


class TestExpiry:
    """DUE-6: the end of the display term."""

    def test_what_is_shown_expires(self) -> None:
        """DUE-6: five years for companies, two for sole traders; what was taken from display is done, what was withdrawn not due."""
        entries = (
            line(1),
            line(1, entity=TWO, place=2, naming=SoleTraders.FULL),
            line(1, entity=EntityId("E-3"), place=3, state=IssueAction.EXPIRED, since=date(2031, 12, 9)),
            line(1, entity=EntityId("E-4"), place=4, state=IssueAction.WITHDRAWN),
            line(2, 2, replaced=1),
        )
        known = books(
            notice(1, 9),
            notice(2, 12, kind=NoticeKind.CHANGE),
            notice(3, 9, kind=NoticeKind.DRAW),
            entries=entries,
        )
        found = [(duty.due, duty.done, duty.count, duty.is_late) for duty in find_expiry_duties(known)]
        assert found == [
            (date(2031, 12, 9), None, 1, False),
            (date(2028, 12, 9), None, 1, False),
            (date(2031, 12, 9), date(2031, 12, 9), 1, False),
        ]


class TestPunctuality:
    """DUE-8: what was done late stays counted."""

    def test_the_rate_is_of_what_was_due(self) -> None:
        """公示率: published in time over all that was due by the day; where nothing was due there is none."""
        known = Punctuality(in_time=3, late=1, open_late=0)
        assert (known.due, known.rate) == (4, 0.75)
        assert Punctuality(in_time=0, late=0, open_late=0).rate is None

    def test_what_is_not_due_yet_is_not_counted(self) -> None:
        """DUE-7, DUE-8: open and before its last day, on it, or without one: not counted yet."""
        duty = Duty(kind=DutyKind.RESULT, period=DECEMBER, start=on(1), due=on(15), basis="x", count=3)
        open_ones = [duty, replace(duty, due=None)]
        assert count_punctuality(open_ones, on(15)).due == 0
        assert count_punctuality(open_ones, on(16)).open_late == 3


class TestDropped:
    """What a calendar is told to take away."""

    def test_what_is_no_more(self) -> None:
        """A void draw's notices and month, a day of a check that was another, and corrections that were overtaken."""
        awaiting = version(1, 3, state=ReviewState.RETURNED, review_reason="x")
        versions = results(version(1, 1), corrected(2, 10, 5), corrected(3, 11, 1), replace(awaiting, entity=TWO))
        known = books(
            notice(1, 9),
            notice(2, 9, kind=NoticeKind.DRAW),
            draws=(SUPPLEMENT,),
            void=(DRAW,),
            entries=(line(1),),
            results=versions,
        )
        dropped = find_dropped(known, find_draw_duties(known, SUPPLEMENT))
        assert [(duty.kind.value, duty.start, duty.document is not None) for duty in dropped] == [
            ("commitment", date(2026, 11, 23), False),
            ("draw", date(2026, 11, 30), False),
            ("statistics", on(31), False),
            ("result", on(1), False),
            ("result", on(3), False),
            ("correction", on(10), True),
            ("correction", on(11), True),
            ("correction", on(10), False),
            ("correction", on(11), False),
            ("expiry", on(9), True),
        ]
        assert find_dropped(known, dropped) == tuple(find_draw_duties(known, SUPPLEMENT))[1:]
        waiting = replace(known, void=(replace(DRAW, drawn=None),), results={}, entries=(), notices={})
        assert [duty.kind.value for duty in find_dropped(waiting, ())] == ["commitment"]
