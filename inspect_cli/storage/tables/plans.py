"""Rows beside a month's plan: the year plans that were kept, and the companies that may be drawn although a rule keeps them out."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field

from inspect_cli.core.plan.allowance import AllowanceRule
from inspect_cli.storage.columns import Choice, PlainText
from inspect_cli.storage.tables.row import Row, among, check, filled, refers


class YearPlanRow(Row, table=True):
    """One version of a year's plan, as its file was read; a later version takes the place of the one before and says why."""

    __tablename__ = "year_plan"
    __table_args__ = (
        check("year_bounds", "year BETWEEN 1900 AND 9999"),
        check("version_positive", "version >= 1"),
        filled("reason"),
        check("changed_with_reason", "version = 1 OR reason IS NOT NULL"),
    )

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: bytes = Field(sa_type=LargeBinary)
    reason: str | None = Field(sa_type=PlainText)


class AllowanceRow(Row, table=True):
    """An entity that may be drawn in a period although the cap or the cooling-off keeps it out, by whose leave and why."""

    __tablename__ = "allowance"
    __table_args__ = (
        check("period_length", "length(period) = 7"),
        among("rule", AllowanceRule),
        filled("reason"),
        check("second_person", "approver <> actor"),
        refers(("entity",), "entity", ("id",)),
    )

    period: str = Field(primary_key=True, sa_type=PlainText)
    entity: str = Field(primary_key=True, sa_type=PlainText)
    rule: AllowanceRule = Field(sa_column=Column(Choice(AllowanceRule), primary_key=True))
    actor: str = Field(sa_type=PlainText)
    approver: str = Field(sa_type=PlainText)
    reason: str = Field(sa_type=PlainText)
