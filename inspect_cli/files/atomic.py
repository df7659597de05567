"""Files that are there whole or not at all, whenever the process is killed.

What lives here: writing beside the place, flushing to the disk, and moving into place. What does not: what the file holds.
"""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.files.system_words import say_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO


def write_bytes(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a file whole or not at all.

    Raises ``RefusedError`` when something is there already and ``overwrite`` is not given, ``UsageMistake`` when the place
    cannot be written.
    """
    with writing(path, overwrite=overwrite) as stream:
        stream.write(data)


def write_text(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write text as UTF-8 with its line ends as they are, whole or not at all; raises as ``write_bytes``."""
    write_bytes(path, text.encode("utf-8"), overwrite=overwrite)


@contextmanager
def writing(path: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its place when the block ends, and leaves no trace when the block fails.

    Raises as ``write_bytes``. Without ``overwrite`` it never replaces what another process put there meanwhile, where the file
    system has hard links.
    """
    if not overwrite and os.path.lexists(path):
        raise _exists(path)
    beside = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _move(beside, path, overwrite=overwrite)
        _flush_folder(path.parent)
    except OSError as error:
        raise UsageMistake(
            say("{path} cannot be written: {reason}", path=str(path), reason=say_reason(error)),
            hint=say("check that the folder exists, that you may write there, and that the disk is not full"),
        ) from error
    finally:
        with suppress(OSError):  # Moved, or never made: then there is nothing to take away.
            beside.unlink()


def _move(beside: Path, path: Path, *, overwrite: bool) -> None:
    if not overwrite:
        try:
            os.link(beside, path)
        except FileExistsError as error:
            raise _exists(path) from error
        except OSError:  # A file system without hard links.
            if os.path.lexists(path):
                raise _exists(path) from None
        else:
            return
    beside.replace(path)


def _flush_folder(folder: Path) -> None:
    """Make the new name last, where a folder can be flushed (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exists(path: Path) -> RefusedError:
    return RefusedError(
        say("{path} is there already", path=str(path)), hint=say("name another file, or take it away first")
    )
