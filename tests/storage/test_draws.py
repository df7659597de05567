"""Draws and their visits through the store: each step is kept once, and the frozen bytes are never changed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.names import Domain, Period, Slot
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.errors import RefusedError
from inspect_cli.storage.draws import (
    DrawLine,
    DrawRecord,
    DrawState,
    add_draw,
    find_draw,
    find_draws,
    find_lines,
    find_slots,
    keep_result,
    keep_seed,
    keep_void,
)
from inspect_cli.storage.registries import add_entities
from inspect_cli.storage.visits import (
    OutcomeRecord,
    VisitRecord,
    add_outcomes,
    add_visits,
    find_outcomes,
    find_visit,
    find_visits,
    update_visit,
)
from tests.registry_rows import an_entity
from tests.stores import make_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from inspect_cli.storage.engine import Store

SLOT = Slot("2026-12/1")
DRAW = DrawRecord(
    slot=SLOT,
    period=Period("2026-12"),
    state=DrawState.COMMITTED,
    plan=b"\xef\xbb\xbfplan\r\n",
    commitment=b"\x00\xff{}",
    entities=b"e\n",
    inspectors=b"",
    excluded=b"x\n",
)
SEED = "0" * 64  # a seed that a careless program would take for nothing
VISIT = VisitRecord(slot=SLOT, entity=an_entity().id, day=date(2026, 12, 1), open_reason=None, state=VisitState.PLANNED)
OUTCOME = OutcomeRecord(
    slot=SLOT,
    entity=an_entity().id,
    domain=Domain("health"),
    result_class=5,
    method="on-site",
    finding="[/red]",
    follow_up="rectify:2026-12-31",
    visited_on=date(2026, 12, 1),
    recorded_by="甲",
)


@pytest.fixture
def store(store_url: str) -> Store:
    """Give a store with one committed draw."""
    store = make_store(store_url)
    with store.transaction() as session:
        add_entities(session, [an_entity()])
        add_draw(session, DRAW)
    return store


def test_a_draw_comes_back_to_the_byte(store: Store) -> None:
    """The frozen bytes are given back as they were, whatever they are."""
    with store.reading() as session:
        assert find_draw(session, SLOT) == DRAW
        assert find_draw(session, Slot("2026-12/2")) is None


def test_a_draw_goes_its_way(store: Store) -> None:
    """Seed, result and void are kept one after the other, and all of it stays."""
    with store.transaction() as session:
        keep_seed(session, SLOT, entropy=b"[]", seed=SEED)
        keep_result(session, SLOT, result=b"{}")
        keep_void(session, SLOT, reason="camera failed")
    with store.reading() as session:
        assert find_draw(session, SLOT) == replace(
            DRAW, state=DrawState.VOID, entropy=b"[]", seed=SEED, result=b"{}", void_reason="camera failed"
        )


STEPS: dict[str, Callable[[Session], None]] = {
    "seed": lambda session: keep_seed(session, SLOT, entropy=b"[1]", seed="1" * 64),
    "result": lambda session: keep_result(session, SLOT, result=b"[1]"),
    "void": lambda session: keep_void(session, SLOT, reason="other"),
}


@pytest.mark.parametrize(
    ("done", "refused"),
    [
        ((), "result"),
        (("seed",), "seed"),
        (("seed", "result"), "seed"),
        (("seed", "result"), "result"),
        (("void",), "seed"),
        (("void",), "result"),
        (("void",), "void"),
    ],
)
def test_no_step_is_taken_twice_or_out_of_order(store: Store, done: tuple[str, ...], refused: str) -> None:
    """A step that the draw is not waiting for is refused, and what is recorded stays."""
    with store.transaction() as session:
        for step in done:
            STEPS[step](session)
        before = find_draw(session, SLOT)
    with pytest.raises(RefusedError, match="not at this step"), store.transaction() as session:
        STEPS[refused](session)
    with store.reading() as session:
        assert find_draw(session, SLOT) == before


def test_a_draw_that_is_not_there_has_no_steps(store: Store) -> None:
    """A step of an unknown slot is refused."""
    with pytest.raises(RefusedError), store.transaction() as session:
        keep_void(session, Slot("2026-12/9"), reason="x")


def test_draws_come_in_the_order_of_their_numbers(store: Store) -> None:
    """The second draw stands before the tenth, and a period has its own."""
    slots = ["2026-12/10", "2026-12/2", "2026-11/3"]
    with store.transaction() as session:
        for slot in slots:
            add_draw(session, replace(DRAW, slot=Slot(slot), period=Period(slot[:7])))
    with store.reading() as session:
        assert [draw.slot for draw in find_draws(session)] == ["2026-11/3", "2026-12/1", "2026-12/2", "2026-12/10"]
        assert [draw.slot for draw in find_draws(session, Period("2026-11"))] == ["2026-11/3"]


def test_a_list_of_draws_needs_none_of_their_bytes(store: Store) -> None:
    """A draw's line says what its record says, in the same order, but for the frozen registries and the result."""
    with store.transaction() as session:
        keep_void(session, SLOT, reason="camera failed")
        add_draw(session, replace(DRAW, slot=Slot("2026-12/10")))
        add_draw(session, replace(DRAW, slot=Slot("2026-12/2"), amends=SLOT))
    with store.reading() as session:
        names = [field.name for field in fields(DrawLine)]
        assert [[getattr(line, name) for name in names] for line in find_lines(session)] == [
            [getattr(draw, name) for name in names] for draw in find_draws(session)
        ]


def test_a_slot_is_used_for_ever(store: Store) -> None:
    """A void draw's slot is among those that were used, of whatever period."""
    with store.transaction() as session:
        keep_void(session, SLOT, reason="camera failed")
        add_draw(session, replace(DRAW, slot=Slot("2027-01/1"), period=Period("2027-01")))
        assert find_slots(session) == {SLOT, "2027-01/1"}


def test_visits_and_outcomes_come_back(store: Store) -> None:
    """A visit is found by slot and entity, changed when it is recorded, and its outcomes with it."""
    recorded = replace(VISIT, state=VisitState.RECORDED)
    with store.transaction() as session:
        add_visits(session, [VISIT])
        update_visit(session, recorded)
        add_outcomes(session, [replace(OUTCOME, domain=Domain("safety"), finding=None, follow_up=None), OUTCOME])
    with store.reading() as session:
        assert find_visit(session, SLOT, an_entity().id) == recorded
        assert find_visits(session) == find_visits(session, SLOT) == (recorded,)
        assert find_visits(session, Slot("2026-12/9")) == ()
        assert [outcome.domain for outcome in find_outcomes(session, SLOT, an_entity().id)] == ["health", "safety"]
        assert find_outcomes(session)[0] == OUTCOME
