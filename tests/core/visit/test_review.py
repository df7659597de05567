"""The four eyes between recording and publishing: versions of results, and who may look at them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.names import Domain, EntityId, Slot
from inspect_cli.core.visit.correction import Correction, CorrectionReason
from inspect_cli.core.visit.outcome import DomainOutcome, Outcome
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.visit.review import (
    OutcomeVersion,
    ResultStage,
    ReviewState,
    find_approved,
    find_current,
    find_followed,
    find_stage,
    is_by_one_person,
    require_approved,
    require_correction,
    require_day,
    require_not_made,
    require_other_person,
    require_other_publisher,
    require_reviewable,
)
from inspect_cli.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

SLOT, ENTITY, DAY = Slot("2026-12/1"), EntityId("E-1"), date(2026, 12, 8)
AWAITING, RETURNED, APPROVED = ReviewState.AWAITING, ReviewState.RETURNED, ReviewState.APPROVED


def make_outcome(number: int = 1) -> Outcome:
    """Make an outcome of one domain."""
    return Outcome(visited_on=DAY, domains=(DomainOutcome(domain=Domain("safety"), result=ResultClass(number)),))


def make_version(number: int = 1, state: ReviewState = AWAITING, **changes: Any) -> OutcomeVersion:
    """Make a version that 甲 recorded, and 乙 reviewed unless it awaits that."""
    version = OutcomeVersion(
        slot=SLOT,
        entity=ENTITY,
        version=number,
        outcome=make_outcome(),
        state=state,
        recorded_by="甲",
        clock="2026-12-08T12:00:00+08:00",
        day=DAY,
        reviewed_by=None if state is AWAITING else "乙",
        reviewed_on=None if state is AWAITING else DAY,
        review_reason="另一家企业" if state is RETURNED else None,
    )
    return replace(version, **changes)


def make_versions(*states: ReviewState) -> tuple[OutcomeVersion, ...]:
    """Make versions in these states, each with another result."""
    return tuple(make_version(place, state, outcome=make_outcome(place)) for place, state in enumerate(states, 1))


@pytest.mark.parametrize(
    ("states", "current", "approved"),
    [
        ((), None, None),
        ((AWAITING,), 1, None),
        ((RETURNED,), None, None),
        ((RETURNED, AWAITING), 2, None),
        ((APPROVED,), 1, 1),
        ((APPROVED, AWAITING), 2, 1),
        ((APPROVED, RETURNED), 1, 1),
        ((RETURNED, APPROVED, APPROVED), 3, 3),
    ],
)
def test_which_version_stands(states: tuple[ReviewState, ...], current: int | None, approved: int | None) -> None:
    """REVIEW-1, REVIEW-4: inside the newest that was not returned, outside the newest that was approved."""
    versions = make_versions(*states)
    for order in (versions, versions[::-1]):
        inside, outside = find_current(order), find_approved(order)
        # FOLLOW-7: what is followed up is what is approved, before that what is there.
        assert find_followed(order) == (outside or inside)
        assert (inside and inside.version, outside and outside.version) == (current, approved)


@pytest.mark.parametrize(
    ("current", "published", "stage"),
    [
        (None, None, ResultStage.UNRECORDED),
        (make_version(1), None, ResultStage.AWAITING),
        (make_version(2), 1, ResultStage.AWAITING),
        (make_version(1, APPROVED), None, ResultStage.APPROVED),
        (make_version(1, APPROVED), 1, ResultStage.PUBLISHED),
        (make_version(2, APPROVED), 1, ResultStage.APPROVED),
    ],
)
def test_how_far_a_result_has_come(current: OutcomeVersion | None, published: int | None, stage: ResultStage) -> None:
    """REVIEW-6: published when a notice names the very version that stands."""
    assert find_stage(current, published) is stage


def test_stages_have_the_words_of_the_field() -> None:
    """REVIEW-6: 未录入 → 待审核 → 已公示, as the platforms say, with the step of approval between; each state is named too."""
    assert [stage.label.zh for stage in ResultStage] == ["未录入", "待审核", "已审核", "已公示"]
    assert [state.label.zh for state in ReviewState] == ["待审核", "已退回", "已审核"]


@pytest.mark.parametrize("state", [RETURNED, APPROVED])
def test_a_version_is_reviewed_once(state: ReviewState) -> None:
    """REVIEW-1: what was approved or returned is not reviewed again; what awaits it is."""
    require_reviewable(make_version())
    with pytest.raises(RefusedError):
        require_reviewable(make_version(state=state))


@pytest.mark.parametrize("require", [require_other_person, require_other_publisher])
@pytest.mark.parametrize("name", ["Li Lei", " li  lei", "ＬＩ ＬＥＩ", "LiLei"])
def test_one_person_does_not_do_both(require: Callable[..., None], name: str) -> None:
    """REVIEW-2, REVIEW-5: not in another spelling either; where the bureau allows two roles, it is let through."""
    recorder = "Li Lei" if require is require_other_person else "甲"
    version = make_version(state=APPROVED, recorded_by=recorder, reviewed_by="Li Lei")
    require(version, "韩梅梅", two_roles=False)
    require(version, name, two_roles=True)
    with pytest.raises(RefusedError):
        require(version, name, two_roles=False)


@pytest.mark.parametrize("two_roles", [False, True])
def test_nobody_has_all_three_roles(two_roles: bool) -> None:
    """REVIEW-5: two roles are what a small bureau may allow; who recorded and approved a result publishes it nowhere."""
    version = make_version(state=APPROVED, recorded_by="Li Lei", reviewed_by="Li Lei")
    require_other_publisher(version, "韩梅梅", two_roles=two_roles)
    with pytest.raises(RefusedError, match="recorded and approved"):
        require_other_publisher(version, "li lei", two_roles=two_roles)


def test_who_may_say_that_there_was_no_visit() -> None:
    """END-7: another than who recorded it, in whatever spelling of the name, and never of a visit with an approved result."""
    version = make_version(recorded_by="Li Lei")
    require_not_made(version, (version,), "韩梅梅")
    with pytest.raises(RefusedError, match="cannot say"):
        require_not_made(version, (version,), "ＬＩ ＬＥＩ")
    with pytest.raises(RefusedError, match="there was a visit"):
        require_not_made(version, (make_version(state=APPROVED), version), "韩梅梅")


def test_what_nobody_approved_has_no_approver_to_compare() -> None:
    """REVIEW-5: the rule is about who approved; a result without an approver is kept from the public by REVIEW-4."""
    require_other_publisher(make_version(), "甲", two_roles=False)


def test_one_person_shows() -> None:
    """REVIEW-2: that one person recorded and approved a version shows; a returned one was approved by nobody."""
    both = make_version(state=APPROVED, reviewed_by=" 甲")
    assert both.is_by_one_person
    assert not make_version(state=APPROVED).is_by_one_person
    assert not make_version().is_by_one_person
    assert not replace(both, state=RETURNED).is_by_one_person


def test_one_person_shows_in_what_is_published() -> None:
    """REVIEW-2, REVIEW-5: of a published result it shows when two of recording, approving and publishing were one person's."""
    version = make_version(state=APPROVED)
    assert is_by_one_person(version, "乙")
    assert not is_by_one_person(version, "丙")
    assert is_by_one_person(replace(version, reviewed_by="甲"), "丙")
    assert not is_by_one_person(make_version(), "丙")


