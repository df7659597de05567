"""``draw bundle`` and ``draw replay`` as they are typed."""

from __future__ import annotations

import json
import shutil
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from inspect_cli.files.verify_page import render_verify_page
from inspect_cli.resources import templates
from tests import small_month
from tests.core.draw.builders import folders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

DRAW = ["commitment.json", "entities.jsonl", "inspectors.jsonl", "excluded.jsonl", "result.json"]
MEMBERS = [*DRAW, "verify.py", "verify.html", "README.txt"]


@pytest.fixture
def drawn(tmp_path: Path, run_cli: Cli) -> Cli:
    """Give the command line in a folder with a draw that was run."""
    options = small_month.fill_folder(tmp_path)
    small_month.draw_month(small_month.open_folder(tmp_path))
    return lambda *words: run_cli(*options, *words)


def test_the_same_draw_gives_the_same_bytes(drawn: Cli, tmp_path: Path) -> None:
    """Two bundles of one draw are equal to the byte, hold the members and both verifiers, and name the commitment."""
    first, second = tmp_path / "one.zip", tmp_path / "two.zip"
    told = drawn("draw", "bundle", "2026-12/1", "-o", first)
    assert (told.status, told.out) == (0, "")
    assert drawn("draw", "bundle", "2026-12/1", "-o", second).status == 0
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == MEMBERS
        assert sha256(archive.read("commitment.json")).hexdigest() in told.err
        assert "inspect-cli verify" in archive.read("README.txt").decode()
        assert archive.read("verify.py") == (templates() / "verify" / "verify.py").read_bytes()
        assert archive.read("verify.html") == render_verify_page()
    assert f"inspect-cli verify {first}" in told.err


def test_a_bundle_never_takes_the_place_of_a_file(drawn: Cli, tmp_path: Path) -> None:
    """What is there already stays, unless --force is given; a folder that is not there is a mistake of usage."""
    target = tmp_path / "b.zip"
    target.write_text("mine")
    refused = drawn("draw", "bundle", "2026-12/1", "-o", target)
    assert (refused.status, target.read_text()) == (4, "mine")
    assert drawn("draw", "bundle", "2026-12/1", "-o", target, "--force").status == 0
    assert zipfile.is_zipfile(target)
    assert drawn("draw", "bundle", "2026-12/1", "-o", tmp_path / "nowhere" / "b.zip").status == 2
    assert drawn("draw", "bundle", "2026-12/1").status == 2


def test_the_bundle_holds_the_frozen_bytes(drawn: Cli, tmp_path: Path) -> None:
    """What is in the bundle is what the store froze, to the byte, whatever the registries say by now."""
    assert drawn("--as", small_month.OPERATOR, "entity", "retire", "E01", "--reason", "注销").status == 0
    drawn("draw", "bundle", "2026-12/1", "-o", tmp_path / "b.zip")
    shown = json.loads(drawn("draw", "show", "2026-12/1", "--json").out)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        rows = archive.read("entities.jsonl").splitlines()
        assert len(rows) == shown["frame"]["entities"]["count"] == 10
        assert sha256(archive.read("commitment.json")).hexdigest() == shown["commitment"]


@pytest.mark.parametrize("folder", folders("draw"), ids=lambda path: path.name)
def test_replay_reproduces_every_vector(run_cli: Cli, tmp_path: Path, folder: Path) -> None:
    """Drawing anew from commitment, rows and the result's seed values gives the vector's result.json, byte for byte."""
    told = run_cli("draw", "replay", folder, "-o", tmp_path / "result.json")
    assert (told.status, told.out) == (0, "")
    assert (tmp_path / "result.json").read_bytes() == (folder / "result.json").read_bytes()
    assert sha256((folder / "result.json").read_bytes()).hexdigest() in told.err


def test_replay_reads_no_more_of_the_result_than_its_seed_values(run_cli: Cli, tmp_path: Path) -> None:
    """Whoever empties selection, visits and seed of the result gets the same draw again."""
    (tiny,) = (folder for folder in folders("draw") if folder.name == "tiny")
    emptied = tmp_path / "emptied"
    shutil.copytree(tiny, emptied)
    result = json.loads((tiny / "result.json").read_bytes()) | {"selection": [], "visits": [], "seed": "0" * 64}
    text = json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (emptied / "result.json").write_bytes(text.encode())
    assert run_cli("draw", "replay", emptied, "-o", tmp_path / "result.json").status == 0
    assert (tmp_path / "result.json").read_bytes() == (tiny / "result.json").read_bytes()


def test_replay_from_a_zip_and_its_refusals(
    drawn: Cli, run_cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zip is replayed where there is neither store nor settings; another file that is there stays; what is no bundle is refused."""
    drawn("draw", "bundle", "2026-12/1", "-o", tmp_path / "b.zip")
    away = tmp_path / "away"
    away.mkdir()
    monkeypatch.chdir(away)
    assert run_cli("draw", "replay", tmp_path / "b.zip", "-o", "result.json").status == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert (away / "result.json").read_bytes() == archive.read("result.json")
    assert run_cli("draw", "replay", tmp_path / "b.zip", "-o", "result.json").status == 0
    (away / "result.json").write_text("mine")
    assert run_cli("draw", "replay", tmp_path / "b.zip", "-o", "result.json").status == 4
    assert run_cli("draw", "replay", tmp_path / "b.zip", "-o", "result.json", "--force").status == 0
    assert run_cli("draw", "replay", tmp_path / "inspect.toml", "-o", "other.json").status == 3
    assert [path.name for path in away.iterdir()] == ["result.json"]


@pytest.mark.parametrize("name", ["dice-too-few", "dice-changed", "entity-removed", "source-dropped", "quota-left-out"])
def test_replay_refuses_what_does_not_fit_together(run_cli: Cli, tmp_path: Path, name: str) -> None:
    """A value without its form, or rows that are not the quotas', is refused or gives another result; never a traceback."""
    (tampered,) = (folder for folder in folders("draw-tampered") if folder.name == name)
    copy = tmp_path / name
    shutil.copytree(tampered, copy, ignore=shutil.ignore_patterns("expect.txt"))
    told = run_cli("draw", "replay", copy, "-o", tmp_path / "result.json")
    if told.status == 0:
        assert (tmp_path / "result.json").read_bytes() != (copy / "result.json").read_bytes()
    else:
        assert (told.status, told.out, (tmp_path / "result.json").exists()) == (3, "", False)


def test_a_void_draw_says_so_in_its_bundle(drawn: Cli, tmp_path: Path) -> None:
    """No check can tell that a draw was voided: the screen says it, and so do the first words of the bundle's own README."""
    approval = ("--approver", small_month.APPROVER, "--reason", "wrong-file", "--yes")
    assert drawn("--as", small_month.OPERATOR, "draw", "void", "2026-12/1", *approval).status == 0
    told = drawn("draw", "bundle", "2026-12/1", "-o", tmp_path / "void.zip")
    assert told.status == 0
    assert "this draw is void: wrong-file" in told.err
    with zipfile.ZipFile(tmp_path / "void.zip") as archive:
        assert archive.read("README.txt").decode().startswith("本次抽取已作废 THIS DRAW IS VOID: wrong-file\n")
