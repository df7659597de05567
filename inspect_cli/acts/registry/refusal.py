"""Why an import is refused, with every row and field that it is about. The act is ``register``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.acts.registry.orders import name_value
from inspect_cli.errors import InputError, Message, Mistake, Position, RefusedError, Term, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.acts.registry.orders import ImportOrder, Register
    from inspect_cli.core.names import Domain
    from inspect_cli.core.registry.comparison import Change, Comparison
    from inspect_cli.files.intake.rows import Intake


def refuse_rows(intake: Intake[Any], mistakes: tuple[Mistake, ...]) -> InputError:
    """Make the refusal of a file with rows that the registry cannot hold."""
    refusal = InputError(
        say("mistakes in the file: {count}; nothing is taken from it", count=len(mistakes)),
        where=Position(file=intake.file, sheet=intake.sheet),
        hint=say(
            "correct the file and import it again; --report mistakes.xlsx writes your rows out with the mistakes beside them"
        ),
        mistakes=mistakes,
    )
    refusal.digest = intake.digest
    return refusal


def require_allowed(register: Register[Any], order: ImportOrder[Any], comparison: Comparison) -> None:
    """Refuse (``RefusedError``) what the order does not allow: changes at all, and key changes that nobody was asked about."""
    if order.seen is not None and order.seen != comparison.seen:
        raise RefusedError(
            say("the registry changed while you were asked; nothing was taken"),
            hint=say("look at the changes again: import the file again with --dry-run"),
            where=Position(file=order.intake.file),
        )
    if (comparison.changes.count or comparison.renumbered.count) and not order.update:
        raise _refuse_changes(register, order, comparison)
    if is_to_be_asked(order, comparison) and not order.yes and order.seen is None:
        raise _refuse_unasked(register, order, comparison)


def is_to_be_asked(order: ImportOrder[Any], comparison: Comparison) -> bool:
    """Say whether the import does what a person has to say yes to (IMPORT-5)."""
    is_leaving = order.leaving is not None and comparison.missing.count > 0
    return comparison.key_changes.count > 0 or comparison.renumbered.count > 0 or is_leaving


def _refuse_changes(register: Register[Any], order: ImportOrder[Any], comparison: Comparison) -> RefusedError:
    """Name every field that would change, where the file says so."""
    intake = order.intake
    mistakes = (
        *(_renumbered(intake, change.was.id, change.kept.id) for change in comparison.renumbered.first),
        *(_changed(register, order, change) for change in comparison.changes.first),
    )
    count = comparison.changes.count + comparison.renumbered.count
    return RefusedError(
        say("the file would change what the registry holds: {count} values; nothing was taken", count=count),
        where=Position(file=intake.file, sheet=intake.sheet),
        hint=say("look at each of them; to take the file's values, import it again with --update"),
        mistakes=mistakes,
    )


def _refuse_unasked(register: Register[Any], order: ImportOrder[Any], comparison: Comparison) -> RefusedError:
    """Name what a person has to say yes to."""
    return RefusedError(
        say(
            "what it would do has to be asked about, and nobody is at a terminal; nothing was taken: {todo}",
            todo=_todo(order, comparison),
        ),
        where=Position(file=order.intake.file, sheet=order.intake.sheet),
        hint=say("look at each of them; if all of it is right, import the file again with --yes"),
        mistakes=tuple(_name_unasked(register, order, comparison)),
    )


def _todo(order: ImportOrder[Any], comparison: Comparison) -> tuple[Message, ...]:
    """Count what a person has to say yes to, each kind that there is."""
    counted = (
        (comparison.key_changes.count, say("change key fields: {count}", count=comparison.key_changes.count)),
        (comparison.renumbered.count, say("change numbers: {count}", count=comparison.renumbered.count)),
        (
            0 if order.leaving is None else comparison.missing.count,
            say("retire: {count}", count=comparison.missing.count),
        ),
    )
    return tuple(words for count, words in counted if count)


def _name_unasked(register: Register[Any], order: ImportOrder[Any], comparison: Comparison) -> Iterator[Mistake]:
    intake = order.intake
    for change in comparison.renumbered.first:
        yield _renumbered(intake, change.was.id, change.kept.id)
    for changed in comparison.key_changes.first:
        yield _changed(register, order, changed)
    if order.leaving is not None:
        for row in comparison.missing.first:
            yield Mistake(
                what=say("{name} is not in the file, and would be retired", name=row.name),
                where=Position(file=intake.file, sheet=intake.sheet),
                value=row.id,
            )


def _renumbered(intake: Intake[Any], old: str, new: str) -> Mistake:
    return Mistake(
        what=say("the registry holds the company under its earlier number {old}", old=old),
        where=Position(file=intake.file, sheet=intake.sheet),
        value=new,
    )


def _changed(register: Register[Any], order: ImportOrder[Any], change: Change) -> Mistake:
    intake = order.intake
    headers = {register.columns.get(field, field): names[0] for field, names in register.sheet.fields.items()}
    return Mistake(
        what=_difference(change, order.terms),
        where=Position(
            file=intake.file, sheet=intake.sheet, row=change.row, column=headers.get(change.field, change.field)
        ),
    )


def _difference(change: Change, terms: Mapping[Domain, Term]) -> Message:
    """Say both values in the words of whoever reads it."""
    if change.is_private:
        return say("the registry holds another value")
    after, before = (name_value(value, change.field, terms) for value in (change.after, change.before))
    if change.before in {None, ()}:
        return say("the file says “{after}”, the registry holds nothing", after=after)
    if change.after in {None, ()}:
        return say("the file says nothing, the registry holds “{before}”", before=before)
    return say("the file says “{after}”, the registry holds “{before}”", after=after, before=before)
