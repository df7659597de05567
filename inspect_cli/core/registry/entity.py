"""An entity of the registry (检查对象): whom a draw can choose. Import parsing is in ``files.intake``, the store in ``storage``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One company or sole trader.

    ``domains`` is sorted and not empty; ``domains_by_rule``: no file named them, the settings' rules for industry and size did.
    ``tags`` is sorted. ``risk_class_date``: the day on which the class was set. ``group``: whom companies of one owner belong to, for
    recusals. ``successor``: the number under which the company is kept since it changed its number; this row is retired then.
    ``contact`` and ``telephone`` are kept for the bureau and never published.
    """

    id: EntityId
    name: str
    domains: tuple[Domain, ...]
    zone: str | None = None
    industry: str | None = None
    size: str | None = None
    risk_class: str | None = None
    address: str | None = None
    legal_representative: str | None = None
    registration_authority: str | None = None
    supervising_unit: str | None = None
    registration_status: str | None = None
    established: date | None = None
    contact: str | None = None
    telephone: str | None = None
    retired: date | None = None
    retired_reason: str | None = None
    domains_by_rule: bool = False
    risk_class_date: date | None = None
    group: str | None = None
    tags: tuple[str, ...] = ()
    successor: EntityId | None = None

    def is_registered_on(self, day: date) -> bool:
        """Say whether it has not left the registry by the end of a day."""
        return self.retired is None or day < self.retired
