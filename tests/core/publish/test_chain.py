"""What notices show of a chain of draws. Every number was counted by hand on the page of the sample chain."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.bureau import Limit
from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.draw.rows import render_others
from inspect_cli.core.names import EntityId, Period, Slot
from inspect_cli.core.publish import view
from inspect_cli.core.publish.further import matter_names
from inspect_cli.core.publish.labels import DRAWN, PENDING
from inspect_cli.core.publish.labels import VOID as IS_VOID
from inspect_cli.core.publish.lines import CarriedLine, Month, Progress, PublicCompany, ResultLine
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.errors import InputError
from tests.sample_chain import (
    FIRST,
    REASONS,
    SECOND,
    THIRD,
    VOID,
    make_chain,
    make_chain_committed,
    make_chain_drawn,
    make_chain_results,
)
from tests.sample_draw import BUREAU, FURTHER, make_committed, make_outcome, make_sample

CHAIN = make_chain()
SLOTS = (FIRST, SECOND, THIRD)
ALL = view.DrawnAgain(left=1, closed=1, open=1)


def _texts(value: object) -> set[str]:
    """Collect every text that a view holds, however deep."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, tuple):
        return {text for part in value for text in _texts(part)}
    if is_dataclass(value) and not isinstance(value, type):
        return {text for field in fields(value) for text in _texts(getattr(value, field.name))}
    return set()


def _end(entity: str, day: str, to: str | None = None) -> VisitChange:
    return VisitChange(
        slot=FIRST,
        entity=EntityId(entity),
        kind=ChangeKind.CANCELLED if to is None else ChangeKind.CARRIED_OVER,
        clock=f"{day}T10:00:00+08:00",
        day=date.fromisoformat(day),
        actor="操作员甲",
        reason=REASONS[2],
        to_period=None if to is None else Period(to),
        approver="审批人乙",
    )


def _progress(**changes: Any) -> Progress:
    return view_result(make_chain_results(CHAIN, SECOND, **changes)).progress


@pytest.mark.parametrize("slot", SLOTS)
def test_every_notice_shows_the_whole_chain(slot: Slot) -> None:
    """PUBLISH-10: each notice of each draw lists all draws with digest, time, state, and what was drawn again by what changed."""
    heads = (
        view_commitment(make_chain_committed(CHAIN, slot)).head,
        view_draw(make_chain_drawn(CHAIN, slot)).head,
        view_result(make_chain_results(CHAIN, slot)).head,
    )
    for head in heads:
        assert (head.slot, head.again is None) == (slot, slot == FIRST)
        assert head.chain is not None
        assert head.chain.first == FIRST
        assert [(link.slot, link.state, link.again) for link in head.chain.links] == [
            (FIRST, DRAWN, None),
            (VOID, IS_VOID, ALL),
            (SECOND, DRAWN, ALL),
            (THIRD, DRAWN, view.DrawnAgain(left=0, closed=0, open=1)),
        ]
        assert [link.commitment for link in head.chain.links] == [
            commitment_digest(link.commitment) for link in CHAIN.links
        ]
        assert head.chain.links[2].made.at.isoformat() == "2026-11-30T16:00:00+08:00"


def test_a_draw_that_stands_alone_has_no_chain() -> None:
    """PUBLISH-10: where there is nothing but the first draw, no chain is shown, however the dossier says so."""
    assert view_commitment(make_committed()).head.chain is None
    alone = make_chain_committed(CHAIN, FIRST, chain=CHAIN.links[:1])
    assert (view_commitment(alone).head.chain, view_commitment(alone).head.again) == (None, None)


def test_a_supplement_that_is_not_drawn_yet_says_so() -> None:
    """PUBLISH-10: from its commitment on a supplement stands in the chain, as not drawn."""
    links = (*CHAIN.links[:2], replace(CHAIN.links[2], result=None))
    head = view_commitment(make_chain_committed(CHAIN, SECOND, chain=links)).head
    assert head.chain is not None
    assert (head.chain.links[-1].state, head.again) == (PENDING, ALL)


def test_a_void_supplement_is_no_part_of_the_count() -> None:
    """PUBLISH-5, PUBLISH-11: its own notice says that it is void; the visits in force are counted without it."""
    head = view_commitment(make_chain_committed(CHAIN, VOID)).head
    assert (head.void_reason, head.again) == ("wrong-file", ALL)
    without = tuple(link for link in CHAIN.links if not link.is_void)
    drawn = make_chain_results(CHAIN, SECOND)
    plain = replace(drawn, committed=replace(drawn.committed, chain=without))
    assert view_result(drawn).progress == view_result(plain).progress


