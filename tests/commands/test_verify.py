"""``verify`` as it is typed: what it says, how it ends, and what it needs for that."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from hashlib import shake_256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.verify.report import CheckId
from inspect_cli.files.bundle import read_bundle, write_bundle
from tests.core.draw import builders

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

DRAW = ["COMMIT-1", "FRAME-1", "SEED-1", "SEED-2", "SEED-3", "SELECT-1", "VISIT-1"]
EVIDENCE = ["SIGN-1", "ORDER-1"]
TINY = builders.VECTORS / "draw" / "tiny"
VERDICTS = {"VERIFIED", "MISMATCH", "NOT CHECKED"}


def _copy(folder: Path, to: Path) -> Path:
    """Copy a vector without the file that says what is to be expected, for a bundle holds nothing else."""
    return Path(shutil.copytree(folder, to / folder.name, ignore=shutil.ignore_patterns("expect.txt")))


def _data(outcome: Outcome) -> dict[str, Any]:
    """Read the report, which has exactly the shape that is documented."""
    data: dict[str, Any] = json.loads(outcome.out)
    assert list(data) == ["format", "checks", "level", "values", "questions"]
    assert data["format"] == "bundle-v1"
    assert all(list(check) == ["id", "verdict", "detail"] for check in data["checks"])
    assert {check["verdict"] for check in data["checks"]} <= VERDICTS
    assert all(isinstance(check["detail"], str) and check["detail"] for check in data["checks"])
    return data


@pytest.mark.parametrize("folder", builders.folders("draw"), ids=lambda path: path.name)
def test_every_draw_that_follows_is_verified(run_cli: Cli, folder: Path) -> None:
    """Each check up to AMEND-1 is VERIFIED, level 0; where a beacon's proof cannot be run here, it is said and status 7."""
    told = run_cli("verify", folder, "--json")
    data = _data(told)
    is_supplement = "amends" in json.loads((folder / "commitment.json").read_bytes())
    assert [check["id"] for check in data["checks"]] == [*DRAW, *(["AMEND-1"] if is_supplement else []), *EVIDENCE]
    verdicts = {check["id"]: check["verdict"] for check in data["checks"]}
    assert [verdicts.pop(check) for check in EVIDENCE] == ["NOT CHECKED"] * 2
    assert (told.status, data["level"], told.err) == (0, 0, "")
    assert set(verdicts.values()) == {"VERIFIED"}


@pytest.mark.parametrize("folder", builders.folders("draw-tampered"), ids=lambda path: path.name)
def test_every_tampered_draw_is_refused_by_its_check(run_cli: Cli, tmp_path: Path, folder: Path) -> None:
    """The first check that says MISMATCH is the one that the vector names; whatever rests on it is NOT CHECKED; status 6."""
    told = run_cli("verify", _copy(folder, tmp_path), "--json")
    data = _data(told)
    found = [check["id"] for check in data["checks"] if check["verdict"] == "MISMATCH"]
    assert found[0] == (folder / "expect.txt").read_text().strip()
    assert (told.status, data["level"]) == (6, -1)
    assert f"{len(found)} checks do not hold" in told.err


@pytest.mark.parametrize("folder", builders.folders("draw-refused"), ids=lambda path: path.name)
def test_every_draw_that_breaks_a_rule_is_refused_without_verdicts(run_cli: Cli, tmp_path: Path, folder: Path) -> None:
    """A bundle that is not one ends with status 3 and a message that says where; nothing is on stdout, as data or as text."""
    copy = _copy(folder, tmp_path)
    for options in ((), ("--json",), ("--level", "0")):
        told = run_cli("verify", copy, *options)
        assert (told.status, told.out) == (3, "")
        assert "Where: " in told.err
        assert not any(verdict in told.err for verdict in VERDICTS)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_level_that_is_not_reached(run_cli: Cli, level: int) -> None:
    """Whoever asks for evidence that the bundle does not have gets the same report, and status 7."""
    told = run_cli("verify", TINY, "--level", str(level), "--json")
    assert (told.status, _data(told)["level"]) == (7, 0)
    assert f"level {level} is not reached: the level found is 0" in told.err


