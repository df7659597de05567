"""What is done after a result until it is closed (后续处置、完结): the states of a follow-up, and the steps that lead from one to another.

What does not live here: the kinds of follow-up with which a result is recorded (``follow_up``), and keeping the steps.

Rules:

FOLLOW-3  A follow-up begins in the state of its kind. Each step leads from a state to another by the table ``STEPS``; any other step is
          refused.
FOLLOW-4  A term is extended, and what was ordered is ordered again, with the new last day; it is not before the day of the step.
FOLLOW-5  A step is not dated before the check or before the step that went before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId, Slot
    from inspect_cli.core.visit.follow_up import FollowUp


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    SUPERVISED = "supervised"
    ORDERED = "ordered"
    RECTIFIED = "rectified"
    NOT_RECTIFIED = "not-rectified"
    TRANSFERRED = "transferred"
    NOTIFIED = "notified"
    PENDING = "pending"
    CLOSED = "closed"

    @property
    def label(self) -> Label:
        """Say the state in the words of the rules."""
        return _STATE_LABELS[self]


_STATE_LABELS: Final = {
    FollowUpState.SUPERVISED: Label(zh="日常监管中", en="under daily supervision"),
    FollowUpState.ORDERED: Label(zh="责令改正中", en="ordered to rectify"),
    FollowUpState.RECTIFIED: Label(zh="已改正", en="rectified"),
    FollowUpState.NOT_RECTIFIED: Label(zh="逾期未改正", en="not rectified"),
    FollowUpState.TRANSFERRED: Label(zh="已移送", en="transferred"),
    FollowUpState.NOTIFIED: Label(zh="已通报", en="other department notified"),
    FollowUpState.PENDING: Label(zh="待处理", en="to be handled"),
    FollowUpState.CLOSED: Label(zh="已完结", en="closed"),
}


class Step(StrEnum):
    """What is done about a follow-up."""

    RECHECK_PASSED = "recheck-passed"
    RECHECK_FAILED = "recheck-failed"
    EXTEND = "extend"
    ORDER = "order"
    SUPERVISE = "supervise"
    TRANSFER = "transfer"
    NOTIFY = "notify"
    CLOSE = "close"

    @property
    def label(self) -> Label:
        """Say the step in the words of the rules."""
        return _STEP_LABELS[self]

    @property
    def sets_term(self) -> bool:
        """Say whether the step sets a last day (FOLLOW-4)."""
        return self in {Step.EXTEND, Step.ORDER}


_STEP_LABELS: Final = {
    Step.RECHECK_PASSED: Label(zh="复查合格", en="re-check passed"),
    Step.RECHECK_FAILED: Label(zh="复查不合格", en="re-check failed"),
    Step.EXTEND: Label(zh="延长改正期限", en="term extended"),
    Step.ORDER: Label(zh="责令限期改正", en="ordered to rectify"),
    Step.SUPERVISE: Label(zh="转入日常监管", en="handed to daily supervision"),
    Step.TRANSFER: Label(zh="移送立案查处", en="case transferred"),
    Step.NOTIFY: Label(zh="通报其他部门", en="other department notified"),
    Step.CLOSE: Label(zh="完结", en="closed"),
}

FIRST_STATES: Final[Mapping[FollowUpKind, FollowUpState]] = {
    FollowUpKind.NONE: FollowUpState.CLOSED,
    FollowUpKind.SUPERVISION: FollowUpState.SUPERVISED,
    FollowUpKind.RECTIFY: FollowUpState.ORDERED,
    FollowUpKind.CASE: FollowUpState.TRANSFERRED,
    FollowUpKind.NOTIFIED: FollowUpState.NOTIFIED,
    FollowUpKind.OTHER: FollowUpState.PENDING,
}
"""In which state a follow-up of each kind begins (FOLLOW-3)."""

STEPS: Final[Mapping[FollowUpState, Mapping[Step, FollowUpState]]] = {
    FollowUpState.SUPERVISED: {
        Step.ORDER: FollowUpState.ORDERED,
        Step.TRANSFER: FollowUpState.TRANSFERRED,
        Step.CLOSE: FollowUpState.CLOSED,
    },
    FollowUpState.ORDERED: {
        Step.RECHECK_PASSED: FollowUpState.RECTIFIED,
        Step.RECHECK_FAILED: FollowUpState.NOT_RECTIFIED,
        Step.EXTEND: FollowUpState.ORDERED,
        Step.TRANSFER: FollowUpState.TRANSFERRED,
    },
    FollowUpState.NOT_RECTIFIED: {
        Step.ORDER: FollowUpState.ORDERED,
        Step.TRANSFER: FollowUpState.TRANSFERRED,
    },
    FollowUpState.RECTIFIED: {
        Step.CLOSE: FollowUpState.CLOSED,
        Step.SUPERVISE: FollowUpState.SUPERVISED,
    },
    FollowUpState.TRANSFERRED: {
        Step.ORDER: FollowUpState.ORDERED,
        Step.CLOSE: FollowUpState.CLOSED,
    },
    FollowUpState.NOTIFIED: {
        Step.TRANSFER: FollowUpState.TRANSFERRED,
        Step.CLOSE: FollowUpState.CLOSED,
    },
    FollowUpState.PENDING: {
        Step.ORDER: FollowUpState.ORDERED,
        Step.SUPERVISE: FollowUpState.SUPERVISED,
        Step.TRANSFER: FollowUpState.TRANSFERRED,
        Step.NOTIFY: FollowUpState.NOTIFIED,
        Step.CLOSE: FollowUpState.CLOSED,
    },
    FollowUpState.CLOSED: {},
}
"""Which steps are allowed in each state, and where they lead (FOLLOW-3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenStep:
    """One step that was taken about a domain of a visit; ``until`` is the last day that it set. ``note`` stays inside the bureau."""

    slot: Slot
    entity: EntityId
    domain: Domain
    step: Step
    day: date
    until: date | None
    note: str | None
    clock: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedUp:
    """Where the follow-up of a domain stands: since when, and the last day of an order that is open (None where there is none)."""

    state: FollowUpState
    since: date
    until: date | None

    def is_overdue(self, today: date) -> bool:
        """Say whether an order to rectify is past its last day and nobody has checked it again."""
        return self.state is FollowUpState.ORDERED and self.until is not None and self.until < today


def follow(follow_up: FollowUp | None, visited_on: date, steps: Iterable[TakenStep]) -> FollowedUp:
    """Say where a follow-up stands after its steps, in the order in which they were taken (FOLLOW-3); None was recorded: none is needed."""
    kind = FollowUpKind.NONE if follow_up is None else follow_up.kind
    standing = FollowedUp(
        state=FIRST_STATES[kind], since=visited_on, until=None if follow_up is None else follow_up.until
    )
    for step in steps:
        state = STEPS[standing.state][step.step]
        standing = FollowedUp(state=state, since=step.day, until=step.until or _term(standing, state))
    return standing


def _term(standing: FollowedUp, state: FollowUpState) -> date | None:
    return standing.until if state is FollowUpState.ORDERED else None


def require_step(standing: FollowedUp, step: TakenStep, today: date) -> None:
    """Refuse a step that the table does not allow (``RefusedError``, FOLLOW-3), or whose days do not fit (``UsageMistake``)."""
    allowed = tuple(each.value for each in STEPS[standing.state])
    if step.step not in STEPS[standing.state]:
        raise RefusedError(
            say(
                "{domain} of {entity} is {state}: {step} is no step from there",
                domain=step.domain,
                entity=step.entity,
                state=standing.state.label.term,
                step=step.step.value,
            ),
            hint=say("allowed from there with inspect-cli visit follow-up: {steps}", steps=allowed)
            if allowed
            else say(
                "see what was done with: inspect-cli visit show {slot} {entity}", slot=step.slot, entity=step.entity
            ),
        )
    if not standing.since <= step.day <= today:
        raise UsageMistake(
            say("{day} is not between {first} and today", day=step.day.isoformat(), first=standing.since.isoformat()),
            hint=say("give the day of the step with --on"),
        )
    if step.step.sets_term is (step.until is None) or (step.until is not None and step.until < step.day):
        raise UsageMistake(
            say("{step} wants a last day, and no other step has one", step=Step.ORDER.value)
            if step.until is None or not step.step.sets_term
            else say("{until} is before {day}", until=step.until.isoformat(), day=step.day.isoformat()),
            hint=say("order and extend take --until with the last day by which the order is to be obeyed"),
        )
