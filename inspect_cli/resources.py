"""Where the package's own files are: ``templates/`` and ``fixtures/``, inside the wheel or beside a checkout.

What does not live here: reading them, and any file of a user.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """Find the folder of templates (notices, sheets, pages)."""
    return _find("templates")


def fixtures() -> Path:
    """Find the folder of the sample township."""
    return _find("fixtures")


def _find(folder: str) -> Path:
    """Look inside the package, where a wheel has the folder, then beside it, where a checkout has it."""
    inside = _PACKAGE / folder
    return inside if inside.is_dir() else _PACKAGE.parent / folder
