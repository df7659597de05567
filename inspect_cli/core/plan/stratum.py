"""Strata: the groups from which a domain draws, named by the values of the plan's strata fields (PLAN-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from inspect_cli.core.plan.plan import StratumField
    from inspect_cli.core.registry.entity import Entity

CARRIED_OVER: Final = "carried-over"
"""The stratum of the visits that an earlier period carried over to this one: all of them are drawn, whatever their class."""

_JOIN = "·"
_ESCAPE = "\\"
_MISSING = "-"


def stratum_of(entity: Entity, fields: tuple[StratumField, ...]) -> str:
    """Name an entity's stratum (PLAN-2), such as ``C`` or ``C·Zone 3``; different values never share a name."""
    return _join([getattr(entity, field.value) or _MISSING for field in fields])


def project_stratum(name: str, fields: tuple[StratumField, ...], wanted: tuple[StratumField, ...]) -> str | None:
    """Name the stratum by the fields ``wanted`` in which the stratum ``name`` by ``fields`` lies; None where that cannot be told.

    A month may stratify more finely than its year: ``C·Zone 3`` lies in ``C``. One that has not all the fields cannot be told.
    """
    values = [name] if len(fields) == 1 else _split(name)
    if len(values) != len(fields) or not set(wanted) <= set(fields):
        return None
    by_field = dict(zip(fields, values, strict=True))
    return _join([by_field[field] for field in wanted])


def _join(values: list[str]) -> str:
    if len(values) == 1:
        return str(values[0])
    return _JOIN.join(value.replace(_ESCAPE, _ESCAPE * 2).replace(_JOIN, _ESCAPE + _JOIN) for value in values)


def _split(name: str) -> list[str]:
    """Undo ``_join`` of several values."""
    values, is_escaped = [""], False
    for character in name:
        if character == _JOIN and not is_escaped:
            values.append("")
        elif character != _ESCAPE or is_escaped:
            values[-1] += character
        is_escaped = character == _ESCAPE and not is_escaped
    return values
