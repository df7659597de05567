"""Rows of the draws: what was frozen, as the bytes that were committed, and what came of it. Never edited afterwards."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Column, Index, LargeBinary, text
from sqlmodel import Field

from inspect_cli.storage.columns import Choice, PlainText
from inspect_cli.storage.tables.row import Row, among, check, refers


class DrawState(StrEnum):
    """How far a draw has come. A void draw stays on record with whatever it had."""

    COMMITTED = "committed"
    SEEDED = "seeded"
    DRAWN = "drawn"
    VOID = "void"


class DrawRow(Row, table=True):
    """A draw by its slot. Its state says which of the later columns are filled.

    ``amends`` is the slot of the draw whose result a supplementary draw amends; each result is amended at most once, void ones aside.
    """

    __tablename__ = "draw"
    __table_args__ = (
        check("slot_length", "length(slot) BETWEEN 1 AND 64"),
        check("period_length", "length(period) = 7"),
        among("state", DrawState),
        check("seed_length", "length(seed) = 64"),
        check("seed_with_entropy", "(seed IS NULL) = (entropy IS NULL)"),
        check("result_after_seed", "result IS NULL OR seed IS NOT NULL"),
        check("seeded", "state NOT IN ('seeded', 'drawn') OR seed IS NOT NULL"),
        check("not_seeded", "state <> 'committed' OR seed IS NULL"),
        check("drawn", "state <> 'drawn' OR result IS NOT NULL"),
        check("not_drawn", "state NOT IN ('committed', 'seeded') OR result IS NULL"),
        check("void_with_reason", "(state = 'void') = (void_reason IS NOT NULL)"),
        refers(("amends",), "draw", ("slot",)),
        Index(
            "uq_draw_amends",
            "amends",
            unique=True,
            sqlite_where=text("state <> 'void'"),
            postgresql_where=text("state <> 'void'"),
        ),
    )

    slot: str = Field(primary_key=True, sa_type=PlainText)
    period: str = Field(sa_type=PlainText)
    state: DrawState = Field(sa_column=Column(Choice(DrawState), nullable=False))
    plan: bytes = Field(sa_type=LargeBinary)
    commitment: bytes = Field(sa_type=LargeBinary)
    entities: bytes = Field(sa_type=LargeBinary)
    inspectors: bytes = Field(sa_type=LargeBinary)
    excluded: bytes = Field(sa_type=LargeBinary)
    entropy: bytes | None = Field(sa_type=LargeBinary)
    seed: str | None = Field(sa_type=PlainText)
    result: bytes | None = Field(sa_type=LargeBinary)
    void_reason: str | None = Field(sa_type=PlainText)
    amends: str | None = Field(default=None, sa_type=PlainText)
