"""What a person sees of an import: what was understood of the file, what would change or has changed, and what is asked."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from inspect_cli.acts.registry.orders import name_value, render_value
from inspect_cli.console import Column, Tone
from inspect_cli.core.registry.comparison import PRIVATE
from inspect_cli.errors import Mistake, Position, say
from inspect_cli.files.intake.book import Form
from inspect_cli.files.intake.letters import column_letters
from inspect_cli.language import _, translate
from inspect_cli.screens.imports.data import imported_data, taken_before_data
from inspect_cli.screens.register import LABELS, show_notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from inspect_cli.acts.registry.orders import Imported, ImportOrder
    from inspect_cli.console import Console
    from inspect_cli.core.names import Domain
    from inspect_cli.core.registry.comparison import Change, Counted
    from inspect_cli.errors import Message, Term
    from inspect_cli.files.intake.rows import Intake
    from inspect_cli.files.intake.understood import Understood, UnderstoodColumn
    from inspect_cli.screens.imports.options import ImportOptions

_ROWS_SHOWN: Final = 10
_CHANGES_SHOWN: Final = 40
_FIELDS: Final = {
    "credit_code": LABELS["id"],
    "registration_number": say("registration number"),
    "weight": LABELS["is_key"],
    "inspector": say("roster number"),
    "entity": say("entity"),
    "first": say("first day"),
    "last": say("last day"),
    "start": say("first day"),
    "end": say("last day"),
    "day": say("day"),
    "kind": say("kind of visit"),
    "department": say("department"),
}
"""How the fields of a sheet are named that are not called as a value's field is."""
_FORMS: Final = {
    Form.TEXT: say("text with separators"),
    Form.XLSX: say("Excel workbook (xlsx)"),
    Form.XLS: say("Excel workbook (xls)"),
    Form.ODS: say("OpenDocument spreadsheet (ods)"),
    Form.SPREADSHEETML: say("XML spreadsheet 2003"),
    Form.HTML: say("HTML table"),
}


def show_imported(console: Console, imported: Imported, order: ImportOrder[Any], options: ImportOptions) -> None:
    """Report an import: data on stdout; on stderr what a person should know about the file and about retired rows."""
    intake = order.intake
    notices = (*intake.notices, *_retired_notices(imported), *_left_out_notices(imported), *_suggestions(imported))
    show_notices(console, notices, intake.further_notices)
    if options.as_json:
        console.show_json(imported_data(imported, intake, is_leaving=options.retire_missing))
        return
    if imported.is_dry_run:
        if intake.understood is not None:
            _show_understood(console, intake.understood)
        console.show_line(say("nothing was taken: this is what an import would do"), Tone.HEADING)
    console.show_line(
        say(
            "{file}: new {new}, changed {updated}, unchanged {unchanged}",
            file=imported.file,
            new=imported.new,
            updated=imported.updated,
            unchanged=imported.unchanged,
        )
    )
    _show_beside(console, imported, intake, options)
    if imported.is_dry_run:
        _show_all(console.show_line, imported, order.terms)


def _show_beside(console: Console, imported: Imported, intake: Intake[Any], options: ImportOptions) -> None:
    """Count what is neither new nor changed nor unchanged, where there is any of it."""
    found = imported.comparison
    left_out = len({mistake.where.row for mistake in (*intake.mistakes, *imported.mistakes)})
    if left_out:
        console.show_line(say("left out, for they have mistakes: {count}", count=left_out))
    if found.renumbered.count:
        console.show_line(say("kept under a new number: {count}", count=found.renumbered.count))
    if found.missing.count and options.retire_missing:
        would = say("not in the file, to be retired: {count}", count=found.missing.count)
        done = say("not in the file, and retired: {count}", count=found.missing.count)
        console.show_line(would if imported.is_dry_run else done)
        _show_awaited(console.show_note, imported)
    elif found.missing.count:
        console.show_line(say("not in the file, and left alone: {count}", count=found.missing.count))


def _show_all(show: Any, imported: Imported, terms: Mapping[Domain, Term]) -> None:
    """Name the first rows and changes of each kind."""
    found = imported.comparison
    _show_some(show, found.new, (say("new: {id}, {name}", **_named(row)) for row in found.new.first if _has_name(row)))
    _show_some(show, found.changes, (_would_become(one, terms) for one in found.changes.first), _CHANGES_SHOWN)
    _show_some(show, found.renumbered, _renumbered(imported))
    _show_some(
        show, found.missing, (say("not in the file: {id}, {name}", **_named(row)) for row in found.missing.first)
    )


def show_question(console: Console, looked: Imported, order: ImportOrder[Any]) -> None:
    """Show on stderr what a person has to say yes to: changes of key fields, changes of number, retirements."""
    found = looked.comparison
    show = console.show_note
    if found.key_changes.count:
        show(say("key fields would change: {count}", count=found.key_changes.count), Tone.HEADING)
        changes = (_would_become(one, order.terms) for one in found.key_changes.first)
        _show_some(show, found.key_changes, changes, _CHANGES_SHOWN)
    if found.renumbered.count:
        show(say("companies would be kept under a new number: {count}", count=found.renumbered.count), Tone.HEADING)
        _show_some(show, found.renumbered, _renumbered(looked))
    if order.leaving is not None and found.missing.count:
        show(say("would be retired, for they are not in the file: {count}", count=found.missing.count), Tone.HEADING)
        rows = (say("not in the file: {id}, {name}", **_named(row)) for row in found.missing.first)
        _show_some(show, found.missing, rows)
        _show_awaited(show, looked)


