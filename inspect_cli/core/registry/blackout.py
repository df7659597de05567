"""Days on which somebody is not visited (停检日): one entity, all of a zone, or, for a local closure, anybody at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Blackout:
    """Days without visits, both ends included; at most one of ``zone`` and ``entity`` is named, and with neither nobody is visited."""

    first: date
    last: date
    reason: str
    zone: str | None = None
    entity: EntityId | None = None
