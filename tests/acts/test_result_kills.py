"""Approving, returning and correcting results, and recording with files: each act is done whole or not at all, whatever cuts it short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.visit.correcting import CorrectionOrder, correct_visit
from inspect_cli.acts.visit.recording import RecordOrder, record_visits
from inspect_cli.acts.visit.review import ReviewOrder, approve_visits, return_visits
from inspect_cli.core.names import EntityId
from inspect_cli.core.people import Approval
from inspect_cli.core.visit.attachment import NamedFile
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.storage.engine import Store
from inspect_cli.storage.results import find_outcome_versions
from tests.kills import Scene, kill_at_moments, needs_fork, race, stop_at_each_point
from tests.sample_draw import BUREAU, LABOUR, SAFETY, SLOT, actor_on, order_all
from tests.sample_store import fill_store

if TYPE_CHECKING:
    from collections.abc import Callable

    Places = Callable[[], str]

pytestmark = [pytest.mark.untraced, needs_fork]
E1, E3 = EntityId("E-1"), EntityId("E-3")
PHOTO = NamedFile(name="照片.jpg", sha256="a" * 64, size=7)


def _order(entity: EntityId, number: int = 1) -> RecordOrder:
    results = {LABOUR: ResultClass(number), SAFETY: ResultClass.NO_PROBLEM}
    claims = Claims(results=results, methods={}, findings={}, follow_ups=order_all(results))
    return RecordOrder(slot=SLOT, entity=entity, claims=claims, files=(PHOTO,))


def _fill(url: str) -> None:
    fill_store(url)


def _record(url: str) -> None:
    record_visits(Store.open(url), actor_on("2026-12-03"), BUREAU, (_order(E1), _order(E3)))


def _recorded(url: str) -> None:
    _fill(url)
    _record(url)


def _approve(url: str) -> None:
    approve_visits(Store.open(url), actor_on("2026-12-04", name="审批人乙"), ReviewOrder(bureau=BUREAU, slot=SLOT))


def _return(url: str) -> None:
    order = ReviewOrder(bureau=BUREAU, slot=SLOT, entities=(E1, E3), reason="另一家企业")
    return_visits(Store.open(url), actor_on("2026-12-04", name="审批人乙"), order)


def _approved(url: str) -> None:
    _recorded(url)
    _approve(url)


def _correct(url: str, number: int = 8) -> None:
    approval = Approval(approver="审批人乙", reason="wrong-company")
    order = CorrectionOrder(order=_order(E1, number), approval=approval, basis="复核笔录")
    correct_visit(Store.open(url), actor_on("2026-12-05"), BUREAU, order)


def _correct_otherwise(url: str) -> None:
    _correct(url, 5)


SCENES = {
    "record": (_fill, _record),
    "approve": (_recorded, _approve),
    "return": (_recorded, _return),
    "correct": (_approved, _correct),
}


@pytest.mark.parametrize("name", SCENES)
def test_an_act_stopped_at_any_point_leaves_nothing_of_itself(store_places: Places, name: str) -> None:
    """Before every third statement and commit, an error or a death undoes all of the act; after all of them it can still be done."""
    prepare, act = SCENES[name]
    assert stop_at_each_point(Scene(places=store_places, prepare=prepare, act=act), step=3, repeat_last=True) >= 5


@pytest.mark.parametrize("name", SCENES)
def test_killed_acts_are_done_or_not(store_places: Places, name: str) -> None:
    """A process that is killed at some moment of an act has done the whole act or none of it."""
    prepare, act = SCENES[name]
    kill_at_moments(Scene(places=store_places, prepare=prepare, act=act), 3)


def test_approval_and_return_at_once_are_one(store_places: Places) -> None:
    """REVIEW-1: of an approval and a return at the same time one is done; the other finds that it came too late."""
    url = store_places()
    _recorded(url)
    approved, returned = race(url, _approve, _return)
    with Store.open(url).reading() as session:
        states = {version.state.value for version in find_outcome_versions(session)}
    # Nothing awaits approval any more once all is returned: that is no error.
    assert (states, approved, returned) in [({"approved"}, 0, 4), ({"returned"}, 0, 0)]


def test_two_corrections_at_once_are_one(store_places: Places) -> None:
    """REVIEW-3: of two different ones at the same time one is kept, and the other is refused, for the first awaits approval."""
    url = store_places()
    _approved(url)
    assert sorted(race(url, _correct, _correct_otherwise)) == [0, 4]
    with Store.open(url).reading() as session:
        assert [version.version for version in find_outcome_versions(session, SLOT, E1)] == [1, 2]
