"""A file that belongs to a visit's result: photographs, measurements, signed sheets.

What lives here: what is kept of it. What does not: the file, which stays where the bureau keeps its papers.

Rules:

ATTACH-1  Of a file its name, size and SHA-256 are kept, never its bytes: whoever has the file can show that it is the one.
ATTACH-2  The same file of a visit (name and digest) is noted once; another file of the same name stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspect_cli.core.names import EntityId, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFile:
    """A file as it was found: its last name, SHA-256 in lower-case hex, size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that belongs to a visit: what ``NamedFile`` says, and who added it for which day."""

    slot: Slot
    entity: EntityId
    name: str
    sha256: str
    size: int
    added_by: str
    day: date


def find_new(files: Iterable[NamedFile], kept: Iterable[Attachment]) -> tuple[NamedFile, ...]:
    """Find the files that are not kept yet, each once, in their order (ATTACH-2)."""
    known = {(one.name, one.sha256) for one in kept}
    found = {(one.name, one.sha256): one for one in files}
    return tuple(one for key, one in found.items() if key not in known)
