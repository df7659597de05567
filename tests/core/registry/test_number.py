"""Companies that change their numbers: rows, names of today and of a draw, and what a file says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import Domain, EntityId
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.number import (
    FrozenNames,
    NumberOrder,
    Numbers,
    drop_former,
    find_row_change,
    name_frozen,
    settle_number,
    suggest_changes,
    trace_numbers,
)
from inspect_cli.errors import RefusedError, UsageMistake

if TYPE_CHECKING:
    from inspect_cli.core.registry.number import NumberChange

A, B, C, D = (EntityId(name) for name in "ABCD")
OLD, CODE = EntityId("350100000000010"), EntityId("91350100M000100Y43")
DAY, BEFORE = date(2026, 12, 1), date(2026, 6, 30)


def company(number: EntityId = A, **changes: Any) -> Entity:
    """Build a company with all that matters here."""
    plain = Entity(
        id=number, name="示例厂", domains=(Domain("health"),), zone="网格01", risk_class="B", address="一路1号"
    )
    return replace(plain, **changes)


def former(number: EntityId, successor: EntityId, **changes: Any) -> Entity:
    """Build the row of a former number."""
    return company(number, retired=DAY, retired_reason="换证", successor=successor, **changes)


def settle(*rows: Entity, old: EntityId = A, new: EntityId = B, is_join: bool = False) -> NumberChange | None:
    """Work out a change of number against some rows."""
    known = {row.id: row for row in rows}
    numbers = trace_numbers({row.id: row.successor for row in rows if row.successor is not None})
    order = NumberOrder(old=old, new=new, reason="换证", is_join=is_join)
    return settle_number(order, known, numbers, DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that names an entity."""

    entity: EntityId | None
    what: int = 0


class TestNumbersOfToday:
    """NUMBER-1, NUMBER-2: following the successors leads to the number of today, and what counts, counts for that one."""

    @given(st.lists(st.integers(0, 30), unique=True, min_size=1, max_size=12), st.data())
    def test_chains(self, names: list[int], data: st.DataObject) -> None:
        """However often a company changes, and whichever other one was joined with it, each of its numbers leads to the last."""
        order = [EntityId(str(name)) for name in names]
        successors = {
            one: order[data.draw(st.integers(place + 1, len(order) - 1))] for place, one in enumerate(order[:-1])
        }
        numbers = trace_numbers(successors)
        assert {numbers.current(one) for one in order} == {order[-1]}
        assert numbers.former(order[-1]) == tuple(sorted(order[:-1]))

    def test_a_number_that_never_changed(self) -> None:
        """Without any change everything is as it stands, and a stranger's number is its own."""
        things = (Thing(entity=A), Thing(entity=None))
        assert Numbers().bring(iter(things)) == things
        assert (Numbers().current(A), Numbers().former(A)) == (A, ())

    def test_values_are_brought(self) -> None:
        """Values of former numbers stand under today's in their order; those of nobody and of others stay."""
        numbers = trace_numbers({A: B, B: C})
        things = (Thing(entity=A, what=1), Thing(entity=None), Thing(entity=D), Thing(entity=C), Thing(entity=B))
        assert [one.entity for one in numbers.bring(things)] == [C, None, D, C, C]
        assert numbers.bring(things)[0].what == 1

    def test_a_circle_of_a_damaged_store(self) -> None:
        """Successors in a circle, which no act makes, end somewhere instead of never."""
        assert trace_numbers({A: B, B: A}).now == {A: B, B: A}

    def test_former_rows_are_no_companies(self) -> None:
        """The row of a former number is left out; one that is retired for another reason stays."""
        kept = (company(B), company(D, retired=DAY, retired_reason="注销"))
        assert drop_former((former(A, B), *kept)) == kept


