"""Rows about results: the versions of each, the files that belong to it, and what was done afterwards."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column
from sqlmodel import Field

from inspect_cli.core.visit.correction import CorrectionReason
from inspect_cli.core.visit.review import ReviewState
from inspect_cli.core.visit.steps import Step
from inspect_cli.storage.columns import Choice, PlainText
from inspect_cli.storage.tables.row import Row, among, check, filled, refers


class OutcomeVersionRow(Row, table=True):
    """One version of a visit's result (``content`` as ``core.visit.kept`` renders it); versions are added, and reviewed once."""

    __tablename__ = "outcome_version"
    __table_args__ = (
        among("state", ReviewState),
        filled("recorded_by"),
        check("version_from_one", "version >= 1"),
        check("reviewed_or_awaiting", "(state = 'awaiting') = (reviewed_by IS NULL)"),
        check("reviewed_on_a_day", "(reviewed_by IS NULL) = (reviewed_on IS NULL)"),
        check("returned_with_reason", "state <> 'returned' OR review_reason IS NOT NULL"),
        check("corrected_with_basis", "(reason IS NULL) = (basis IS NULL)"),
        check("corrected_with_approver", "(reason IS NULL) = (approver IS NULL)"),
        check("not_made_is_returned", "NOT not_made OR state = 'returned'"),
        refers(("slot", "entity"), "visit", ("slot", "entity")),
    )

    slot: str = Field(primary_key=True, sa_type=PlainText)
    entity: str = Field(primary_key=True, sa_type=PlainText)
    version: int = Field(primary_key=True)
    content: str = Field(sa_type=PlainText)
    state: ReviewState = Field(sa_column=Column(Choice(ReviewState), nullable=False))
    recorded_by: str = Field(sa_type=PlainText)
    clock: str = Field(sa_type=PlainText)
    day: date
    reason: CorrectionReason | None = Field(sa_column=Column(Choice(CorrectionReason), nullable=True))
    basis: str | None = Field(sa_type=PlainText)
    approver: str | None = Field(sa_type=PlainText)
    reviewed_by: str | None = Field(sa_type=PlainText)
    reviewed_on: date | None
    review_reason: str | None = Field(sa_type=PlainText)
    not_made: bool = Field(default=False)


class AttachmentRow(Row, table=True):
    """What is kept of a file that belongs to a visit's result; the file itself is not."""

    __tablename__ = "attachment"
    __table_args__ = (
        filled("name"),
        filled("added_by"),
        check("digest_length", "length(sha256) = 64"),
        check("size_from_zero", "size >= 0"),
        refers(("slot", "entity"), "visit", ("slot", "entity")),
    )

    number: int | None = Field(default=None, primary_key=True)
    slot: str = Field(sa_type=PlainText)
    entity: str = Field(sa_type=PlainText)
    name: str = Field(sa_type=PlainText)
    sha256: str = Field(sa_type=PlainText)
    size: int
    added_by: str = Field(sa_type=PlainText)
    day: date


class FollowUpStepRow(Row, table=True):
    """One step that was taken about a domain of a visit; which steps are allowed is ``core.visit.steps``'s matter."""

    __tablename__ = "follow_up_step"
    __table_args__ = (
        among("step", Step),
        filled("actor"),
        check("term_with_its_steps", "(step IN ('extend', 'order')) = (until IS NOT NULL)"),
        refers(("slot", "entity", "version"), "outcome_version", ("slot", "entity", "version")),
    )

    number: int | None = Field(default=None, primary_key=True)
    slot: str = Field(sa_type=PlainText)
    entity: str = Field(sa_type=PlainText)
    version: int
    domain: str = Field(sa_type=PlainText)
    step: Step = Field(sa_column=Column(Choice(Step), nullable=False))
    day: date
    until: date | None
    note: str | None = Field(sa_type=PlainText)
    clock: str = Field(sa_type=PlainText)
    actor: str = Field(sa_type=PlainText)
