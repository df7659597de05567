"""Which release of the program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

PROGRAM: Final = "inspect-cli"


def installed_version() -> str:
    """Name the version that is installed; a checkout that runs without an install has none."""
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        return "(not installed)"
