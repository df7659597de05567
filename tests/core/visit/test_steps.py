"""What is done after a result until it is closed: where it begins, which steps are allowed, and which count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Domain, EntityId, Slot
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.outcome import DomainOutcome, Outcome
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.visit.review import OutcomeVersion, ReviewState
from inspect_cli.core.visit.steps import (
    STEPS,
    FollowedUp,
    FollowUpState,
    Step,
    TakenStep,
    begin,
    find_counting,
    follow,
    require_step,
)
from inspect_cli.errors import RefusedError, StoreError, UsageMistake

if TYPE_CHECKING:
    from collections.abc import Iterator

SAFETY = Domain("safety")
DAY, LATER = date(2026, 12, 8), date(2026, 12, 20)

# Which steps lead where, typed in from the field's own words and not from the code.
ALLOWED = {
    "supervised": {"order": "ordered", "transfer": "transferred", "close": "closed"},
    "ordered": {
        "recheck-passed": "rectified",
        "recheck-failed": "not-rectified",
        "extend": "ordered",
        "transfer": "transferred",
    },
    "rectified": {"supervise": "supervised", "close": "closed"},
    "not-rectified": {"order": "ordered", "transfer": "transferred"},
    "transferred": {"order": "ordered", "close": "closed"},
    "notified": {"transfer": "transferred", "close": "closed"},
    "pending": {
        "order": "ordered",
        "supervise": "supervised",
        "transfer": "transferred",
        "notify": "notified",
        "close": "closed",
    },
    "closed": {},
}


def make_step(step: Step, **changes: Any) -> TakenStep:
    """Make a step about safety, taken on the day of the check, with a last day where it sets one."""
    taken = TakenStep(
        slot=Slot("2026-12/1"),
        entity=EntityId("E-1"),
        domain=SAFETY,
        version=1,
        step=step,
        day=DAY,
        until=LATER if step.sets_term else None,
        note=None,
        clock="2026-12-08T12:00:00+08:00",
        actor="甲",
    )
    return replace(taken, **changes)


def make_found(result: int = 1, follow_up: FollowUp | None = None) -> DomainOutcome:
    """Make the outcome of safety."""
    return DomainOutcome(domain=SAFETY, result=ResultClass(result), follow_up=follow_up)


def make_version(number: int, *found: DomainOutcome) -> OutcomeVersion:
    """Make an approved version of a result."""
    return OutcomeVersion(
        slot=Slot("2026-12/1"),
        entity=EntityId("E-1"),
        version=number,
        outcome=Outcome(visited_on=DAY, domains=found),
        state=ReviewState.APPROVED,
        recorded_by="甲",
        clock="2026-12-08T12:00:00+08:00",
        day=DAY,
        reviewed_by="乙",
        reviewed_on=DAY,
    )


def stand(state: FollowUpState) -> FollowedUp:
    """Stand in a state since the day of the check."""
    return FollowedUp(state=state, since=DAY, until=LATER if state is FollowUpState.ORDERED else None)


ORDER = FollowUp(kind=FollowUpKind.RECTIFY, until=LATER)


@pytest.mark.parametrize(("state", "step"), list(product(FollowUpState, Step)))
def test_each_step_from_each_state(state: FollowUpState, step: Step) -> None:
    """FOLLOW-3: every cell of the table is allowed and leads where the field says, or is refused."""
    target = ALLOWED[state.value].get(step.value)
    if target is None:
        with pytest.raises(RefusedError):
            require_step(stand(state), make_step(step), DAY)
        assert step not in STEPS[state]
        return
    require_step(stand(state), make_step(step), DAY)
    assert STEPS[state][step].value == target


def test_every_state_is_reached_and_leads_to_the_end() -> None:
    """FOLLOW-3: no state hangs in the air: from each, closed can be reached, and each can be reached from a kind."""
    reached = {begin(make_found(1, FollowUp(kind=kind, until=LATER)))[0] for kind in FollowUpKind}
    for _round in FollowUpState:
        reached |= {target for state in reached for target in STEPS[state].values()}
    assert reached == set(FollowUpState)
    ending = {FollowUpState.CLOSED}
    for _round in FollowUpState:
        ending |= {state for state in FollowUpState if ending & set(STEPS[state].values())}
    assert ending == set(FollowUpState)


@given(st.data())
def test_any_walk_stays_in_the_table(data: st.DataObject) -> None:
    """FOLLOW-3, FOLLOW-5: steps that are taken one after the other lead where the table says, whatever they are."""
    kind = data.draw(st.sampled_from(FollowUpKind))
    found = make_found(5, ORDER if kind is FollowUpKind.RECTIFY else FollowUp(kind=kind))
    steps: list[TakenStep] = []
    standing = follow(found, DAY, ())
    while ALLOWED[standing.state.value] and len(steps) < 8:
        word = data.draw(st.sampled_from(sorted(ALLOWED[standing.state.value])))
        day = standing.since + timedelta(days=data.draw(st.integers(0, 3)))
        step = Step(word)
        steps.append(make_step(step, day=day, until=day + timedelta(days=5) if step.sets_term else None))
        require_step(standing, steps[-1], day)
        expected = ALLOWED[standing.state.value][word]
        standing = follow(found, DAY, steps)
        assert (standing.state.value, standing.since) == (expected, day)
        assert (standing.until is not None) is (expected == "ordered")


@pytest.mark.parametrize(
    ("result", "follow_up", "state", "until"),
    [
        (5, ORDER, "ordered", LATER),
        (5, FollowUp(kind=FollowUpKind.NONE), "closed", None),
        (1, FollowUp(kind=FollowUpKind.SUPERVISION), "supervised", None),
        (8, FollowUp(kind=FollowUpKind.CASE), "transferred", None),
        (3, FollowUp(kind=FollowUpKind.NOTIFIED), "notified", None),
        (3, FollowUp(kind=FollowUpKind.OTHER), "pending", None),
        (5, None, "ordered", None),
        (8, None, "pending", None),
        (1, None, "closed", None),
        (10, None, "closed", None),
    ],
)
def test_where_a_follow_up_begins(result: int, follow_up: FollowUp | None, state: str, until: date | None) -> None:
    """FOLLOW-3: in the state of its kind, or in that of a result which says that something is still to come."""
    standing = follow(make_found(result, follow_up), DAY, ())
    assert (standing.state.value, standing.since, standing.until) == (state, DAY, until)


@pytest.mark.parametrize("step", Step)
def test_only_order_and_extend_set_a_last_day(step: Step) -> None:
    """FOLLOW-4: these two want one, not before the day of the step; the others have none."""
    (state, *_others) = [state for state in FollowUpState if step in STEPS[state]]
    if step.value in {"order", "extend"}:
        require_step(stand(state), make_step(step, until=DAY), DAY)
        wrong = [make_step(step, until=None), make_step(step, until=DAY - timedelta(days=1))]
    else:
        require_step(stand(state), make_step(step, until=None), DAY)
        wrong = [make_step(step, until=LATER)]
    for one in wrong:
        with pytest.raises(UsageMistake):
            require_step(stand(state), one, DAY)


@pytest.mark.parametrize(("day", "today"), [(-1, 5), (6, 5)])
def test_steps_are_dated_in_order(day: int, today: int) -> None:
    """FOLLOW-5: neither before the follow-up came where it stands, nor after today."""
    standing = stand(FollowUpState.RECTIFIED)
    with pytest.raises(UsageMistake):
        require_step(standing, make_step(Step.CLOSE, day=DAY + timedelta(days=day)), DAY + timedelta(days=today))
    require_step(standing, make_step(Step.CLOSE, day=DAY + timedelta(days=5)), DAY + timedelta(days=5))


def test_a_step_that_was_never_allowed_is_damage() -> None:
    """FOLLOW-3: a step that the store holds and the table does not allow was not taken with this program, and is told so."""
    with pytest.raises(StoreError, match="does not follow"):
        follow(make_found(5, ORDER), DAY, (make_step(Step.CLOSE),))


def test_an_extended_term_is_the_last_one() -> None:
    """FOLLOW-4: the last day is the one that was set last; after the re-check there is none; overdue is the day after it."""
    extended = make_step(Step.EXTEND, until=date(2026, 12, 31))
    standing = follow(make_found(5, ORDER), DAY, (extended,))
    assert (standing.state, standing.until) == (FollowUpState.ORDERED, date(2026, 12, 31))
    assert not standing.is_overdue(date(2026, 12, 31))
    assert standing.is_overdue(date(2027, 1, 1))
    passed = follow(make_found(5, ORDER), DAY, (extended, make_step(Step.RECHECK_PASSED)))
    assert passed.until is None
    assert not passed.is_overdue(date(2027, 1, 1))
    assert not follow(make_found(5), DAY, ()).is_overdue(date(2030, 1, 1))


def _versions() -> Iterator[OutcomeVersion]:
    """An order; corrected to nothing; corrected back."""
    for number, found in enumerate((make_found(5, ORDER), make_found(1), make_found(5, ORDER)), 1):
        yield make_version(number, replace(make_found(1), domain=Domain("health")), found)


def test_a_corrected_follow_up_begins_anew() -> None:
    """FOLLOW-6: what was done about the order counts while the result says that order, and not after it says something else."""
    first, second, third = _versions()
    passed, other = make_step(Step.RECHECK_PASSED), make_step(Step.CLOSE, domain=Domain("health"))
    steps = (passed, other)
    for versions, counting, state in (
        ((first,), (passed,), FollowUpState.RECTIFIED),
        ((first, second), (), FollowUpState.CLOSED),
        ((first, second, third), (passed,), FollowUpState.RECTIFIED),
    ):
        current = versions[-1].outcome.domains[1]
        assert find_counting(versions, current, steps) == counting
        assert follow(current, DAY, counting).state is state


def test_a_corrected_finding_leaves_the_follow_up_as_it_is() -> None:
    """FOLLOW-6: a correction of something else leaves what was done; another last day is another order."""
    found = make_found(5, ORDER)
    versions = (make_version(1, found), make_version(2, replace(found, finding="改正的说明")))
    steps = (make_step(Step.RECHECK_FAILED), make_step(Step.ORDER, version=2))
    assert find_counting(versions, versions[1].outcome.domains[0], steps) == steps
    later = replace(found, follow_up=replace(ORDER, until=date(2027, 1, 8)))
    assert find_counting((*versions, make_version(3, later)), later, steps) == ()


def test_states_and_steps_have_official_words() -> None:
    """Each state and each step is called by a word of its own, in both languages."""
    for labels in ([state.label for state in FollowUpState], [step.label for step in Step]):
        assert len({label.zh for label in labels}) == len({label.en for label in labels}) == 8
