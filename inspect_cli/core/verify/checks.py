"""The checks of draw-v1 on one bundle: a numbered list from the commitment to the visits and the chain before them.

What lives here: the list, its order, and who rests on whom. What does not: the rules that the checks apply
(``core.draw``), reading files, keys, and signatures of beacons, whose provers are handed in.

COMMIT-1  The result names this commitment's digest.
FRAME-1  Counts and roots of the three lists are the commitment's.
SEED-1  The entropy answers the promises, one for one, in order, every key the same.
SEED-2  Each value has its kind's form, and its proof verifies; without a prover: NOT CHECKED.
SEED-3  The seed follows.
SELECT-1  The quotas are those of the frame, and the selection follows.
VISIT-1  The visits follow.
AMEND-1  A supplement is the one that follows from the draws before it (``amendment``); a first draw has no such check.
SIGN-1  Signatures, and ORDER-1, log and witnesses: NOT CHECKED, for no evidence of theirs is read yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.draw.cover import STEPS, Effort
from inspect_cli.core.draw.outcome import selected_visits
from inspect_cli.core.draw.rows import ENTITIES, EXCLUDED, INSPECTORS
from inspect_cli.core.draw.selection import quota_fault, select
from inspect_cli.core.draw.staffing import staff
from inspect_cli.core.draw.team import Roster
from inspect_cli.core.verify.amendment import Amended, Refused, amend_finding
from inspect_cli.core.verify.difference import first_difference, selected_words, visit_words
from inspect_cli.core.verify.level import level_of
from inspect_cli.core.verify.report import (
    RESTS_ON,
    Check,
    CheckId,
    Finding,
    Report,
    mismatch,
    run_list,
    unchecked,
    verified,
)
from inspect_cli.core.verify.seeding import Seeded, answer_finding, seed_finding, value_finding
from inspect_cli.core.verify.shape import Members, found_frame, parse_draw
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.core.draw.seed import Provers
    from inspect_cli.core.draw.supplement.standing import FinishedDraw


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A bundle's report, and the draws that were read for it: its own, then those that it amends, the latest first.

    A draw that is refused, which is a matter of AMEND-1, ends the list.
    """

    report: Report
    draws: tuple[FinishedDraw, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the checks look at: a draw that was read, its members, provers, the draw that it amends; and the steps left to find teams."""

    draw: FinishedDraw
    members: Members
    provers: Provers
    amended: Amended | Refused | None
    effort: Effort


def verify(members: Members, provers: Provers | None = None, steps: int = STEPS) -> Report:
    """Run all checks on a bundle, as ``judge`` does, and give the report alone."""
    return judge(members, provers, steps).report


def judge(members: Members, provers: Provers | None = None, steps: int = STEPS) -> Judged:
    """Run all checks on a bundle; raises ``InputError`` where it is refused, and then there are no verdicts.

    ``provers`` verify the proofs of beacons by kind; a proof without a prover is NOT CHECKED. ``steps`` bound the work (COVER-1): the
    draw has so many, and all draws that it amends have as many together.
    """
    draw = parse_draw(members)
    inner = []
    stage = members.amends
    while stage is not None:
        inner.append(stage)
        stage = stage.amends
    amended: Amended | Refused | None = None
    before: tuple[FinishedDraw, ...] = ()
    shared = Effort(steps)
    for stage in reversed(inner):
        amended = _judge_amended(stage, provers or {}, amended, shared)
        before = (amended.record, *before) if isinstance(amended, Amended) else ()
    case = _Case(draw=draw, members=members, provers=provers or {}, amended=amended, effort=Effort(steps))
    checks = _run(case)
    return Judged(report=Report(checks=checks, level=level_of(checks)), draws=(draw, *before))


def _judge_amended(
    members: Members, provers: Provers, amended: Amended | Refused | None, effort: Effort
) -> Amended | Refused:
    """Read and check a draw that another one amends; one whose teams take more steps than are left is refused (COVER-1)."""
    try:
        draw = parse_draw(members, is_amended=True)
        checks = _run(_Case(draw=draw, members=members, provers=provers, amended=amended, effort=effort))
    except InputError as error:
        return Refused(why=error.what)
    before = amended.chain() if isinstance(amended, Amended) else None
    return Amended(record=draw, checks=checks, before=before)


def _run(case: _Case) -> tuple[Check, ...]:
    """Run the list (VERDICT-1)."""
    return run_list(((check, partial(find, case)) for check, find in _steps(case)), RESTS_ON)


def _commit_1(case: _Case) -> Finding:
    expected, found = commitment_digest(case.draw.commitment), case.draw.result.commitment
    if expected != found:
        return mismatch(
            say("the result names the commitment {found}, this one is {expected}", found=found, expected=expected)
        )
    return verified(say("the result names this commitment, {digest}", digest=expected))


def _frame_1(case: _Case) -> Finding:
    expected, found = case.draw.commitment.frame, found_frame(case.members)
    for name, promised, there in (
        (ENTITIES, expected.entities, found.entities),
        (EXCLUDED, expected.excluded, found.excluded),
        (INSPECTORS, expected.inspectors, found.inspectors),
    ):
        if promised.count != there.count:
            return mismatch(
                say(
                    "{file} has {found} rows, committed were {expected}",
                    file=name,
                    found=there.count,
                    expected=promised.count,
                )
            )
        if promised.root != there.root:
            return mismatch(
                say(
                    "{file} has the root {found}, committed was {expected}",
                    file=name,
                    found=there.root,
                    expected=promised.root,
                )
            )
    return verified(
        say(
            "{entities} entities, {inspectors} people and {excluded} exclusions are those committed",
            entities=found.entities.count,
            inspectors=found.inspectors.count,
            excluded=found.excluded.count,
        )
    )


def _seed_1(case: _Case) -> Finding:
    return answer_finding(_seeded(case))


def _seed_2(case: _Case) -> Finding:
    return value_finding(_seeded(case), case.provers)


def _seed_3(case: _Case) -> Finding:
    return seed_finding(_seeded(case))


def _seeded(case: _Case) -> Seeded:
    return Seeded(commitment=case.draw.commitment, entropy=case.draw.result.entropy, seed=case.draw.result.seed)


def _select_1(case: _Case) -> Finding:
    commitment, result = case.draw.commitment, case.draw.result
    fault = quota_fault(commitment.quotas, case.draw.frame.entities)
    if fault is not None:
        return mismatch(fault)
    expected = select(commitment.quotas, case.draw.frame.entities, result.seed)
    place = first_difference(expected, result.selection)
    if place is None:
        return verified(say("{count} entities are drawn, and they are the ones that follow", count=len(expected)))
    return mismatch(
        say(
            "place {place} of the selection is {found}, but {expected} follows",
            place=place + 1,
            found=selected_words(result.selection, place),
            expected=selected_words(expected, place),
        )
    )


def _visit_1(case: _Case) -> Finding:
    commitment, frame, result = case.draw.commitment, case.draw.frame, case.draw.result
    visits = selected_visits(commitment, frame, result.selection)
    expected = staff(commitment, Roster(frame.inspectors, case.effort), visits, result.seed)
    place = first_difference(expected, result.visits)
    if place is None:
        return verified(say("{count} visits, and they are the ones that follow", count=len(expected)))
    return mismatch(
        say(
            "visit {place} is {found}, but {expected} follows",
            place=place + 1,
            found=visit_words(result.visits, place),
            expected=visit_words(expected, place),
        )
    )


def _amend_1(case: _Case) -> Finding:
    return amend_finding(case.draw, case.amended)


def _sign_1(case: _Case) -> Finding:
    if any(name.startswith("signatures/") for name in case.members.files):
        return unchecked(say("there are signatures, but this version does not read them"))
    return unchecked(say("there are no signatures"))


def _order_1(case: _Case) -> Finding:
    if any(name.startswith("log/") for name in case.members.files):
        return unchecked(say("there is a log, but this version does not read it"))
    return unchecked(say("there is no log, and no witness says when the commitment stood"))


_DRAW: tuple[tuple[CheckId, Callable[[_Case], Finding]], ...] = (
    (CheckId.COMMIT_1, _commit_1),
    (CheckId.FRAME_1, _frame_1),
    (CheckId.SEED_1, _seed_1),
    (CheckId.SEED_2, _seed_2),
    (CheckId.SEED_3, _seed_3),
    (CheckId.SELECT_1, _select_1),
    (CheckId.VISIT_1, _visit_1),
)
_SUPPLEMENT = ((CheckId.AMEND_1, _amend_1),)
_EVIDENCE = ((CheckId.SIGN_1, _sign_1), (CheckId.ORDER_1, _order_1))


def _steps(case: _Case) -> tuple[tuple[CheckId, Callable[[_Case], Finding]], ...]:
    """Give the list in its order; a first draw has no AMEND-1."""
    return (*_DRAW, *(() if case.draw.commitment.amends is None else _SUPPLEMENT), *_EVIDENCE)
