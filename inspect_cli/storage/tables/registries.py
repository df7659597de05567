"""Rows of the registries: entities, inspectors with leave and recusals, matters, the ledger, and imported working-day notices."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Index, text
from sqlmodel import Field

from inspect_cli.core.registry.inspector import RecusalReason
from inspect_cli.core.registry.ledger import VisitKind
from inspect_cli.storage.columns import Choice, Days, PlainText, SharedText, Words
from inspect_cli.storage.tables.row import Row, among, check, filled, refers, retirement

_FALSE = {"server_default": text("false")}
_TRUE = {"server_default": text("true")}
_NO_WORDS = {"server_default": "[]"}


class EntityRow(Row, table=True):
    """An entity, as ``core.registry.entity.Entity`` says it."""

    __tablename__ = "entity"
    __table_args__ = (
        check("id_length", "length(id) BETWEEN 1 AND 64"),
        filled("name"),
        check("domains_filled", "domains <> '[]'"),
        *retirement(),
        check("succeeded_when_retired", "successor IS NULL OR retired IS NOT NULL"),
        refers(("added_by",), "act", ("number",)),
        refers(("successor",), "entity", ("id",)),
    )

    id: str = Field(primary_key=True, sa_type=PlainText)
    name: str = Field(sa_type=PlainText)
    domains: tuple[str, ...] = Field(sa_type=Words)
    zone: str | None = Field(sa_type=SharedText)
    industry: str | None = Field(sa_type=SharedText)
    size: str | None = Field(sa_type=SharedText)
    risk_class: str | None = Field(sa_type=SharedText)
    address: str | None = Field(sa_type=PlainText)
    legal_representative: str | None = Field(sa_type=PlainText)
    registration_authority: str | None = Field(sa_type=SharedText)
    supervising_unit: str | None = Field(sa_type=SharedText)
    registration_status: str | None = Field(sa_type=SharedText)
    established: date | None
    contact: str | None = Field(sa_type=PlainText)
    telephone: str | None = Field(sa_type=PlainText)
    retired: date | None
    retired_reason: str | None = Field(sa_type=PlainText)
    domains_by_rule: bool = Field(sa_column_kwargs=_FALSE)
    risk_class_date: date | None
    group: str | None = Field(sa_type=SharedText)
    tags: tuple[str, ...] = Field(sa_type=Words, sa_column_kwargs=_NO_WORDS)
    successor: str | None = Field(sa_type=PlainText)
    added_by: int | None


class InspectorRow(Row, table=True):
    """An inspector or expert, as ``core.registry.inspector.Inspector`` says it; one certificate belongs to one active person."""

    __tablename__ = "inspector"
    __table_args__ = (
        check("id_length", "length(id) BETWEEN 1 AND 64"),
        filled("name"),
        check("certificate_held", "is_expert OR (certificate IS NOT NULL AND certificate <> '')"),
        check("day_cap_positive", "day_cap >= 1"),
        check("month_cap_positive", "month_cap >= 0"),
        *retirement(),
        Index(
            "uq_inspector_certificate",
            "certificate",
            unique=True,
            sqlite_where=text("retired IS NULL"),
            postgresql_where=text("retired IS NULL"),
        ),
        refers(("added_by",), "act", ("number",)),
    )

    id: str = Field(primary_key=True, sa_type=PlainText)
    name: str = Field(sa_type=PlainText)
    skills: tuple[str, ...] = Field(sa_type=Words)
    certificate: str | None = Field(sa_type=PlainText)
    valid_until: date | None
    is_expert: bool
    may_lead: bool
    zones: tuple[str, ...] = Field(sa_type=Words)
    day_cap: int | None
    month_cap: int | None
    unit: str | None = Field(sa_type=SharedText)
    squad: str | None = Field(sa_type=SharedText)
    position: str | None = Field(sa_type=SharedText)
    issuing_authority: str | None = Field(sa_type=SharedText)
    telephone: str | None = Field(sa_type=PlainText)
    retired: date | None
    retired_reason: str | None = Field(sa_type=PlainText)
    in_service: bool = Field(sa_column_kwargs=_TRUE)
    added_by: int | None


class LeaveRow(Row, table=True):
    """Days on which an inspector cannot work."""

    __tablename__ = "leave"
    __table_args__ = (check("in_order", "first <= last"), refers(("inspector",), "inspector", ("id",)))

    inspector: str = Field(primary_key=True, sa_type=PlainText)
    first: date = Field(primary_key=True)
    last: date = Field(primary_key=True)
    reason: str = Field(sa_type=PlainText)


class RecusalRow(Row, table=True):
    """Whom an inspector must not visit: an entity, or all of a group."""

    __tablename__ = "recusal"
    __table_args__ = (
        among("reason", RecusalReason),
        check("in_order", '"start" <= "end"'),
        check("entity_or_group", '(entity IS NULL) <> ("group" IS NULL)'),
        refers(("inspector",), "inspector", ("id",)),
        refers(("entity",), "entity", ("id",)),
    )

    number: int | None = Field(default=None, primary_key=True)
    inspector: str = Field(sa_type=PlainText)
    entity: str | None = Field(sa_type=PlainText)
    group: str | None = Field(sa_type=PlainText)
    reason: RecusalReason = Field(sa_column=Column(Choice(RecusalReason), nullable=False))
    note: str | None = Field(sa_type=PlainText)
    start: date | None
    end: date | None


class MatterRow(Row, table=True):
    """A matter of the published list."""

    __tablename__ = "matter"
    __table_args__ = (
        check("id_length", "length(id) BETWEEN 1 AND 64"),
        filled("name"),
        filled("domain"),
        check("in_order", "valid_from <= valid_until"),
        check("visits_a_year_positive", "visits_a_year >= 1"),
        *retirement(),
        refers(("added_by",), "act", ("number",)),
    )

    id: str = Field(primary_key=True, sa_type=PlainText)
    domain: str = Field(sa_type=SharedText)
    name: str = Field(sa_type=PlainText)
    basis: str = Field(sa_type=PlainText)
    content: str | None = Field(sa_type=PlainText)
    object_type: str | None = Field(sa_type=PlainText)
    method: str | None = Field(sa_type=PlainText)
    ratio: str | None = Field(sa_type=PlainText)
    frequency: str | None = Field(sa_type=PlainText)
    is_key: bool
    source_of_power: str | None = Field(sa_type=PlainText)
    valid_from: date | None
    valid_until: date | None
    remarks: str | None = Field(sa_type=PlainText)
    retired: date | None
    retired_reason: str | None = Field(sa_type=PlainText)
    of_industries: tuple[str, ...] = Field(sa_type=Words, sa_column_kwargs=_NO_WORDS)
    of_sizes: tuple[str, ...] = Field(sa_type=Words, sa_column_kwargs=_NO_WORDS)
    of_risk_classes: tuple[str, ...] = Field(sa_type=Words, sa_column_kwargs=_NO_WORDS)
    of_tags: tuple[str, ...] = Field(sa_type=Words, sa_column_kwargs=_NO_WORDS)
    visits_a_year: int | None
    added_by: int | None


class LedgerRow(Row, table=True):
    """A visit that an entity received or is planned to receive, by whomever; ``source`` is the slot of a draw of ours."""

    __tablename__ = "ledger"
    __table_args__ = (
        among("kind", VisitKind),
        filled("department"),
        refers(("entity",), "entity", ("id",)),
        refers(("source",), "draw", ("slot",)),
        Index("ix_ledger_day", "day"),
    )

    number: int | None = Field(default=None, primary_key=True)
    entity: str = Field(sa_type=PlainText)
    day: date
    kind: VisitKind = Field(sa_column=Column(Choice(VisitKind), nullable=False))
    domains: tuple[str, ...] = Field(sa_type=Words)
    department: str = Field(sa_type=SharedText)
    source: str | None = Field(sa_type=SharedText)
    matters: tuple[str, ...] = Field(default=(), sa_type=Words, sa_column_kwargs={"server_default": "[]"})


class BlackoutRow(Row, table=True):
    """Days on which a zone, an entity or, where neither is named, anybody at all is not visited."""

    __tablename__ = "blackout"
    __table_args__ = (
        check("in_order", "first <= last"),
        filled("reason"),
        filled("zone"),
        check("zone_or_entity", "zone IS NULL OR entity IS NULL"),
        refers(("entity",), "entity", ("id",)),
    )

    number: int | None = Field(default=None, primary_key=True)
    first: date
    last: date
    reason: str = Field(sa_type=PlainText)
    zone: str | None = Field(sa_type=PlainText)
    entity: str | None = Field(sa_type=PlainText)


class YearNoticeRow(Row, table=True):
    """One year's imported notice of holidays and make-up days: it stands before the library's calendar of that year."""

    __tablename__ = "year_notice"
    __table_args__ = (check("year_bounds", "year BETWEEN 1900 AND 9999"), filled("title"))

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    title: str = Field(sa_type=PlainText)
    days_off: tuple[date, ...] = Field(sa_type=Days)
    make_up_days: tuple[date, ...] = Field(sa_type=Days)
    provisional: bool
