"""A file that belongs to a visit's result: photographs, measurements, signed sheets.

What lives here: what is kept of it. What does not: the file, which stays where the bureau keeps its papers.

Rules:

ATTACH-1  Of a file its name, size and SHA-256 are kept, never its bytes: whoever has the file can show that it is the one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import EntityId, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file: its last name, SHA-256 in lower-case hex, size in bytes, and who added it for which day."""

    slot: Slot
    entity: EntityId
    name: str
    sha256: str
    size: int
    added_by: str
    day: date
