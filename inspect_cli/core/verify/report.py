"""What a verification says: each check by its id with a verdict and a sentence, and the level that all of them show.

What lives here: the values of a report. What does not: the checks themselves (``checks``).

VERDICT-1  Of each check a verifier says VERIFIED, MISMATCH or NOT CHECKED. A check that rests on one that is not
           VERIFIED is NOT CHECKED.
VERDICT-2  A report has no truth value: ask for its level or its mismatches.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Verdict(StrEnum):
    """What a check says."""

    VERIFIED = "VERIFIED"
    MISMATCH = "MISMATCH"
    NOT_CHECKED = "NOT CHECKED"


class CheckId(StrEnum):
    """The checks of draw-v1 and of its disclosures, in their order."""

    COMMIT_1 = "COMMIT-1"
    ROW_1 = "ROW-1"
    FRAME_1 = "FRAME-1"
    SEED_1 = "SEED-1"
    SEED_2 = "SEED-2"
    SEED_3 = "SEED-3"
    TICKET_1 = "TICKET-1"
    CUTOFF_1 = "CUTOFF-1"
    SELECT_1 = "SELECT-1"
    VISIT_1 = "VISIT-1"
    AMEND_1 = "AMEND-1"
    SIGN_1 = "SIGN-1"
    ORDER_1 = "ORDER-1"


RESTS_ON: dict[CheckId, tuple[CheckId, ...]] = {
    CheckId.SEED_1: (CheckId.COMMIT_1,),
    CheckId.SEED_2: (CheckId.SEED_1,),
    CheckId.SEED_3: (CheckId.SEED_1,),
    CheckId.SELECT_1: (CheckId.FRAME_1, CheckId.SEED_3),
    CheckId.VISIT_1: (CheckId.SELECT_1,),
    CheckId.AMEND_1: (CheckId.VISIT_1,),
}
"""Which checks a check of a whole draw rests on; those that are not listed stand alone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: the verdict, and a sentence with what was expected and what was found."""

    verdict: Verdict
    detail: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of the list, with its finding."""

    id: CheckId
    verdict: Verdict
    detail: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All checks of a draw in their order, and the level found (see ``level``); a disclosure has none."""

    checks: tuple[Check, ...]
    level: int

    def __bool__(self) -> NoReturn:
        """Refuse: ``if verify(bundle):`` would be true of every report."""
        message = "a report has no truth value: look at its level or its mismatches"
        raise TypeError(message)

    @property
    def mismatches(self) -> tuple[Check, ...]:
        """The checks that say MISMATCH, in their order."""
        return tuple(check for check in self.checks if check.verdict is Verdict.MISMATCH)


def run_list(
    steps: Iterable[tuple[CheckId, Callable[[], Finding]]], rests_on: Mapping[CheckId, tuple[CheckId, ...]]
) -> tuple[Check, ...]:
    """Run a list of checks: each only where all that it rests on is VERIFIED (VERDICT-1)."""
    found: dict[CheckId, Finding] = {}
    for check, find in steps:
        weak = [other for other in rests_on.get(check, ()) if found[other].verdict is not Verdict.VERIFIED]
        found[check] = unchecked(say("it rests on {check}", check=weak[0])) if weak else find()
    return tuple(Check(id=check, verdict=finding.verdict, detail=finding.detail) for check, finding in found.items())


def verified(detail: Message) -> Finding:
    """Say that a check holds."""
    return Finding(Verdict.VERIFIED, detail)


def mismatch(detail: Message) -> Finding:
    """Say that a check does not hold."""
    return Finding(Verdict.MISMATCH, detail)


def unchecked(detail: Message) -> Finding:
    """Say that a check could not be made."""
    return Finding(Verdict.NOT_CHECKED, detail)
