"""Entities (检查对象) from an outside file."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from shlex import quote
from typing import TYPE_CHECKING, Final

from inspect_cli.core.credit_code import id_notices
from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.applicable import lay_out_rules
from inspect_cli.core.registry.criteria import Kind
from inspect_cli.core.registry.days import parse_day
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.fields import (
    parse_entity_code,
    parse_label,
    parse_list,
    parse_or_none,
    parse_paragraphs,
    parse_text,
)
from inspect_cli.core.registry.industry import find_industry_code, find_industry_notice, parse_industry
from inspect_cli.core.registry.words import (
    domain_words,
    fold_word,
    is_gone,
    parse_domains,
    parse_risk_class,
    parse_size,
)
from inspect_cli.core.report.health.fold import find_likeness
from inspect_cli.errors import InputError, say
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.day_cells import judge_day
from inspect_cli.files.intake.rows import Intake, read_rows
from inspect_cli.files.intake.sheets import ENTITIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.files.intake.cells import Cells, Plan
    from inspect_cli.files.intake.headers import Sheet

_NOBODY: Final = EntityId("")
"""Stands in a row whose number is wrong, until the row is left out for it."""
_SPELLED: Final = ("zone", "size", "risk_class", "group")
"""Labels by which rows are told apart: two spellings of one are two."""


def read_entities(path: Path, bureau: Bureau, choices: ReadChoices = DEFAULT) -> Intake[Entity]:
    """Read the entity registry from a file; days after the choices' ``today`` are told.

    Raises ``InputError`` with all mistakes of the file.
    """
    return read_rows(path, entity_sheet(bureau), _EntityBuilder(bureau, choices.today).build, choices)


def entity_sheet(bureau: Bureau) -> Sheet:
    """Return the sheet of entities; where the settings have rules for domains, no file needs a column for them."""
    if not bureau.applicable:
        return ENTITIES
    return replace(ENTITIES, required=tuple(group for group in ENTITIES.required if group != ("domains",)))


def require_entity_id(cells: Cells) -> EntityId | None:
    """Return the credit code of a row, or its registration number where that stands alone in a column of its own."""
    entity = cells.find("credit_code", parse_entity_code)
    if entity is not None or not cells.is_blank("credit_code"):
        return entity
    if cells.is_blank("registration_number"):
        return cells.require("credit_code", parse_entity_code)
    return cells.find("registration_number", parse_entity_code)


def tell_unknown_zone(cells: Cells, field: str, zone: str | None, zones: frozenset[str]) -> None:
    """Note, once for each zone, that the bureau's settings do not list it; where they list none, any is right."""
    if zone is None or not zones or zone in zones:
        return
    meant = _find_spelling(zone, zones)
    what = say("the zone {zone} is not listed in inspect.toml", zone=zone)
    if meant is not None:
        what = say("the zone {zone} is not listed in inspect.toml; did you mean {meant}?", zone=zone, meant=meant)
    cells.tell_once(field, zone, what)


@lru_cache(maxsize=1024)
def _find_spelling(zone: str, zones: frozenset[str]) -> str | None:
    """Find the zone of the settings that looks like one that is not among them."""
    return find_likeness(zone, sorted(zones))


def _plan(parse: Callable[[str], tuple[Domain, ...]]) -> Plan:
    """Return what reads the cells of a row, in the order in which the builder takes them; ``parse`` reads the domains."""
    text, group = partial(parse_or_none, parse=parse_text), partial(parse_or_none, parse=parse_label)
    return (
        ("credit_code", parse_entity_code),
        ("name", parse_text),
        ("industry", parse_industry),
        ("size", parse_size),
        ("tags", _parse_tags),
        ("domains", parse),
        ("established", parse_day),
        ("risk_class_date", parse_day),
        ("zone", parse_label),
        ("risk_class", parse_risk_class),
        ("group", group),
        ("registration_status", parse_label),
        ("address", parse_paragraphs),
        ("legal_representative", text),
        ("registration_authority", parse_label),
        ("supervising_unit", parse_label),
        ("contact", text),
        ("telephone", text),
    )


