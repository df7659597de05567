"""A company that changes its number (registration number → credit code): what counts for it goes on counting.

What lives here: the numbers that are one company's, and what becomes of the two rows. What does not: reading and keeping rows
(``storage.numbers``), and whoever is asked about it.

Rules:

NUMBER-1  A company is kept under one number at a time. When it changes, the row of the new number has the company's values; the old row
          stays, retired, and names its successor. Following the successors leads to the number of today.
NUMBER-2  What a company received or is to receive under any of its numbers counts for the number of today: visits of draws, carried-over
          ones too, the last team, the ledger, recusals, days without visits, allowances. A former number is no company of its own: no
          frame, no list of the excluded and no base of a year's plan names it.
NUMBER-3  A draw keeps the numbers that it froze. What the registries say of the number of today is read for the number under which the
          company was drawn, and a visit is found by any number of its company.
NUMBER-4  A number follows one that is in the registry, and neither retired nor followed already; it is not in the registry itself.
NUMBER-5  Two rows that are one company are joined when somebody says so: the new row is not retired, keeps its values, and what it does
          not say it takes from the old one. What the books hold twice of them then, they hold once.
NUMBER-6  A company can go back to a former number of its own, for a change can be a mistake: that number's row has the company's values
          then, and the number that it had until now is a former one. So the successors never lead in a circle.
NUMBER-7  A row of a file that has a registration number and a credit code is a change of number where the registry holds the one, not
          retired, and not the other.
NUMBER-8  A new row with a credit code whose name and address are those of one entity with a registration number of 15 digits is asked
          about; nothing follows from it by itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from shlex import quote
from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol, TypeVar

from inspect_cli.core.credit_code import is_credit_code, is_registration_number
from inspect_cli.core.registry.entity import Entity
from inspect_cli.errors import RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.names import EntityId

_OWN: Final = frozenset({"id", "retired", "retired_reason", "successor", "domains_by_rule"})
"""What a joined row never takes from the old one."""


class Named(Protocol):
    """A value that names one entity, or (None) nobody or everybody."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def entity(self) -> EntityId | None:
        """The entity's number."""


