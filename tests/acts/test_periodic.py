"""The list of matters, the plans and a month's statistics, from the store to what is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.plan.year import YearOrder, keep_year_plan
from inspect_cli.acts.publish.change import EndOrder as LineOrder
from inspect_cli.acts.publish.change import end_lines
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.acts.publish.kept import read_notices
from inspect_cli.acts.publish.views import gather_view, read_view
from inspect_cli.acts.visit.endings import EndOrder, cancel_visits, carry_over_visits
from inspect_cli.core.draw.commitment import render_commitment
from inspect_cli.core.names import Domain, EntityId, Period, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import IssueAction, NoticeKind, Subject
from inspect_cli.core.publish.matter_list import MattersView
from inspect_cli.core.publish.month_notice import MonthView
from inspect_cli.core.publish.plan_notice import PlanView, YearPlanView
from inspect_cli.core.publish.subject import parse_subject
from inspect_cli.core.visit.steps import Step, TakenStep
from inspect_cli.errors import RefusedError
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.draws import add_draw, find_draw, keep_void
from inspect_cli.storage.registries import add_matters, update_matters
from inspect_cli.storage.results import add_steps
from inspect_cli.storage.visits import add_visits, find_visits
from tests import small_month
from tests.chained_store import fill_chain
from tests.published import END, PAPERS, SLOT, YEAR_FILE, approve, make_store, publish, record, visits_of
from tests.sample_draw import BUREAU as SAMPLE_BUREAU
from tests.sample_draw import make_sample
from tests.sample_store import fill_store
from tests.small_month import APPROVER, BUREAU, PUBLISHER, actor_on, make_matter
from tests.stores import begin_store

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.acts.publish.issue import Published
    from inspect_cli.core.publish.all_views import NoticeView
    from inspect_cli.storage.engine import Store

MONTH = Period("2026-12")
APPROVAL = Approval(approver=APPROVER, reason="as-reported")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Name a store in a file."""
    return f"sqlite:///{(tmp_path / 'inspect.db').as_posix()}"


@pytest.fixture
def store(url: str) -> Store:
    """Make a store whose month is drawn."""
    return make_store(url)


def _subject(kind: NoticeKind, text: str, today: str = END) -> Subject:
    return parse_subject(kind, text, date.fromisoformat(today))


def _read(store: Store, kind: NoticeKind, text: str, today: str = END) -> NoticeView:
    return read_view(store, BUREAU, _subject(kind, text, today))


def _count(store: Store, today: str = END) -> MonthView:
    view = _read(store, NoticeKind.STATISTICS, MONTH, today)
    assert isinstance(view, MonthView)
    return view


def _ends(view: MonthView) -> list[int]:
    """Give how many are approved, awaiting, planned, open, drawn again, cancelled and carried over."""
    return [line.visits for line in view.ends]


def _publish(store: Store, kind: NoticeKind, text: str) -> Published:
    order = PublishOrder(bureau=BUREAU, subject=_subject(kind, text))
    return publish_notice(store, actor_on(END, "15:00", PUBLISHER), order)


def _keep_year(store: Store, data: bytes = YEAR_FILE) -> None:
    order = YearOrder(bureau=BUREAU, year=2026, data=data, file="year.toml", reason="first")
    keep_year_plan(store, actor_on("2026-11-20"), order)


def _play(store: Store) -> None:
    """Publish two results, leave one to be approved, cancel a visit and carry one over."""
    first, second, third, fourth, fifth = visits_of(store)
    approve(store, record(store, first, 5), record(store, second))
    publish(store)
    record(store, third)
    order = EndOrder(bureau=BUREAU, slot=SLOT, approval=APPROVAL)
    cancel_visits(store, actor_on(END), replace(order, entities=(fourth.entity,)))
    carry_over_visits(store, actor_on(END), replace(order, entities=(fifth.entity,)))


def test_a_drawn_month_waits_for_its_visits(store: Store) -> None:
    """MONTH-1: five visits are drawn for three and two quotas, all of them planned."""
    view = _count(store)
    assert _ends(view) == [0, 0, 5, 0, 0, 0, 0]
    assert (view.due, view.drawn, view.visits, view.in_force, view.alone, view.spared) == (5, 5, 5, 5, 5, 0)
    assert [(line.domain.en, line.base, line.due, line.drawn, line.checked, line.done) for line in view.domains] == [
        ("Labour", 10, 3, 3, 5, 0),
        ("Safety", 6, 2, 2, 2, 0),
    ]
    assert [(rate.part, rate.whole) for rate in view.rates] == [(0, 5), (0, 0), (0, 0), (2, 5)]
    assert (view.classes, view.follow_ups, view.compared, view.void, view.pending) == ((), (), (), 0, 0)


