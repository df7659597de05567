"""What several acts of publication gather first: the draws of a chain, results that were approved, who is a sole trader.

Nothing is changed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.publish.naming import is_sole_trader
from inspect_cli.core.visit.review import ReviewState, find_approved, find_current
from inspect_cli.storage.bulk import find_entities_by_id
from inspect_cli.storage.draws import DrawState, find_draws
from inspect_cli.storage.notices import find_entries
from inspect_cli.storage.results import find_outcome_versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session

    from inspect_cli.core.bureau import SoleTraders
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.draws import DrawRecord


def find_history(session: Session, record: DrawRecord) -> tuple[DrawRecord, ...]:
    """Find every draw of the chain that a draw belongs to, void ones too, each after all that were committed before it."""
    draws = {one.slot: one for one in find_draws(session, record.period)}
    paths = {slot: _path(draws, slot) for slot in draws}
    chain = [draws[slot] for slot, path in paths.items() if path[0] == paths[record.slot][0]]
    # Of the draws that amend one result all are void but the last.
    return tuple(
        sorted(chain, key=lambda one: (len(paths[one.slot]), one.state is not DrawState.VOID, len(one.slot), one.slot))
    )


def find_approved_outcomes(session: Session, slot: Slot) -> dict[EntityId, OutcomeVersion]:
    """Find the newest approved version of each result of one draw, by entity (REVIEW-4)."""
    approved = {entity: find_approved(each) for entity, each in _find_versions(session, slot).items()}
    return {entity: version for entity, version in approved.items() if version is not None}


def find_settled_outcomes(session: Session, slot: Slot) -> dict[EntityId, OutcomeVersion]:
    """Find of each result of one draw the newest approved version, where no correction of it awaits approval (ISSUE-6)."""
    current = find_current_outcomes(session, slot)
    return {entity: version for entity, version in current.items() if version.state is ReviewState.APPROVED}


def find_current_outcomes(session: Session, slot: Slot) -> dict[EntityId, OutcomeVersion]:
    """Find the version of each result of one draw that stands inside the bureau, by entity."""
    current = {entity: find_current(each) for entity, each in _find_versions(session, slot).items()}
    return {entity: version for entity, version in current.items() if version is not None}


def _find_versions(session: Session, slot: Slot) -> dict[EntityId, list[OutcomeVersion]]:
    versions: dict[EntityId, list[OutcomeVersion]] = {}
    for version in find_outcome_versions(session, slot):
        versions.setdefault(version.entity, []).append(version)
    return versions


def find_withheld(session: Session, slots: Iterable[Slot]) -> frozenset[EntityId]:
    """Find whose results, of some draws, a notice has shown and no notice shows any more."""
    entries = [entry for slot in slots for entry in find_entries(session, slot=slot) if entry.replaced is None]
    return frozenset(one.entity for one in entries) - frozenset(one.entity for one in entries if one.is_shown)


def find_namings(
    session: Session, rule: SoleTraders, slots: Iterable[Slot], entities: Iterable[EntityId]
) -> dict[EntityId, SoleTraders]:
    """Find how the sole traders among some entities are named in the notices of a chain of draws; companies are not in it.

    Whom a notice of the chain has named goes on being named so (MASK-3); of the others the registry of today says who is one (MASK-2), and
    ``rule`` how one is named (MASK-1).
    """
    wanted = set(entities)
    entries = [entry for slot in slots for entry in find_entries(session, slot=slot) if entry.entity in wanted]
    first = {entry.entity: entry.naming for entry in entries}  # All of a chain agree, for each took it from the first.
    others = sorted(wanted - set(first))
    sizes = {entity.id: entity.size for entity in find_entities_by_id(session, others)}
    namings = {entity: rule for entity in others if is_sole_trader(entity, sizes.get(entity))}
    return namings | {entity: naming for entity, naming in first.items() if naming is not None}


def _path(draws: Mapping[Slot, DrawRecord], slot: Slot) -> tuple[Slot, ...]:
    """Give the slots from a chain's first draw to this one."""
    path, amends = [slot], draws[slot].amends
    while amends is not None:
        path.append(amends)
        amends = draws[amends].amends
    return tuple(reversed(path))