@pytest.mark.parametrize("states", [(), (AWAITING,), (RETURNED,)])
def test_only_an_approved_result_is_corrected(states: tuple[ReviewState, ...]) -> None:
    """REVIEW-3: nothing recorded, returned, or still awaiting approval is refused."""
    with pytest.raises(RefusedError):
        require_approved(SLOT, ENTITY, make_versions(*states))


def test_a_correction_that_awaits_approval_is_not_corrected() -> None:
    """REVIEW-3: it is returned; until then the approved version is the one that stands outside."""
    versions = make_versions(APPROVED, AWAITING)
    assert require_approved(SLOT, ENTITY, versions) == versions[0]
    with pytest.raises(RefusedError, match="still awaits"):
        require_correction(versions[0], versions[1], make_outcome(8), versions[1].day)


@pytest.mark.parametrize("states", [(APPROVED,), (APPROVED, RETURNED), (RETURNED, APPROVED)])
def test_a_correction_says_something_else(states: tuple[ReviewState, ...]) -> None:
    """REVIEW-3: another outcome than the approved one is taken, the same one is refused."""
    versions = make_versions(*states)
    approved = require_approved(SLOT, ENTITY, versions)
    assert approved.state is APPROVED
    require_correction(approved, versions[-1], make_outcome(8), date(2027, 1, 1))
    with pytest.raises(RefusedError, match="nothing would be corrected"):
        require_correction(approved, versions[-1], approved.outcome, date(2027, 1, 1))


def test_nothing_is_looked_at_before_it_was_there() -> None:
    """REVIEW-7: on the day of the record, or of the approval, and later; never before, whatever day somebody names."""
    version = make_version()
    require_day(version, version.day)
    with pytest.raises(RefusedError, match="before that day"):
        require_day(version, version.day - timedelta(days=1))
    approved = make_version(state=APPROVED)
    assert approved.reviewed_on is not None
    require_correction(approved, approved, make_outcome(8), approved.reviewed_on)
    with pytest.raises(RefusedError, match="before that day"):
        require_correction(approved, approved, make_outcome(8), approved.reviewed_on - timedelta(days=1))


def test_a_correction_keeps_why() -> None:
    """REVIEW-3: reason, basis and approver stay with the version."""
    correction = Correction(reason=CorrectionReason.WRONG_COMPANY, basis="复核笔录", approver="乙")
    assert make_version(2, correction=correction).correction == correction