@pytest.mark.parametrize("level", ["-1", "4", "one"])
def test_a_level_that_there_is_not(run_cli: Cli, level: str) -> None:
    """Levels are 0 to 3."""
    assert run_cli("verify", TINY, "--level", level).status == 2


def test_a_mismatch_weighs_more_than_a_level(run_cli: Cli, tmp_path: Path) -> None:
    """Where something does not hold the status is 6, whichever level was asked for."""
    copy = _copy(builders.VECTORS / "draw-tampered" / "day-moved", tmp_path)
    assert run_cli("verify", copy, "--level", "3").status == 6


def test_the_page_names_every_check_and_what_comes_next(run_cli: Cli) -> None:
    """On the screen stand the draw, the digest to compare, each check with what was found, the level, and what would raise it."""
    told = run_cli("verify", TINY)
    lines = told.out.splitlines()
    assert lines[0] == "Draw 2026-12/tiny of 示例镇综合行政执法局"
    heads = [line.split()[0] for line in lines if re.match(r"[A-Z]+-\d ", line)]
    assert heads == [*DRAW, *EVIDENCE]
    assert "Level 0: the draw follows from its commitment." in told.out
    assert "level 1 wants signatures" in told.out
    assert "Compare by eye" in told.out


def test_the_page_in_chinese(run_cli: Cli, tmp_path: Path) -> None:
    """Every sentence is Chinese, of good draws and of tampered ones; ids, verdicts and what the bureau wrote are what they are."""
    tampered = _copy(builders.VECTORS / "draw-tampered" / "day-moved", tmp_path)
    for folder in (TINY, tampered, builders.VECTORS / "draw" / "supplement"):
        told = run_cli("--lang", "zh", "verify", folder)
        text, _, further = told.out.partition("请与现场所见或他人公布的数值比对")
        questions = further.partition("以下各项无法由核验证明")[2]
        assert "级" in text
        assert (
            re.findall(
                "[a-z]{4,}", re.sub(r"2026-12/[a-z0-9/]+|[0-9a-f]{64}|labour|safety|environment|health", "", text)
            )
            == []
        )
        titles = questions.splitlines()[1].split() if questions else ["事项", "涉及", "详情"]
        assert titles == [*(["抽查任务"] if folder.name == "supplement" else []), "事项", "涉及", "详情"]
    for words in ("重新抽取", "缺勤", "新加入名录库", "全部抽取的名额"):
        assert words in questions


def test_what_no_check_can_prove_is_asked(run_cli: Cli) -> None:
    """Bars, quotas that take everybody, days of single rows, and every change of a supplement are listed as questions."""
    supplement = run_cli("verify", builders.VECTORS / "draw" / "supplement").out
    assert "No check can prove these; ask the bureau about them" in supplement
    assert "drawn again" in supplement
    assert "quota takes everybody" in supplement
    assert "barred from entities" in run_cli("verify", builders.VECTORS / "draw" / "tight").out
    assert "certain days only" in run_cli("verify", builders.VECTORS / "draw" / "rare-skill").out


def test_the_whole_chain_is_asked_about(run_cli: Cli, tmp_path: Path) -> None:
    """What each supplement of a chain named is listed with its slot, the latest first: nobody steers by several where one would show."""
    chain = builders.VECTORS / "draw" / "supplement-of-supplement"
    folders = (chain, chain / "amends", chain / "amends" / "amends")
    last, middle, first = (json.loads((folder / "commitment.json").read_bytes()) for folder in folders)
    assert "amends" not in first
    told = run_cli("verify", chain).out
    rows = [line.split() for line in told.splitlines() if "drawn again" in line]
    expected = [(one["slot"], change["entity"]) for one in (last, middle) for change in one["amends"]["changes"]]
    assert [(row[0], row[3]) for row in rows] == expected
    assert f"{first['slot']}  " in told
    # An amended draw that cannot be read is AMEND-1's matter, and ends the list.
    broken = _copy(chain, tmp_path)
    (broken / "amends" / "entities.jsonl").write_bytes(b"{}\n")
    told = run_cli("verify", broken).out
    assert re.search("^AMEND-1 +MISMATCH", told, re.MULTILINE)
    assert f"{middle['slot']}  " not in told.partition("No check can prove these")[2]