def test_each_visit_of_a_month_is_in_one_place(store_url: str) -> None:
    """MONTH-1, MONTH-3 to MONTH-5: two results, one awaiting, one cancelled, one carried over; one of two is closed."""
    store = make_store(store_url)
    _play(store)
    view = _count(store)
    assert _ends(view) == [2, 1, 0, 0, 0, 1, 1]
    assert [(line.number, line.companies) for line in view.classes] == [(1, 1), (5, 1)]
    assert [(line.domain.en, line.number, line.checks) for line in view.domain_classes] == [
        ("Labour", 1, 1),
        ("Labour", 5, 1),
        ("Safety", 1, 1),
        ("Safety", 5, 1),
    ]
    assert [(line.state.en, line.checks) for line in view.follow_ups] == [("ordered to rectify", 2)]
    assert view.unfollowed == 2
    assert [(rate.part, rate.whole) for rate in view.rates] == [(2, 5), (1, 1), (1, 2), (2, 5)]
    assert (view.late, view.undated) == (0, 1), (
        "PUBLISH-21: the second one's last day is in 2027, which is not known here"
    )


def test_what_is_late_and_not_published_counts_against_the_rate(store: Store) -> None:
    """PUBLISH-21: a result whose last day is past counts as due on the day of the statistics, and not before."""
    record(store, visits_of(store)[0])  # checked on 3 December: 20 working days later is 31 December
    assert _count(store, "2026-12-31").overdue == 0
    view = _count(store, "2027-01-01")
    assert (view.late, view.overdue) == (0, 1)
    assert [(rate.part, rate.whole) for rate in view.rates][1] == (0, 1)


def test_follow_ups_stand_where_their_steps_have_led(store: Store) -> None:
    """MONTH-4, MONTH-5: of two orders to rectify one was re-checked and closed; the company is closed once both are."""
    visit = visits_of(store)[0]
    approve(store, record(store, visit, 5))
    publish(store)

    def take(domain: str, *steps: Step) -> tuple[list[tuple[str, int]], tuple[int, int]]:
        with store.transaction() as session:
            add_steps(session, (make_step(visit.entity, Domain(domain), step) for step in steps))
        view = _count(store)
        (closed,) = [rate for rate in view.rates if rate.name.en == "closed"]
        return [(line.state.en, line.checks) for line in view.follow_ups], (closed.part, closed.whole)

    half = take("labour", Step.RECHECK_PASSED, Step.CLOSE)
    assert half == ([("ordered to rectify", 1), ("closed", 1)], (0, 1))
    assert take("safety", Step.TRANSFER, Step.CLOSE) == ([("closed", 2)], (1, 1))


def make_step(entity: EntityId, domain: Domain, step: Step) -> TakenStep:
    """Make a step about the first version of a result of the month."""
    return TakenStep(
        slot=SLOT,
        entity=entity,
        domain=domain,
        version=1,
        step=step,
        day=date.fromisoformat(END),
        until=None,
        note="举报人来电",
        clock="2026-12-31T12:00:00+08:00",
        actor="操作员甲",
    )


def test_a_withdrawn_result_is_not_published(store: Store) -> None:
    """MONTH-5: what was withdrawn no longer counts as published."""
    _play(store)
    (notice,) = [one for one in read_notices(store) if one.notice.kind is NoticeKind.RESULT]
    entity = notice.entries[0].entity
    change = LineOrder(
        papers=PAPERS,
        document=notice.notice.document,
        action=IssueAction.WITHDRAWN,
        approval=APPROVAL,
        basis="b",
        entities=(entity,),
    )
    end_lines(store, actor_on(END, "16:00", PUBLISHER), change)
    assert next((rate.part, rate.whole) for rate in _count(store).rates) == (1, 5)


