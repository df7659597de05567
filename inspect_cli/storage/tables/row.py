"""The root of all rows: one metadata of our own, and names for constraints that are the same on every database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

if TYPE_CHECKING:
    from enum import StrEnum

NAMES = {
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """A row of one of the store's tables."""


def check(name: str, rule: str) -> CheckConstraint:
    """Make a CHECK that both databases understand; it is shown to whoever breaks it by ``name``."""
    return CheckConstraint(rule, name=name)


def filled(column: str) -> CheckConstraint:
    """Make a CHECK that a text is not empty (a missing one is allowed where the column allows it)."""
    return check(f"{column}_filled", f"{column} <> ''")


def among(column: str, members: type[StrEnum]) -> CheckConstraint:
    """Make a CHECK that a column holds one of an enum's values."""
    values = ", ".join(f"'{member.value}'" for member in members)
    return check(f"{column}_known", f"{column} IN ({values})")


def refers(columns: tuple[str, ...], table: str, targets: tuple[str, ...]) -> ForeignKeyConstraint:
    """Make a foreign key: a row that others refer to is never deleted."""
    return ForeignKeyConstraint(columns, [f"{table}.{target}" for target in targets])


def retirement() -> tuple[CheckConstraint, ...]:
    """Make the CHECK that a day of retirement and its reason stand together or not at all."""
    return (check("retired_with_reason", "(retired IS NULL) = (retired_reason IS NULL)"),)
