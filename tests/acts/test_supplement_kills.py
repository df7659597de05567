"""The acts of a supplementary draw, stopped and killed at every moment, and two at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.supplement_order import Closure, Days
from inspect_cli.core.names import InspectorId
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import find_draws
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import add_inspectors
from tests import small_month as month
from tests.kills import Scene, kill_at_moments, needs_fork, race, stop_at_each_point
from tests.small_supplement import DAY, ROLLED, SECOND, away, commit, in_force, order

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.acts.draw.supplement_order import SupplementOrder

    Places = Callable[[], str]

pytestmark = [needs_fork, pytest.mark.untraced]


def _wanted(store: Store) -> SupplementOrder:
    """Order what writes leave, a day without visits and a newcomer."""
    visit = max(in_force(store).values(), key=lambda one: one.day or "")
    return order(
        away=(away(visit.team[0], date(2026, 12, 2)),),
        closed=(Closure(entity=None, days=Days(first=date(2026, 12, 7), last=date(2026, 12, 7))),),
        added=(InspectorId("R09"),),
    )


def _prepare(url: str) -> None:
    store = month.fill(url)
    month.draw_month(store)
    with store.transaction() as session:
        add_inspectors(session, [month.make_inspector(9)])


def _commit(url: str) -> None:
    store = Store.open(url)
    commit(store, _wanted(store))


def _recuse(url: str) -> None:
    store = Store.open(url)
    visit = max(in_force(store).values(), key=lambda one: one.day or "")
    commit(store, order(recused=((visit.team[1], visit.entity),)))


def _commit_otherwise(url: str) -> None:
    store = Store.open(url)
    visit = max(in_force(store).values(), key=lambda one: one.day or "")
    commit(store, order(leaving=((visit.team[1], visit.entity),)))


def _prepare_run(url: str) -> None:
    _prepare(url)
    _commit(url)
    wanted = draw.SeedOrder(bureau=month.BUREAU, slot=SECOND, values=(ROLLED,))
    draw.keep_values(Store.open(url), month.actor_on(DAY, "10:00"), wanted)


def _run(url: str) -> None:
    draw.run(Store.open(url), month.actor_on(DAY, "10:00"), draw.RunOrder(bureau=month.BUREAU, slot=SECOND))


SCENES = {"commit": (_prepare, _commit), "recuse": (_prepare, _recuse), "run": (_prepare_run, _run)}


@pytest.mark.parametrize("name", SCENES)
def test_an_act_stopped_at_any_point_leaves_nothing_of_itself(store_places: Places, name: str) -> None:
    """Before each statement and before the commit, an error or a death undoes all of it: rows, books, replaced visits."""
    prepare, act = SCENES[name]
    assert stop_at_each_point(Scene(places=store_places, prepare=prepare, act=act), repeat_last=True) >= 5


@pytest.mark.parametrize("name", SCENES)
def test_killed_acts_are_done_or_not(store_places: Places, name: str) -> None:
    """A process that is killed at some moment has done the whole act or none of it."""
    prepare, act = SCENES[name]
    kill_at_moments(Scene(places=store_places, prepare=prepare, act=act), 4)


def test_the_same_order_twice_at_once_is_one(store_places: Places) -> None:
    """Of two processes that commit the same order one does, and the other is given what stands."""
    url = store_places()
    _prepare(url)
    assert race(url, _commit, _commit) == (0, 0)
    with Store.open(url).reading() as session:
        assert len(find_draws(session)) == 2
        assert len(find_acts(session, act="draw supplement")) == 1


def test_two_orders_at_once_are_not_both_committed(store_places: Places) -> None:
    """Of two different orders one is committed, and the other is told to wait for it."""
    url = store_places()
    _prepare(url)
    assert sorted(race(url, _commit, _commit_otherwise)) == [0, 4]
    with Store.open(url).reading() as session:
        assert len(find_draws(session)) == 2
