"""Publishing, stopped and killed at every moment, and several at once: document numbers stay without gaps and doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.change import EndOrder, end_lines
from inspect_cli.acts.publish.correct import CorrectOrder, correct_notice
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store
from inspect_cli.storage.notices import find_issued_versions, find_notices
from tests.kills import Scene, kill_at_moments, needs_fork, race, stop_at_each_point
from tests.published import PAPERS, approve, correct, make_store, publish, record, visits_of
from tests.small_month import APPROVER, PUBLISHER, actor_on

if TYPE_CHECKING:
    from collections.abc import Callable

    Places = Callable[[], str]

pytestmark = [needs_fork, pytest.mark.untraced]
DOCUMENT = "示综执抽查〔2026〕1号"


def _approved(url: str) -> None:
    store = make_store(url)
    for visit in visits_of(store)[:2]:
        record(store, visit)
    approve(store)


def _corrected(url: str) -> None:
    store = make_store(url, 2)
    correct(store, visits_of(store)[0], 5)


def _publish(url: str) -> None:
    publish(Store.open(url))


def _publish_draw(url: str) -> None:
    publish(Store.open(url), NoticeKind.DRAW)


def _publish_commitment(url: str) -> None:
    publish(Store.open(url), NoticeKind.COMMITMENT)


def _correct(url: str) -> None:
    order = CorrectOrder(papers=PAPERS, document=DOCUMENT)
    correct_notice(Store.open(url), actor_on("2026-12-31", name=PUBLISHER), order)


def _withdraw(url: str) -> None:
    order = EndOrder(
        papers=PAPERS,
        document=DOCUMENT,
        action=IssueAction.WITHDRAWN,
        approval=Approval(approver=APPROVER, reason="公示有误"),
        basis="复核意见",
    )
    end_lines(Store.open(url), actor_on("2026-12-31", name=PUBLISHER), order)


SCENES = {
    "publish": (_approved, _publish),
    "correct": (_corrected, _correct),
    "withdraw": (_corrected, _withdraw),
}


@pytest.mark.parametrize("name", SCENES)
def test_an_act_stopped_at_any_point_leaves_nothing_of_itself(store_places: Places, name: str) -> None:
    """ISSUE-1, ISSUE-2: stopped before a statement or the commit, by an error or a death, there is no number, version or line of it."""
    prepare, act = SCENES[name]
    scene = Scene(places=store_places, prepare=prepare, act=act)
    assert stop_at_each_point(scene, step=13, repeat_last=True) > 5


def test_killed_at_any_moment_it_is_published_or_not(store_places: Places) -> None:
    """DOC-1: after a kill the notice is there whole, with its number, or not at all; repeated it gets the same number."""
    kill_at_moments(Scene(places=store_places, prepare=_approved, act=_publish), 4)


@pytest.mark.parametrize("round_number", range(3))
def test_two_at_once_get_two_numbers(store_places: Places, round_number: int) -> None:
    """DOC-1, ISSUE-4: three notices published at once, one of them by two, have the numbers 1 to 3 and no result twice."""
    url = store_places()
    _approved(url)
    acts = [_publish, _publish_draw, _publish, _publish_commitment]
    assert race(url, *acts[round_number:], *acts[:round_number]) == (0, 0, 0, 0)
    with Store.open(url).reading() as session:
        notices, acts_done = find_notices(session), find_acts(session, act="notice publish")
        versions = find_issued_versions(session)
    assert [(one.year, one.serial) for one in notices] == [(2026, 1), (2026, 2), (2026, 3)]
    assert sorted(one.kind for one in notices) == ["commitment", "draw", "result"]
    assert [act.subject for act in acts_done] == [one.document for one in notices]
    assert all(f"number: {one.document}\n" in version.zh for one, version in zip(notices, versions, strict=True))
