"""What the store knows of a draw that was run: its result, rows and visits, read together. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from inspect_cli.acts.frozen import require_draw, require_result
from inspect_cli.core.draw.rows import parse_entity_rows, parse_inspector_rows
from inspect_cli.core.schedule import Directory, DrawnSlot, ScheduledVisit, build_schedule
from inspect_cli.errors import RefusedError, StoreError, say
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import DrawState, find_draws
from inspect_cli.storage.registries import find_entity, find_inspectors

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.names import Slot
    from inspect_cli.storage.act_log import ActRecord
    from inspect_cli.storage.draws import DrawRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The schedule of a draw, and when the draw was recorded."""

    drawn: DrawnSlot
    visits: tuple[ScheduledVisit, ...]
    drawn_at: datetime


def read_schedule(session: Session, slot: Slot) -> Schedule:
    """Put a draw's schedule together; ``RefusedError`` where nothing was drawn, or the draw is void."""
    record = require_draw(session, slot)
    result = require_result(record)
    require_in_force(record)
    drawn = DrawnSlot(
        slot=slot,
        result=result,
        entities=parse_entity_rows(record.entities),
        inspectors=parse_inspector_rows(record.inspectors),
    )
    known = (find_entity(session, visit.entity) for visit in result.visits)
    directory = Directory(
        addresses={entity.id: entity.address for entity in known if entity is not None and entity.address is not None},
        people={person.id: person.name for person in find_inspectors(session, include_retired=True)},
    )
    return Schedule(
        drawn=drawn,
        visits=build_schedule(drawn, directory),
        drawn_at=datetime.fromisoformat(find_run(session, slot).clock),
    )


def read_schedules(session: Session, slot: Slot | None) -> tuple[Schedule, ...]:
    """Put the schedule of one draw together, or of all that were run and are not void; raises as ``read_schedule``."""
    if slot is not None:
        return (read_schedule(session, slot),)
    return tuple(read_schedule(session, draw.slot) for draw in find_draws(session) if draw.state is DrawState.DRAWN)


def require_in_force(record: DrawRecord) -> None:
    """Refuse (``RefusedError``) a void draw: nobody is sent anywhere by it."""
    if record.state is DrawState.VOID:
        raise RefusedError(
            say("the draw {slot} is void: it has no visits", slot=record.slot),
            hint=say("see the draws there are with inspect-cli draw list"),
        )


def find_run(session: Session, slot: Slot) -> ActRecord:
    """Find in the log the act that ran a draw; ``StoreError`` where the log has lost it."""
    for act in find_acts(session, act="draw run", subject=slot, limit=1):
        return act
    raise StoreError(
        say("the log does not say when {slot} was drawn", slot=slot),
        hint=say("check the store with inspect-cli db check"),
    )
