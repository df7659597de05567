"""Rows of the visits that draws made, and of what was found, domain by domain."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column
from sqlmodel import Field

from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.storage.columns import Choice, PlainText
from inspect_cli.storage.tables.row import Row, among, check, filled, refers


class VisitRow(Row, table=True):
    """A drawn visit: planned for a day, open without one, or recorded."""

    __tablename__ = "visit"
    __table_args__ = (
        among("state", VisitState),
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


class OutcomeRow(Row, table=True):
    """What a visit found in one domain; result classes are numbered as in the published list."""

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
