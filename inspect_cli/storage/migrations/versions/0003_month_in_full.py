"""Chains of draws, what becomes of visits after the draw, year plans, allowances, and days on which nobody is visited.

Columns are added as they are, without making a table anew: SQLite cannot replace a table that others refer to while it minds them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the columns and tables."""
    collation = ' COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"ALTER TABLE draw ADD COLUMN amends TEXT{collation} CONSTRAINT fk_draw_amends REFERENCES draw (slot)")
    op.create_index(
        "uq_draw_amends",
        "draw",
        ["amends"],
        unique=True,
        sqlite_where=sa.text("state <> 'void'"),
        postgresql_where=sa.text("state <> 'void'"),
    )
    op.execute(f"ALTER TABLE ledger ADD COLUMN matters TEXT{collation} NOT NULL DEFAULT '[]'")
    _make_visit_change()
    _make_year_plan()
    _make_allowance()
    _make_blackout()


def _make_visit_change() -> None:
    op.create_table(
        "visit_change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("clock", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("by_slot", TEXT, nullable=True),
        sa.Column("to_period", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("approver", TEXT, nullable=True),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_visit_change_actor_filled")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_visit_change_reason_filled")),
        sa.CheckConstraint(
            "kind IN ('moved', 'replaced', 'cancelled', 'carried-over')", name=op.f("ck_visit_change_kind_known")
        ),
        sa.CheckConstraint(
            "(kind = 'moved') = (to_day IS NOT NULL)",
            name=op.f("ck_visit_change_moved_to_a_day"),
        ),
        sa.CheckConstraint(
            "(kind = 'replaced') = (by_slot IS NOT NULL)", name=op.f("ck_visit_change_replaced_by_a_slot")
        ),
        sa.CheckConstraint(
            "(kind = 'carried-over') = (to_period IS NOT NULL)", name=op.f("ck_visit_change_carried_to_a_period")
        ),
        sa.CheckConstraint("kind = 'moved' OR approver IS NOT NULL", name=op.f("ck_visit_change_ended_with_approver")),
        sa.CheckConstraint("approver <> actor", name=op.f("ck_visit_change_second_person")),
        sa.ForeignKeyConstraint(["slot", "entity"], ["visit.slot", "visit.entity"], name=op.f("fk_visit_change_slot")),
        sa.ForeignKeyConstraint(["by_slot"], ["draw.slot"], name=op.f("fk_visit_change_by_slot")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_visit_change")),
    )
    op.create_index(
        "uq_visit_change_ended_once",
        "visit_change",
        ["slot", "entity"],
        unique=True,
        sqlite_where=sa.text("kind <> 'moved'"),
        postgresql_where=sa.text("kind <> 'moved'"),
    )


def _make_year_plan() -> None:
    op.create_table(
        "year_plan",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_year_plan_reason_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_year_plan_version_positive")),
        sa.CheckConstraint("version = 1 OR reason IS NOT NULL", name=op.f("ck_year_plan_changed_with_reason")),
        sa.CheckConstraint("year BETWEEN 1900 AND 9999", name=op.f("ck_year_plan_year_bounds")),
        sa.PrimaryKeyConstraint("year", "version", name=op.f("pk_year_plan")),
    )


def _make_allowance() -> None:
    op.create_table(
        "allowance",
        sa.Column("period", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("approver", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.CheckConstraint("approver <> actor", name=op.f("ck_allowance_second_person")),
        sa.CheckConstraint("length(period) = 7", name=op.f("ck_allowance_period_length")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_allowance_reason_filled")),
        sa.CheckConstraint("rule IN ('cap', 'cooling-off')", name=op.f("ck_allowance_rule_known")),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_allowance_entity")),
        sa.PrimaryKeyConstraint("period", "entity", "rule", name=op.f("pk_allowance")),
    )


def _make_blackout() -> None:
    op.create_table(
        "blackout",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("zone", TEXT, nullable=True),
        sa.Column("entity", TEXT, nullable=True),
        sa.CheckConstraint("first <= last", name=op.f("ck_blackout_in_order")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_blackout_reason_filled")),
        sa.CheckConstraint("zone <> ''", name=op.f("ck_blackout_zone_filled")),
        sa.CheckConstraint("zone IS NULL OR entity IS NULL", name=op.f("ck_blackout_zone_or_entity")),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_blackout_entity")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_blackout")),
    )
