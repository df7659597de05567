"""Visits for the ledger (台账) from an outside file: earlier ones, and those of other departments."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from inspect_cli.core.registry.fields import parse_label, parse_list, parse_matter_id
from inspect_cli.core.registry.ledger import LedgerVisit
from inspect_cli.core.registry.words import domain_words, parse_domains, parse_visit_kind
from inspect_cli.errors import InputError, say
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.day_cells import require_day
from inspect_cli.files.intake.entities import require_entity_id
from inspect_cli.files.intake.rows import Intake, read_rows
from inspect_cli.files.intake.sheets import VISITS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, MatterId
    from inspect_cli.files.intake.cells import Cells


def read_visits(path: Path, bureau: Bureau, choices: ReadChoices = DEFAULT) -> Intake[LedgerVisit]:
    """Read visits from a file; days after the choices' ``today`` are told.

    Raises ``InputError`` with all mistakes of the file.
    """
    parse = partial(parse_domains, words=domain_words(bureau.domains))
    return read_rows(path, VISITS, partial(_build_visit, parse=parse, today=choices.today), choices)


def _build_visit(cells: Cells, *, parse: Callable[[str], tuple[Domain, ...]], today: date | None) -> LedgerVisit | None:
    entity = require_entity_id(cells)
    day = require_day(cells, "day")
    kind = cells.require("kind", parse_visit_kind)
    domains = cells.require("domains", parse)
    department = cells.require("department", parse_label)
    matters = _find_matters(cells)
    if today is not None and day is not None and day > today:
        cells.tell("day", say("the day lies in the future"))
    if entity is None or day is None or kind is None or domains is None or department is None:
        return None
    visit = LedgerVisit(entity=entity, day=day, kind=kind, domains=domains, department=department, matters=matters)
    cells.require_new("credit_code", replace(visit, matters=()))
    return visit


def _find_matters(cells: Cells) -> tuple[MatterId, ...]:
    """Read the numbers of the matters that were checked, sorted, each once; what is no number is told, and left out."""
    found = set()
    for text in cells.find("matters", parse_list) or ():
        try:
            found.add(parse_matter_id(text))
        except InputError:
            cells.tell("matters", say("{text} is no number of a matter: it is left out", text=text))
    return tuple(sorted(found))
