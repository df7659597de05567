"""Queries of the notices that were published, their versions, and the entries by which they name companies.

What may be published, and when, is ``core.publish``'s matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.publish.issued import Entry, Issued, IssuedVersion, NoticeKind
from inspect_cli.storage.shelf import Shelf
from inspect_cli.storage.tables import NoticeEntryRow, NoticeRow, NoticeVersionRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """A notice that is not kept yet: all of ``Issued`` but its place in the store."""

    kind: NoticeKind
    slot: Slot | None
    period: str | None
    series: str
    year: int
    serial: int
    document: str


_NEW = Shelf(NewNotice, NoticeRow)
_NOTICES = Shelf(Issued, NoticeRow)
_VERSIONS = Shelf(IssuedVersion, NoticeVersionRow)
_ENTRIES = Shelf(Entry, NoticeEntryRow)


def add_notice(session: Session, notice: NewNotice) -> Issued:
    """Add a notice, and give it with its place; a document number that is taken breaks a constraint (``StoreError``)."""
    _NEW.add(session, (notice,))
    (kept,) = _NOTICES.find(session, _NOTICES.columns.document == notice.document)
    return kept


def find_notices(
    session: Session, *, kind: NoticeKind | None = None, slot: Slot | None = None, period: str | None = None
) -> tuple[Issued, ...]:
    """Find the notices (of one kind, of one draw, of one month or year), in the order in which they were published."""
    columns = _NOTICES.columns
    wanted = (("kind", kind), ("slot", slot), ("period", period))
    conditions = [columns[name] == value for name, value in wanted if value is not None]
    return _NOTICES.find_in_order(session, "number", *conditions)


def find_notice(session: Session, document: str) -> Issued | None:
    """Find the notice that has a document number."""
    return next(iter(_NOTICES.find(session, _NOTICES.columns.document == document)), None)


def find_serials(session: Session, series: str, year: int) -> tuple[int, ...]:
    """Find the serials that a series has used in a year, in order."""
    columns = _NOTICES.columns
    return tuple(sorted(one.serial for one in _NOTICES.find(session, columns.series == series, columns.year == year)))


def add_issued_versions(session: Session, versions: Iterable[IssuedVersion]) -> None:
    """Add versions of notices; one that is there already breaks a constraint (``StoreError``)."""
    _VERSIONS.add(session, versions)


def find_issued_versions(session: Session, notice: int | None = None) -> tuple[IssuedVersion, ...]:
    """Find the versions of all notices or of one, sorted by notice and version."""
    conditions = () if notice is None else (_VERSIONS.columns.notice == notice,)
    return tuple(sorted(_VERSIONS.find(session, *conditions), key=lambda one: (one.notice, one.version)))


def find_announced_versions(session: Session, by: int) -> tuple[IssuedVersion, ...]:
    """Find the versions of other notices that a notice of a change has announced, sorted by notice and version."""
    return tuple(sorted(_VERSIONS.find(session, _VERSIONS.columns.by == by), key=lambda one: (one.notice, one.version)))


def add_entries(session: Session, entries: Iterable[Entry]) -> None:
    """Add entries; a second one that shows the same visit breaks a constraint (``StoreError``)."""
    _ENTRIES.add(session, entries)


def update_entries(session: Session, entries: Iterable[Entry]) -> None:
    """Replace entries of the same notice, slot and entity."""
    _ENTRIES.update(session, entries, key=("notice", "slot", "entity"))


def find_entries(
    session: Session, *, notice: int | None = None, slot: Slot | None = None, entity: EntityId | None = None
) -> tuple[Entry, ...]:
    """Find the entries (of one notice, one draw, one entity), sorted by notice, slot and entity."""
    columns = _ENTRIES.columns
    wanted = (("notice", notice), ("slot", slot), ("entity", entity))
    conditions = [columns[name] == value for name, value in wanted if value is not None]
    return tuple(sorted(_ENTRIES.find(session, *conditions), key=lambda one: (one.notice, one.slot, one.entity)))
