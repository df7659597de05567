"""Registries in depth, the history of their values, and what is remembered of imported files.

Columns are added as they are. The recusals' table is made anew, for a recusal may name a group in an entity's place: nothing refers
to it. A reason that is none of the codes becomes ``other`` with its words as the note.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
CODES = ("kin", "shares", "employment", "own-request", "company-request", "other")
WORDS = {
    "kin": "亲属关系 亲属 近亲属 近亲属关系 亲属任职 配偶 夫妻 kinship relative family",
    "shares": "持有股份 持股 股份 入股 出资 投资 投资入股 经济利益 利害关系 share shareholding shareholder",
    "employment": "曾任职 任职 曾在该单位任职 原单位 原工作单位 原任职单位 兼职 former-employer employer",
    "own-request": "本人申请 本人申请回避 自行回避 主动回避 自行申请 own-application",
    "company-request": "企业申请 企业申请回避 当事人申请 申请回避 对象申请 company's-application company-application",
}
"""Words of the field that earlier versions kept as they were typed, blanks as hyphens: an import reads them as these codes."""


def upgrade() -> None:
    """Make the columns and tables."""
    collation = ' COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else ""
    text = f"TEXT{collation}"
    _extend_entity(text)
    _extend_inspector()
    _extend_matter(text)
    _renew_recusal()
    _make_value_change()
    _make_taken_file()
    _make_header_map()


def _add(table: str, column: str) -> None:
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def _add_origin(table: str) -> None:
    _add(table, f"added_by INTEGER CONSTRAINT fk_{table}_added_by REFERENCES act (number)")


def _extend_entity(text: str) -> None:
    _add("entity", "domains_by_rule BOOLEAN NOT NULL DEFAULT false")
    _add("entity", "risk_class_date DATE")
    _add("entity", f'"group" {text}')
    _add("entity", f"tags {text} NOT NULL DEFAULT '[]'")
    _add(
        "entity",
        f"successor {text} CONSTRAINT fk_entity_successor REFERENCES entity (id)"
        " CONSTRAINT ck_entity_succeeded_when_retired CHECK (successor IS NULL OR retired IS NOT NULL)",
    )
    _add_origin("entity")


def _extend_inspector() -> None:
    _add("inspector", "in_service BOOLEAN NOT NULL DEFAULT true")
    _add_origin("inspector")


def _extend_matter(text: str) -> None:
    for column in ("of_industries", "of_sizes", "of_risk_classes", "of_tags"):
        _add("matter", f"{column} {text} NOT NULL DEFAULT '[]'")
    _add("matter", "visits_a_year INTEGER CONSTRAINT ck_matter_visits_a_year_positive CHECK (visits_a_year >= 1)")
    _add_origin("matter")


def _renew_recusal() -> None:
    op.rename_table("recusal", "recusal_of_0003")
    if op.get_bind().dialect.name == "postgresql":
        # The names of keys are one for the whole schema.
        op.execute("ALTER TABLE recusal_of_0003 RENAME CONSTRAINT pk_recusal TO pk_recusal_of_0003")
        op.execute("ALTER SEQUENCE recusal_number_seq RENAME TO recusal_of_0003_number_seq")
    codes = ", ".join(f"'{code}'" for code in CODES)
    op.create_table(
        "recusal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("inspector", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=True),
        sa.Column("group", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.CheckConstraint('"start" <= "end"', name=op.f("ck_recusal_in_order")),
        sa.CheckConstraint('(entity IS NULL) <> ("group" IS NULL)', name=op.f("ck_recusal_entity_or_group")),
        sa.CheckConstraint(f"reason IN ({codes})", name=op.f("ck_recusal_reason_known")),
        sa.ForeignKeyConstraint(["inspector"], ["inspector.id"], name=op.f("fk_recusal_inspector")),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_recusal_entity")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_recusal")),
    )
    _keep_recusals()
    op.drop_table("recusal_of_0003")


def _keep_recusals() -> None:
    connection = op.get_bind()
    names = ("inspector", "entity", "reason", "start", "end")
    old = sa.table("recusal_of_0003", *(sa.column(name) for name in ("number", *names)))
    new = sa.table("recusal", *(sa.column(name) for name in (*names, "note")))
    known = {word: code for code, words in WORDS.items() for word in words.split()} | {code: code for code in CODES}
    kept = []
    for row in connection.execute(sa.select(*(old.c[name] for name in names)).order_by(old.c.number)):
        values = row._asdict()
        code = known.get(values["reason"].strip().lower().replace(" ", "-"))
        # A note beside a known word would make the file that the word came from another recusal.
        kept.append(values | {"reason": code or "other", "note": None if code else values["reason"]})
    if kept:
        connection.execute(sa.insert(new), kept)


def _make_value_change() -> None:
    op.create_table(
        "value_change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("noun", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=False),
        sa.Column("after", TEXT, nullable=False),
        sa.CheckConstraint("noun <> ''", name=op.f("ck_value_change_noun_filled")),
        sa.CheckConstraint("key <> ''", name=op.f("ck_value_change_key_filled")),
        sa.CheckConstraint("before <> after", name=op.f("ck_value_change_is_change")),
        sa.ForeignKeyConstraint(["act"], ["act.number"], name=op.f("fk_value_change_act")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_value_change")),
    )
    op.create_index("ix_value_change_key", "value_change", ["noun", "key"])


def _make_taken_file() -> None:
    op.create_table(
        "taken_file",
        sa.Column("noun", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("understood", TEXT, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_taken_file_digest_length")),
        sa.ForeignKeyConstraint(["act"], ["act.number"], name=op.f("fk_taken_file_act")),
        sa.PrimaryKeyConstraint("noun", name=op.f("pk_taken_file")),
    )


def _make_header_map() -> None:
    op.create_table(
        "header_map",
        sa.Column("noun", TEXT, nullable=False),
        sa.Column("shape", TEXT, nullable=False),
        sa.Column("mapping", TEXT, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(shape) = 64", name=op.f("ck_header_map_shape_length")),
        sa.ForeignKeyConstraint(["act"], ["act.number"], name=op.f("fk_header_map_act")),
        sa.PrimaryKeyConstraint("noun", "shape", name=op.f("pk_header_map")),
    )
