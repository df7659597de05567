"""Where the month stands, as the store holds it, on both databases; and how a draw without a result goes on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.status import Asked, read_status
from inspect_cli.core.names import Period, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.report.status import Stage, VisitGroup
from inspect_cli.errors import RefusedError
from inspect_cli.storage.draws import DrawState, find_heads
from tests.small_month import APPROVER, BUREAU, actor_on, commit, draw_month, fill, plan_text, run, seed

if TYPE_CHECKING:
    from inspect_cli.acts.status import MonthStatus
    from inspect_cli.storage.engine import Store

SECOND = plan_text(head="slot_number = 2\n", labour=1, safety=1)
APPROVAL = Approval(approver=APPROVER, reason="x")


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with the registries of the small month."""
    return fill(store_url)


def _status(store: Store, period: str, day: str) -> tuple[MonthStatus, ...]:
    clock = datetime.fromisoformat(f"{day}T12:00:00+08:00")
    with store.reading() as session:
        return read_status(session, Asked(period=Period(period), clock=clock, today=date.fromisoformat(day)))


def test_every_draw_of_the_month_is_told(store: Store) -> None:
    """STATUS-1: two draws of a month stand beside each other; a void one is not told, and keeps its place in the list."""
    slot = draw_month(store)
    second = commit(store, SECOND).draw.slot
    (month,) = _status(store, "2026-12", "2026-11-24")
    assert [(chain.facts.slot, chain.stage) for chain in month.chains] == [
        (slot, Stage.UNDER_WAY),
        (second, Stage.WAITING),
    ]
    assert sum(month.chains[0].counts.values()) == month.chains[0].counts[VisitGroup.PLANNED] > 0
    assert (month.chains[0].facts.is_blocked, month.chains[1].facts.is_blocked) == (True, False)
    draw.void(store, actor_on("2026-11-24"), draw.VoidOrder(bureau=BUREAU, slot=second, approval=APPROVAL))
    (month,) = _status(store, "2026-12", "2026-11-24")
    assert [chain.facts.slot for chain in month.chains] == [slot]
    with store.reading() as session:
        heads = [(head.slot, head.period, head.state) for head in find_heads(session)]
    assert heads == [(slot, "2026-12", DrawState.DRAWN), (second, "2026-12", DrawState.VOID)]


def test_what_is_unfinished_is_shown_from_other_months(store: Store) -> None:
    """STATUS-5: a later month once something is committed in it, an earlier one while a draw waits or a visit has no end."""
    commit(store)
    assert [month.period for month in _status(store, "2026-11", "2026-11-10")] == ["2026-11", "2026-12"]
    assert [month.period for month in _status(store, "2027-02", "2027-02-01")] == ["2026-12", "2027-02"]
    seed(store, Slot("2026-12/1"))
    assert _status(store, "2027-02", "2027-02-01")[0].chains[0].stage is Stage.SEEDED
    run(store, Slot("2026-12/1"))
    assert _status(store, "2027-02", "2027-02-01")[0].chains[0].counts[VisitGroup.OVERDUE] > 0


def test_a_draw_without_a_result_says_how_it_goes_on(store: Store) -> None:
    """Whoever wants a result too early is told the very command that comes first."""
    slot = commit(store).draw.slot

    def hint() -> str:
        with store.reading() as session, pytest.raises(RefusedError, match="not drawn yet") as caught:
            require_result(require_draw(session, slot))
        return str(caught.value.hint)

    assert "inspect-cli draw seed 2026-12/1" in hint()
    seed(store, slot)
    assert hint() == "draw it: inspect-cli draw run 2026-12/1"
    draw.void(store, actor_on("2026-11-30"), draw.VoidOrder(bureau=BUREAU, slot=slot, approval=APPROVAL))
    assert "draw list" in hint()
