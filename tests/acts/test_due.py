"""What is due as the store holds it, on both databases, and always the way that the acts go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.publish.change import EndOrder as NoticeEndOrder
from inspect_cli.acts.publish.change import end_lines, expire_lines
from inspect_cli.acts.publish.correct import CorrectOrder, correct_notice
from inspect_cli.acts.publish.due import find_due, find_duties, read_duties, read_reminders, read_urgent
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.acts.publish.renewal import Papers
from inspect_cli.acts.visit.correcting import CorrectionOrder, correct_visit
from inspect_cli.acts.visit.endings import EndOrder, cancel_visits, carry_over_visits
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.review import ReviewOrder, approve_visits, return_visits
from inspect_cli.core.bureau import Limit
from inspect_cli.core.names import Period, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.deadline import DutyKind, DutyState, count_punctuality
from inspect_cli.core.publish.issued import IssueAction, NoticeKind, Subject
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.workdays import YearNotice
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.calendar import add_year_notice
from inspect_cli.storage.version import CURRENT
from inspect_cli.storage.visits import find_visits
from tests import small_month, small_supplement
from tests.sample_draw import order_all
from tests.small_month import APPROVER, OPERATOR, PUBLISHER, actor_on

if TYPE_CHECKING:
    from inspect_cli.acts.publish.issue import Published
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.publish.deadline import Duty
    from inspect_cli.storage.engine import Store
    from inspect_cli.storage.visits import VisitRecord

FIRST, SECOND = small_supplement.FIRST, small_supplement.SECOND
# Five working days, so that the first checks of December have last days in it.
BUREAU = replace(small_month.BUREAU, result_working_days=Limit(number=5, basis="结果"))
APPROVAL = Approval(approver=APPROVER, reason="x")


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with the registries of the small month."""
    return small_month.fill(store_url)


def _duties(store: Store, *kinds: DutyKind, bureau: Bureau = BUREAU) -> list[Duty]:
    with store.reading() as session:
        return [duty for duty in find_duties(session, bureau) if not kinds or duty.kind in kinds]


def _told(store: Store, *kinds: DutyKind) -> list[tuple[str, str | None, str, int]]:
    """Say of each duty its kind, its last day and the day on which it was done without the year, and how many results it is about."""
    return [
        (
            duty.kind.value,
            None if duty.due is None else f"{duty.due:%m-%d}",
            "" if duty.done is None else f"{duty.done:%m-%d}",
            duty.count,
        )
        for duty in _duties(store, *kinds)
    ]


def _visits(store: Store, slot: Slot | None = None) -> list[VisitRecord]:
    """Give the visits that have a day, by day."""
    with store.reading() as session:
        return sorted(
            (one for one in find_visits(session, slot) if one.day), key=lambda one: (str(one.day), one.entity)
        )


def _order(store: Store, visit: VisitRecord, result: int = 1, finding: str | None = None) -> RecordOrder:
    domains = small_supplement.in_force(store)[visit.entity].domains
    results = dict.fromkeys(domains, ResultClass(result))
    claims = Claims(
        results=results,
        methods={},
        findings={} if finding is None else {domains[0]: finding},
        follow_ups=order_all(results),
    )
    return RecordOrder(slot=FIRST, entity=visit.entity, claims=claims)


def _record(store: Store, *visits: VisitRecord) -> None:
    for visit in visits:
        record_visit(store, actor_on(str(visit.day)), BUREAU, _order(store, visit))


def _approve(store: Store, day: str = "2026-12-31") -> None:
    approve_visits(store, actor_on(day, name=APPROVER), ReviewOrder(bureau=BUREAU, slot=FIRST))


def _publish(store: Store, kind: NoticeKind, day: str, slot: Slot = FIRST) -> Published:
    order = PublishOrder(bureau=BUREAU, subject=Subject(kind=kind, slot=slot))
    return publish_notice(store, actor_on(day, "15:00", PUBLISHER), order)


