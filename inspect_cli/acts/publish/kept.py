"""Looking up the notices that were published: their versions, what they name, and by whom. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import require_draw
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.publish.number import fold_document
from inspect_cli.core.publish.version import is_withdrawn
from inspect_cli.core.schedule import find_name
from inspect_cli.core.visit.review import is_by_one_person
from inspect_cli.errors import UsageMistake, say
from inspect_cli.storage.notices import (
    find_announced_versions,
    find_entries,
    find_issued_versions,
    find_notice,
    find_notices,
)
from inspect_cli.storage.results import find_outcome_versions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.issued import Entry, Issued, IssuedVersion
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNotice:
    """A published notice as the store keeps it: all its versions, and its lines in their places.

    ``one_person`` are those whose result one person recorded and approved, or approved and published. ``documents`` gives the numbers of
    the notices that announced its changes; ``changes`` are the numbers of those that it announced a change of itself.
    """

    notice: Issued
    versions: tuple[IssuedVersion, ...]
    entries: tuple[Entry, ...]
    one_person: tuple[EntityId, ...]
    documents: dict[int, str]
    changes: tuple[str, ...]

    @property
    def first(self) -> IssuedVersion:
        """Give the version that was published first."""
        return self.versions[0]

    @property
    def newest(self) -> IssuedVersion:
        """Give the version that is shown outside (ISSUE-3)."""
        return self.versions[-1]

    @property
    def lines(self) -> int:
        """Say how many lines it has."""
        return len(self.entries)

    @property
    def hidden(self) -> int:
        """Say how many of its lines are no longer shown."""
        return sum(not one.is_shown for one in self.entries)

    @property
    def is_withdrawn(self) -> bool:
        """Say whether it shows its number and title alone."""
        return is_withdrawn(self.versions, self.entries)

    @property
    def month(self) -> str:
        """Give the month or the year that it is about."""
        return month_of(self.notice)


def month_of(notice: Issued) -> str:
    """Give the month or the year that a notice is about."""
    return notice.period or (notice.slot or "").partition("/")[0]


def read_notices(store: Store, period: str | None = None) -> tuple[KeptNotice, ...]:
    """Read the notices about a month, a year (all its months) or of all times, in the order in which they were published."""
    with store.reading() as session:
        found = [
            one
            for one in find_notices(session)
            if period is None or period in {month_of(one), month_of(one).partition("-")[0]}
        ]
        return tuple(_read(session, one) for one in found)


def read_notice(store: Store, document: str) -> KeptNotice:
    """Read the notice that has a document number; ``UsageMistake`` when there is none."""
    with store.reading() as session:
        return require_notice(session, document)


def require_notice(session: Session, document: str) -> KeptNotice:
    """Find the notice that has a document number; ``UsageMistake`` when there is none."""
    notice = find_notice(session, document) or _find_alike(session, document)
    if notice is None:
        raise UsageMistake(
            say("there is no notice {document}", document=document),
            hint=say("see what was published with: inspect-cli notice list"),
        )
    return _read(session, notice)


def _find_alike(session: Session, document: str) -> Issued | None:
    """Find the one notice whose number is typed in another way (DOC-2); None where there is none, or more than one."""
    wanted = fold_document(document)
    alike = [one for one in find_notices(session) if fold_document(one.document) == wanted]
    return alike[0] if len(alike) == 1 else None


def read_names(store: Store, kept: KeptNotice) -> dict[EntityId, str]:
    """Read the names of the companies of a notice's lines, as their draws froze them; people inside may know them."""
    with store.reading() as session:
        return find_names(session, kept.entries)


def find_names(session: Session, entries: Iterable[Entry]) -> dict[EntityId, str]:
    """Find the names of the companies of lines, as their draws froze them."""
    slots: dict[Slot, set[EntityId]] = {}
    for entry in entries:
        slots.setdefault(entry.slot, set()).add(entry.entity)
    draws = ((require_draw(session, slot), entities) for slot, entities in sorted(slots.items()))
    return {
        row.id: find_name(row)
        for draw, entities in draws
        for row in parse_entity_rows(draw.entities)
        if row.id in entities
    }


def find_version(kept: KeptNotice, version: int | None) -> IssuedVersion:
    """Find one version of a notice, the newest where None is named; ``UsageMistake`` when there is none."""
    if version is None:
        return kept.newest
    for one in kept.versions:
        if one.version == version:
            return one
    raise UsageMistake(
        say("{document} has no version {version}", document=kept.notice.document, version=version),
        hint=say("see its versions with: inspect-cli notice show {document}", document=kept.notice.document),
    )


def _read(session: Session, notice: Issued) -> KeptNotice:
    versions = find_issued_versions(session, notice.number)
    entries = tuple(sorted(find_entries(session, notice=notice.number), key=lambda one: one.place))
    announced = {version.by for version in versions if version.by is not None}
    changed = {version.notice for version in find_announced_versions(session, notice.number)}
    others = {one.number: one.document for one in find_notices(session)} if announced or changed else {}
    return KeptNotice(
        notice=notice,
        versions=versions,
        entries=entries,
        one_person=_find_one_person(session, versions[0].publisher, entries),
        documents={number: others[number] for number in announced},
        changes=tuple(others[number] for number in sorted(changed)),
    )


def _find_one_person(session: Session, publisher: str, entries: tuple[Entry, ...]) -> tuple[EntityId, ...]:
    outcomes = {
        (one.slot, one.entity, one.version): one
        for slot in sorted({entry.slot for entry in entries})
        for one in find_outcome_versions(session, slot)
    }
    return tuple(
        entry.entity
        for entry in entries
        if not entry.is_name and is_by_one_person(outcomes[entry.slot, entry.entity, entry.outcome_version], publisher)
    )
