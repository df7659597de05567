"""What became of a visit, version by version, and what calendars show of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.names import EntityId, InspectorId, Period, Slot
from inspect_cli.core.schedule import Directory, DrawnSlot, build_schedule
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.history import (
    DatedSchedule,
    VisitHistory,
    end_by_void,
    find_entries,
    find_entry,
    last_of_each_draw,
    trace_visits,
)
from tests.sample_chain import FIRST, SECOND, THIRD, make_chain
from tests.sample_draw import OPERATOR

if TYPE_CHECKING:
    from inspect_cli.core.draw.supplement.standing import FinishedDraw

DRAWN = {
    FIRST: datetime.fromisoformat("2026-11-30T09:12:05+08:00"),
    SECOND: datetime.fromisoformat("2026-12-01T09:30:00+08:00"),
    THIRD: datetime.fromisoformat("2026-12-01T15:30:00+08:00"),
}
CHANGED = datetime.fromisoformat("2026-12-01T16:00:00+08:00")


def make_dated(finished: FinishedDraw) -> DatedSchedule:
    """Make what one draw of the sample's chain said."""
    slot = finished.commitment.slot
    drawn = DrawnSlot(
        slot=slot, result=finished.result, entities=finished.frame.entities, inspectors=finished.frame.inspectors
    )
    visits = build_schedule(drawn, Directory(addresses={}, people={}), FIRST)
    return DatedSchedule(slot=slot, drawn_at=DRAWN[slot], visits=visits)


def make_change(entity: str, kind: ChangeKind, slot: Slot = FIRST, **values: Any) -> VisitChange:
    """Make a change of a visit."""
    plain = VisitChange(
        slot=slot,
        entity=EntityId(entity),
        kind=kind,
        clock=CHANGED.isoformat(),
        day=date(2026, 12, 1),
        actor=OPERATOR,
        reason="flood",
    )
    return replace(plain, **values)


def make_replacements() -> list[VisitChange]:
    """Make the changes that the chain's supplements leave: all three drawn again by the first, the one left open by the second."""
    _first, second, third = make_chain().finished
    return [
        make_change(visit.entity, ChangeKind.REPLACED, before, by_slot=slot, clock=DRAWN[slot].isoformat())
        for before, slot, finished in ((FIRST, SECOND, second), (SECOND, THIRD, third))
        for visit in finished.result.visits
    ]


def trace(*changes: VisitChange, draws: int = 3) -> dict[str, VisitHistory]:
    """Trace the visits of so many draws of the chain, the replacements first."""
    dated = [make_dated(finished) for finished in make_chain().finished[:draws]]
    known = {draw.slot for draw in dated}
    replaced = [change for change in make_replacements() if change.by_slot in known]
    return {history.visit.entity: history for history in trace_visits(dated, [*replaced, *changes])}


def test_a_history_begins_with_the_first_draw() -> None:
    """HIST-1, HIST-4: without a change there is one version, dated by the draw, and it is in force."""
    histories = trace(draws=1)
    assert set(histories) == {"E-1", "E-2", "E-3"}
    (version,) = histories["E-1"].versions
    assert (version.at, version.end, version.visit.slot, version.visit.day) == (
        DRAWN[FIRST],
        None,
        FIRST,
        date(2026, 12, 2),
    )


def test_each_change_is_a_version() -> None:
    """HIST-1, HIST-2: in force is the newest supplement's visit; a move changes its day alone; the last version says how it ended."""
    (opened,) = (visit.entity for visit in make_chain().finished[2].result.visits)
    moved = make_change("E-1", ChangeKind.MOVED, SECOND, from_day=date(2026, 12, 2), to_day=date(2026, 12, 3))
    over = make_change("E-1", ChangeKind.CARRIED_OVER, SECOND, to_period=Period("2027-01"), approver="审批人乙")
    histories = trace(moved, over)
    assert [version.visit.slot for version in histories[opened].versions] == [FIRST, SECOND, THIRD]
    first, again, after, end = histories["E-1"].versions
    assert (first.visit.slot, again.visit.slot, again.visit.is_drawn_again) == (FIRST, SECOND, True)
    assert (after.visit.day, after.visit.seats, after.visit.is_moved) == (date(2026, 12, 3), again.visit.seats, True)
    assert (end.visit, end.end, histories["E-1"].end) == (after.visit, over, over)
    assert [version.at for version in histories["E-1"].versions] == [DRAWN[FIRST], DRAWN[SECOND], CHANGED, CHANGED]
    assert [one.day for one in last_of_each_draw(histories["E-1"])] == [date(2026, 12, 2), date(2026, 12, 3)]


def test_a_calendar_shows_a_visit_while_one_is_on_it() -> None:
    """HIST-3: R-2 left E-1 by the first supplement: their calendar cancels it with number 1; R-1 stays and sees the new version."""
    history = trace()["E-1"]
    left = find_entry(history, InspectorId("R-2"))
    assert left is not None
    assert (left.is_cancelled, left.number, left.at) == (True, 1, DRAWN[SECOND])
    assert left.visit == history.versions[0].visit
    stays = find_entry(history, InspectorId("R-1"))
    assert stays is not None
    assert (stays.is_cancelled, stays.number, stays.visit) == (False, 1, history.visit)
    assert find_entry(history, InspectorId("R-9")) is None


def test_a_later_change_leaves_a_cancelled_event_alone() -> None:
    """HIST-3: what happens to the visit after somebody has left it changes nothing in their calendar."""
    moved = make_change("E-1", ChangeKind.MOVED, SECOND, from_day=date(2026, 12, 2), to_day=date(2026, 12, 3))
    person = InspectorId("R-2")
    assert find_entry(trace(moved)["E-1"], person) == find_entry(trace()["E-1"], person)


def test_the_office_sees_every_visit_with_a_day() -> None:
    """HIST-3: the office's calendar has what anybody's has; a visit that was never staffed is in none, one that ended is cancelled."""
    assert find_entry(trace(draws=1)["E-2"]) is None
    over = make_change("E-3", ChangeKind.CANCELLED, approver="审批人乙")
    entry = find_entry(trace(over, draws=1)["E-3"])
    assert entry is not None
    assert (entry.is_cancelled, entry.number, entry.at, entry.visit.day) == (True, 1, CHANGED, date(2026, 12, 1))


@pytest.mark.parametrize("person", [None, InspectorId("R-1"), InspectorId("R-3")])
def test_entries_are_in_the_order_of_their_days(person: InspectorId | None) -> None:
    """A calendar's events stand by day, and nobody's has a visit that they were never on."""
    entries = find_entries(trace(draws=1).values(), person)
    days = [str(entry.visit.day) for entry in entries]
    assert days == sorted(days)
    assert {entry.visit.entity for entry in entries} == ({"E-3"} if person == "R-3" else {"E-1", "E-3"})


def test_a_void_draw_empties_calendars() -> None:
    """HIST-5: what was handed out is cancelled with a higher number; who was on nothing has nothing to cancel."""
    history = end_by_void(trace(draws=1)["E-1"], CHANGED)
    entry = find_entry(history, InspectorId("R-2"))
    assert entry is not None
    assert (entry.is_cancelled, entry.number, entry.at) == (True, 1, CHANGED)
    assert find_entry(end_by_void(trace(draws=1)["E-2"], CHANGED)) is None
