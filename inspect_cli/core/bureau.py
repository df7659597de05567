"""The settings of a bureau, as ``inspect.toml`` states them: values only; reading and writing the file is ``files.config``.

Every legal number stands beside its basis (依据), a text that the reports show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspect_cli.core.names import Domain
    from inspect_cli.core.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainLabel:
    """A domain of enforcement with its labels, and the other words (aliases) by which files name it."""

    domain: Domain
    zh: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A legal number with its basis; the unit is in the name of the field that holds it."""

    number: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSize:
    """How many inspectors make a team, and which domains also want an expert (sorted)."""

    min: int = 2
    max: int = 4
    expert_domains: tuple[Domain, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """Where anybody complains: shown on every public notice."""

    telephone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """Everything that ``inspect.toml`` says. ``visits_a_year`` and ``cooling_off_months`` count combined and routine visits alike."""

    name: str
    name_en: str
    short_name: str
    complaints: Complaints
    utc_offset: str
    people: tuple[Person, ...]
    domains: tuple[DomainLabel, ...]
    zones: tuple[str, ...]
    team: TeamSize
    visits_a_day: int
    visits_a_month: int
    visits_a_year: Limit
    cooling_off_months: Limit
    result_working_days: Limit
    penalty_working_days: Limit
    display_years: Limit
    correction_working_days: Limit

    def domain_label(self, domain: Domain, language: str) -> str:
        """Render a domain's label in ``zh`` or ``en``; a domain without a label is shown by its name."""
        for label in self.domains:
            if label.domain == domain:
                return label.zh if language == "zh" else label.en
        return domain
