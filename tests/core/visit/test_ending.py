"""How a visit ends without a result, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.names import EntityId, Period, Slot
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.core.visit.ending import (
    Ending,
    Hold,
    VisitInForce,
    VisitStatus,
    choose_period,
    find_status,
    require_ahead,
    require_ending,
    require_free,
    require_period,
)
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.errors import RefusedError, UsageMistake
from tests.sample_draw import OPERATOR, SLOT

DECEMBER, JANUARY, FEBRUARY = Period("2026-12"), Period("2027-01"), Period("2027-02")
PLANNED = VisitInForce(
    slot=SLOT, entity=EntityId("E-1"), period=DECEMBER, day=date(2026, 12, 2), state=VisitState.PLANNED
)
OPEN = replace(PLANNED, day=None, state=VisitState.OPEN)
CANCEL = Ending(reason="flood", approver="审批人乙")
CARRY = replace(CANCEL, to_period=JANUARY)


def make_change(kind: ChangeKind, **values: Any) -> VisitChange:
    """Make a change of E-1's visit."""
    plain = VisitChange(
        slot=SLOT,
        entity=EntityId("E-1"),
        kind=kind,
        clock="2026-12-01T10:00:00+08:00",
        day=date(2026, 12, 1),
        actor=OPERATOR,
        reason="flood",
        approver="审批人乙",
    )
    return replace(plain, **values)


@pytest.mark.parametrize("state", VisitState)
def test_a_visit_stands_as_its_row_says_until_it_ends(state: VisitState) -> None:
    """END-1: without a change, and moved however often, a visit is planned, open or recorded."""
    moved = make_change(ChangeKind.MOVED, to_day=date(2026, 12, 3), approver=None)
    assert find_status(state, ()) == state.value
    assert find_status(state, (moved, moved)) == state.value


@pytest.mark.parametrize("kind", [kind for kind in ChangeKind if kind.is_end])
def test_an_end_is_where_a_visit_stands(kind: ChangeKind) -> None:
    """END-1: replaced, cancelled and carried over are ends, whatever happened before."""
    moved = make_change(ChangeKind.MOVED, to_day=date(2026, 12, 3), approver=None)
    status = find_status(VisitState.PLANNED, (moved, make_change(kind)))
    assert (status.value, status.is_end) == (kind.value, True)


@pytest.mark.parametrize("ending", [CANCEL, CARRY])
def test_a_visit_that_was_made_is_not_ended(ending: Ending) -> None:
    """END-7: its result was returned and is recorded anew; recording is free to it, an end or another day is not."""
    made = replace(PLANNED, was_made=True)
    require_free(made)
    with pytest.raises(RefusedError, match="was made"):
        require_ending(made, ending)
    with pytest.raises(RefusedError, match="was made"):
        require_ahead(made)


def test_the_words_for_where_a_visit_stands() -> None:
    """END-1: the six words of the ledger, in both languages; four of them are ends."""
    assert [status.label.text("zh") for status in VisitStatus] == [
        "待检查",
        "未能排定",
        "已录入",
        "已补充抽取",
        "已取消",
        "已结转",
    ]
    assert [status.label.text("en") for status in VisitStatus] == [
        "planned",
        "open",
        "recorded",
        "drawn again",
        "cancelled",
        "carried over",
    ]
    assert [status for status in VisitStatus if not status.is_end] == [VisitStatus.PLANNED, VisitStatus.OPEN]


@pytest.mark.parametrize("ending", [CANCEL, CARRY])
@pytest.mark.parametrize("visit", [PLANNED, OPEN])
def test_a_visit_in_force_can_end(visit: VisitInForce, ending: Ending) -> None:
    """END-2: planned or open, a visit without an end can be cancelled and carried over."""
    require_free(visit)
    require_ending(visit, ending)