def test_visits_that_were_drawn_again_are_in_force_once(url: str) -> None:
    """MONTH-1, MONTH-2: three visits, three drawn again, and one of these once more: seven were drawn and three are in force."""
    view = read_view(fill_chain(url), SAMPLE_BUREAU, _subject(NoticeKind.STATISTICS, MONTH))
    assert isinstance(view, MonthView)
    assert _ends(view) == [0, 0, 3, 0, 4, 0, 0]
    assert (view.visits, view.in_force, view.due, view.drawn) == (7, 3, 3, 3)
    assert [(draw.slot, draw.visits, draw.supplements) for draw in view.draws] == [("2026-12/1", 3, 2)]
    assert [(line.domain.en, line.checked) for line in view.domains] == [("Labour", 2), ("Safety", 3)]


def test_void_and_pending_draws_are_told_and_not_counted(url: str) -> None:
    """MONTH-1: one draw of the month is void and one waits for its seed; the third's five visits are all that counts."""
    store = small_month.fill(url)
    small_month.draw_month(store)
    other = small_month.plan_text(labour=1, safety=1)
    void = small_month.commit(store, other).draw.slot
    with store.transaction() as session:
        keep_void(session, void, reason="wrong-file")
    small_month.commit(store, other)
    view = _count(store)
    assert (view.void, view.pending, view.visits) == (1, 1, 5)


def test_a_month_that_is_not_drawn_has_no_statistics(url: str) -> None:
    """MONTH-1: neither a month without a draw nor one whose draw is only committed or void."""
    store = small_month.fill(url)
    slot = small_month.commit(store).draw.slot
    with pytest.raises(RefusedError, match="nothing of 2026-12 is drawn"):
        _count(store)
    with store.transaction() as session:
        keep_void(session, slot, reason="x")
    with pytest.raises(RefusedError, match="nothing of 2026-12 is drawn"):
        _count(store)


def test_the_year_before_is_counted_alike(url: str) -> None:
    """PUBLISH-22: the sample draw, drawn a year earlier too, stands beside itself without a difference."""
    store = fill_store(url)
    sample = make_sample()
    slot = Slot("2025-12/1")
    sources = tuple(replace(source, at=source.at.replace("2026", "2025")) for source in sample.commitment.sources)
    earlier = replace(
        sample.commitment,
        slot=slot,
        period=Period("2025-12"),
        days=("2025-12-01", "2025-12-02"),
        sources=sources,
    )
    with store.transaction() as session:
        record = find_draw(session, Slot("2026-12/1"))
        assert record is not None
        changed = replace(record, slot=slot, period=Period("2025-12"), commitment=render_commitment(earlier))
        add_draw(session, changed)
        add_act(session, actor_on("2025-11-30"), Act(act="draw run", subject=slot, detail={}))
        add_visits(session, (replace(one, slot=slot) for one in find_visits(session, Slot("2026-12/1"))))
    view = read_view(store, SAMPLE_BUREAU, _subject(NoticeKind.STATISTICS, MONTH))
    assert isinstance(view, MonthView)
    assert [(line.now, line.before) for line in view.compared[:3]] == [("3", "3")] * 3
    assert {line.change for line in view.compared} == {"+0", "+0.0", "—"}


def test_the_list_is_gathered_from_the_registry(store: Store) -> None:
    """PUBLISH-16, PUBLISH-17: both matters of the registry, retired ones by their day, with the ratios of the year's plan that stands."""
    _keep_year(store)
    with store.transaction() as session:
        add_matters(session, (make_matter("L-02", Domain("labour")),))
        update_matters(
            session, (replace(make_matter("L-02", Domain("labour")), retired=date(2026, 12, 15), retired_reason="r"),)
        )
    view = _read(store, NoticeKind.MATTERS, "2026")
    assert isinstance(view, MattersView)
    assert [matter.id for matter in view.matters] == ["L-01", "S-01"]
    assert [(line.domain.en, line.ratio) for line in view.targets] == [("Safety", "3%")]
    of_day = _read(store, NoticeKind.MATTERS, "2026-12-14")
    assert isinstance(of_day, MattersView)
    assert [matter.id for matter in of_day.matters] == ["L-01", "L-02", "S-01"]


def test_an_empty_list_is_not_published(url: str) -> None:
    """PUBLISH-16: a year in which no matter is on the list has no notice of it."""
    store = begin_store(url, actor_on("2026-11-20"))
    with pytest.raises(RefusedError, match="no matter is on the list of 2026"):
        _read(store, NoticeKind.MATTERS, "2026")


