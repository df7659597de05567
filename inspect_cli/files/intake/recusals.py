"""Recusals (回避) from an outside file. Their reasons stay inside the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.registry.fields import parse_day, parse_end, parse_inspector_id, parse_label, require_order
from inspect_cli.core.registry.inspector import Recusal
from inspect_cli.files.intake.entities import require_entity_id
from inspect_cli.files.intake.rows import Cells, Intake, read_rows
from inspect_cli.files.intake.sheets import RECUSALS

if TYPE_CHECKING:
    from pathlib import Path


def read_recusals(path: Path, encoding: str | None = None) -> Intake[Recusal]:
    """Read recusals from a file. Raises ``InputError`` with all mistakes of the file."""
    return read_rows(path, RECUSALS, _build_recusal, encoding)


def _build_recusal(cells: Cells) -> Recusal | None:
    inspector = cells.require("inspector", parse_inspector_id)
    entity = require_entity_id(cells)
    reason = cells.require("reason", parse_label)
    start = cells.find("start", parse_day)
    end = cells.find("end", parse_end)
    cells.check("end", require_order, start, end)
    if inspector is None or entity is None or reason is None:
        return None
    recusal = Recusal(inspector=inspector, entity=entity, reason=reason, start=start, end=end)
    cells.require_new("inspector", recusal)
    return recusal
