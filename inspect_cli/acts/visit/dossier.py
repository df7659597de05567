"""All that the store knows of one visit after the draw, and which follow-ups are open: read for those who look at them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chain, find_chains, find_periods
from inspect_cli.acts.visit.in_force import read_in_force
from inspect_cli.acts.visit.recordable import find_checked
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.publish.further import matter_names
from inspect_cli.core.schedule import find_name
from inspect_cli.core.visit.review import find_current, find_followed, is_by_one_person
from inspect_cli.core.visit.steps import FollowUpState, find_counting, follow
from inspect_cli.storage.notices import find_entries, find_issued_versions, find_notices
from inspect_cli.storage.results import find_attachments, find_outcome_versions, find_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.names import Domain, EntityId, MatterId, Period, Slot
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.visit.attachment import Attachment
    from inspect_cli.core.visit.ending import VisitInForce
    from inspect_cli.core.visit.review import OutcomeVersion
    from inspect_cli.core.visit.steps import FollowedUp, TakenStep


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """Where the follow-up of one domain of a visit stands, with the steps that count, and those that count no more (FOLLOW-6).

    ``is_corrected`` says that a correction of the result awaits approval (FOLLOW-7).
    """

    slot: Slot
    entity: EntityId
    name: str
    domain: Domain
    standing: FollowedUp
    steps: tuple[TakenStep, ...]
    earlier: tuple[TakenStep, ...] = ()
    is_corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where a visit's result is published: the notice's document number, the line, and whether one person approved and published it."""

    document: str
    entry: Entry
    is_by_one_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDossier:
    """A visit in force with the versions of its result, its files, its follow-ups, and the notices that name it.

    ``matter_names`` are those of all matters of its draw; ``checked`` are the matters that it checks, by domain, where nothing is
    recorded yet.
    """

    visit: VisitInForce
    name: str
    versions: tuple[OutcomeVersion, ...]
    attachments: tuple[Attachment, ...]
    follow_ups: tuple[FollowUpLine, ...]
    published: tuple[Publication, ...]
    matter_names: Mapping[MatterId, str]
    checked: Mapping[Domain, tuple[MatterId, ...]]


def read_dossier(session: Session, slot: Slot, entity: EntityId) -> VisitDossier:
    """Read all of one visit; ``UsageMistake`` where there is none, ``RefusedError`` where the draw is void or was not run."""
    state = read_in_force(session, slot)
    (visit,) = state.require([entity])
    name = find_names(state.chain, visit.entity).get(visit.entity, visit.entity)
    versions = find_outcome_versions(session, visit.slot, visit.entity)
    steps = find_steps(session, visit.slot, visit.entity)
    return VisitDossier(
        visit=visit,
        name=name,
        versions=versions,
        attachments=find_attachments(session, visit.slot, visit.entity),
        follow_ups=tuple(_follow_up_lines(name, versions, steps)),
        published=tuple(
            _find_publications(session, versions, find_entries(session, slot=visit.slot, entity=visit.entity))
        ),
        matter_names=matter_names(parse_commitment(state.chain.first.commitment)),
        checked={} if versions else find_checked(session, visit.slot, visit.entity),
    )


def _find_publications(
    session: Session, versions: Sequence[OutcomeVersion], entries: Sequence[Entry]
) -> Iterator[Publication]:
    documents = {one.number: one.document for one in find_notices(session)} if entries else {}
    results = {version.version: version for version in versions}
    for entry in entries:
        # The version of the notice that gave the line what it says: of the same day, or else the first one.
        issued = find_issued_versions(session, entry.notice)
        told = next(
            (one for one in reversed(issued) if one.day == entry.since and one.action is entry.state), issued[0]
        )
        both = not entry.is_name and is_by_one_person(results[entry.outcome_version], told.publisher)
        yield Publication(document=documents[entry.notice], entry=entry, is_by_one_person=both)


def find_follow_ups(
    session: Session, today: date, *, slot: Slot | None = None, period: Period | None = None
) -> tuple[FollowUpLine, ...]:
    """Find the follow-ups that are not closed, of one chain, of a month's chains, or of all.

    Sorted: overdue ones first, then orders that were not obeyed, then by their last day, then by entity. Raises as ``read_in_force``
    where a slot is named.
    """
    lines: list[FollowUpLine] = []
    if slot is not None:
        lines += _follow_ups_of(session, find_chain(session, slot))
    else:
        for month in find_periods(session) if period is None else (period,):
            for chain in find_chains(session, month):
                lines += _follow_ups_of(session, chain)
    still_open = [line for line in lines if line.standing.state is not FollowUpState.CLOSED]
    return tuple(sorted(still_open, key=lambda line: _urgency(line, today)))


def find_names(chain: DrawChain, entity: EntityId | None = None) -> dict[EntityId, str]:
    """Find the names that a chain froze; of one entity without reading the rows of all others."""
    names: dict[EntityId, str] = {}
    for record in chain.records:
        rows = record.entities
        if entity is not None:
            rows = b"".join(row for row in rows.splitlines(keepends=True) if entity.encode() in row)
        names |= {row.id: find_name(row) for row in parse_entity_rows(rows)}
    return names


def _urgency(line: FollowUpLine, today: date) -> tuple[bool, bool, str, str, str, str]:
    standing = line.standing
    until = "9999" if standing.until is None else standing.until.isoformat()
    is_disobeyed = standing.state is FollowUpState.NOT_RECTIFIED
    return (not standing.is_overdue(today), not is_disobeyed, until, line.entity, line.slot, line.domain)


def _follow_ups_of(session: Session, chain: DrawChain) -> Iterator[FollowUpLine]:
    """Say of each domain of a chain's recorded visits in force where its follow-up stands."""
    if chain.first.result is None:
        return
    visits = read_in_force(session, chain.first.slot).visits.values()
    versions: defaultdict[tuple[Slot, EntityId], list[OutcomeVersion]] = defaultdict(list)
    steps: defaultdict[tuple[Slot, EntityId], list[TakenStep]] = defaultdict(list)
    for drawn in sorted({visit.slot for visit in visits}):
        for version in find_outcome_versions(session, drawn):
            versions[version.slot, version.entity].append(version)
        for step in find_steps(session, drawn):
            steps[step.slot, step.entity].append(step)
    names = find_names(chain) if versions else {}
    for visit in visits:
        key = (visit.slot, visit.entity)
        yield from _follow_up_lines(names.get(visit.entity, visit.entity), versions[key], steps[key])


def _follow_up_lines(
    name: str, versions: Sequence[OutcomeVersion], steps: Sequence[TakenStep]
) -> Iterator[FollowUpLine]:
    """Say of each domain of a visit where its follow-up stands; nothing of one that needs none."""
    current = find_followed(versions)
    if current is None:
        return
    for each in current.outcome.domains:
        taken = tuple(step for step in steps if step.domain == each.domain)
        counting = find_counting(versions, each, taken)
        standing = follow(each, current.outcome.visited_on, counting)
        if each.follow_up is None and not taken and standing.state is FollowUpState.CLOSED:
            continue
        yield FollowUpLine(
            slot=current.slot,
            entity=current.entity,
            name=name,
            domain=each.domain,
            standing=standing,
            steps=counting,
            earlier=tuple(step for step in taken if step not in counting),
            is_corrected=find_current(versions) is not current,
        )
