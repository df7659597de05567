"""Who goes where and when, as people read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspect_cli.core.draw.result import OpenReason
from inspect_cli.core.draw.rows import render_others
from inspect_cli.core.names import EntityId, InspectorId, MatterId, Slot
from inspect_cli.core.schedule import (
    Directory,
    Grouping,
    ScheduledVisit,
    Seat,
    SeatRole,
    Selection,
    build_schedule,
    find_marks,
    find_name,
    group_visits,
    merge_visits,
    name_team,
    require_inspector,
    say_open,
    select_visits,
)
from inspect_cli.core.unchecked import find_left_out
from inspect_cli.errors import UsageMistake, say
from tests.sample_draw import LABOUR, PEOPLE, SAFETY, SLOT, leave_out, make_sample

DIRECTORY = Directory(
    addresses={EntityId("E-1"): "人民路1号"},
    people={InspectorId(id): name for id, name in PEOPLE.items() if id != "R-3"},
)


def make_schedule() -> tuple[ScheduledVisit, ...]:
    """Make the sample draw's schedule."""
    return build_schedule(make_sample().slot, DIRECTORY)


def _entities(visits: tuple[ScheduledVisit, ...]) -> list[str]:
    return [visit.entity for visit in visits]


def test_a_schedule_says_what_the_result_says() -> None:
    """SCHED-1: day, domains, team and why a visit is open are those of the result."""
    third, first, second = make_schedule()
    assert (first.slot, first.entity, first.day, first.domains) == (SLOT, "E-1", date(2026, 12, 2), (LABOUR, SAFETY))
    assert [seat.id for seat in first.seats] == ["R-2", "R-1", "X-1"]
    assert (third.entity, third.day, third.zone) == ("E-3", date(2026, 12, 1), "东片")
    assert (second.entity, second.day, second.seats, second.open) == ("E-2", None, (), OpenReason.NO_TEAM)


def test_the_first_who_may_lead_is_the_leader() -> None:
    """SCHED-2: R-1 alone may lead, so the second seat of E-1's team is its leader; the expert comes last."""
    first = next(visit for visit in make_schedule() if visit.entity == "E-1")
    assert first.seats == (
        Seat(id=InspectorId("R-2"), name="李二", role=SeatRole.MEMBER),
        Seat(id=InspectorId("R-1"), name="张一", role=SeatRole.LEADER),
        Seat(id=InspectorId("X-1"), name="赵专家", role=SeatRole.EXPERT),
    )


def test_names_are_frozen_and_the_rest_is_of_today() -> None:
    """SCHED-3: the company's name is the frozen row's; addresses and people's names come from the directory, where it has them."""
    third, first, _second = make_schedule()
    assert (first.name, first.address) == ("甲厂", "人民路1号")
    assert (third.name, third.address) == ("丙厂", None)
    assert [seat.name for seat in third.seats] == ["张一", "R-3"]


@pytest.mark.parametrize("others", [b"{}", render_others({"name": 7})])
def test_a_company_without_a_frozen_name_is_called_by_its_id(others: bytes) -> None:
    """SCHED-3: where the row holds no name, the id stands for it."""
    row = make_sample().frame.entities[0]
    nameless = type(row)(id=row.id, salt=row.salt, domains=row.domains, strata=row.strata, others=others)
    assert find_name(nameless) == "E-1"


def test_visits_are_in_the_order_of_their_days() -> None:
    """SCHED-4: 1 December before 2 December, the open visit last, although its ticket is the second."""
    assert _entities(make_schedule()) == ["E-3", "E-1", "E-2"]
    doubled = merge_visits((make_schedule(), make_schedule()))
    assert _entities(doubled) == ["E-3", "E-3", "E-1", "E-1", "E-2", "E-2"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Selection(), ["E-3", "E-1", "E-2"]),
        (Selection(inspector=InspectorId("R-1")), ["E-3", "E-1"]),
        (Selection(inspector=InspectorId("R-3")), ["E-3"]),
        (Selection(inspector=InspectorId("X-1")), ["E-1"]),
        (Selection(day=date(2026, 12, 2)), ["E-1"]),
        (Selection(entity=EntityId("E-2")), ["E-2"]),
        (Selection(entity=EntityId("E-3"), inspector=InspectorId("R-2")), []),
    ],
)
def test_everybody_sees_their_own_visits(wanted: Selection, found: list[str]) -> None:
    """SCHED-5: a selection by inspector holds the visits on which that person has a seat, and no others."""
    assert _entities(select_visits(make_schedule(), wanted)) == found


