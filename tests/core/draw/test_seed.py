"""Values of the sources, their proofs as far as plain hashing goes, and the seed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.fields import parse_object
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.seed import (
    DrandProof,
    Entropy,
    NistProof,
    answer_fault,
    entropy_values,
    parse_entropy,
    parse_value,
    require_entropy,
    seal_text,
    seed_of,
)
from inspect_cli.errors import InputError
from tests.core.draw.builders import LINE, VECTORS, dice, drand, folders, lottery, nist, text

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.draw.promise import Promise

ZONES = parse_result((VECTORS / "draw" / "zones" / "result.json").read_bytes())
ROUND = ZONES.entropy[1]
OUTPUT = "0f" * 64


def pulse(**changes: object) -> str:
    """Write a pulse as it is published, with a value of our own."""
    fields: dict[str, object] = {"chainIndex": 1, "pulseIndex": 54610, "timeStamp": "2018-08-30T17:44:00.000Z"}
    return json.dumps({"pulse": fields | {"outputValue": OUTPUT.upper()} | changes}, indent=1)


def nist_entry(record: str, value: str = OUTPUT) -> Entropy:
    """Build the entry of a pulse."""
    return Entropy(promise=nist(), value=value, proof=NistProof(pulse_record=record, certificate="PEM"))


class TestEntries:
    """SOURCE-5: an entry repeats its promise and adds value and proof, and nothing else."""

    @pytest.mark.parametrize(
        "entry",
        [
            Entropy(promise=text(), value=LINE),
            Entropy(promise=dice(), value="0123456789"),
            Entropy(promise=lottery(), value="1./2./3./"),
            Entropy(promise=drand(), value="00" * 32, proof=DrandProof(signature="00")),
            Entropy(promise=drand(), value="00" * 32, proof=DrandProof(signature="00", previous_signature="01")),
            nist_entry(pulse()),
        ],
        ids=str,
    )
    def test_round_trip(self, entry: Entropy) -> None:
        """What was read is what was written; and no key can be added or, but the signature before, left out."""
        values = entropy_values(entry)

        def read(values: dict[str, object]) -> Entropy:
            return parse_entropy(parse_object(render_canonical(values), "result.json"))

        assert read(values) == entry
        with pytest.raises(InputError):
            read(values | {"note": "trust me"})
        for key in set(values) - {"previous_signature"}:
            with pytest.raises(InputError):
                read({other: value for other, value in values.items() if other != key})

    def test_answers(self) -> None:
        """Entries answer the promises one for one, in order, key for key."""
        entries = (Entropy(promise=text(), value=LINE), Entropy(promise=dice(), value="0123456789"))
        assert answer_fault((text(), dice()), entries) is None
        assert "2 values answer 1 promises" in str(answer_fault((text(),), entries))
        assert "promised was dice" in str(answer_fault((dice(), text()), entries))
        assert "count of ten dice: promised was 9" in str(answer_fault((text(), dice(count=9)), entries))
        assert "at of a witness" in str(answer_fault((text(at="2026-11-29T17:00:01+08:00"), dice()), entries))


GOOD: list[tuple[Promise, str]] = [
    (text(), LINE),
    (text("x"), "x"),
    (text("企" * 200), "企" * 200),
    (text("a  b"), "a  b"),
    (dice(), "0123456789"),
    (dice(count=3, sides=9), "199"),
    (dice(count=3, sides=2), "121"),
    (lottery(), "9319./2.5.8.10.12./9.18.26.34.41.45./"),
    (lottery(), "0./7.7.7./10./"),
    (lottery(groups=("one",)), f"1{chr(48) * 9000}./"),
    (drand(), "0f" * 32),
    (nist(), OUTPUT),
]
BAD: list[tuple[Promise, str, str]] = [
    (text(), LINE + "x", "this is not the text that a witness sealed"),
    (text(""), "", "0 characters"),
    (text("x" * 201), "x" * 201, "201 characters"),
    (text(" x"), " x", "begins or ends with a space"),
    (text("x\u3000"), "x\u3000", "begins or ends with a space"),
    (text("a\nb"), "a\nb", "control or invisible"),
    (text("a\u200bb"), "a\u200bb", "control or invisible"),
    (text("a\u2028b"), "a\u2028b", "control or invisible"),
    (text("a\u2029b"), "a\u2029b", "control or invisible"),
    (text("e\u0301"), "e\u0301", "NFC"),
    (dice(), "012345678", "9 characters for 10 dice"),
    (dice(), "0123456789 ", "11 characters for 10 dice"),
    (dice(), "012345678x", "die 10 shows x"),
    (dice(), "012345678９", "die 10 shows"),
    (dice(count=2, sides=6), "07", "die 1 shows 0"),
    (dice(count=2, sides=6), "17", "die 2 shows 7"),
    (lottery(), "", "one slash after each of 3 groups"),
    (lottery(), "1./2./", "one slash after each of 3 groups"),
    (lottery(), "1./2./3./4./", "one slash after each of 3 groups"),
    (lottery(), "1./2./3.", "one slash after each of 3 groups"),
    (lottery(), "1./2./3./x", "one slash after each of 3 groups"),
    (lottery(), "/2./3./", "numbers of serial are not"),
    (lottery(), "1./2./3/", "numbers of red are not"),
    (lottery(), "1./02./3./", "numbers of blue are not"),
    (lottery(), "1./2..3./3./", "numbers of blue are not"),
    (lottery(), "1./２./3./", "numbers of blue are not"),
    (lottery(), "1./10.9./3./", "numbers of blue do not ascend"),
    (drand(), "0F" * 32, "64 lower-case hex digits"),
    (drand(), "0f" * 31, "64 lower-case hex digits"),
    (nist(), OUTPUT[:-1], "128 lower-case hex digits"),
    (nist(), OUTPUT.upper(), "128 lower-case hex digits"),
]


class TestValues:
    """SOURCE-6: each kind's value has one form, and whatever is typed is taken as it is or refused with what to do."""

    @pytest.mark.parametrize(("promise", "value"), GOOD, ids=lambda value: str(value)[:30])
    def test_good(self, promise: Promise, value: str) -> None:
        """A value of its kind's form is taken as it is."""
        assert parse_value(promise, value) == value

    @pytest.mark.parametrize(("promise", "value", "what"), BAD, ids=lambda value: ascii(value)[:30])
    def test_bad(self, promise: Promise, value: str, what: str) -> None:
        """A value of another form is refused, and the refusal says what the form is."""
        with pytest.raises(InputError) as caught:
            parse_value(promise, value)
        assert what in str(caught.value)
        assert caught.value.hint is not None

    @given(st.integers(2, 10), st.text("0123456789", min_size=1, max_size=8))
    def test_dice_by_definition(self, sides: int, value: str) -> None:
        """Dice of ten sides show 0 to 9, others 1 to their number of sides."""
        possible = {str(face % 10) for face in range(1, sides + 1)}
        promise = dice(count=len(value), sides=sides)
        if set(value) <= possible:
            assert parse_value(promise, value) == value
        else:
            with pytest.raises(InputError):
                parse_value(promise, value)

    def test_the_lottery_s_form_is_rfc_3797_s(self) -> None:
        """The key string of RFC 3797's example is a value, and its MD5 with the index around it is the RFC's."""
        example = json.loads((VECTORS / "rfc3797" / "extra-canonicalisation.json").read_bytes())
        key = example["rfc_example"]["key"]
        assert parse_value(lottery(), key) == key
        for index, expected in enumerate(example["digests_md5"]):
            mark = index.to_bytes(2, "big")
            assert hashlib.md5(mark + key.encode() + mark, usedforsecurity=False).hexdigest().upper() == expected

    def test_sealing(self) -> None:
        """A text is sealed by its SHA-256, and only when it can be opened later."""
        assert parse_value(text(digest=seal_text(LINE)), LINE) == LINE
        with pytest.raises(InputError):
            seal_text(" x")


