"""drand rounds against the published ones: what networks signed holds, anything else does not."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from inspect_cli.core.draw.drand import NETWORKS, Scheme
from inspect_cli.core.draw.promise import DicePromise, DrandPromise
from inspect_cli.core.draw.seed import DrandProof, Entropy, ProofState
from inspect_cli.proofs.drand import Round, is_signed, prove_drand

VECTORS = Path(__file__).parent.parent / "vectors" / "drand"
BEACONS: list[dict[str, Any]] = json.loads((VECTORS / "beacons.json").read_text("utf-8"))["beacons"]
CHAINS: dict[str, dict[str, Any]] = json.loads((VECTORS / "chains.json").read_text("utf-8"))["chains"]


def quicknet_entry() -> Entropy:
    """Build the entry of quicknet's published round 1000, whose instant is genesis + 999 × 3 seconds."""
    beacon = BEACONS[0]
    chain = CHAINS["quicknet"]["hash"]
    promise = DrandPromise(name="quicknet", at="2023-08-23T15:59:24+00:00", chain=chain, round=1000)
    return Entropy(promise=promise, value=beacon["randomness"], proof=DrandProof(signature=beacon["signature"]))


@pytest.mark.parametrize("beacon", BEACONS, ids=lambda beacon: f"{beacon['public_key'][:8]}-{beacon['round']}")
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


def test_a_chain_is_named_by_the_hash_of_its_constants() -> None:
    """DRAND-1: each published chain hash, fastnet's too, follows from period, genesis, key, group and name by drand's own rule."""
    groups = {name: chain["groupHash"] for name, chain in CHAINS.items()}
    groups["fastnet"] = "a81e9d63f614ccdb144b8ff79fbd4d5a2d22055c0bfe4ee9a8092003dab1c6c0"
    for chain, network in NETWORKS.items():
        name = b"" if network.name == "default" else network.name.encode()
        parts = network.period.to_bytes(4, "big"), network.genesis.to_bytes(8, "big"), bytes.fromhex(network.public_key)
        assert sha256(b"".join((*parts, bytes.fromhex(groups[network.name]), name))).hexdigest() == chain


def test_a_signature_of_another_network_is_told_as_such() -> None:
    """DRAND-1: fastnet's first round, given for quicknet's, fails, and the answer says whose signature it is."""
    fastnet = next(beacon for beacon in BEACONS if beacon["scheme"] == Scheme.UNCHAINED_ON_G1)
    chain = CHAINS["quicknet"]["hash"]
    promise = DrandPromise(name="quicknet", at="2023-08-23T15:09:27Z", chain=chain, round=1)
    found = prove_drand(replace(quicknet_entry(), promise=promise, proof=DrandProof(signature=fastnet["signature"])))
    assert (found.state, str(found.detail)) == (
        ProofState.FAILS,
        "round 1 is signed by fastnet, promised was quicknet",
    )


def test_a_network_that_was_switched_off_stays_proved() -> None:
    """DRAND-4: fastnet's first round, at its genesis, holds for ever."""
    fastnet = next(beacon for beacon in BEACONS if beacon["scheme"] == Scheme.UNCHAINED_ON_G1)
    chain = next(key for key, network in NETWORKS.items() if network.name == "fastnet")
    promise = DrandPromise(name="fastnet", at="2023-03-01T15:40:00Z", chain=chain, round=1)
    value = sha256(bytes.fromhex(fastnet["signature"])).hexdigest()
    entry = Entropy(promise=promise, value=value, proof=DrandProof(signature=fastnet["signature"]))
    assert prove_drand(entry).state is ProofState.HOLDS


def test_a_round_of_a_pinned_network_holds() -> None:
    """DRAND-2: a published round with its own instant is proved, whatever the offset in which the instant is written."""
    entry = quicknet_entry()
    assert prove_drand(entry).state is ProofState.HOLDS
    shifted = replace(entry.promise, at="2023-08-23T23:59:24+08:00")
    assert prove_drand(replace(entry, promise=shifted)).state is ProofState.HOLDS


def test_a_previous_signature_where_none_belongs() -> None:
    """DRAND-3: quicknet's round with a previous signature fails, and so does one of the chained network without; with it, it holds."""
    entry, quicknet = quicknet_entry(), quicknet_entry().proof
    assert isinstance(quicknet, DrandProof)
    assert prove_drand(replace(entry, proof=replace(quicknet, previous_signature="00"))).state is ProofState.FAILS
    first = next(beacon for beacon in BEACONS if beacon["scheme"] == Scheme.CHAINED_G2 and beacon["round"] == 1)
    promise = DrandPromise(name="d", at="2020-07-22T15:17:30Z", chain=CHAINS["default"]["hash"], round=1)
    proof = DrandProof(signature=first["signature"], previous_signature=first["previous_signature"])
    chained = Entropy(promise=promise, value=first["randomness"], proof=proof)
    assert prove_drand(chained).state is ProofState.HOLDS
    assert prove_drand(replace(chained, proof=replace(proof, previous_signature=None))).state is ProofState.FAILS


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
