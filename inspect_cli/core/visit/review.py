"""The versions of a visit's result, and who looked at each of them: the four eyes between recording and publishing.

What does not live here: which results may be recorded (``outcome``), and publishing (``core.publish``).

Rules:

REVIEW-1  A result that is recorded awaits approval. It is approved, or returned with a reason and recorded anew.
REVIEW-2  Who recorded a result does not approve it. Where the bureau allows one person two roles, that one person did both shows
          wherever the result's history is shown.
REVIEW-3  An approved result is corrected by a new version with reason, basis and approver; every version stays.
REVIEW-4  Nobody outside learns anything of a result that is not approved.
REVIEW-5  Who approved a result does not publish it, unless the bureau allows one person two roles; nobody has all three.
REVIEW-6  A result is unrecorded, awaits approval, is approved, or published: as its newest version stands that was not returned. It is
          published when a notice names that very version; a correction that no notice names yet is approved, and to be published.
REVIEW-7  A version is looked at on the day on which it was recorded or later, and an approved one corrected on the day of its approval or
          later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from shlex import quote
from typing import TYPE_CHECKING, Final

from inspect_cli.core.people import is_same_person
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import RefusedError, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.visit.correction import Correction
    from inspect_cli.core.visit.outcome import Outcome
    from inspect_cli.errors import Message


class ReviewState(StrEnum):
    """How far one version of a result has come (REVIEW-1)."""

    AWAITING = "awaiting"
    RETURNED = "returned"
    APPROVED = "approved"

    @property
    def label(self) -> Label:
        """Say the state in the words of the rules."""
        return _LABELS[self]


_LABELS: Final = {
    ReviewState.AWAITING: Label(zh="待审核", en="awaiting approval"),
    ReviewState.RETURNED: Label(zh="已退回", en="returned"),
    ReviewState.APPROVED: Label(zh="已审核", en="approved"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeVersion:
    """One version of a visit's result, from 1. ``clock`` is the machine's, as text with its offset; ``day`` the day that the rules used.

    ``correction`` is None but for a correction; ``reviewed_by`` and ``reviewed_on`` are None while it awaits approval, and
    ``review_reason`` is why it was returned. ``not_made`` says of a returned one that there was no visit at all (END-7).
    """

    slot: Slot
    entity: EntityId
    version: int
    outcome: Outcome
    state: ReviewState
    recorded_by: str
    clock: str
    day: date
    correction: Correction | None = None
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    review_reason: str | None = None
    not_made: bool = False

    @property
    def is_by_one_person(self) -> bool:
        """Say whether one person recorded and approved it (REVIEW-2)."""
        is_approved = self.state is ReviewState.APPROVED and self.reviewed_by is not None
        return is_approved and is_same_person(str(self.reviewed_by), self.recorded_by)


class ResultStage(StrEnum):
    """How far the result of a visit has come on its way to the public (REVIEW-6)."""

    UNRECORDED = "unrecorded"
    AWAITING = "awaiting"
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def label(self) -> Label:
        """Say the stage in the words of the field."""
        return _STAGE_LABELS[self]


_STAGE_LABELS: Final = {
    ResultStage.UNRECORDED: Label(zh="未录入", en="not recorded"),
    ResultStage.AWAITING: Label(zh="待审核", en="awaiting approval"),
    ResultStage.APPROVED: Label(zh="已审核", en="approved"),
    ResultStage.PUBLISHED: Label(zh="已公示", en="published"),
}


def find_stage(current: OutcomeVersion | None, published: int | None) -> ResultStage:
    """Say how far a result has come (REVIEW-6); ``published`` is the version that a notice names, None where none does."""
    if current is None:
        return ResultStage.UNRECORDED
    if current.state is ReviewState.AWAITING:
        return ResultStage.AWAITING
    return ResultStage.PUBLISHED if current.version == published else ResultStage.APPROVED


def require_reviewable(version: OutcomeVersion) -> None:
    """Refuse (``RefusedError``) to review what was reviewed already (REVIEW-1)."""
    if version.state is not ReviewState.AWAITING:
        raise RefusedError(
            say("the result of {entity} of {slot} was reviewed already", entity=version.entity, slot=version.slot),
            hint=say(
                "what is approved is corrected: inspect-cli visit correct {slot} {entity} --result DOMAIN=NUMBER "
                "--approver NAME --reason CODE --basis TEXT",
                slot=version.slot,
                entity=quote(version.entity),
            ),
        )


def require_not_made(version: OutcomeVersion, versions: Iterable[OutcomeVersion], reviewer: str) -> None:
    """Refuse (``RefusedError``) to say that there was no visit (END-7): of an approved result, or of one's own, two roles or not."""
    if find_approved(versions) is not None:
        raise RefusedError(
            say("a result of {entity} is approved: there was a visit", entity=version.entity),
            hint=say("return it without --not-made: what was approved before stands again"),
        )
    if is_same_person(version.recorded_by, reviewer):
        raise RefusedError(
            say(
                "{name} recorded the result of {entity} and cannot say that there was no visit",
                name=reviewer,
                entity=version.entity,
            ),
            hint=say("another approver says so: name another person with --as"),
        )


