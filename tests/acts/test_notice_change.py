"""Later versions of what was published: corrections, repairs, withdrawals and the end of the years."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.change import EndOrder, end_lines, expire_lines, look_at_ending
from inspect_cli.acts.publish.correct import CorrectOrder, correct_notice, find_awaiting, find_corrections
from inspect_cli.acts.publish.kept import read_notice
from inspect_cli.acts.publish.renewal import Papers
from inspect_cli.acts.registry.renumber import RenumberOrder, renumber_entity
from inspect_cli.core.bureau import Publication
from inspect_cli.core.names import EntityId
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.core.registry.number import NumberOrder
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.bulk import find_entities_by_id
from inspect_cli.storage.registries import update_entities
from tests.published import PAPERS, SLOT, correct, make_store, publish, publish_results, visits_of
from tests.small_month import APPROVER, BUREAU, OPERATOR, PUBLISHER, actor_on

if TYPE_CHECKING:
    from inspect_cli.acts.publish.announced import Changed
    from inspect_cli.storage.engine import Store

DOCUMENT = "示综执抽查〔2026〕1号"
STUB = "该条信息已停止公示"


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store that has published two results in one notice."""
    return make_store(store_url, 2)


def _correct(store: Store, name: str = PUBLISHER) -> Changed:
    return correct_notice(store, actor_on("2027-01-05", name=name), CorrectOrder(papers=PAPERS, document=DOCUMENT))


def _end(store: Store, action: IssueAction, *entities: EntityId, document: str = DOCUMENT, **parts: str) -> Changed:
    order = EndOrder(
        papers=PAPERS,
        document=document,
        action=action,
        approval=Approval(approver=parts.get("approver", APPROVER), reason=parts.get("reason", "理由某某")),
        basis=parts.get("basis", "依据某某"),
        entities=entities,
    )
    return end_lines(store, actor_on("2027-01-06", name=parts.get("name", PUBLISHER)), order)


def test_a_correction_says_from_what_to_what(store: Store) -> None:
    """VERSION-1, PUBLISH-14, PUBLISH-15, ISSUE-2: ⑥ names line and company, the notice has a new version, the note inside stays inside."""
    first = visits_of(store)[0]
    correct(store, first, 5)
    changed = _correct(store)
    assert changed.announced is not None
    announced = changed.announced.version
    assert changed.announced.notice.document == "示综执抽查〔2027〕1号"
    assert (DOCUMENT in announced.zh, first.entity in announced.zh) == (True, True)
    assert announced.zh.index("未发现问题") < announced.zh.index("发现问题已责令改正")
    assert "公示信息与查实的情况不一致" in announced.zh
    assert "what was established" in announced.en
    kept = read_notice(store, DOCUMENT)
    assert [version.version for version in kept.versions] == [1, 2]
    assert ("发现问题已责令改正" in kept.versions[0].zh, "发现问题已责令改正" in kept.newest.zh) == (False, True)
    assert "示综执抽查〔2027〕1号" in kept.newest.zh
    assert "date: 2026年12月31日" in kept.newest.zh
    assert (kept.newest.action, kept.newest.approver) == (IssueAction.CORRECTED, APPROVER)
    assert [entry.state for entry in kept.entries] == [IssueAction.CORRECTED, IssueAction.PUBLISHED]
    for text in (announced.zh, announced.en, kept.newest.zh, kept.newest.en):
        assert "举报人" not in text
    assert not _correct(store).is_new


def test_what_the_public_would_read_the_same_is_not_corrected(store: Store) -> None:
    """VERSION-1: a finding that stays inside makes no notice and no version, but the line rests on the newer result."""
    correct(store, visits_of(store)[0], 1, finding="笔误更正")
    changed = _correct(store)
    assert (changed.is_new, changed.announced) == (False, None)
    kept = read_notice(store, DOCUMENT)
    assert len(kept.versions) == 1
    assert [(entry.state, entry.outcome_version) for entry in kept.entries] == [
        (IssueAction.PUBLISHED, 2),
        (IssueAction.PUBLISHED, 1),
    ]


def test_a_correction_that_was_not_published_stays_out(store: Store) -> None:
    """VERSION-1: when another line is repaired, a line whose correction nobody published shows what it showed."""
    first, second, *_others = visits_of(store)
    correct(store, first, 5)
    _end(store, IssueAction.REPAIRED, second.entity)
    assert "发现问题已责令改正" not in read_notice(store, DOCUMENT).newest.zh


