"""What the store knows of a draw that was run: results, rows and visits of its whole chain, read together. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import DrawChain, find_chain, find_chains, find_periods
from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rows import parse_entity_rows, parse_inspector_rows
from inspect_cli.core.publish.further import matter_names, provisional_years
from inspect_cli.core.schedule import Directory, DrawnSlot, build_schedule, sort_by_day
from inspect_cli.core.visit.history import DatedSchedule, end_by_void, trace_visits
from inspect_cli.errors import StoreError, say
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.bulk import find_entities_by_id
from inspect_cli.storage.draws import DrawState, find_heads
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import find_inspectors
from inspect_cli.storage.visits import find_visit_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import Session

    from inspect_cli.core.draw.result import Result
    from inspect_cli.core.names import EntityId, MatterId, Slot
    from inspect_cli.core.schedule import ScheduledVisit
    from inspect_cli.core.visit.history import VisitHistory
    from inspect_cli.errors import Message
    from inspect_cli.storage.act_log import ActRecord
    from inspect_cli.storage.draws import DrawRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The schedule of a chain of draws: every visit with all that became of it, in the first draw's ticket order.

    ``draws`` are those that were run, in order; ``drawn_at`` dates the first. ``is_provisional`` says that its days rest on a calendar
    of working days that is not published yet.
    """

    draws: tuple[DrawnSlot, ...]
    histories: tuple[VisitHistory, ...]
    drawn_at: datetime
    is_provisional: bool

    @property
    def changed_at(self) -> datetime:
        """The time of the newest draw or change."""
        return max((history.versions[-1].at for history in self.histories), default=self.drawn_at)

    @property
    def visits(self) -> tuple[ScheduledVisit, ...]:
        """The visits in force, in the schedule's order; those that were cancelled or carried over are not among them."""
        return sort_by_day(one.visit for one in self.histories if one.end is None)

    @property
    def ended(self) -> tuple[ScheduledVisit, ...]:
        """The visits that were cancelled or carried over, in the schedule's order."""
        return sort_by_day(one.visit for one in self.histories if one.end is not None)


def read_schedule(session: Session, slot: Slot) -> Schedule:
    """Put the schedule of a draw's chain together; ``RefusedError`` where nothing was drawn, or the draw is void."""
    chain = find_chain(session, slot)
    require_result(chain.first)
    return _read_chain(session, chain)


def read_schedules(session: Session, slot: Slot | None) -> tuple[Schedule, ...]:
    """Put the schedule of one chain together, or of all that were run and are not void; raises as ``read_schedule``."""
    if slot is not None:
        return (read_schedule(session, slot),)
    return tuple(
        _read_chain(session, chain)
        for period in find_periods(session)
        for chain in find_chains(session, period)
        if chain.drawn
    )


def read_void_schedules(session: Session) -> tuple[Schedule, ...]:
    """Put together the schedules of draws that were run and then declared void: everything on them is over (HIST-5)."""
    found = []
    for slot in (head.slot for head in find_heads(session) if head.state is DrawState.VOID):
        record = require_draw(session, slot)
        if record.result is not None and record.amends is None:
            schedule = _read_chain(session, DrawChain(records=(record,)))
            at = datetime.fromisoformat(_find_void(session, slot).clock)
            found.append(replace(schedule, histories=tuple(end_by_void(one, at) for one in schedule.histories)))
    return tuple(found)


def find_run(session: Session, slot: Slot) -> ActRecord:
    """Find in the log the act that ran a draw; ``StoreError`` where the log has lost it."""
    return _require_act(session, "draw run", slot, say("the log does not say when {slot} was drawn", slot=slot))


def _find_void(session: Session, slot: Slot) -> ActRecord:
    lost = say("the log does not say when {slot} was declared void", slot=slot)
    return _require_act(session, "draw void", slot, lost)


def _require_act(session: Session, act: str, slot: Slot, lost: Message) -> ActRecord:
    for record in find_acts(session, act=act, subject=slot, limit=1):
        return record
    raise StoreError(lost, hint=say("check the store with inspect-cli db check"))


def _read_chain(session: Session, chain: DrawChain) -> Schedule:
    draws = tuple(_read_draw(record) for record in chain.drawn)
    commitment = parse_commitment(chain.first.commitment)
    directory = _read_directory(session, draws[0].result, matter_names(commitment))
    dated = [
        DatedSchedule(
            slot=drawn.slot,
            drawn_at=datetime.fromisoformat(find_run(session, drawn.slot).clock),
            visits=build_schedule(drawn, directory, chain.first.slot),
        )
        for drawn in draws
    ]
    changes = (change for drawn in draws for change in find_visit_changes(session, drawn.slot))
    histories = {history.visit.entity: history for history in trace_visits(dated, changes)}
    return Schedule(
        draws=draws,
        histories=tuple(histories[visit.entity] for visit in draws[0].result.visits),
        drawn_at=dated[0].drawn_at,
        is_provisional=bool(provisional_years(commitment)),
    )


def _read_draw(record: DrawRecord) -> DrawnSlot:
    return DrawnSlot(
        slot=record.slot,
        result=require_result(record),
        entities=parse_entity_rows(record.entities),
        inspectors=parse_inspector_rows(record.inspectors),
    )


def _read_directory(session: Session, result: Result, matters: Mapping[MatterId, str]) -> Directory:
    """Look up what nobody froze (SCHED-3), beside the names of the matters."""
    numbers = find_numbers(session)
    return Directory(
        addresses=_find_addresses(session, (numbers.current(visit.entity) for visit in result.visits)),
        people={person.id: person.name for person in find_inspectors(session, include_retired=True)},
        matters=matters,
        numbers=numbers,
    )


def _find_addresses(session: Session, companies: Iterable[EntityId]) -> dict[EntityId, str]:
    """Find all addresses at once: a question a company would be thousands."""
    found = find_entities_by_id(session, companies)
    return {entity.id: entity.address for entity in found if entity.address is not None}
