"""Writing files of published notices: one notice, or a month's into a folder. The command that is typed is in ``write``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.bundle import read_verifiers
from inspect_cli.acts.publish.kept import find_version, read_notice, read_notices
from inspect_cli.console import Tone
from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.files.documents.formats import render_document
from inspect_cli.files.documents.issued import name_file, read_issued
from inspect_cli.files.documents.month_folder import Versions, find_outdated, render_version
from inspect_cli.files.output import write_output
from inspect_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from inspect_cli.acts.publish.kept import KeptNotice
    from inspect_cli.console import Console
    from inspect_cli.files.documents.formats import DocumentFormat, Extras
    from inspect_cli.files.documents.month_folder import Outdated
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How files are to be written, and where."""

    store: Store
    console: Console
    output: Path
    forms: tuple[DocumentFormat, ...]
    language: str
    extras: Extras
    is_forced: bool

    def write_one(self, document: str, version: int | None) -> None:
        """Write one notice."""
        if len(self.forms) > 1:
            raise UsageMistake(
                say("one file has one format"), hint=say("give --format once, or all notices of a month with --all")
            )
        kept = read_notice(self.store, document)
        chosen = find_version(kept, version)
        paper = read_issued(chosen, self.language, is_newest=chosen == kept.newest)
        is_new = self._write(self.output, render_document((paper,), self.forms[0], extras=self.extras))
        if is_new:
            self.console.show_line(say("wrote {path}", path=str(self.output)))
        else:
            self.console.show_line(say("{path} is there already, the same to the byte", path=str(self.output)))
        if chosen != kept.newest:
            self.console.show_note(
                say("version {version} of {document} is superseded", version=chosen.version, document=document)
            )

    def write_month(self, month: str) -> None:
        """Write all notices about a month in all formats, with the two programs that verify beside them."""
        found = read_notices(self.store, month)
        if not found:
            raise UsageMistake(
                say("nothing about {month} was published", month=month),
                hint=say("see what was published with: inspect-cli notice list"),
            )
        files = self._render_month(found) | read_verifiers()
        notices = [Versions(notice=kept.notice, versions=kept.versions) for kept in found]
        outdated = find_outdated(self.output, notices, self.extras)
        self._require_places(files, outdated)
        self.output.mkdir(parents=True, exist_ok=True)
        for name, data in outdated.newer.items():
            if data is None:
                (self.output / name).unlink()
            else:
                write_output(self.output / name, data, overwrite=True)
        written = sum(self._write(self.output / name, data) for name, data in sorted(files.items()))
        self.console.show_line(
            say("{folder}: {count} files, of them new: {new}", folder=str(self.output), count=len(files), new=written)
        )
        self._show_outdated(files, outdated)

    def _render_month(self, found: Sequence[KeptNotice]) -> dict[str, bytes]:
        """Render the newest version of each notice in all formats, by the files' names."""
        files: dict[str, bytes] = {}
        with self.console.progress(_("writing"), len(found) * len(self.forms)) as advance:
            for kept in found:
                for form in self.forms:
                    data = render_version(kept.newest, self.language, form, self.extras)
                    if data is not None:
                        files[name_file(kept.notice, self.language, form)] = data
                    advance(1)
        return files

    def _require_places(self, files: Mapping[str, bytes], outdated: Outdated) -> None:
        """Refuse to write any file where one of them would take the place of another that is not an earlier version's."""
        taken = [
            name
            for name, data in sorted(files.items())
            if name not in outdated.newer and (path := self.output / name).exists() and not _holds(path, data)
        ]
        if taken and not self.is_forced:
            raise RefusedError(
                say("in {folder} other files stand already: {names}", folder=str(self.output), names=tuple(taken)),
                hint=say("nothing was written; name another folder, or replace them with --force"),
            )

    def _show_outdated(self, files: Mapping[str, bytes], outdated: Outdated) -> None:
        """Say which files showed an earlier version, and which hold none."""
        if outdated.newer:
            self.console.show_line(
                say("they showed an earlier version, and are replaced or removed: {names}", names=tuple(outdated.newer))
            )
        strange = tuple(name for name in outdated.strange if name not in files)
        if strange:
            self.console.show_note(
                say("they may still show what is no longer public; look at them: {names}", names=strange), Tone.BAD
            )

    def _write(self, path: Path, data: bytes) -> bool:
        return write_output(path, data, overwrite=self.is_forced)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
