"""However a month goes, each drawn visit ends exactly once; and an act that is stopped leaves nothing of itself."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspect_cli.acts.visit.endings import EndOrder, cancel_visits, carry_over_visits
from inspect_cli.acts.visit.move import MoveOrder, move_visit
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.visits import find_unended, list_visits
from inspect_cli.core.names import EntityId, Period, Slot
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.errors import InspectError
from inspect_cli.storage.engine import Store
from inspect_cli.storage.visits import find_outcomes, find_visit_changes, find_visits
from tests.chained_store import APPROVAL, commit_next, fill_chain, run_next
from tests.kills import Scene, kill_at_moments, needs_fork, race, stop_at_each_point
from tests.sample_chain import FIRST
from tests.sample_draw import BUREAU, LABOUR, SAFETY, actor_on
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from collections.abc import Callable

    Places = Callable[[], str]

ENTITIES = tuple(EntityId(f"E-{number}") for number in (1, 2, 3))
EVE, LATE = actor_on("2026-11-30"), actor_on("2026-12-02")
JANUARY = Period("2027-01")
ORDER = EndOrder(bureau=BUREAU, slot=FIRST, approval=APPROVAL)
MOVE = MoveOrder(bureau=BUREAU, slot=FIRST, entity=ENTITIES[0], day=date(2026, 12, 1), reason="停电")


def _record(store: Store, entity: EntityId) -> None:
    domains = (SAFETY,) if entity == "E-2" else (LABOUR, SAFETY)
    claims = Claims(results=dict.fromkeys(domains, ResultClass.NO_PROBLEM), methods={}, findings={}, follow_ups={})
    record_visit(store, LATE, BUREAU, RecordOrder(slot=FIRST, entity=entity, claims=claims))


def _act(store: Store, name: str, entity: EntityId) -> None:
    match name:
        case "record":
            _record(store, entity)
        case "cancel":
            cancel_visits(store, EVE, replace(ORDER, entities=(entity,)))
        case "carry over":
            carry_over_visits(store, EVE, replace(ORDER, entities=(entity,)))
        case "move":
            move_visit(store, EVE, replace(MOVE, entity=entity))


STEPS = st.tuples(st.sampled_from(["record", "cancel", "carry over", "move"]), st.sampled_from(ENTITIES))


class TestEachVisitEndsOnce:
    """Each drawn visit ends in exactly one of result, supplementary draw, cancelled, carried over."""

    @pytest.mark.untraced
    @settings(max_examples=40, deadline=None)
    @given(before=st.lists(STEPS, max_size=6), after=st.lists(STEPS, max_size=6), has_supplement=st.booleans())
    def test_whatever_is_tried(
        self, before: list[tuple[str, EntityId]], after: list[tuple[str, EntityId]], *, has_supplement: bool
    ) -> None:
        """END-1: acts in any order, tried between commitment and draw of a supplement too; then every visit without an end is cancelled."""
        with TemporaryDirectory() as folder:
            store = fill_store(f"sqlite:///{(Path(folder) / 'inspect.db').as_posix()}")
            _try(store, [] if has_supplement else before)
            if has_supplement:
                commit_next(store)
                _try(store, before)
                assert _ends(store) == {}
                run_next(store)
            _try(store, after)
            assert set(_ends(store).values()) <= {1}
            with store.reading() as session:
                left = tuple(one.entity for one in find_unended(session, JANUARY, date(2027, 1, 31)))
                states = {(one.visit.slot, one.visit.entity): one.state for one in list_visits(session, FIRST)}
            assert {key for key, state in states.items() if state.is_end} == set(_ends(store))
            if left:
                cancel_visits(store, LATE, replace(ORDER, entities=left))
            with store.reading() as session:
                drawn = {(visit.slot, visit.entity) for visit in find_visits(session)}
                assert find_unended(session, JANUARY, date(2027, 1, 31)) == ()
            assert _ends(store) == dict.fromkeys(drawn, 1)


def _try(store: Store, steps: list[tuple[str, EntityId]]) -> None:
    for name, entity in steps:
        with suppress(InspectError):
            _act(store, name, entity)


def _ends(store: Store) -> dict[tuple[Slot, EntityId], int]:
    """Count the ends of each visit by the rows alone: an outcome is one, and so is each change but a move."""
    with store.reading() as session:
        found = Counter({(one.slot, one.entity) for one in find_outcomes(session)})
        found.update((one.slot, one.entity) for one in find_visit_changes(session) if one.kind != "moved")
    return dict(found)


def _prepare(url: str) -> None:
    store = fill_store(url)
    cancel_visits(store, EVE, replace(ORDER, entities=(ENTITIES[2],)))


def _move(url: str) -> None:
    move_visit(Store.open(url), EVE, MOVE)


def _cancel(url: str) -> None:
    cancel_visits(Store.open(url), EVE, replace(ORDER, entities=ENTITIES[:2]))


def _carry_over(url: str) -> None:
    carry_over_visits(Store.open(url), EVE, replace(ORDER, entities=ENTITIES[:2]))


def _record_late(url: str) -> None:
    _record(Store.open(url), ENTITIES[0])


SCENES = {"move": _move, "cancel": _cancel, "carry over": _carry_over, "record": _record_late}


@pytest.mark.untraced
@needs_fork
@pytest.mark.parametrize("name", SCENES)
def test_an_act_stopped_at_any_point_leaves_nothing_of_itself(store_places: Places, name: str) -> None:
    """Before each statement and before the commit, an error or a death undoes all of the act; after all of them it can still be done."""
    scene = Scene(places=store_places, prepare=_prepare, act=SCENES[name])
    assert stop_at_each_point(scene, repeat_last=True) >= 5


@pytest.mark.untraced
@needs_fork
@pytest.mark.parametrize("name", SCENES)
def test_killed_acts_are_done_or_not(store_places: Places, name: str) -> None:
    """A process that is killed at some moment of an act has done the whole act or none of it."""
    kill_at_moments(Scene(places=store_places, prepare=_prepare, act=SCENES[name]), 3)


@pytest.mark.untraced
@needs_fork
@pytest.mark.parametrize("other", [_carry_over, _record_late])
def test_two_ends_at_once_are_one(store_places: Places, other: Callable[[str], None]) -> None:
    """END-1: of a cancellation and another end at the same time one is done and the other is refused."""
    url = store_places()
    _prepare(url)
    assert sorted(race(url, _cancel, other)) == [0, 4]
    assert set(_ends(Store.open(url)).values()) == {1}


def test_a_chain_ends_as_often_as_it_was_drawn(store_url: str) -> None:
    """END-1: after two supplements three companies were drawn seven times: four visits were replaced, three are left."""
    store = fill_chain(store_url)
    assert sum(_ends(store).values()) == 4
    with store.reading() as session:
        assert len(find_unended(session, JANUARY, date(2027, 1, 31))) == 3
