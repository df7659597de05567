"""``verify --since`` as it is typed: both bundles' checks, the differences, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from inspect_cli.files.bundle import read_bundle, write_bundle
from tests.core.draw import builders
from tests.core.verify.test_since import chance_pair
from tests.random_draws import Chance, files_of, finished

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

DRAWS = builders.VECTORS / "draw"
TINY, TOWN = DRAWS / "tiny", DRAWS / "township"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Write two draws that share companies and people, the old one first."""
    draws = chance_pair(Chance("since 5"))
    paths = (tmp_path / "old.zip", tmp_path / "new.zip")
    for path, draw in zip(paths, draws, strict=True):
        write_bundle(path, files_of([draw]))
    return paths


def test_the_differences_as_data(run_cli: Cli, pair: tuple[Path, Path]) -> None:
    """The new bundle's report stands as without ``--since``, the old one's beside it, and every difference whole."""
    old, new = pair
    told = run_cli("verify", new, "--since", old, "--json")
    data = json.loads(told.out)
    assert (told.status, list(data)) == (0, ["format", "checks", "level", "values", "questions", "old", "since"])
    alone = json.loads(run_cli("verify", old, "--json").out)
    assert data["old"] == {key: alone[key] for key in ("checks", "level", "values", "questions")}
    before, after = (
        {json.loads(line)["id"]: json.loads(line) for line in read_bundle(path)["entities.jsonl"].splitlines()}
        for path in pair
    )
    since = data["since"]
    assert {one["id"] for one in since["left"]} == set(before) - set(after)
    assert {one["id"] for one in since["entered"]} == set(after) - set(before)
    for change in since["entities"]:
        assert change["before"]["strata"] == before[change["id"]]["strata"]
        assert change["after"]["zone"] == after[change["id"]].get("zone")
    count = sum(len(one["changed"]) for one in since["entities"]) + len(since["left"]) + len(since["entered"])
    assert (since["changes"], since["changes_of_undrawn"] <= count) == (count, True)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", range(5))
def test_the_differences_on_the_screen(run_cli: Cli, tmp_path: Path, language: str, number: int) -> None:
    """Every company that left or entered stands in the table, and no Chinese sentence has English words of ours."""
    old, new = chance_pair(Chance(f"since {number}"))
    for name, draw in (("old.zip", old), ("new.zip", new)):
        write_bundle(tmp_path / name, files_of([draw]))
    told = run_cli("--lang", language, "verify", tmp_path / "new.zip", "--since", tmp_path / "old.zip", "--all")
    assert (told.status, told.err) == (0, "")
    text = told.out[told.out.rindex("2026-12/1") :]
    ids = {row["id"] for row in old["entities"]} ^ {row["id"] for row in new["entities"]}
    assert [one for one in ids if one not in text] == []
    if language == "zh":
        ours = r"environment|health|labour|safety|north|source|dice|text|lottery|applicable|drawn|groups"
        assert re.findall("[a-z]{4,}", re.sub(ours, "", text)) == []


def test_long_lists_are_cut(run_cli: Cli) -> None:
    """Of each list stand the first 20 and how many more there are; with --all everything."""
    gone = len((TOWN / "entities.jsonl").read_bytes().splitlines())
    cut = run_cli("--lang", "en", "verify", TINY, "--since", TOWN).out
    assert cut.count("left the frame") == 20 < gone
    assert "more: --all shows them" in cut
    whole = run_cli("--lang", "en", "verify", TINY, "--since", TOWN, "--all").out
    assert whole.count("left the frame") == gone
    assert "--all shows them" not in whole


def test_a_mismatch_decides(run_cli: Cli, tmp_path: Path) -> None:
    """A tampered bundle on either side is told with its checks, nothing is compared, and the status is 6."""
    folder = builders.VECTORS / "draw-tampered" / "day-moved"
    bad = shutil.copytree(folder, tmp_path / "bad", ignore=shutil.ignore_patterns("expect.txt"))
    for paths in ((bad, "--since", TINY), (TINY, "--since", bad)):
        told = run_cli("--lang", "en", "verify", *paths)
        assert told.status == 6
        assert "The two draws are not compared" in told.out
        data = json.loads(run_cli("verify", *paths, "--json").out)
        assert data["since"] is None
        verdicts = [check["verdict"] for check in (*data["checks"], *data["old"]["checks"])]
        assert "MISMATCH" in verdicts


def test_what_is_refused(run_cli: Cli, tmp_path: Path) -> None:
    """The same draw twice, a file that is no whole bundle, and --all alone are refused with what to do; nothing is on stdout."""
    receipt = tmp_path / "broken.zip"
    receipt.write_bytes(b"PK")
    for status, words in (
        (3, (TINY, "--since", TINY)),
        (3, (TINY, "--since", receipt)),
        (2, (TINY, "--all")),
    ):
        for more in ((), ("--json",)):
            told = run_cli("--lang", "en", "verify", *words, *more)
            assert (told.status, told.out) == (status, "")


def test_two_bureaus_are_told(run_cli: Cli, tmp_path: Path) -> None:
    """Draws of two bureaus are compared, and it is said whose they are, whatever their names hold."""
    old, new = chance_pair(Chance("since 3"))
    new = finished(Chance("bureau"), {**new, "commitment": {**new["commitment"], "bureau": "[/red]局"}})
    for name, draw in (("old.zip", old), ("new.zip", new)):
        write_bundle(tmp_path / name, files_of([draw]))
    told = run_cli("--lang", "en", "verify", tmp_path / "new.zip", "--since", tmp_path / "old.zip")
    assert f"The draws are of two bureaus: {old['commitment']['bureau']}, [/red]局" in told.out


def test_nothing_changed(run_cli: Cli, tmp_path: Path) -> None:
    """A later draw from the same registry has no table, and the count of no changes."""
    old, _new = chance_pair(Chance("since 3"))
    new = finished(Chance("again"), {**old, "commitment": {**old["commitment"], "slot": "2026-12/2"}})
    for name, draw in (("old.zip", old), ("new.zip", new)):
        write_bundle(tmp_path / name, files_of([draw]))
    told = run_cli("--lang", "en", "verify", tmp_path / "new.zip", "--since", tmp_path / "old.zip")
    end = told.out[told.out.index("From draw ") :].splitlines()
    count = "Of the 0 changes of companies 0 touch companies that neither draw drew."
    assert (told.status, end) == (0, ["From draw 2026-12/1 to draw 2026-12/2", "", count])


def test_disclosures_are_not_compared(run_cli: Cli, tmp_path: Path) -> None:
    """A public bundle and a receipt have no whole frame: they are refused on either side."""
    public, receipt = tmp_path / "public.zip", tmp_path / "receipt.json"
    write_bundle(public, {"commitment.json": (TINY / "commitment.json").read_bytes(), "disclosure.json": b"{}"})
    receipt.write_bytes(b'{"format":"receipt-v1"}')
    for path in (public, receipt):
        for words in ((path, "--since", TINY), (TINY, "--since", path)):
            told = run_cli("--lang", "en", "verify", *words)
            assert (told.status, "it cannot be compared" in told.err) == (3, True)


def test_a_level_of_both(run_cli: Cli, pair: tuple[Path, Path]) -> None:
    """A level that is asked for is asked of both bundles."""
    old, new = pair
    assert run_cli("verify", new, "--since", old, "--level", "0").status == 0
    assert run_cli("verify", new, "--since", old, "--level", "1").status == 7
