"""The versions of a visit's result, and who looked at each of them: the four eyes between recording and publishing.

What does not live here: which results may be recorded (``outcome``), and publishing (``core.publish``).

Rules:

REVIEW-1  A result that is recorded awaits approval. It is approved, or returned with a reason and recorded anew.
REVIEW-2  Who recorded a result does not approve it. Where the bureau allows one person two roles, that one person did both shows
          wherever the result's history is shown.
REVIEW-3  An approved result is corrected by a new version with reason, basis and approver; every version stays.
REVIEW-4  Nobody outside learns anything of a result that is not approved.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.visit.outcome import Outcome


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
class Correction:
    """Why an approved result has another version (REVIEW-3): a reason, the rule or finding it rests on, and who gave leave."""

    reason: str
    basis: str
    approver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeVersion:
    """One version of a visit's result, from 1. ``clock`` is the machine's, as text with its offset; ``day`` the day that the rules used.

    ``correction`` is None but for a correction; ``reviewed_by`` and ``reviewed_on`` are None while it awaits approval, and
    ``review_reason`` is why it was returned.
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

    @property
    def is_by_one_person(self) -> bool:
        """Say whether one person recorded and approved it (REVIEW-2)."""
        return self.reviewed_by == self.recorded_by
