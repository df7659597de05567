"""What an export writes, the import reads back: the same values, to the letter."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.errors import InputError
from inspect_cli.files.export.layouts import Wanted
from inspect_cli.files.export.table import Table, Written, write_table
from inspect_cli.files.intake.choices import ReadChoices
from tests.files.export.raw_sheets import REGISTRIES, Registry, raw_rows, write_raw
from tests.files.intake.files import BUREAU
from tests.random_draws import Chance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOUNS = tuple(REGISTRIES)


def take_in(registry: Registry, path: Path) -> tuple[Any, ...]:
    """Read a raw file as ``--partial`` would: what the registry could hold after it."""
    try:
        return tuple(registry.read(path, BUREAU, ReadChoices(partial=True)).values)
    except InputError:
        return ()


def export(registry: Registry, path: Path, values: Sequence[Any], language: str) -> Written:
    """Write values as an export does, private fields included."""
    wanted = Wanted(bureau=BUREAU, language=language, private=True)
    stream = BytesIO()
    written = write_table(stream, path, Table(layout=registry.lay_out(wanted), rows=values))
    path.write_bytes(stream.getvalue())
    return written


@pytest.mark.untraced
@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
class TestRoundTrip:
    """Whatever a registry took from a file, hostile cells included, comes back from its export as it is."""

    def test_values_come_back_as_they_are(self, noun: str, ending: str, tmp_path: Path) -> None:
        """In either language of headers and words: no value is told as lost, refused, or read otherwise."""
        registry, count = REGISTRIES[noun], 0
        for number in range(100 if ending == "csv" else 12):
            chance = Chance(f"export {noun} {number}")
            taken = take_in(registry, write_raw(tmp_path / "raw.csv", registry, raw_rows(registry, chance)))
            path = tmp_path / f"{number}.{ending}"
            written = export(registry, path, taken, chance.one(("zh", "en")))
            assert (written.rows, written.notices) == (len(taken), ()), number
            if taken:
                again = registry.read(path, BUREAU, ReadChoices())
                assert tuple(again.values) == taken, number
            count += len(taken)
        assert count > 20