def _correct(store: Store, order: RecordOrder, day: str) -> None:
    correction = CorrectionOrder(order=order, approval=replace(APPROVAL, reason="other"), basis="复核")
    correct_visit(store, actor_on(day, name=OPERATOR), BUREAU, correction)
    _approve(store, day)


def test_a_draw_and_its_month(store: Store) -> None:
    """DUE-1, DUE-2, DUE-5, DUE-7, DUE-8: commitment, draw and statistics, as they come to be due, and done in time or late."""
    assert _told(store) == []
    small_month.commit(store)
    assert _told(store) == [("commitment", "11-30", "", 1)]
    _publish(store, NoticeKind.COMMITMENT, "2026-11-30")
    small_month.seed(store, FIRST)
    small_month.run(store, FIRST)
    late = _publish(store, NoticeKind.DRAW, "2026-12-08")
    assert (late.version.due, late.version.is_late) == (date(2026, 12, 7), True)
    assert _told(store) == [
        ("commitment", "11-30", "11-30", 1),
        ("draw", "12-07", "12-08", 1),
        ("statistics", None, "", 1),
    ]
    with store.transaction() as session:
        add_year_notice(
            session, YearNotice(title="x", year=2027, days_off=(date(2027, 1, 1),), make_up_days=(date(2027, 1, 2),))
        )
    # Worked in January 2027: Saturday 2 (made up), 4 to 8, 11 to 14.
    assert _told(store, DutyKind.STATISTICS) == [("statistics", "01-14", "", 1)]


def test_the_first_source_counts(store: Store) -> None:
    """DUE-1: of two sources a day apart the first one is the last day of the commitment's notice."""
    later = small_month.DICE.replace("2026-11-30T", "2026-12-01T")
    small_month.commit(store, small_month.plan_text(sources=small_month.TEXT + later))
    assert _told(store) == [("commitment", "11-30", "", 1)]


def test_what_was_published_keeps_its_day(store: Store) -> None:
    """DUE-9: other settings afterwards change the last day of what is open, and of nothing that was published."""
    small_month.draw_month(store)
    _publish(store, NoticeKind.DRAW, "2026-12-07")
    shorter = replace(BUREAU, publication=replace(BUREAU.publication, draw_working_days=Limit(number=1, basis="x")))
    (duty,) = _duties(store, DutyKind.DRAW, bureau=shorter)
    assert (duty.due, duty.is_late) == (date(2026, 12, 7), False)


def test_results_by_day_and_batch(store: Store) -> None:
    """DUE-3: checked on 3, 4 and 9 December, due on 10, 11 and 16; two are published late and in time, one awaits approval."""
    small_month.draw_month(store)
    first, second, third, *_others = _visits(store)
    assert [str(one.day) for one in (first, second, third)] == ["2026-12-03", "2026-12-04", "2026-12-09"]
    _record(store, first, second)
    assert [(duty.awaiting, duty.count) for duty in _duties(store, DutyKind.RESULT)] == [(1, 1), (1, 1)]
    _approve(store, "2026-12-10")
    _record(store, third)
    published = _publish(store, NoticeKind.RESULT, "2026-12-11")
    assert published.version.due == date(2026, 12, 10)
    assert _told(store, DutyKind.RESULT) == [
        ("result", "12-10", "12-11", 1),
        ("result", "12-11", "12-11", 1),
        ("result", "12-16", "", 1),
    ]
    assert [duty.is_late for duty in _duties(store, DutyKind.RESULT)] == [True, False, False]


def test_returned_and_ended_otherwise(store: Store) -> None:
    """DUE-3: a returned result stays due until it is recorded anew; of a visit that was carried over nothing is due."""
    small_month.draw_month(store)
    first, second, third, *_others = _visits(store)
    _record(store, first, second)
    back = ReviewOrder(bureau=BUREAU, slot=FIRST, entities=(first.entity, second.entity), reason="x")
    return_visits(store, actor_on("2026-12-31", name=APPROVER), back)
    assert len(_duties(store, DutyKind.RESULT)) == 2
    end = EndOrder(bureau=BUREAU, slot=FIRST, approval=APPROVAL, entities=(third.entity,))
    carry_over_visits(store, actor_on("2026-12-31"), end)
    assert [duty.start for duty in _duties(store, DutyKind.RESULT)] == [first.day, second.day]


