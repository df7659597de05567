"""Sources of chance that stand in a TOML file of their own, as ``[[source]]`` tables like those of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_cli.core.draw.fields import Fields
from inspect_cli.core.draw.promise import parse_promise
from inspect_cli.files.config import SETTINGS_LIMIT
from inspect_cli.files.intake.encoding import read_outside
from inspect_cli.files.plan_file import read_promise_tables
from inspect_cli.files.toml_table import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.files.toml_table import Table


def read_sources(path: Path) -> tuple[Promise, ...]:
    """Read the sources of a file; ``InputError`` when there is none, or with all its mistakes, each with its key."""
    found = read_table(read_outside(path, SETTINGS_LIMIT), path.name, _read)
    return tuple(parse_promise(Fields(values=dict(values), file=path.name)) for values in found)


def _read(file: Table) -> tuple[Mapping[str, object], ...]:
    found = read_promise_tables(file)
    file.close()
    return found
