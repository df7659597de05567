"""Draws as they were frozen, the ledger, and the visits with what they found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    _make_draw()
    _make_ledger()
    _make_visit()
    _make_outcome()


def _make_draw() -> None:
    op.create_table(
        "draw",
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("entities", sa.LargeBinary(), nullable=False),
        sa.Column("inspectors", sa.LargeBinary(), nullable=False),
        sa.Column("excluded", sa.LargeBinary(), nullable=False),
        sa.Column("entropy", sa.LargeBinary(), nullable=True),
        sa.Column("seed", TEXT, nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.Column("void_reason", TEXT, nullable=True),
        sa.CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name=op.f("ck_draw_void_with_reason")),
        sa.CheckConstraint("state <> 'committed' OR seed IS NULL", name=op.f("ck_draw_not_seeded")),
        sa.CheckConstraint("state <> 'drawn' OR result IS NOT NULL", name=op.f("ck_draw_drawn")),
        sa.CheckConstraint("state IN ('committed', 'seeded', 'drawn', 'void')", name=op.f("ck_draw_state_known")),
        sa.CheckConstraint("state NOT IN ('committed', 'seeded') OR result IS NULL", name=op.f("ck_draw_not_drawn")),
        sa.CheckConstraint("state NOT IN ('seeded', 'drawn') OR seed IS NOT NULL", name=op.f("ck_draw_seeded")),
        sa.CheckConstraint("(seed IS NULL) = (entropy IS NULL)", name=op.f("ck_draw_seed_with_entropy")),
        sa.CheckConstraint("length(period) = 7", name=op.f("ck_draw_period_length")),
        sa.CheckConstraint("length(seed) = 64", name=op.f("ck_draw_seed_length")),
        sa.CheckConstraint("length(slot) BETWEEN 1 AND 64", name=op.f("ck_draw_slot_length")),
        sa.CheckConstraint("result IS NULL OR seed IS NOT NULL", name=op.f("ck_draw_result_after_seed")),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_draw")),
    )


def _make_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("domains", TEXT, nullable=False),
        sa.Column("department", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=True),
        sa.CheckConstraint("department <> ''", name=op.f("ck_ledger_department_filled")),
        sa.CheckConstraint(
            "kind IN ('combined', 'routine', 'special', 'complaint', 'assigned', 'tip', 'recheck', 'request', 'licensing', 'emergency')",
            name=op.f("ck_ledger_kind_known"),
        ),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_ledger_entity")),
        sa.ForeignKeyConstraint(["source"], ["draw.slot"], name=op.f("fk_ledger_source")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger")),
    )
    op.create_index("ix_ledger_day", "ledger", ["day"], unique=False)


def _make_visit() -> None:
    op.create_table(
        "visit",
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("open_reason", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.CheckConstraint("state <> 'open' OR day IS NULL", name=op.f("ck_visit_open_without_day")),
        sa.CheckConstraint("state <> 'planned' OR day IS NOT NULL", name=op.f("ck_visit_planned_with_day")),
        sa.CheckConstraint("state IN ('planned', 'open', 'recorded')", name=op.f("ck_visit_state_known")),
        sa.CheckConstraint("(day IS NULL) = (open_reason IS NOT NULL)", name=op.f("ck_visit_day_or_open")),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_visit_entity")),
        sa.ForeignKeyConstraint(["slot"], ["draw.slot"], name=op.f("fk_visit_slot")),
        sa.PrimaryKeyConstraint("slot", "entity", name=op.f("pk_visit")),
    )


def _make_outcome() -> None:
    op.create_table(
        "outcome",
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("domain", TEXT, nullable=False),
        sa.Column("result_class", sa.Integer(), nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("finding", TEXT, nullable=True),
        sa.Column("follow_up", TEXT, nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.CheckConstraint("method <> ''", name=op.f("ck_outcome_method_filled")),
        sa.CheckConstraint("recorded_by <> ''", name=op.f("ck_outcome_recorded_by_filled")),
        sa.CheckConstraint("result_class BETWEEN 1 AND 13", name=op.f("ck_outcome_result_class_known")),
        sa.ForeignKeyConstraint(["slot", "entity"], ["visit.slot", "visit.entity"], name=op.f("fk_outcome_slot")),
        sa.PrimaryKeyConstraint("slot", "entity", "domain", name=op.f("pk_outcome")),
    )
