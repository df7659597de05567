"""The settings of a bureau, as ``inspect.toml`` states them: values only; reading and writing the file is ``files.config``.

Every legal number stands beside its basis (依据), a text that the reports show.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.names import Domain, MatterId
from inspect_cli.errors import Term

if TYPE_CHECKING:
    from inspect_cli.core.people import Person


UNVERIFIED: Final = "请核实"
"""Stands in each basis that a new file of settings proposes, until somebody has verified it against the rules in force."""


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


class ZoneRule(StrEnum):
    """Which zones people visit: their own, as roster and squads say, or any."""

    OWN = "own"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How people are assigned: no team twice in a row at an entity, whose zones, and month caps in proportion to the days at work."""

    rotation: bool = True
    zones: ZoneRule = ZoneRule.OWN
    month_cap_in_proportion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Squad:
    """What holds for all members of a squad (中队): ``zones`` sorted, empty: any; ``weekdays`` from 0 (Monday), sorted, empty: all."""

    name: str
    zones: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    visits_a_month: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """Yearly caps (频次上限) beside the bureau's own: by domain, by risk class and by matter, each with its basis."""

    domains: tuple[tuple[Domain, Limit], ...] = ()
    classes: tuple[tuple[str, Limit], ...] = ()
    matters: tuple[tuple[MatterId, Limit], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicable:
    """A rule that gives domains to entities of these industries, sizes and tags; what it leaves empty it does not ask for.

    ``industries`` are codes of GB/T 4754 or other words, ``domains`` are sorted and not empty.
    """

    industries: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    domains: tuple[Domain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """Where anybody complains: shown on every public notice."""

    telephone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """Papers: the folder of the bureau's own templates and its own Word template, from where its settings stand.

    ``number`` is how a document number is written: it holds ``{year}`` and ``{serial}``, and ``{short}`` where the bureau's short name
    belongs.
    """

    templates: str | None = None
    word_template: str | None = None
    number: str = "{short}抽查〔{year}〕{serial}号"


class SoleTraders(StrEnum):
    """How a sole trader (个体工商户) is named in public: in full, by the first character of the name, or by the code's last four."""

    FULL = "full"
    FIRST = "first"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Terms of publication beside the four that every file of settings states, and how sole traders are named."""

    draw_working_days: Limit = Limit(number=5, basis="抽取结果自抽取之日起5个工作日内公告（请核实）")
    statistics_working_days: Limit = Limit(number=10, basis="月度通报于次月前10个工作日内发布（请核实）")
    natural_person_years: Limit = Limit(number=2, basis="自然人的公示期限两年（请核实）")
    soon_working_days: int = 5
    sole_traders: SoleTraders = SoleTraders.FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """Everything that ``inspect.toml`` says. ``visits_a_year`` and ``cooling_off_months`` count combined and routine visits alike.

    ``relays`` are addresses that give rounds of drand, asked in their order and only when somebody says so. ``two_roles``: one person may
    record and approve, or approve and publish.
    """

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
    caps: Caps = Caps()
    rules: Rules = Rules()
    squads: tuple[Squad, ...] = ()
    applicable: tuple[Applicable, ...] = ()
    relays: tuple[str, ...] = ()
    documents: Documents = Documents()
    two_roles: bool = False
    publication: Publication = Publication()

    def find_squad(self, name: str | None) -> Squad | None:
        """Find what holds for a squad; None where the settings say nothing of it."""
        return next((squad for squad in self.squads if squad.name == name), None)

    def domain_label(self, domain: Domain, language: str) -> str:
        """Render a domain's label in ``zh`` or ``en``; a domain without a label is shown by its name."""
        for label in self.domains:
            if label.domain == domain:
                return label.zh if language == "zh" else label.en
        return domain

    def domain_term(self, domain: Domain) -> Term:
        """Give a domain as a message's value: its label in the reader's language."""
        return Term(zh=self.domain_label(domain, "zh"), en=self.domain_label(domain, "en"))

    def named_limits(self) -> tuple[tuple[str, Limit], ...]:
        """Give each legal number by the key under which ``inspect.toml`` states it."""
        fields = (
            "limits.visits_a_year",
            "limits.cooling_off_months",
            "deadlines.result_working_days",
            "deadlines.penalty_working_days",
            "deadlines.display_years",
            "deadlines.correction_working_days",
        )
        return (
            *((key, getattr(self, key.partition(".")[2])) for key in fields),
            *((f"publication.{name}", getattr(self.publication, name)) for name in _PUBLICATION_LIMITS),
            *((f"limits.domains.{name}", limit) for name, limit in self.caps.domains),
            *((f"limits.classes.{name}", limit) for name, limit in self.caps.classes),
            *((f"limits.matters.{name}", limit) for name, limit in self.caps.matters),
        )


_PUBLICATION_LIMITS: Final = ("draw_working_days", "statistics_working_days", "natural_person_years")


def new_bureau(name: str, short_name: str) -> Bureau:
    """Make the settings with which a bureau begins: four domains, the usual numbers, and what is to be filled in marked as such."""
    return Bureau(
        name=name,
        name_en="(English name to be filled in)",
        short_name=short_name,
        complaints=Complaints(telephone="12345", address="（地址待填）"),
        utc_offset="+08:00",
        people=(),
        domains=_FIRST_DOMAINS,
        zones=(),
        team=TeamSize(),
        visits_a_day=2,
        visits_a_month=20,
        visits_a_year=Limit(number=4, basis="国办发〔2024〕54号：年度行政检查频次上限，次数以本级公布的为准（请核实）"),
        cooling_off_months=Limit(number=3, basis="本单位随机抽查工作细则（请核实）"),
        result_working_days=Limit(number=20, basis="抽查检查结果自检查结束之日起20个工作日内公示（请核实）"),
        penalty_working_days=Limit(number=7, basis="行政处罚决定自作出之日起7个工作日内公示（请核实）"),
        display_years=Limit(number=5, basis="公示期限五年（请核实）"),
        correction_working_days=Limit(number=5, basis="公示信息有误的，查实后5个工作日内更正（请核实）"),
    )


_FIRST_DOMAINS = (
    DomainLabel(
        domain=Domain("labour"),
        zh="劳动",
        en="Labour",
        aliases=("劳动保障", "劳动监察", "人社", "人力资源社会保障"),
    ),
    DomainLabel(domain=Domain("safety"), zh="安全", en="Safety", aliases=("安全生产", "安监", "应急", "应急管理")),
    DomainLabel(
        domain=Domain("environment"),
        zh="环保",
        en="Environment",
        aliases=("环境", "环境保护", "生态环境"),
    ),
    DomainLabel(domain=Domain("health"), zh="卫生", en="Health", aliases=("卫健", "卫生健康", "卫生监督")),
)
