"""The act log's rows: one for each act, written in the act's own transaction and never changed."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field

from inspect_cli.storage.columns import PlainText
from inspect_cli.storage.tables.row import Row, check, filled


class ActRow(Row, table=True):
    """One act: what, who, when by the machine's clock (text with its offset), for which day, and by whose leave."""

    __tablename__ = "act"
    __table_args__ = (
        filled("actor"),
        filled("act"),
        check("approver_with_reason", "(approver IS NULL) = (reason IS NULL)"),
        check("second_person", "approver <> actor"),
    )

    number: int | None = Field(default=None, primary_key=True)
    clock: str = Field(sa_type=PlainText)
    day: date
    actor: str = Field(sa_type=PlainText)
    act: str = Field(sa_type=PlainText)
    subject: str = Field(sa_type=PlainText)
    detail: str = Field(sa_type=PlainText)
    approver: str | None = Field(sa_type=PlainText)
    reason: str | None = Field(sa_type=PlainText)
