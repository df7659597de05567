"""What a person says that a file's headers mean (``--map 企业=name``), and the text under which it is kept.

What does not live here: the store that keeps it, by the shape of the header row.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, UsageMistake, say
from inspect_cli.files.intake.headers import LEFT_OUT, fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.files.intake.headers import Sheet

DASH: Final = "-"
"""What stands for "leave this column out"."""


def parse_mapping(texts: Iterable[str]) -> dict[str, str]:
    """Read what ``--map`` was given, each ``HEADER=FIELD``; the last ``=`` divides, for a header may hold one.

    Raises ``UsageMistake`` for a text without two sides, and for a header that is given two meanings.
    """
    mapping: dict[str, str] = {}
    for text in texts:
        header, _, meaning = (part.strip() for part in text.rpartition("="))
        if not fold_header(header) or not meaning:
            raise UsageMistake(
                say("{text} does not say what a header means", text=text),
                hint=say(
                    "write --map HEADER=FIELD, for example --map 企业=name, or --map 备注=- to leave a column out"
                ),
            )
        if mapping.setdefault(header, meaning) != meaning:
            raise UsageMistake(
                say("the header {header} is given two meanings", header=header),
                hint=say("give --map once for each header"),
            )
    return mapping


def resolve_mapping(mapping: Mapping[str, str], sheet: Sheet) -> dict[str, str]:
    """Return the field (or ``LEFT_OUT``) of each folded header; ``UsageMistake`` for a field that the sheet does not have."""
    meant = {}
    for header, meaning in mapping.items():
        field = LEFT_OUT if meaning == DASH else sheet.find_field(meaning)
        if field is None:
            raise UsageMistake(
                say("{field} is no field of this sheet", field=meaning),
                hint=say(
                    "--map names a field, one of its headers, or -; the fields are {fields}", fields=_named(sheet)
                ),
            )
        meant[fold_header(header)] = field
    return meant


def require_headers(mapping: Mapping[str, str], header: Iterable[str]) -> None:
    """Raise ``UsageMistake`` when the mapping speaks of a header that the file does not have."""
    found = tuple(text.strip() for text in header if text.strip())
    folded = {fold_header(text) for text in found}
    for text in mapping:
        if fold_header(text) not in folded:
            raise UsageMistake(
                say("the file has no column {header}", header=text),
                hint=say("--map begins with one of the file's headers: {headers}", headers=found),
            )


def render_mapping(mapping: Mapping[str, str]) -> str:
    """Render a mapping for the store: pairs of header and meaning as JSON, sorted by header, the same for equal mappings."""
    return json.dumps(sorted(mapping.items()), ensure_ascii=False, separators=(",", ":"))


def parse_kept_mapping(text: str) -> dict[str, str]:
    """Read what ``render_mapping`` gave; ``InputError`` for anything else."""
    try:
        pairs = json.loads(text)
        mapping = {header: meaning for header, meaning in pairs}  # noqa: C416 -- it refuses what is no list of pairs
    except (ValueError, TypeError) as error:
        raise InputError(
            say("the kept mapping of headers cannot be read"), hint=say("drop it with --forget-map and give it again")
        ) from error
    if not all(isinstance(part, str) for pair in mapping.items() for part in pair):
        raise InputError(
            say("the kept mapping of headers cannot be read"), hint=say("drop it with --forget-map and give it again")
        )
    return mapping


def _named(sheet: Sheet) -> tuple[str, ...]:
    return tuple(f"{field} ({headers[0]})" for field, headers in sheet.fields.items())
