"""AMEND-1: whether a supplement is the one that follows from the draws before it.

What lives here: what is known of the amended draw, and the finding. What does not: the rules of supplements
(``core.draw.supplement.amend_check``).

AMEND-1  The amended draw is at hand and all rules of SUPP hold. MISMATCH when the amended draw is refused, has a
         MISMATCH, or a rule fails; else NOT CHECKED when the amended draw is missing or one of its checks up to AMEND-1
         is NOT CHECKED.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.supplement.amend_check import amended_fault, chain_fault
from inspect_cli.core.draw.supplement.standing import Chain
from inspect_cli.core.verify.report import CheckId, Finding, Verdict
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.verify.report import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An amended draw that is refused, and why."""

    why: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """An amended draw that was read: its checks, and the draws before it where they were read too."""

    record: FinishedDraw
    checks: tuple[Check, ...]
    before: Chain | None

    def chain(self) -> Chain | None:
        """Give the chain that ends with this draw, or None where a draw before it is not at hand."""
        if self.record.commitment.amends is None:
            return Chain(first=self.record)
        if self.before is None:
            return None
        return Chain(first=self.before.first, supplements=(*self.before.supplements, self.record))


def amend_finding(draw: FinishedDraw, amended: Amended | Refused | None) -> Finding:
    """Judge a supplement beside the draw that it amends."""
    if amended is None:
        return Finding(Verdict.NOT_CHECKED, say("the amended draw is not in the bundle"))
    if isinstance(amended, Refused):
        return Finding(Verdict.MISMATCH, say("the amended draw is refused: {why}", why=amended.why))
    for check in amended.checks:
        if check.verdict is Verdict.MISMATCH:
            what = say("{check} of the amended draw: {detail}", check=check.id, detail=check.detail)
            return Finding(Verdict.MISMATCH, what)
    fault = amended_fault(amended.record, draw.commitment)
    chain = amended.chain()
    if fault is None and chain is not None:
        fault = chain_fault(chain, draw.commitment, draw.frame)
    if fault is not None:
        return Finding(Verdict.MISMATCH, fault)
    for check in amended.checks:
        if check.verdict is Verdict.NOT_CHECKED and check.id not in {CheckId.SIGN_1, CheckId.ORDER_1}:
            what = say("{check} of the amended draw is not checked: {detail}", check=check.id, detail=check.detail)
            return Finding(Verdict.NOT_CHECKED, what)
    return Finding(Verdict.VERIFIED, say("its frame is the one that follows from the draws before it"))
