"""Matters (随机抽查事项) from an outside file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.fields import parse_day, parse_end, parse_matter_id, parse_paragraphs, require_order
from inspect_cli.core.registry.matter import Matter
from inspect_cli.core.registry.words import domain_words, parse_domain, parse_weight
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.rows import Intake, read_rows
from inspect_cli.files.intake.sheets import MATTERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.files.intake.cells import Cells

_TEXTS: Final = ("content", "object_type", "method", "ratio", "frequency", "source_of_power", "remarks")


def read_matters(path: Path, bureau: Bureau, choices: ReadChoices = DEFAULT) -> Intake[Matter]:
    """Read the matter list from a file. Raises ``InputError`` with all mistakes of the file."""
    build = partial(_build_matter, parse=partial(parse_domain, words=domain_words(bureau.domains)))
    return read_rows(path, MATTERS, build, choices)


def _build_matter(cells: Cells, *, parse: Callable[[str], Domain]) -> Matter | None:
    matter = cells.require("id", parse_matter_id)
    domain = cells.require("domain", parse)
    name = cells.require("name", parse_paragraphs)
    basis = cells.require("basis", parse_paragraphs)
    valid_from = cells.find("valid_from", parse_day)
    valid_until = cells.find("valid_until", parse_end)
    is_key = cells.find("weight", parse_weight) or False
    texts = cells.find_all(_TEXTS, parse_paragraphs)
    cells.check("valid_until", require_order, valid_from, valid_until)
    if matter is not None:
        cells.require_new("id", matter)
    if matter is None or domain is None or name is None or basis is None:
        return None
    return Matter(
        id=matter,
        domain=domain,
        name=name,
        basis=basis,
        content=texts["content"],
        object_type=texts["object_type"],
        method=texts["method"],
        ratio=texts["ratio"],
        frequency=texts["frequency"],
        is_key=is_key,
        source_of_power=texts["source_of_power"],
        valid_from=valid_from,
        valid_until=valid_until,
        remarks=texts["remarks"],
    )
