"""Publishing notices: numbers, what is kept, batches of results, and who may."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.acts.publish.kept import find_version, read_notice, read_notices
from inspect_cli.acts.publish.preview import HeldBecause, preview_notice
from inspect_cli.core.publish.issued import IssueAction, NoticeKind, Subject
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.notices import find_entries
from tests.published import END, PAPERS, SLOT, approve, correct, make_store, publish, publish_results, record, visits_of
from tests.small_month import APPROVER, BUREAU, OPERATOR, PUBLISHER, actor_on

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

RESULT = Subject(kind=NoticeKind.RESULT, slot=SLOT)
TODAY = date(2026, 12, 31)


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store whose month is drawn."""
    return make_store(store_url)


def test_a_notice_is_kept_as_it_was_published(store: Store) -> None:
    """ISSUE-1, DOC-1: each notice has the next number of the year, a first version in both languages, and a row of the log."""
    documents = [
        publish(store, kind, "2026-11-30").notice.document for kind in (NoticeKind.COMMITMENT, NoticeKind.DRAW)
    ]
    documents.append(publish(store, NoticeKind.COMMITMENT).notice.document)
    assert documents == ["示综执抽查〔2026〕1号", "示综执抽查〔2026〕2号", "示综执抽查〔2026〕1号"]
    kept = read_notice(store, documents[1])
    assert read_notice(store, "示综执抽查[2026] 2号") == kept
    (version,) = kept.versions
    assert (version.action, version.publisher, version.day) == (IssueAction.PUBLISHED, PUBLISHER, date(2026, 11, 30))
    assert "number: 示综执抽查〔2026〕2号" in version.zh
    assert "date: 2026年11月30日" in version.zh
    assert "title: " in version.en
    with store.reading() as session:
        assert [act.subject for act in find_acts(session, act="notice publish")] == documents[:2]


def test_a_new_year_counts_anew(store: Store) -> None:
    """DOC-1: a series begins with 1 in each calendar year."""
    publish(store, NoticeKind.COMMITMENT, "2026-12-31")
    assert publish(store, NoticeKind.DRAW, "2027-01-04").notice.document == "示综执抽查〔2027〕1号"
    later = replace(actor_on("2026-12-31", name=PUBLISHER), day=date(2027, 1, 5))  # the machine's clock is not asked
    order = PublishOrder(bureau=BUREAU, subject=Subject(kind=NoticeKind.STATISTICS, period="2026-12"))
    published = publish_notice(store, later, order)
    assert (published.notice.document, published.notice.year) == ("示综执抽查〔2027〕2号", 2027)


def test_results_are_published_in_batches(store: Store) -> None:
    """ISSUE-4: each notice lists what was approved since the last one; none lists a result twice, and the same again is no new notice."""
    first, second, *_others = visits_of(store)
    record(store, first)
    approve(store)
    record(store, second)
    one = publish(store)
    assert [entry.entity for entry in one.entries] == [first.entity]
    assert not publish(store).is_new
    approve(store)
    other = publish(store)
    assert [entry.entity for entry in other.entries] == [second.entity]
    assert one.notice.document in other.version.zh
    assert "示例第" in other.version.zh
    assert second.entity not in one.version.zh
    with store.reading() as session:
        assert [entry.entity for entry in find_entries(session, slot=SLOT)] == [first.entity, second.entity]


def test_a_result_is_published_once_it_is_approved(store: Store) -> None:
    """REVIEW-4: recorded but not approved there is nothing to publish."""
    record(store, visits_of(store)[0])
    with pytest.raises(RefusedError, match="nothing to publish"):
        publish(store)
    assert read_notices(store) == ()


@pytest.mark.parametrize("name", [OPERATOR, APPROVER, "somebody"])
def test_only_a_publisher_publishes(store: Store, name: str) -> None:
    """Who records and who approves has no leave to publish."""
    with pytest.raises(RefusedError):
        publish(store, NoticeKind.DRAW, name=name)


def test_who_approved_does_not_publish(store: Store) -> None:
    """REVIEW-5: with nobody listed two persons are needed all the same, unless the bureau allows one person two roles; then it shows."""
    nobody = replace(BUREAU, people=())
    record(store, visits_of(store)[0])
    approve(store, bureau=nobody, name="乙")
    with pytest.raises(RefusedError, match="cannot publish"):
        publish(store, bureau=nobody, name=" 乙")
    publish(store, bureau=replace(nobody, two_roles=True), name="乙")
    (kept,) = read_notices(store)
    assert kept.one_person == (visits_of(store)[0].entity,)
    with store.reading() as session:
        (act,) = find_acts(session, act="notice publish")
    assert json.loads(act.detail)["one_person"] == [visits_of(store)[0].entity]


