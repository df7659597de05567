"""A finished file that a person asked for with ``-o``: written whole, and never over another file unasked."""

from __future__ import annotations

import shutil
import tempfile
from typing import TYPE_CHECKING, Final, TypeVar

from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.files.atomic import write_bytes, writing
from inspect_cli.files.system_words import say_reason
from inspect_cli.files.temporary import refuse_temporary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

T = TypeVar("T")

_PIECE: Final = 1 << 20
"""Bytes that are compared at once."""


def write_output(path: Path, data: bytes, *, overwrite: bool) -> bool:
    """Write a file, and say whether it was new: false when these very bytes stand there already.

    Raises ``RefusedError`` when other bytes stand there and ``overwrite`` is not given, ``UsageMistake`` when it cannot be written.
    """
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    _require_place(path, overwrite=overwrite)
    write_bytes(path, data, overwrite=overwrite)
    return True


def write_large_output(
    path: Path, write: Callable[[BinaryIO], T], *, overwrite: bool, first: Callable[[T], None] | None = None
) -> tuple[T, bool]:
    """Write what ``write`` writes without holding it in memory; give what that returned, and whether the file was new.

    ``first`` is called with it when all is written but nothing stands in its place yet. Raises as ``write_output`` does.
    """
    try:
        with tempfile.TemporaryFile() as spool:
            done = write(spool)
            if path.is_file() and _holds(path, spool):
                return done, False
            _require_place(path, overwrite=overwrite)
            if first is not None:
                first(done)
            spool.seek(0)
            with writing(path, overwrite=overwrite) as stream:
                shutil.copyfileobj(spool, stream, _PIECE)
    except OSError as error:  # The writing in the file's own place is told by ``writing``.
        if error.filename != str(path):
            raise refuse_temporary(error) from error
        raise UsageMistake(
            say("{path} cannot be written: {reason}", path=str(path), reason=say_reason(error)),
            hint=say("check that the folder exists, that you may write there, and that the disk is not full"),
        ) from error
    return done, True


def _require_place(path: Path, *, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise RefusedError(
            say("{path} is there already, and is not the same", path=str(path)),
            hint=say("name another file, or replace it with --force"),
        )


def _holds(path: Path, spool: BinaryIO) -> bool:
    """Say whether a file's bytes are those of the spool."""
    if path.stat().st_size != spool.seek(0, 2):
        return False
    spool.seek(0)
    with path.open("rb") as standing:
        while piece := spool.read(_PIECE):
            if standing.read(_PIECE) != piece:
                return False
    return True
