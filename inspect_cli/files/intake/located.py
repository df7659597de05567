"""A value with the row of an outside file that said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Located(Generic[T]):
    """A value, and the row of the file that said it."""

    value: T
    row: int
