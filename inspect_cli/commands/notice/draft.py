"""``notice render``: a draft of a notice of a draw, before it is published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.publish.views import read_view
from inspect_cli.command_line import (
    Command,
    force_option,
    lang_option,
    substitute_option,
    word_template_option,
)
from inspect_cli.commands.notice.form import choose_format
from inspect_cli.commands.notice.subject import read_subject
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.documents.formats import DocumentFormat, Extras, render_document
from inspect_cli.files.documents.reading import read_document
from inspect_cli.files.documents.template import find_folders, find_word_template, render_source
from inspect_cli.files.output import write_output
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("about", metavar="SUBJECT", help="The draw, the month or the year it is about.")
@click.argument("kind", metavar="KIND", help="Which notice: matters, plan, commitment, draw, result, statistics.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in DocumentFormat]),
    default=None,
    help="A web page, a part for pasting into one, Markdown, Word, PDF; or the tables alone as CSV, workbook or JSON; "
    "as the file's name ends unless it is named.",
)
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
@substitute_option
@word_template_option
@lang_option
@force_option
@click.pass_obj
def render(
    app: App,
    about: str,
    kind: str,
    *,
    form: str | None,
    output: Path,
    substitute: tuple[str, ...],
    word_template: Path | None,
    lang: str | None,
    force: bool,
) -> None:
    """Write a draft of a notice, without a number.

    It shows what would be published now, and no more than the public may see. What was published is written by notice write.

    \b
    Example:
      inspect-cli notice render 2026-12/1 commitment -o commitment.html
      inspect-cli notice render 2026-12/1 result --format md --lang en -o r.md
      inspect-cli notice render 2026-12/1 result -o result.docx
      inspect-cli notice render 2026-12 statistics -o statistics.html
    """
    chosen, bureau = choose_format(output, form), read_bureau(app.config)
    subject = read_subject(app, kind, about)
    view = read_view(Store.open(app.store_url), bureau, subject)
    language, name = lang or "zh", subject.kind.value
    source = render_source(name, view, language, find_folders(app.config, bureau.documents.templates))
    template = find_word_template(app.config, bureau.documents.word_template, word_template)
    extras = Extras(substitutes=substitute, word_template=template)
    paper = read_document(source, language, file=f"{name}.{language}.md")
    data = render_document((paper,), chosen, extras=extras)
    is_new = write_output(output, data, overwrite=force)
    console = Console(language=app.language)
    if is_new:
        console.show_line(say("wrote {path}", path=str(output)))
    else:
        console.show_line(say("{path} is there already, the same to the byte", path=str(output)))
