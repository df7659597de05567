"""What the tests of commands begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stores import begin_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome


@pytest.fixture
def begun(run_cli: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Work in a folder with settings and a store; give the command line."""
    monkeypatch.chdir(tmp_path)
    begin_folder(run_cli)
    return run_cli
