"""The registries, working-day notices and the act log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    _make_entity()
    _make_inspector()
    _make_leave()
    _make_recusal()
    _make_matter()
    _make_year_notice()
    _make_act()


def _make_entity() -> None:
    op.create_table(
        "entity",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("domains", TEXT, nullable=False),
        sa.Column("zone", TEXT, nullable=True),
        sa.Column("industry", TEXT, nullable=True),
        sa.Column("size", TEXT, nullable=True),
        sa.Column("risk_class", TEXT, nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("legal_representative", TEXT, nullable=True),
        sa.Column("registration_authority", TEXT, nullable=True),
        sa.Column("supervising_unit", TEXT, nullable=True),
        sa.Column("registration_status", TEXT, nullable=True),
        sa.Column("established", sa.Date(), nullable=True),
        sa.Column("contact", TEXT, nullable=True),
        sa.Column("telephone", TEXT, nullable=True),
        sa.Column("retired", sa.Date(), nullable=True),
        sa.Column("retired_reason", TEXT, nullable=True),
        sa.CheckConstraint("domains <> '[]'", name=op.f("ck_entity_domains_filled")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_entity_name_filled")),
        sa.CheckConstraint("(retired IS NULL) = (retired_reason IS NULL)", name=op.f("ck_entity_retired_with_reason")),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 64", name=op.f("ck_entity_id_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
    )


def _make_inspector() -> None:
    op.create_table(
        "inspector",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("skills", TEXT, nullable=False),
        sa.Column("certificate", TEXT, nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("is_expert", sa.Boolean(), nullable=False),
        sa.Column("may_lead", sa.Boolean(), nullable=False),
        sa.Column("zones", TEXT, nullable=False),
        sa.Column("day_cap", sa.Integer(), nullable=True),
        sa.Column("month_cap", sa.Integer(), nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("squad", TEXT, nullable=True),
        sa.Column("position", TEXT, nullable=True),
        sa.Column("issuing_authority", TEXT, nullable=True),
        sa.Column("telephone", TEXT, nullable=True),
        sa.Column("retired", sa.Date(), nullable=True),
        sa.Column("retired_reason", TEXT, nullable=True),
        sa.CheckConstraint(
            "is_expert OR (certificate IS NOT NULL AND certificate <> '')", name=op.f("ck_inspector_certificate_held")
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_inspector_name_filled")),
        sa.CheckConstraint(
            "(retired IS NULL) = (retired_reason IS NULL)", name=op.f("ck_inspector_retired_with_reason")
        ),
        sa.CheckConstraint("day_cap >= 1", name=op.f("ck_inspector_day_cap_positive")),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 64", name=op.f("ck_inspector_id_length")),
        sa.CheckConstraint("month_cap >= 0", name=op.f("ck_inspector_month_cap_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspector")),
    )
    op.create_index(
        "uq_inspector_certificate",
        "inspector",
        ["certificate"],
        unique=True,
        sqlite_where=sa.text("retired IS NULL"),
        postgresql_where=sa.text("retired IS NULL"),
    )


def _make_leave() -> None:
    op.create_table(
        "leave",
        sa.Column("inspector", TEXT, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_leave_in_order")),
        sa.ForeignKeyConstraint(["inspector"], ["inspector.id"], name=op.f("fk_leave_inspector")),
        sa.PrimaryKeyConstraint("inspector", "first", "last", name=op.f("pk_leave")),
    )


def _make_recusal() -> None:
    op.create_table(
        "recusal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("inspector", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_recusal_reason_filled")),
        sa.CheckConstraint('"start" <= "end"', name=op.f("ck_recusal_in_order")),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_recusal_entity")),
        sa.ForeignKeyConstraint(["inspector"], ["inspector.id"], name=op.f("fk_recusal_inspector")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_recusal")),
    )


def _make_matter() -> None:
    op.create_table(
        "matter",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("domain", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("content", TEXT, nullable=True),
        sa.Column("object_type", TEXT, nullable=True),
        sa.Column("method", TEXT, nullable=True),
        sa.Column("ratio", TEXT, nullable=True),
        sa.Column("frequency", TEXT, nullable=True),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("source_of_power", TEXT, nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("remarks", TEXT, nullable=True),
        sa.Column("retired", sa.Date(), nullable=True),
        sa.Column("retired_reason", TEXT, nullable=True),
        sa.CheckConstraint("domain <> ''", name=op.f("ck_matter_domain_filled")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_matter_name_filled")),
        sa.CheckConstraint("(retired IS NULL) = (retired_reason IS NULL)", name=op.f("ck_matter_retired_with_reason")),
        sa.CheckConstraint("length(id) BETWEEN 1 AND 64", name=op.f("ck_matter_id_length")),
        sa.CheckConstraint("valid_from <= valid_until", name=op.f("ck_matter_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )


def _make_year_notice() -> None:
    op.create_table(
        "year_notice",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("days_off", TEXT, nullable=False),
        sa.Column("make_up_days", TEXT, nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_year_notice_title_filled")),
        sa.CheckConstraint("year BETWEEN 1900 AND 9999", name=op.f("ck_year_notice_year_bounds")),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_year_notice")),
    )


def _make_act() -> None:
    op.create_table(
        "act",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("clock", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("act", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("approver", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.CheckConstraint("act <> ''", name=op.f("ck_act_act_filled")),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_act_actor_filled")),
        sa.CheckConstraint("(approver IS NULL) = (reason IS NULL)", name=op.f("ck_act_approver_with_reason")),
        sa.CheckConstraint("approver <> actor", name=op.f("ck_act_second_person")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_act")),
    )