def _unrecorded(store: Store, today: date) -> list[tuple[date, date | None, int, str]]:
    with store.reading() as session:
        judged = read_duties(session, BUREAU, today)
    return [(one.duty.start, one.duty.due, one.duty.count, one.state.value) for one in judged if one.duty.is_unrecorded]


def test_visits_of_which_nothing_is_recorded(store: Store) -> None:
    """DUE-11: those whose day is past are one duty of the draw, by the oldest's day; recorded, cancelled or still to come they are none."""
    small_month.draw_month(store)
    first, second, third, *others = _visits(store)
    assert _unrecorded(store, date(2026, 12, 3)) == []
    assert _unrecorded(store, date(2026, 12, 9)) == [(date(2026, 12, 3), date(2026, 12, 10), 2, "soon")]
    _record(store, first)
    end = EndOrder(bureau=BUREAU, slot=FIRST, approval=APPROVAL, entities=(second.entity,))
    cancel_visits(store, actor_on("2026-12-10"), end)
    assert _unrecorded(store, date(2026, 12, 17)) == [(third.day, date(2026, 12, 16), 1, "late")]
    with store.reading() as session:
        judged = read_duties(session, BUREAU, date(2026, 12, 17))
    assert count_punctuality((one.duty for one in judged), date(2026, 12, 17)).open_late == 3, (
        "the result and two notices"
    )
    back = ReviewOrder(bureau=BUREAU, slot=FIRST, entities=(third.entity,), reason="x")
    _record(store, third)
    return_visits(store, actor_on("2026-12-10", name=APPROVER), back)
    assert _unrecorded(store, date(2026, 12, 17)) == [], "it was recorded, and awaits its next version as a result"
    assert others


def test_a_notice_that_is_withdrawn(store: Store) -> None:
    """DUE-12: once the draw's notice is withdrawn it is due again, and done by the next one."""
    small_month.draw_month(store)
    document = _publish(store, NoticeKind.DRAW, "2026-12-01").notice.document
    (duty,) = _duties(store, DutyKind.DRAW)
    assert duty.done == date(2026, 12, 1)
    order = NoticeEndOrder(
        papers=Papers(bureau=BUREAU), document=document, approval=APPROVAL, basis="复核", action=IssueAction.WITHDRAWN
    )
    end_lines(store, actor_on("2026-12-08", name=PUBLISHER), order)
    (duty,) = _duties(store, DutyKind.DRAW)
    assert (duty.done, duty.due) == (None, date(2026, 12, 7))


def test_a_chain_is_published_as_one(store: Store) -> None:
    """DUE-1, DUE-3: a supplement has a commitment and a draw to publish; its results are due with the first draw's, by one command."""
    small_month.draw_month(store)
    person = next(iter(small_supplement.in_force(store).values())).team[0]
    slot = small_supplement.supplement(store, small_supplement.order(away=(small_supplement.away(person),)))
    assert slot == SECOND
    again = _visits(store, SECOND)
    assert again
    assert {duty.slot for duty in _duties(store, DutyKind.COMMITMENT)} == {FIRST, SECOND}
    assert [duty.due for duty in _duties(store, DutyKind.COMMITMENT)] == [date(2026, 11, 30), date(2026, 12, 1)]
    assert [duty.start for duty in _duties(store, DutyKind.DRAW)] == [date(2026, 11, 30), date(2026, 12, 1)]
    _record(store, again[0])
    _approve(store)
    (duty,) = _duties(store, DutyKind.RESULT)
    assert (duty.slot, duty.start) == (FIRST, again[0].day)
    _publish(store, NoticeKind.RESULT, "2026-12-31")
    (duty,) = _duties(store, DutyKind.RESULT)
    assert duty.done == date(2026, 12, 31)


