"""What the store remembers of earlier files: the meaning of headers, and whether this very file was taken already."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from inspect_cli.acts.registry.keeping import LATER_ACTS
from inspect_cli.files.intake.mapping import parse_kept_mapping
from inspect_cli.release import installed_version
from inspect_cli.storage.act_log import find_acts_by
from inspect_cli.storage.imports import find_header_maps, find_last_act, find_taken_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.files.intake.choices import ReadChoices
    from inspect_cli.screens.imports.options import ImportOptions
    from inspect_cli.storage.engine import Store

Mappings = dict[str, "Mapping[str, str]"]
"""What headers mean, by the shape of the header row."""


def find_mappings(store: Store, noun: str, options: ImportOptions) -> Mappings:
    """Find what was said about headers with earlier files; nothing where it is to be forgotten."""
    if options.forget_map:
        return {}
    with store.reading() as session:
        kept = find_header_maps(session, noun)
    return {shape: parse_kept_mapping(mapping) for shape, mapping in kept.items()}


def render_understanding(bureau: Bureau, choices: ReadChoices, kept: Mapping[str, Any], *, is_leaving: bool) -> str:
    """Give the digest of all that the reading of a file hangs on beside its bytes: settings, choices, mappings, program."""
    hung_on = (
        installed_version(),
        bureau,
        choices.encoding,
        choices.sheet,
        choices.skip_hidden,
        sorted(choices.mapping.items()),
        sorted((shape, sorted(mapping.items())) for shape, mapping in kept.items()),
        is_leaving,
    )
    return hashlib.sha256(repr(hung_on).encode("utf-8", "surrogatepass")).hexdigest()


def find_day_taken(store: Store, noun: str, file: Path, understood: str) -> date | None:
    """Find since which day a registry says all that this very file says; None where that has to be found out by reading it."""
    with store.reading() as session:
        taken = find_taken_file(session, noun)
        if taken is None or taken.understood != understood or not file.is_file():
            return None
        last = find_last_act(session, LATER_ACTS[noun])
        if last is None or last > taken.act or taken.sha256 != _digest(file):
            return None
        return find_acts_by(session, {taken.act})[taken.act].day


def _digest(file: Path) -> str | None:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # Whoever reads the file says what is the matter with it.
        return None
