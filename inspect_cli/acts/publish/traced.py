"""Reading draws and visits for a proof: the frozen bytes as values, and all that the store keeps of each visit. Nothing is changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from inspect_cli.acts.visit.schedule import find_run
from inspect_cli.acts.visit.visits import read_outcomes
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_excluded_rows
from inspect_cli.core.publish.issued import Entry
from inspect_cli.core.publish.proof.expected import ProvenDraw
from inspect_cli.core.publish.proof.stands import CountedVisit
from inspect_cli.core.publish.proof.visits import TracedVisit
from inspect_cli.core.visit.change import VisitChange
from inspect_cli.core.visit.review import OutcomeVersion
from inspect_cli.core.visit.steps import TakenStep
from inspect_cli.storage.draws import DrawState
from inspect_cli.storage.notices import find_entries
from inspect_cli.storage.results import find_outcome_versions, find_steps
from inspect_cli.storage.visits import find_outcomes, find_visit_changes, find_visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId
    from inspect_cli.storage.draws import DrawRecord

Kept = TypeVar("Kept", VisitChange, OutcomeVersion, TakenStep, Entry)


def trace_visits(session: Session, records: Iterable[DrawRecord]) -> tuple[TracedVisit, ...]:
    """Gather what the store keeps of each visit of the draws that are not void, by slot and entity."""
    found: list[TracedVisit] = []
    for record in records:
        if record.result is None or record.state is DrawState.VOID:
            continue
        slot = record.slot
        frozen = {visit.entity for visit in parse_result(record.result).visits}
        states = {visit.entity: visit.state for visit in find_visits(session, slot)}
        rows = read_outcomes(find_outcomes(session, slot))
        changes = by_entity(find_visit_changes(session, slot))
        versions = by_entity(find_outcome_versions(session, slot))
        found += (
            TracedVisit(
                slot=slot,
                entity=entity,
                is_drawn=entity in frozen,
                state=states.get(entity),
                changes=tuple(changes.get(entity, ())),
                versions=tuple(versions.get(entity, ())),
                rows=rows.get(entity),
            )
            for entity in sorted(frozen | set(states), key=str.encode)
        )
    return tuple(found)


def by_entity(kept: Iterable[Kept]) -> dict[EntityId, list[Kept]]:
    """Put together what is kept of each entity, in its order."""
    found: dict[EntityId, list[Kept]] = {}
    for one in kept:
        found.setdefault(one.entity, []).append(one)
    return found


def read_proven_draw(record: DrawRecord) -> ProvenDraw:
    """Read a draw's frozen bytes as values."""
    return ProvenDraw(
        commitment=parse_commitment(record.commitment),
        entities=parse_entity_rows(record.entities),
        excluded=parse_excluded_rows(record.excluded),
        result=None if record.result is None else parse_result(record.result),
        frozen=(record.commitment, record.entropy or b"", record.result or b""),
    )


def count_visits(session: Session, record: DrawRecord) -> Iterator[CountedVisit]:
    """Give every visit that a draw with a result has drawn, with its steps and its entries in notices of results."""
    drawn_on = find_run(session, record.slot).day
    drawn = {visit.entity: visit for visit in parse_result(record.result or b"").visits}
    steps = by_entity(find_steps(session, record.slot))
    entries = by_entity(entry for entry in find_entries(session, slot=record.slot) if entry.replaced is None)
    for traced in trace_visits(session, (record,)):
        if traced.is_drawn:
            yield CountedVisit(
                traced=traced,
                domains=drawn[traced.entity].domains,
                drawn_on=drawn_on,
                was_open=drawn[traced.entity].open is not None,
                steps=tuple(steps.get(traced.entity, ())),
                entries=tuple(entries.get(traced.entity, ())),
            )