Value = TypeVar("Value", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Which numbers are one company's: ``now`` gives for each former number the one of today (NUMBER-1)."""

    now: Mapping[EntityId, EntityId] = field(default_factory=dict)

    def current(self, number: EntityId) -> EntityId:
        """Give the number under which a company is kept today; a number that was never changed is its own."""
        return self.now.get(number, number)

    def former(self, number: EntityId) -> tuple[EntityId, ...]:
        """Give the former numbers of the company that has this number today, sorted."""
        return tuple(sorted(old for old, new in self.now.items() if new == number))

    def bring(self, values: Iterable[Value]) -> tuple[Value, ...]:
        """Give values under the numbers of today, in their order (NUMBER-2)."""
        if not self.now:
            return tuple(values)
        return tuple(self._bring(value) for value in values)

    def _bring(self, value: Value) -> Value:
        now = None if value.entity is None else self.now.get(value.entity)
        return value if now is None else replace(value, entity=now)

    def find_same(self, number: EntityId, known: Iterable[EntityId]) -> tuple[EntityId, ...]:
        """Give under which of the ``known`` numbers a company is found (NUMBER-3): the very number where it is there, else all of its."""
        names = tuple(known)
        if number in names or not self.now:
            return tuple(name for name in names if name == number)
        return tuple(sorted(name for name in names if self.current(name) == self.current(number)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenNames:
    """Under which numbers a draw froze the companies whose number has changed since: number of today → frozen ones (NUMBER-3)."""

    names: Mapping[EntityId, tuple[EntityId, ...]] = field(default_factory=dict)

    def spread(self, values: Iterable[Value]) -> tuple[Value, ...]:
        """Give values of today's numbers for the frozen ones, in their order; those of companies that were not drawn stay."""
        if not self.names:
            return tuple(values)
        found: list[Value] = []
        for value in values:
            names = () if value.entity is None else self.names.get(value.entity, ())
            found.extend([replace(value, entity=name) for name in names] or [value])
        return tuple(found)

    def spread_entities(self, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        """Give the registry's rows of today under the frozen numbers."""
        return tuple(
            replace(entity, id=name) for entity in entities for name in self.names.get(entity.id, (entity.id,))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberOrder:
    """Which number takes the place of which, and why; ``is_join`` says that two rows of the registry are one company."""

    old: EntityId
    new: EntityId
    reason: str
    is_join: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChange:
    """What a change of number makes of the rows: ``former`` and ``kept`` as they will stand, ``was`` and ``standing`` as they stand.

    ``standing`` is None where the new number is not in the registry yet.
    """

    was: Entity
    standing: Entity | None
    former: Entity
    kept: Entity

    @property
    def is_join(self) -> bool:
        """Say whether two rows are joined (NUMBER-5)."""
        return self.standing is not None and self.standing.successor is None


def trace_numbers(successors: Mapping[EntityId, EntityId]) -> Numbers:
    """Follow each former number's successors to the number of today (NUMBER-1)."""
    return Numbers(now={old: _end(successors, old) for old in sorted(successors, key=str.encode)})


def _end(successors: Mapping[EntityId, EntityId], number: EntityId) -> EntityId:
    """Follow one number; a circle, which only a damaged store has, ends where it closes."""
    seen = {number}
    while (following := successors.get(number)) is not None and following not in seen:
        seen.add(following)
        number = following
    return number


def name_frozen(numbers: Numbers, frozen: Iterable[EntityId]) -> FrozenNames:
    """Find which companies of a draw have another number today, each with all its frozen numbers, sorted (NUMBER-3)."""
    if not numbers.now:
        return FrozenNames()
    names: defaultdict[EntityId, list[EntityId]] = defaultdict(list)
    for number in sorted(frozen, key=str.encode):
        names[numbers.current(number)].append(number)
    return FrozenNames(names={now: tuple(old) for now, old in names.items() if old != [now]})


def drop_former(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Leave out the rows of former numbers: they are no companies of their own (NUMBER-2)."""
    return tuple(entity for entity in entities if entity.successor is None)


def settle_number(
    order: NumberOrder, rows: Mapping[EntityId, Entity], numbers: Numbers, day: date
) -> NumberChange | None:
    """Work out what becomes of the rows; None where the change was made before. ``rows`` has the old number's.

    Raises ``UsageMistake`` where both are the same number, ``RefusedError`` where the rules allow no such change (NUMBER-4 to NUMBER-6).
    """
    was, standing = rows[order.old], rows.get(order.new)
    if order.old == order.new:
        raise UsageMistake(say("both are the same number"), hint=say("name the old number, then the new one"))
    if was.successor is not None:
        _require_done(order, numbers)
        return None
    if was.retired is not None and not order.is_join:
        raise RefusedError(
            say("{id} is retired since {day}", id=was.id, day=was.retired.isoformat()),
            hint=say("bring it back first: inspect-cli entity restore {id} --reason REASON", id=quote(was.id)),
        )
    if standing is not None:
        _require_room(order, standing, numbers)
    former = _former_row(was, order.new, (day, order.reason))
    is_other = standing is not None and standing.successor is None
    kept = _join(standing, was) if standing is not None and is_other else replace(was, id=order.new)
    return NumberChange(was=was, standing=standing, former=former, kept=kept)


def _require_done(order: NumberOrder, numbers: Numbers) -> None:
    """Refuse another number for what has changed its number already."""
    now = numbers.current(order.old)
    if order.new not in {now, *numbers.former(now)}:
        raise RefusedError(
            say("{old} is kept as {now} since it changed its number", old=order.old, now=now),
            hint=say(
                "if that has changed again: inspect-cli entity renumber {now} {new} --reason REASON",
                now=quote(now),
                new=quote(order.new),
            ),
        )


def _require_room(order: NumberOrder, standing: Entity, numbers: Numbers) -> None:
    """Refuse a number that the registry holds, unless it is a former one of the company, or is to be joined with it."""
    now = numbers.current(order.new)
    if now == order.old:
        return
    if standing.successor is not None:
        raise RefusedError(
            say("{new} is a former number of {now}", new=order.new, now=now),
            hint=say(
                "if both are one company: inspect-cli entity renumber {old} {now} --merge --reason REASON",
                old=quote(order.old),
                now=quote(now),
            ),
        )
    if not order.is_join:
        raise RefusedError(
            say("the registry holds {new} as a company of its own", new=order.new),
            hint=say(
                "compare them with inspect-cli entity show; if both are one company, join them: "
                "inspect-cli entity renumber {old} {new} --merge --reason REASON",
                old=quote(order.old),
                new=quote(order.new),
            ),
        )
    if standing.retired is not None:
        raise RefusedError(
            say("{id} is retired since {day}", id=standing.id, day=standing.retired.isoformat()),
            hint=say("bring it back first: inspect-cli entity restore {id} --reason REASON", id=quote(standing.id)),
        )


def _join(standing: Entity, was: Entity) -> Entity:
    """Keep the new row, and take from the old one what it does not say (NUMBER-5); a class's date goes with its class."""
    taken: dict[str, Any] = {
        one.name: getattr(was, one.name)
        for one in fields(Entity)
        if one.name not in _OWN and getattr(standing, one.name) in {None, ()}
    }
    if standing.risk_class is not None:
        taken.pop("risk_class_date", None)
    return replace(standing, **taken)


def find_row_change(
    new: EntityId, former: EntityId | None, standing: Mapping[EntityId, Entity], words: tuple[date, str]
) -> NumberChange | None:
    """Find the change of number that a file's row is (NUMBER-7), or None; ``words`` are the day and the reason of the change."""
    was = None if former is None else standing.get(former)
    if was is None or was.retired is not None or new in standing:
        return None
    return NumberChange(was=was, standing=None, former=_former_row(was, new, words), kept=replace(was, id=new))


def _former_row(was: Entity, new: EntityId, words: tuple[date, str]) -> Entity:
    """Give the row of a former number (NUMBER-1); one that was retired before stays so since that day."""
    day, reason = words
    return replace(was, retired=was.retired or day, retired_reason=reason, successor=new)


def suggest_changes(new: Iterable[Entity], standing: Iterable[Entity]) -> tuple[tuple[EntityId, EntityId], ...]:
    """Find new rows that may be a standing entity under a new number (NUMBER-8): pairs of old and new, in the rows' order."""
    known: defaultdict[tuple[str, str], list[EntityId]] = defaultdict(list)
    coded = [row for row in new if is_credit_code(row.id) and row.address is not None]
    wanted = {row.name for row in coded}
    for entity in standing:
        if (
            entity.name in wanted
            and entity.address is not None
            and entity.retired is None
            and is_registration_number(entity.id)
        ):
            known[entity.name, entity.address].append(entity.id)
    pairs = ((known.get((row.name, row.address or ""), []), row.id) for row in coded)
    return tuple((old[0], code) for old, code in pairs if len(old) == 1)