def test_a_repaired_line_leaves_a_stub(store: Store) -> None:
    """ISSUE-3, VERSION-2, PUBLISH-14: the line shows its number alone, ⑥ names nobody but gives reason and basis."""
    first, second, *_others = visits_of(store)
    changed = _end(store, IssueAction.REPAIRED, first.entity)
    kept = read_notice(store, DOCUMENT)
    names = (first.entity, f"示例第{int(first.entity[1:])}厂")
    assert changed.announced is not None
    for text in (changed.announced.version.zh, changed.announced.version.en, kept.newest.zh, kept.newest.en):
        assert [name for name in names if f"{name} " in text] == []
    assert (STUB in kept.newest.zh, second.entity in kept.newest.zh) == (True, True)
    assert first.entity in kept.versions[0].zh
    assert "理由某某" in changed.announced.version.zh
    assert "依据某某" in changed.announced.version.zh
    assert [line for line in changed.announced.version.zh.splitlines() if "序号为1的" in line]
    with store.reading() as session:
        (act,) = find_acts(session, act="notice repair")
    assert (act.subject, act.approver, json.loads(act.detail)["document"]) == (
        DOCUMENT,
        APPROVER,
        "示综执抽查〔2027〕1号",
    )


def test_what_is_gone_does_not_come_back(store: Store) -> None:
    """VERSION-3: the same again gives what stands, another ending of the same line is refused, and an entity never named is a mistake."""
    first, second, third, *_others = visits_of(store)
    _end(store, IssueAction.REPAIRED, first.entity)
    assert not _end(store, IssueAction.REPAIRED, first.entity).is_new
    with pytest.raises(RefusedError, match="no longer shows"):
        _end(store, IssueAction.WITHDRAWN, first.entity)
    with pytest.raises(UsageMistake, match="does not name"):
        _end(store, IssueAction.REPAIRED, third.entity)
    _end(store, IssueAction.REPAIRED, second.entity)
    with pytest.raises(RefusedError, match="nothing more"):
        _end(store, IssueAction.REPAIRED)


@pytest.mark.parametrize("parts", [{"approver": PUBLISHER}, {"approver": OPERATOR}, {"name": OPERATOR}])
def test_a_line_ends_by_a_second_persons_leave(store: Store, parts: dict[str, str]) -> None:
    """VERSION-2: publisher and approver are two, each with the role; without a basis nothing ends."""
    with pytest.raises(RefusedError):
        _end(store, IssueAction.REPAIRED, visits_of(store)[0].entity, **parts)
    with pytest.raises(UsageMistake, match="rests on something"):
        _end(store, IssueAction.REPAIRED, visits_of(store)[0].entity, basis=" ")
    assert len(read_notice(store, DOCUMENT).versions) == 1


def test_a_notice_that_was_withdrawn_shows_its_number_and_title(store: Store) -> None:
    """VERSION-5: with its last line withdrawn, a notice shows nothing but number and title; withdrawn again it stands."""
    first, second, *_others = visits_of(store)
    _end(store, IssueAction.WITHDRAWN, first.entity)
    assert STUB in read_notice(store, DOCUMENT).newest.zh
    changed = _end(store, IssueAction.WITHDRAWN)
    assert changed.announced is not None
    assert "停止公示有关公告" in changed.announced.version.zh
    kept = read_notice(store, DOCUMENT)
    assert kept.is_withdrawn
    assert kept.newest.zh.splitlines() == [
        "---",
        "title: 示例镇综合行政执法局",
        "title: 关于2026年12月随机抽查检查结果的公告",
        f"number: {DOCUMENT}",
        "---",
        "已停止公示",
    ]
    assert not _end(store, IssueAction.WITHDRAWN).is_new
    assert [entry.entity for entry in kept.entries] == [first.entity, second.entity]


def test_any_notice_can_be_withdrawn_whole(store: Store) -> None:
    """VERSION-5: the draw's notice has no lines to repair; withdrawn whole, another one can be published."""
    document = publish(store, NoticeKind.DRAW).notice.document
    with pytest.raises(RefusedError, match="no notice of results"):
        _end(store, IssueAction.REPAIRED, document=document)
    with pytest.raises(RefusedError, match="no notice of results"):
        correct_notice(store, actor_on("2027-01-05", name=PUBLISHER), CorrectOrder(papers=PAPERS, document=document))
    _end(store, IssueAction.WITHDRAWN, document=document)
    assert read_notice(store, document).is_withdrawn
    assert publish(store, NoticeKind.DRAW, "2027-01-07").notice.document == "示综执抽查〔2027〕2号"


