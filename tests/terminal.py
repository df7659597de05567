"""The command line from other sides: somebody at a terminal who types, and a fixture that lasts longer than a test."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import TYPE_CHECKING

from inspect_cli import cli

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Typed(io.StringIO):
    """Lines that somebody types."""

    def isatty(self) -> bool:
        """Say that somebody sits there."""
        return True


def sit_down(monkeypatch: pytest.MonkeyPatch, *lines: str) -> Typed:
    """Let somebody type these lines at the next questions; give what they type, of which the rest was not asked for."""
    typed = Typed("".join(f"{line}\n" for line in lines))
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    return typed


def call(*words: str | Path) -> tuple[int, str, str]:
    """Call the command line where pytest's own capture does not reach; give the exit status and both streams."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.run([str(word) for word in words])
    return status, out.getvalue(), err.getvalue()
