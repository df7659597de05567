"""Bundles for tests of the verification page, and how to read what it says of them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

VECTORS = Path(__file__).resolve().parent.parent / "vectors"


def members_of(folder: Path) -> dict[str, bytes]:
    """Read a vector's members."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "expect.txt"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_STORED, level: int | None = None) -> bytes:
    """Pack members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def verdicts(answer: Mapping[str, Any]) -> dict[str, str]:
    """Give the verdicts by check; a file that is refused has none."""
    return {check["id"]: check["verdict"] for check in answer.get("checks", ())}
