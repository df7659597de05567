"""Rows about imports: what each value was before, which file was taken last, and what a file's own headers mean."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from inspect_cli.storage.columns import PlainText, SharedText
from inspect_cli.storage.tables.row import Row, check, filled, refers


class ValueChangeRow(Row, table=True):
    """One field of one row that an act changed: ``before`` and ``after`` are canonical JSON. Rows are added and never changed."""

    __tablename__ = "value_change"
    __table_args__ = (
        filled("noun"),
        filled("key"),
        check("is_change", "before <> after"),
        refers(("act",), "act", ("number",)),
        Index("ix_value_change_key", "noun", "key"),
    )

    number: int | None = Field(default=None, primary_key=True)
    act: int
    noun: str = Field(sa_type=SharedText)
    key: str = Field(sa_type=PlainText)
    field: str = Field(sa_type=SharedText)
    before: str = Field(sa_type=PlainText)
    after: str = Field(sa_type=PlainText)


class TakenFileRow(Row, table=True):
    """The file that a registry took last, and by which act; ``understood`` is the digest of all else that its reading hung on."""

    __tablename__ = "taken_file"
    __table_args__ = (
        check("digest_length", "length(sha256) = 64"),
        refers(("act",), "act", ("number",)),
    )

    noun: str = Field(sa_type=PlainText, primary_key=True)
    sha256: str = Field(sa_type=PlainText)
    understood: str = Field(sa_type=PlainText)
    act: int


class HeaderMapRow(Row, table=True):
    """What the headers of files of one shape mean, as somebody said once: ``mapping`` is canonical JSON, header to field."""

    __tablename__ = "header_map"
    __table_args__ = (
        check("shape_length", "length(shape) = 64"),
        refers(("act",), "act", ("number",)),
    )

    noun: str = Field(sa_type=PlainText, primary_key=True)
    shape: str = Field(sa_type=PlainText, primary_key=True)
    mapping: str = Field(sa_type=PlainText)
    act: int
