"""Gathering what the bureau's own papers show: from the frozen bytes, the registry and the settings to views. Nothing is changed here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_lineage
from inspect_cli.acts.draw.frozen import find_ceremony, require_draw, require_result
from inspect_cli.acts.visit.schedule import find_run, read_schedule
from inspect_cli.core.draw.commitment import commitment_digest, parse_commitment
from inspect_cli.core.draw.promise import kind_of
from inspect_cli.core.draw.result import result_digest
from inspect_cli.core.names import Domain, MatterId
from inspect_cli.core.period import ENGLISH_MONTHS, month_of, year_of
from inspect_cli.core.publish.further import at_bureau, further_of, parse_time, plan_of
from inspect_cli.core.publish.labels import SOURCES, label_domain
from inspect_cli.core.schedule import SeatRole
from inspect_cli.core.unchecked import find_left_out
from inspect_cli.core.visit.result import Label
from inspect_cli.core.visit.sheet import (
    DrawRecordSheet,
    PaperHead,
    PaperPerson,
    PaperSource,
    RunSheet,
    RunStop,
    SheetRow,
    VisitSheet,
    part_runs,
)
from inspect_cli.storage.bulk import find_entities_by_id, find_inspectors_by_id, find_matters_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session

    from inspect_cli.acts.visit.schedule import Schedule
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.names import EntityId, InspectorId, Slot
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.core.registry.matter import Matter
    from inspect_cli.core.schedule import ScheduledVisit, Seat
    from inspect_cli.core.visit.sheet import Film

_ROLES = {
    SeatRole.LEADER: Label(zh="组长", en="leader"),
    SeatRole.MEMBER: Label(zh="组员", en="member"),
    SeatRole.EXPERT: Label(zh="专家", en="expert"),
}
_WHOLE_DOMAIN = Label(zh="本领域各事项（另填的事项除外）", en="all matters of the domain, but those filled in below")


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The sheets of a chain's visits in force, by day; ``open`` counts those that have no day, and so no sheet (SHEET-1).

    ``visits`` are the visits of the sheets, by the drawn number.
    """

    sheets: tuple[VisitSheet, ...]
    visits: Mapping[EntityId, ScheduledVisit]
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Where a draw was held (None: as was said when it was drawn), who led it, and its film; None where nobody says so."""

    place: str | None = None
    host: str | None = None
    film: Film | None = None


def gather_sheets(session: Session, bureau: Bureau, slot: Slot) -> Papers:
    """Gather the sheets of a chain's visits in force; raises as ``read_schedule`` does."""
    schedule = read_schedule(session, slot)
    gatherer = _Gatherer(session, bureau, schedule)
    planned = [visit for visit in schedule.visits if visit.day is not None]
    places: Counter[date] = Counter()
    sheets = []
    for visit in planned:
        if visit.day is not None:  # which the type does not know
            places[visit.day] += 1
            sheets.append(gatherer.make_sheet(visit, visit.day, places[visit.day]))
    return Papers(
        sheets=tuple(sheets),
        visits={visit.entity: visit for visit in planned},
        open=len(schedule.visits) - len(planned),
    )


def gather_runs(session: Session, papers: Papers, chosen: tuple[VisitSheet, ...]) -> tuple[RunSheet, ...]:
    """Gather the run sheets of the visits that were chosen of a chain's, with the companies' contacts of today."""
    visits = papers.visits
    companies = {one.id: one for one in find_entities_by_id(session, (sheet.number for sheet in chosen))}
    return tuple(
        RunSheet(
            head=stops[0].head,
            day=day,
            people=people,
            stops=tuple(
                RunStop(
                    place=place,
                    number=sheet.number,
                    name=sheet.name,
                    address=sheet.address,
                    zone=sheet.zone,
                    contact=companies[sheet.number].contact if sheet.number in companies else None,
                    telephone=companies[sheet.number].telephone if sheet.number in companies else None,
                    domains=sheet.domains,
                    again=visits[sheet.entity].slot if visits[sheet.entity].is_drawn_again else None,
                    moved_from=visits[sheet.entity].drawn_day if visits[sheet.entity].is_moved else None,
                )
                for place, sheet in enumerate(stops, start=1)
            ),
        )
        for day, people, stops in part_runs(chosen)
    )


def gather_draw_record(session: Session, bureau: Bureau, slot: Slot, held: Held) -> DrawRecordSheet:
    """Gather the record of one draw; ``UsageMistake`` where there is none, ``RefusedError`` where nothing was drawn yet."""
    record = require_draw(session, slot)
    result = require_result(record)
    commitment, run = parse_commitment(record.commitment), find_run(session, slot)
    first, ceremony = parse_commitment(find_lineage(session, slot)[0].commitment), find_ceremony(session, slot)
    return DrawRecordSheet(
        head=_make_head(bureau, commitment, first),
        drawn_at=at_bureau(datetime.fromisoformat(run.clock), bureau),
        day=run.day,
        operator=run.actor,
        sources=tuple(
            PaperSource(
                kind=SOURCES[kind_of(entry.promise)],
                name=entry.promise.name,
                at=parse_time(entry.promise.at, bureau),
                value=entry.value,
            )
            for entry in result.entropy
        ),
        seed=result.seed,
        commitment=commitment_digest(commitment),
        result=result_digest(result),
        base=commitment.frame.entities.count,
        visits=len(result.visits),
        open=sum(visit.day is None for visit in result.visits),
        place=held.place or ceremony.place,
        host=held.host,
        witnesses=ceremony.witnesses,
        film=held.film,
    )


