"""Gathering what other platforms are given of approved results. What each of them may be given is ``core.publish.platform``'s matter.

Nothing is changed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chain, find_chains
from inspect_cli.acts.publish.gathered import find_approved_outcomes
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.names import Slot
from inspect_cli.core.period import parse_period
from inspect_cli.core.publish.further import matter_names, plan_of
from inspect_cli.core.publish.naming import name_company
from inspect_cli.core.publish.platform import CreditLine, Platform, PlatformTask, ProvincialLine
from inspect_cli.core.schedule import find_name
from inspect_cli.core.visit.outcome import MatterOutcome
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import UsageMistake, say
from inspect_cli.storage.bulk import find_inspectors_by_id
from inspect_cli.storage.notices import find_entries, find_issued_versions, find_notices
from inspect_cli.storage.results import find_outcome_versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, InspectorId, MatterId
    from inspect_cli.core.publish.issued import Entry
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.core.visit.outcome import DomainOutcome
    from inspect_cli.core.visit.review import OutcomeVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Where a notice shows a result: its entry, its document number, and the day on which it was published first."""

    entry: Entry
    document: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """A chain as its lines need it: the task, names and people by entity, and where notices show its results."""

    bureau: Bureau
    task: PlatformTask
    slots: tuple[Slot, ...]
    names: Mapping[EntityId, str]
    matters: Mapping[MatterId, str]
    people: Mapping[EntityId, tuple[InspectorId, ...]]
    named: Mapping[tuple[Slot, EntityId], _Named]


def gather_lines(
    session: Session, bureau: Bureau, about: str, platform: Platform
) -> Iterator[CreditLine | ProvincialLine]:
    """Give the lines of a month (2026-12) or of a draw's chain (2026-12/1), by chain and entity, domain and matter.

    ``UsageMistake`` where there is no such draw, or none in the month.
    """
    chains = (find_chain(session, Slot(about)),) if "/" in about else find_chains(session, parse_period(about))
    if not chains:
        raise UsageMistake(
            say("there is no draw in {period}", period=about),
            hint=say("see the draws there are with inspect-cli draw list"),
        )
    for found in chains:
        chain = _read_chain(session, bureau, found)
        if platform is Platform.CREDIT:
            yield from _credit_lines(session, chain)
        else:
            yield from _provincial_lines(session, chain)


def _read_chain(session: Session, bureau: Bureau, chain: DrawChain) -> _Chain:
    first = parse_commitment(chain.first.commitment)
    plan = plan_of(first)
    names: dict[EntityId, str] = {}
    people: dict[EntityId, tuple[InspectorId, ...]] = {}
    named: dict[tuple[Slot, EntityId], _Named] = {}
    notices = {one.number: one for one in find_notices(session)}
    for record in chain.drawn:
        names |= {row.id: find_name(row) for row in parse_entity_rows(record.entities)}
        people |= {visit.entity: visit.people for visit in parse_result(record.result or b"").visits}
        for entry in find_entries(session, slot=record.slot):
            if entry.is_shown and entry.replaced is None:
                day = find_issued_versions(session, entry.notice)[0].day
                shown = _Named(entry=entry, document=notices[entry.notice].document, day=day)
                named[entry.slot, entry.entity] = shown
    return _Chain(
        bureau=bureau,
        task=PlatformTask(
            plan=plan.text("name"),
            slot=chain.first.slot,
            bureau=first.bureau,
            is_targeted=plan.text("type") == "targeted",
        ),
        slots=tuple(record.slot for record in chain.drawn),
        names=names,
        matters=matter_names(first),
        people=people,
        named=named,
    )


def _credit_lines(session: Session, chain: _Chain) -> Iterator[CreditLine]:
    """Give a line for each company that a notice shows, as it shows it (PLATFORM-1)."""
    for (slot, entity), shown in sorted(chain.named.items(), key=lambda one: one[0][1].encode()):
        version = next(
            one for one in find_outcome_versions(session, slot, entity) if one.version == shown.entry.outcome_version
        )
        company = name_company(entity, chain.names[entity], shown.entry.naming)
        yield CreditLine(
            task=chain.task,
            code=company.id,
            name=company.name.zh if isinstance(company.name, Label) else company.name,
            finished=version.outcome.visited_on,
            result=version.outcome.worst,
            results=tuple(
                f"{chain.bureau.domain_label(each.domain, 'zh')}：{each.result.label.zh}"
                for each in version.outcome.domains
            ),
            document=shown.document,
            published=shown.day,
        )


def _provincial_lines(session: Session, chain: _Chain) -> Iterator[ProvincialLine]:
    """Give the lines of all approved results (PLATFORM-2)."""
    approved: dict[EntityId, OutcomeVersion] = {}
    for slot in chain.slots:
        approved |= find_approved_outcomes(session, slot)
    wanted = {person for entity in approved for person in chain.people[entity]}
    roster = {one.id: one for one in find_inspectors_by_id(session, wanted)}
    for entity in sorted(approved, key=str.encode):
        for each in approved[entity].outcome.domains:
            for part in each.matters or (each,):
                yield _provincial_line(chain, approved[entity], each, (part, roster))


def _provincial_line(
    chain: _Chain,
    version: OutcomeVersion,
    domain: DomainOutcome,
    part: tuple[DomainOutcome | MatterOutcome, Mapping[InspectorId, Inspector]],
) -> ProvincialLine:
    found, roster = part
    matter = found.matter if isinstance(found, MatterOutcome) else None
    people = [roster[id] for id in chain.people[version.entity] if id in roster]
    shown = chain.named.get((version.slot, version.entity))
    return ProvincialLine(
        task=chain.task,
        code=version.entity,
        name=chain.names[version.entity],
        domain=chain.bureau.domain_label(domain.domain, "zh"),
        matter=matter or "",
        matter_name="" if matter is None else chain.matters.get(matter, ""),
        people=tuple(f"{person.name}（专家）" if person.is_expert else person.name for person in people),
        certificates=tuple(person.certificate for person in people if person.certificate),
        finished=version.outcome.visited_on,
        method=found.method,
        result=found.result,
        finding=found.finding,
        follow_up=found.follow_up,
        approved=version.reviewed_on,
        document=None if shown is None else shown.document,
        published=None if shown is None else shown.day,
    )
