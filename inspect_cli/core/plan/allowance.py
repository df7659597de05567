"""Allowances: an entity may be drawn in one period although the yearly cap or the cooling-off keeps it out.

Rules:

ALLOW-1  An allowance names the period, the entity, the one rule that it lifts, and takes a reason and a second person. It lifts
         no other rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspect_cli.core.names import EntityId, Period


class AllowanceRule(StrEnum):
    """The rule that is lifted: those exclusions (``Reason``) that a second person may overrule."""

    CAP = "cap"
    COOLING_OFF = "cooling-off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """One entity's allowance for one period (ALLOW-1)."""

    period: Period
    entity: EntityId
    rule: AllowanceRule
    actor: str
    approver: str
    reason: str
