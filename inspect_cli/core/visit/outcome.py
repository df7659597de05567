"""One visit and its outcome, as values. Which results may be recorded for it, and when, is ``recording``'s matter.

Rules:

RECORD-1  Each visit of a draw is planned (it has a day), open (nobody could be sent) or recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from inspect_cli.core.visit.result import Method, ResultClass, find_worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, EntityId, MatterId, Slot
    from inspect_cli.core.visit.follow_up import FollowUp
    from inspect_cli.errors import Term


class VisitState(StrEnum):
    """How far a drawn visit has come (RECORD-1); with what became of it otherwise it stands where ``ending.VisitStatus`` says."""

    PLANNED = "planned"
    OPEN = "open"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterOutcome:
    """The outcome of one matter of a domain. ``finding`` and ``follow_up`` stay inside the bureau."""

    matter: MatterId
    result: ResultClass
    method: Method = Method.ON_SITE
    finding: str | None = None
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainOutcome:
    """The outcome of one domain: where its ``matters`` were recorded, the worst of them.

    ``finding`` and ``follow_up`` stay inside the bureau.
    """

    domain: Domain
    result: ResultClass
    method: Method = Method.ON_SITE
    finding: str | None = None
    follow_up: FollowUp | None = None
    matters: tuple[MatterOutcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of a draw: ``day`` is None exactly when it is open; ``domains`` is sorted and not empty.

    ``matters`` are those that the visit checks, by domain, in the plan's order. ``terms`` are what domains and matters are called
    where a person is told of them; one without a term is told by its name or number.
    """

    slot: Slot
    entity: EntityId
    domains: tuple[Domain, ...]
    day: date | None
    state: VisitState
    matters: Mapping[Domain, tuple[MatterId, ...]] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)

    def name(self, whats: Iterable[str]) -> tuple[Term | str, ...]:
        """Give what domains and matters are called, in their order."""
        return tuple(self.terms.get(what, what) for what in whats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a visit ended with: the day of the check, and one outcome for each of its domains, in their order."""

    visited_on: date
    domains: tuple[DomainOutcome, ...]

    @property
    def worst(self) -> ResultClass:
        """Say the company's result: the worst of its domains."""
        return find_worst(each.result for each in self.domains)