def test_a_supplement_has_the_first_draws_plan() -> None:
    """A supplement has no plan of its own: its notices name the first draw's plan and matters."""
    plan = view_commitment(make_chain_committed(CHAIN, THIRD)).head.plan
    assert (plan.name, [matter.id for matter in plan.matters]) == (FURTHER["plan"]["name"], ["L-01", "S-01"])


def test_the_draws_notice_of_a_supplement_counts_what_it_drew() -> None:
    """PUBLISH-6: three visits drawn again, two of them with labour; one could get no team."""
    shown = view_draw(make_chain_drawn(CHAIN, SECOND))
    assert (shown.visits, shown.open, shown.checks) == (3, 1, 5)
    assert [(line.domain.zh, line.due, line.drawn) for line in shown.domains] == [("劳动", 2, 2), ("安全", 3, 3)]
    assert (shown.head.again, ALL.visits) == (ALL, 3)
    assert view_draw(make_chain_drawn(CHAIN, THIRD)).open == 0


def test_visits_in_force_are_counted_once() -> None:
    """PUBLISH-12: three companies were drawn; before the supplement one is open, after it one, after its supplement none."""
    expected = {1: (2, 1), 3: (2, 1), 4: (3, 0)}
    for many, (planned, still_open) in expected.items():
        committed = make_chain_committed(CHAIN, FIRST, chain=CHAIN.links[:many])
        shown = view_result(make_chain_drawn(CHAIN, FIRST, committed=committed)).progress
        assert shown == Progress(drawn=3, recorded=0, planned=planned, open=still_open)


def test_every_drawn_visit_is_somewhere() -> None:
    """PUBLISH-12: recorded, cancelled and carried over are parts of what was drawn; a month is named, a company is not."""
    outcomes = {EntityId("E-1"): make_outcome("2026-12-02", labour=1, safety=1)}
    ends = {EntityId("E-2"): _end("E-2", "2026-12-02"), EntityId("E-3"): _end("E-3", "2026-12-02", to="2027-01")}
    carried = (CarriedLine(month=Month(year=2027, month=1), visits=1),)
    shown = _progress(outcomes=outcomes, ends=ends)
    assert shown == Progress(drawn=3, recorded=1, planned=0, open=0, cancelled=1, carried=carried)
    assert shown.carried_over == 1
    assert _progress(ends={EntityId("E-3"): _end("E-3", "2026-12-02", to="2027-02")}).drawn == 3


@pytest.mark.parametrize("slot", SLOTS)
def test_the_results_of_a_chain_are_the_same_on_each_of_its_notices(slot: Slot) -> None:
    """PUBLISH-12: whichever draw of the chain is asked for, the rows, classes and numbers are those of the chain."""
    outcomes = {EntityId("E-3"): make_outcome("2026-12-02", labour=5, safety=1)}
    shown = view_result(make_chain_results(CHAIN, slot, outcomes=outcomes))
    first = view_result(make_chain_results(CHAIN, FIRST, outcomes=outcomes))
    assert replace(shown, head=first.head) == first
    assert [row.company.name for row in shown.rows if isinstance(row, ResultLine)] == ["丙厂"]


def test_results_are_dated_after_all_that_they_tell() -> None:
    """PUBLISH-8: the notice's date is the last of the recorded days: of the draw, a supplement, a visit, or an end."""
    assert view_result(make_chain_results(CHAIN, FIRST)).until == date(2026, 12, 1)
    outcomes = {EntityId("E-1"): make_outcome("2026-12-02", labour=1, safety=1)}
    assert view_result(make_chain_results(CHAIN, FIRST, outcomes=outcomes)).until == date(2026, 12, 2)
    ends = {EntityId("E-2"): _end("E-2", "2026-12-05")}
    assert view_result(make_chain_results(CHAIN, FIRST, outcomes=outcomes, ends=ends)).until == date(2026, 12, 5)


def test_a_supplements_draw_notice_names_nobody() -> None:
    """PUBLISH-3, PUBLISH-11: where the plan publishes names, the first draw's notice lists the recorded ones, a supplement's none."""
    named = make_chain(make_sample(further={"plan": {**FURTHER["plan"], "names_published": True}}))
    outcomes = {EntityId("E-1"): make_outcome("2026-12-02", labour=1, safety=1)}
    shown = {slot: view_draw(make_chain_drawn(named, slot, outcomes=outcomes)) for slot in SLOTS}
    assert [one.names_published for one in shown.values()] == [True] * 3
    named_by = [
        [company.name for company in one.companies if isinstance(company, PublicCompany)] for one in shown.values()
    ]
    assert named_by == [["甲厂"], [], []]