class TestProofs:
    """SOURCE-6: value and proof agree as far as plain hashing can tell; the rest is left to a prover."""

    def test_a_real_round(self) -> None:
        """The value of a real drand round is the SHA-256 of its signature."""
        require_entropy(ROUND)

    @pytest.mark.parametrize(
        ("proof", "what"),
        [
            (DrandProof(signature="00"), "the randomness is"),
            (DrandProof(signature="0G"), "not lower-case hex"),
            (DrandProof(signature=""), "not lower-case hex"),
            (DrandProof(signature="000"), "not lower-case hex"),
            (None, "the proof of League of Entropy, quicknet is missing"),
        ],
        ids=str,
    )
    def test_a_wrong_round(self, proof: DrandProof | None, what: str) -> None:
        """A signature that is no hex, that gives another value, or that is missing is refused."""
        with pytest.raises(InputError, match=what):
            require_entropy(replace(ROUND, proof=proof))

    def test_the_signature_before_is_hex(self) -> None:
        """On chained networks the signature before has the same form."""
        assert isinstance(ROUND.proof, DrandProof)
        require_entropy(replace(ROUND, proof=replace(ROUND.proof, previous_signature="0f")))
        with pytest.raises(InputError, match="not lower-case hex"):
            require_entropy(replace(ROUND, proof=replace(ROUND.proof, previous_signature="x")))

    def test_a_pulse(self) -> None:
        """A pulse record with or without the object around it agrees with promise and value."""
        require_entropy(nist_entry(pulse()))
        require_entropy(nist_entry(json.dumps(json.loads(pulse())["pulse"])))

    @pytest.mark.parametrize(
        ("record", "what"),
        [
            (pulse(chainIndex=2), "another pulse or value"),
            (pulse(pulseIndex=54611), "another pulse or value"),
            (pulse(outputValue="00" * 64), "another pulse or value"),
            (pulse(outputValue=1), "another pulse or value"),
            (pulse(timeStamp="2018-08-30T17:45:00.000Z"), "not published at the announced time"),
            (pulse(timeStamp=None), "is not a time"),
            ("{", "not JSON"),
            ("[]", "not JSON"),
            ('{"pulse":[]}', "not JSON"),
            ("[" * 100_000, "not JSON"),
        ],
        ids=lambda value: value[-30:],
    )
    def test_a_wrong_pulse(self, record: str, what: str) -> None:
        """Another pulse, another value, another time, or no JSON is refused."""
        with pytest.raises(InputError, match=what):
            require_entropy(nist_entry(record))

    def test_a_value_of_a_wrong_form_comes_first(self) -> None:
        """No proof is looked at where the value has not its form."""
        with pytest.raises(InputError, match="9 characters for 10 dice"):
            require_entropy(Entropy(promise=dice(), value="012345678"))


class TestSeed:
    """SOURCE-7: the seed is the SHA-256 of lines that anybody can type."""

    @pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
    def test_vectors(self, folder: Path) -> None:
        """The seed of each vector follows from its commitment's bytes and its values."""
        result = parse_result((folder / "result.json").read_bytes())
        commitment = hashlib.sha256((folder / "commitment.json").read_bytes()).hexdigest()
        assert seed_of(commitment, result.entropy) == result.seed

    def test_by_hand(self) -> None:
        """The lines are the protocol's name, the commitment's digest, and kind and value of each source."""
        lines = f"draw-v1/seed\n{'0' * 64}\ntext:{LINE}\ndice:0123456789"
        entries = (Entropy(promise=text(), value=LINE), Entropy(promise=dice(), value="0123456789"))
        assert seed_of("0" * 64, entries) == hashlib.sha256(lines.encode()).hexdigest()
