"""A folder with the files of a month's notices, as a site shows them: what in it still shows an earlier version.

A file counts as an earlier version's when it has the bytes that the program writes of that version; whatever else stands under such a
name is somebody's own, and is never touched here. What does not live here: writing (``output``), and what a notice says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from inspect_cli.core.publish.blocks import Table
from inspect_cli.errors import InputError
from inspect_cli.files.documents.formats import DocumentFormat, render_document
from inspect_cli.files.documents.issued import name_file, read_issued
from inspect_cli.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from inspect_cli.core.publish.issued import Issued, IssuedVersion
    from inspect_cli.files.documents.formats import Extras

_OF_TABLES: Final = frozenset({DocumentFormat.CSV, DocumentFormat.XLSX, DocumentFormat.JSON})


class Versions(NamedTuple):
    """A notice with all its versions, the newest last."""

    notice: Issued
    versions: Sequence[IssuedVersion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """What of a folder is not the newest version, by the names of the files.

    ``newer`` gives the bytes that are to take the place of an earlier version's, None where the newest has nothing to write in that
    format; ``strange`` are files with the name of a notice's that hold no version of it as the program writes it now.
    """

    newer: Mapping[str, bytes | None]
    strange: tuple[str, ...]


def render_version(version: IssuedVersion, language: str, form: DocumentFormat, extras: Extras) -> bytes | None:
    """Render a version as it is shown outside; None for a format of tables where it has no table.

    Raises what ``read_issued`` and ``render_document`` raise.
    """
    paper = read_issued(version, language, is_newest=True)
    if form in _OF_TABLES and not any(isinstance(block, Table) for block in paper.blocks):
        return None
    return render_document((paper,), form, extras=extras)


def find_outdated(folder: Path, notices: Sequence[Versions], extras: Extras) -> Outdated:
    """Find the files of changed notices, in any format and language, that stand in a folder and do not show the newest version."""
    newer: dict[str, bytes | None] = {}
    strange: list[str] = []
    for name, versions, language, form in _standing(folder, notices):
        there = (folder / name).read_bytes()
        try:
            newest, *earlier = (render_version(version, language, form, extras) for version in reversed(versions))
        except InputError:
            # A character that a PDF's faces lack, or a Word template that is no longer there: it was written with other extras.
            strange.append(name)
            continue
        if there != newest:
            if there in earlier:
                newer[name] = newest
            else:
                strange.append(name)
    return Outdated(newer=newer, strange=tuple(strange))


def _standing(
    folder: Path, notices: Sequence[Versions]
) -> Iterator[tuple[str, Sequence[IssuedVersion], str, DocumentFormat]]:
    """Give the files of notices with more than one version that stand in a folder, each with what it is of."""
    for notice, versions in notices:
        for language in LANGUAGES if len(versions) > 1 else ():
            for form in DocumentFormat:
                name = name_file(notice, language, form)
                if (folder / name).is_file():
                    yield name, versions, language, form
