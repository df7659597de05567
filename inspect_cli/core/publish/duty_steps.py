"""With which command a duty is done, and what is said of it in a list of what comes next.

What does not live here: what is due (``duties``, ``line_duties``), and how it stands on a day (``deadline``).

Rules:

STATUS-9  Beside where a month stands, the notices of the months that are shown and of the month before are counted that are late, due today
          or soon, or whose last day is not known though they can be published; they are named, the most urgent first, each command once. Of
          other months it is said how many are late.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, Final, assert_never

from inspect_cli.core.publish.deadline import DutyKind, DutyState
from inspect_cli.core.publish.duties import PROTOCOL
from inspect_cli.core.report.steps import Step
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from inspect_cli.core.names import Period
    from inspect_cli.core.publish.deadline import Duty, JudgedDuty
    from inspect_cli.errors import Message


_DATED: Final = (DutyState.LATE, DutyState.DUE, DutyState.SOON)
_PRESSING: Final = (*_DATED, DutyState.UNKNOWN)
_UNRECORDED: Final = Label(zh="尚未录入的检查结果", en="results that nobody recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """What presses of some months (STATUS-9): how many notices stand how, what comes next, and how many are late in other months."""

    counts: Mapping[DutyState, int]
    steps: tuple[Step, ...]
    elsewhere: int

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to tell."""
        return not self.elsewhere and not any(self.counts.values())


def find_urgent(judged: Iterable[JudgedDuty], months: Collection[Period], today: date) -> Urgent:
    """Find what presses among duties as they stand today, the most urgent first (STATUS-9)."""
    judged = tuple(judged)
    late = sum(one.state is DutyState.LATE for one in judged)
    here = [one for one in judged if one.state in _PRESSING and one.duty.period in months]
    counted = Counter(one.state for one in here if one.state in _DATED or not is_ahead(one.duty, today))
    steps: dict[str, Step] = {}
    for one in here:
        if not is_ahead(one.duty, today):
            steps.setdefault(duty_command(one.duty), duty_step(one.duty, one.state))
    return Urgent(
        counts={state: counted[state] for state in _PRESSING},
        steps=tuple(steps.values()),
        elsewhere=late - counted[DutyState.LATE],
    )


def is_ahead(duty: Duty, today: date) -> bool:
    """Say whether a duty cannot be done yet: the month is not over, or what is shown may be shown still."""
    if duty.kind is DutyKind.EXPIRY:
        return duty.due is not None and duty.due > today
    return duty.kind is DutyKind.STATISTICS and duty.start >= today


def duty_command(duty: Duty) -> str:
    """Name the command that does a duty; of results that are not approved, or not recorded, the one that comes before it."""
    match duty.kind:
        case DutyKind.RESULT if duty.is_unrecorded:
            return f"inspect-cli visit list {duty.slot} --state unrecorded"
        case DutyKind.RESULT if duty.awaiting == duty.count:
            return f"inspect-cli visit approve {duty.slot} --all"
        case DutyKind.COMMITMENT | DutyKind.DRAW | DutyKind.RESULT:
            return f"inspect-cli notice publish {duty.kind.value} {duty.slot}"
        case DutyKind.CORRECTION:
            if duty.document is None:
                return f"inspect-cli notice publish result {duty.slot}"
            return f"inspect-cli notice correct {quote(duty.document)}"
        case DutyKind.STATISTICS:
            return f"inspect-cli notice publish statistics {duty.period}"
        case DutyKind.EXPIRY:
            return "inspect-cli notice expire"
        case _:
            assert_never(duty.kind)


def duty_subject(duty: Duty) -> str:
    """Say what a duty is about: the notice that is to change, the draw, or the month."""
    if duty.kind in {DutyKind.CORRECTION, DutyKind.EXPIRY} and duty.document is not None:
        return duty.document
    return duty.slot or duty.period


def duty_basis(duty: Duty) -> Message | str:
    """Say on which rule a duty rests."""
    return say("draw-v1: before the first source has its value") if duty.basis == PROTOCOL else duty.basis


def duty_label(duty: Duty) -> Label:
    """Say what is to be done."""
    return _UNRECORDED if duty.is_unrecorded else duty.kind.label


def duty_step(duty: Duty, state: DutyState) -> Step:
    """Name what comes next for a duty that presses."""
    return Step(command=duty_command(duty), what=_say_what(duty, state))


def _say_what(duty: Duty, state: DutyState) -> Message:
    what, subject, day = duty_label(duty).term, duty_subject(duty), "" if duty.due is None else duty.due.isoformat()
    match state:
        case DutyState.LATE:
            return say("the last day was {day}: {what}, {subject}", day=day, what=what, subject=subject)
        case DutyState.DUE:
            return say("due today: {what}, {subject}", what=what, subject=subject)
        case DutyState.SOON:
            return say("the last day is {day}: {what}, {subject}", day=day, what=what, subject=subject)
        case _:
            return say("the last day is not known: {what}, {subject}", what=what, subject=subject)
