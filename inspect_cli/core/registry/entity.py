"""An entity of the registry (检查对象): whom a draw can choose. Import parsing is in ``files.intake``, the store in ``storage``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One company or sole trader. ``domains`` is sorted and not empty; the fields after ``risk_class`` never decide a draw.

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

    def is_registered_on(self, day: date) -> bool:
        """Say whether it has not left the registry by the end of a day."""
        return self.retired is None or day < self.retired
