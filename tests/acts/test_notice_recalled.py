"""A notice of results that is withdrawn whole: what it told counts as never told, and is published again (VERSION-8)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.change import EndOrder, end_lines
from inspect_cli.acts.publish.check import prove_month
from inspect_cli.acts.publish.correct import CorrectOrder, correct_notice
from inspect_cli.acts.publish.due import find_duties
from inspect_cli.acts.publish.gathered import find_withheld
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.acts.publish.preview import HeldBecause, preview_notice
from inspect_cli.acts.visit.visits import list_visits
from inspect_cli.core.names import Period
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.deadline import DutyKind
from inspect_cli.core.publish.issued import IssueAction, NoticeKind, Subject
from inspect_cli.core.visit.review import ResultStage
from inspect_cli.storage.notices import find_entries
from inspect_cli.storage.results import find_unsettled
from tests.published import PAPERS, SLOT, approve, correct, make_store, publish, record, visits_of
from tests.small_month import APPROVER, BUREAU, PUBLISHER, actor_on

if TYPE_CHECKING:
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.publish.deadline import Duty
    from inspect_cli.storage.engine import Store

DOCUMENT = "示综执抽查〔2026〕1号"
RESULTS = Subject(kind=NoticeKind.RESULT, slot=SLOT)


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store that has published two results in one notice."""
    return make_store(store_url, 2)


def _withdraw(store: Store, *entities: EntityId, document: str = DOCUMENT, day: str = "2027-01-06") -> None:
    order = EndOrder(
        papers=PAPERS,
        document=document,
        action=IssueAction.WITHDRAWN,
        approval=Approval(approver=APPROVER, reason="标题有误"),
        basis="依据某某",
        entities=entities,
    )
    end_lines(store, actor_on(day, name=PUBLISHER), order)


def _stages(store: Store) -> list[tuple[ResultStage, str | None]]:
    with store.reading() as session:
        listed = {one.visit.entity: (one.stage, one.document) for one in list_visits(session, SLOT)}
    return [listed[visit.entity] for visit in visits_of(store)[:2]]


def _unsettled(store: Store) -> bool:
    with store.reading() as session:
        return SLOT in find_unsettled(session)


def _duties(store: Store) -> list[Duty]:
    with store.reading() as session:
        return [duty for duty in find_duties(session, BUREAU) if duty.kind is DutyKind.RESULT]


def _assert_holds(store: Store, unpublished: int = 0) -> None:
    proof = prove_month(store, BUREAU, Period("2026-12"), lambda _: None)
    assert [one for one in proof.proofs if one.differences] == []
    assert proof.unpublished == unpublished


def test_what_went_with_its_notice_is_published_again(store: Store) -> None:
    """VERSION-8, DUE-12: approved, not published and due again, then published in another notice in the same version; the check holds."""
    before = _duties(store)
    assert not _unsettled(store)
    _withdraw(store)
    assert _stages(store) == [(ResultStage.APPROVED, None)] * 2
    assert _unsettled(store)
    assert [(duty.done, duty.document, duty.count) for duty in _duties(store)] == [
        (None, None, one.count) for one in before
    ]
    _assert_holds(store, unpublished=2)
    preview = preview_notice(store, PAPERS, RESULTS, date(2027, 1, 7))
    assert (preview.standing, len(preview.named), preview.due) == (None, 2, before[0].due)
    again = publish(store, day="2027-01-07")
    assert (again.is_new, [entry.outcome_version for entry in again.entries]) == (True, [1, 1])
    assert _stages(store) == [(ResultStage.PUBLISHED, again.notice.document)] * 2
    assert not _unsettled(store)
    assert {(duty.done, duty.document) for duty in _duties(store)} == {(date(2027, 1, 7), again.notice.document)}
    assert not publish(store, day="2027-01-07").is_new
    _assert_holds(store)


