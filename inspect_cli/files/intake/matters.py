"""Matters (随机抽查事项) from an outside file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.days import parse_end
from inspect_cli.core.registry.fields import (
    parse_count,
    parse_list,
    parse_matter_id,
    parse_or_none,
    parse_paragraphs,
    require_order,
)
from inspect_cli.core.registry.industry import parse_industry_filter
from inspect_cli.core.registry.matter import Matter
from inspect_cli.core.registry.matter_words import (
    METHODS,
    POWER_WORDS,
    find_strange_methods,
    find_visits_a_year,
    is_ratio,
    parse_power,
)
from inspect_cli.core.registry.words import (
    domain_words,
    fold_word,
    parse_domain,
    parse_risk_class,
    parse_size,
    parse_weight,
)
from inspect_cli.errors import say
from inspect_cli.files.intake.choices import DEFAULT, ReadChoices
from inspect_cli.files.intake.day_cells import find_day
from inspect_cli.files.intake.rows import Intake, read_rows
from inspect_cli.files.intake.sheets import MATTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.files.intake.cells import Cells

_TEXTS: Final = ("content", "object_type", "method", "ratio", "frequency", "remarks")
_ANY: Final = frozenset({"不限", "全部", "所有", "任意", "不限定", "any", "all"})
_METHODS_NAMED: Final = tuple(METHODS[place] for place in (0, 8, 14, 23))


def read_matters(path: Path, bureau: Bureau, choices: ReadChoices = DEFAULT) -> Intake[Matter]:
    """Read the matter list from a file; told are texts that are not understood, and numbers of visits that were read from one.

    Raises ``InputError`` with all mistakes of the file.
    """
    build = partial(_build_matter, parse=partial(parse_domain, words=domain_words(bureau.domains)))
    intake = read_rows(path, MATTERS, build, choices)
    if "visits_a_year" in intake.fields or all(row.value.visits_a_year is None for row in intake.rows):
        return intake
    # The frequency has said it in the column's place (MATTER-6).
    return replace(intake, fields=intake.fields | {"visits_a_year"})


def _build_matter(cells: Cells, *, parse: Callable[[str], Domain]) -> Matter | None:
    matter = cells.require("id", parse_matter_id)
    domain = cells.require("domain", parse)
    name = cells.require("name", parse_paragraphs)
    basis = cells.require("basis", parse_paragraphs)
    valid_from = find_day(cells, "valid_from")
    valid_until = find_day(cells, "valid_until", parse_end)
    is_key = cells.find("weight", parse_weight) or False
    texts = cells.find_all(_TEXTS, parse_paragraphs)
    power = cells.find("source_of_power", parse_power)
    objects = {field: cells.find(field, parse) or () for field, parse in _OBJECTS.items()}
    visits_a_year = _find_visits_a_year(cells, texts["frequency"])
    _tell_strange_words(cells, texts, power)
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
        source_of_power=power,
        valid_from=valid_from,
        valid_until=valid_until,
        remarks=texts["remarks"],
        of_industries=objects["of_industries"],
        of_sizes=objects["of_sizes"],
        of_risk_classes=objects["of_risk_classes"],
        of_tags=objects["of_tags"],
        visits_a_year=visits_a_year,
    )


def _find_visits_a_year(cells: Cells, frequency: str | None) -> int | None:
    """Find how often a year an entity may be checked; without a column of its own the frequency says it, where it does (MATTER-6)."""
    if cells.has_column("visits_a_year"):
        return cells.find("visits_a_year", parse_count)
    number = None if frequency is None else find_visits_a_year(frequency)
    if number is not None:
        what = say(
            "read as a cap of {count} a year (每年上限); give the column 每年上限 to say otherwise", count=number
        )
        cells.tell_once("frequency", frequency, what)
    return number


def _tell_strange_words(cells: Cells, texts: Mapping[str, str | None], power: str | None) -> None:
    """Tell, once for each, the words that are kept as they stand and not understood (MATTER-4, MATTER-5, MATTER-7)."""
    for word in find_strange_methods(texts["method"] or ""):
        cells.tell_once(
            "method",
            word,
            say(
                "{word} is no known method, and is kept as it stands; known are {words}",
                word=word,
                words=_METHODS_NAMED,
            ),
        )
    ratio = texts["ratio"]
    if ratio is not None and not is_ratio(ratio):
        cells.tell_once(
            "ratio", ratio, say("{text} names no ratio, such as 3% or 2‰; it is kept as it stands", text=ratio)
        )
    if power is not None and power not in POWER_WORDS:
        cells.tell_once(
            "source_of_power",
            power,
            say(
                "{word} is no known source of power, and is kept as it stands; known are {words}",
                word=power,
                words=tuple(POWER_WORDS),
            ),
        )


def _parse_any(text: str, parse: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Read a part of the object filter; 不限 is any, as nothing is."""
    return () if fold_word(text) in _ANY else parse_or_none(text, parse) or ()


def _parse_industries(text: str) -> tuple[str, ...]:
    return tuple(sorted({parse_industry_filter(word) for word in parse_list(text)}))


def _parse_sizes(text: str) -> tuple[str, ...]:
    return tuple(sorted({parse_size(word) for word in parse_list(text)}))


def _parse_tags(text: str) -> tuple[str, ...]:
    return tuple(sorted(parse_list(text)))


def _parse_risk_classes(text: str) -> tuple[str, ...]:
    return tuple(sorted({parse_risk_class(word) for word in parse_list(text)}))


_OBJECTS: Final[Mapping[str, Callable[[str], tuple[str, ...]]]] = {
    "of_industries": partial(_parse_any, parse=_parse_industries),
    "of_sizes": partial(_parse_any, parse=_parse_sizes),
    "of_risk_classes": partial(_parse_any, parse=_parse_risk_classes),
    "of_tags": partial(_parse_any, parse=_parse_tags),
}
"""How each part of the object filter is read."""
