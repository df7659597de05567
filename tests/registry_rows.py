"""Builders of registry values, valid by default, and what a read file of them looks like to an act."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from inspect_cli.acts.registry.register import ImportOrder
from inspect_cli.acts.registry.retirement import RowOrder
from inspect_cli.core.names import Domain, EntityId, InspectorId, MatterId
from inspect_cli.core.people import Actor
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal, RecusalReason
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.registry.matter import Matter
from inspect_cli.files.intake.located import Located
from inspect_cli.files.intake.rows import Intake

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")

HEALTH, SAFETY = Domain("health"), Domain("safety")
TODAY: Final = date(2026, 11, 20)

HOSTILE: Final = (
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "[/red][bold]",
    "../../x",
    "a\u202eb",
    "Robert'); DROP TABLE entity;--",
    "长" * 4000,
)
"""Names that are text and nothing else."""


def an_actor(name: str = "操作员甲", day: date = TODAY) -> Actor:
    """Make somebody who acts at nine in the morning, China's time."""
    return Actor(name=name, clock=datetime.fromisoformat("2026-11-20T09:00:00+08:00"), day=day)


def an_entity(**changes: Any) -> Entity:
    """Make an entity with the fields that an import fills."""
    entity = Entity(
        id=EntityId("91350100M000100Y43"),
        name="示例食品厂",
        domains=(HEALTH, SAFETY),
        zone="网格01",
        risk_class="B",
        established=date(2016, 8, 30),
        contact="联系人某某",
        telephone="13900000000",
    )
    return replace(entity, **changes)


def an_inspector(**changes: Any) -> Inspector:
    """Make an inspector whose certificate is long-term."""
    inspector = Inspector(
        id=InspectorId("R001"), name="张一", skills=(HEALTH, SAFETY), certificate="C-1", telephone="13800000000"
    )
    return replace(inspector, **changes)


def a_matter(**changes: Any) -> Matter:
    """Make a matter that is valid from 2025 on."""
    matter = Matter(
        id=MatterId("AQ-01"), domain=SAFETY, name="安全生产责任制", basis="《安全生产法》", valid_from=date(2025, 1, 1)
    )
    return replace(matter, **changes)


def a_leave(**changes: Any) -> Leave:
    """Make a week's leave of the builder's inspector."""
    leave = Leave(inspector=InspectorId("R001"), first=date(2026, 12, 7), last=date(2026, 12, 11), reason="年休假")
    return replace(leave, **changes)


def a_recusal(**changes: Any) -> Recusal:
    """Make a recusal of the builder's inspector from the builder's entity, for ever."""
    recusal = Recusal(inspector=InspectorId("R001"), entity=EntityId("91350100M000100Y43"), reason=RecusalReason.KIN)
    return replace(recusal, **changes)


def a_visit(**changes: Any) -> LedgerVisit:
    """Make another department's routine visit to the builder's entity."""
    visit = LedgerVisit(
        entity=EntityId("91350100M000100Y43"),
        day=date(2026, 3, 5),
        kind=VisitKind.ROUTINE,
        domains=(HEALTH,),
        department="区卫健委",
    )
    return replace(visit, **changes)


def an_intake(*values: Value, silent: tuple[str, ...] = ()) -> Intake[Value]:
    """Make a read file that has a column for every field of its values but the ``silent`` ones; its rows begin at 2."""
    names = frozenset(field.name for value in values for field in fields(value))
    return Intake(
        file="rows.csv",
        digest="0" * 64,
        rows=tuple(Located(value=value, row=number) for number, value in enumerate(values, start=2)),
        notices=(),
        fields=names - frozenset(silent),
    )


def an_order(*values: Value, **changes: Any) -> ImportOrder[Value]:
    """Make the order to take a file with these values."""
    order: ImportOrder[Value] = ImportOrder(intake=an_intake(*values), people=())
    return replace(order, **changes)


def a_row_order(id: str, reason: str) -> RowOrder:
    """Make the order to retire or to bring back one row."""
    return RowOrder(id=id, reason=reason, people=())
