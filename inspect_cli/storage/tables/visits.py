"""Rows of the visits that draws made, and of what was found, domain by domain."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Index, text
from sqlmodel import Field

from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.storage.columns import Choice, PlainText
from inspect_cli.storage.tables.row import Row, among, check, filled, refers


class VisitRow(Row, table=True):
    """A drawn visit: planned for a day, open without one, or recorded. How it ended otherwise is a ``visit_change``."""

    __tablename__ = "visit"
    __table_args__ = (
        check("state_known", "state IN ('planned', 'open', 'recorded')"),
        check("day_or_open", "(day IS NULL) = (open_reason IS NOT NULL)"),
        check("planned_with_day", "state <> 'planned' OR day IS NOT NULL"),
        check("open_without_day", "state <> 'open' OR day IS NULL"),
        refers(("slot",), "draw", ("slot",)),
        refers(("entity",), "entity", ("id",)),
    )

    slot: str = Field(primary_key=True, sa_type=PlainText)
    entity: str = Field(primary_key=True, sa_type=PlainText)
    day: date | None
    open_reason: str | None = Field(sa_type=PlainText)
    state: VisitState = Field(sa_column=Column(Choice(VisitState), nullable=False))


class VisitChangeRow(Row, table=True):
    """What became of a visit after the draw: moved to another day (as often as needed), or ended, once, without a result."""

    __tablename__ = "visit_change"
    __table_args__ = (
        among("kind", ChangeKind),
        filled("actor"),
        filled("reason"),
        check("moved_to_a_day", "(kind = 'moved') = (to_day IS NOT NULL)"),
        check("replaced_by_a_slot", "(kind = 'replaced') = (by_slot IS NOT NULL)"),
        check("carried_to_a_period", "(kind = 'carried-over') = (to_period IS NOT NULL)"),
        check("ended_with_approver", "kind = 'moved' OR approver IS NOT NULL"),
        check("second_person", "approver <> actor"),
        refers(("slot", "entity"), "visit", ("slot", "entity")),
        refers(("by_slot",), "draw", ("slot",)),
        Index(
            "uq_visit_change_ended_once",
            "slot",
            "entity",
            unique=True,
            sqlite_where=text("kind <> 'moved'"),
            postgresql_where=text("kind <> 'moved'"),
        ),
    )

    number: int | None = Field(default=None, primary_key=True)
    slot: str = Field(sa_type=PlainText)
    entity: str = Field(sa_type=PlainText)
    kind: ChangeKind = Field(sa_column=Column(Choice(ChangeKind), nullable=False))
    clock: str = Field(sa_type=PlainText)
    day: date
    actor: str = Field(sa_type=PlainText)
    from_day: date | None
    to_day: date | None
    by_slot: str | None = Field(sa_type=PlainText)
    to_period: str | None = Field(sa_type=PlainText)
    reason: str = Field(sa_type=PlainText)
    approver: str | None = Field(sa_type=PlainText)


class OutcomeRow(Row, table=True):
    """What a visit found in one domain, by the newest version of its result; ``matters`` as ``core.visit.kept`` renders them."""

    __tablename__ = "outcome"
    __table_args__ = (
        check("result_class_known", "result_class BETWEEN 1 AND 13"),
        filled("method"),
        filled("recorded_by"),
        refers(("slot", "entity"), "visit", ("slot", "entity")),
    )

    slot: str = Field(primary_key=True, sa_type=PlainText)
    entity: str = Field(primary_key=True, sa_type=PlainText)
    domain: str = Field(primary_key=True, sa_type=PlainText)
    result_class: int
    method: str = Field(sa_type=PlainText)
    finding: str | None = Field(sa_type=PlainText)
    follow_up: str | None = Field(sa_type=PlainText)
    visited_on: date
    recorded_by: str = Field(sa_type=PlainText)
    matters: str = Field(sa_type=PlainText, sa_column_kwargs={"server_default": "[]"})
