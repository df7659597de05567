"""The checks of a disclosure: what a public bundle or a receipt shows, as far as that can be checked without the other rows.

What lives here: the two lists of checks, their order, and who rests on whom. What does not: the values (``core.draw.disclosure``), and
the checks of a whole draw (``checks``). A disclosure has no level: what it shows holds, or does not.

COMMIT-1  The disclosure names this commitment's digest. A receipt carries its commitment: VERIFIED, and the digest is there to compare.
ROW-1  Each shown row leads to the root of its list (SHOWN-3). Rests on COMMIT-1.
FRAME-1  NOT CHECKED: the lists are not shown.
SEED-1  As of a whole draw, and SEED-2, SEED-3.
TICKET-1  Ticket and day ticket follow from seed and row. Rests on ROW-1 and SEED-3. NOT CHECKED of an entity that is not in the frame.
CUTOFF-1  What is shown agrees with itself, the quotas and the cut-offs (``cutoffs``). Rests on TICKET-1.
SELECT-1  NOT CHECKED: that nobody else has a lower ticket needs all rows; and VISIT-1, which needs the roster; and AMEND-1 of a supplement;
          and SIGN-1, ORDER-1, as of a whole draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from inspect_cli.core.draw.commitment import COMMITMENT, Commitment, commitment_digest, parse_commitment
from inspect_cli.core.draw.disclosure.proof import entities_fault, exclusions_fault
from inspect_cli.core.draw.disclosure.public import DISCLOSURE, PublicDisclosure, parse_disclosure
from inspect_cli.core.draw.fields import refusal, shorten
from inspect_cli.core.draw.ticket import Purpose, ticket
from inspect_cli.core.verify.cutoffs import public_fault, standing_fault
from inspect_cli.core.verify.level import NO_LEVEL
from inspect_cli.core.verify.report import CheckId, Finding, Report, mismatch, run_list, unchecked, verified
from inspect_cli.core.verify.seeding import Seeded, answer_finding, seed_finding, value_finding
from inspect_cli.core.verify.shape import OPTIONAL
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspect_cli.core.draw.disclosure.receipt import InFrame, Receipt
    from inspect_cli.core.draw.seed import Provers

RESTS_ON: dict[CheckId, tuple[CheckId, ...]] = {
    CheckId.ROW_1: (CheckId.COMMIT_1,),
    CheckId.SEED_1: (CheckId.COMMIT_1,),
    CheckId.SEED_2: (CheckId.SEED_1,),
    CheckId.SEED_3: (CheckId.SEED_1,),
    CheckId.TICKET_1: (CheckId.ROW_1, CheckId.SEED_3),
    CheckId.CUTOFF_1: (CheckId.TICKET_1,),
}
"""Which checks a check of a disclosure rests on; those that are not listed stand alone."""

Step = tuple[CheckId, "Callable[[], Finding]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """A public bundle that was read."""

    commitment: Commitment
    disclosure: PublicDisclosure


def parse_public(files: Mapping[str, bytes]) -> Public:
    """Read the members of a public bundle; raises ``InputError`` where SHAPE-3 or the form of a member does not hold."""
    for name in (COMMITMENT, DISCLOSURE):
        if name not in files:
            raise refusal(say("this member is missing"), name)
    for name in files:
        if name not in (COMMITMENT, DISCLOSURE, *OPTIONAL):
            raise refusal(say("a public bundle has no such member"), shorten(name))
    commitment = parse_commitment(files[COMMITMENT])
    return Public(commitment=commitment, disclosure=parse_disclosure(files[DISCLOSURE], commitment))


def verify_public(public: Public, provers: Provers | None = None) -> Report:
    """Run the checks of a public bundle; ``provers`` as of ``checks.verify``."""
    shown = public.disclosure
    seeded = Seeded(commitment=public.commitment, entropy=shown.entropy, seed=shown.seed)
    before = ((CheckId.COMMIT_1, partial(_commit_public, public)), (CheckId.ROW_1, partial(_rows_public, public)))
    behind = (
        (CheckId.TICKET_1, partial(_tickets_public, public)),
        (CheckId.CUTOFF_1, partial(_cut_offs_public, public)),
    )
    return _report(before, _seed_steps(seeded, provers), behind, public.commitment)


def verify_receipt(receipt: Receipt, provers: Provers | None = None) -> Report:
    """Run the checks of a receipt; ``provers`` as of ``checks.verify``."""
    seeded = Seeded(commitment=receipt.commitment, entropy=receipt.entropy, seed=receipt.seed)
    before = ((CheckId.COMMIT_1, partial(_commit_own, receipt)), (CheckId.ROW_1, partial(_rows_own, receipt)))
    if receipt.frame is None:
        why = partial(unchecked, say("{entity} is not in the frame: it has no ticket", entity=receipt.entity))
        behind: tuple[Step, ...] = ((CheckId.TICKET_1, why), (CheckId.CUTOFF_1, why))
    else:
        behind = (
            (CheckId.TICKET_1, partial(_ticket_own, receipt.seed, receipt.frame)),
            (CheckId.CUTOFF_1, partial(_standings_own, receipt.commitment, receipt.frame)),
        )
    return _report(before, _seed_steps(seeded, provers), behind, receipt.commitment)


def _report(
    before: tuple[Step, ...], seed: tuple[Step, ...], behind: tuple[Step, ...], commitment: Commitment
) -> Report:
    """Run the list in its order; a first draw has no AMEND-1."""
    beyond = [
        (
            CheckId.SELECT_1,
            say("that nobody else has a lower ticket can be checked with all rows: in the whole bundle"),
        ),
        (CheckId.VISIT_1, say("the day and the team can be checked with the roster: in the whole bundle")),
    ]
    if commitment.amends is not None:
        beyond.append((CheckId.AMEND_1, say("what a supplement may draw again can be checked in the whole bundle")))
    beyond.append((CheckId.SIGN_1, say("there are no signatures")))
    beyond.append((CheckId.ORDER_1, say("there is no log, and no witness says when the commitment stood")))
    frame = (CheckId.FRAME_1, partial(unchecked, say("the lists themselves are not shown")))
    unseen = tuple((check, partial(unchecked, why)) for check, why in beyond)
    return Report(checks=run_list((*before, frame, *seed, *behind, *unseen), RESTS_ON), level=NO_LEVEL)


def _seed_steps(seeded: Seeded, provers: Provers | None) -> tuple[Step, ...]:
    return (
        (CheckId.SEED_1, partial(answer_finding, seeded)),
        (CheckId.SEED_2, partial(value_finding, seeded, provers or {})),
        (CheckId.SEED_3, partial(seed_finding, seeded)),
    )


def _commit_public(public: Public) -> Finding:
    expected, found = commitment_digest(public.commitment), public.disclosure.commitment
    if expected != found:
        return mismatch(
            say("the disclosure names the commitment {found}, this one is {expected}", found=found, expected=expected)
        )
    return verified(say("the disclosure names this commitment, {digest}", digest=expected))


def _commit_own(receipt: Receipt) -> Finding:
    return verified(say("the receipt carries its commitment, {digest}", digest=commitment_digest(receipt.commitment)))


def _rows_public(public: Public) -> Finding:
    visits = public.disclosure.visits
    fault = entities_fault(public.commitment.frame.entities, [visit.proved for visit in visits])
    return (
        mismatch(fault)
        if fault
        else verified(say("the rows that are shown stand in the list committed to: {count}", count=len(visits)))
    )


def _rows_own(receipt: Receipt) -> Finding:
    frame, inside = receipt.commitment.frame, receipt.frame
    shown = () if inside is None else (inside.proved,)
    fault = entities_fault(frame.entities, shown) or exclusions_fault(frame.excluded, receipt.excluded)
    if fault is not None:
        return mismatch(fault)
    return verified(say("its rows stand in the lists committed to: {count}", count=len(shown) + len(receipt.excluded)))


def _tickets_public(public: Public) -> Finding:
    seed = public.disclosure.seed
    for visit in public.disclosure.visits:
        row = visit.proved.row
        for expected, found in (
            (ticket(seed, Purpose.ENTITY, row.id, row.salt), visit.ticket),
            (ticket(seed, Purpose.DAY, row.id, row.salt, visit.day), visit.day_ticket),
        ):
            if expected != found:
                return _wrong_ticket(row.id, expected, found)
    return verified(say("the tickets of {count} visits follow from the seed", count=len(public.disclosure.visits)))


def _ticket_own(seed: str, frame: InFrame) -> Finding:
    row, found = frame.proved.row, frame.ticket
    expected = ticket(seed, Purpose.ENTITY, row.id, row.salt)
    if expected != found:
        return _wrong_ticket(row.id, expected, found)
    return verified(say("the ticket {ticket} follows from the seed", ticket=found))


def _wrong_ticket(entity: str, expected: str, found: str) -> Finding:
    return mismatch(
        say("a ticket of {entity} is {found}, but {expected} follows", entity=entity, found=found, expected=expected)
    )


def _cut_offs_public(public: Public) -> Finding:
    fault = public_fault(public.commitment, public.disclosure)
    if fault is not None:
        return mismatch(fault)
    return verified(say("what is shown agrees with the quotas and their cut-offs"))


def _standings_own(commitment: Commitment, frame: InFrame) -> Finding:
    fault = standing_fault(commitment, frame)
    if fault is not None:
        return mismatch(fault)
    return verified(say("rank and ticket agree with the quotas and their cut-offs"))