def _show_awaited(show: Any, imported: Imported) -> None:
    """Name who leaves although a drawn visit is still to be made there."""
    if imported.awaited:
        show(
            say(
                "a drawn visit is still to be made at {count} of them: {ids}",
                count=len(imported.awaited),
                ids=imported.awaited[:_ROWS_SHOWN],
            )
        )


def show_taken_before(console: Console, options: ImportOptions, day: date) -> None:
    """Say that this very file was taken, and that nothing has changed since."""
    if options.as_json:
        console.show_json(taken_before_data(options, day))
        return
    console.show_line(
        say(
            "{file}: this very file was taken already; the registry has not changed since {day}",
            file=options.file.name,
            day=day.isoformat(),
        )
    )


def _show_some(show: Any, counted: Counted[Any], lines: Iterable[Message], limit: int = _ROWS_SHOWN) -> None:
    """Show the first lines, and how many there are beyond."""
    shown = list(islice(lines, limit))
    for line in shown:
        show(line)
    if shown and counted.count > len(shown):
        show(_("… and {count} more").format(count=counted.count - len(shown)))


def _named(row: Any) -> dict[str, str]:
    return {"id": row.id, "name": row.name}


def _has_name(row: Any) -> bool:
    return hasattr(row, "name")


def _renumbered(imported: Imported) -> Iterator[Message]:
    for change in imported.comparison.renumbered.first:
        yield say("{old} would be kept as {new}: {name}", old=change.was.id, new=change.kept.id, name=change.was.name)


def _would_become(change: Change, terms: Mapping[Domain, Term]) -> Message:
    where = {"id": name_value(change.key, "", {}), "field": LABELS[change.field]}
    if change.is_private:
        return say("{id}, {field}: another value", **where)
    values = {
        name: name_value(value, change.field, terms)
        for name, value in (("before", change.before), ("after", change.after))
    }
    if change.before in {None, ()}:
        return say("{id}, {field}: nothing would become “{after}”", **where, after=values["after"])
    if change.after in {None, ()}:
        return say("{id}, {field}: “{before}” would become nothing", **where, before=values["before"])
    return say("{id}, {field}: “{before}” would become “{after}”", **where, **values)


def _show_understood(console: Console, understood: Understood) -> None:
    console.show_line(_place(understood), Tone.HEADING)
    columns = [Column(title=_("column"), is_key=True), Column(title=_("header")), Column(title=_("read as"))]
    rows = [
        (column_letters(column.place), column.header, _meaning(column), _example(column))
        for column in understood.columns
    ]
    console.show_table("", [*columns, Column(title=_("example"))], rows)
    console.show_line()


def _place(understood: Understood) -> Message:
    where = {"form": _FORMS[understood.form], "row": understood.header_row}
    if understood.sheet is not None:
        return say("{form}, sheet {sheet}, header in row {row}", **where, sheet=understood.sheet)
    if understood.encoding is not None:
        return say("{form}, {encoding}, header in row {row}", **where, encoding=understood.encoding)
    return say("{form}, header in row {row}", **where)


def _meaning(column: UnderstoodColumn) -> str:
    if column.is_identity:
        return _("never read")
    if column.field is None:
        return _("left out")
    return translate(_FIELDS.get(column.field) or LABELS.get(column.field) or column.field)


def _example(column: UnderstoodColumn) -> str:
    """Give an example of what a column says, but none of a column that is left out: nobody knows how private that is."""
    if column.field is None:
        return ""
    if column.field in PRIVATE and column.example:
        return _("(private)")
    return column.example or ""


def _retired_notices(imported: Imported) -> Iterator[Mistake]:
    for key in imported.retired:
        yield Mistake(
            what=say("the registry holds this row as retired, and it stays so; restore brings it back"),
            where=Position(file=imported.file),
            value=key,
        )


def _left_out_notices(imported: Imported) -> Iterator[Mistake]:
    for key in imported.comparison.left_out.first:
        yield Mistake(
            what=say("out of service, without a certificate, and not on the roster: the row is left out"),
            where=Position(file=imported.file),
            value=render_value(key),
        )


def _suggestions(imported: Imported) -> Iterator[Mistake]:
    for old, new in imported.suggested:
        before = say(
            "is this {old} under a new number? then: inspect-cli entity renumber {old} {new} --reason REASON",
            old=old,
            new=new,
        )
        after = say(
            "is this {old} under a new number? then join them: inspect-cli entity renumber {old} {new} --merge --reason REASON",
            old=old,
            new=new,
        )
        yield Mistake(
            what=before if imported.is_dry_run else after,
            where=Position(file=imported.file),
            value=new,
        )