def test_no_view_of_a_chain_says_why_or_who() -> None:
    """PUBLISH-1, PUBLISH-10: no reason, person, company or approver of anything that went wrong is in any view."""
    ends = {EntityId("E-2"): _end("E-2", "2026-12-02")}
    views: list[object] = [view_commitment(make_chain_committed(CHAIN, slot)) for slot in (*SLOTS, VOID)]
    views += [view_draw(make_chain_drawn(CHAIN, slot, ends=ends)) for slot in SLOTS]
    views += [view_result(make_chain_results(CHAIN, slot, ends=ends)) for slot in SLOTS]
    texts = "\n".join(sorted({text for one in views for text in _texts(one)}))
    never = (*REASONS, "甲厂", "乙厂", "丙厂", "E-1", "E-2", "E-3", "R-1", "R-2", "R-4", "X-1", "审批人乙")
    assert [word for word in never if word in texts] == []


def test_a_provisional_calendar_is_marked() -> None:
    """PUBLISH-13: the years stand in the head of every notice of the chain, also of a supplement, which has no calendar of its own."""
    chain = make_chain(make_sample(further={"calendar": {"provisional": [2026, 2027]}}))
    assert view_commitment(make_chain_committed(chain, FIRST)).head.provisional_years == (2026, 2027)
    assert view_draw(make_chain_drawn(chain, SECOND)).head.provisional_years == (2026, 2027)
    assert view_commitment(make_committed()).head.provisional_years == ()


@pytest.mark.parametrize(
    "further",
    [
        {"calendar": 2027},
        {"calendar": {"provisional": ["2027"]}},
        {"calendar": {"provisional": [True]}},
        {"allowances": "3"},
        {"limits": [{"limit": "visits_a_year", "number": "4", "basis": "总规定"}]},
    ],
)
def test_what_a_commitment_says_wrongly_is_refused(further: dict[str, Any]) -> None:
    """PUBLISH-7, PUBLISH-13: a calendar or a number of allowances that is none has no notice, rather than a wrong one."""
    with pytest.raises(InputError):
        view_commitment(make_committed(make_sample(further=further)))


def test_allowances_are_a_number() -> None:
    """PUBLISH-7: how many take part by a second person's leave is counted; 0 where the commitment says nothing of it."""
    sample = make_sample(further={"allowances": 3})
    assert view_commitment(make_committed(sample)).allowances == 3
    assert view_commitment(make_committed()).allowances == 0


def test_limits_stand_with_their_basis() -> None:
    """PUBLISH-7: the bureau's cap, those of a domain, a class and a matter, and the cooling-off, each with number and basis."""
    frozen = [
        {"limit": "visits_a_year", "number": 4, "basis": "总规定"},
        {"limit": "cooling_off_months", "number": 3, "basis": "丁规定"},
        {"limit": "domains.labour", "number": 2, "basis": "甲规定"},
        {"limit": "classes.D", "number": 6, "basis": "乙规定"},
        {"limit": "matters.S-01", "number": 1, "basis": "丙规定"},
    ]
    shown = view_commitment(make_committed(make_sample(further={"limits": frozen}))).limits
    assert [(line.limit.zh, line.number, line.unit.zh) for line in shown] == [
        ("年度检查频次上限", 4, "次／年"),
        ("劳动领域年度检查频次上限", 2, "次／年"),
        ("风险等级 D 的年度检查频次上限", 6, "次／年"),
        ("事项 S-01 的年度检查频次上限", 1, "次／年"),
        ("检查冷却期", 3, "个月"),
    ]
    assert [line.limit.en for line in shown[1:4]] == [
        "Cap of visits for Labour",
        "Cap of visits for risk class D",
        "Cap of visits for matter S-01",
    ]
    assert [line.basis for line in shown] == ["总规定", "甲规定", "乙规定", "丙规定", "丁规定"]


def test_limits_are_those_of_the_commitment() -> None:
    """PUBLISH-7: settings that change later change no notice; a commitment that names no limits shows none."""
    later = replace(BUREAU, visits_a_year=Limit(number=1, basis="新规定"))
    frozen = make_sample(further={"limits": [{"limit": "visits_a_year", "number": 4, "basis": "总规定"}]})
    assert [line.number for line in view_commitment(make_committed(frozen, bureau=later)).limits] == [4]
    earlier = render_others({key: value for key, value in FURTHER.items() if key != "limits"})
    unnamed = replace(frozen.commitment, further=earlier)
    assert view_commitment(make_committed(bureau=later, commitment=unnamed)).limits == ()


def test_matters_are_called_as_the_commitment_calls_them() -> None:
    """SCHED-7: the names that were frozen, by number; none where the commitment lists no matters."""
    commitment = make_sample().commitment
    assert matter_names(commitment) == {"L-01": "劳动合同检查", "S-01": "安全生产检查"}
    assert matter_names(replace(commitment, further=b"{}")) == {}
