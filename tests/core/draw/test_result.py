"""Results: read back as written, and refused where a key is missing, wrong or unknown."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.result import parse_result, render_result, result_digest
from inspect_cli.errors import InputError
from tests.core.draw.builders import folders

if TYPE_CHECKING:
    from pathlib import Path

TIGHT = next(folder for folder in folders("draw") if folder.name == "tight")
GOOD = json.loads((TIGHT / "result.json").read_bytes())
OPEN = next(visit for visit in GOOD["visits"] if "open" in visit)
STAFFED = next(visit for visit in GOOD["visits"] if "expert" in visit)


@pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
def test_round_trip(folder: Path) -> None:
    """RESULT-1: the result of every vector is read and written back to the byte; its digest is that of the file."""
    data = (folder / "result.json").read_bytes()
    assert render_result(parse_result(data)) == data
    assert result_digest(parse_result(data)) == hashlib.sha256(data).hexdigest()


class TestRules:
    """RESULT-1: the keys of a result, no others, each of its type."""

    @pytest.mark.parametrize("key", GOOD)
    def test_every_key_is_wanted(self, key: str) -> None:
        """A result without one of its keys is refused."""
        with pytest.raises(InputError, match="missing"):
            parse_result(render_canonical({other: value for other, value in GOOD.items() if other != key}))

    @pytest.mark.parametrize(
        "changes",
        [
            {"note": "trust me"},
            {"protocol": "draw-v2"},
            {"commitment": "x"},
            {"seed": "0F" * 32},
            {"entropy": {}},
            {"selection": [GOOD["selection"][0] | {"rank": 1}]},
            {"selection": [{"entity": "E1", "drawn": []}]},
            {"selection": [GOOD["selection"][0] | {"ticket": "x"}]},
            {"selection": [GOOD["selection"][0] | {"drawn": "safety"}]},
            {"visits": [OPEN | {"open": "no wish"}]},
            {"visits": [OPEN | {"day": "2026-12-01"}]},
            {"visits": [OPEN | {"team": []}]},
            {"visits": [STAFFED | {"day": "2026-12-32"}]},
            {"visits": [STAFFED | {"leader": "R001"}]},
            {"visits": [STAFFED | {"team": ["R 1"]}]},
            {"visits": [STAFFED | {"expert": 1}]},
            {"visits": [{key: value for key, value in STAFFED.items() if key != "team"}]},
            {"visits": [{key: value for key, value in STAFFED.items() if key != "day"}]},
            {"visits": [{key: value for key, value in OPEN.items() if key != "domains"}]},
        ],
        ids=lambda changes: str(changes)[:60],
    )
    def test_one_change_refuses_it(self, changes: dict[str, object]) -> None:
        """A key of another type or form, or one that nobody knows, refuses the result."""
        with pytest.raises(InputError):
            parse_result(render_canonical(GOOD | changes))

    def test_lists_may_be_empty_and_in_any_order(self) -> None:
        """What follows and in which order is for the checks to say, not for the shape."""
        parse_result(render_canonical(GOOD | {"selection": [], "visits": []}))
        parse_result(render_canonical(GOOD | {"selection": GOOD["selection"][::-1], "visits": GOOD["visits"] * 2}))