class _EntityBuilder:
    """Makes an entity of each row of one file, and remembers which labels it has seen."""

    def __init__(self, bureau: Bureau, today: date | None) -> None:
        self._parse_domains = partial(parse_domains, words=domain_words(bureau.domains))
        self._plan = _plan(self._parse_domains)
        self._zones = frozenset(bureau.zones)
        self._rules = lay_out_rules(bureau.applicable)
        self._today = today
        self._seen: set[tuple[str, str]] = set()
        self._spellings: dict[tuple[str, str], str] = {}
        self._kinds: set[tuple[object, ...]] = set()

    def build(self, cells: Cells) -> Entity | None:
        """Make the entity of a row; None where it has a mistake."""
        number, name, industry, size, tags, domains, established, class_date, *labels = cells.find_each(self._plan)
        number = require_entity_id(cells) if number is None else number
        name = cells.require("name", parse_text) if name is None else name
        is_by_rule = domains is None and cells.is_blank("domains")
        if is_by_rule:
            domains = self._derive(cells, Kind(industry=industry, size=size, tags=tags or ()))
        zone, risk_class, group, status, address, person, authority, unit, contact, telephone = labels
        entity = Entity(
            id=number or _NOBODY,
            name=name or "",
            domains=domains or (),
            zone=zone,
            industry=industry,
            size=size,
            risk_class=risk_class,
            address=address,
            legal_representative=person,
            registration_authority=authority,
            supervising_unit=unit,
            registration_status=status,
            established=judge_day(cells, "established", established),
            contact=contact,
            telephone=telephone,
            domains_by_rule=is_by_rule,
            risk_class_date=judge_day(cells, "risk_class_date", class_date),
            group=group,
            tags=tags or (),
        )
        if number is not None:
            cells.require_new("credit_code", number)
            cells.former = _find_former(cells, number)
            self._tell(cells, entity)
        return None if cells.is_wrong else entity

    def _derive(self, cells: Cells, kind: Kind) -> tuple[Domain, ...] | None:
        """Find the domains of a row that names none; a row that has another mistake waits until that is mended."""
        if not self._rules.rules:
            return cells.require("domains", self._parse_domains)
        try:
            return self._rules.require_domains(kind)
        except InputError as error:
            if not cells.is_wrong:
                cells.refuse("domains", error)
            return None

    def _tell(self, cells: Cells, entity: Entity) -> None:
        """Note what is no mistake, and what a person should know all the same."""
        for notice in id_notices(entity.id):
            cells.tell("credit_code", notice)
        if self._today is not None:
            for field, day in (("established", entity.established), ("risk_class_date", entity.risk_class_date)):
                if day is not None and day > self._today:
                    cells.tell(field, say("the day lies in the future"))
        kind = (entity.zone, entity.industry, entity.size, entity.risk_class, entity.group, entity.tags)
        if kind not in self._kinds:
            self._kinds.add(kind)
            self._tell_kind(cells, entity)
        if entity.registration_status is not None:
            self._tell_status(cells, entity, entity.registration_status)

    def _tell_kind(self, cells: Cells, entity: Entity) -> None:
        """Note what the labels of a row say that no row before it has said."""
        tell_unknown_zone(cells, "zone", entity.zone, self._zones)
        if entity.industry is not None and ("industry", entity.industry) not in self._seen:
            self._tell_industry(cells, entity.industry)
        labels = [(field, getattr(entity, field)) for field in _SPELLED] + [("tags", tag) for tag in entity.tags]
        for field, label in labels:
            if label is not None and (field, label) not in self._seen:
                self._tell_spelling(cells, field, label)

    def _tell_status(self, cells: Cells, entity: Entity, status: str) -> None:
        if ("registration_status", status) not in self._seen:
            self._tell_spelling(cells, "registration_status", status)
        if is_gone(status):
            what = say(
                "the status is {status}, and the company is still in the registry: where it is gone, "
                "inspect-cli entity retire {id} --reason REASON",
                status=status,
                id=quote(entity.id),
            )
            cells.tell("registration_status", what)

    def _tell_industry(self, cells: Cells, industry: str) -> None:
        self._seen.add(("industry", industry))
        notice = find_industry_notice(industry)
        if notice is not None:
            cells.tell_once("industry", find_industry_code(industry), notice)

    def _tell_spelling(self, cells: Cells, field: str, label: str) -> None:
        """Note a label that an earlier row writes in another script, width or case."""
        self._seen.add((field, label))
        other = self._spellings.setdefault((field, fold_word(label)), label)
        if other != label and not (field == "zone" and self._zones):
            cells.tell(
                field,
                say("{label} is written {other} in another row, and counts as another value", label=label, other=other),
            )


def _find_former(cells: Cells, number: EntityId) -> EntityId | None:
    """Find the registration number that a row gives beside a credit code; a wrong one is none, for the row is known by the code."""
    text = cells.text("registration_number")
    if text is None:
        return None
    try:
        former = parse_entity_code(text)
    except InputError:
        return None
    return None if former == number else former


def _parse_tags(text: str) -> tuple[str, ...]:
    """Read tags: sorted, each once; a cell that says 无 has none."""
    return tuple(sorted(parse_or_none(text, parse_list) or (), key=str.encode))
