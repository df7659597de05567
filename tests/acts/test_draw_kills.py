"""The acts of a draw, stopped and killed at every moment, and two at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import steps as draw
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.names import Slot
from inspect_cli.core.people import Approval
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import find_draws
from inspect_cli.storage.engine import Store
from inspect_cli.storage.visits import find_visits
from tests import small_month as month
from tests.kills import Scene, kill_at_moments, needs_fork, race, stop_at_each_point

if TYPE_CHECKING:
    from collections.abc import Callable

    Places = Callable[[], str]

pytestmark = [needs_fork, pytest.mark.untraced]

SLOT = Slot("2026-12/1")


def _commit(url: str) -> None:
    month.commit(Store.open(url))


def _commit_another_plan(url: str) -> None:
    month.commit(Store.open(url), month.plan_text(labour=1, safety=1))


def _seed(url: str) -> None:
    month.seed(Store.open(url), SLOT)


def _seed_otherwise(url: str) -> None:
    month.seed(Store.open(url), SLOT, (month.SEALED, "27182"))


def _run(url: str) -> None:
    month.run(Store.open(url), SLOT)


def _void(url: str) -> None:
    approval = Approval(approver=month.APPROVER, reason="seed-mistyped")
    order = draw.VoidOrder(bureau=month.BUREAU, slot=SLOT, approval=approval)
    draw.void(Store.open(url), month.actor_on(month.SEED_DAY, "12:00"), order)


def _up_to(*acts: Callable[[str], object]) -> Callable[[str], None]:
    """Make a store and do the acts that come before."""

    def prepare(url: str) -> None:
        month.fill(url)
        for act in acts:
            act(url)

    return prepare


SCENES = {
    "commit": (_up_to(), _commit),
    "seed": (_up_to(_commit), _seed),
    "run": (_up_to(_commit, _seed), _run),
    "void": (_up_to(_commit, _seed, _run), _void),
}


@pytest.mark.parametrize("name", SCENES)
def test_an_act_stopped_at_any_point_leaves_nothing_of_itself(store_places: Places, name: str) -> None:
    """Before each statement and before the commit, an error or a death undoes all of the act; after all of them it can still be done."""
    prepare, act = SCENES[name]
    scene = Scene(places=store_places, prepare=prepare, act=act)
    assert stop_at_each_point(scene, repeat_last=True) >= 5


@pytest.mark.parametrize("name", SCENES)
def test_killed_acts_are_done_or_not(store_places: Places, name: str) -> None:
    """A process that is killed at some moment of an act has done the whole act or none of it."""
    prepare, act = SCENES[name]
    kill_at_moments(Scene(places=store_places, prepare=prepare, act=act), 4)


def test_two_runs_at_once_draw_once(store_places: Places) -> None:
    """Of two processes that draw the same slot one draws and the other is given the recorded result: one act, one set of visits."""
    url = store_places()
    _up_to(_commit, _seed)(url)
    assert race(url, _run, _run) == (0, 0)
    with Store.open(url).reading() as session:
        (record,) = find_draws(session)
        assert len(find_acts(session, act="draw run")) == 1
        assert record.result is not None
        assert len(find_visits(session, SLOT)) == len(parse_result(record.result).visits) >= 1
    assert month.run(Store.open(url), SLOT).draw == record


def test_two_commitments_of_one_plan_at_once_are_one(store_places: Places) -> None:
    """Of two processes that commit the same plan one does, and the other is given what stands: one slot is used."""
    url = store_places()
    month.fill(url)
    assert race(url, _commit, _commit) == (0, 0)
    with Store.open(url).reading() as session:
        assert [record.slot for record in find_draws(session)] == [SLOT]
        assert len(find_acts(session, act="draw commit")) == 1


def test_two_plans_of_one_frame_at_once_do_not_share_it(store_places: Places) -> None:
    """Of two plans for the same companies one is committed, and the other is told that nobody is left to draw."""
    url = store_places()
    month.fill(url)
    assert sorted(race(url, _commit, _commit_another_plan)) == [0, 3]
    with Store.open(url).reading() as session:
        assert len(find_draws(session)) == 1


def test_two_different_seeds_at_once(store_places: Places) -> None:
    """Of two processes with different values one is kept for ever, and the other is refused."""
    url = store_places()
    _up_to(_commit)(url)
    assert sorted(race(url, _seed, _seed_otherwise)) == [0, 4]
    with Store.open(url).reading() as session:
        assert len(find_acts(session, act="draw seed")) == 1


def test_a_run_and_a_void_at_once(store_places: Places) -> None:
    """Whichever comes first, the draw is void at the end, and the run was either done before that or refused."""
    url = store_places()
    _up_to(_commit, _seed)(url)
    statuses = race(url, _run, _void)
    assert statuses in {(0, 0), (4, 0)}
    with Store.open(url).reading() as session:
        (record,) = find_draws(session)
        runs = len(find_acts(session, act="draw run"))
    assert record.state == "void"
    assert (record.result is not None, runs) == ((True, 1) if statuses == (0, 0) else (False, 0))
