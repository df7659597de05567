"""What a plan is worked out from: everything that ``acts.plan`` reads from the store, as one value. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.core.plan.plan import Plan
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
    """Who visited an entity the last time (experts aside)."""

    entity: EntityId
    team: tuple[InspectorId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The plan, the settings, the registries (retired rows too), and what other draws hold.

    ``visits``: imported ones, and the planned and recorded ones of our own draws (with their slot as ``source``).
    ``drawn``: entities that another draw of the period has drawn, with or without a day. ``held``: entities in the frame of another
    slot of the period that is committed and not yet drawn. ``seats``: places of the period that other draws have filled.
    ``working_days``: those of the period, sorted. ``today``: the day that the rules use.
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
    held: tuple[EntityId, ...] = ()
    seats: tuple[Seat, ...] = ()
    past_teams: tuple[PastTeam, ...] = ()
