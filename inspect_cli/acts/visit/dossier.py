"""All that the store knows of one visit after the draw, and which follow-ups are open: read for those who look at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chain, find_chains
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.schedule import find_name
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.review import ReviewState, find_current
from inspect_cli.core.visit.steps import FollowUpState, follow
from inspect_cli.storage.notices import find_entries, find_notices
from inspect_cli.storage.results import find_attachments, find_outcome_versions, find_steps

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.names import Domain, EntityId, Period, Slot
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.visit.attachment import Attachment
    from inspect_cli.core.visit.ending import VisitInForce
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.core.visit.steps import FollowedUp, TakenStep


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """Where the follow-up of one domain of a visit stands, with the steps that led there."""

    slot: Slot
    entity: EntityId
    name: str
    domain: Domain
    standing: FollowedUp
    steps: tuple[TakenStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDossier:
    """A visit in force with the versions of its result, its files, its follow-ups, and the notices that name it, by document number."""

    visit: VisitInForce
    name: str
    versions: tuple[OutcomeVersion, ...]
    attachments: tuple[Attachment, ...]
    follow_ups: tuple[FollowUpLine, ...]
    published: tuple[tuple[str, Entry], ...]


def read_dossier(session: Session, slot: Slot, entity: EntityId) -> VisitDossier:
    """Read all of one visit; ``UsageMistake`` where there is none, ``RefusedError`` where the draw is void or was not run."""
    state = read_in_force(session, slot)
    (visit,) = state.require([entity])
    name = _find_names(state.chain).get(visit.entity, visit.entity)
    documents = {one.number: one.document for one in find_notices(session)}
    versions = find_outcome_versions(session, visit.slot, visit.entity)
    return VisitDossier(
        visit=visit,
        name=name,
        versions=versions,
        attachments=find_attachments(session, visit.slot, visit.entity),
        follow_ups=_follow_up_lines(session, [visit], {visit.entity: name}),
        published=tuple(
            (documents[entry.notice], entry) for entry in find_entries(session, slot=visit.slot, entity=visit.entity)
        ),
    )


def find_follow_ups(
    session: Session, today: date, *, slot: Slot | None = None, period: Period | None = None
) -> tuple[FollowUpLine, ...]:
    """Find the follow-ups that are not closed, of one chain or of a month's: overdue ones first, then by their last day, then by entity."""
    chains = [find_chain(session, slot)] if slot is not None else find_chains(session, period) if period else ()
    lines: list[FollowUpLine] = []
    for chain in chains:
        if chain.first.result is None:
            continue
        recorded = [
            visit
            for visit in read_in_force(session, chain.first.slot).visits.values()
            if visit.state is VisitState.RECORDED
        ]
        lines += _follow_up_lines(session, recorded, _find_names(chain))
    still_open = [line for line in lines if line.standing.state is not FollowUpState.CLOSED]
    return tuple(sorted(still_open, key=lambda line: _urgency(line, today)))


def _urgency(line: FollowUpLine, today: date) -> tuple[bool, str, str, str]:
    until = "9999" if line.standing.until is None else line.standing.until.isoformat()
    return (not line.standing.is_overdue(today), until, line.entity, line.domain)


def _follow_up_lines(
    session: Session, visits: Iterable[VisitInForce], names: dict[EntityId, str]
) -> tuple[FollowUpLine, ...]:
    """Say of each domain of recorded visits where its follow-up stands."""
    found: list[FollowUpLine] = []
    for visit in visits:
        versions = find_outcome_versions(session, visit.slot, visit.entity)
        if all(version.state is ReviewState.RETURNED for version in versions):
            continue
        outcome = find_current(versions).outcome
        steps = find_steps(session, visit.slot, visit.entity)
        for each in outcome.domains:
            taken = tuple(step for step in steps if step.domain == each.domain)
            if each.follow_up is None and not taken:
                continue
            found.append(
                FollowUpLine(
                    slot=visit.slot,
                    entity=visit.entity,
                    name=names.get(visit.entity, visit.entity),
                    domain=each.domain,
                    standing=follow(each.follow_up, outcome.visited_on, taken),
                    steps=taken,
                )
            )
    return tuple(found)


def _find_names(chain: DrawChain) -> dict[EntityId, str]:
    """Find the names that a chain froze."""
    names: dict[EntityId, str] = {}
    for record in chain.records:
        names |= {row.id: find_name(row) for row in parse_entity_rows(record.entities)}
    return names
