"""On which days a visit can go, and why not on the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.names import Domain, EntityId, InspectorId, Slot
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Inspector, Leave
from inspect_cli.core.visit.move import Companion, MoveCase, find_obstacles, possible_days, require_possible
from inspect_cli.errors import RefusedError
from tests.sample_draw import SLOT

DAYS = tuple(date(2026, 12, day) for day in (1, 2, 3, 4, 7))
TODAY, NOW, WANTED = DAYS[0], DAYS[1], DAYS[3]


def make_member(id: str, name: str, **values: Any) -> Companion:
    """Make somebody who can work on all days and has no other visit."""
    plain = Companion(id=InspectorId(id), name=name, days=frozenset(DAYS), booked={}, claimed={})
    return replace(plain, **values)


def make_person(**values: Any) -> Inspector:
    """Make a row of today's registry."""
    plain = Inspector(id=InspectorId("R-1"), name="张一", skills=(Domain("safety"),), certificate="证1")
    return replace(plain, **values)


def make_case(**values: Any) -> MoveCase:
    """Make the case of a visit of 2 December that could go to any later day; it is 1 December."""
    plain = MoveCase(
        slot=SLOT,
        entity=EntityId("E-1"),
        zone="东片",
        day=NOW,
        today=TODAY,
        days=DAYS,
        own_days=None,
        closed=frozenset(),
        blackouts=(),
        team=(make_member("R-1", "张一"), make_member("R-2", "李二")),
    )
    return replace(plain, **values)


def with_member(**values: Any) -> MoveCase:
    """Make the case with something that keeps R-1 away."""
    return make_case(team=(make_member("R-1", "张一", **values), make_member("R-2", "李二")))


def test_any_later_day_of_the_draw_would_do() -> None:
    """MOVE-2, MOVE-7: the draw's days after today, and not the day that the visit has."""
    assert possible_days(make_case()) == DAYS[2:]
    assert find_obstacles(make_case(), WANTED) == ()
    require_possible(make_case(), WANTED)


@pytest.mark.parametrize("day", [TODAY, date(2026, 12, 5), date(2027, 1, 4)])
def test_other_days_are_refused(day: date) -> None:
    """MOVE-2: today, a day between that the commitment does not have, and another month's are refused with the days that would do."""
    with pytest.raises(RefusedError) as refused:
        require_possible(make_case(), day)
    assert str(day) in str(refused.value.what)
    assert all(one.isoformat() in str(refused.value.hint) for one in DAYS[2:])


@pytest.mark.parametrize(
    "case",
    [
        make_case(own_days=frozenset({NOW, DAYS[2]})),
        make_case(closed=frozenset({WANTED})),
        make_case(blackouts=(Blackout(first=WANTED, last=WANTED, reason="停电", entity=EntityId("E-1")),)),
        make_case(blackouts=(Blackout(first=DAYS[3], last=DAYS[4], reason="停电", zone="东片"),)),
        make_case(blackouts=(Blackout(first=DAYS[2], last=WANTED, reason="台风"),)),
    ],
)
def test_a_day_on_which_nobody_is_received(case: MoveCase) -> None:
    """MOVE-3: days of the row, days that a supplement closed, and blackouts of the entity, its zone and the bureau."""
    assert len(find_obstacles(case, WANTED)) == 1
    assert WANTED not in possible_days(case)


@pytest.mark.parametrize(
    "blackout",
    [
        Blackout(first=WANTED, last=WANTED, reason="停电", entity=EntityId("E-2")),
        Blackout(first=WANTED, last=WANTED, reason="停电", zone="西片"),
        Blackout(first=DAYS[4], last=DAYS[4], reason="停电"),
    ],
)
def test_a_blackout_of_others_is_no_obstacle(blackout: Blackout) -> None:
    """MOVE-3: another entity's, another zone's and another day's do not matter."""
    assert WANTED in possible_days(make_case(blackouts=(blackout,)))


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"leave": (Leave(inspector=InspectorId("R-1"), first=WANTED, last=DAYS[4], reason="年休"),)}, "on leave"),
        ({"days": frozenset(DAYS[:3])}, "not on the roster"),
        ({"person": make_person(valid_until=DAYS[2])}, "2026-12-03"),
        ({"person": make_person(retired=WANTED, retired_reason="调离")}, "left the roster"),
        ({"booked": {WANTED: EntityId("E-7")}}, "E-7"),
        ({"claimed": {WANTED: Slot("2026-12/2")}}, "2026-12/2"),
    ],
)
def test_a_day_on_which_somebody_cannot(values: dict[str, Any], word: str) -> None:
    """MOVE-4, MOVE-5, MOVE-6: the refusal names who cannot and why, and the days that would do; R-2, who could, is not named."""
    case = with_member(**values)
    with pytest.raises(RefusedError, match=word) as refused:
        require_possible(case, WANTED)
    assert "张一" in str(refused.value.what)
    assert "李二" not in str(refused.value.what)
    assert DAYS[2].isoformat() in str(refused.value.hint)


def test_leave_is_said_rather_than_the_roster() -> None:
    """MOVE-4: leave that was entered before the draw took the day off the frozen row too, and is said once."""
    leave = (Leave(inspector=InspectorId("R-1"), first=WANTED, last=WANTED, reason="年休"),)
    (only,) = find_obstacles(with_member(leave=leave, days=frozenset(DAYS[:3])), WANTED)
    assert "on leave" in str(only)


def test_a_day_that_is_valid_to_the_end() -> None:
    """MOVE-4: the certificate's last day and the day before somebody leaves are days on which they can go."""
    assert WANTED in possible_days(with_member(person=make_person(valid_until=WANTED, retired=DAYS[4])))


def test_all_that_forbids_a_day_is_said() -> None:
    """MOVE-3 to MOVE-6: an operator learns everything at once."""
    case = replace(
        with_member(days=frozenset(), booked={WANTED: EntityId("E-7")}),
        blackouts=(Blackout(first=WANTED, last=WANTED, reason="停电"),),
    )
    assert len(find_obstacles(case, WANTED)) == 3


def test_where_no_day_would_do_a_supplement_is_named() -> None:
    """MOVE-1: the team stays as it is; where it can go on no day, another is drawn."""
    case = with_member(days=frozenset())
    assert possible_days(case) == ()
    with pytest.raises(RefusedError) as refused:
        require_possible(case, WANTED)
    assert "inspect-cli draw supplement 2026-12/1" in str(refused.value.hint)
