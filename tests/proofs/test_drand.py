"""drand rounds against the published ones: what networks signed holds, anything else does not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inspect_cli.core.draw.promise import DicePromise, DrandPromise
from inspect_cli.core.draw.seed import DrandProof, Entropy, ProofState
from inspect_cli.proofs.drand import NETWORKS, Round, Scheme, is_signed, prove_drand

VECTORS = Path(__file__).parent.parent / "vectors" / "drand"
BEACONS: list[dict[str, Any]] = json.loads((VECTORS / "beacons.json").read_text("utf-8"))["beacons"]
CHAINS: dict[str, dict[str, Any]] = json.loads((VECTORS / "chains.json").read_text("utf-8"))["chains"]
KNOWN = [beacon for beacon in BEACONS if beacon["scheme"] in set(Scheme)]


def quicknet_entry() -> Entropy:
    """Build the entry of quicknet's published round 1000, whose instant is genesis + 999 × 3 seconds."""
    beacon = BEACONS[0]
    chain = CHAINS["quicknet"]["hash"]
    promise = DrandPromise(name="quicknet", at="2023-08-23T15:59:24+00:00", chain=chain, round=1000)
    return Entropy(promise=promise, value=beacon["randomness"], proof=DrandProof(signature=beacon["signature"]))


@pytest.mark.parametrize("beacon", KNOWN, ids=lambda beacon: f"{beacon['public_key'][:8]}-{beacon['round']}")
def test_published_rounds(beacon: dict[str, Any]) -> None:
    """DRAND-3: each published round holds or fails as its publisher says."""
    signed = Round(
        number=beacon["round"],
        signature=bytes.fromhex(beacon["signature"]),
        previous=bytes.fromhex(beacon.get("previous_signature", "")),
    )
    assert is_signed(Scheme(beacon["scheme"]), bytes.fromhex(beacon["public_key"]), signed) is beacon["valid"]


@pytest.mark.parametrize("name", ["quicknet", "default"])
def test_pinned_networks_are_the_published_ones(name: str) -> None:
    """DRAND-1: key, period and genesis of each pinned network are those that the network publishes, under its chain's hash."""
    chain = CHAINS[name]
    network = NETWORKS[chain["hash"]]
    published = (chain["public_key"], chain["period"], chain["genesis_time"], chain["schemeID"])
    assert (network.public_key, network.period, network.genesis, network.scheme.value) == published


def test_a_round_of_a_pinned_network_holds() -> None:
    """DRAND-2: a published round with its own instant is proved, whatever the offset in which the instant is written."""
    entry = quicknet_entry()
    assert prove_drand(entry).state is ProofState.HOLDS
    shifted = replace(entry.promise, at="2023-08-23T23:59:24+08:00")
    assert prove_drand(replace(entry, promise=shifted)).state is ProofState.HOLDS


def test_another_instant_fails() -> None:
    """DRAND-2: a round that is announced for another time than its own is not proved."""
    entry = quicknet_entry()
    moved = replace(entry.promise, at="2023-08-23T15:59:27+00:00")
    assert prove_drand(replace(entry, promise=moved)).state is ProofState.FAILS


@pytest.mark.parametrize("signature", ["", "00" * 48, "b4" + "00" * 47, "ff" * 48, "aa" * 96])
def test_bytes_that_are_no_signature_fail(signature: str) -> None:
    """DRAND-3: whatever bytes stand for a signature, nothing but a false answer comes of it."""
    entry = replace(quicknet_entry(), proof=DrandProof(signature=signature))
    assert prove_drand(entry).state is ProofState.FAILS


def test_an_unknown_chain_is_not_judged() -> None:
    """DRAND-1: of a network that is not pinned nothing is said, neither for nor against."""
    entry = quicknet_entry()
    other = DrandPromise(name="another", at=entry.promise.at, chain="0" * 64, round=1000)
    assert prove_drand(replace(entry, promise=other)).state is ProofState.UNKNOWN


def test_another_kind_fails() -> None:
    """An entry that is no drand round is not proved by this prover."""
    entry = Entropy(promise=DicePromise(name="dice", at="2026-11-30T09:00:00+08:00", count=1, sides=6), value="1")
    assert prove_drand(entry).state is ProofState.FAILS
