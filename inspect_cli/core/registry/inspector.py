"""Inspectors and experts (执法检查人员), their leave, and their recusals (回避)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId, InspectorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspector:
    """One row of the roster. ``skills`` and ``zones`` are sorted; empty ``zones`` means any zone.

    An inspector (``is_expert`` false) has a ``certificate`` (执法证号); ``valid_until`` None means long-term (长期). An expert
    assists and never counts. ``in_service`` false is 人员状态 失效: kept, and drawn no more until it is valid again. ``day_cap`` and
    ``month_cap`` None mean the bureau's setting. ``telephone`` is never published.
    """

    id: InspectorId
    name: str
    skills: tuple[Domain, ...]
    certificate: str | None = None
    valid_until: date | None = None
    is_expert: bool = False
    may_lead: bool = False
    zones: tuple[str, ...] = ()
    day_cap: int | None = None
    month_cap: int | None = None
    unit: str | None = None
    squad: str | None = None
    position: str | None = None
    issuing_authority: str | None = None
    telephone: str | None = None
    retired: date | None = None
    retired_reason: str | None = None
    in_service: bool = True

    def may_act_on(self, day: date) -> bool:
        """Say whether somebody is on the roster on a day, in service, with a valid certificate.

        An expert needs no certificate; one that is stated is valid.
        """
        return (
            self.in_service
            and (self.is_expert or self.certificate is not None)
            and (self.valid_until is None or day <= self.valid_until)
            and (self.retired is None or day < self.retired)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Days on which somebody cannot work, both ends included."""

    inspector: InspectorId
    first: date
    last: date
    reason: str

    def covers(self, day: date) -> bool:
        """Say whether somebody is on this leave on a day."""
        return self.first <= day <= self.last


class RecusalReason(StrEnum):
    """Why somebody must not visit a company (回避事由)."""

    KIN = "kin"
    SHARES = "shares"
    EMPLOYMENT = "employment"
    OWN_REQUEST = "own-request"
    COMPANY_REQUEST = "company-request"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """Whom an inspector must not visit: one ``entity``, or all entities of a ``group``; exactly one of the two is named.

    ``reason`` and ``note``, the reason in its own words, are kept inside the store: never frozen and never published. ``start`` and
    ``end`` None mean from ever and for ever; both ends are included.
    """

    inspector: InspectorId
    entity: EntityId | None = None
    group: str | None = None
    reason: RecusalReason
    note: str | None = None
    start: date | None = None
    end: date | None = None

    def is_in_force(self, first: date, last: date) -> bool:
        """Say whether the pair must not meet on some day from ``first`` to ``last``."""
        return (self.start is None or self.start <= last) and (self.end is None or first <= self.end)
