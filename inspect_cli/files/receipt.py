"""A receipt (``receipt-v1``) on the disk: one file that begins with a brace, as no zip file does.

What lives here: telling it from a bundle, and reading it. What does not: what it says (``core.draw.disclosure``).
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, Position, say

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a receipt: it holds one commitment and a few rows."""


def find_receipt(path: Path) -> bytes | None:
    """Return the bytes of a receipt, or None where the path is no plain file that begins with a brace.

    Raises ``InputError`` for a file that is larger than any receipt.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode) or stream.read(1) != b"{":
                return None
            data = b"{" + stream.read(LARGEST)
    except (OSError, ValueError):  # Whoever reads the path as a bundle tells why it cannot be read.
        return None
    if len(data) > LARGEST:
        raise InputError(
            say("it is larger than {count} bytes", count=LARGEST),
            where=Position(file=path.name),
            hint=say("ask whoever gave it for the receipt again"),
        )
    return data
