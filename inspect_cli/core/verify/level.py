"""Levels: how much the evidence of a bundle shows, never what it claims.

What lives here: the level of a list of checks, and what would raise it. What does not: the evidence.

LEVEL-1  Level 0: the draw follows, which is to say that all checks but SIGN-1 and ORDER-1 are VERIFIED.
LEVEL-2  No level, written -1: a check up to AMEND-1 is a MISMATCH or could not be checked, or any check is a MISMATCH.

Levels 1 (signatures), 2 (a trusted witness saw the commitment in time) and 3 (the policy's quorum, and two kinds of
sources) rest on SIGN-1 and ORDER-1, whose evidence is not read yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.verify.report import CheckId, Verdict
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.verify.report import Check

NO_LEVEL = -1
_BEYOND = frozenset({CheckId.SIGN_1, CheckId.ORDER_1})


def level_of(checks: Sequence[Check]) -> int:
    """Give the level that the checks show: 0, or ``NO_LEVEL``."""
    if any(check.verdict is Verdict.MISMATCH for check in checks):
        return NO_LEVEL
    follows = all(check.verdict is Verdict.VERIFIED for check in checks if check.id not in _BEYOND)
    return 0 if follows else NO_LEVEL


def next_step(checks: Sequence[Check]) -> Message:
    """Say what would raise the level."""
    for check in checks:
        if check.verdict is Verdict.MISMATCH:
            return say("{check} does not hold: no evidence can raise the level of this bundle", check=check.id)
    for check in checks:
        if check.verdict is Verdict.NOT_CHECKED and check.id not in _BEYOND:
            return say("level 0 wants {check} checked: {detail}", check=check.id, detail=check.detail)
    return say("level 1 wants signatures on commitment and result by keys that you trust")
