"""What ``--json`` shows of an import: stable keys, documented in docs/json.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.acts.registry.orders import render_value
from inspect_cli.core.registry.comparison import PRIVATE
from inspect_cli.screens.register import json_value

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.acts.registry.orders import Imported
    from inspect_cli.core.registry.comparison import Change
    from inspect_cli.files.intake.rows import Intake
    from inspect_cli.files.intake.understood import Understood
    from inspect_cli.screens.imports.options import ImportOptions


def imported_data(imported: Imported, intake: Intake[Any], *, is_leaving: bool) -> dict[str, Any]:
    """Give what an import did or would do, and what was understood of the file."""
    found = imported.comparison
    return {
        "file": imported.file,
        "sha256": imported.digest,
        "dry_run": imported.is_dry_run,
        "taken_before": None,
        "new": imported.new,
        "updated": imported.updated,
        "unchanged": imported.unchanged,
        "left_out": len({one.where.row for one in (*intake.mistakes, *imported.mistakes)}) + found.left_out.count,
        "retired": list(imported.retired),
        "changes": [_change_data(change) for change in found.changes.first],
        "changed_values": found.changes.count,
        "key_changes": found.key_changes.count,
        "new_rows": [_row_data(row) for row in found.new.first if hasattr(row, "id")],
        "missing": {
            "count": found.missing.count,
            "retire": is_leaving,
            "rows": [_row_data(row) for row in found.missing.first],
        },
        "renumbered": [{"old": change.was.id, "new": change.kept.id} for change in found.renumbered.first],
        "understood": None if intake.understood is None else _understood_data(intake.understood),
    }


def taken_before_data(options: ImportOptions, day: date) -> dict[str, Any]:
    """Give the same keys for a file that was taken already; ``unchanged`` is not counted, for it was not read."""
    return {
        "file": options.file.name,
        "sha256": None,
        "dry_run": options.dry_run,
        "taken_before": day.isoformat(),
        "new": 0,
        "updated": 0,
        "unchanged": None,
        "left_out": 0,
        "retired": [],
        "changes": [],
        "changed_values": 0,
        "key_changes": 0,
        "new_rows": [],
        "missing": {"count": 0, "retire": options.retire_missing, "rows": []},
        "renumbered": [],
        "understood": None,
    }


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "id": render_value(change.key),
        "field": change.field,
        "before": None if change.is_private else json_value(change.before),
        "after": None if change.is_private else json_value(change.after),
        "row": change.row,
    }


def _row_data(row: Any) -> dict[str, Any]:
    return {"id": row.id, "name": row.name}


def _understood_data(understood: Understood) -> dict[str, Any]:
    return {
        "form": understood.form.value,
        "encoding": understood.encoding,
        "sheet": understood.sheet,
        "header_row": understood.header_row,
        "columns": [
            {
                "header": column.header,
                "field": column.field,
                "example": None if column.field is None or column.field in PRIVATE else column.example,
                "hidden": column.is_hidden,
            }
            for column in understood.columns
        ],
        "mapping": dict(understood.mapping),
        "mapping_kept": understood.is_mapping_kept,
        "hidden_rows": list(understood.hidden_rows),
        "passed_over": list(understood.passed_over),
    }