def test_visits_are_grouped_by_day() -> None:
    """SCHED-4: a group a day, sorted, and the open visits in a group without a day at the end."""
    groups = group_visits(make_schedule(), Grouping.DAY)
    assert [(group.key, group.name, _entities(group.visits)) for group in groups] == [
        ("2026-12-01", None, ["E-3"]),
        ("2026-12-02", None, ["E-1"]),
        (None, None, ["E-2"]),
    ]


def test_visits_are_grouped_by_inspector() -> None:
    """SCHED-4: a group a person, sorted by id, each visit with everybody on it; the open visit is nobody's."""
    groups = group_visits(make_schedule(), Grouping.INSPECTOR)
    assert [(group.key, group.name, _entities(group.visits)) for group in groups] == [
        ("R-1", "张一", ["E-3", "E-1"]),
        ("R-2", "李二", ["E-1"]),
        ("R-3", "R-3", ["E-3"]),
        ("X-1", "赵专家", ["E-1"]),
        (None, None, ["E-2"]),
    ]


def test_one_inspectors_groups_are_their_own() -> None:
    """SCHED-5: where one person is named, visits are grouped under that person and nobody else."""
    own = select_visits(make_schedule(), Selection(inspector=InspectorId("R-1")))
    groups = group_visits(own, Grouping.INSPECTOR, InspectorId("R-1"))
    assert [(group.key, _entities(group.visits)) for group in groups] == [("R-1", ["E-3", "E-1"])]


def test_visits_are_grouped_by_entity() -> None:
    """SCHED-4: a group a company, sorted by id, the open one among them."""
    groups = group_visits(make_schedule(), Grouping.ENTITY)
    assert [(group.key, group.name) for group in groups] == [("E-1", "甲厂"), ("E-2", "乙厂"), ("E-3", "丙厂")]


def test_a_stranger_has_no_schedule() -> None:
    """SCHED-5: somebody who is on no roster is told so, instead of being given an empty calendar."""
    require_inspector((make_sample().slot,), InspectorId("X-1"))
    with pytest.raises(UsageMistake):
        require_inspector((make_sample().slot,), InspectorId("R-9"))
    with pytest.raises(UsageMistake):
        require_inspector((), InspectorId("R-1"))


def test_a_team_is_read_leader_first() -> None:
    """SCHED-2: the leader, then the others in their order, the expert last and marked as such."""
    first = next(visit for visit in make_schedule() if visit.entity == "E-1")
    names: dict[str, str] = {seat.id: seat.name for seat in first.seats}
    assert name_team(first.seats) == (names["R-1"], names["R-2"], say("{name} (expert)", name=names["X-1"]))


def test_an_open_visit_says_why() -> None:
    """SCHED-1: the two reasons of a result are two sentences."""
    assert len({str(say_open(reason)) for reason in OpenReason}) == 2


def test_a_visit_says_what_became_of_it() -> None:
    """SCHED-6: nothing of the first draw's visit; the slot of the supplement that drew it; the day from which it was moved."""
    visit = next(visit for visit in make_schedule() if visit.entity == "E-1")
    assert find_marks(visit) == ()
    assert (visit.is_moved, visit.is_drawn_again) == (False, False)
    again = replace(visit, slot=Slot("2026-12/3"), day=date(2026, 12, 4))
    assert (again.is_moved, again.is_drawn_again) == (True, True)
    assert [str(mark) for mark in find_marks(again)] == ["drawn again: 2026-12/3", "moved from 2026-12-02"]


def test_what_is_not_checked_is_named() -> None:
    """SCHED-7: the matters that the row of E-1 leaves out, by number and, where it is known, by name; the others leave out none."""
    directory = replace(DIRECTORY, matters={MatterId("S-01"): "安全生产检查"})
    third, first, second = build_schedule(leave_out(make_sample(), "E-1", "L-01", "S-01").slot, directory)
    assert [str(mark) for mark in find_marks(first)] == ["not to be checked: L-01, S-01 安全生产检查"]
    assert (find_marks(third), find_marks(second)) == ((), ())


@pytest.mark.parametrize("others", [b"{}", render_others({"without_matters": "S-01"}), render_others({"name": "甲"})])
def test_a_row_without_a_list_leaves_out_nothing(others: bytes) -> None:
    """SCHED-7: nothing is left out where the row names no list of matters."""
    assert find_left_out(replace(make_sample().frame.entities[0], others=others)) == ()
