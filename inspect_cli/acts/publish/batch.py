"""Finding which results a notice would list, or name: approved, and of results shown by no notice yet. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.publish.gathered import (
    find_approved_outcomes,
    find_history,
    find_settled_outcomes,
    find_withheld,
)
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.publish.dossier import Listing
from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.notice import list_named, sort_outcomes
from inspect_cli.core.publish.version import is_withdrawn, leave_recalled, may_be_published
from inspect_cli.storage.notice_heads import find_recalled
from inspect_cli.storage.notices import find_entries, find_issued_versions, find_notices

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.issued import Entry, Issued, Subject
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.draws import DrawRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The approved results of a chain that a notice would tell, in its order: of results those that no notice shows yet.

    Of a draw's notice they are those whose companies it would name.
    """

    listing: Listing
    versions: tuple[OutcomeVersion, ...]

    @property
    def seen(self) -> frozenset[tuple[Slot, EntityId, int]]:
        """Name the results by slot, entity and version, so that what was shown can be held against what is published."""
        return frozenset((one.slot, one.entity, one.version) for one in self.versions)


def find_batch(session: Session, subject: Subject) -> Batch:
    """Find the results that a notice of results would list now, or those that a draw's notice would name; of other notices nothing."""
    if subject.slot is None or subject.kind not in {NoticeKind.DRAW, NoticeKind.RESULT}:
        return Batch(listing=Listing(), versions=())
    record = require_draw(session, subject.slot)
    chain = find_history(session, record)
    if subject.kind is NoticeKind.DRAW:
        return _find_named(session, record, chain)
    listed: dict[tuple[Slot, EntityId], Entry] = {}
    approved: dict[EntityId, OutcomeVersion] = {}
    recalled = find_recalled(session)
    for link in chain:
        entries = leave_recalled(find_entries(session, slot=link.slot), recalled)
        listed |= {(one.slot, one.entity): one for one in entries if one.replaced is None}
        approved |= find_settled_outcomes(session, link.slot)
    new = {entity: one for entity, one in approved.items() if may_be_published(listed.get((one.slot, entity)), one)}
    order = sort_outcomes({entity: one.outcome for entity, one in new.items()}, new)
    earlier = tuple(one.document for one in find_result_notices(session, chain))
    return Batch(listing=Listing(entities=order, earlier=earlier), versions=tuple(new[entity] for entity in order))


def _find_named(session: Session, record: DrawRecord, chain: tuple[DrawRecord, ...]) -> Batch:
    """Find whom the notice of a draw would name (PUBLISH-3)."""
    slots = [link.slot for link in chain]
    approved = {entity: one for slot in slots for entity, one in find_approved_outcomes(session, slot).items()}
    drawn = {visit.entity for visit in require_result(record).visits}
    first, own = (parse_commitment(one.commitment) for one in (chain[0], record))
    order = list_named(first, own, drawn & set(approved), find_withheld(session, slots))
    return Batch(listing=Listing(entities=order), versions=tuple(approved[entity] for entity in order))


def find_result_notices(session: Session, chain: tuple[DrawRecord, ...]) -> tuple[Issued, ...]:
    """Find the notices of results of a chain in the order in which they were published, but for those that were withdrawn whole."""
    found = [one for link in chain for one in find_notices(session, kind=NoticeKind.RESULT, slot=link.slot)]
    found = [one for one in found if not is_withdrawn_whole(session, one)]
    return tuple(sorted(found, key=lambda one: one.number))


def is_withdrawn_whole(session: Session, notice: Issued) -> bool:
    """Say whether a notice shows its number and title alone (VERSION-5)."""
    return is_withdrawn(find_issued_versions(session, notice.number), find_entries(session, notice=notice.number))
