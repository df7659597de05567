"""``notice write``: files of what was published, one notice or all of a month."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from inspect_cli.acts.draw.bundle import read_verifiers
from inspect_cli.acts.publish.kept import find_version, read_notice, read_notices
from inspect_cli.command_line import Command, force_option, lang_option
from inspect_cli.console import Console
from inspect_cli.core.publish.blocks import Table
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.documents.formats import DocumentFormat, Extras, render_document
from inspect_cli.files.documents.issued import name_file, read_issued
from inspect_cli.files.documents.template import find_word_template
from inspect_cli.files.output import write_output
from inspect_cli.language import _
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


_OF_TABLES: Final = frozenset({DocumentFormat.CSV, DocumentFormat.XLSX, DocumentFormat.JSON})


@click.command(cls=Command)
@click.argument("document", required=False, help="The document number.")
@click.option("--all", "month", metavar="MONTH", help="All notices about this month, beside the programs that verify.")
@click.option(
    "--format",
    "forms",
    type=click.Choice([form.value for form in DocumentFormat]),
    multiple=True,
    help="As for a draft; HTML unless one is named. With --all there can be several.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write; with --all a folder.",
)
@click.option(
    "--version", type=click.IntRange(min=1), help="An earlier version, for people inside; it is marked as such."
)
@click.option(
    "--substitute",
    multiple=True,
    metavar="X=YZ",
    help="What a PDF prints instead of a character that its faces lack; once for each.",
)
@lang_option
@force_option
@click.pass_obj
def write(
    app: App,
    document: str | None,
    *,
    month: str | None,
    forms: tuple[str, ...],
    output: Path,
    version: int | None,
    substitute: tuple[str, ...],
    lang: str | None,
    force: bool,
) -> None:
    """Write a published notice to a file, as it stands now.

    What is no longer shown is left out. The text is the one that was published; only the format is made now.

    \b
    Example:
      inspect-cli notice write 示综执抽查〔2026〕3号 --format docx -o r.docx
      inspect-cli notice write --all 2026-12 --format html --format pdf -o site
    """
    wanted = tuple(map(DocumentFormat, dict.fromkeys(forms))) or (DocumentFormat.HTML,)
    template = find_word_template(app.config, read_bureau(app.config).documents.word_template)
    writing = _Writing(
        store=Store.open(app.store_url),
        console=Console(language=app.language),
        output=output,
        forms=wanted,
        language=lang or "zh",
        extras=Extras(substitutes=substitute, word_template=template),
        is_forced=force,
    )
    if document is not None and month is None:
        writing.write_one(document, version)
    elif month is not None and document is None and version is None:
        writing.write_month(month)
    else:
        raise UsageMistake(
            say("it is not said what is to be written"), hint=say("name a document number, or a month with --all")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
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
        files: dict[str, bytes] = {}
        with self.console.progress(_("writing"), len(found) * len(self.forms)) as advance:
            for kept in found:
                paper = read_issued(kept.newest, self.language, is_newest=True)
                has_tables = any(isinstance(block, Table) for block in paper.blocks)
                for form in self.forms:
                    if has_tables or form not in _OF_TABLES:
                        name = name_file(kept.notice, self.language, form)
                        files[name] = render_document((paper,), form, extras=self.extras)
                    advance(1)
        files |= read_verifiers()
        self.output.mkdir(parents=True, exist_ok=True)
        written = sum(self._write(self.output / name, data) for name, data in sorted(files.items()))
        self.console.show_line(
            say("{folder}: {count} files, of them new: {new}", folder=str(self.output), count=len(files), new=written)
        )

    def _write(self, path: Path, data: bytes) -> bool:
        return write_output(path, data, overwrite=self.is_forced)
