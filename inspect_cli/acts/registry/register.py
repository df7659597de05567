"""How a file is taken into a registry: the same way for all of them.

What does not live here: the registries themselves (``entities``, ``inspectors``, ``matters``, ``ledger``), and the comparison of a
file with what stands (``core.registry.comparison``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Generic, TypeVar

from inspect_cli.core import people
from inspect_cli.core.people import Role
from inspect_cli.core.registry.comparison import Change, Comparison, compare
from inspect_cli.errors import InputError, Message, Mistake, Position, RefusedError, say
from inspect_cli.storage.act_log import JSON, Act, add_act

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from _typeshed import DataclassInstance
    from sqlmodel import Session

    from inspect_cli.core.people import Actor, Person
    from inspect_cli.files.intake.headers import Sheet
    from inspect_cli.files.intake.rows import Intake
    from inspect_cli.storage.engine import Store

Value = TypeVar("Value", bound="DataclassInstance")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder(Generic[Value]):
    """What a person asks for: a file, and whether to take changes of what stands (``update``), or to be told only (``dry_run``).

    ``people`` are the bureau's, of whom an operator imports.
    """

    intake: Intake[Value]
    people: tuple[Person, ...]
    update: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with ``is_dry_run`` would do; ``retired`` are the file's rows that the registry holds as retired."""

    file: str
    digest: str
    new: int
    updated: int
    unchanged: int
    changes: tuple[Change, ...]
    retired: tuple[str, ...]
    is_dry_run: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Generic[Value]):
    """One registry as its acts need it: the log's word for it, the sheet it is imported from, and the store's functions.

    ``columns`` names the sheet's field where it is not called like the value's; ``find_mistakes`` finds what the registry as a whole
    would not allow, given the session and the file. ``is_private`` keeps the digest of a file out of the log: whoever knows all of a
    row but its reason could find that by trying.
    """

    noun: str
    sheet: Sheet
    columns: Mapping[str, str]
    key: Callable[[Value], Hashable]
    find_all: Callable[[Session], Iterable[Value]]
    add: Callable[[Session, Iterable[Value]], None]
    update: Callable[[Session, Iterable[Value]], None]
    find_mistakes: Callable[[Session, Intake[Value]], Iterable[Mistake]]
    is_private: bool = False


def import_rows(register: Register[Value], store: Store, actor: Actor, order: ImportOrder[Value]) -> Imported:
    """Take a file into a registry, whole or not at all; the same file again changes nothing and writes no row of the log.

    Raises ``InputError`` for rows that the registry cannot hold, ``RefusedError`` where rows that stand would change and the order
    does not say so, or where the actor is no operator.
    """
    people.require_role(order.people, actor.name, Role.OPERATOR)
    intake = order.intake
    if order.dry_run:
        with store.reading() as session:
            return _imported(intake, _compare(register, session, intake), is_dry_run=True)
    with store.transaction() as session:
        comparison = _compare(register, session, intake)
        if comparison.changed and not order.update:
            raise _refusal(register, intake, comparison.changes)
        register.add(session, comparison.new)
        register.update(session, comparison.changed)
        imported = _imported(intake, comparison, is_dry_run=False)
        if comparison.new or comparison.changed:
            add_act(
                session,
                actor,
                Act(act=f"{register.noun} import", subject=intake.file, detail=_detail(register, imported)),
            )
    return imported


def _compare(register: Register[Value], session: Session, intake: Intake[Value]) -> Comparison[Value]:
    """Compare the file with what stands, and refuse what no registry could hold."""
    mistakes = tuple(register.find_mistakes(session, intake))
    if mistakes:
        raise InputError(
            say("mistakes in the file: {count}; nothing is taken from it", count=len(mistakes)),
            where=Position(file=intake.file),
            hint=say("correct the file and import it again"),
            mistakes=mistakes,
        )
    standing = {register.key(value): value for value in register.find_all(session)}
    told = frozenset(register.columns.get(field, field) for field in intake.fields)
    return compare(intake.values, standing, key=register.key, told=told)


def _imported(intake: Intake[Value], comparison: Comparison[Value], *, is_dry_run: bool) -> Imported:
    return Imported(
        file=intake.file,
        digest=intake.digest,
        new=len(comparison.new),
        updated=len(comparison.changed),
        unchanged=comparison.unchanged,
        changes=comparison.changes,
        retired=tuple(render_value(key) for key in comparison.retired),
        is_dry_run=is_dry_run,
    )


def _detail(register: Register[Value], imported: Imported) -> dict[str, JSON]:
    named: dict[str, JSON] = {"file": imported.file}
    if not register.is_private:
        named["sha256"] = imported.digest
    changes: list[JSON] = [_logged(change) for change in imported.changes]
    counts: dict[str, JSON] = {"new": imported.new, "updated": imported.updated, "unchanged": imported.unchanged}
    return {**named, **counts, "changes": changes}


def _logged(change: Change) -> dict[str, JSON]:
    named: dict[str, JSON] = {"id": render_value(change.key), "field": change.field}
    if change.is_private:
        return named
    return {**named, "before": render_value(change.before), "after": render_value(change.after)}


def render_value(value: object) -> str:
    """Render a field's value as text: nothing as nothing, a list joined by commas."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case tuple():
            return ",".join(render_value(part) for part in value)
        case _:
            return str(value)


def _refusal(register: Register[Value], intake: Intake[Value], changes: tuple[Change, ...]) -> RefusedError:
    """Name every field that would change, where the file says so."""
    rows = {register.key(located.value): located.row for located in intake.rows}
    headers = {register.columns.get(field, field): names[0] for field, names in register.sheet.fields.items()}
    mistakes = tuple(
        Mistake(
            what=_difference(change),
            where=Position(file=intake.file, row=rows[change.key], column=headers[change.field]),
            value=None if change.is_private else render_value(change.after),
        )
        for change in changes
    )
    return RefusedError(
        say("the file would change what the registry holds: {count} values; nothing was taken", count=len(changes)),
        where=Position(file=intake.file),
        hint=say("look at each of them; to take the file's values, import it again with --update"),
        mistakes=mistakes,
    )


def _difference(change: Change) -> Message:
    if change.is_private:
        return say("the registry holds another value")
    if change.before in {None, ()}:
        return say("the registry holds nothing")
    return say("the registry holds {value}", value=render_value(change.before))
