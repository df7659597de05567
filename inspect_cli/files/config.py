"""``inspect.toml``, the settings of a bureau: read strictly, and written with a comment at every key.

What the settings mean is ``core.bureau``'s matter. What is wrong with a file is told all at once, each with its key.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from inspect_cli.core.bureau import Bureau, Complaints, DomainLabel, TeamSize
from inspect_cli.core.names import Domain
from inspect_cli.core.people import Person, Role
from inspect_cli.core.registry.words import domain_words, fold_word
from inspect_cli.errors import InputError, InspectError, say
from inspect_cli.files.config_rules import (
    MOST_VISITS_A_MONTH,
    MOST_VISITS_A_YEAR,
    read_applicable,
    read_caps,
    read_documents,
    read_limit,
    read_publication,
    read_rules,
    read_squads,
)
from inspect_cli.files.intake.encoding import read_outside
from inspect_cli.files.toml_table import read_table

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from inspect_cli.files.toml_table import Table

SETTINGS_LIMIT: Final = 1024 * 1024
"""Bytes of a file of settings or a plan: a thousand times what one needs."""

_DOMAIN = re.compile(r"[a-z][a-z0-9_-]{0,31}", re.ASCII)
_OFFSET = re.compile(r"[+-](?:0[0-9]|1[0-4]):[0-5][0-9]", re.ASCII)
_RELAY = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?", re.ASCII)
_TEAM_MIN, _TEAM_MAX = 2, 6


def read_bureau(path: Path) -> Bureau:
    """Read the settings from ``path``; ``InputError`` when there are none, or with all their mistakes."""
    if not path.exists():
        raise InputError(
            say("there are no settings at {path}", path=str(path)),
            hint=say("write them with inspect-cli init, or name the file with --config"),
        )
    return parse_bureau(read_outside(path, SETTINGS_LIMIT), path.name)


def read_offset(path: Path) -> tzinfo | None:
    """Read from the settings how far the bureau's clock is from UTC; None where they cannot be read, which ``read_bureau`` tells."""
    try:
        return datetime.fromisoformat(f"2000-01-01T00:00:00{read_bureau(path).utc_offset}").tzinfo
    except (InspectError, OSError):
        return None


def parse_bureau(data: bytes, file: str) -> Bureau:
    """Parse the settings; ``InputError`` with all mistakes, each with its key."""
    return read_table(data, file, _read_bureau)


def read_team(table: Table, start: TeamSize, domains: tuple[Domain, ...]) -> TeamSize:
    """Read a team's size and the domains that want an expert; what the table leaves out is as in ``start``."""
    least = table.whole("min", _TEAM_MIN, _TEAM_MAX, start.min)
    most = table.whole("max", _TEAM_MIN, _TEAM_MAX, max(start.max, least))
    if most < least:
        table.note("max", say("the largest team is smaller than the smallest"))
    experts = start.expert_domains
    if table.has("expert_domains"):
        experts = read_domains(table, "expert_domains", domains)
    table.close()
    return TeamSize(min=least, max=max(least, most), expert_domains=experts)


def read_domains(table: Table, key: str, known: tuple[Domain, ...]) -> tuple[Domain, ...]:
    """Read a list of domains that the settings know, sorted."""
    domains = tuple(sorted(map(Domain, table.texts(key))))
    for domain in domains:
        if domain not in known:
            table.note(key, say("there is no domain {domain}", domain=domain), say("it is one of {known}", known=known))
    return domains


def _read_bureau(file: Table) -> Bureau:
    head, complaints, capacity = file.table("bureau"), file.table("complaints"), file.table("capacity")
    limits, deadlines, people = file.table("limits"), file.table("deadlines"), file.table("people")
    domains = _read_labels(file.table("domains"))
    known, zones = tuple(label.domain for label in domains), head.texts("zones")
    bureau = Bureau(
        name=head.text("name"),
        name_en=head.text("name_en"),
        short_name=head.text("short_name"),
        complaints=Complaints(telephone=complaints.text("telephone"), address=complaints.text("address")),
        utc_offset=_read_offset(head),
        people=_read_people(people),
        domains=domains,
        zones=zones,
        team=read_team(file.table("team"), TeamSize(), known),
        visits_a_day=capacity.whole("visits_a_day", 1, 50),
        visits_a_month=capacity.whole("visits_a_month", 1, MOST_VISITS_A_MONTH),
        visits_a_year=read_limit(limits, "visits_a_year", 1, MOST_VISITS_A_YEAR),
        cooling_off_months=read_limit(limits, "cooling_off_months", 0, 60),
        result_working_days=read_limit(deadlines, "result_working_days", 1, 250),
        penalty_working_days=read_limit(deadlines, "penalty_working_days", 1, 250),
        display_years=read_limit(deadlines, "display_years", 1, 100),
        correction_working_days=read_limit(deadlines, "correction_working_days", 1, 250),
        caps=read_caps(limits, known),
        rules=read_rules(file.table("rules")),
        squads=read_squads(file.table("squads"), zones),
        applicable=read_applicable(file.tables("applicable"), domain_words(domains)),
        relays=_read_relays(file.table("drand")),
        documents=read_documents(file.table("documents")),
        two_roles=people.flag("two_roles", default=False),
        publication=read_publication(file.table("publication")),
    )
    for table in (head, complaints, capacity, limits, deadlines, people, file):
        table.close()
    return bureau


def _read_offset(head: Table) -> str:
    offset = head.text("utc_offset", "+08:00")
    if not _OFFSET.fullmatch(offset):
        head.note("utc_offset", say("{value} is no offset from UTC", value=offset), say("write it as +08:00"))
    return offset


def _read_relays(table: Table) -> tuple[str, ...]:
    """Read the addresses of relays, without a slash at the end."""
    relays = table.texts("relays")
    for relay in relays:
        if not _RELAY.fullmatch(relay):
            table.note(
                "relays", say("{value} is no address of a relay", value=relay), say("write it as https://api.drand.sh")
            )
    table.close()
    return tuple(relay.rstrip("/") for relay in relays)


def _read_people(table: Table) -> tuple[Person, ...]:
    """Read who has which role; a person is listed once, where first named."""
    roles: dict[str, list[Role]] = {}
    for role in Role:
        for name in table.texts(role.value):
            roles.setdefault(name, []).append(role)
    return tuple(Person(name=name, roles=tuple(held)) for name, held in roles.items())


def _read_labels(table: Table) -> tuple[DomainLabel, ...]:
    labels = []
    for name in table.keys:
        label = table.table(name)
        if not _DOMAIN.fullmatch(name):
            label.note("", say("a domain's name is of small letters a to z, digits, - and _, a letter first"))
        labels.append(
            DomainLabel(domain=Domain(name), zh=label.text("zh"), en=label.text("en"), aliases=label.texts("aliases"))
        )
        label.close()
    if not labels:
        table.note("", say("there is no domain"), say("write one: [domains.labour]"))
    _require_plain_words(table, labels)
    return tuple(labels)


def _require_plain_words(table: Table, labels: list[DomainLabel]) -> None:
    """Note a word that would name two domains in a file."""
    owners: dict[str, Domain] = {}
    for label in labels:
        taken: dict[Domain, str] = {}
        for word in (label.domain, label.zh, label.en, *label.aliases):
            owner = owners.setdefault(fold_word(word), label.domain)
            if word and owner != label.domain:
                taken.setdefault(owner, word)
        for owner, word in taken.items():
            table.note(label.domain, say("{word} names the domain {owner} already", word=word, owner=owner))
