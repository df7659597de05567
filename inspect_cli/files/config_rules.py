"""The part of ``inspect.toml`` that a bureau need not write: further caps, rules of assignment, squads, and applicable domains.

What they mean is ``core.bureau``'s matter. The rest of the file, and the reading of a legal number, is ``config``'s.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar, cast

from inspect_cli.core.bureau import (
    Applicable,
    Caps,
    Documents,
    Limit,
    Publication,
    Rules,
    SoleTraders,
    Squad,
    ZoneRule,
)
from inspect_cli.core.names import Domain
from inspect_cli.core.registry.fields import parse_label, parse_matter_id
from inspect_cli.core.registry.industry import find_industry_code, find_industry_notice, parse_industry_filter
from inspect_cli.core.registry.words import parse_domain, parse_risk_class, parse_size
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspect_cli.files.toml_table import Table

Key = TypeVar("Key", bound=str)

MOST_VISITS_A_YEAR: Final = 366
MOST_VISITS_A_MONTH: Final = 1000

_NUMBER: Final = re.compile(r"(?:[^{}]|\{short\}|\{year\}|\{serial\})+")


class Weekday(StrEnum):
    """The days of the week as settings name them, from Monday on."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


def read_limit(table: Table, key: str, least: int, most: int) -> Limit:
    """Read a legal number from ``least`` to ``most`` with its basis."""
    limit = table.table(key)
    if not table.has(key):
        table.note(key, say("this key is missing"), say('write {key} = {{ number = …, basis = "…" }}', key=key))
        return Limit(number=least, basis="")
    value = Limit(number=limit.whole("number", least, most), basis=limit.text("basis"))
    limit.close()
    return value


def read_caps(limits: Table, known: tuple[Domain, ...]) -> Caps:
    """Read the yearly caps by domain, by risk class and by matter, each in the file's order."""
    domains = limits.table("domains")
    for name in domains.keys:
        if name not in known:
            domains.note(
                name, say("there is no domain {domain}", domain=name), say("it is one of {known}", known=known)
            )
    return Caps(
        domains=_read_caps(domains, Domain),
        classes=_read_caps(limits.table("classes"), parse_risk_class),
        matters=_read_caps(limits.table("matters"), parse_matter_id),
    )


def read_rules(table: Table) -> Rules:
    """Read how people are assigned; what the table leaves out is as ``Rules`` has it."""
    start = Rules()
    rules = Rules(
        rotation=table.flag("rotation", default=start.rotation),
        zones=table.choice("zones", ZoneRule, start.zones),
        month_cap_in_proportion=table.flag("month_cap_in_proportion", default=start.month_cap_in_proportion),
    )
    table.close()
    return rules


def read_squads(table: Table, zones: tuple[str, ...]) -> tuple[Squad, ...]:
    """Read what holds for the members of squads, in the file's order; ``zones`` are the bureau's, empty: any."""
    squads: list[Squad] = []
    for key in table.keys:
        squad = table.table(key)
        name = _read_key(table, key, parse_label)
        if any(one.name == name for one in squads):
            table.note(key, say("{value} stands here twice", value=name))
        squads.append(
            Squad(
                name=name,
                zones=_read_zones(squad, zones),
                weekdays=_read_weekdays(squad),
                visits_a_month=squad.whole("visits_a_month", 1, MOST_VISITS_A_MONTH)
                if squad.has("visits_a_month")
                else None,
            )
        )
        squad.close()
    return tuple(squads)


def read_applicable(tables: tuple[Table, ...], words: Mapping[str, Domain]) -> tuple[Applicable, ...]:
    """Read the rules that give domains to entities, in the file's order; ``words`` name the domains."""
    rules: list[Applicable] = []
    for table in tables:
        domains = {
            _read_text(table, "domains", text, partial(parse_domain, words=words)) for text in table.texts("domains")
        }
        if not domains:
            table.note("domains", say("no domain is named"), say('write a list: ["…", "…"]'))
        industries = tuple(_read_text(table, "industries", text, _parse_industry) for text in table.texts("industries"))
        sizes = tuple(_read_text(table, "sizes", text, parse_size) for text in table.texts("sizes"))
        tags = tuple(_read_text(table, "tags", text, parse_label) for text in table.texts("tags"))
        table.close()
        rules.append(
            Applicable(
                industries=tuple(dict.fromkeys(industries)),
                sizes=tuple(dict.fromkeys(sizes)),
                tags=tuple(sorted(set(tags), key=str.encode)),
                domains=tuple(sorted(domains)),
            )
        )
    return tuple(rules)


