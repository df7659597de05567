"""Queries of what a list of notices shows: no text of a notice, and nothing that a result says.

The notices with their texts are ``storage.notices``'s matter, results ``storage.results``'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import NoticeVersionRow, OutcomeVersionRow

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.issued import IssueAction


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionHead:
    """A version of a notice without its texts and reasons."""

    notice: int
    version: int
    action: IssueAction
    day: date
    publisher: str
    by: int | None
    due: date | None

    @property
    def is_late(self) -> bool:
        """Say whether it was published after its last day."""
        return self.due is not None and self.day > self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Who recorded and who reviewed a version of a result, without what it says."""

    slot: Slot
    entity: EntityId
    version: int
    recorded_by: str
    reviewed_by: str | None


_HEADS = Shelf(VersionHead, NoticeVersionRow)
_REVIEWED = Shelf(Reviewed, OutcomeVersionRow)


def find_version_heads(session: Session) -> tuple[VersionHead, ...]:
    """Find the heads of all versions of all notices, sorted by notice and version."""
    return tuple(sorted(_HEADS.find(session), key=lambda one: (one.notice, one.version)))


def find_reviewed(session: Session, slots: frozenset[Slot]) -> tuple[Reviewed, ...]:
    """Find who recorded and reviewed the versions of results of some draws, sorted by slot, entity and version."""
    found = _REVIEWED.find_among(session, "slot", sorted(slots))
    return tuple(sorted(found, key=lambda one: (one.slot, one.entity, one.version)))