def test_what_is_asked_as_data(run_cli: Cli) -> None:
    """Every row that the screen lists is there for programs, with its slot, an id that no language changes, and whom it is about."""
    folder = builders.VECTORS / "draw" / "supplement"
    commitment, before = (json.loads((one / "commitment.json").read_bytes()) for one in (folder, folder / "amends"))
    expected = [(commitment["slot"], "change", one["entity"]) for one in commitment["amends"]["changes"]]
    expected += [(commitment["slot"], "absence", one["id"]) for one in commitment["amends"]["absent"]]
    expected += [(commitment["slot"], "addition", one["id"]) for one in commitment["amends"]["added"]]
    told = {
        language: _data(run_cli("--lang", language, "verify", folder, "--json"))["questions"]
        for language in ("en", "zh")
    }
    assert all(list(row) == ["slot", "question", "about", "detail"] for row in told["en"])
    rows = [(row["slot"], row["question"], row["about"]) for row in told["en"]]
    assert rows[: len(expected)] == expected
    assert rows == [(row["slot"], row["question"], row["about"]) for row in told["zh"]]
    full = [
        (one["slot"], "full-quota", f"{q['domain']} {q['stratum']}")
        for one in (commitment, before)
        for q in one["quotas"]
        if q["take"] == q["size"]
    ]
    assert [row for row in rows if row[1] == "full-quota"] == full
    reasons = {one["reason"] for one in commitment["amends"]["added"]}
    assert {row["detail"] for row in told["zh"] if row["question"] == "addition"} == reasons


def test_many_questions_are_counted(run_cli: Cli, tmp_path: Path) -> None:
    """Of a long list the first forty are shown, and how many more there are."""
    lists = builders.frame([builders.entity(f"E{number:03}", days=(builders.DAYS[0],)) for number in range(60)])
    folder = tmp_path / "b"
    folder.mkdir()
    for name, data in builders.members(builders.drawn(lists)).files.items():
        (folder / name).write_bytes(data)
    text = run_cli("verify", folder).out
    assert text.count("certain days only") == 39  # one question more: the quota takes everybody
    assert "… and 21 more" in text
    assert len(_data(run_cli("verify", folder, "--json"))["questions"]) == 63  # and two about the sources


def test_values_to_compare(run_cli: Cli) -> None:
    """What each source gave stands on the screen and in the data, of each draw of a chain, as the result has it: no check proves it."""
    folder = builders.VECTORS / "draw" / "supplement"
    expected = []
    for one in (folder, folder / "amends"):
        slot = json.loads((one / "commitment.json").read_bytes())["slot"]
        entropy = json.loads((one / "result.json").read_bytes())["entropy"]
        expected += [{"slot": slot} | {key: of[key] for key in ("kind", "name", "at", "value")} for of in entropy]
    assert _data(run_cli("verify", folder, "--json"))["values"] == expected
    told = run_cli("verify", folder).out.partition("Compare these with what was seen")[2]
    for entry in expected:
        assert entry["value"][:12] in told  # a long one goes on in the next line of its cell
        assert f"{entry['slot']}  " in told


