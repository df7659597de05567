"""The versions of the store's schema, oldest first; each is a migration in ``migrations/versions``.

Kept apart so that opening a store does not load the migration machinery; a test compares this list with the migrations.
"""

from __future__ import annotations

from enum import StrEnum

VERSIONS = ("0001", "0002", "0003", "0004", "0005")
"""All versions that this program knows, oldest first."""
CURRENT = VERSIONS[-1]
"""The version that this program reads and writes."""
NOTICES_KEPT = "0005"
"""The first version that keeps what was published."""
VERSION_TABLE = "inspect_version"
"""The table that holds the store's version, in one row: the mark by which a store of ours is known."""


class Standing(StrEnum):
    """How a store's version stands to the program's."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"


def standing_of(version: str) -> Standing:
    """Say how ``version`` stands to this program's; one that it does not know can only be a later one."""
    if version == CURRENT:
        return Standing.CURRENT
    return Standing.OLDER if version in VERSIONS else Standing.NEWER
