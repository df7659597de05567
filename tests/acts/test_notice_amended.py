"""Correcting notices that list no results: a plan that changed, a list of matters, a month's statistics, a draw that is void since."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.plan.year import YearOrder, keep_year_plan
from inspect_cli.acts.publish.amend import AmendOrder, amend_notice, read_outdated, read_standing, read_text_changes
from inspect_cli.acts.publish.change import EndOrder, end_lines
from inspect_cli.acts.publish.check import prove_month
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.acts.publish.kept import read_notice
from inspect_cli.acts.publish.preview import preview_notice
from inspect_cli.core.names import Domain, Period
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.core.publish.subject import parse_subject
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.registries import update_matters
from tests import small_month
from tests.published import PAPERS, SLOT, YEAR_FILE, approve, make_store, record, visits_of
from tests.small_month import APPROVER, BUREAU, OPERATOR, PUBLISHER, actor_on, make_matter

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.acts.publish.announced import Changed
    from inspect_cli.acts.publish.issue import Published
    from inspect_cli.storage.engine import Store

DOCUMENT = "示综执抽查〔2026〕1号"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Make a store whose month is drawn."""
    return make_store(f"sqlite:///{(tmp_path / 'inspect.db').as_posix()}")


def _publish(store: Store, kind: NoticeKind, about: str, day: str = "2026-12-01") -> Published:
    subject = parse_subject(kind, about, date.fromisoformat(day))
    return publish_notice(store, actor_on(day, name=PUBLISHER), PublishOrder(bureau=BUREAU, subject=subject))


def _amend(store: Store, day: str = "2026-12-10", **parts: str) -> Changed:
    approval = Approval(approver=parts.get("approver", APPROVER), reason=parts.get("reason", "计划调整"))
    order = AmendOrder(papers=PAPERS, document=DOCUMENT, approval=approval, basis=parts.get("basis", "调整批准文件"))
    return amend_notice(store, actor_on(day, name=parts.get("name", PUBLISHER)), order)


def _keep_year(store: Store, data: bytes = YEAR_FILE) -> None:
    order = YearOrder(bureau=BUREAU, year=2026, data=data, file="year.toml", reason="first")
    keep_year_plan(store, actor_on("2026-11-20"), order)


def test_a_plan_that_changed_is_corrected(store: Store) -> None:
    """AMEND-1, ISSUE-2: a second plan of the month makes ⑥ and a new version that has both; published again it gives the old one back."""
    published = _publish(store, NoticeKind.PLAN, "2026-12")
    assert not _amend(store).is_new
    assert read_outdated(store, PAPERS, DOCUMENT) == ()
    small_month.commit(store, small_month.plan_text(labour=1, safety=1))
    again = _publish(store, NoticeKind.PLAN, "2026-12", "2026-12-09")
    assert (again.is_new, again.notice) == (False, published.notice)
    subject = parse_subject(NoticeKind.PLAN, "2026-12", date(2026, 12, 9))
    found = preview_notice(store, PAPERS, subject, date(2026, 12, 9))
    assert found.outdated == read_outdated(store, PAPERS, DOCUMENT)
    changed = _amend(store)
    assert changed.announced is not None
    announced = changed.announced
    assert (announced.notice.kind, announced.notice.document) == (NoticeKind.CHANGE, "示综执抽查〔2026〕2号")
    for source, words in ((announced.version.zh, "此部分全部内容"), (announced.version.en, "all of this part")):
        assert (DOCUMENT in source, words in source, "计划调整" in source) == (True, True, True)
    kept = read_notice(store, DOCUMENT)
    assert [version.action for version in kept.versions] == [IssueAction.PUBLISHED, IssueAction.CORRECTED]
    assert (kept.newest.reason, kept.newest.approver) == ("计划调整", APPROVER)
    assert kept.newest.basis == "调整批准文件"
    assert ("2026-12/2" in kept.versions[0].zh, "2026-12/2" in kept.newest.zh) == (False, True)
    assert announced.notice.document in kept.newest.zh
    assert not _amend(store).is_new
    with store.reading() as session:
        (act,) = find_acts(session, act="notice correct")
    assert (act.subject, act.approver, json.loads(act.detail)["document"]) == (
        DOCUMENT,
        APPROVER,
        announced.notice.document,
    )
    proof = prove_month(store, BUREAU, Period("2026-12"), lambda _: None)
    assert [one.id for one in proof.proofs if one.differences] == []


def test_a_year_plan_that_changed_is_corrected(store: Store) -> None:
    """AMEND-1: ⑥ names the line of the target, its ratio before and after."""
    _keep_year(store)
    _publish(store, NoticeKind.PLAN, "2026")
    _keep_year(store, YEAR_FILE.replace(b"0.03", b"0.05"))
    texts = [(one.before.zh, one.after.zh) for one in read_text_changes(store, PAPERS, DOCUMENT, date(2026, 12, 10))]
    assert [pair for pair in texts if "3%" in pair[0] and "5%" in pair[1]] != []
    assert _amend(store).is_new


