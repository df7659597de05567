"""Recusals (回避) from an outside file. Their reasons stay inside the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.registry.days import parse_end
from inspect_cli.core.registry.fields import (
    parse_inspector_id,
    parse_label,
    parse_or_none,
    parse_paragraphs,
    require_order,
)
from inspect_cli.core.registry.inspector import Recusal
from inspect_cli.core.registry.recusal_words import parse_recusal_reason, require_note, require_one_target
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.day_cells import find_day
from inspect_cli.files.intake.entities import require_entity_id
from inspect_cli.files.intake.rows import Intake, read_rows
from inspect_cli.files.intake.sheets import RECUSALS

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId
    from inspect_cli.files.intake.cells import Cells


def read_recusals(
    path: Path,
    bureau: Bureau,  # noqa: ARG001 -- every registry is read with the bureau's settings at hand
    choices: ReadChoices = DEFAULT,
) -> Intake[Recusal]:
    """Read recusals from a file. Raises ``InputError`` with all mistakes of the file."""
    return read_rows(path, RECUSALS, _build_recusal, choices)


def _build_recusal(cells: Cells) -> Recusal | None:
    inspector = cells.require("inspector", parse_inspector_id)
    group = cells.find("group", _parse_group)
    entity = _find_entity(cells, group)
    reason = cells.require("reason", parse_recusal_reason)
    note = cells.find("note", _parse_note)
    cells.check("note", require_note, reason, note)
    start = find_day(cells, "start")
    end = find_day(cells, "end", parse_end)
    cells.check("end", require_order, start, end)
    if entity is not None and group is not None:
        cells.check("group", require_one_target, entity, group)
    if inspector is None or (entity is None) == (group is None) or reason is None:
        return None
    recusal = Recusal(inspector=inspector, entity=entity, group=group, reason=reason, note=note, start=start, end=end)
    cells.require_new("inspector", recusal)
    return recusal


def _parse_group(text: str) -> str | None:
    return parse_or_none(text, parse_label)


def _parse_note(text: str) -> str | None:
    return parse_or_none(text, parse_paragraphs)


def _find_entity(cells: Cells, group: str | None) -> EntityId | None:
    """Find the entity of a row; one that names a group needs none."""
    numbers = ("credit_code", "registration_number")
    if group is not None and all(cells.is_blank(field) for field in numbers):
        return None
    return require_entity_id(cells)
