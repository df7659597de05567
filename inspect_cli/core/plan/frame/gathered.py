"""What a plan is worked out from: everything that ``acts.plan.gathering`` reads from the store, as one value. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, EntityId, InspectorId, Slot
    from inspect_cli.core.plan.allowance import Allowance
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
    from inspect_cli.core.registry.ledger import LedgerVisit
    from inspect_cli.core.registry.matter import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place in a visit that is already somebody's: it counts against their caps."""

    inspector: InspectorId
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTeam:
    """Who visited an entity the last time before the period's end, or the first time after it (experts aside)."""

    entity: EntityId
    team: tuple[InspectorId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undrawn:
    """A draw of the period that is committed and not yet drawn: who is in its frame, and on which days its roster counts on whom.

    ``most``: how many visits it can give to each of its people.
    """

    slot: Slot
    entities: tuple[EntityId, ...]
    days: tuple[Seat, ...] = ()
    most: tuple[tuple[InspectorId, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A visit that was carried over into the period: from which draw, and what was to be checked."""

    slot: Slot
    entity: EntityId
    domains: tuple[Domain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The plan, the settings, the registries (retired rows too), and what other draws hold.

    ``visits``: imported ones, and the planned and recorded ones of our own draws (with their slot as ``source``).
    ``drawn``: entities that another draw of the period has drawn, with or without a day. ``undrawn``: draws of the period that are
    committed and not yet drawn. ``seats``: places of the period that other draws have filled, one for each visit. ``taken``: further
    days of the period that somebody gave to a visit which was moved, or made on another day. ``working_days``: those of the period,
    sorted. ``today``: the day that the rules use.
    """

    plan: Plan
    bureau: Bureau
    today: date
    entities: tuple[Entity, ...]
    inspectors: tuple[Inspector, ...]
    matters: tuple[Matter, ...]
    working_days: tuple[date, ...]
    leave: tuple[Leave, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    visits: tuple[LedgerVisit, ...] = ()
    drawn: tuple[EntityId, ...] = ()
    undrawn: tuple[Undrawn, ...] = ()
    seats: tuple[Seat, ...] = ()
    taken: tuple[Seat, ...] = ()
    past_teams: tuple[PastTeam, ...] = ()
    carried: tuple[Carried, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    provisional: tuple[int, ...] = ()
