"""Matters (随机抽查事项): what may be inspected at all. Outside the list there is no inspection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Domain, MatterId


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One row of the published list. ``valid_from`` and ``valid_until`` are days, both included; None is unbounded.

    The four ``of_`` fields say to which entities the matter applies, each sorted, empty for any: an entity has one of the values of
    each that is not empty (an industry is also met by the codes beneath it). ``object_type`` says it in words, for the notices.
    ``visits_a_year`` is how often a year an entity may be checked for it (频次上限); ``frequency`` says it in words.
    """

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
    of_industries: tuple[str, ...] = ()
    of_sizes: tuple[str, ...] = ()
    of_risk_classes: tuple[str, ...] = ()
    of_tags: tuple[str, ...] = ()
    visits_a_year: int | None = None

    def is_valid_throughout(self, first: date, last: date) -> bool:
        """Say whether the matter is on the list on every day from ``first`` to ``last``."""
        return (
            (self.valid_from is None or self.valid_from <= first)
            and (self.valid_until is None or self.valid_until >= last)
            and (self.retired is None or self.retired > last)
        )