def test_what_was_withdrawn_before_the_notice_stays_withdrawn(store: Store) -> None:
    """VERSION-7, VERSION-8: a line that was withdrawn by name, on the same day even, does not come back with its notice's others."""
    first, second, *_others = visits_of(store)
    _withdraw(store, first.entity)
    _withdraw(store)
    assert [stage for stage, _ in _stages(store)] == [ResultStage.PUBLISHED, ResultStage.APPROVED]
    again = publish(store, day="2027-01-07")
    assert [entry.entity for entry in again.entries] == [second.entity]
    with store.reading() as session:
        assert find_withheld(session, [SLOT]) == {first.entity}
    _withdraw(store, second.entity, document=again.notice.document, day="2027-01-08")
    assert not _unsettled(store), "an appeal wants a correction, and nothing else"
    _assert_holds(store, unpublished=2)


def test_a_notice_of_one_line_that_was_named_stays_withdrawn(store: Store) -> None:
    """VERSION-7: where every line was named there was something against each of them."""
    _withdraw(store, *(visit.entity for visit in visits_of(store)[:2]))
    assert [stage for stage, _ in _stages(store)] == [ResultStage.PUBLISHED] * 2
    assert not _unsettled(store)
    assert all(duty.done for duty in _duties(store))


def test_a_notice_can_be_withdrawn_whole_twice(store: Store) -> None:
    """VERSION-8: the second notice's lines come again as the first one's did, beside what was approved since."""
    _withdraw(store)
    again = publish(store, day="2027-01-07").notice.document
    _withdraw(store, document=again, day="2027-01-08")
    assert _stages(store) == [(ResultStage.APPROVED, None)] * 2
    third = visits_of(store)[2]
    record(store, third)
    approve(store)
    assert len(publish(store, day="2027-01-09").entries) == 3
    _assert_holds(store)


def test_a_corrected_line_comes_again_as_it_was_corrected(store: Store) -> None:
    """VERSION-8: the correction that was published went with the notice, and is no duty any more; the corrected result is told at once."""
    first = visits_of(store)[0]
    correct(store, first, 5)
    correct_notice(store, actor_on("2027-01-05", name=PUBLISHER), CorrectOrder(papers=PAPERS, document=DOCUMENT))
    _withdraw(store)
    assert _stages(store) == [(ResultStage.APPROVED, None)] * 2
    with store.reading() as session:
        duties = find_duties(session, BUREAU)
    assert [duty for duty in duties if duty.kind is DutyKind.CORRECTION] == []
    again = publish(store, day="2027-01-07")
    assert {entry.entity: entry.outcome_version for entry in again.entries}[first.entity] == 2
    _assert_holds(store)


def test_a_correction_that_awaits_approval_holds_it_back(store: Store) -> None:
    """ISSUE-6, VERSION-8: of what went with its notice a result that is known to be wrong waits, and the preview says for what."""
    first, second, *_others = visits_of(store)
    _withdraw(store)
    correct(store, first, 5, day="2027-01-07", is_approved=False)
    preview = preview_notice(store, PAPERS, RESULTS, date(2027, 1, 7))
    assert {one.entity: one.reason for one in preview.held}[first.entity] is HeldBecause.AWAITING
    assert [one.entity for one in preview.told] == [second.entity]


def test_statistics_of_before_the_withdrawal_hold(store: Store) -> None:
    """PROOF-10: a month that was counted while the notice stood is counted so also when the notice is withdrawn, and again published."""
    subject = Subject(kind=NoticeKind.STATISTICS, period="2026-12")
    publish_notice(store, actor_on("2027-01-05", name=PUBLISHER), PublishOrder(bureau=BUREAU, subject=subject))
    _assert_holds(store)
    _withdraw(store)
    _assert_holds(store, unpublished=2)
    publish(store, day="2027-01-07")
    _assert_holds(store)


def test_nothing_counts_as_never_told_but_results(store: Store) -> None:
    """VERSION-8: of a notice of a draw that is withdrawn whole no line is noted, and the results stand where they stood."""
    document = publish(store, NoticeKind.DRAW).notice.document
    _withdraw(store, document=document)
    assert _stages(store) == [(ResultStage.PUBLISHED, DOCUMENT)] * 2
    with store.reading() as session:
        assert all(entry.is_shown for entry in find_entries(session, slot=SLOT))
