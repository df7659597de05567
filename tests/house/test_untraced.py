"""What coverage looks away from by name is there: a test that was renamed would be traced again, unnoticed."""

from __future__ import annotations

import pytest

from tests.house.sources import ROOT
from tests.untraced import ELSEWHERE


@pytest.mark.parametrize("name", ELSEWHERE)
def test_it_is_there(name: str) -> None:
    """Each name begins with a folder or a module of tests, and goes on with what that module defines."""
    path, *inner = name.split("::")
    assert (ROOT / path).exists()
    text = (ROOT / path).read_text("utf-8") if inner else ""
    assert [word for word in inner if f"class {word}:" not in text and f"def {word}(" not in text] == []