class TestFrozenNumbers:
    """NUMBER-3: a draw keeps its numbers, and answers to every number of a company."""

    def test_found_by_any_number(self) -> None:
        """The drawn number finds itself; the one of today, and one between, find the drawn one; a stranger finds nothing."""
        numbers = trace_numbers({A: B, B: C})
        assert [numbers.find_same(one, (A, D)) for one in (A, B, C, D)] == [(A,), (A,), (A,), (D,)]
        assert numbers.find_same(EntityId("E"), (A, D)) == ()
        assert numbers.find_same(C, (B, A)) == (A, B)
        assert numbers.find_same(A, (B, A)) == (A,)
        assert Numbers().find_same(A, (B,)) == ()

    def test_read_for_the_drawn_number(self) -> None:
        """What the registries say of today's number is read for the drawn one, or for each where two were drawn that are joined now."""
        numbers = trace_numbers({A: C, B: C})
        closed = Blackout(first=DAY, last=DAY, reason="r", entity=C)
        names = name_frozen(numbers, (D, A))
        assert [
            one.entity for one in names.spread((closed, replace(closed, entity=None), replace(closed, entity=D)))
        ] == [
            A,
            None,
            D,
        ]
        both = name_frozen(numbers, (C, B, A, D))
        assert [one.entity for one in both.spread((closed,))] == [A, B, C]
        assert [one.id for one in both.spread_entities((company(C), company(D)))] == [A, B, C, D]

    def test_nothing_changed(self) -> None:
        """A draw none of whose companies changed its number is read as it stands."""
        assert name_frozen(Numbers(), (A, B)) == name_frozen(trace_numbers({C: D}), (A, B)) == FrozenNames()
        closed = Blackout(first=DAY, last=DAY, reason="r", entity=A)
        assert FrozenNames().spread((closed,)) == (closed,)


class TestChange:
    """NUMBER-1, NUMBER-4: the new row has the company's values; the old one stays, retired, and names it."""

    def test_rows(self) -> None:
        """All values go over, and the old row keeps its own."""
        was = company(contact="某某", tags=("食品",))
        found = settle(was)
        assert found is not None
        assert found.kept == replace(was, id=B)
        assert found.former == replace(was, retired=DAY, retired_reason="换证", successor=B)
        assert (found.was, found.standing, found.is_join) == (was, None, False)

    def test_the_same_again(self) -> None:
        """A change that was made before is none: to the next number, and to the one of today over a chain."""
        rows = (former(A, B), former(B, C), company(C))
        assert settle(*rows) is None
        assert settle(*rows, new=C) is None

    def test_another_one_is_refused(self) -> None:
        """A company that has changed its number cannot change the former one again; the hint names today's."""
        with pytest.raises(RefusedError, match="kept as C") as caught:
            settle(former(A, B), former(B, C), company(C), new=D)
        assert "renumber C D" in str(caught.value.hint)

    @pytest.mark.parametrize(
        ("rows", "new", "words"),
        [
            ((company(),), A, "same number"),
            ((company(retired=BEFORE, retired_reason="注销"),), B, "retired since 2026-06-30"),
            ((company(), company(B)), B, "of its own"),
            ((company(), former(C, B), company(B)), C, "former number of B"),
        ],
        ids=["same", "retired", "other company", "former number of another"],
    )
    def test_refused(self, rows: tuple[Entity, ...], new: EntityId, words: str) -> None:
        """No company is renumbered to itself, after it was retired, or to a number that is another's."""
        with pytest.raises((RefusedError, UsageMistake), match=words) as caught:
            settle(*rows, new=new)
        assert caught.value.hint is not None


