"""The visits in force as results are recorded for them: with their domains and matters, which only their draw knows.

Nothing is changed here. Which record is taken is ``core.visit.recording``'s matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.names import MatterId
from inspect_cli.core.publish.further import further_of, matter_names
from inspect_cli.core.unchecked import WITHOUT_MATTERS, find_left_out, name_matters
from inspect_cli.core.visit.ending import require_free
from inspect_cli.core.visit.outcome import Visit, VisitState
from inspect_cli.errors import Term
from inspect_cli.storage.results import find_attachments, find_outcome_versions
from inspect_cli.storage.visits import find_visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from inspect_cli.acts.visit.in_force import ChainInForce
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.names import Domain, EntityId, Slot
    from inspect_cli.core.unchecked import UncheckedMatter
    from inspect_cli.core.visit.attachment import Attachment
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.visits import VisitRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordable:
    """A visit as it can be recorded, its row, the versions of its result and its files so far, and what was not to be checked."""

    visit: Visit
    record: VisitRecord
    versions: tuple[OutcomeVersion, ...]
    attachments: tuple[Attachment, ...]
    matter_names: Mapping[MatterId, str]
    without_matters: tuple[UncheckedMatter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draw:
    """What of a draw is read once for all its visits; ``left_out`` has those alone for whom a matter is left out."""

    commitment: Commitment
    matter_names: Mapping[MatterId, str]
    domains: Mapping[EntityId, tuple[Domain, ...]]
    left_out: Mapping[EntityId, tuple[MatterId, ...]]
    records: Mapping[EntityId, VisitRecord]
    versions: Mapping[EntityId, tuple[OutcomeVersion, ...]]
    attachments: Mapping[EntityId, tuple[Attachment, ...]]

    def find_checked(self, entity: EntityId) -> dict[Domain, tuple[MatterId, ...]]:
        """Find the matters that a visit checks, by domain, in the plan's order."""
        left_out = self.left_out.get(entity, ())
        return {domain: _matters_of(self.commitment, domain, left_out) for domain in self.domains[entity]}


@dataclass(slots=True, kw_only=True)
class Recordables:
    """Finds visits that can be recorded, or were: any slot of a chain and any number of a company will do; a draw is read once."""

    session: Session
    bureau: Bureau
    _chains: dict[Slot, ChainInForce] = field(default_factory=dict)
    _draws: dict[Slot, _Draw] = field(default_factory=dict)

    def require(self, slot: Slot, entity: EntityId) -> Recordable:
        """Give the visit in force.

        ``UsageMistake`` where there is none; ``RefusedError`` where the draw is void or was not run, or the visit is held or ended.
        """
        if slot not in self._chains:
            self._chains[slot] = read_in_force(self.session, slot)
        (found,) = self._chains[slot].require([entity])
        if found.state is not VisitState.RECORDED:
            require_free(found)
        if found.slot not in self._draws:
            self._draws[found.slot] = _read_draw(self.session, found.slot)
        draw = self._draws[found.slot]
        left_out = draw.left_out.get(found.entity, ())
        terms: dict[str, Term] = {label.domain: self.bureau.domain_term(label.domain) for label in self.bureau.domains}
        numbered = {number: f"{number} {name}" for number, name in draw.matter_names.items()}
        visit = Visit(
            slot=found.slot,
            entity=found.entity,
            domains=draw.domains[found.entity],
            day=found.day,
            state=found.state,
            matters=draw.find_checked(found.entity),
            terms=terms | {number: Term(zh=words, en=words) for number, words in numbered.items()},
        )
        return Recordable(
            visit=visit,
            record=draw.records[found.entity],
            versions=draw.versions.get(found.entity, ()),
            attachments=draw.attachments.get(found.entity, ()),
            matter_names=draw.matter_names,
            without_matters=name_matters(left_out, draw.matter_names),
        )


def find_checked(session: Session, slot: Slot, entity: EntityId) -> dict[Domain, tuple[MatterId, ...]]:
    """Find the matters that the visit of a draw checks, by domain, in the plan's order."""
    return _read_draw(session, slot).find_checked(entity)


def _read_draw(session: Session, slot: Slot) -> _Draw:
    record = require_draw(session, slot)
    versions: dict[EntityId, tuple[OutcomeVersion, ...]] = {}
    for version in find_outcome_versions(session, slot):
        versions[version.entity] = (*versions.get(version.entity, ()), version)
    attachments: dict[EntityId, tuple[Attachment, ...]] = {}
    for one in find_attachments(session, slot):
        attachments[one.entity] = (*attachments.get(one.entity, ()), one)
    commitment = parse_commitment(record.commitment)
    return _Draw(
        commitment=commitment,
        matter_names=matter_names(commitment),
        domains={visit.entity: visit.domains for visit in require_result(record).visits},
        left_out=_find_left_out(record),
        records={row.entity: row for row in find_visits(session, slot)},
        versions=versions,
        attachments=attachments,
    )


def _matters_of(commitment: Commitment, domain: Domain, left_out: tuple[MatterId, ...]) -> tuple[MatterId, ...]:
    """Give the matters of a domain that a visit checks, in the plan's order."""
    further = further_of(commitment)
    listed = further.nested_list("matters") if "matters" in further.values else ()
    numbers = tuple(MatterId(matter.text("id")) for matter in listed if matter.text("domain") == domain)
    return tuple(number for number in numbers if number not in left_out)


def _find_left_out(record: DrawRecord) -> dict[EntityId, tuple[MatterId, ...]]:
    """Find which matters a draw leaves out of which visits; most frames leave out none, and are not read for it."""
    if f'"{WITHOUT_MATTERS}"'.encode() not in record.entities:
        return {}
    return {row.id: left_out for row in parse_entity_rows(record.entities) if (left_out := find_left_out(row))}
