"""Acts on days without visits: closing them for everybody, a zone or one entity, and opening them again.

A draw that is committed froze its days: what is closed or reopened later changes nothing of it. Visits that are planned already on
days that are closed are named, so that somebody sees to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chains, find_periods, find_standing_visits
from inspect_cli.acts.registry.retirement import require_reason, unknown_id
from inspect_cli.core.people import Role, require_role
from inspect_cli.core.period import first_day, last_day
from inspect_cli.core.registry.blackout import cut_blackout
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.calendar import add_blackout, find_blackouts, remove_blackout
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import find_entities, find_entity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, Period, Slot
    from inspect_cli.core.people import Actor
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """A visit that is planned on a day which was closed."""

    slot: Slot
    entity: EntityId
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """What closing did: whether it is new, and which visits are planned on those days, sorted by slot and entity."""

    is_new: bool
    planned: tuple[PlannedVisit, ...]


def close_days(store: Store, actor: Actor, bureau: Bureau, wanted: Blackout) -> Closed:
    """Close days; the same again changes nothing.

    Raises ``UsageMistake`` for days in the wrong order, no reason, or somebody who is not registered, ``RefusedError`` where these
    very days are closed for another reason, or the actor is no operator.
    """
    require_role(bureau.people, actor.name, Role.OPERATOR)
    require_reason(wanted.reason)
    with store.transaction() as session:
        (wanted,) = find_numbers(session).bring((wanted,))
        _require_known(session, bureau, wanted)
        for one in find_blackouts(session, first=wanted.first, last=wanted.last):
            if one == wanted:
                return Closed(is_new=False, planned=tuple(_find_planned(session, wanted)))
            if one.concerns_same(wanted) and (one.first, one.last) == (wanted.first, wanted.last):
                raise RefusedError(
                    say("these days are closed already, for another reason: {reason}", reason=one.reason),
                    hint=say("open them with inspect-cli workdays reopen, then close them again"),
                )
        add_blackout(session, wanted)
        detail: dict[str, JSON] = {**_whom(wanted), "reason": wanted.reason}
        add_act(session, actor, Act(act="workdays close", subject=_days(wanted), detail=detail))
        return Closed(is_new=True, planned=tuple(_find_planned(session, wanted)))


def reopen_days(store: Store, actor: Actor, bureau: Bureau, wanted: Blackout) -> tuple[Blackout, ...]:
    """Open days again and give what was closed on them (BLACK-4).

    Raises ``UsageMistake`` for days in the wrong order, ``RefusedError`` where none of them is closed for these, or the actor is no
    operator.
    """
    require_role(bureau.people, actor.name, Role.OPERATOR)
    _require_order(wanted)
    with store.transaction() as session:
        (wanted,) = find_numbers(session).bring((wanted,))
        touching = find_blackouts(session, first=wanted.first, last=wanted.last)
        found = tuple(one for one in touching if one.concerns_same(wanted))
        if not found:
            raise RefusedError(
                say("nothing is closed then: {days}", days=_days(wanted)),
                hint=say("see what is closed with inspect-cli workdays show; name the same zone or entity"),
            )
        for one in found:
            remove_blackout(session, one)
            for part in cut_blackout(one, wanted):
                add_blackout(session, part)
        add_act(session, actor, Act(act="workdays reopen", subject=_days(wanted), detail=_whom(wanted)))
    return found


def _require_known(session: Session, bureau: Bureau, wanted: Blackout) -> None:
    """Refuse (``UsageMistake``) days in the wrong order, and a zone or entity that does not exist: nobody would be kept from it."""
    _require_order(wanted)
    if wanted.zone is not None and wanted.entity is not None:
        raise UsageMistake(
            say("days are closed for a zone or for an entity, not for both"), hint=say("close them one after the other")
        )
    if wanted.entity is not None and find_entity(session, wanted.entity) is None:
        raise unknown_id("entity", wanted.entity)
    if wanted.zone is not None and wanted.zone not in bureau.zones:
        zones = {entity.zone for entity in find_entities(session)}
        if wanted.zone not in zones:
            raise UsageMistake(
                say("there is no zone {zone}", zone=wanted.zone),
                hint=say("the settings and the entity registry name the zones; see inspect-cli entity list"),
            )


def _require_order(wanted: Blackout) -> None:
    if wanted.last < wanted.first:
        raise UsageMistake(
            say(
                "the last day, {last}, is before the first, {first}",
                last=wanted.last.isoformat(),
                first=wanted.first.isoformat(),
            ),
            hint=say("exchange the two days"),
        )


def _find_planned(session: Session, closed: Blackout) -> Iterator[PlannedVisit]:
    """Find the visits in force that are planned on closed days."""
    numbers = find_numbers(session)
    touched = (period for period in find_periods(session) if _touches(closed, period))
    for chain in (chain for period in touched for chain in find_chains(session, period)):
        for visit in find_standing_visits(session, chain):
            record = visit.record
            if record.state is not VisitState.PLANNED or visit.end is not None:
                continue
            if record.day is None or not closed.covers(record.day):
                continue
            entity = find_entity(session, numbers.current(record.entity))
            if entity is not None and closed.concerns(entity.id, entity.zone):
                yield PlannedVisit(slot=record.slot, entity=record.entity, day=record.day)


def _touches(closed: Blackout, period: Period) -> bool:
    return closed.first <= last_day(period) and first_day(period) <= closed.last


def _days(wanted: Blackout) -> str:
    """Name the days for the log and for messages."""
    first, last = wanted.first.isoformat(), wanted.last.isoformat()
    return first if first == last else f"{first}..{last}"


def _whom(wanted: Blackout) -> dict[str, JSON]:
    """Name whom they concern; nobody is named where it is everybody."""
    if wanted.zone is not None:
        return {"zone": wanted.zone}
    return {} if wanted.entity is None else {"entity": wanted.entity}
