"""Leave of inspectors from an outside file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.registry.fields import parse_inspector_id, parse_text, require_order
from inspect_cli.core.registry.inspector import Leave
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.day_cells import require_day
from inspect_cli.files.intake.rows import Intake, read_rows
from inspect_cli.files.intake.sheets import LEAVE

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.files.intake.cells import Cells


def read_leave(
    path: Path,
    bureau: Bureau,  # noqa: ARG001 -- every registry is read with the bureau's settings at hand
    choices: ReadChoices = DEFAULT,
) -> Intake[Leave]:
    """Read leave from a file. Raises ``InputError`` with all mistakes of the file."""
    return read_rows(path, LEAVE, _build_leave, choices)


def _build_leave(cells: Cells) -> Leave | None:
    inspector = cells.require("inspector", parse_inspector_id)
    first = require_day(cells, "first")
    last = require_day(cells, "last")
    reason = cells.find("reason", parse_text) or ""
    cells.check("last", require_order, first, last)
    if inspector is None or first is None or last is None:
        return None
    cells.require_new("inspector", (inspector, first, last))
    return Leave(inspector=inspector, first=first, last=last, reason=reason)