def read_documents(table: Table) -> Documents:
    """Read where the bureau's own templates are, and how its document numbers are written."""
    start = Documents()
    number = table.text("number", start.number)
    if "{year}" not in number or "{serial}" not in number:
        table.note("number", say("a document number holds {year} and {serial}", year="{year}", serial="{serial}"))
    elif not _NUMBER.fullmatch(number):
        table.note("number", say("nothing but {known} stands in braces", known=("{short}", "{year}", "{serial}")))
    templates, word = (table.text(key) if table.has(key) else None for key in ("templates", "word_template"))
    table.close()
    return Documents(templates=templates, word_template=word, number=number)


def read_publication(table: Table) -> Publication:
    """Read the terms of publication that may be left out, and how sole traders are named."""
    start = Publication()
    publication = Publication(
        draw_working_days=_read_optional(table, "draw_working_days", start.draw_working_days, 250),
        statistics_working_days=_read_optional(table, "statistics_working_days", start.statistics_working_days, 250),
        natural_person_years=_read_optional(table, "natural_person_years", start.natural_person_years, 100),
        soon_working_days=table.whole("soon_working_days", 1, 60, start.soon_working_days),
        sole_traders=table.choice("sole_traders", SoleTraders, start.sole_traders),
    )
    table.close()
    return publication


def _read_optional(table: Table, key: str, start: Limit, most: int) -> Limit:
    return read_limit(table, key, 1, most) if table.has(key) else start


def _parse_industry(text: str) -> str:
    """Read an industry of a rule; a code must exist, other words are taken as they stand."""
    industry = parse_industry_filter(text)
    fault = find_industry_notice(industry)
    if fault is not None and find_industry_code(industry) is not None:
        raise InputError(fault, hint=say("check the code"))
    return industry


def _read_text(table: Table, key: str, text: str, parse: Callable[[str], Key]) -> Key:
    """Read one text of a list as the registries read the same word."""
    try:
        return parse(text)
    except InputError as error:
        table.note(key, error.what, error.hint, text)
        return cast("Key", text)


def _read_caps(table: Table, parse: Callable[[str], Key]) -> tuple[tuple[Key, Limit], ...]:
    caps: list[tuple[Key, Limit]] = []
    for key in table.keys:
        name = _read_key(table, key, parse)
        if any(one == name for one, _ in caps):
            table.note(key, say("{value} stands here twice", value=name))
        caps.append((name, read_limit(table, key, 1, MOST_VISITS_A_YEAR)))
    return tuple(caps)


def _read_key(table: Table, key: str, parse: Callable[[str], Key]) -> Key:
    """Read a key as the registries read the same word, so that both mean the same."""
    try:
        name = parse(key)
    except InputError as error:
        table.note(key, error.what, error.hint)
        return parse("?")
    if not name:
        table.note(key, say("this text is empty"), say("fill it in"))
    return name


def _read_zones(squad: Table, known: tuple[str, ...]) -> tuple[str, ...]:
    zones = tuple(sorted({parse_label(zone) for zone in squad.texts("zones")}, key=str.encode))
    for zone in zones:
        if known and zone not in known:
            squad.note(
                "zones",
                say("{zone} is no zone of the bureau", zone=zone),
                say("name one of bureau.zones, or add it there"),
            )
    return zones


def _read_weekdays(squad: Table) -> tuple[int, ...]:
    names = tuple(day.value for day in Weekday)
    days = set()
    for day in squad.texts("weekdays"):
        if day in names:
            days.add(names.index(day))
        else:
            squad.note(
                "weekdays", say("{value} is no day of the week", value=day), say("write one of {known}", known=names)
            )
    return tuple(sorted(days))
