"""What tests of the verification page share: a browser, Node.js, and the engine run in it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.files.verify_page import render_engine
from tests.browser import browser, node

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["browser", "node"]

HERE = Path(__file__).resolve().parent
SECONDS = 300
"""How long all questions of one run may take together, on a machine that is busy with other things."""


@pytest.fixture(scope="session")
def ask_engine(
    node: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Sequence[Mapping[str, Any]]], list[Any]]:
    """Ask the page's engine questions, all in one run of Node.js."""
    engine = tmp_path_factory.mktemp("engine") / "engine.js"
    engine.write_text(render_engine(), encoding="utf-8")

    def ask(questions: Sequence[Mapping[str, Any]]) -> list[Any]:
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        command = [node, str(HERE / "run_engine.mjs"), str(engine)]
        done = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", check=False, timeout=SECONDS)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return [json.loads(line) for line in done.stdout.split("\n") if line]

    return ask


@pytest.fixture
def open_bundles(
    ask_engine: Callable[[Sequence[Mapping[str, Any]]], list[Any]], tmp_path: Path
) -> Callable[[Sequence[bytes]], list[Any]]:
    """Open files of these bytes, and give what the page would show of each."""

    def open_all(files: Sequence[bytes]) -> list[Any]:
        paths = [tmp_path / f"{number}.zip" for number in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        return ask_engine([{"open": str(path)} for path in paths])

    return open_all
