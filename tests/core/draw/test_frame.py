"""The three lists of a frame beside each other and beside the commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.draw.commitment import Listing, parse_commitment
from inspect_cli.core.draw.frame import FrozenFrame, require_frame, seal_frame
from inspect_cli.core.draw.rows import RowRole, parse_entity_rows, parse_excluded_rows, parse_inspector_rows
from inspect_cli.core.draw.supplement.changes import Amends
from inspect_cli.errors import InputError, Position
from tests.core.draw.builders import commitment, entity, excluded, folders, frame, inspector

if TYPE_CHECKING:
    from pathlib import Path

SUPPLEMENT = Amends(result="0f" * 32, changes=())
EXPERT = inspector("X1", role=RowRole.EXPERT)


@pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
def test_vectors(folder: Path) -> None:
    """SEAL-1: counts and roots of rows that were read are those that every vector committed, and its lists fit."""
    lists = FrozenFrame(
        entities=parse_entity_rows((folder / "entities.jsonl").read_bytes()),
        inspectors=parse_inspector_rows((folder / "inspectors.jsonl").read_bytes()),
        excluded=parse_excluded_rows((folder / "excluded.jsonl").read_bytes()),
    )
    made = parse_commitment((folder / "commitment.json").read_bytes())
    assert seal_frame(lists) == made.frame
    require_frame(made, lists)


def test_a_list_of_nothing() -> None:
    """BYTES-5: no rows have the root of the empty text."""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert seal_frame(FrozenFrame(entities=(), inspectors=())).excluded == Listing(count=0, root=empty)


class TestDays:
    """ROWS-5: the days of every row are days of the commitment."""

    def test_entities(self) -> None:
        """An entity can have any of them, and no other."""
        require_frame(commitment(), frame([entity(days=("2026-12-01", "2026-12-07"))]))
        with pytest.raises(InputError, match="2026-12-05 is not a day of the commitment"):
            require_frame(commitment(), frame([entity(days=("2026-12-01", "2026-12-05"))]))

    def test_inspectors(self) -> None:
        """So can an inspector."""
        with pytest.raises(InputError, match="2026-12-05 is not a day of the commitment"):
            require_frame(commitment(), frame([], [inspector(days=("2026-12-05",))]))


class TestNamedPeople:
    """ROWS-6: only a supplement names people, each on the roster in their role, once, and none who bars the entity."""

    def test_a_first_draw_names_nobody(self) -> None:
        """Not even an empty team."""
        for row, key in ((entity(team=("R01",)), "team"), (entity(team=()), "team"), (entity(expert="X1"), "expert")):
            with pytest.raises(InputError, match="only a supplementary draw") as caught:
                require_frame(commitment(), frame([row], [inspector("R01"), EXPERT]))
            assert caught.value.where == Position(file="entities.jsonl", row=1, column=key)

    @pytest.mark.parametrize(
        ("row", "what", "key"),
        [
            (entity(team=("R01", "R02"), expert="X1"), None, None),
            (entity(team=()), None, None),
            (entity(team=("R01", "R01")), "twice, or more", "team"),
            (entity(team=("R01", "R02", "R03", "R04", "R05")), "twice, or more", "team"),
            (entity(team=("R09",)), "R09 is not on the roster as inspector", "team"),
            (entity(team=("X1",)), "X1 is not on the roster as inspector", "team"),
            (entity(team=("R01",), expert="R01"), "R01 is not on the roster as expert", "expert"),
            (entity(team=("R06",)), "R06 must not visit this entity", "team"),
            (entity(team=("R01",), expert="X2"), "X2 must not visit this entity", "expert"),
        ],
        ids=str,
    )
    def test_a_supplement(self, row: object, what: str | None, key: str | None) -> None:
        """Each broken rule refuses the row, and names the key that breaks it."""
        people = [inspector(f"R0{number}") for number in range(1, 6)]
        barring = [inspector("R06", barred=("E01",)), inspector("X2", role=RowRole.EXPERT, barred=("E01",))]
        lists = frame([row], [*people, *barring, EXPERT])  # type: ignore[list-item]  # what pytest hands over
        if what is None:
            require_frame(commitment(amends=SUPPLEMENT), lists)
        else:
            with pytest.raises(InputError, match=what) as caught:
                require_frame(commitment(amends=SUPPLEMENT), lists)
            assert caught.value.where is not None
            assert caught.value.where == Position(file="entities.jsonl", row=1, column=key)


class TestExcluded:
    """ROWS-7: nothing is both excluded and in the frame."""

    @pytest.mark.parametrize(
        ("out", "what"),
        [
            (excluded("E99"), None),
            (excluded("E01", domain="health"), None),
            (excluded("E01"), "E01 is both excluded and in the frame"),
            (excluded("E01", domain="safety"), "the domain safety of E01 is not left out"),
            (excluded("E99", domain="health"), "the domain health of E99 is not left out"),
        ],
        ids=str,
    )
    def test_rows(self, out: object, what: str | None) -> None:
        """An entity is in or out; a domain is left out of a row that is in, and has it not."""
        lists = frame([entity("E01", "safety")], out=[out])  # type: ignore[list-item]  # what pytest hands over
        if what is None:
            require_frame(commitment(), lists)
        else:
            with pytest.raises(InputError, match=what):
                require_frame(commitment(), lists)
