"""The course of an import: look, show, ask, act, tell. What is shown and how is ``show``'s matter, what is done the acts'."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from inspect_cli.acts.registry.orders import ImportOrder
from inspect_cli.acts.registry.refusal import is_to_be_asked
from inspect_cli.console import Console
from inspect_cli.core.people import Role, require_role
from inspect_cli.errors import InputError, say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.mapping import parse_mapping, render_mapping
from inspect_cli.files.intake.report import ReportOrder, write_report
from inspect_cli.language import _, translate
from inspect_cli.screens.imports.remembered import find_day_taken, find_mappings, render_understanding
from inspect_cli.screens.imports.show import show_imported, show_question, show_taken_before
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from _typeshed import DataclassInstance

    from inspect_cli.acts.registry.orders import Imported
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.people import Actor
    from inspect_cli.errors import Mistake
    from inspect_cli.files.intake.headers import Sheet
    from inspect_cli.files.intake.rows import Intake
    from inspect_cli.screens.imports.options import ImportOptions
    from inspect_cli.screens.imports.remembered import Mappings

Value = TypeVar("Value", bound="DataclassInstance")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTask(Generic[Value]):
    """What one registry's import is: the log's word for the registry, its sheet, its reader and its act.

    ``sheet_of`` gives the sheet where it depends on the bureau's settings.
    """

    noun: str
    sheet: Sheet
    read: Callable[[Path, Bureau, ReadChoices], Intake[Value]]
    act: Callable[[Store, Actor, ImportOrder[Value]], Imported]
    sheet_of: Callable[[Bureau], Sheet] | None = None


def run_import(app: App, task: ImportTask[Value], options: ImportOptions) -> None:
    """Take a file as the options say, and tell what was done; raises as the reader and the act do."""
    _Run(app, task, options).run()


class _Run(Generic[Value]):
    """One import."""

    def __init__(self, app: App, task: ImportTask[Value], options: ImportOptions) -> None:
        """Read the settings, and open the store."""
        self._task, self._options = task, options
        self._actor, self._bureau = app.actor(), read_bureau(app.config)
        require_role(self._bureau.people, self._actor.name, Role.OPERATOR)
        self._console = Console(language=app.language)
        self._choices = ReadChoices(
            encoding=options.encoding,
            sheet=options.sheet,
            mapping=parse_mapping(options.maps),
            partial=options.partial,
            skip_hidden=options.skip_hidden,
            today=app.today,
        )
        self._store = Store.open(app.store_url)

    def run(self) -> None:
        """Look whether there is anything to do, and do it."""
        task, options = self._task, self._options
        kept = find_mappings(self._store, task.noun, options)
        if not (options.partial or options.forget_map):
            day = find_day_taken(self._store, task.noun, options.file, self._understanding(kept))
            if day is not None:
                show_taken_before(self._console, options, day)
                return
        try:
            self._read_and_act(replace(self._choices, kept=kept))
        except InputError as error:
            if options.report is None or not error.mistakes or error.digest is None:
                raise
            self._report(error.mistakes, error.digest, only_bad=False)
            hint = say("correct the red cells in {file}, and import that file", file=str(options.report))
            raise InputError(error.what, where=error.where, hint=hint, mistakes=error.mistakes) from error

    def _read_and_act(self, choices: ReadChoices) -> None:
        self._choices = choices
        with self._progress(_("reading the file")) as told:
            intake = self._task.read(self._options.file, self._bureau, replace(choices, progress=told))
        order = self._order(intake)
        if self._options.partial:
            self._write_left_out(intake, order)
        if not order.dry_run:
            order = self._ask(order)
        imported = self._act(order)
        show_imported(self._console, imported, order, self._options)

    def _order(self, intake: Intake[Value]) -> ImportOrder[Value]:
        options, understood = self._options, intake.understood
        kept: Mappings = dict(self._choices.kept)
        mapping = None
        if understood is not None and understood.mapping and kept.get(understood.shape) != understood.mapping:
            kept[understood.shape] = dict(understood.mapping)
            mapping = render_mapping(understood.mapping)
        leaving = translate(say("missing in {file}", file=intake.file)) if options.retire_missing else None
        return ImportOrder(
            intake=intake,
            people=self._bureau.people,
            terms={label.domain: self._bureau.domain_term(label.domain) for label in self._bureau.domains},
            update=options.update,
            dry_run=options.dry_run,
            yes=options.yes,
            leaving=leaving,
            renumbered=translate(say("number changed in {file}", file=intake.file)),
            partial=options.partial,
            understood=None if options.partial else self._understanding(kept),
            mapping=mapping,
            is_mapping_forgotten=options.forget_map,
        )

    def _understanding(self, kept: Mappings) -> str:
        return render_understanding(self._bureau, self._choices, kept, is_leaving=self._options.retire_missing)

    def _ask(self, order: ImportOrder[Value]) -> ImportOrder[Value]:
        """Ask about what a person has to say yes to; where nobody can be asked the act refuses it, and names it."""
        options = self._options
        if options.yes or not self._console.is_interactive or not (options.update or options.retire_missing):
            return order
        looked = self._act(replace(order, dry_run=True))
        if not is_to_be_asked(order, looked.comparison):
            return order
        show_question(self._console, looked, order)
        self._console.require_yes(say("Shall all of this be done?"), given=False)
        return replace(order, seen=looked.comparison.seen)

    def _act(self, order: ImportOrder[Value]) -> Imported:
        title = _("comparing") if order.dry_run else _("taking the rows")
        with self._progress(title) as told:
            done = 0

            def advance(rows: int) -> None:
                nonlocal done
                done += rows
                told(done, len(order.intake.rows))

            return self._task.act(self._store, self._actor, replace(order, progress=advance))

    @contextmanager
    def _progress(self, title: str) -> Iterator[Callable[[int, int | None], None]]:
        """Show how many rows are done; the function given takes their number so far, and how many there are."""
        with self._console.progress(title, None) as advance:
            seen = 0

            def tell(done: int, total: int | None) -> None:
                nonlocal seen
                advance(done - seen, total)
                seen = done

            yield tell

    def _write_left_out(self, intake: Intake[Value], order: ImportOrder[Value]) -> None:
        """Write the rows with mistakes before the others are taken, so that none of them is lost."""
        looked = self._act(replace(order, dry_run=True))
        mistakes = (*intake.mistakes, *looked.mistakes)
        if mistakes:
            self._report(mistakes, intake.digest, only_bad=True)

    def _report(self, mistakes: tuple[Mistake, ...], digest: str, *, only_bad: bool) -> None:
        options = self._options
        if options.report is None:
            return
        order = ReportOrder(
            source=options.file,
            digest=digest,
            sheet=self._task.sheet if self._task.sheet_of is None else self._task.sheet_of(self._bureau),
            mistakes=mistakes,
            choices=self._choices,
            only_bad=only_bad,
        )
        count = write_report(options.report, order, overwrite=options.force)
        self._console.show_note(
            say("rows with mistakes: {count}; they stand in {file}", count=count, file=str(options.report))
        )