def list_matters(
    commitment: Commitment, domain: Domain, left_out: Iterable[MatterId]
) -> tuple[tuple[MatterId, str], ...]:
    """List the matters of a domain that a visit checks, with their names, in the plan's order (SHEET-3)."""
    further = further_of(commitment)
    listed = further.nested_list("matters") if "matters" in further.values else ()
    without = frozenset(left_out)
    named = ((MatterId(one.text("id")), one.text("name")) for one in listed if one.text("domain") == domain)
    return tuple((matter, name) for matter, name in named if matter not in without)


class _Gatherer:
    """Makes the sheets of one chain, whose registries it reads at once."""

    def __init__(self, session: Session, bureau: Bureau, schedule: Schedule) -> None:
        self._bureau = bureau
        records = {
            drawn.slot: parse_commitment(require_draw(session, drawn.slot).commitment) for drawn in schedule.draws
        }
        first = schedule.draws[0].slot
        self._heads = {slot: _make_head(bureau, record, records[first]) for slot, record in records.items()}
        wanted = {visit.entity for visit in schedule.visits}
        self._left_out: dict[tuple[Slot, EntityId], tuple[MatterId, ...]] = {
            (drawn.slot, row.id): left_out
            for drawn in schedule.draws
            for row in drawn.entities
            if row.id in wanted and (left_out := find_left_out(row))
        }
        seats = {seat.id for visit in schedule.visits for seat in visit.seats}
        self._people: Mapping[InspectorId, Inspector] = {one.id: one for one in find_inspectors_by_id(session, seats)}
        domains = {(slot, domain) for slot in records for visit in schedule.visits for domain in visit.domains}
        self._listed = {(slot, domain): list_matters(records[slot], domain, ()) for slot, domain in domains}
        numbers = {matter for listed in self._listed.values() for matter, _name in listed}
        self._matters: Mapping[MatterId, Matter] = {one.id: one for one in find_matters_by_id(session, numbers)}

    def make_sheet(self, visit: ScheduledVisit, day: date, place: int) -> VisitSheet:
        """Make the sheet of a visit."""
        return VisitSheet(
            head=self._heads[visit.slot],
            slot=visit.slot,
            entity=visit.entity,
            number=visit.number,
            name=visit.name,
            address=visit.address,
            zone=visit.zone,
            day=day,
            place=place,
            people=tuple(
                map(self._make_person, sorted(visit.seats, key=lambda seat: seat.role is not SeatRole.LEADER))
            ),
            rows=tuple(row for domain in visit.domains for row in self._make_rows(visit, domain)),
        )

    def _make_person(self, seat: Seat) -> PaperPerson:
        known = self._people.get(seat.id)
        certificate = None if known is None else known.certificate
        return PaperPerson(id=seat.id, name=seat.name, certificate=certificate, role=_ROLES[seat.role])

    def _make_rows(self, visit: ScheduledVisit, domain: Domain) -> tuple[SheetRow, ...]:
        """Make the rows of a domain (SHEET-3)."""
        label = label_domain(self._bureau, domain)
        without = self._left_out.get((visit.slot, visit.entity), ())
        checked = [one for one in self._listed[visit.slot, domain] if one[0] not in without]
        whole = SheetRow(matter=None, domain=domain, domain_label=label, name=_WHOLE_DOMAIN)
        rows = (
            SheetRow(
                matter=matter,
                domain=domain,
                domain_label=label,
                name=Label(zh=name, en=name),
                content=known.content if (known := self._matters.get(matter)) else None,
                basis=known.basis if known else None,
            )
            for matter, name in checked
        )
        return (whole, *rows)


def _make_head(bureau: Bureau, commitment: Commitment, first: Commitment) -> PaperHead:
    """Make the head of a draw's papers; the plan is that of its chain's ``first`` draw."""
    period, plan = commitment.period, plan_of(first)
    year, month = year_of(period), month_of(period)
    return PaperHead(
        bureau=Label(zh=bureau.name, en=bureau.name_en),
        telephone=bureau.complaints.telephone,
        address=bureau.complaints.address,
        slot=commitment.slot,
        month=Label(zh=f"{year}年{month}月", en=f"{ENGLISH_MONTHS[month - 1]} {year}"),
        plan=plan.text("name"),
        is_targeted=plan.text("type") == "targeted",
    )