def test_nothing_is_due_of_a_void_draw(store: Store) -> None:
    """A void draw has no duties; a calendar that has its reminders is told to take them away, and knows of which state it is."""
    slot = small_month.draw_month(store)
    with store.reading() as session:
        before, stamp = read_reminders(session, BUREAU, date(2026, 12, 1))
    draw.void(store, actor_on("2026-12-01"), draw.VoidOrder(bureau=BUREAU, slot=slot, approval=APPROVAL))
    assert _duties(store) == []
    with store.reading() as session:
        after, newer = read_reminders(session, BUREAU, date(2026, 12, 1))
    assert {(one.duty.kind, one.duty.start) for one in before} == {(one.duty.kind, one.duty.start) for one in after}
    assert all(one.duty.done is not None for one in after)
    assert newer.number == stamp.number + 1


def test_corrections(store: Store) -> None:
    """DUE-4: approved on Tuesday 15 December it is due on Tuesday 22; done late by the notice of the correction, which has that day too."""
    small_month.draw_month(store)
    first, second, *_others = _visits(store)
    _record(store, first, second)
    _approve(store, "2026-12-10")
    document = _publish(store, NoticeKind.RESULT, "2026-12-10").notice.document
    _correct(store, _order(store, second, 1, "only the bureau reads this"), "2026-12-11")
    assert _told(store, DutyKind.CORRECTION) == []
    _correct(store, _order(store, first, 5), "2026-12-15")
    (duty,) = _duties(store, DutyKind.CORRECTION)
    assert (duty.document, duty.due, duty.done) == (document, date(2026, 12, 22), None)
    order = CorrectOrder(papers=Papers(bureau=BUREAU), document=document)
    changed = correct_notice(store, actor_on("2026-12-23", name=PUBLISHER), order)
    assert changed.announced is not None
    assert (changed.announced.version.due, changed.announced.version.is_late) == (date(2026, 12, 22), True)
    assert _told(store, DutyKind.CORRECTION) == [("correction", "12-22", "12-23", 1)]
    assert _told(store, DutyKind.RESULT) == [("result", "12-10", "12-10", 1), ("result", "12-11", "12-10", 1)]


def test_a_second_correction_does_not_make_the_first_one_punctual(store: Store) -> None:
    """DUE-4: approved on 15 December and changed again on the 21st, ⑥ was due on the 22nd all the same, beside another line of the 21st."""
    small_month.draw_month(store)
    first, second, *_others = _visits(store)
    _record(store, first, second)
    _approve(store, "2026-12-10")
    document = _publish(store, NoticeKind.RESULT, "2026-12-10").notice.document
    _correct(store, _order(store, first, 5), "2026-12-15")
    _correct(store, _order(store, first, 8), "2026-12-21")
    _correct(store, _order(store, second, 5), "2026-12-21")
    order = CorrectOrder(papers=Papers(bureau=BUREAU), document=document)
    changed = correct_notice(store, actor_on("2026-12-23", name=PUBLISHER), order)
    assert changed.announced is not None
    assert (changed.announced.version.due, changed.announced.version.is_late) == (date(2026, 12, 22), True)


def test_display_terms(store: Store) -> None:
    """DUE-6: five years after its first publication a result is to be taken from display; two years after, where it is a sole trader's."""
    small_month.draw_month(store)
    first, second, *_others = _visits(store)
    with store.transaction() as session:
        session.connection().exec_driver_sql(f"UPDATE entity SET size = '个体户' WHERE id = '{second.entity}'")  # noqa: S608
    _record(store, first, second)
    _approve(store)
    _publish(store, NoticeKind.RESULT, "2026-12-31")
    days = [(duty.due, duty.count) for duty in _duties(store, DutyKind.EXPIRY)]
    assert days == [(date(2028, 12, 31), 1), (date(2031, 12, 31), 1)]
    expire_lines(store, actor_on("2029-01-01", name=PUBLISHER), Papers(bureau=BUREAU))
    done, still = _duties(store, DutyKind.EXPIRY)
    assert (done.done, done.is_late, still.done) == (date(2029, 1, 1), True, None)


