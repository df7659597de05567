"""Rows of the notices that were published: their numbers, their versions, and whose results they name."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Index, UniqueConstraint, text
from sqlmodel import Field

from inspect_cli.core.bureau import SoleTraders
from inspect_cli.core.publish.issued import IssueAction, NoticeKind
from inspect_cli.storage.columns import Choice, PlainText
from inspect_cli.storage.tables.row import Row, among, check, filled, refers

_SHOWN = "state IN ('published', 'corrected') AND replaced IS NULL"


class NoticeRow(Row, table=True):
    """A published notice with its document number, which no other notice has."""

    __tablename__ = "notice"
    __table_args__ = (
        among("kind", NoticeKind),
        filled("document"),
        check("serial_from_one", "serial >= 1"),
        check("of_a_draw", "(kind IN ('commitment', 'draw', 'result')) = (slot IS NOT NULL)"),
        UniqueConstraint("series", "year", "serial"),
        UniqueConstraint("document"),
        refers(("slot",), "draw", ("slot",)),
    )

    number: int | None = Field(default=None, primary_key=True)
    kind: NoticeKind = Field(sa_column=Column(Choice(NoticeKind), nullable=False))
    slot: str | None = Field(sa_type=PlainText)
    period: str | None = Field(sa_type=PlainText)
    series: str = Field(sa_type=PlainText)
    year: int
    serial: int
    document: str = Field(sa_type=PlainText)


class NoticeVersionRow(Row, table=True):
    """One version of a published notice, as it was published in both languages; versions are added and never changed."""

    __tablename__ = "notice_version"
    __table_args__ = (
        among("action", IssueAction),
        filled("publisher"),
        check("first_is_published", "(version = 1) = (action = 'published')"),
        check("version_from_one", "version >= 1"),
        check("changed_with_reason", "action IN ('published', 'expired') OR reason IS NOT NULL"),
        check("changed_with_approver", "action IN ('published', 'expired') OR approver IS NOT NULL"),
        refers(("notice",), "notice", ("number",)),
        refers(("by",), "notice", ("number",)),
    )

    notice: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    action: IssueAction = Field(sa_column=Column(Choice(IssueAction), nullable=False))
    clock: str = Field(sa_type=PlainText)
    day: date
    publisher: str = Field(sa_type=PlainText)
    approver: str | None = Field(sa_type=PlainText)
    reason: str | None = Field(sa_type=PlainText)
    basis: str | None = Field(sa_type=PlainText)
    by: int | None
    due: date | None
    zh: str = Field(sa_type=PlainText)
    en: str = Field(sa_type=PlainText)


class NoticeEntryRow(Row, table=True):
    """A visit's result that a notice names; of one visit at most one entry is shown at a time, notices of a change aside."""

    __tablename__ = "notice_entry"
    __table_args__ = (
        among("state", IssueAction),
        check("place_from_one", "place >= 1"),
        check("outcome_version_from_one", "outcome_version >= 1"),
        check("replaces_an_earlier_one", "replaced < outcome_version"),
        among("naming", SoleTraders),
        UniqueConstraint("notice", "place"),
        refers(("notice",), "notice", ("number",)),
        refers(("slot", "entity"), "visit", ("slot", "entity")),
        Index("ix_notice_entry_visit", "slot", "entity"),
        Index(
            "uq_notice_entry_shown_once",
            "slot",
            "entity",
            unique=True,
            sqlite_where=text(_SHOWN),
            postgresql_where=text(_SHOWN),
        ),
    )

    notice: int = Field(primary_key=True)
    slot: str = Field(primary_key=True, sa_type=PlainText)
    entity: str = Field(primary_key=True, sa_type=PlainText)
    place: int
    outcome_version: int
    replaced: int | None
    naming: SoleTraders | None = Field(sa_column=Column(Choice(SoleTraders), nullable=True))
    state: IssueAction = Field(sa_column=Column(Choice(IssueAction), nullable=False))
    since: date
