"""Versions of results with their approval, files that belong to them, steps after them, and the notices that were published.

Results that earlier versions kept become the first version of each, and await approval: nobody had looked at them a second time.
"""

from __future__ import annotations

import json
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ACTIONS = "'published', 'corrected', 'repaired', 'withdrawn', 'expired'"


def upgrade() -> None:
    """Make the columns and tables."""
    collation = ' COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"ALTER TABLE outcome ADD COLUMN matters TEXT{collation} NOT NULL DEFAULT '[]'")
    _make_outcome_version()
    _keep_first_versions()
    _make_attachment()
    _make_follow_up_step()
    _make_notice()
    _make_notice_version()
    _make_notice_entry()


def _make_outcome_version() -> None:
    op.create_table(
        "outcome_version",
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("clock", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("basis", TEXT, nullable=True),
        sa.Column("approver", TEXT, nullable=True),
        sa.Column("reviewed_by", TEXT, nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_reason", TEXT, nullable=True),
        sa.Column("not_made", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state IN ('awaiting', 'returned', 'approved')", name=op.f("ck_outcome_version_state_known")
        ),
        sa.CheckConstraint("recorded_by <> ''", name=op.f("ck_outcome_version_recorded_by_filled")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_outcome_version_version_from_one")),
        sa.CheckConstraint(
            "(state = 'awaiting') = (reviewed_by IS NULL)", name=op.f("ck_outcome_version_reviewed_or_awaiting")
        ),
        sa.CheckConstraint(
            "(reviewed_by IS NULL) = (reviewed_on IS NULL)", name=op.f("ck_outcome_version_reviewed_on_a_day")
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR review_reason IS NOT NULL", name=op.f("ck_outcome_version_returned_with_reason")
        ),
        sa.CheckConstraint("(reason IS NULL) = (basis IS NULL)", name=op.f("ck_outcome_version_corrected_with_basis")),
        sa.CheckConstraint(
            "(reason IS NULL) = (approver IS NULL)", name=op.f("ck_outcome_version_corrected_with_approver")
        ),
        sa.CheckConstraint("NOT not_made OR state = 'returned'", name=op.f("ck_outcome_version_not_made_is_returned")),
        sa.ForeignKeyConstraint(
            ["slot", "entity"], ["visit.slot", "visit.entity"], name=op.f("fk_outcome_version_slot")
        ),
        sa.PrimaryKeyConstraint("slot", "entity", "version", name=op.f("pk_outcome_version")),
    )


def _keep_first_versions() -> None:
    connection = op.get_bind()
    names = ("slot", "entity", "domain", "result_class", "method", "finding", "follow_up", "visited_on", "recorded_by")
    outcome = sa.table(
        "outcome", *(sa.column(name) for name in names if name != "visited_on"), sa.column("visited_on", sa.Date())
    )
    act = sa.table(
        "act", *(sa.column(name) for name in ("number", "act", "subject", "clock")), sa.column("day", sa.Date())
    )
    recorded = {
        row.subject: row
        for row in connection.execute(sa.select(act).where(act.c.act == "visit record").order_by(act.c.number))
    }
    rows = connection.execute(sa.select(outcome).order_by(outcome.c.slot, outcome.c.entity, outcome.c.domain)).all()
    kept = []
    for (slot, entity), group in groupby(rows, key=lambda row: (row.slot, row.entity)):
        domains = tuple(group)
        done = recorded.get(f"{slot} {entity}")
        kept.append(
            {
                "slot": slot,
                "entity": entity,
                "version": 1,
                "content": _render(domains),
                "state": "awaiting",
                "recorded_by": domains[0].recorded_by,
                "clock": done.clock if done else f"{domains[0].visited_on.isoformat()}T00:00:00+00:00",
                "day": done.day if done else domains[0].visited_on,
                "not_made": False,
            }
        )
    if kept:
        columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in kept[0] if name != "day"]
        connection.execute(sa.insert(sa.table("outcome_version", *columns, sa.column("day", sa.Date()))), kept)


def _render(rows: tuple[sa.Row[tuple[object, ...]], ...]) -> str:
    domains = [
        {
            "domain": row.domain,
            "result": row.result_class,
            "method": row.method,
            "finding": row.finding,
            "follow_up": row.follow_up,
            "matters": [],
        }
        for row in rows
    ]
    outcome = {"visited_on": rows[0].visited_on.isoformat(), "domains": domains}
    return json.dumps(outcome, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _make_attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_attachment_name_filled")),
        sa.CheckConstraint("added_by <> ''", name=op.f("ck_attachment_added_by_filled")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_attachment_digest_length")),
        sa.CheckConstraint("size >= 0", name=op.f("ck_attachment_size_from_zero")),
        sa.ForeignKeyConstraint(["slot", "entity"], ["visit.slot", "visit.entity"], name=op.f("fk_attachment_slot")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_attachment")),
    )


def _make_follow_up_step() -> None:
    steps = "'recheck-passed', 'recheck-failed', 'extend', 'order', 'supervise', 'transfer', 'notify', 'close'"
    op.create_table(
        "follow_up_step",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("domain", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("clock", TEXT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.CheckConstraint(f"step IN ({steps})", name=op.f("ck_follow_up_step_step_known")),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_follow_up_step_actor_filled")),
        sa.CheckConstraint(
            "(step IN ('extend', 'order')) = (until IS NOT NULL)", name=op.f("ck_follow_up_step_term_with_its_steps")
        ),
        sa.ForeignKeyConstraint(
            ["slot", "entity", "version"],
            ["outcome_version.slot", "outcome_version.entity", "outcome_version.version"],
            name=op.f("fk_follow_up_step_slot"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_follow_up_step")),
    )


def _make_notice() -> None:
    kinds = "'matters', 'plan', 'commitment', 'draw', 'result', 'change', 'statistics'"
    op.create_table(
        "notice",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("slot", TEXT, nullable=True),
        sa.Column("period", TEXT, nullable=True),
        sa.Column("series", TEXT, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_notice_kind_known")),
        sa.CheckConstraint("document <> ''", name=op.f("ck_notice_document_filled")),
        sa.CheckConstraint("serial >= 1", name=op.f("ck_notice_serial_from_one")),
        sa.CheckConstraint(
            "(kind IN ('commitment', 'draw', 'result')) = (slot IS NOT NULL)", name=op.f("ck_notice_of_a_draw")
        ),
        sa.ForeignKeyConstraint(["slot"], ["draw.slot"], name=op.f("fk_notice_slot")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_notice")),
        sa.UniqueConstraint("series", "year", "serial", name=op.f("uq_notice_series_year_serial")),
        sa.UniqueConstraint("document", name=op.f("uq_notice_document")),
    )


def _make_notice_version() -> None:
    op.create_table(
        "notice_version",
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("clock", TEXT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("publisher", TEXT, nullable=False),
        sa.Column("approver", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("basis", TEXT, nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("zh", TEXT, nullable=False),
        sa.Column("en", TEXT, nullable=False),
        sa.CheckConstraint(f"action IN ({ACTIONS})", name=op.f("ck_notice_version_action_known")),
        sa.CheckConstraint("publisher <> ''", name=op.f("ck_notice_version_publisher_filled")),
        sa.CheckConstraint("(version = 1) = (action = 'published')", name=op.f("ck_notice_version_first_is_published")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_notice_version_version_from_one")),
        sa.CheckConstraint(
            "action IN ('published', 'expired') OR reason IS NOT NULL",
            name=op.f("ck_notice_version_changed_with_reason"),
        ),
        sa.CheckConstraint(
            "action IN ('published', 'expired') OR approver IS NOT NULL",
            name=op.f("ck_notice_version_changed_with_approver"),
        ),
        sa.ForeignKeyConstraint(["notice"], ["notice.number"], name=op.f("fk_notice_version_notice")),
        sa.ForeignKeyConstraint(["by"], ["notice.number"], name=op.f("fk_notice_version_by")),
        sa.PrimaryKeyConstraint("notice", "version", name=op.f("pk_notice_version")),
    )


def _make_notice_entry() -> None:
    op.create_table(
        "notice_entry",
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("slot", TEXT, nullable=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("outcome_version", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=True),
        sa.Column("naming", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint(f"state IN ({ACTIONS})", name=op.f("ck_notice_entry_state_known")),
        sa.CheckConstraint("naming IN ('full', 'first', 'code')", name=op.f("ck_notice_entry_naming_known")),
        sa.CheckConstraint("place >= 1", name=op.f("ck_notice_entry_place_from_one")),
        sa.CheckConstraint("outcome_version >= 1", name=op.f("ck_notice_entry_outcome_version_from_one")),
        sa.CheckConstraint("replaced < outcome_version", name=op.f("ck_notice_entry_replaces_an_earlier_one")),
        sa.ForeignKeyConstraint(["notice"], ["notice.number"], name=op.f("fk_notice_entry_notice")),
        sa.ForeignKeyConstraint(["slot", "entity"], ["visit.slot", "visit.entity"], name=op.f("fk_notice_entry_slot")),
        sa.PrimaryKeyConstraint("notice", "slot", "entity", name=op.f("pk_notice_entry")),
        sa.UniqueConstraint("notice", "place", name=op.f("uq_notice_entry_notice_place")),
    )
    op.create_index("ix_notice_entry_visit", "notice_entry", ["slot", "entity"])
    shown = sa.text("state IN ('published', 'corrected') AND replaced IS NULL")
    op.create_index(
        "uq_notice_entry_shown_once",
        "notice_entry",
        ["slot", "entity"],
        unique=True,
        sqlite_where=shown,
        postgresql_where=shown,
    )
