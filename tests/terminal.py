"""Somebody at a terminal: what they type is the standard input, and both ends say that they are a terminal."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
