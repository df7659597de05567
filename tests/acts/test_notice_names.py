"""A draw's notice that names companies, after their results were repaired, withdrawn or expired: it shows as little of them."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.change import EndOrder, end_lines, expire_lines
from inspect_cli.acts.publish.check import prove_month
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.acts.publish.kept import read_notice, read_notices
from inspect_cli.acts.publish.preview import HeldBecause, preview_notice
from inspect_cli.core.names import Period
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import IssueAction, NoticeKind, Subject
from inspect_cli.core.publish.proof.report import ProofId
from inspect_cli.errors import RefusedError
from inspect_cli.storage.results import find_unsettled
from tests import small_month
from tests.published import END, PAPERS, SLOT, approve, publish, publish_results, record, visits_of
from tests.small_month import APPROVER, BUREAU, PUBLISHER, actor_on

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.acts.publish.announced import Changed
    from inspect_cli.core.names import EntityId
    from inspect_cli.storage.engine import Store

RESULTS, DRAW = "示综执抽查〔2026〕1号", "示综执抽查〔2026〕2号"
STUBS = {"zh": "该条信息已停止公示", "en": "no longer shown"}


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store whose plan publishes names: two results are published, and then the draw with two names."""
    made = small_month.fill(store_url)
    small_month.draw_month(made, small_month.plan_text(head="names_published = true"))
    publish_results(made, 2)
    publish(made, NoticeKind.DRAW)
    return made


def _end(store: Store, action: IssueAction, *entities: EntityId, document: str = RESULTS) -> Changed:
    approval = Approval(approver=APPROVER, reason="理由某某")
    order = EndOrder(
        papers=PAPERS, document=document, action=action, approval=approval, basis="依据某某", entities=entities
    )
    return end_lines(store, actor_on("2027-01-06", name=PUBLISHER), order)


def _names(entity: EntityId) -> tuple[str, str]:
    return (f"示例第{int(entity[1:])}厂", f"| {entity} |")


def _prove(store: Store) -> set[ProofId]:
    proof = prove_month(store, BUREAU, Period("2026-12"), lambda _: None)
    return {one.id for one in proof.proofs if one.differences}


def test_a_draws_notice_keeps_whom_it_names(store: Store) -> None:
    """ISSUE-4: both companies stand in it with a place, by number and not by day; neither is told as published twice by it."""
    kept = read_notice(store, DRAW)
    named = sorted(visit.entity for visit in visits_of(store)[:2])
    assert [(entry.place, entry.entity, entry.is_name) for entry in kept.entries] == [
        (place, entity, True) for place, entity in enumerate(named, start=1)
    ]
    for entity in named:
        assert all(name in kept.newest.zh for name in _names(entity))
    assert (kept.one_person, _prove(store)) == ((), set())


@pytest.mark.parametrize("action", [IssueAction.REPAIRED, IssueAction.WITHDRAWN])
def test_a_line_that_ends_ends_the_name(store: Store, action: IssueAction) -> None:
    """VERSION-6, ISSUE-3: ⑥ makes a version of the draw's notice too, with a stub; the other company stays, and the month proves."""
    first, second = (visit.entity for visit in visits_of(store)[:2])
    changed = _end(store, action, first)
    assert (changed.announced is not None, changed.others) == (True, (DRAW,))
    assert changed.announced is not None
    kept, announced = read_notice(store, DRAW), changed.announced.notice
    done = IssueAction.CORRECTED if action is IssueAction.WITHDRAWN else action
    assert [version.action for version in kept.versions] == [IssueAction.PUBLISHED, done]
    assert kept.documents == {announced.number: announced.document}
    for language, source in (("zh", kept.newest.zh), ("en", kept.newest.en)):
        assert [name for name in _names(first) if name in source] == []
        assert all(name in source for name in _names(second))
        assert source.count(STUBS[language]) == 1
        assert announced.document in source
    assert {entry.entity: entry.state for entry in kept.entries} == {first: action, second: IssueAction.PUBLISHED}
    assert read_notice(store, announced.document).changes == (RESULTS, DRAW)
    assert _prove(store) == set()


def test_what_expires_goes_from_the_draws_notice_too(store: Store) -> None:
    """VERSION-4, VERSION-6: with their years over both lines and both names go, without a notice of it."""
    expire_lines(store, actor_on("2031-12-31", name=PUBLISHER), PAPERS)
    kept = read_notice(store, DRAW)
    assert (kept.newest.action, kept.newest.by, kept.newest.zh.count(STUBS["zh"])) == (IssueAction.EXPIRED, None, 2)
    assert [one.notice.document for one in read_notices(store)] == [RESULTS, DRAW]
    assert _prove(store) == set()


