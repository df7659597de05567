"""``notice write``: files of what was published, one notice or all of a month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.command_line import (
    Command,
    force_option,
    lang_option,
    substitute_option,
    word_template_option,
)
from inspect_cli.commands.notice.form import choose_format
from inspect_cli.commands.notice.writing import Writing
from inspect_cli.console import Console
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.documents.formats import DocumentFormat, Extras
from inspect_cli.files.documents.template import find_word_template
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("document", required=False, help="The document number.")
@click.option("--all", "month", metavar="MONTH", help="All notices about this month, beside the programs that verify.")
@click.option(
    "--format",
    "forms",
    type=click.Choice([form.value for form in DocumentFormat]),
    multiple=True,
    help="As for a draft. With --all there can be several, HTML unless one is named.",
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
@substitute_option
@word_template_option
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
    word_template: Path | None,
    lang: str | None,
    force: bool,
) -> None:
    """Write a published notice to a file, as it stands now.

    What is no longer shown is left out. The text is the one that was published; only the format is made now. With --all, files in
    the folder that show an earlier version of a notice are brought up to date, whatever their format and language.

    \b
    Example:
      inspect-cli notice write 示综执抽查〔2026〕3号 --format docx -o r.docx
      inspect-cli notice write --all 2026-12 --format html --format pdf -o site
    """
    wanted = tuple(map(DocumentFormat, dict.fromkeys(forms)))
    if month is None and len(wanted) <= 1:
        wanted = (choose_format(output, forms[0] if forms else None),)
    template = find_word_template(app.config, read_bureau(app.config).documents.word_template, word_template)
    writing = Writing(
        store=Store.open(app.store_url),
        console=Console(language=app.language),
        output=output,
        forms=wanted or (DocumentFormat.HTML,),
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
