"""What the one-file verifier is made of, and that it runs anywhere."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.verify_file.program import PROGRAM, VECTORS

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = PROGRAM.read_text("utf-8")


def test_file_is_short() -> None:
    """Whoever wants to trust it reads at most 637 lines of at most 120 characters, and at most 522 of them are code."""
    lines = SOURCE.splitlines()
    assert len(lines) <= 637
    assert max(map(len, lines)) <= 120
    nodes = [
        node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]
    told = sum(len((ast.get_docstring(node) or "").splitlines()) for node in nodes)
    bare = sum(not line or line.lstrip().startswith("#") for line in lines)
    assert len(lines) - told - bare <= 522


def test_file_needs_python_alone() -> None:
    """It imports the standard library, nothing of the package, and nothing that reaches a network or another program."""
    tree = ast.parse(SOURCE)
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    imported += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names
    assert not {"socket", "ssl", "http", "urllib", "subprocess", "ctypes", "pickle", "random"} & {*imported}


def test_file_is_written_for_older_pythons() -> None:
    """Its grammar is that of Python 3.9."""
    ast.parse(SOURCE, feature_version=(3, 9))


def run(path: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run it without the installed packages."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), str(path), *more]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def test_file_runs_alone() -> None:
    """Without any installed package it verifies a draw, tells what it compared, and what to compare by eye."""
    done = run(VECTORS / "draw" / "tiny")
    shown = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "5b7a73b228e92cd7fe4b6d8518df51b3af8a822738b0ba37125e01dbca275185" in shown
    assert "相符 VERIFIED" in shown
    assert "published before the draw" in shown


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "gbk", "utf-8"])
def test_screen_without_chinese(encoding: str) -> None:
    """A screen that cannot print Chinese gets what it can print, and no crash."""
    command = [sys.executable, "-X", "utf8=0", "-S", str(PROGRAM), str(VECTORS / "draw" / "tiny")]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    assert "VERIFIED" in done.stdout.decode(encoding)


def test_broken_pipe_is_no_crash() -> None:
    """Whoever closes the pipe early sees no traceback."""
    command = f"'{sys.executable}' '{PROGRAM}' '{VECTORS / 'draw' / 'township'}' | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr


def test_file_that_is_not_there(tmp_path: Path) -> None:
    """A path that leads nowhere is refused in one line; so is a command that asks for nothing."""
    done = run(tmp_path / "none.zip")
    assert (done.returncode, done.stdout.count(b"\n")) == (3, 1)
    assert subprocess.run([sys.executable, str(PROGRAM)], capture_output=True, check=False).returncode == 2
