"""SEED-1 to SEED-3: whether the promised sources gave the values, and whether the seed follows from them.

What lives here: the three findings, of whole draws and of disclosures alike. What does not: the forms of values (``core.draw.seed``), and
signatures of beacons, whose provers are handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.draw.promise import DrandPromise, NistPromise, kind_of
from inspect_cli.core.draw.seed import ProofState, answer_fault, require_entropy, seed_of
from inspect_cli.core.verify.report import Finding, Verdict, mismatch, unchecked, verified
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.seed import Entropy, Provers


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """A commitment, what answers its promises, and the seed that is said to follow."""

    commitment: Commitment
    entropy: Sequence[Entropy]
    seed: str


def answer_finding(seeded: Seeded) -> Finding:
    """Judge SEED-1: the entropy answers the promises."""
    fault = answer_fault(seeded.commitment.sources, seeded.entropy)
    return mismatch(fault) if fault else verified(say("each promised source has its value"))


def value_finding(seeded: Seeded, provers: Provers) -> Finding:
    """Judge SEED-2, values and proofs: a wrong one anywhere outweighs a proof that cannot be run."""
    doubts = []
    for entry in seeded.entropy:
        try:
            require_entropy(entry)
        except InputError as error:
            return mismatch(say("{source}: {fault}", source=entry.promise.name, fault=error.what))
        finding = _proof(entry, provers)
        if finding.verdict is Verdict.MISMATCH:
            return finding
        if finding.verdict is Verdict.NOT_CHECKED:
            doubts.append(finding)
    return doubts[0] if doubts else verified(say("each value has the form of its kind, and its proof holds"))


def _proof(entry: Entropy, provers: Provers) -> Finding:
    """Ask the prover of an entry whose kind has proofs."""
    if not isinstance(entry.promise, DrandPromise | NistPromise):
        return verified(say("{source} has its form", source=entry.promise.name))
    prover = provers.get(kind_of(entry.promise))
    if prover is None:
        return unchecked(say("{source}: this verifier cannot run the proof of its kind", source=entry.promise.name))
    outcome = prover(entry)
    detail = say("{source}: {fault}", source=entry.promise.name, fault=outcome.detail)
    match outcome.state:
        case ProofState.HOLDS:
            return verified(detail)
        case ProofState.FAILS:
            return mismatch(detail)
        case ProofState.UNKNOWN:
            return unchecked(detail)
        case _:
            assert_never(outcome.state)


def seed_finding(seeded: Seeded) -> Finding:
    """Judge SEED-3: the seed follows."""
    expected = seed_of(commitment_digest(seeded.commitment), seeded.entropy)
    if expected != seeded.seed:
        return mismatch(say("the seed is {found}, but {expected} follows", found=seeded.seed, expected=expected))
    return verified(say("the seed {seed} follows", seed=expected))