def test_plans_are_gathered_as_they_were_committed_and_kept(store: Store) -> None:
    """PUBLISH-18, PUBLISH-19: the month's plan by its draw, the year's as it stands, in its second version."""
    view = _read(store, NoticeKind.PLAN, MONTH)
    assert isinstance(view, PlanView)
    (plan,) = view.plans
    assert (plan.slot, plan.name, plan.quantity) == (SLOT, "2026年12月双随机抽查计划", 5)
    assert [(line.domain.en, line.ratio, line.base, line.quantity) for line in plan.shares] == [
        ("Labour", "", 10, 3),
        ("Safety", "", 6, 2),
    ]
    _keep_year(store)
    _keep_year(store, YEAR_FILE + b"\n[[target]]\ndomain = 'labour'\nnumber = 9\nbasis = 'b'\n")
    year = _read(store, NoticeKind.PLAN, "2026")
    assert isinstance(year, YearPlanView)
    assert (year.version, [line.quantity for line in year.targets]) == (2, [None, 9])
    assert [matter.id for matter in year.matters] == ["L-01", "S-01"]


@pytest.mark.parametrize(("text", "what"), [("2026", "no plan of 2026 is kept"), ("2027-01", "no plan of 2027-01 is")])
def test_a_plan_that_is_not_there_is_not_published(store: Store, text: str, what: str) -> None:
    """PUBLISH-18, PUBLISH-19: nothing is committed for that month, nothing is kept for that year."""
    with pytest.raises(RefusedError, match=what):
        _read(store, NoticeKind.PLAN, text)


def test_they_are_published_with_numbers_of_the_series(store_url: str) -> None:
    """ISSUE-1, DOC-1: each gets the next number, is kept in both languages, and the same again is no new notice."""
    store = make_store(store_url)
    _keep_year(store)
    about = (
        (NoticeKind.MATTERS, "2026"),
        (NoticeKind.PLAN, "2026"),
        (NoticeKind.PLAN, MONTH),
        (NoticeKind.STATISTICS, MONTH),
    )
    published = [_publish(store, kind, text) for kind, text in about]
    assert [one.notice.document for one in published] == [f"示综执抽查〔2026〕{number}号" for number in (1, 2, 3, 4)]
    assert [(one.notice.kind, one.notice.period, one.notice.slot) for one in published] == [
        (kind, text, None) for kind, text in about
    ]
    for one in published:
        assert f"number: {one.notice.document}" in one.version.zh
        assert "date: 31 December 2026" in one.version.en
        assert not {"示例第", "检查员", "联系人", "E01"} & {
            one.version.zh[i : i + 3] for i in range(len(one.version.zh))
        }
    again = _publish(store, NoticeKind.STATISTICS, MONTH)
    assert (again.is_new, again.notice.document) == (False, "示综执抽查〔2026〕4号")


def test_a_months_statistics_are_not_published_before_its_last_day(store: Store) -> None:
    """ISSUE-5: the figures of a month that goes on would stand for ever; on its last day they may be published."""
    subject = _subject(NoticeKind.STATISTICS, MONTH)
    order = PublishOrder(bureau=BUREAU, subject=subject)
    with pytest.raises(RefusedError, match="earlier than what it tells, which is of 2026-12-31"):
        publish_notice(store, actor_on("2026-12-30", "15:00", PUBLISHER), order)
    assert publish_notice(store, actor_on("2026-12-31", "15:00", PUBLISHER), order).is_new


def test_a_notice_of_a_draw_is_not_about_a_month(store: Store) -> None:
    """SUBJECT-1: a subject that its kind cannot have, or that is empty, is a mistake of ours and told at once."""
    for subject in (Subject(kind=NoticeKind.DRAW, period="2026-12"), Subject(kind=NoticeKind.STATISTICS)):
        with store.reading() as session, pytest.raises(ValueError, match="Subject"):
            gather_view(session, BUREAU, subject)


def test_statistics_without_a_day_are_those_of_the_months_end(store: Store) -> None:
    """PUBLISH-21: where nobody says on which day, what is overdue is judged on the month's last day."""
    view = read_view(store, BUREAU, Subject(kind=NoticeKind.STATISTICS, period=MONTH))
    assert isinstance(view, MonthView)
    assert view.as_of == date(2026, 12, 31)
