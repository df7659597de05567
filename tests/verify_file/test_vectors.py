"""The one-file verifier on every vector of the protocol."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.cheats import cheat
from tests.oracle import judge
from tests.oracle_form import Refused
from tests.random_draws import Chance, files_of, first_draw, supplement
from tests.verify_file.program import BEYOND, VECTORS, first_mismatch, program, read_folder, verdicts, write_folder

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: str) -> list[str]:
    """Name the vectors of a folder."""
    return sorted(path.name for path in (VECTORS / folder).iterdir() if path.is_dir())


@pytest.mark.parametrize("name", names("draw"))
def test_honest_vector_is_verified(name: str) -> None:
    """Each check of an honest draw is VERIFIED, but for the proof of a beacon, which is NOT CHECKED."""
    found = verdicts(VECTORS / "draw" / name)
    kinds = {of["kind"] for of in json.loads((VECTORS / "draw" / name / "commitment.json").read_bytes())["sources"]}
    unsure = {"SEED-2"} if kinds & {"drand", "nist"} else set()
    assert {id for id, verdict in found.items() if verdict != "VERIFIED"} == {*BEYOND} | unsure
    assert "MISMATCH" not in found.values()
    assert ("AMEND-1" in found) == name.startswith("supplement")


@pytest.mark.parametrize("name", names("draw-tampered"))
def test_tampered_vector_is_a_mismatch(name: str, tmp_path: Path) -> None:
    """The first MISMATCH of a tampered draw is the check that the vector names."""
    path = write_folder(tmp_path, read_folder(VECTORS / "draw-tampered" / name))
    assert first_mismatch(path) == (VECTORS / "draw-tampered" / name / "expect.txt").read_text().strip()


@pytest.mark.parametrize("name", names("draw-refused"))
def test_refused_vector_is_refused(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A draw that breaks a form gets no verdicts, exit status 3, and one line that names the member."""
    path = write_folder(tmp_path, read_folder(VECTORS / "draw-refused" / name))
    assert program.main([str(path)]) == 3
    shown = capsys.readouterr().out
    assert shown.count("\n") == 1
    assert ".json" in shown


def test_zip_and_folder_agree(tmp_path: Path) -> None:
    """A zip file is judged as the folder that it was made of."""
    folder = VECTORS / "draw" / "supplement"
    with ZipFile(tmp_path / "bundle.zip", "w", ZIP_DEFLATED) as archive:
        for name, data in read_folder(folder).items():
            archive.writestr(name, data)
        archive.mkdir("log")
        archive.writestr("log/1/entry.json", b"{}")
        archive.writestr("README.txt", "说明")
    assert verdicts(tmp_path / "bundle.zip") == verdicts(folder)


def test_missing_amended_draw_is_not_checked(tmp_path: Path) -> None:
    """A supplement without the draw that it amends is NOT CHECKED at AMEND-1, and the exit status says so."""
    members = read_folder(VECTORS / "draw" / "supplement")
    path = write_folder(tmp_path, {name: data for name, data in members.items() if "amends/" not in name})
    assert verdicts(path)["AMEND-1"] == "NOT CHECKED"
    assert program.main([str(path)]) == 7


@pytest.mark.parametrize("depth", [1, 2])
def test_fault_anywhere_below_is_a_mismatch_of_the_supplement(depth: int, tmp_path: Path) -> None:
    """A chain with a draw that is refused or has a MISMATCH, at whatever depth, has a MISMATCH at its top."""
    members = read_folder(VECTORS / "draw" / "supplement-of-supplement")
    name = "amends/" * depth + "result.json"
    for number, pattern in enumerate((rb'(?<="protocol"):()', rb'(?<="seed":")()..')):
        data = re.sub(pattern, b": " if number == 0 else b"00", members[name])
        path = write_folder(tmp_path / str(number), {**members, name: data})
        assert verdicts(path)["AMEND-1"] == "MISMATCH"


def test_amends_of_a_first_draw_are_refused(tmp_path: Path) -> None:
    """A bundle cannot hold an amended draw that its commitment does not amend."""
    tiny = read_folder(VECTORS / "draw" / "tiny")
    path = write_folder(tmp_path, {**tiny, **{f"amends/{name}": data for name, data in tiny.items()}})
    assert "amends nothing" in verdicts(path)["refused"]


@pytest.mark.parametrize("block", range(4))
def test_draws_and_cheats_are_judged_as_the_page_says(block: int) -> None:
    """On draws made at random and on cheats on them, each verdict is that of another reading of the page."""
    for number in range(5 * block, 5 * block + 5):
        chance = Chance(f"one file {number}")
        chain = [first_draw(chance)]
        while len(chain) < 4 and chance.often(60) and (more := supplement(chance, chain)):
            chain.append(more)
        for what, files in [("honest", files_of(chain)), *(cheat(chance, chain) for _ in range(6))]:
            try:
                expected = judge(files)
            except Refused:
                expected = {}
            try:
                report, _ = program.verify_bundle(program.gather(iter(files.items())))
                found = {id: of["verdict"] for id, of in report.items() if id not in BEYOND}
            except program.Refused:
                found = {}
            assert found == {id: str(verdict) for id, verdict in expected.items()}, (number, what)


def test_company_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """A company's row, ticket, place in each stratum and visit are shown; also those of one left out, and of a stranger."""
    tiny = str(VECTORS / "draw" / "tiny")
    assert program.main([tiny, "--entity", "320281000000011"]) == 0
    shown = capsys.readouterr().out
    assert "entities.jsonl, row 1" in shown
    assert "03c1e758b3bd8030ba07c9e95c05b2f47ea2fa054fd0c08ffa5e7ab2fa694416" in shown
    assert "labour A类: place 1 of 3, 1 are drawn: drawn" in shown
    assert '"day": "2026-12-04"' in shown
    assert program.main([tiny, "--entity", "企独苏总字第00002号"]) == 0
    assert "not drawn" in capsys.readouterr().out
    assert program.main([tiny, "--entity", "91320281396030627F"]) == 0
    assert "excluded: " in capsys.readouterr().out
    assert program.main([tiny, "--entity", "nobody"]) == 0
    assert "it is not in the frame" in capsys.readouterr().out


def test_answer_as_data(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --json, the checks come with their verdicts and what was expected and found; a refusal as well is data."""
    shutil.copytree(VECTORS / "draw-tampered" / "day-moved", tmp_path / "bundle")
    assert program.main([str(tmp_path / "bundle"), "--json"]) == 3
    assert "expect.txt" in json.loads(capsys.readouterr().out)["refused"]
    (tmp_path / "bundle" / "expect.txt").unlink()
    assert program.main([str(tmp_path / "bundle"), "--json"]) == 6
    found = json.loads(capsys.readouterr().out)
    check = next(of for of in found["checks"] if of["id"] == "VISIT-1")
    assert check["verdict"] == "MISMATCH"
    assert check["expected"]["day"] != check["found"]["day"]
    assert found["commitment"] == json.loads((tmp_path / "bundle" / "result.json").read_bytes())["commitment"]
