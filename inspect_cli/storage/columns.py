"""The types of the store's columns, so that SQLite and PostgreSQL keep, compare and give back exactly the same values.

Text compares by its bytes (``COLLATE "C"`` on PostgreSQL), days are dates, clocks are text with their offset, and a list of
words is one canonical JSON text. What a value means, and whether it is right, is not known here.
"""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine


class PlainText(TypeDecorator[str]):
    """Text that compares by its UTF-8 bytes on both databases."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the database's own type."""
        return _text(dialect)


class SharedText(PlainText):
    """Text that many rows have in common (a zone, an industry): kept once in memory however many rows are read."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's name)
        """Give every equal text as the same object."""
        return None if value is None else intern(value)


class Choice(TypeDecorator[StrEnum]):
    """A member of an enum, kept as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        """Say which enum."""
        super().__init__()
        self.members = members

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the database's own type."""
        return _text(dialect)

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's name)
        """Render the member; a text that is no member's is refused (``ValueError``), which only a bug of ours can cause."""
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """Parse the value."""
        return None if value is None else self.members(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A tuple of words as one JSON text, ``["health","safety"]``: equal tuples are equal texts."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the database's own type."""
        return _text(dialect)

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Render the tuple."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002
        """Parse the text; equal texts give the same tuple."""
        return None if value is None else _parse_words(value)


def _text(dialect: Dialect) -> Text:
    """PostgreSQL's default collation depends on its locale; ours must not."""
    return Text(collation="C" if dialect.name == "postgresql" else None)


class Days(TypeDecorator[tuple[date, ...]]):
    """A tuple of days as one JSON text, ``["2026-10-01"]``."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the database's own type."""
        return _text(dialect)

    def process_bind_param(self, value: tuple[date, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Render the tuple."""
        return None if value is None else json.dumps([day.isoformat() for day in value], separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[date, ...] | None:  # noqa: ARG002
        """Parse the text."""
        return None if value is None else tuple(date.fromisoformat(day) for day in json.loads(value))


@lru_cache(maxsize=4096)
def _parse_words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
