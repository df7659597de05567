"""A finished file that a person asked for with ``-o``: written whole, and never over another file unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.errors import RefusedError, say
from inspect_cli.files.atomic import write_bytes

if TYPE_CHECKING:
    from pathlib import Path


def write_output(path: Path, data: bytes, *, overwrite: bool) -> bool:
    """Write a file, and say whether it was new: false when these very bytes stand there already.

    Raises ``RefusedError`` when other bytes stand there and ``overwrite`` is not given, ``UsageMistake`` when it cannot be written.
    """
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    if path.exists() and not overwrite:
        raise RefusedError(
            say("{path} is there already, and is not the same", path=str(path)),
            hint=say("name another file, or replace it with --force"),
        )
    write_bytes(path, data, overwrite=overwrite)
    return True
