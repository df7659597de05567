"""The digest of a file from outside, read piece by piece, so that a film takes no more memory than a note."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.system_words import say_reason

if TYPE_CHECKING:
    from pathlib import Path

_PIECE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """The SHA-256 of a file in lower-case hex, and its size in bytes."""

    sha256: str
    size: int


def digest_file(path: Path) -> FileDigest:
    """Read a file's digest and size; ``UsageMistake`` where it cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        # A device or a pipe may have no end.
        if path.exists() and not path.is_file():
            raise UsageMistake(
                say("{path} is no file", path=str(path)), hint=say("name a file; a folder's files are named one by one")
            )
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise UsageMistake(
            say("{path} cannot be read: {reason}", path=str(path), reason=say_reason(error)),
            hint=say("see whether the name is right and the file may be read"),
        ) from error
    return FileDigest(sha256=digest.hexdigest(), size=size)