def test_a_late_notice_is_marked(store: Store) -> None:
    """DUE-1, DUE-2: the commitment's last day is that of its first source, 30 November."""
    on_time, late = publish(store, NoticeKind.COMMITMENT, "2026-11-30"), publish(store, NoticeKind.DRAW, "2026-12-31")
    assert (on_time.version.due, on_time.version.is_late, late.version.is_late) == (date(2026, 11, 30), False, True)


def test_what_was_seen_is_what_is_published(store: Store) -> None:
    """What somebody approves between the look and the yes is not published unseen."""
    first, second, *_others = visits_of(store)
    record(store, first)
    approve(store)
    seen = preview_notice(store, PAPERS, RESULT, TODAY).seen
    record(store, second)
    approve(store)
    with pytest.raises(RefusedError, match="has changed"):
        publish_notice(store, actor_on(END, name=PUBLISHER), PublishOrder(bureau=BUREAU, subject=RESULT, seen=seen))
    assert read_notices(store) == ()


def test_a_notice_tells_nothing_of_a_later_day(store: Store) -> None:
    """ISSUE-5: neither a draw nor a result is published on a day before it was made, checked or approved."""
    publish_results(store, 1)
    record(store, visits_of(store)[1])
    approve(store)
    for kind, day in (
        (NoticeKind.RESULT, "2026-12-30"),
        (NoticeKind.DRAW, "2026-11-01"),
        (NoticeKind.COMMITMENT, "2026-11-01"),
    ):
        with pytest.raises(RefusedError, match="earlier than what it tells"):
            publish(store, kind, day)


def test_a_result_that_is_being_corrected_waits(store: Store) -> None:
    """ISSUE-6: approved and then corrected, it is in no notice until the correction is approved, and the preview says why."""
    first = visits_of(store)[0]
    record(store, first)
    approve(store)
    correct(store, first, 5, is_approved=False)
    with pytest.raises(RefusedError, match="nothing to publish"):
        publish(store)
    reasons = {one.entity: one.reason for one in preview_notice(store, PAPERS, RESULT, TODAY).held}
    assert reasons[first.entity] is HeldBecause.AWAITING
    approve(store)
    assert [entry.outcome_version for entry in publish(store).entries] == [2]


def test_the_preview_says_what_is_held_back(store: Store) -> None:
    """What would be named is what is approved; each other visit has a reason why it would not."""
    first, second, *others = visits_of(store)
    record(store, first)
    approve(store)
    publish(store)
    record(store, second)
    found = preview_notice(store, PAPERS, RESULT, TODAY)
    assert (found.named, found.standing is not None, found.document) == ((), True, "示综执抽查〔2026〕1号")
    reasons = {one.entity: one.reason for one in found.held}
    assert (reasons[first.entity], reasons[second.entity]) == (HeldBecause.PUBLISHED, HeldBecause.AWAITING)
    assert {reasons[visit.entity] for visit in others} == {HeldBecause.NOT_RECORDED}
    approve(store)
    found = preview_notice(store, PAPERS, RESULT, TODAY)
    assert [line.company.id for line in found.named if hasattr(line, "company")] == [second.entity]
    assert found.document == "示综执抽查〔2026〕2号"
    drawn = preview_notice(store, PAPERS, Subject(kind=NoticeKind.DRAW, slot=SLOT), TODAY)
    assert {one.reason for one in drawn.held} == {HeldBecause.NAMES}


def test_notices_are_found_by_month_and_number(store: Store) -> None:
    """A month finds the notices about it, a year all of its months; an unknown number or version is a usage mistake."""
    publish_results(store, 1)
    publish(store, NoticeKind.DRAW, "2027-01-04")
    assert [len(read_notices(store, period)) for period in (None, "2026-12", "2026", "2027-01", "2027")] == [
        2,
        2,
        2,
        0,
        0,
    ]
    kept = read_notices(store)[0]
    assert find_version(kept, 1) == find_version(kept, None) == kept.newest
    for look in (lambda: find_version(kept, 2), lambda: read_notice(store, "示综执抽查〔2026〕9号")):
        with pytest.raises(UsageMistake):
            look()
