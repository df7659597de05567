"""A value with the row of an outside file that said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Located(Generic[T]):
    """A value, and the row of the file that said it.

    ``former`` is the key under which the row says that the value was known before: a registration number beside a new credit code.
    """

    value: T
    row: int
    former: Hashable = None
