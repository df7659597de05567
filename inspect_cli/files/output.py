"""A file that a person asked for: written whole or not at all, and never over another one unasked. What is in it: the other modules."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from inspect_cli.errors import RefusedError, say


def write_output(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write ``data`` to ``path``; ``RefusedError`` where something is there, unless it is a file that may be overwritten."""
    if path.is_dir() or (path.exists() and not overwrite):
        raise RefusedError(
            say("there is something at {path} already", path=str(path)),
            hint=say("name another file, or have the file overwritten with --force"),
        )
    # Beside the file, so that the last step is a renaming within one file system: whoever looks sees the old or the new one.
    handle, name = tempfile.mkstemp(prefix=".", suffix=".unfinished", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Tell the process's mask of rights, which can only be told by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
