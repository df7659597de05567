"""Inspectors and experts (执法检查人员) from an outside file."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.days import parse_end
from inspect_cli.core.registry.fields import (
    parse_certificate,
    parse_count,
    parse_inspector_id,
    parse_label,
    parse_list,
    parse_or_none,
    parse_text,
    parse_yes_no,
    require_certificate,
)
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.registry.words import domain_words, fold_word, parse_domains
from inspect_cli.errors import InputError, say
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.day_cells import find_day, require_day
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

_IN_SERVICE: Final = frozenset({"有效", "在岗", "在职", "在编在岗", "正常", "valid", "active", "in service"})
_OUT_OF_SERVICE: Final = frozenset(
    {
        "失效",
        "无效",
        "注销",
        "吊销",
        "暂停",
        "停用",
        "离岗",
        "离职",
        "退休",
        "调离",
        "调出",
        "invalid",
        "inactive",
        "out of service",
    }
)
_IN_SERVICE_WORDS: Final = frozenset(map(fold_word, _IN_SERVICE))
_OUT_OF_SERVICE_WORDS: Final = frozenset(map(fold_word, _OUT_OF_SERVICE))


def read_inspectors(path: Path, bureau: Bureau, choices: ReadChoices = DEFAULT) -> Intake[Inspector]:
    """Read the roster from a file; told are certificates that ended before the choices' ``today``, and whoever is out of service.

    A row of somebody out of service may leave skills and certificate blank; what becomes of it is ``core.registry.comparison``'s matter.
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
    in_service = cells.find("in_service", _parse_standing) is not False
    answers = cells.find_all(("is_expert", "may_lead"), parse_yes_no)
    is_expert = answers["is_expert"] or False
    inspector = cells.require("id", parse_inspector_id)
    name = cells.require("name", parse_text)
    skills = cells.require("skills", parse) if in_service else cells.find("skills", parse) or ()
    own_zones = cells.find("zones", _parse_zones) or ()
    caps = cells.find_all(("day_cap", "month_cap"), parse_count)
    labels = cells.find_all(("unit", "squad", "position", "issuing_authority"), parse_label)
    telephone = cells.find("telephone", _parse_telephone)
    certificate = _find_certificate(cells, may_lack_it=is_expert or not in_service)
    if in_service:
        valid_until = _find_validity(cells, is_expert=is_expert, today=today)
    else:
        valid_until = find_day(cells, "valid_until", parse_end)
        cells.tell("in_service", say("out of service: seated in no draw"))
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
        in_service=in_service,
    )


def _find_certificate(cells: Cells, *, may_lack_it: bool) -> str | None:
    certificate = cells.find("certificate", parse_certificate)
    if certificate is not None:
        cells.require_new("certificate", certificate)
    elif not may_lack_it and cells.is_blank("certificate"):
        cells.check("certificate", require_certificate, certificate, is_expert=False)
    return certificate


def _find_validity(cells: Cells, *, is_expert: bool, today: date | None) -> date | None:
    """Return the certificate's last day: None is long-term, which an inspector's file says in so many words."""
    if is_expert or not cells.has_column("valid_until"):
        return find_day(cells, "valid_until", parse_end)
    valid_until = require_day(cells, "valid_until", parse_end)
    if valid_until is not None and today is not None and valid_until < today:
        cells.tell("valid_until", say("the certificate has ended"))
    return valid_until


def _parse_telephone(text: str) -> str | None:
    return parse_or_none(text, parse_text)


def _parse_zones(text: str) -> tuple[str, ...]:
    return tuple(sorted(parse_list(text)))


def _parse_standing(text: str) -> bool:
    """Read whether somebody's standing (人员状态) is valid; a bare yes or no says whether they are in service."""
    word = fold_word(text)
    if word in _IN_SERVICE_WORDS:
        return True
    if word in _OUT_OF_SERVICE_WORDS:
        return False
    with suppress(InputError):
        return parse_yes_no(text)
    raise InputError(say("{text} is neither valid nor invalid", text=text.strip()), hint=say("write 有效 or 失效"))
