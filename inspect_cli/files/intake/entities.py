"""Entities (检查对象) from an outside file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from inspect_cli.core.credit_code import id_notices
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.fields import parse_day, parse_entity_code, parse_label, parse_paragraphs, parse_text
from inspect_cli.core.registry.words import domain_words, parse_domains, parse_risk_class
from inspect_cli.errors import say
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.rows import Intake, read_rows
from inspect_cli.files.intake.sheets import ENTITIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, EntityId
    from inspect_cli.files.intake.cells import Cells

_LABELS: Final = ("zone", "industry", "size", "registration_authority", "supervising_unit", "registration_status")
_TEXTS: Final = ("legal_representative", "contact", "telephone")


def read_entities(path: Path, bureau: Bureau, choices: ReadChoices = DEFAULT) -> Intake[Entity]:
    """Read the entity registry from a file; days after the choices' ``today`` are told.

    Raises ``InputError`` with all mistakes of the file.
    """
    build = partial(
        _build_entity,
        parse=partial(parse_domains, words=domain_words(bureau.domains)),
        zones=frozenset(bureau.zones),
        today=choices.today,
    )
    return read_rows(path, ENTITIES, build, choices)


def require_entity_id(cells: Cells) -> EntityId | None:
    """Return the credit code of a row, or its registration number where that stands alone in a column of its own."""
    if cells.is_blank("credit_code") and not cells.is_blank("registration_number"):
        return cells.require("registration_number", parse_entity_code)
    return cells.require("credit_code", parse_entity_code)


def tell_unknown_zone(cells: Cells, field: str, zone: str | None, zones: frozenset[str]) -> None:
    """Note, once for each zone, that the bureau's settings do not list it; where they list none, any is right."""
    if zone is not None and zones and zone not in zones:
        cells.tell_once(field, zone, say("the zone {zone} is not listed in inspect.toml", zone=zone))


def _build_entity(
    cells: Cells, *, parse: Callable[[str], tuple[Domain, ...]], zones: frozenset[str], today: date | None
) -> Entity | None:
    entity = require_entity_id(cells)
    name = cells.require("name", parse_text)
    domains = cells.require("domains", parse)
    established = cells.find("established", parse_day)
    labels = cells.find_all(_LABELS, parse_label)
    texts = cells.find_all(_TEXTS, parse_text)
    risk_class = cells.find("risk_class", parse_risk_class)
    address = cells.find("address", parse_paragraphs)
    tell_unknown_zone(cells, "zone", labels["zone"], zones)
    if today is not None and established is not None and established > today:
        cells.tell("established", say("the day lies in the future"))
    if entity is not None:
        cells.require_new("credit_code", entity)
        for notice in id_notices(entity):
            cells.tell("credit_code", notice)
    if entity is None or name is None or domains is None:
        return None
    return Entity(
        id=entity,
        name=name,
        domains=domains,
        zone=labels["zone"],
        industry=labels["industry"],
        size=labels["size"],
        risk_class=risk_class,
        address=address,
        legal_representative=texts["legal_representative"],
        registration_authority=labels["registration_authority"],
        supervising_unit=labels["supervising_unit"],
        registration_status=labels["registration_status"],
        established=established,
        contact=texts["contact"],
        telephone=texts["telephone"],
    )
