"""A version of a published notice, as the store keeps it, as a document; and what its file is called among those of a month."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.blocks import Paragraph, Span
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import InputError, StoreError, say
from inspect_cli.files.documents.reading import read_document

if TYPE_CHECKING:
    from inspect_cli.core.publish.blocks import Document
    from inspect_cli.core.publish.issued import Issued, IssuedVersion
    from inspect_cli.files.documents.formats import DocumentFormat

SUPERSEDED: Final = Label(
    zh="本版已由后来的版本取代，仅供内部查阅，不得对外公开。",
    en="A later version has replaced this one: for people inside alone, not to be shown outside.",
)


def read_issued(version: IssuedVersion, language: str, *, is_newest: bool) -> Document:
    """Read one version in ``zh`` or ``en``; an earlier one begins with a warning that it is superseded.

    ``StoreError`` where what was kept as published can no longer be read.
    """
    try:
        document = read_document(version.zh if language == "zh" else version.en, language)
    except InputError as error:
        raise StoreError(
            say(
                "what was published on {day} (version {version}) is damaged in the store: {what}",
                day=version.day.isoformat(),
                version=version.version,
                what=error.what,
            ),
            hint=say("look at the store with inspect-cli db check, and restore the last backup (db backup makes one)"),
        ) from error
    if is_newest:
        return document
    warning = Paragraph(lines=((Span(text=SUPERSEDED.text(language), is_strong=True),),), is_warning=True)
    return replace(document, blocks=(warning, *document.blocks))


def name_file(notice: Issued, language: str, form: DocumentFormat) -> str:
    """Name the file of a notice: year, serial, kind and language, in letters that every system takes: ``2026-003-draw.zh.html``."""
    part = ".part" if form.value == "fragment" else ""
    return f"{notice.year}-{notice.serial:03}-{notice.kind.value}.{language}{part}{form.suffix}"