class TestGarbage:
    """Whatever the file is, there is a message and no traceback."""

    @pytest.fixture
    def is_refused(self, run_cli: Cli) -> Callable[[Path], bool]:
        """Say whether a path is refused with status 3, a sentence on stderr and nothing on stdout, as data too."""

        def look(path: Path) -> bool:
            told = [run_cli("verify", path), run_cli("verify", path, "--json")]
            assert all("Error: " in one.err and "Traceback" not in one.err for one in told)
            return [(one.status, one.out) for one in told] == [(3, "")] * 2

        return look

    def test_what_is_no_bundle(self, is_refused: Callable[[Path], bool], tmp_path: Path) -> None:
        """Nothing, an empty file, an empty folder, random bytes, a text, and another zip are no bundles."""
        assert is_refused(tmp_path / "nothing")
        (tmp_path / "empty.zip").write_bytes(b"")
        (tmp_path / "folder").mkdir()
        (tmp_path / "random.zip").write_bytes(shake_256(b"any bytes").digest(20_000))
        (tmp_path / "text.zip").write_text("PK\x03\x04 is how a zip begins")
        with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
            archive.writestr("word/document.xml", "<xml/>")
        for name in ("empty.zip", "folder", "random.zip", "text.zip", "other.zip"):
            assert is_refused(tmp_path / name), name

    def test_a_folder_with_something_else_in_it(self, is_refused: Callable[[Path], bool], tmp_path: Path) -> None:
        """One file more than a bundle has, and it is none."""
        copy = _copy(TINY, tmp_path)
        (copy / "notes.txt").write_text("看过了")
        assert is_refused(copy)

    def test_a_member_that_is_missing(self, is_refused: Callable[[Path], bool], tmp_path: Path) -> None:
        """Each of the five members is needed."""
        for member in builders.read_members(TINY).files:
            copy = _copy(TINY, tmp_path / member)
            (copy / member).unlink()
            assert is_refused(copy)

    def test_a_zip_that_was_cut_off(self, is_refused: Callable[[Path], bool], tmp_path: Path) -> None:
        """A download that broke off, wherever it did, is told from a bundle."""
        write_bundle(tmp_path / "whole.zip", read_bundle(TINY))
        whole = (tmp_path / "whole.zip").read_bytes()
        for part in range(1, 16):
            (tmp_path / "part.zip").write_bytes(whole[: len(whole) * part // 16])
            assert is_refused(tmp_path / "part.zip")

    def test_a_byte_that_was_changed(self, run_cli: Cli, tmp_path: Path) -> None:
        """No changed bit of a member goes unseen: the file is refused; bits that only say when and how it was packed do no harm."""
        members = read_bundle(TINY)
        write_bundle(tmp_path / "whole.zip", members)
        whole = (tmp_path / "whole.zip").read_bytes()
        places = iter(shake_256(b"any places").digest(4 * 60))
        statuses = set()
        for place in zip(*[places] * 4, strict=True):
            changed = bytearray(whole)
            changed[int.from_bytes(place[:3], "big") % len(whole)] ^= 1 << place[3] % 8
            (tmp_path / "changed.zip").write_bytes(changed)
            told = run_cli("verify", tmp_path / "changed.zip", "--json")
            assert told.status == 3 or read_bundle(tmp_path / "changed.zip") == members
            statuses.add(told.status)
        assert 3 in statuses <= {0, 3}

    def test_text_instead_of_members(self, is_refused: Callable[[Path], bool], tmp_path: Path) -> None:
        """Members that are empty, no JSON, deeply nested, or of other keys are refused."""
        for number, data in enumerate(
            (b"", b"{", b"[" * 100_000, b"null", b"{}", b'{"protocol":"draw-v1"}', b"\xff\xfe")
        ):
            copy = _copy(TINY, tmp_path / str(number))
            (copy / "commitment.json").write_bytes(data)
            assert is_refused(copy)


def test_nothing_but_the_file_is_needed(tmp_path: Path) -> None:
    """In an empty folder, without store and settings, verify works, leaves nothing behind, and loads neither store nor database."""
    program = (
        "import sys\n"
        "from inspect_cli import cli\n"
        "status = cli.run(sys.argv[1:])\n"
        "loaded = [name for name in sys.modules if name.split('.')[0] in {'sqlmodel', 'sqlalchemy', 'alembic', 'psycopg', 'sqlite3'}]\n"
        "loaded += [name for name in sys.modules if name.startswith(('inspect_cli.storage', 'inspect_cli.acts'))]\n"
        "print(sorted(loaded), file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "verify", str(TINY), "--json"],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "PATH": "/usr/bin:/bin",
            "INSPECT_STORE": "sqlite:///nowhere/x.db",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert json.loads(done.stdout)["level"] == 0
    assert list(tmp_path.iterdir()) == []


def test_the_checks_are_those_of_the_protocol() -> None:
    """The ids, in their order, are the table of draw-v1, with the three that only disclosures have at their places."""
    own = {"ROW-1", "TICKET-1", "CUTOFF-1"}
    assert [check.value for check in CheckId if check.value not in own] == [*DRAW, "AMEND-1", *EVIDENCE]
    assert own < {check.value for check in CheckId}
