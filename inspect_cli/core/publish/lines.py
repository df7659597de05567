"""The lines of a notice's tables as values, all of it public; the rules of ``view`` hold for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.core.visit.result import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A calendar month, as a document writes it."""

    year: int
    month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """One stratum of one domain: how many are in it (base), how many are due, and how many were drawn (None before the draw)."""

    domain: Label
    stratum: Label
    base: int
    due: int
    drawn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainLine:
    """One domain over its strata, and how many visits check it: under ``applicable`` more than were drawn for it."""

    domain: Label
    base: int
    due: int
    drawn: int | None = None
    checked: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionLine:
    """One class of reasons: how many entities were left out whole, and how many domains of entities that are in the frame."""

    reason: Label
    entities: int
    domains: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """A limit that leaves entities out, and by which rule."""

    limit: Label
    number: int
    unit: Label
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedLine:
    """How many visits were carried over to a month."""

    month: Month
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many companies a chain has drawn, and where their visits in force stand; the parts add up to ``drawn`` (PUBLISH-12)."""

    drawn: int
    recorded: int
    planned: int
    open: int
    awaiting: int = 0
    cancelled: int = 0
    carried: tuple[CarriedLine, ...] = ()

    @property
    def carried_over(self) -> int:
        """Say how many visits were carried over, to whatever month."""
        return sum(line.visits for line in self.carried)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCompany:
    """A company whose visit is recorded, named as the public may read it (``naming``)."""

    id: str
    name: str | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainResult:
    """The result of one domain of a recorded visit."""

    domain: Label
    result: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLine:
    """A recorded visit; ``methods`` is how it was checked, each once."""

    number: int
    company: PublicCompany
    finished: date
    results: tuple[DomainResult, ...]
    methods: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StubLine:
    """What is left of a line that is no longer shown: its number in the notice, and nothing of whom or what it told (ISSUE-3)."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """A line of an earlier notice that was corrected: what it said, and what it says now; ``after.number`` is its number there."""

    before: ResultLine
    after: ResultLine

    @property
    def number(self) -> int:
        """Give the line's number in the notice that is corrected."""
        return self.after.number

    @property
    def company(self) -> PublicCompany:
        """Give the company of the line."""
        return self.after.company


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """A line of an earlier notice that lists no results: the part that it stands in, what it said, and what it says now."""

    part: Label
    before: Label
    after: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """One result class and how many companies have it as their worst."""

    number: int
    result: Label
    companies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Within how many working days results are published, and by which rule."""

    working_days: int
    basis: str
