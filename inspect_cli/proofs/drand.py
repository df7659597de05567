"""drand rounds: whether a signature is that of the network, checked with its pinned public key (BLS12-381) and nothing else.

What lives here: the networks that are pinned, the message of a round, the pairing. What does not: that the randomness is the SHA-256
of the signature (``core.draw.seed``).

DRAND-1  Only pinned networks are known, by the hash of their chain; of any other nothing is said.
DRAND-2  A round's announced time is genesis + (round - 1) × period.
DRAND-3  The message of an unchained round is SHA-256(round as 8 bytes, big-endian); a chained one puts the previous signature
         before those bytes. The signature s of the message m by the public key p holds where e(s, g) = e(H(m), p), H by RFC 9380 with the
         scheme's domain separation tag. (Source: drand's specification, and RFC 9380 for H.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final, assert_never

from py_arkworks_bls12381 import GT, G1Point, G2Point

from inspect_cli.core.draw.fields import parse_instant
from inspect_cli.core.draw.promise import DrandPromise
from inspect_cli.core.draw.seed import DrandProof, Entropy, ProofOutcome, ProofState
from inspect_cli.errors import say

_G1_TAG: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_G2_TAG: Final = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"


class Scheme(StrEnum):
    """How a network signs: quicknet's short signatures, or the first network's chain of long ones."""

    UNCHAINED_G1 = "bls-unchained-g1-rfc9380"
    CHAINED_G2 = "pedersen-bls-chained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network's constants: ``public_key`` in hex, ``period`` and ``genesis`` (Unix time) in seconds."""

    name: str
    scheme: Scheme
    public_key: str
    period: int
    genesis: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A signed round: its number, its signature and, where the network is chained, the one before; bytes."""

    number: int
    signature: bytes
    previous: bytes = b""


NETWORKS: Final = {
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971": Network(
        name="quicknet",
        scheme=Scheme.UNCHAINED_G1,
        public_key=(
            "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
            "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
        ),
        period=3,
        genesis=1692803367,
    ),
    "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce": Network(
        name="default",
        scheme=Scheme.CHAINED_G2,
        public_key="868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
        period=30,
        genesis=1595431050,
    ),
}
"""The networks of the League of Entropy, by the hash of their chain (DRAND-1)."""


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
    opened = datetime.fromtimestamp(network.genesis + (promise.round - 1) * network.period, UTC)
    if parse_instant(promise.at) != parse_instant(opened.isoformat()):
        return ProofOutcome(
            state=ProofState.FAILS,
            detail=say(
                "round {round} of {network} is of {at}",
                round=promise.round,
                network=network.name,
                at=opened.isoformat(),
            ),
        )
    previous = bytes.fromhex(proof.previous_signature or "")
    signed = Round(number=promise.round, signature=bytes.fromhex(proof.signature), previous=previous)
    if not is_signed(network.scheme, bytes.fromhex(network.public_key), signed):
        return ProofOutcome(
            state=ProofState.FAILS,
            detail=say(
                "the signature of round {round} is not that of {network}", round=promise.round, network=network.name
            ),
        )
    return ProofOutcome(
        state=ProofState.HOLDS,
        detail=say("{network} signed round {round}", network=network.name, round=promise.round),
    )


def is_signed(scheme: Scheme, public_key: bytes, signed: Round) -> bool:
    """Say whether a round is signed by a public key (DRAND-3); bytes that are no point of the curve sign nothing."""
    number = signed.number.to_bytes(8, "big")
    try:
        match scheme:
            case Scheme.UNCHAINED_G1:
                left = [
                    G1Point.from_compressed_bytes(signed.signature),
                    -G1Point.hash_to_curve(sha256(number).digest(), _G1_TAG),
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
