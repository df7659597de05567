"""A month's plan (抽查计划), as ``plan.toml`` states it: values only. Quotas are computed in ``quota``, the frame in ``frame``.

Rules:

PLAN-1  A plan names its period, its domains' ratios or numbers by stratum, and its promised sources; nothing is drawn outside it.
PLAN-2  A stratum is the values of the plan's strata fields joined by ``·`` (one within a value is written ``\\·``, a backslash ``\\\\``);
        an entity that lacks a field has ``-`` for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from inspect_cli.core.bureau import TeamSize
    from inspect_cli.core.names import Domain, MatterId, Period


SCOPE_FIELDS: Final = ("zone", "industry", "size", "risk_class", "id")
"""The registry's fields by which a draw can be targeted, each a field of ``Entity``."""


class Rounding(StrEnum):
    """How base × ratio becomes a whole number."""

    CEIL = "ceil"
    FLOOR = "floor"
    HALF_UP = "half-up"


class StratumField(StrEnum):
    """The registry's fields by which a plan may stratify."""

    RISK_CLASS = "risk_class"
    ZONE = "zone"
    INDUSTRY = "industry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one stratum of one domain gives: a ``ratio`` (decimal string, ``"0.05"``) or a ``number``; exactly one is set.

    ``stratum`` ``"*"`` stands for every stratum that no other share of the domain names.
    """

    domain: Domain
    stratum: str
    ratio: str | None = None
    number: int | None = None
    allow_zero: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A targeted draw's filter (定向): an entity is in it when, for each field named, its value is among those listed.

    Fields: those of ``SCOPE_FIELDS``; a value of ``industry`` matches its own subtree by prefix of code. Empty: 不定向.
    """

    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_targeted(self) -> bool:
        """Say whether the draw is targeted (定向) rather than untargeted (不定向)."""
        return bool(self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One month's plan. ``text`` is the file as it was read (bound by the commitment through its digest and kept in the store).

    ``promises`` are the plan's sources as plain mappings with the keys of PROTOCOL.md section 4, in the plan's order: texts first.
    ``file`` is that file's name, for messages.
    ``days_off`` are working days of the period on which nobody is visited. ``matters`` empty means all that are valid.
    """

    period: Period
    name: str
    slot_number: int | None
    combine: str
    rounding: Rounding
    strata: tuple[StratumField, ...]
    scope: Scope
    team: TeamSize
    shares: tuple[Share, ...]
    matters: tuple[MatterId, ...]
    days_off: tuple[date, ...]
    promises: tuple[Mapping[str, object], ...]
    names_published: bool
    text: bytes
    file: str = "plan.toml"
