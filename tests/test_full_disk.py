"""What is shown goes to a file on a disk that is full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="the system has no device that is always full")
def test_a_full_disk_behind_stdout_is_no_bug_of_ours() -> None:
    """The person is told that the system refuses it, with status 3, and nothing is reported as a bug."""
    with FULL.open("w") as full:
        call = [sys.executable, "-m", "inspect_cli", "--lang", "en", "--help"]
        done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert done.stderr.splitlines()[:2] == [
        "Error: the system refuses this file: No space left on device",
        "Where: stdout",
    ]
    assert "bug" not in done.stderr