def test_a_correction_is_stubbed_with_its_line(store: Store) -> None:
    """VERSION-6: once the line is repaired, the notice of its correction tells no company and no result either."""
    first = visits_of(store)[0]
    correct(store, first, 5)
    announced = _correct(store).announced
    assert announced is not None
    _end(store, IssueAction.REPAIRED, first.entity)
    kept = read_notice(store, announced.notice.document)
    assert [version.action for version in kept.versions] == [IssueAction.PUBLISHED, IssueAction.REPAIRED]
    for text in (kept.newest.zh, kept.newest.en):
        assert first.entity not in text
        assert "改正" not in text
    assert STUB in kept.newest.zh
    assert kept.changes == (DOCUMENT,)


def test_what_was_withdrawn_comes_again_once_it_is_corrected(store: Store) -> None:
    """VERSION-7: a withdrawn result is in no new notice until a newer version is approved; a repaired one is in none."""
    first, second, *_others = visits_of(store)
    _end(store, IssueAction.WITHDRAWN, first.entity)
    _end(store, IssueAction.REPAIRED, second.entity)
    assert not publish(store, day="2027-01-07").is_new
    correct(store, first, 5, day="2027-01-07")
    correct(store, second, 5, day="2027-01-07")
    published = publish(store, day="2027-01-07")
    assert [(entry.entity, entry.outcome_version) for entry in published.entries] == [(first.entity, 2)]


def test_what_was_approved_before_the_withdrawal_does_not_come_again(store: Store) -> None:
    """VERSION-7: a correction that nobody had published when its line was withdrawn brings nothing back."""
    first = visits_of(store)[0]
    correct(store, first, 5)
    _end(store, IssueAction.WITHDRAWN, first.entity)
    assert not publish(store, day="2027-01-07").is_new


def test_what_was_withdrawn_by_name_is_told_as_that(store: Store) -> None:
    """VERSION-7: with each line withdrawn by name, publishing again says how many are shown nowhere, and what brings them back."""
    _end(store, IssueAction.WITHDRAWN, *(visit.entity for visit in visits_of(store)[:2]))
    with pytest.raises(RefusedError, match="no notice shows any more: 2") as caught:
        publish(store, day="2027-01-07")
    assert "inspect-cli visit correct" in str(caught.value.hint)


def test_a_notice_of_a_correction_ends_alone(store: Store) -> None:
    """VERSION-6: withdrawn whole it has one version more; another correction of the same line and the line itself stay."""
    first = visits_of(store)[0]
    documents = []
    for result in (5, 8):
        correct(store, first, result)
        announced = _correct(store).announced
        assert announced is not None
        documents.append(announced.notice.document)
    _end(store, IssueAction.WITHDRAWN, document=documents[0])
    counts = [len(read_notice(store, document).versions) for document in (*documents, DOCUMENT)]
    assert counts == [2, 1, 3]


def test_a_line_is_found_by_the_number_that_its_company_has_now(store: Store) -> None:
    """NUMBER-3: a repair comes years later, with the number of today; the notice has the drawn one."""
    first = visits_of(store)[0]
    number = NumberOrder(old=first.entity, new=EntityId("N01"), reason="换发证照")
    renumber_entity(store, actor_on("2027-01-04", name=OPERATOR), RenumberOrder(number=number, people=()))
    _end(store, IssueAction.REPAIRED, EntityId("N01"))
    assert [entry.is_shown for entry in read_notice(store, DOCUMENT).entries] == [False, True]
    assert not _end(store, IssueAction.REPAIRED, EntityId("N01")).is_new


def test_what_was_seen_is_what_changes(store: Store) -> None:
    """What is approved, or changed, between the look and the yes is not published unseen."""
    first, second, *_others = visits_of(store)
    correct(store, first, 5)
    with store.reading() as session:
        seen = find_corrections(session, BUREAU, read_notice(store, DOCUMENT))
    correct(store, second, 5)
    order = CorrectOrder(papers=PAPERS, document=DOCUMENT, seen=seen)
    with pytest.raises(RefusedError, match="has changed"):
        correct_notice(store, actor_on("2027-01-05", name=PUBLISHER), order)
    ending = EndOrder(
        papers=PAPERS,
        document=DOCUMENT,
        action=IssueAction.WITHDRAWN,
        approval=Approval(approver=APPROVER, reason="理由某某"),
        basis="依据某某",
    )
    actor = actor_on("2027-01-06", name=PUBLISHER)
    looked = look_at_ending(store, actor, ending)
    assert [looked.lines[entry.entity].number for entry in looked.entries] == [1, 2]
    _end(store, IssueAction.REPAIRED, first.entity)
    with pytest.raises(RefusedError, match="has changed"):
        end_lines(store, actor, replace(ending, seen=looked.entries))
    end_lines(store, actor, replace(ending, seen=look_at_ending(store, actor, ending).entries))
    assert look_at_ending(store, actor, ending).is_done