def test_last_days_of_notices(store: Store) -> None:
    """A notice without a rule, of no such draw, or of a draw that is not drawn has no last day; statistics have the month's."""
    small_month.commit(store)

    def due(kind: NoticeKind, slot: Slot | None = FIRST, period: str | None = None) -> date | None:
        with store.reading() as session:
            return find_due(session, BUREAU, Subject(kind=kind, slot=slot, period=period), ())

    assert due(NoticeKind.COMMITMENT) == date(2026, 11, 30)
    assert due(NoticeKind.COMMITMENT, Slot("2026-12/9")) is None
    assert due(NoticeKind.DRAW) is None
    assert due(NoticeKind.RESULT) is None
    assert due(NoticeKind.CHANGE, None, "2026-12") is None
    assert due(NoticeKind.MATTERS, None, "2026") is None
    assert due(NoticeKind.STATISTICS, None, "2026-11") == date(2026, 12, 14)


def test_what_presses_of_the_months_that_are_shown(store: Store) -> None:
    """STATUS-9: in December and January December's notices are counted, in March only that some of another month are late."""
    small_month.draw_month(store)
    counts = []
    for month in ("2026-12", "2027-01", "2027-03"):
        with store.reading() as session:
            urgent = read_urgent(session, BUREAU, date(2027, 3, 1), [Period(month)])
        counts.append((urgent.counts[DutyState.LATE], urgent.elsewhere, len(urgent.steps)))
    assert counts == [(3, 0, 4), (3, 0, 4), (0, 3, 0)], (
        "two notices, visits of which nothing is recorded; statistics without a last day"
    )


def test_an_upgraded_store(store: Store) -> None:
    """DUE-10: what the store held and was due before notices were kept is not late; what is recorded or due afterwards is as ever."""
    small_month.draw_month(store)
    first, second, third, *_others = _visits(store)
    _record(store, first)
    steps = (("2026-12-30", "0003", "0004"), ("2027-01-01", "0004", CURRENT), ("2027-02-01", CURRENT, "0006"))
    for day, before, after in steps:
        with store.transaction() as session:
            detail = {"from": before, "to": after}
            add_act(session, actor_on(day), Act(act="db upgrade", subject="store", detail=detail))
    record_visit(store, actor_on("2027-01-05"), BUREAU, _order(store, second))
    with store.transaction() as session:
        add_year_notice(
            session, YearNotice(title="x", year=2027, days_off=(date(2027, 1, 1),), make_up_days=(date(2027, 1, 2),))
        )
    with store.reading() as session:
        judged = read_duties(session, BUREAU, date(2027, 1, 31))
        urgent = read_urgent(session, BUREAU, date(2027, 1, 31), [Period("2027-01")])
    assert [(one.duty.kind.value, one.duty.start, one.state.value) for one in judged] == [
        ("result", second.day, "late"),
        ("result", third.day, "late"),
        ("statistics", date(2026, 12, 31), "late"),
        ("commitment", date(2026, 11, 23), "earlier"),
        ("draw", date(2026, 11, 30), "earlier"),
        ("result", first.day, "earlier"),
    ]
    assert (urgent.counts[DutyState.LATE], urgent.elsewhere) == (3, 0)
    _publish(store, NoticeKind.DRAW, "2027-01-31")
    (duty,) = _duties(store, DutyKind.DRAW)
    assert duty.is_late


def test_no_question_for_each_visit(store: Store) -> None:
    """However many results there are, the store is asked as many questions."""
    small_month.draw_month(store)
    asked: list[str] = []

    def count() -> int:
        asked.clear()
        with store.reading() as session:
            event.listen(session.connection().engine, "before_cursor_execute", note)
            find_duties(session, BUREAU)
            event.remove(session.connection().engine, "before_cursor_execute", note)
        return len(asked)

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        asked.append(statement)

    _record(store, _visits(store)[0])
    _approve(store)
    _publish(store, NoticeKind.RESULT, "2026-12-31")
    one = count()
    _record(store, *_visits(store)[1:])
    _approve(store)
    _publish(store, NoticeKind.RESULT, "2026-12-31")
    assert count() == one
    assert not any("entities" in statement and "FROM draw" in statement for statement in asked)
