"""Strata: the groups from which a domain draws, named by the values of the plan's strata fields (PLAN-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspect_cli.core.plan.plan import StratumField
    from inspect_cli.core.registry.entity import Entity

_JOIN = "·"
_MISSING = "-"


def stratum_of(entity: Entity, fields: tuple[StratumField, ...]) -> str:
    """Name an entity's stratum (PLAN-2), such as ``C`` or ``C·Zone 3``; different values never share a name."""
    values = [getattr(entity, field.value) or _MISSING for field in fields]
    if len(values) == 1:
        return str(values[0])
    return _JOIN.join(value.replace("\\", "\\\\").replace(_JOIN, "\\" + _JOIN) for value in values)
