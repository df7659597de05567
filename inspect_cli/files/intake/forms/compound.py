"""The chains of sectors of a compound file (.xls), each followed to its end before anything else follows it.

A chain that leads back into itself has no end, and python-calamine would follow it for as long as there is memory. What does not live here:
the streams (olefile and python-calamine read them). Source: [MS-CFB], sections 2.2 (header), 2.3 (FAT), 2.4 (mini FAT), 2.5 (DIFAT).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from inspect_cli.files.intake.forms.refusals import Reason, Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from olefile import OleFileIO

_DIFAT_AT: Final = 68
_SECTOR_SHIFT_AT: Final = 30
_SHIFTS: Final = (9, 12)
_STREAM: Final = 2


def require_ends(data: bytes, compound: OleFileIO) -> None:
    """Refuse (``Unreadable``) a file of which a chain has no end."""
    _require_difat_end(data)
    entries = [entry for entry in compound.direntries if entry is not None]
    small = [e.isectStart for e in entries if e.entry_type == _STREAM and e.size < compound.minisectorcutoff]
    large = [e.isectStart for e in entries if e.entry_type == _STREAM and e.size >= compound.minisectorcutoff]
    large += [compound.first_dir_sector, compound.first_mini_fat_sector, compound.root.isectStart]
    require_chain_ends(compound.fat, large)
    if compound.first_mini_fat_sector < len(compound.fat):
        compound.loadminifat()
        require_chain_ends(compound.minifat, small)


def _require_difat_end(data: bytes) -> None:
    """Follow the list of sectors that hold the FAT, which goes on from sector to sector by the last number of each."""
    (shift,) = struct.unpack_from("<H", data, _SECTOR_SHIFT_AT)
    if shift not in _SHIFTS:
        raise Unreadable(Reason.DAMAGED)
    (sector,) = struct.unpack_from("<I", data, _DIFAT_AT)
    seen: set[int] = set()
    while (end := (sector + 2) << shift) <= len(data):
        if sector in seen:
            raise Unreadable(Reason.DAMAGED)
        seen.add(sector)
        (sector,) = struct.unpack_from("<I", data, end - 4)


def require_chain_ends(following: Sequence[int], starts: Sequence[int]) -> None:
    """Follow each chain until it leaves the table, or joins one that is known to end."""
    walked: dict[int, int] = {}
    for walk, start in enumerate(starts):
        sector = start
        while sector < len(following) and sector not in walked:
            walked[sector] = walk
            sector = following[sector]
        if walked.get(sector) == walk and sector < len(following):
            raise Unreadable(Reason.DAMAGED)
