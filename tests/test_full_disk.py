"""A disk is full: beneath the file that takes what is shown, or beneath the temporary files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from inspect_cli.acts.store import create_store
from inspect_cli.files.config_template import render_bureau
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_entities
from tests.registry_rows import an_actor
from tests.sample_draw import BUREAU, OPERATOR

FULL = Path("/dev/full")
_BOUND = 192 * 1024
"""Bytes of a file that the system takes: more than the store's files have, less than the rows below."""


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
def test_a_full_disk_behind_stdout_is_no_bug_of_ours() -> None:
    """The person is told that the system refuses it, with status 3, and nothing is reported as a bug."""
    with FULL.open("w") as full:
        call = [sys.executable, "-m", "inspect_cli", "--lang", "en", "--help"]
        done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert done.stderr.splitlines()[:2] == [
        "Error: the system refuses this file: the disk is full",
        "Where: stdout",
    ]
    assert "bug" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the system bounds no files")
@pytest.mark.parametrize("form", ["xlsx", "html", "report"])
def test_a_full_disk_beneath_the_temporary_files_is_told(tmp_path: Path, form: str) -> None:
    """Whoever writes them, the child that reads workbooks, a reader or a report: one sentence, status 2, nothing taken."""
    import resource  # noqa: PLC0415 - Windows has none

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_BOUND, _BOUND))

    (tmp_path / "inspect.toml").write_text(render_bureau(BUREAU, str), "utf-8")
    create_store(f"sqlite:///{tmp_path / 'a.db'}", an_actor())
    options = ["--report", "r.xlsx", "--partial"] if form == "report" else []
    words = ["--lang", "en", "--as", OPERATOR, "--store", "sqlite:///a.db", "entity", "import", _write(tmp_path, form)]
    call = [sys.executable, "-m", "inspect_cli", *words, *options]
    # What measures coverage writes files of its own, to which the bound would apply as well.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(
        call, cwd=tmp_path, env=alone, preexec_fn=bound, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    said = done.stderr.splitlines()
    assert said[-2].startswith("Error: no temporary file can be written: ")
    assert "TMPDIR" in said[-1]
    with Store.open(f"sqlite:///{tmp_path / 'a.db'}").reading() as session:
        assert find_entities(session) == ()


def _write(folder: Path, form: str) -> str:
    """Write a file that is smaller than the bound, and its rows are not."""
    name = f"a.{'csv' if form == 'report' else form}"
    rows = [["企业名称", "统一社会信用代码", "适用领域"], *[["甲厂" * 10, "91350100M000100Y4X", "安全"]] * 8_000]
    match form:
        case "xlsx":
            with Workbook(str(folder / name)) as book:
                page = book.add_worksheet()
                for number, row in enumerate(rows):
                    page.write_row(number, 0, row)
            assert (folder / name).stat().st_size < _BOUND
        case "html":
            lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
            (folder / name).write_text(f"<html><meta charset='utf-8'><table>{lines}</table></html>", "utf-8")
        case _:
            (folder / name).write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")
    return name