def test_a_reason_names_nobody(store: Store) -> None:
    """PUBLISH-15: the company that goes is not named in the notice that says so; neither by a correction's reason or basis."""
    first = visits_of(store)[0]
    name = f"示例第{int(first.entity[1:])}厂"
    for parts in ({"reason": f"{name}申诉成立"}, {"basis": f"{name}的申请"}):
        with pytest.raises(RefusedError, match="whom it is about"):
            _end(store, IssueAction.WITHDRAWN, first.entity, **parts)
    correct(store, first, 5)
    for reason, basis in ((f"{name}申诉", ""), ("", "电话13800138000")):
        order = CorrectOrder(papers=PAPERS, document=DOCUMENT, reason=reason, basis=basis)
        with pytest.raises(RefusedError, match="published"):
            correct_notice(store, actor_on("2027-01-05", name=PUBLISHER), order)
    assert len(read_notice(store, DOCUMENT).versions) == 1


def test_what_awaits_approval_is_found(store: Store) -> None:
    """VERSION-1: a correction that nobody approved is no correction yet, and is told as awaiting."""
    first = visits_of(store)[0]
    correct(store, first, 5, is_approved=False)
    kept = read_notice(store, DOCUMENT)
    with store.reading() as session:
        assert find_corrections(session, BUREAU, kept) == ()
        assert [entry.entity for entry in find_awaiting(session, kept)] == [first.entity]
    assert not _correct(store).is_new


def test_a_line_that_is_gone_is_not_corrected(store: Store) -> None:
    """VERSION-3: a correction of a repaired line stays inside; only a publisher publishes one at all."""
    first, second, *_others = visits_of(store)
    _end(store, IssueAction.REPAIRED, first.entity)
    correct(store, first, 5)
    assert not _correct(store).is_new
    correct(store, second, 5)
    for name in (OPERATOR, APPROVER):
        with pytest.raises(RefusedError, match="does not have the role"):
            _correct(store, name)


def test_a_version_is_not_dated_before_the_one_it_replaces(store: Store) -> None:
    """ISSUE-5: what was published on 31 December is not withdrawn on the day before."""
    order = EndOrder(
        papers=PAPERS,
        document=DOCUMENT,
        action=IssueAction.WITHDRAWN,
        approval=Approval(approver=APPROVER, reason="理由某某"),
        basis="依据某某",
    )
    with pytest.raises(RefusedError, match="earlier than what it tells"):
        end_lines(store, actor_on("2026-12-30", name=PUBLISHER), order)
    assert len(read_notice(store, DOCUMENT).versions) == 1


def test_years_are_counted_from_the_first_publication(store_url: str) -> None:
    """VERSION-4, DUE-6: five years for a company, two for a sole trader, to the day; expiry makes a version without a notice."""
    store = make_store(store_url)
    first, second, *_others = visits_of(store)
    with store.transaction() as session:
        (entity,) = find_entities_by_id(session, [first.entity])
        update_entities(session, [replace(entity, size="个体工商户")])
    publish_results(store, 2)
    papers = Papers(bureau=replace(BUREAU, publication=Publication()))

    def expire(day: str) -> list[EntityId]:
        changes = expire_lines(store, actor_on(day, name=PUBLISHER), papers)
        assert all(changed.announced is None for changed in changes)
        return [entry.entity for changed in changes for entry in changed.entries]

    assert expire("2028-12-30") == []
    assert expire("2028-12-31") == [first.entity]
    assert expire("2031-12-30") == []
    assert expire("2031-12-31") == [second.entity]
    kept = read_notice(store, DOCUMENT)
    assert [version.action for version in kept.versions[1:]] == [IssueAction.EXPIRED] * 2
    assert (kept.newest.reason, kept.newest.by, kept.newest.day) == (None, None, date(2031, 12, 31))
    assert kept.newest.zh.count(STUB) == 2
    with pytest.raises(RefusedError):
        expire_lines(store, actor_on("2032-01-01", name=OPERATOR), papers)


def test_who_approved_a_correction_does_not_publish_it(store: Store) -> None:
    """REVIEW-5: with nobody listed as well."""
    correct(store, visits_of(store)[0], 5)
    papers = Papers(bureau=replace(BUREAU, people=()))
    with pytest.raises(RefusedError, match="cannot publish"):
        correct_notice(store, actor_on("2027-01-05", name=APPROVER), CorrectOrder(papers=papers, document=DOCUMENT))
    assert read_notice(store, DOCUMENT).notice.slot == SLOT
