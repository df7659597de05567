"""The draw as a whole: every vector reproduced to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.outcome import draw
from inspect_cli.core.draw.result import parse_result, render_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_inspector_rows
from tests.core.draw.builders import folders

if TYPE_CHECKING:
    from pathlib import Path

EVERY = sorted({path.parent for folder in folders("draw") for path in folder.rglob("result.json")})


@pytest.mark.parametrize("folder", EVERY, ids=lambda path: path.as_posix().partition("vectors/draw/")[2])
def test_vectors_to_the_byte(folder: Path) -> None:
    """DRAW-6: commitment, rows and entropy of each vector, and of each draw that one amends, give its result's bytes."""
    committed = parse_commitment((folder / "commitment.json").read_bytes())
    entities = parse_entity_rows((folder / "entities.jsonl").read_bytes())
    inspectors = parse_inspector_rows((folder / "inspectors.jsonl").read_bytes())
    expected = (folder / "result.json").read_bytes()
    assert render_result(draw(committed, entities, inspectors, parse_result(expected).entropy)) == expected
