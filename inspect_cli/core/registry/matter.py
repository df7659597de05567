"""Matters (随机抽查事项): what may be inspected at all. Outside the list there is no inspection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Domain, MatterId


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One row of the published list. ``valid_from`` and ``valid_until`` are days, both included; None is unbounded."""

    id: MatterId
    domain: Domain
    name: str
    basis: str
    content: str | None = None
    object_type: str | None = None
    method: str | None = None
    ratio: str | None = None
    frequency: str | None = None
    is_key: bool = False
    source_of_power: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    remarks: str | None = None
    retired: date | None = None
    retired_reason: str | None = None

    def is_valid_throughout(self, first: date, last: date) -> bool:
        """Say whether the matter is on the list on every day from ``first`` to ``last``."""
        return (
            (self.valid_from is None or self.valid_from <= first)
            and (self.valid_until is None or self.valid_until >= last)
            and (self.retired is None or self.retired > last)
        )
