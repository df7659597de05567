"""What relays publish: rounds in the forms in which they come, and which promise they answer."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from inspect_cli.core.draw.drand import NETWORKS, QUICKNET, first_round, opened_at
from inspect_cli.core.draw.relayed import (
    PublishedPulse,
    RelayedRound,
    answer_round,
    match_answers,
    parse_round,
    round_address,
)
from inspect_cli.core.draw.seed import DrandProof, NistProof
from inspect_cli.errors import InputError
from tests.core.draw.builders import dice, drand, nist

SIGNATURE = "0a" * 48
RANDOMNESS = sha256(bytes.fromhex(SIGNATURE)).hexdigest()
V1 = {"round": 30921130, "randomness": RANDOMNESS, "signature": SIGNATURE}
DEFAULT = next(key for key, network in NETWORKS.items() if network.name == "default")


def relayed(**changes: object) -> RelayedRound:
    """Read a relay's JSON with some keys changed."""
    return parse_round(json.dumps(V1 | changes), "round.json")


def pulse(**changes: object) -> PublishedPulse:
    """Build what stands in a pulse's file, as far as it is looked at to find its promise."""
    record = json.dumps({"pulse": {"chainIndex": 1, "pulseIndex": 54610, "outputValue": "AB" * 64} | changes})
    return PublishedPulse(record=record, certificate="pem", file="pulse.json")


class TestRounds:
    """RELAY-1 The forms of a round."""

    def test_forms(self) -> None:
        """RELAY-1: the first API's form, the second's without randomness, capitals, and an empty previous signature are one round."""
        expected = RelayedRound(number=30921130, signature=SIGNATURE, previous=None, file="round.json")
        assert relayed() == expected
        assert parse_round(json.dumps({"round": 30921130, "signature": SIGNATURE}), "round.json") == expected
        assert relayed(signature=SIGNATURE.upper(), randomness=RANDOMNESS.upper()) == expected
        assert relayed(previous_signature="", more=[1]) == expected
        assert relayed(previous_signature="0B").previous == "0b"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "null",
            "<html>",
            "[" * 100000,
            "{}",
            *(
                json.dumps(V1 | change)
                for change in (
                    {"round": "7"},
                    {"round": True},
                    {"round": 0},
                    {"round": 1.0},
                    {"signature": None},
                    {"signature": ""},
                    {"signature": "abc"},
                    {"signature": "zz"},
                    {"signature": 7},
                    {"previous_signature": 7},
                    {"previous_signature": "x"},
                    {"randomness": "00" * 32},
                    {"randomness": 7},
                )
            ),
        ],
    )
    def test_what_is_no_round(self, text: str) -> None:
        """RELAY-1: whatever else a file holds is refused with its name, and never read as a round."""
        with pytest.raises(InputError, match="this is no round of drand") as caught:
            parse_round(text, "round.json")
        assert caught.value.where is not None
        assert caught.value.where.file == "round.json"

    def test_address(self) -> None:
        """The address of a round names chain and number."""
        assert round_address(drand(), "https://relay.example") == f"https://relay.example/{QUICKNET}/public/30921130"


class TestMatches:
    """RELAY-2 Which promise is answered."""

    def test_a_round_by_its_number(self) -> None:
        """RELAY-2: the round of the promised number answers it, with the hash of its signature as the value."""
        found = answer_round(drand(), relayed(previous_signature="0b"))
        assert (found.value, found.proof) == (RANDOMNESS, DrandProof(signature=SIGNATURE))
        chained = answer_round(drand(chain=DEFAULT), relayed(previous_signature="0b"))
        assert chained.proof == DrandProof(signature=SIGNATURE, previous_signature="0b")
        unknown = answer_round(drand(chain="0" * 64), relayed(previous_signature="0b"))
        assert unknown.proof == DrandProof(signature=SIGNATURE)

    def test_each_to_its_place(self) -> None:
        """RELAY-2: rounds and pulses are laid to their sources, whatever the order of the files."""
        sources = (dice(), drand(round=7), nist(), drand(chain=DEFAULT, round=7))
        found = match_answers(sources, (relayed(round=7), relayed(round=7)), (pulse(),))
        assert sorted(found) == [1, 2, 3]
        assert found[2].value == "ab" * 64
        assert isinstance(found[2].proof, NistProof)

    def test_another_round(self) -> None:
        """RELAY-2: another round is refused, with the address of the promised one."""
        with pytest.raises(InputError, match="this is round 7, promised was 30921130") as caught:
            match_answers((drand(),), (relayed(round=7),), ())
        assert round_address(drand()) in str(caught.value.hint)

    def test_nobody_promised_it(self) -> None:
        """RELAY-2: a round for a draw without drand, and another pulse, are refused."""
        with pytest.raises(InputError, match="promised no drand round"):
            match_answers((dice(),), (relayed(),), ())
        for changes in ({"pulseIndex": 1}, {"chainIndex": 2}):
            with pytest.raises(InputError, match="which this draw has not promised"):
                match_answers((nist(),), (), (pulse(**changes),))
        with pytest.raises(InputError, match="not JSON"):
            match_answers((nist(),), (), (PublishedPulse(record="{", certificate="", file="p"),))


def test_the_first_round_is_the_first_at_or_after_a_time() -> None:
    """DRAND-4: for every second about the genesis and long after it, no earlier round is at or after the time, and this one is."""
    network = NETWORKS[QUICKNET]
    for number in (1, 2, 3, 1000, 30921130):
        for seconds in range(-4, 5):
            at = opened_at(network, number).timestamp() + seconds
            text = opened_at(network, number).replace(microsecond=0).fromtimestamp(at, tz=opened_at(network, 1).tzinfo)
            found = first_round(network, text.isoformat())
            assert opened_at(network, found).timestamp() >= at
            assert found == 1 or opened_at(network, found - 1).timestamp() < at
