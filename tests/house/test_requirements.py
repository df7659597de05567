"""The locked requirements: complete, hashed, and without an address."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FILES = ("requirements.txt", "requirements-dev.txt")


def _pins(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


def _wanted(file: str) -> list[Requirement]:
    wanted = PROJECT["project"]["dependencies"]
    if file == "requirements-dev.txt":
        wanted = [
            *wanted,
            *PROJECT["project"]["optional-dependencies"]["postgres"],
            *PROJECT["dependency-groups"]["dev"],
        ]
    return [Requirement(line) for line in wanted]


@pytest.mark.parametrize("file", FILES)
def test_the_lock_holds_what_the_project_asks_for(file: str) -> None:
    """Every requirement is pinned to a version that the project allows."""
    pins = _pins(file)
    unmet = [
        str(need) for need in _wanted(file) if not need.specifier.contains(pins.get(canonicalize_name(need.name), "0"))
    ]
    assert unmet == []


@pytest.mark.parametrize("file", FILES)
def test_the_lock_has_hashes_and_no_address(file: str) -> None:
    """Each pin has a hash, and nothing says from where it is to be fetched."""
    text = (ROOT / file).read_text("utf-8")
    assert "://" not in text
    assert "--index" not in re.sub("^#.*$", "", text, flags=re.MULTILINE)
    blocks = re.split(r"\n(?=[a-z])", re.sub("^#.*\n", "", text, flags=re.MULTILINE).strip())
    assert len(blocks) == len(_pins(file))
    assert all("--hash=sha256:" in block for block in blocks)


def test_tests_run_on_what_is_shipped() -> None:
    """The tests' lock pins the same versions as the one that a user installs."""
    shipped, tested = _pins("requirements.txt"), _pins("requirements-dev.txt")
    assert {name: tested.get(name) for name in shipped} == shipped
