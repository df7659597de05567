"""Acts on recusals (回避): whom an inspector must not visit, one entity or a group of them. Their reasons stay inside the store.

A draw that is committed froze its bars: what is entered or ended later changes nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from inspect_cli.acts.registry.availability import name_days, require_inspector, require_order
from inspect_cli.acts.registry.orders import bring_named
from inspect_cli.acts.registry.register import Imported, ImportOrder, Register, import_rows
from inspect_cli.acts.registry.retirement import require_reason, unknown_id
from inspect_cli.acts.registry.strangers import find_strangers
from inspect_cli.core.people import Role, require_role
from inspect_cli.core.registry.fields import parse_or_none, parse_paragraphs
from inspect_cli.core.registry.recusal_words import parse_recusal_reason, require_note, require_one_target
from inspect_cli.core.registry.recused import is_concerned, is_same_group
from inspect_cli.core.registry.take_back import end_recusals
from inspect_cli.core.registry.words import fold_word
from inspect_cli.errors import InputError, RefusedError, UsageMistake, say
from inspect_cli.files.intake.sheets import RECUSALS
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.bulk import walk_entities
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import (
    add_recusals,
    find_entity,
    find_entity_groups,
    find_recusals,
    remove_recusal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.core.people import Actor, Person
    from inspect_cli.core.registry.inspector import Recusal, RecusalReason
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecusalEnd:
    """An inspector and an ``entity``, or a ``group``, who may meet again after the day ``on``, and why.

    The log says why, so it is not the recusal's own reason.
    """

    inspector: InspectorId
    entity: EntityId | None = None
    group: str | None = None
    on: date
    reason: str

    def is_of(self, recusal: Recusal) -> bool:
        """Say whether a recusal names exactly whom this names."""
        return recusal.entity == self.entity and is_same_group(recusal.group, self.group)


def _change_none(_session: Session, _values: Iterable[Recusal]) -> None:
    """Change nothing: a recusal is known by all its fields, so that none can differ."""


_RECUSALS: Register[Recusal] = Register(
    noun="inspector recuse",
    sheet=RECUSALS,
    columns={},
    key=lambda recusal: recusal,
    find_all=find_recusals,
    add=add_recusals,
    update=_change_none,
    find_mistakes=find_strangers,
    bring=bring_named,
    is_private=True,
)


def import_recusals(store: Store, actor: Actor, order: ImportOrder[Recusal]) -> Imported:
    """Take a file of recusals; raises as ``import_rows`` does."""
    return import_rows(_RECUSALS, store, actor, order)


def end_recusal(store: Store, actor: Actor, people: tuple[Person, ...], order: RecusalEnd) -> bool:
    """End whatever recusal names an entity, or a group, with a day (RECUSE-1), and say whether that changed anything.

    Raises ``UsageMistake`` for an entity or a group that no recusal of the person names, or no reason, ``RefusedError`` where none is in
    force on that day, or the actor is no operator.
    """
    require_role(people, actor.name, Role.OPERATOR)
    require_reason(order.reason)
    _as_usage(require_one_target, order.entity, order.group)
    with store.transaction() as session:
        require_inspector(session, order.inspector)
        (order,) = find_numbers(session).bring((order,))
        entered = find_recusals(session, inspector=order.inspector)
        pair = [one for one in entered if order.is_of(one)]
        ended = end_recusals(pair, order.on)
        if not ended:
            _require_ungrouped(session, entered, pair, order)
            _require_ended(pair, order)
            return False
        for before, after in ended:
            remove_recusal(session, before)
            if after not in pair:
                add_recusals(session, (after,))
        detail: dict[str, JSON] = {"reason": order.reason, **_whom(order), **name_days(None, order.on)}
        add_act(session, actor, Act(act="inspector recuse end", subject=order.inspector, detail=detail))
    return True


def _require_ungrouped(session: Session, entered: Iterable[Recusal], pair: list[Recusal], order: RecusalEnd) -> None:
    """Tell (``UsageMistake``) of a company without a recusal of its own which recusals from its group keep the two apart."""
    entity = None if pair or order.entity is None else find_entity(session, order.entity)
    if entity is None or entity.group is None or not any(is_concerned(one, entity.id, entity.group) for one in entered):
        return
    raise UsageMistake(
        say(
            "{id} is recused from the group {group}, to which {entity} belongs",
            id=order.inspector,
            group=entity.group,
            entity=entity.id,
        ),
        hint=say(
            "end that for the whole group: inspect-cli inspector recuse end {id} --group {group} --on DAY --reason CODE",
            id=quote(order.inspector),
            group=quote(entity.group),
        ),
    )


def _require_ended(pair: list[Recusal], order: RecusalEnd) -> None:
    """Refuse an end of what is not in force, unless that very end is entered already."""
    names = {"id": order.inspector, "entity": order.entity or order.group}
    see = say("see the recusals that are entered with inspect-cli inspector show {id}", id=quote(order.inspector))
    if not pair:
        raise UsageMistake(say("no recusal keeps {id} and {entity} apart", **names), hint=see)
    if all(one.end != order.on for one in pair):
        raise RefusedError(
            say("no recusal of {id} and {entity} is in force on {day}", **names, day=order.on.isoformat()), hint=see
        )


def recuse(store: Store, actor: Actor, people: tuple[Person, ...], recusal: Recusal) -> bool:
    """Enter a recusal and say whether it is new; the log names the pair and never the reason.

    Raises ``UsageMistake`` for an unknown inspector or entity, neither or both of entity and group, the reason ``other`` without a note,
    or days in the wrong order, ``RefusedError`` where the actor is no operator.
    """
    require_role(people, actor.name, Role.OPERATOR)
    _as_usage(require_one_target, recusal.entity, recusal.group)
    require_cause(recusal.reason, recusal.note)
    require_order(recusal.start, recusal.end)
    with store.transaction() as session:
        require_inspector(session, recusal.inspector)
        (recusal,) = find_numbers(session).bring((recusal,))
        if recusal.entity is not None and find_entity(session, recusal.entity) is None:
            raise unknown_id("entity", recusal.entity)
        if recusal in find_recusals(session, inspector=recusal.inspector):
            return False
        add_recusals(session, (recusal,))
        detail = _whom(recusal) | name_days(recusal.start, recusal.end)
        add_act(session, actor, Act(act="inspector recuse add", subject=recusal.inspector, detail=detail))
    return True


def parse_reason(text: str) -> RecusalReason:
    """Read a reason of recusal that a person typed; the ``UsageMistake`` lists the words (RECUSE-2)."""
    return _as_usage(parse_recusal_reason, text)


def parse_note(text: str | None) -> str | None:
    """Read a reason in words that a person typed; nothing, a dash or 无 is none, and a control character a ``UsageMistake``."""
    return _as_usage(parse_or_none, text or "", parse_paragraphs) or None


def find_empty_groups(store: Store) -> tuple[str, ...]:
    """Find the groups that somebody is recused from and to which no entity of the registry belongs, sorted."""
    with store.reading() as session:
        named = {one.group for one in find_recusals(session) if one.group is not None}
        held = {fold_word(group) for _, group in find_entity_groups(session)}
    return tuple(sorted(one for one in named if fold_word(one) not in held))


def require_cause(reason: RecusalReason | None, note: str | None) -> None:
    """Refuse (``UsageMistake``) a recusal without a reason, and ``other`` without a note (RECUSE-3)."""
    if reason is None:
        parse_reason("")
    _as_usage(require_note, reason, note)


def count_members(store: Store, group: str) -> int:
    """Count the entities of the registry that a recusal from a group bars today (RECUSE-5), those aside that have left it."""
    with store.reading() as session:
        return sum(is_same_group(one.group, group) for one in walk_entities(session))


def _as_usage(rule: Callable[Asked, Found], *args: Asked.args, **names: Asked.kwargs) -> Found:
    """Ask a rule of core about what a person typed: its refusal is a mistake of use then."""
    try:
        return rule(*args, **names)
    except InputError as error:
        raise UsageMistake(error.what, hint=error.hint) from error


def _whom(one: Recusal | RecusalEnd) -> dict[str, JSON]:
    """Name whom a recusal is from, for the log."""
    return {"entity": one.entity} if one.group is None else {"group": one.group}
