"""What is done after a result until it is closed (后续处置、完结): the states of a follow-up, and the steps that lead from one to another.

What does not live here: the kinds of follow-up with which a result is recorded (``follow_up``), and keeping the steps.

Rules:

FOLLOW-3  A follow-up begins in the state of its kind; where none was recorded, result 5 is ordered to rectify without a last day, result 8
          is to be handled, and any other is closed. Each step leads from a state to another by the table ``STEPS``; any other is refused.
FOLLOW-4  A term is extended, and what was ordered is ordered again, with the new last day; it is not before the day of the step.
FOLLOW-5  A step is not dated before the check or before the step that went before it, and not after today.
FOLLOW-6  A corrected result whose follow-up is another begins anew: a step counts while the version of the result that stands has the
          same follow-up as the one on which it was taken. What does not count stays on record.
FOLLOW-7  While a correction awaits approval, the follow-ups are those of the approved version: nobody takes an order back alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from shlex import quote
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import Label, ResultClass
from inspect_cli.errors import RefusedError, StoreError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId, Slot
    from inspect_cli.core.visit.outcome import DomainOutcome
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.errors import Term


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

UNSAID_STATES: Final[Mapping[ResultClass, FollowUpState]] = {
    ResultClass.ORDERED_TO_RECTIFY: FollowUpState.ORDERED,
    ResultClass.TO_BE_HANDLED: FollowUpState.PENDING,
}
"""In which state a follow-up begins that nobody named, by the result; it is closed where the result stands not here (FOLLOW-3)."""

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
    """One step that was taken about a domain of a visit, on the ``version`` of its result that stood then.

    ``until`` is the last day that it set. ``note`` stays inside the bureau.
    """

    slot: Slot
    entity: EntityId
    domain: Domain
    version: int
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


def begin(outcome: DomainOutcome) -> tuple[FollowUpState, date | None]:
    """Say in which state the follow-up of a domain begins, and with which last day (FOLLOW-3)."""
    if outcome.follow_up is None:
        return UNSAID_STATES.get(outcome.result, FollowUpState.CLOSED), None
    return FIRST_STATES[outcome.follow_up.kind], outcome.follow_up.until


def find_counting(
    versions: Iterable[OutcomeVersion], current: DomainOutcome, steps: Iterable[TakenStep]
) -> tuple[TakenStep, ...]:
    """Find the steps about a domain that count for the version that stands, in their order (FOLLOW-6)."""
    alike = {
        version.version
        for version in versions
        for each in version.outcome.domains
        if each.domain == current.domain and begin(each) == begin(current)
    }
    return tuple(step for step in steps if step.domain == current.domain and step.version in alike)


def follow(outcome: DomainOutcome, visited_on: date, steps: Iterable[TakenStep]) -> FollowedUp:
    """Say where the follow-up of a domain stands after the steps that count, in the order in which they were taken (FOLLOW-3).

    ``StoreError`` where one of them could never have been taken: it was not kept by this program.
    """
    state, until = begin(outcome)
    standing = FollowedUp(state=state, since=visited_on, until=until)
    for step in steps:
        if step.step not in STEPS[standing.state]:
            raise StoreError(
                say(
                    "the store holds a step about {entity} in {slot} that does not follow from the one before: {step}",
                    entity=step.entity,
                    slot=step.slot,
                    step=step.step.label.term,
                ),
                hint=say(
                    "look at the store with inspect-cli db check, and restore the last backup (db backup makes one)"
                ),
            )
        state = STEPS[standing.state][step.step]
        standing = FollowedUp(state=state, since=step.day, until=step.until or _term(standing, state))
    return standing


def _term(standing: FollowedUp, state: FollowUpState) -> date | None:
    return standing.until if state is FollowUpState.ORDERED else None


def require_step(standing: FollowedUp, step: TakenStep, today: date, domain: Term | None = None) -> None:
    """Refuse a step that the table does not allow (``RefusedError``, FOLLOW-3), or whose days do not fit (``UsageMistake``).

    ``domain`` is what the step's domain is called where a person is told of it.
    """
    allowed = tuple(each.value for each in STEPS[standing.state])
    if step.step not in STEPS[standing.state]:
        raise RefusedError(
            say(
                "the follow-up of {domain} of {entity} stands at {state}: {step} is no step from there",
                domain=domain or step.domain,
                entity=step.entity,
                state=standing.state.label.term,
                step=step.step.label.term,
            ),
            hint=say("allowed from there with inspect-cli visit follow-up: {steps}", steps=allowed)
            if allowed
            else say(
                "see what was done with: inspect-cli visit show {slot} {entity}",
                slot=step.slot,
                entity=quote(step.entity),
            ),
        )
    if not standing.since <= step.day <= today:
        raise UsageMistake(
            say(
                "{day} is no day for this step: it is from {first}, when the follow-up came where it stands, to {today}",
                day=step.day.isoformat(),
                first=standing.since.isoformat(),
                today=today.isoformat(),
            ),
            hint=say("give the day of the step with --on"),
        )
    _require_term(step)


def _require_term(step: TakenStep) -> None:
    """Refuse (``UsageMistake``) a step whose last day is missing, is not for it to set, or is before it (FOLLOW-4)."""
    if step.until is None and not step.step.sets_term:
        return
    if step.until is None:
        what = say("{step} sets a last day, and none is given", step=step.step.label.term)
    elif not step.step.sets_term:
        what = say("{step} sets no last day, and one is given", step=step.step.label.term)
    elif step.until < step.day:
        what = say(
            "the last day {until} is before the step of {day}", until=step.until.isoformat(), day=step.day.isoformat()
        )
    else:
        return
    raise UsageMistake(
        what, hint=say("order and extend take --until with the last day by which the order is to be obeyed")
    )
