"""QUESTION-1: what a person should ask about the sources of a seed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.draw.seed import Entropy, NistProof
from inspect_cli.core.verify.questions import find_questions
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.files.bundle import read_bundle
from tests.core.draw.builders import dice, drand, nist, text

if TYPE_CHECKING:
    from inspect_cli.core.draw.promise import Promise

VECTORS = Path(__file__).parent.parent.parent / "vectors"
RECORD = (VECTORS / "nist-beacon-2.0/pulse-chain1-54610.json").read_text("utf-8")
TINY = parse_draw(members_of(read_bundle(VECTORS / "draw/tiny")))


def asked(*sources: Promise) -> list[str]:
    """Give the questions about a draw with these sources."""
    draw = replace(TINY, commitment=replace(TINY.commitment, sources=sources))
    return [str(one) for one in find_questions(draw).weaknesses]


def test_weak_and_own_sources() -> None:
    """CHANCE-2, CHANCE-3: few bits, and sources that are all the bureau's, are asked about; a beacon's round is not."""
    weak, own = asked(text(), dice(count=5))
    assert "hold 16 bits" in weak
    assert "own hands" in own
    assert asked(text(), drand()) == []


@pytest.mark.parametrize(
    ("record", "count"),
    [
        (RECORD, 0),
        (json.dumps(json.loads(RECORD)["pulse"] | {"statusCode": 1}), 1),
        ("{}", 0),
        ("no JSON", 0),
    ],
)
def test_a_pulse_out_of_order(record: str, count: int) -> None:
    """NIST-4: a status that the beacon gave its pulse is asked about; what is no pulse is SEED-2's matter."""
    proof = NistProof(pulse_record=record, certificate="")
    entry, beacon = Entropy(promise=nist(), value="", proof=proof), Entropy(promise=drand(), value="")
    draw = replace(
        TINY,
        commitment=replace(TINY.commitment, sources=(nist(),)),
        result=replace(TINY.result, entropy=(entry, beacon)),
    )
    found = [str(one) for one in find_questions(draw).weaknesses]
    assert found == ["the beacon gives the pulse of NIST the status 1"] * count
