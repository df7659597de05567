"""The bureau's own papers as files: one for all, or those of a folder. Which papers there are is ``sheets``' matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from inspect_cli.core.visit.sheet import PaperKind, RunSheet, name_worksheet, part_days
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.documents.formats import DocumentFormat, render_document
from inspect_cli.files.documents.paper_book import render_paper_book
from inspect_cli.files.documents.reading import read_document
from inspect_cli.files.documents.template import render_source
from inspect_cli.files.visit_sheets.layout import make_text
from inspect_cli.files.visit_sheets.writing import render_sheets

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from inspect_cli.console import Advance
    from inspect_cli.core.publish.blocks import Document
    from inspect_cli.core.visit.sheet import DrawRecordSheet, VisitSheet
    from inspect_cli.files.documents.formats import Extras


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper to be made: its kind, its view, and the name of its file in a folder, which papers of one file share."""

    kind: PaperKind
    view: VisitSheet | RunSheet | DrawRecordSheet
    file: str


def make_document(paper: Paper, language: str, folders: tuple[Path, ...], told: Advance) -> Document:
    """Make the document of a paper in ``zh`` or ``en``, and tell that it is made; ``folders`` are of the bureau's own templates."""
    source = render_source(paper.kind.value, paper.view, language, folders)
    document = read_document(source, language, file=f"{paper.kind.value}.{language}.md")
    told(1)
    return document


def render_papers(
    output: Path, form: DocumentFormat, made: list[tuple[Paper, Document]], more: tuple[Extras, Advance]
) -> list[tuple[Path, bytes, int]]:
    """Render papers into one file, or into those of a folder; what is filled in or signed on a page of its own keeps our layout."""
    extras, told = more
    files: dict[Path, list[tuple[Paper, Document]]] = {}
    for paper, document in made:
        name = output / f"{paper.file}{form.suffix}" if is_folder(output) else output
        files.setdefault(name, []).append((paper, document))
    ours = replace(extras, word_template=None)
    written = []
    for path, papers in files.items():
        if form is DocumentFormat.XLSX:
            written.append((path, _render_runs(papers), len(papers)))
            told(len(papers))
            continue
        is_letter = all(paper.kind is PaperKind.NOTICE for paper, _document in papers)
        documents = [document for _paper, document in papers]
        written.append((path, render_document(documents, form, told, extras if is_letter else ours), len(documents)))
    return written


def _render_runs(papers: list[tuple[Paper, Document]]) -> bytes:
    """Render run sheets as a workbook, whose worksheets are named by day and leader."""
    views = [paper.view for paper, _document in papers if isinstance(paper.view, RunSheet)]
    names = [
        name_worksheet(place, f"{view.day.isoformat()} {view.people[0].name if view.people else ''}")
        for place, view in enumerate(views, start=1)
    ]
    return render_paper_book([document for _paper, document in papers], names)


def render_books(output: Path, visits: list[Any], language: str) -> list[tuple[Path, bytes, int]]:
    """Render visit sheets to be filled in: a workbook a day."""
    days: dict[date, tuple[VisitSheet, ...]] = part_days(visits)
    if not is_folder(output) and len(days) > 1:
        raise UsageMistake(
            say("one workbook holds the sheets of one day, and these are of {count}", count=len(days)),
            hint=say("name a folder with -o, or a day with --day"),
        )
    return [
        (
            output / f"sheets-{day.isoformat()}.xlsx" if is_folder(output) else output,
            render_sheets([make_text(one, name_worksheet(one.place, one.name), language) for one in sheets], language),
            len(sheets),
        )
        for day, sheets in days.items()
    ]


def is_folder(output: Path) -> bool:
    """Say whether a name is a folder's: one that is there, or a name without an end."""
    return output.is_dir() or not output.suffix