def test_a_list_of_matters_that_changed_is_corrected(store: Store) -> None:
    """AMEND-1: one matter has another name, and nothing else is told to have changed."""
    _publish(store, NoticeKind.MATTERS, "2026")
    with store.transaction() as session:
        update_matters(session, [replace(make_matter("L-01", Domain("labour")), name="新的事项名称")])
    (change,) = read_text_changes(store, PAPERS, DOCUMENT, date(2026, 12, 10))
    assert "新的事项名称" in change.after.zh
    assert _amend(store).is_new


def test_statistics_are_corrected_as_of_the_day_of_the_correction(store: Store) -> None:
    """AMEND-1: while nothing happens they stand, on whatever day; a result that is approved later changes them."""
    _publish(store, NoticeKind.STATISTICS, "2026-12", "2026-12-31")
    assert not _amend(store, "2026-12-31").is_new
    record(store, visits_of(store)[0])
    approve(store)
    assert _amend(store, "2026-12-31").is_new


@pytest.mark.parametrize("kind", [NoticeKind.COMMITMENT, NoticeKind.DRAW])
def test_a_draw_that_is_void_since_is_told(store: Store, kind: NoticeKind) -> None:
    """PUBLISH-5, AMEND-1: a notice of a draw that is declared void afterwards is corrected, and says so itself."""
    _publish(store, kind, "2026-12/1")
    assert read_outdated(store, PAPERS, DOCUMENT) == ()
    approval = Approval(approver=APPROVER, reason="wrong-file")
    draw.void(store, actor_on("2026-12-02"), draw.VoidOrder(bureau=BUREAU, slot=SLOT, approval=approval))
    assert (len(read_outdated(store, PAPERS, DOCUMENT)), read_standing(store, SLOT)) == (1, (DOCUMENT,))
    changed = _amend(store, reason="抽取作废")
    assert changed.announced is not None
    assert "本次抽取已经作废" in changed.announced.version.zh
    newest = read_notice(store, DOCUMENT).newest.zh
    assert ("本次抽取已经作废" in newest, changed.announced.notice.document in newest) == (True, True)
    assert "date: 2026年12月1日" in newest


def test_who_may_correct(store: Store) -> None:
    """VERSION-2: a publisher, with a second person's leave and a reason; what was seen is what is published; ⑥ is not corrected."""
    _publish(store, NoticeKind.PLAN, "2026-12")
    small_month.commit(store, small_month.plan_text(labour=1, safety=1))
    for parts in ({"name": OPERATOR}, {"approver": PUBLISHER}, {"approver": OPERATOR}):
        with pytest.raises(RefusedError):
            _amend(store, **parts)
    with pytest.raises(UsageMistake, match="a person and a reason"):
        _amend(store, reason=" ")
    with pytest.raises(UsageMistake, match="rests on something"):
        _amend(store, basis=" ")
    order = AmendOrder(
        papers=PAPERS, document=DOCUMENT, approval=Approval(approver=APPROVER, reason="计划调整"), basis="依据", seen=()
    )
    with pytest.raises(RefusedError, match="has changed"):
        amend_notice(store, actor_on("2026-12-10", name=PUBLISHER), order)
    changed = _amend(store)
    assert changed.announced is not None
    with pytest.raises(RefusedError, match="a change itself"):
        read_text_changes(store, PAPERS, changed.announced.notice.document, date(2026, 12, 10))
    with pytest.raises(ValueError, match="RESULT"):
        publish_results_and_read(store)


def publish_results_and_read(store: Store) -> None:
    """Ask of a notice of results what another notice is asked."""
    record(store, visits_of(store)[0])
    approve(store)
    document = _publish(store, NoticeKind.RESULT, "2026-12/1", "2026-12-31").notice.document
    assert read_outdated(store, PAPERS, document) == ()
    read_text_changes(store, PAPERS, document, date(2026, 12, 31))


def test_what_is_no_more_is_withdrawn(store: Store) -> None:
    """AMEND-1: a plan whose draws are all void cannot be made anew; withdrawn whole it is corrected no more."""
    _publish(store, NoticeKind.PLAN, "2026-12")
    approval = Approval(approver=APPROVER, reason="wrong-file")
    draw.void(store, actor_on("2026-12-02"), draw.VoidOrder(bureau=BUREAU, slot=SLOT, approval=approval))
    assert read_outdated(store, PAPERS, DOCUMENT) == ()
    with pytest.raises(RefusedError, match="no plan of 2026-12"):
        _amend(store)
    order = EndOrder(papers=PAPERS, document=DOCUMENT, action=IssueAction.WITHDRAWN, approval=approval, basis="依据")
    end_lines(store, actor_on("2026-12-10", name=PUBLISHER), order)
    with pytest.raises(RefusedError, match="nothing more"):
        _amend(store)