def require_other_person(version: OutcomeVersion, reviewer: str, *, two_roles: bool) -> None:
    """Refuse (``RefusedError``) that somebody approves what they recorded, unless the bureau allows one person two roles (REVIEW-2)."""
    if not two_roles and is_same_person(version.recorded_by, reviewer):
        raise RefusedError(
            say("{name} recorded the result of {entity} and cannot approve it", name=reviewer, entity=version.entity),
            hint=say(
                "name another person with --as; two_roles = true under [people] in inspect.toml allows one person both"
            ),
        )


def require_other_publisher(version: OutcomeVersion, publisher: str, *, two_roles: bool) -> None:
    """Refuse (``RefusedError``) that somebody publishes what they approved, unless the bureau allows one person two roles (REVIEW-5)."""
    if version.reviewed_by is None or not is_same_person(version.reviewed_by, publisher):
        return
    if version.is_by_one_person:
        raise RefusedError(
            say(
                "{name} recorded and approved the result of {entity} and cannot publish it too",
                name=publisher,
                entity=version.entity,
            ),
            hint=say("two_roles allows one person two roles, not three: name another person with --as"),
        )
    if not two_roles:
        raise RefusedError(
            say("{name} approved the result of {entity} and cannot publish it", name=publisher, entity=version.entity),
            hint=say(
                "name another person with --as; two_roles = true under [people] in inspect.toml allows one person both"
            ),
        )


def is_by_one_person(version: OutcomeVersion, publisher: str) -> bool:
    """Say whether one person recorded and approved a result, or approved and published it (REVIEW-2, REVIEW-5)."""
    is_both = version.reviewed_by is not None and is_same_person(version.reviewed_by, publisher)
    return version.is_by_one_person or is_both


def require_approved(slot: Slot, entity: EntityId, versions: Sequence[OutcomeVersion]) -> OutcomeVersion:
    """Give the version that can be corrected, the newest approved one; ``RefusedError`` where nobody approved any (REVIEW-3)."""
    approved = find_approved(versions)
    if approved is None and versions and versions[-1].state is ReviewState.AWAITING:
        raise _awaits(versions[-1])
    if approved is None:
        raise RefusedError(
            say("{entity} of {slot} has no result that could be corrected", entity=entity, slot=slot),
            hint=say(
                "record one: inspect-cli visit record {slot} {entity} --result DOMAIN=NUMBER",
                slot=slot,
                entity=quote(entity),
            ),
        )
    return approved


def require_correction(approved: OutcomeVersion, newest: OutcomeVersion, outcome: Outcome, day: date) -> None:
    """Refuse (``RefusedError``) a correction beside one that awaits approval, that says the same (REVIEW-3), or is too early (REVIEW-7)."""
    if newest.state is ReviewState.AWAITING:
        raise _awaits(newest)
    if approved.outcome == outcome:
        raise RefusedError(
            say(
                "this is what {entity} of {slot} has already: nothing would be corrected",
                entity=approved.entity,
                slot=approved.slot,
            ),
            hint=_show(approved.slot, approved.entity),
        )
    if approved.reviewed_on is not None and day < approved.reviewed_on:
        raise RefusedError(
            say(
                "the result of {entity} was approved on {day}: nothing of it is corrected before that day",
                entity=approved.entity,
                day=approved.reviewed_on.isoformat(),
            ),
            hint=_DAY,
        )


def require_day(version: OutcomeVersion, day: date) -> None:
    """Refuse (``RefusedError``) that somebody looks at a result on a day before the one on which it was recorded (REVIEW-7)."""
    if day < version.day:
        raise RefusedError(
            say(
                "the result of {entity} was recorded on {day}: nobody looks at it before that day",
                entity=version.entity,
                day=version.day.isoformat(),
            ),
            hint=_DAY,
        )


_DAY: Final = say("leave out --today, or give that day or a later one")


def _awaits(version: OutcomeVersion) -> RefusedError:
    return RefusedError(
        say(
            "the result of {entity} of {slot} still awaits approval: it is returned, not corrected",
            entity=version.entity,
            slot=version.slot,
        ),
        hint=say(
            "return it: inspect-cli visit return {slot} {entity} --reason TEXT",
            slot=version.slot,
            entity=quote(version.entity),
        ),
    )


def find_current(versions: Iterable[OutcomeVersion]) -> OutcomeVersion | None:
    """Find the version of one result that stands inside the bureau: the newest that was not returned; None where nothing is recorded."""
    standing = [version for version in versions if version.state is not ReviewState.RETURNED]
    return max(standing, key=lambda version: version.version, default=None)


def find_approved(versions: Iterable[OutcomeVersion]) -> OutcomeVersion | None:
    """Find the newest approved version of one result: all that anybody outside may learn of it (REVIEW-4)."""
    approved = [version for version in versions if version.state is ReviewState.APPROVED]
    return max(approved, key=lambda version: version.version, default=None)


def find_followed(versions: Iterable[OutcomeVersion]) -> OutcomeVersion | None:
    """Find the version whose follow-ups stand: the newest approved one (FOLLOW-7); before that the current one."""
    known = tuple(versions)
    return find_approved(known) or find_current(known)


def _show(slot: Slot, entity: EntityId) -> Message:
    return say("see its versions with: inspect-cli visit show {slot} {entity}", slot=slot, entity=quote(entity))