@pytest.mark.parametrize(
    ("visit", "word"),
    [
        (replace(PLANNED, state=VisitState.RECORDED), "recorded"),
        (replace(PLANNED, end=make_change(ChangeKind.CANCELLED)), "was cancelled on 2026-12-01"),
        (replace(PLANNED, end=make_change(ChangeKind.CARRIED_OVER, to_period=JANUARY)), "carried over to 2027-01"),
        (replace(PLANNED, hold=Hold(slot=Slot("2026-12/2"), command="inspect-cli draw run 2026-12/2")), "2026-12/2"),
    ],
)
def test_nothing_becomes_of_what_has_an_end_or_is_held(visit: VisitInForce, word: str) -> None:
    """END-2: a recorded, an ended and a held visit are refused, and the message says which of these it is."""
    with pytest.raises(RefusedError, match=word):
        require_free(visit)
    with pytest.raises(RefusedError, match=word):
        require_ending(visit, CARRY)


def test_a_held_visit_names_the_next_step() -> None:
    """END-2: the way out is the command that brings the supplement on its way."""
    held = replace(PLANNED, hold=Hold(slot=Slot("2026-12/2"), command="inspect-cli draw seed 2026-12/2"))
    with pytest.raises(RefusedError) as refused:
        require_free(held)
    assert "inspect-cli draw seed 2026-12/2" in str(refused.value.hint)


@pytest.mark.parametrize("period", [DECEMBER, Period("2026-11")])
def test_a_visit_is_carried_over_to_a_later_month(period: Period) -> None:
    """END-4: its own month and an earlier one are refused."""
    with pytest.raises(RefusedError):
        require_ending(PLANNED, replace(CARRY, to_period=period))


def test_a_month_that_is_past_takes_nothing() -> None:
    """END-4: this month and later ones can, a month before today's cannot; no month is none that is past."""
    today = date(2027, 2, 1)
    require_period(FEBRUARY, today)
    require_period(Period("2027-03"), today)
    require_period(None, today)
    with pytest.raises(UsageMistake):
        require_period(JANUARY, today)


@pytest.mark.parametrize(
    ("today", "drawn", "chosen"),
    [
        (date(2026, 12, 31), [DECEMBER], JANUARY),
        (date(2026, 12, 31), [DECEMBER, JANUARY], FEBRUARY),
        (date(2027, 2, 10), [DECEMBER], FEBRUARY),
        (date(2026, 11, 30), [], JANUARY),
    ],
)
def test_the_next_month_without_a_draw_is_chosen(today: date, drawn: list[Period], chosen: Period) -> None:
    """END-4: over the year's end, past a month that has its draw, and never a month that is past."""
    assert choose_period(DECEMBER, today, drawn) == chosen


@pytest.mark.parametrize("reason", ["closed", "Moved Away", "moved_away", "deregistered", "企业已注销", "已迁出"])
def test_a_company_that_is_gone_is_a_result(reason: str) -> None:
    """END-5: a planned visit is not cancelled for it, and the message leads to the results 9 to 13."""
    gone = replace(CANCEL, reason=reason)
    with pytest.raises(RefusedError) as refused:
        require_ending(PLANNED, gone)
    assert "9 to 13" in str(refused.value.hint)
    require_ending(OPEN, gone)  # nobody went, and nobody can
    require_ending(PLANNED, replace(gone, to_period=JANUARY))


@pytest.mark.parametrize("reason", ["road-closed", "道路封闭", "flood"])
def test_other_reasons_cancel(reason: str) -> None:
    """END-5: a road that is closed is no company that is."""
    require_ending(PLANNED, replace(CANCEL, reason=reason))


@pytest.mark.parametrize(
    ("end", "ending", "is_done"),
    [
        (None, CANCEL, False),
        (make_change(ChangeKind.CANCELLED), CANCEL, True),
        (make_change(ChangeKind.CANCELLED, actor="操作员戊"), CANCEL, True),
        (make_change(ChangeKind.CANCELLED), CARRY, False),
        (make_change(ChangeKind.CANCELLED, reason="fire"), CANCEL, False),
        (make_change(ChangeKind.CARRIED_OVER, to_period=JANUARY), CARRY, True),
        (make_change(ChangeKind.CARRIED_OVER, to_period=FEBRUARY), CARRY, False),
        (make_change(ChangeKind.CANCELLED, approver="审批人丙"), CANCEL, False),
    ],
)
def test_the_same_end_is_no_second_one(end: VisitChange | None, ending: Ending, is_done: bool) -> None:
    """END-6: an end is the same by its kind, month, reason and approver, whoever asks again."""
    assert ending.is_done(end) is is_done