def test_a_notice_of_results_that_is_withdrawn_takes_its_names_along(store: Store) -> None:
    """VERSION-5, VERSION-6: the notice of results shows its title, the draw's notice two stubs; no new one of the draw names them."""
    _end(store, IssueAction.WITHDRAWN)
    assert (read_notice(store, RESULTS).is_withdrawn, read_notice(store, DRAW).newest.zh.count(STUBS["zh"])) == (
        True,
        2,
    )
    assert _prove(store) == set()
    _end(store, IssueAction.WITHDRAWN, document=DRAW)
    subject = Subject(kind=NoticeKind.DRAW, slot=SLOT)
    found = preview_notice(store, PAPERS, subject, date(2027, 1, 7))
    assert (found.named, {one.reason for one in found.held}) == (
        (),
        {HeldBecause.NOT_RECORDED, HeldBecause.WITHHELD},
    )


def test_the_preview_of_results_tells_withheld_lines_apart(store: Store) -> None:
    """ISSUE-3: of two results that were published one is shown still, and one no longer."""
    first, second = (visit.entity for visit in visits_of(store)[:2])
    _end(store, IssueAction.REPAIRED, first)
    found = preview_notice(store, PAPERS, Subject(kind=NoticeKind.RESULT, slot=SLOT), date(2027, 1, 7))
    reasons = {one.entity: one.reason for one in found.held}
    assert (reasons[first], reasons[second]) == (HeldBecause.WITHHELD, HeldBecause.PUBLISHED)


def test_a_draws_notice_ends_alone(store: Store) -> None:
    """VERSION-5: withdrawn whole it shows its title; the results stay as they are."""
    _end(store, IssueAction.WITHDRAWN, document=DRAW)
    assert read_notice(store, DRAW).is_withdrawn
    assert len(read_notice(store, RESULTS).versions) == 1
    assert _prove(store) == set()


def test_a_name_is_no_result(store: Store) -> None:
    """ISSUE-4: whom the draw's notice names alone awaits the notice of results, and who approved may publish the name."""
    third = visits_of(store)[2]
    record(store, third)
    approve(store)
    _end(store, IssueAction.WITHDRAWN, document=DRAW)
    published = publish(store, NoticeKind.DRAW, "2027-01-07")
    assert third.entity in {entry.entity for entry in published.entries}
    with store.reading() as session:
        assert find_unsettled(session) == {SLOT}
    proof = prove_month(store, BUREAU, Period("2026-12"), lambda _: None)
    assert proof.unpublished == 1
    assert [entry.entity for entry in publish(store, day="2027-01-07").entries] == [third.entity]


def test_the_names_that_were_seen_are_published(store: Store) -> None:
    """Who is approved between the look and the yes is not named unseen."""
    _end(store, IssueAction.WITHDRAWN, document=DRAW)
    subject = Subject(kind=NoticeKind.DRAW, slot=SLOT)
    seen = preview_notice(store, PAPERS, subject, date(2027, 1, 7)).seen
    record(store, visits_of(store)[2])
    approve(store)
    with pytest.raises(RefusedError, match="has changed"):
        publish_notice(store, actor_on(END, name=PUBLISHER), PublishOrder(bureau=BUREAU, subject=subject, seen=seen))


def test_a_name_that_is_left_is_found(tmp_path: Path) -> None:
    """PROOF-7: a draw's notice that names somebody still whose line was repaired is a difference."""
    path = tmp_path / "inspect.db"
    made = small_month.fill(f"sqlite:///{path.as_posix()}")
    small_month.draw_month(made, small_month.plan_text(head="names_published = true"))
    publish_results(made, 2)
    publish(made, NoticeKind.DRAW)
    _end(made, IssueAction.REPAIRED, visits_of(made)[0].entity)
    with sqlite3.connect(path) as opened:
        old = "(SELECT v.zh FROM notice_version v WHERE v.notice = notice_version.notice AND v.version = 1)"
        opened.execute(f"UPDATE notice_version SET zh = {old} WHERE notice = 2 AND version = 2")  # noqa: S608
    opened.close()
    assert ProofId.LINES in _prove(made)
