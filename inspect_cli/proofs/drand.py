"""drand rounds: whether a signature is that of the network, checked with its pinned public key (BLS12-381) and nothing else.

What lives here: the message of a round, the pairing. What does not: the networks and the times of their rounds (``core.draw.drand``:
DRAND-1, DRAND-2), and that the randomness is the SHA-256 of the signature (``core.draw.seed``).

DRAND-3  The message of an unchained round is SHA-256(round as 8 bytes, big-endian); a chained one puts the previous signature
         before those bytes, and has one; others have none. The signature s of the message m by the public key p holds where
         e(s, g) = e(H(m), p), H by RFC 9380 with the scheme's domain separation tag. (Source: drand's specification, and RFC 9380 for H.)
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, assert_never

from py_arkworks_bls12381 import GT, G1Point, G2Point

from inspect_cli.core.draw.drand import NETWORKS, Scheme, is_opened_at
from inspect_cli.core.draw.promise import DrandPromise
from inspect_cli.core.draw.seed import DrandProof, Entropy, ProofOutcome, ProofState
from inspect_cli.errors import Message, say

_G1_TAG: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_G2_TAG: Final = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A signed round: its number, its signature and, where the network is chained, the one before; bytes."""

    number: int
    signature: bytes
    previous: bytes = b""


def prove_drand(entry: Entropy) -> ProofOutcome:
    """Say whether a drand entry is the network's own (DRAND-1 to DRAND-3)."""
    promise, proof = entry.promise, entry.proof
    if not isinstance(promise, DrandPromise) or not isinstance(proof, DrandProof):
        return ProofOutcome(state=ProofState.FAILS, detail=say("this is no drand round"))
    network = NETWORKS.get(promise.chain)
    if network is None:
        return ProofOutcome(
            state=ProofState.UNKNOWN, detail=say("the chain {chain} is not known here", chain=promise.chain)
        )
    if not is_opened_at(network, promise.round, promise.at):
        return ProofOutcome(
            state=ProofState.FAILS,
            detail=say(
                "{at} is not the instant of round {round} of {network}",
                at=promise.at,
                round=promise.round,
                network=network.name,
            ),
        )
    is_chained = network.scheme is Scheme.CHAINED_G2
    if is_chained is (proof.previous_signature is None):
        what = say("a previous signature belongs to the rounds of chained networks, and to no others")
        return ProofOutcome(state=ProofState.FAILS, detail=what)
    previous = bytes.fromhex(proof.previous_signature or "")
    signed = Round(number=promise.round, signature=bytes.fromhex(proof.signature), previous=previous)
    if not is_signed(network.scheme, bytes.fromhex(network.public_key), signed):
        return ProofOutcome(state=ProofState.FAILS, detail=_tell_signer(network.name, signed))
    return ProofOutcome(
        state=ProofState.HOLDS,
        detail=say("{network} signed round {round}", network=network.name, round=promise.round),
    )


def _tell_signer(promised: str, signed: Round) -> Message:
    """Say that a signature is not the promised network's, and whose it is where another pinned one made it."""
    for network in NETWORKS.values():
        if is_signed(network.scheme, bytes.fromhex(network.public_key), signed):
            return say(
                "round {round} is signed by {other}, promised was {network}",
                round=signed.number,
                other=network.name,
                network=promised,
            )
    return say("the signature of round {round} is not that of {network}", round=signed.number, network=promised)


def is_signed(scheme: Scheme, public_key: bytes, signed: Round) -> bool:
    """Say whether a round is signed by a public key (DRAND-3); bytes that are no point of the curve sign nothing."""
    number = signed.number.to_bytes(8, "big")
    try:
        match scheme:
            case Scheme.UNCHAINED_G1 | Scheme.UNCHAINED_ON_G1:
                # fastnet hashed to the smaller group with the tag of the larger one; quicknet was founded to mend that.
                tag = _G1_TAG if scheme is Scheme.UNCHAINED_G1 else _G2_TAG
                left = [
                    G1Point.from_compressed_bytes(signed.signature),
                    -G1Point.hash_to_curve(sha256(number).digest(), tag),
                ]
                right = [G2Point(), G2Point.from_compressed_bytes(public_key)]
            case Scheme.CHAINED_G2:
                message = sha256(signed.previous + number).digest()
                left = [G1Point(), -G1Point.from_compressed_bytes(public_key)]
                right = [G2Point.from_compressed_bytes(signed.signature), G2Point.hash_to_curve(message, _G2_TAG)]
            case _:
                assert_never(scheme)
    except ValueError:
        return False
    return bool(GT.pairing_check(left, right))
