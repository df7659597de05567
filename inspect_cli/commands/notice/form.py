"""In which format a file is written: as it is said, or else as its name ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.documents.formats import DocumentFormat

if TYPE_CHECKING:
    from pathlib import Path

_ENDS: Final = {
    ".htm": DocumentFormat.HTML,
    **{form.suffix: form for form in DocumentFormat if form is not DocumentFormat.FRAGMENT},
}


def choose_format(output: Path, named: str | None) -> DocumentFormat:
    """Choose the format of a file; a web page where neither option nor name says.

    ``UsageMistake`` where the name ends as no format does, or as another one than was named.
    """
    end = output.suffix.lower()
    found = _ENDS.get(end)
    if named is None:
        if end and found is None:
            raise UsageMistake(
                say("{file} does not end as any format does", file=output.name),
                hint=say("end it in one of {ends}, or name a format with --format", ends=tuple(_ENDS)),
            )
        return found or DocumentFormat.HTML
    form = DocumentFormat(named)
    if found is not None and found.suffix != form.suffix:
        raise UsageMistake(
            say("{file} would hold another format: {format}", file=output.name, format=form.value),
            hint=say("end it in {end}, or leave --format out", end=form.suffix),
        )
    return form
