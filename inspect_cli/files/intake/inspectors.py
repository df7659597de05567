"""Inspectors and experts (执法检查人员) from an outside file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.fields import (
    parse_certificate,
    parse_count,
    parse_end,
    parse_inspector_id,
    parse_label,
    parse_list,
    parse_text,
    parse_yes_no,
    require_certificate,
)
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.registry.words import domain_words, parse_domains
from inspect_cli.errors import InputError, say
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.entities import tell_unknown_zone
from inspect_cli.files.intake.rows import Intake, read_rows
from inspect_cli.files.intake.sheets import INSPECTORS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.files.intake.cells import Cells

_IN_SERVICE: Final = frozenset({"有效", "在岗", "在职", "正常", "valid", "active"})
_OUT_OF_SERVICE: Final = frozenset({"失效", "无效", "注销", "离岗", "离职", "退休", "调离", "invalid", "inactive"})


def read_inspectors(path: Path, bureau: Bureau, choices: ReadChoices = DEFAULT) -> Intake[Inspector]:
    """Read the roster from a file; certificates that ended before the choices' ``today`` are told, and rows that are left out.

    Raises ``InputError`` with all mistakes of the file.
    """
    build = partial(
        _build_inspector,
        parse=partial(parse_domains, words=domain_words(bureau.domains)),
        zones=frozenset(bureau.zones),
        today=choices.today,
    )
    return read_rows(path, INSPECTORS, build, choices)


def _build_inspector(
    cells: Cells, *, parse: Callable[[str], tuple[Domain, ...]], zones: frozenset[str], today: date | None
) -> Inspector | None:
    if cells.find("in_service", _parse_standing) is False:
        cells.tell("in_service", say("the row is left out; retire whoever is on the roster already"))
        return None
    inspector = cells.require("id", parse_inspector_id)
    name = cells.require("name", parse_text)
    skills = cells.require("skills", parse)
    answers = cells.find_all(("is_expert", "may_lead"), parse_yes_no)
    is_expert = answers["is_expert"] or False
    own_zones = cells.find("zones", _parse_zones) or ()
    caps = cells.find_all(("day_cap", "month_cap"), parse_count)
    labels = cells.find_all(("unit", "squad", "position", "issuing_authority"), parse_label)
    telephone = cells.find("telephone", parse_text)
    certificate = _find_certificate(cells, is_expert=is_expert)
    valid_until = _find_validity(cells, is_expert=is_expert, today=today)
    for zone in own_zones:
        tell_unknown_zone(cells, "zones", zone, zones)
    if inspector is not None:
        cells.require_new("id", inspector)
    if inspector is None or name is None or skills is None:
        return None
    return Inspector(
        id=inspector,
        name=name,
        skills=skills,
        certificate=certificate,
        valid_until=valid_until,
        is_expert=is_expert,
        may_lead=answers["may_lead"] or False,
        zones=own_zones,
        day_cap=caps["day_cap"],
        month_cap=caps["month_cap"],
        unit=labels["unit"],
        squad=labels["squad"],
        position=labels["position"],
        issuing_authority=labels["issuing_authority"],
        telephone=telephone,
    )


def _find_certificate(cells: Cells, *, is_expert: bool) -> str | None:
    certificate = cells.find("certificate", parse_certificate)
    if certificate is not None:
        cells.require_new("certificate", certificate)
    elif cells.is_blank("certificate"):
        cells.check("certificate", require_certificate, certificate, is_expert=is_expert)
    return certificate


def _find_validity(cells: Cells, *, is_expert: bool, today: date | None) -> date | None:
    """Return the certificate's last day: None is long-term, which an inspector's file says in so many words."""
    if is_expert or not cells.has_column("valid_until"):
        return cells.find("valid_until", parse_end)
    valid_until = cells.require("valid_until", parse_end)
    if valid_until is not None and today is not None and valid_until < today:
        cells.tell("valid_until", say("the certificate has ended"))
    return valid_until


def _parse_zones(text: str) -> tuple[str, ...]:
    return tuple(sorted(parse_list(text)))


def _parse_standing(text: str) -> bool:
    """Read whether somebody's standing (人员状态) is valid."""
    word = parse_label(text).casefold()
    if word in _IN_SERVICE:
        return True
    if word in _OUT_OF_SERVICE:
        return False
    raise InputError(say("{text} is neither valid nor invalid", text=text.strip()), hint=say("write 有效 or 失效"))
