"""``visit sheets``: the bureau's own papers for the visits of a draw, to be filled in, signed or handed over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit.papers import Held, gather_draw_record, gather_runs, gather_sheets
from inspect_cli.command_line import Command, Day, force_option, lang_option, substitute_option, word_template_option
from inspect_cli.commands.visit.sheet_files import Paper, is_folder, make_document, render_books, render_papers
from inspect_cli.console import Console
from inspect_cli.core.names import InspectorId, Slot
from inspect_cli.core.visit.sheet import (
    Film,
    PaperChoice,
    PaperKind,
    choose_sheets,
    name_file,
)
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.digest import digest_file
from inspect_cli.files.documents.formats import DocumentFormat, Extras
from inspect_cli.files.documents.template import find_folders, find_word_template
from inspect_cli.files.output import write_output
from inspect_cli.language import _
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core.visit.sheet import VisitSheet

_FORMATS = (DocumentFormat.XLSX, DocumentFormat.WORD, DocumentFormat.PDF, DocumentFormat.HTML, DocumentFormat.MARKDOWN)
_SIGNED = (PaperKind.NOTICE, PaperKind.RECORD)


@click.command(cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in PaperKind]),
    default=(PaperKind.SHEET.value,),
    show_default=True,
    help="Visit sheets, run sheets, notices to the companies, or the record of the draw; repeat it for several in one file.",
)
@click.option("--day", type=Day(), help="The visits of this day alone.")
@click.option(
    "--team", multiple=True, metavar="ID", help="The visits on which this person goes; repeat it for several."
)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in _FORMATS]),
    help="Unless it is said, the end of the file's name says it; in a folder PDF. A visit sheet as xlsx is filled in and taken back.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE|FOLDER",
    type=click.Path(path_type=Path),
    help="One file for all, or a folder (a name without an end): then a file for each visit, or each day.",
)
@click.option("--place", help="Where the draw was held, for its record.")
@click.option("--host", help="Who led the draw, for its record.")
@click.option(
    "--video",
    type=click.Path(path_type=Path),
    help="The film of the draw: its name, size and SHA-256 go into the record.",
)
@substitute_option
@word_template_option
@lang_option
@force_option
@click.pass_obj
def sheets(app: App, /, slot: str, *, kinds: tuple[str, ...], output: Path, **given: Any) -> None:
    """Write the papers of a draw's visits: sheets to fill in, run sheets by team, notices to companies, the record of the draw.

    They are for the bureau alone, but for the notice to the company that it names. Nobody outside learns of a visit before it.

    A notice to a company that is a file of its own is written into the bureau's Word template; sheets to fill in keep their layout.

    \b
    Example:
      inspect-cli visit sheets 2026-12/1 --format xlsx -o sheets/
      inspect-cli visit sheets 2026-12/1 --kind run --kind sheet -o december.pdf
      inspect-cli visit sheets 2026-12/1 --kind record --host 主持人 \\
          --video draw.mp4 -o record.docx
    """
    form = _choose_format(output, given["form"], kinds)
    console, language = Console(language=app.language), given["lang"] or "zh"
    papers, without_day = _gather(app, Slot(slot), tuple(map(PaperKind, kinds)), given)
    if given["word_template"] is not None:
        _require_letters(form, papers, is_folder=is_folder(output))
    if form is DocumentFormat.XLSX and kinds == (PaperKind.SHEET.value,):
        written = render_books(output, [paper.view for paper in papers], language)
    else:
        documents = read_bureau(app.config).documents
        template = find_word_template(app.config, documents.word_template, given["word_template"])
        extras = Extras(substitutes=given["substitute"], word_template=template)
        folders = find_folders(app.config, documents.templates)
        with console.progress(_("making the papers"), 2 * len(papers)) as told:
            made = [(paper, make_document(paper, language, folders, told)) for paper in papers]
            written = render_papers(output, form, made, (extras, told))
    for path, data, count in written:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = write_output(path, data, overwrite=given["force"])
        new = say("wrote {path}; papers in it: {count}", path=str(path), count=count)
        same = say("{path} is there already, the same to the byte; papers in it: {count}", path=str(path), count=count)
        console.show_line(new if is_new else same)
    if without_day:
        console.show_note(say("visits without a day, and so without papers: {count}", count=without_day))


def _choose_format(output: Path, named: str | None, kinds: tuple[str, ...]) -> DocumentFormat:
    known = {form.value: form for form in _FORMATS}
    form = known.get(named or output.suffix.lower().removeprefix("."), DocumentFormat.PDF)
    if form is DocumentFormat.XLSX and (len(kinds) > 1 or any(PaperKind(kind) in _SIGNED for kind in kinds)):
        raise UsageMistake(
            say("a workbook holds visit sheets or run sheets alone"),
            hint=say("name one --kind, or --format pdf or docx for papers that are signed"),
        )
    return form


def _require_letters(form: DocumentFormat, papers: list[Paper], *, is_folder: bool) -> None:
    """Refuse a Word template for what is not written into one: only a notice to a company is, and each in a file of its own."""
    if form is not DocumentFormat.WORD or any(paper.kind is not PaperKind.NOTICE for paper in papers):
        raise UsageMistake(
            say(
                "only notices to companies are written into a Word template, for a sheet to fill in has a page of its own"
            ),
            hint=say("name --kind notice and --format docx, or leave --word-template out"),
        )
    if len(papers) > 1 and not is_folder:
        raise UsageMistake(
            say("one paper at a time is written into a Word template, and these are {count}", count=len(papers)),
            hint=say("name a folder with -o, for a file each"),
        )


def _gather(app: App, slot: Slot, kinds: tuple[PaperKind, ...], given: dict[str, Any]) -> tuple[list[Paper], int]:
    """Gather the papers, kind by kind in the order in which they were named; and how many visits have none."""
    bureau, papers, without_day = read_bureau(app.config), [], 0
    video: Path | None = given["video"]
    film = None
    if video is not None:
        found = digest_file(video)
        film = Film(name=video.name, sha256=found.sha256, size=found.size)
    held = Held(place=given["place"], host=given["host"], film=film)
    choice = PaperChoice(day=given["day"], team=tuple(map(InspectorId, given["team"])))
    with Store.open(app.store_url).reading() as session:
        known = gather_sheets(session, bureau, slot) if set(kinds) != {PaperKind.RECORD} else None
        for kind in kinds:
            if kind is PaperKind.RECORD:
                record = gather_draw_record(session, bureau, slot, held)
                papers.append(Paper(kind=kind, view=record, file=f"record-{slot.replace('/', '-')}"))
            elif known is not None:
                without_day = known.open
                chosen = choose_sheets(known.sheets, choice)
                if kind is PaperKind.RUN:
                    runs = gather_runs(session, known, chosen)
                    papers += [Paper(kind=kind, view=run, file=f"run-{run.day.isoformat()}") for run in runs]
                else:
                    papers += [Paper(kind=kind, view=one, file=_name(kind, one)) for one in chosen]
    return papers, without_day


def _name(kind: PaperKind, sheet: VisitSheet) -> str:
    return f"{kind.value}-{name_file(sheet.day, sheet.place, sheet.name)}"