class TestJoin:
    """NUMBER-5: two rows that are one company are joined when somebody says so; the new row's values stay."""

    def test_values(self) -> None:
        """What the new row says stays; what it does not say is the old one's; the class's date goes with the class."""
        was = company(contact="某某", tags=("食品",), risk_class_date=BEFORE, domains_by_rule=True)
        new = company(B, name="示例厂有限公司", zone=None, risk_class=None)
        found = settle(was, new, is_join=True)
        assert found is not None
        assert found.is_join
        assert found.kept == replace(
            new, zone="网格01", risk_class="B", risk_class_date=BEFORE, contact="某某", tags=("食品",)
        )
        other = settle(was, replace(new, risk_class="C"), is_join=True)
        assert other is not None
        assert (other.kept.risk_class, other.kept.risk_class_date) == ("C", None)

    def test_an_old_row_that_was_retired(self) -> None:
        """A row that an import retired as missing is joined too: it stays retired since that day."""
        found = settle(company(retired=BEFORE, retired_reason="missing"), company(B), is_join=True)
        assert found is not None
        assert (found.former.retired, found.former.retired_reason, found.former.successor) == (BEFORE, "换证", B)
        assert found.kept.retired is None

    def test_a_retired_new_row(self) -> None:
        """A company that is not in the registry any more takes nobody over."""
        with pytest.raises(RefusedError, match="B is retired") as caught:
            settle(company(), company(B, retired=BEFORE, retired_reason="注销"), is_join=True)
        assert "restore B" in str(caught.value.hint)


class TestBack:
    """NUMBER-6: a company can go back to a former number of its own, and no successors lead in a circle."""

    def test_back(self) -> None:
        """The former number's row has the company's values again, and the other one is the former number now."""
        now = company(B, name="新名", zone="网格02")
        found = settle(former(A, B), now, old=B, new=A)
        assert found is not None
        assert found.kept == replace(now, id=A)
        assert found.former == replace(now, retired=DAY, retired_reason="换证", successor=A)
        assert not found.is_join

    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=14))
    def test_no_circle(self, steps: list[tuple[int, int, bool]]) -> None:
        """Whatever is tried, each number leads to one that is nobody's former number."""
        rows = {EntityId(str(number)): company(EntityId(str(number))) for number in range(3)}
        for old, new, is_join in steps:
            if EntityId(str(old)) not in rows:
                continue
            try:
                found = settle(*rows.values(), old=EntityId(str(old)), new=EntityId(str(new)), is_join=is_join)
            except (RefusedError, UsageMistake):
                continue
            if found is not None:
                rows |= {found.former.id: found.former, found.kept.id: found.kept}
        numbers = trace_numbers({row.id: row.successor for row in rows.values() if row.successor is not None})
        assert all(rows[numbers.current(one)].successor is None for one in rows)
        assert all(row.retired is not None for row in rows.values() if row.successor is not None)


class TestFiles:
    """NUMBER-7, NUMBER-8: a row with both numbers is a change; one with the same name and address is asked about."""

    def test_a_row_with_both(self) -> None:
        """The registry holds the registration number and not the code: the row is that company's change of number."""
        was = company(OLD)
        found = find_row_change(CODE, OLD, {OLD: was}, (DAY, "r"))
        assert found is not None
        assert (found.kept.id, found.former.successor, found.former.retired) == (CODE, CODE, DAY)

    @pytest.mark.parametrize(
        ("old", "standing"),
        [
            (None, {OLD: company(OLD)}),
            (OLD, {}),
            (OLD, {OLD: company(OLD), CODE: company(CODE)}),
            (OLD, {OLD: company(OLD, retired=BEFORE, retired_reason="注销")}),
        ],
        ids=["no former number", "unknown", "both are known", "retired"],
    )
    def test_no_change(self, old: EntityId | None, standing: dict[EntityId, Entity]) -> None:
        """Without a former number, or with one that the registry does not hold in force, the row is what it is."""
        assert find_row_change(CODE, old, standing, (DAY, "r")) is None

    def test_suggestions(self) -> None:
        """A new credit code with the name and the address of one old number is asked about, and nothing else is."""
        new = company(CODE)
        assert suggest_changes((new,), (company(OLD), company(D))) == ((OLD, CODE),)
        twins = (company(OLD), company(EntityId("350100000000028")))
        assert suggest_changes((new,), twins) == ()
        for other in (
            {"name": "别的厂"},
            {"address": "二路"},
            {"address": None},
            {"retired": BEFORE, "retired_reason": "r"},
        ):
            assert suggest_changes((new,), (company(OLD, **other),)) == ()
        assert suggest_changes((replace(new, address=None),), (company(OLD),)) == ()
        assert suggest_changes((company(EntityId("3501000000001")),), (company(OLD),)) == ()
