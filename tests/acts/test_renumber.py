"""A company that changes its number, in the store: two rows, what the books hold of it, one row of the log; on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.chains import find_chains
from inspect_cli.acts.draw.frozen import require_draw, require_result
from inspect_cli.acts.plan.allowances import AllowOrder, allow
from inspect_cli.acts.plan.gathering import gather
from inspect_cli.acts.plan.year import YearQuestion, read_year
from inspect_cli.acts.registry.blackouts import close_days, reopen_days
from inspect_cli.acts.registry.entities import import_entities, restore_entity, retire_entity
from inspect_cli.acts.registry.ledger import import_visits
from inspect_cli.acts.registry.recusals import RecusalEnd, end_recusal, recuse
from inspect_cli.acts.registry.renumber import RenumberOrder, look_at_number, renumber_entity
from inspect_cli.acts.status import Asked, read_status
from inspect_cli.acts.visit.endings import EndOrder, cancel_visits, carry_over_visits
from inspect_cli.acts.visit.move import MoveOrder, move_visit, read_case
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.acts.visit.visits import list_visits
from inspect_cli.core.names import EntityId, InspectorId, Period, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.plan.allowance import Allowance, AllowanceRule
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Recusal, RecusalReason
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.registry.number import NumberOrder
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.workdays import YearNotice
from inspect_cli.errors import InputError, RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.calendar import add_year_notice, find_blackouts
from inspect_cli.storage.history import find_origin, find_value_changes
from inspect_cli.storage.ledger import add_ledger_visits, find_ledger
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.plans import find_allowances
from inspect_cli.storage.registries import add_entities, find_entities, find_recusals
from tests import small_month as month
from tests.registry_rows import an_order
from tests.small_month import APPROVER, BUREAU, LABOUR, SAFETY, actor_on, draw_month, make_entity

if TYPE_CHECKING:
    from inspect_cli.acts.registry.renumber import Renumbered
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.storage.engine import Store

OLD, NEW, LAST = EntityId("E01"), EntityId("N01"), EntityId("N02")
ACTOR = actor_on("2026-11-24")
FIRST, LAST_DAY = date(2026, 12, 1), date(2026, 12, 31)
DECEMBER, JANUARY = Period("2026-12"), Period("2027-01")
APPROVAL = Approval(approver=APPROVER, reason="x")
RECUSAL = Recusal(inspector=InspectorId("R01"), entity=OLD, reason=RecusalReason.KIN)
CLOSED = Blackout(first=FIRST, last=FIRST, reason="盘点", entity=OLD)
VISIT = LedgerVisit(
    entity=OLD, day=date(2026, 3, 2), kind=VisitKind.ROUTINE, domains=(LABOUR,), department="市场监管局"
)
ALLOW = AllowOrder(bureau=BUREAU, period=DECEMBER, entity=OLD, rule=AllowanceRule.CAP, approval=APPROVAL)


@pytest.fixture
def store(store_url: str) -> Store:
    """Give the store of the small month, with something in each of the books for the first company."""
    store = month.fill(store_url)
    recuse(store, ACTOR, BUREAU.people, RECUSAL)
    close_days(store, ACTOR, BUREAU, CLOSED)
    allow(store, ACTOR, ALLOW)
    with store.transaction() as session:
        add_ledger_visits(session, (VISIT,))
        add_year_notice(session, YearNotice(year=2027, title="预估", days_off=(), make_up_days=(), provisional=True))
    return store


def change(store: Store, old: EntityId = OLD, new: EntityId = NEW, **how: Any) -> Renumbered:
    """Change a number."""
    order = NumberOrder(old=old, new=new, reason="换发统一社会信用代码", **how)
    return renumber_entity(store, ACTOR, RenumberOrder(number=order, people=BUREAU.people))


def rows(store: Store) -> dict[EntityId, Entity]:
    """Read the registry's rows."""
    with store.reading() as session:
        return {row.id: row for row in find_entities(session, include_retired=True)}


def books(store: Store) -> tuple[Any, ...]:
    """Read what the books hold."""
    with store.reading() as session:
        return (
            find_recusals(session),
            find_ledger(session),
            find_blackouts(session, first=FIRST, last=LAST_DAY),
            find_allowances(session, DECEMBER),
        )


def of(entity: EntityId) -> tuple[Any, ...]:
    """Say what the books hold of a company under a number."""
    allowance = Allowance(
        period=DECEMBER,
        entity=entity,
        rule=AllowanceRule.CAP,
        actor=ACTOR.name,
        approver=APPROVER,
        reason="x",
    )
    return (
        (replace(RECUSAL, entity=entity),),
        (replace(VISIT, entity=entity),),
        (replace(CLOSED, entity=entity),),
        (allowance,),
    )


def seen(store: Store, period: Period = DECEMBER) -> Gathered:
    """Gather what another plan is worked out from."""
    with store.reading() as session:
        wanted = replace(month.make_plan(), period=period, text=b"another plan")
        return gather(session, wanted, BUREAU, date(2026, 11, 24))


class TestAct:
    """NUMBER-1, NUMBER-2: both rows, the books, the history and the log, in one transaction."""

    def test_everything_goes_over(self, store: Store) -> None:
        """The new row has the values, the old one its own; recusal, ledger, closed day and allowance are the new number's."""
        before = rows(store)[OLD]
        done = change(store)
        after = rows(store)
        assert after[NEW] == replace(before, id=NEW) == done.kept
        assert (after[OLD].retired, after[OLD].successor) == (ACTOR.day, NEW)
        assert replace(after[OLD], retired=None, retired_reason=None, successor=None) == before
        assert books(store) == of(NEW)
        assert done.done is not None
        found = done.done.books
        assert (found.recusals, found.ledger, found.blackouts, found.allowances, found.twice) == (1, 1, 1, 1, 0)

    def test_history_and_log(self, store: Store) -> None:
        """The act is one row of the log under both numbers; the old row's values are kept, and the new one's origin."""
        change(store)
        with store.reading() as session:
            (act,) = find_acts(session, act="entity renumber")
            told = find_value_changes(session, "entity", OLD)
            origin = find_origin(session, "entity", NEW)
            assert [one.number for one in find_acts(session, subject=NEW)] == [act.number]
        assert act.subject == f"{OLD} {NEW}"
        detail = json.loads(act.detail)
        assert (detail["reason"], detail["ledger"], detail["joined"]) == ("换发统一社会信用代码", 1, False)
        assert {one.change.field: one.change.after for one in told} == {
            "retired": '"2026-11-24"',
            "retired_reason": '"换发统一社会信用代码"',
            "successor": '"N01"',
        }
        assert origin == act

    def test_the_same_again(self, store: Store) -> None:
        """The same change again writes nothing, also when the number has changed once more; another one is refused."""
        change(store)
        change(store, NEW, LAST)
        with store.reading() as session:
            count = len(find_acts(session))
        for new in (NEW, LAST):
            again = change(store, OLD, new)
            assert (again.done, again.kept.id) == (None, LAST)
        with store.reading() as session:
            assert len(find_acts(session)) == count
            assert find_numbers(session).former(LAST) == (OLD, NEW)
        assert books(store) == of(LAST)
        with pytest.raises(RefusedError, match="kept as N02"):
            change(store, OLD, EntityId("N03"))

    def test_refused(self, store: Store) -> None:
        """An unknown number, no reason, nobody who may, and what was not shown are refused; nothing is written."""
        with pytest.raises(UsageMistake, match="does not hold"):
            change(store, EntityId("nobody"))
        order = RenumberOrder(number=NumberOrder(old=OLD, new=NEW, reason=" "), people=BUREAU.people)
        with pytest.raises(UsageMistake, match="no reason"):
            renumber_entity(store, ACTOR, order)
        order = replace(order, number=replace(order.number, reason="r"))
        with pytest.raises(RefusedError):
            renumber_entity(store, replace(ACTOR, name="审计员丁"), order)
        with store.reading() as session:
            looked = look_at_number(session, ACTOR, order.number)
        end_recusal(
            store, ACTOR, BUREAU.people, RecusalEnd(inspector=InspectorId("R01"), entity=OLD, on=ACTOR.day, reason="r")
        )
        retire_entity(store, ACTOR, month_row("E02"))
        renumber_entity(store, ACTOR, replace(order, confirmed=looked))
        with pytest.raises(RefusedError, match="while you were asked") as caught:
            renumber_entity(
                store,
                ACTOR,
                RenumberOrder(
                    number=NumberOrder(old=NEW, new=LAST, reason="r"), people=BUREAU.people, confirmed=looked
                ),
            )
        assert "entity renumber" in str(caught.value.hint)

    def test_going_back(self, store: Store) -> None:
        """NUMBER-6: a mistaken change is changed back: the former row has the values that the company has by now."""
        change(store)
        retire_entity(store, ACTOR, month_row("E02"))
        done = change(store, NEW, OLD)
        assert done.done is not None
        after = rows(store)
        assert (after[OLD].retired, after[OLD].successor, after[NEW].successor) == (None, None, OLD)
        assert books(store) == of(OLD)

    def test_former_numbers_are_left_alone(self, store: Store) -> None:
        """A former number is neither brought back nor retired; the hint names today's number and the way back."""
        change(store)
        for act in (restore_entity, retire_entity):
            with pytest.raises(RefusedError, match="kept as N01") as caught:
                act(store, ACTOR, month_row(OLD))
            assert "renumber N01 E01" in str(caught.value.hint)


def month_row(entity: str) -> Any:
    """Order something for a row."""
    from inspect_cli.acts.registry.retirement import RowOrder  # noqa: PLC0415 - one use

    return RowOrder(id=entity, reason="r", people=BUREAU.people)


class TestJoin:
    """NUMBER-5: two rows that are one company are joined; what the books hold twice is held once."""

    def test_books(self, store: Store) -> None:
        """Equal rows of the books are one afterwards, with the draw and the matters that only one of them says; others go over."""
        twin = replace(VISIT, entity=NEW)
        with store.transaction() as session:
            add_entities(session, (replace(make_entity(1), id=NEW, zone=None),))
            add_ledger_visits(session, (twin, replace(twin, day=date(2026, 4, 1))))
        for one in (RECUSAL, CLOSED, ALLOW):
            named: Any = replace(one, entity=NEW)
            enter(store, named)
        with pytest.raises(RefusedError, match="of its own") as caught:
            change(store)
        assert "--merge" in str(caught.value.hint)
        with store.transaction() as session:
            add_ledger_visits(session, (replace(VISIT, day=date(2026, 5, 1), matters=()),))
        done = change(store, is_join=True)
        assert done.done is not None
        assert rows(store)[NEW].zone == "东片"
        recusals, ledger, closed, allowed = books(store)
        assert (recusals, closed, allowed) == (of(NEW)[0], of(NEW)[2], of(NEW)[3])
        assert [one.day.month for one in ledger] == [3, 4, 5]
        assert {one.entity for one in ledger} == {NEW}
        with store.reading() as session:
            (act,) = find_acts(session, act="entity renumber")
        assert json.loads(act.detail)["twice"] == 4

    def test_what_only_the_old_row_knows(self, store: Store) -> None:
        """Of a visit that both list, the row that stays takes the matters that only the other one names."""
        known = replace(VISIT, day=date(2026, 6, 1))
        with store.transaction() as session:
            add_entities(session, (replace(make_entity(1), id=NEW),))
            add_ledger_visits(session, (replace(known, matters=("L-01",)), replace(known, entity=NEW)))  # type: ignore[arg-type]
        change(store, is_join=True)
        (found,) = (one for one in books(store)[1] if one.day == known.day)
        assert (found.entity, found.matters) == (NEW, ("L-01",))


def enter(store: Store, wanted: Any) -> None:
    """Enter a recusal, a closed day or an allowance."""
    if isinstance(wanted, Recusal):
        recuse(store, ACTOR, BUREAU.people, wanted)
    elif isinstance(wanted, Blackout):
        close_days(store, ACTOR, BUREAU, wanted)
    else:
        allow(store, ACTOR, wanted)


class TestLater:
    """NUMBER-2: whoever names a former number later means the company."""

    def test_entered_by_the_former_number(self, store: Store) -> None:
        """A recusal, a closed day and an allowance that name the former number are today's, and known again."""
        change(store)
        assert not recuse(store, ACTOR, BUREAU.people, RECUSAL)
        assert not close_days(store, ACTOR, BUREAU, CLOSED).is_new
        assert not allow(store, ACTOR, ALLOW)
        assert books(store) == of(NEW)
        ended = RecusalEnd(inspector=InspectorId("R01"), entity=OLD, on=FIRST, reason="r")
        assert end_recusal(store, ACTOR, BUREAU.people, ended)
        assert reopen_days(store, ACTOR, BUREAU, CLOSED)
        assert books(store)[2] == ()

    def test_a_ledger_with_the_former_number(self, store: Store) -> None:
        """Another office's file goes on naming the former number: a visit that is known already is not counted twice."""
        change(store)
        other = replace(VISIT, day=date(2026, 7, 1))
        done = import_visits(store, ACTOR, an_order(VISIT, other, people=BUREAU.people))
        assert (done.new, done.unchanged) == (1, 1)
        assert {one.entity for one in books(store)[1]} == {NEW}

    def test_rows_of_a_draw(self, store: Store) -> None:
        """The frame has the company once, by its number of today, with the cap and the bar that it had under the old one."""
        before = build_frame(seen(store))
        change(store)
        after = build_frame(seen(store))
        assert [one.id for one in after.excluded if one.id in {OLD, NEW}] == [
            replace(one, id=NEW).id for one in before.excluded if one.id == OLD
        ]
        assert sum(1 for one in after.entities if one.id in {OLD, NEW}) == sum(
            1 for one in before.entities if one.id == OLD
        )
        assert [one.id for one in after.roster if NEW in one.barred] == [
            one.id for one in before.roster if OLD in one.barred
        ]


@pytest.fixture
def drawn(store: Store) -> tuple[Store, Slot, EntityId, date]:
    """Draw the small month, and give one of its planned visits."""
    slot = draw_month(store)
    with store.reading() as session:
        visit = next(one for one in require_result(require_draw(session, slot)).visits if one.day is not None)
    return store, slot, visit.entity, date.fromisoformat(str(visit.day))


class TestDrawn:
    """NUMBER-3: a visit keeps its number, counts for the new one, and answers to both."""

    def test_it_counts(self, drawn: tuple[Store, Slot, EntityId, date]) -> None:
        """In January the company is cooling off, its last team is barred, and the year has checked it, all under the new number."""
        store, _slot, entity, day = drawn
        year = YearQuestion(year=2026, bureau=BUREAU, today=date(2026, 12, 31))
        with store.reading() as session:
            lines = read_year(session, year).lines
        before = seen(store, JANUARY)
        change(store, entity)
        after = seen(store, JANUARY)
        assert [one.day for one in after.visits if one.entity == NEW] == [
            *(one.day for one in before.visits if one.entity == entity)
        ]
        assert day in {one.day for one in after.visits if one.entity == NEW}
        assert {one.team for one in after.past_teams if one.entity == NEW} == {
            one.team for one in before.past_teams if one.entity == entity
        }
        assert {one.entity for one in after.visits} | {one.id for one in after.entities} >= {NEW}
        assert entity not in {one.entity for one in after.visits} | {one.id for one in after.entities}
        with store.reading() as session:
            assert read_year(session, year).lines == lines

    def test_record(self, drawn: tuple[Store, Slot, EntityId, date]) -> None:
        """A result is recorded by the new number, and by the old one it is the same result; the list says the new number."""
        store, slot, entity, day = drawn
        change(store, entity)
        claims = Claims(
            results=dict.fromkeys((LABOUR, SAFETY), ResultClass.NO_PROBLEM), methods={}, findings={}, follow_ups={}
        )
        with store.reading() as session:
            domains = next(one.visit.domains for one in list_visits(session, slot) if one.visit.entity == entity)
        claims = replace(claims, results=dict.fromkeys(domains, ResultClass.NO_PROBLEM))
        on = actor_on(day.isoformat())
        first = record_visit(store, on, BUREAU, RecordOrder(slot=slot, entity=NEW, claims=claims))
        again = record_visit(store, on, BUREAU, RecordOrder(slot=slot, entity=entity, claims=claims))
        assert (first.entity, first.is_new, again.is_new) == (entity, True, False)
        with store.reading() as session:
            (listed,) = (one for one in list_visits(session, slot) if one.visit.entity == entity)
            assert read_schedule(session, slot).visits[0].address is not None
        assert (listed.visit.kept_as, listed.outcome) == (NEW, first.outcome)

    @pytest.mark.parametrize("is_carried", [False, True])
    def test_end(self, drawn: tuple[Store, Slot, EntityId, date], is_carried: bool) -> None:
        """A visit is cancelled or carried over by the new number, and by the old one that was done before."""
        store, slot, entity, _day = drawn
        change(store, entity)
        order = EndOrder(bureau=BUREAU, slot=slot, approval=APPROVAL, entities=(NEW,))
        act = carry_over_visits if is_carried else cancel_visits
        assert act(store, ACTOR, order).ended == (entity,)
        assert act(store, ACTOR, replace(order, entities=(entity,))).standing == (entity,)
        carried = [one.entity for one in seen(store, JANUARY).carried]
        assert carried == ([NEW] if is_carried else [])

    def test_carried_over_is_not_left_over(self, drawn: tuple[Store, Slot, EntityId, date]) -> None:
        """Whoever was carried over, renumbered, and is in a later frame under the new number is not told as forgotten."""
        store, slot, entity, _day = drawn
        carry_over_visits(store, ACTOR, EndOrder(bureau=BUREAU, slot=slot, approval=APPROVAL, entities=(entity,)))
        change(store, entity)
        plan = month.plan_text().replace("2026-12", "2027-01").replace("2026-11-30", "2026-12-31")
        month.commit(store, plan)
        with store.reading() as session:
            (chain,) = find_chains(session, JANUARY)
            asked = Asked(
                period=JANUARY, clock=datetime.fromisoformat("2026-12-20T10:00:00+08:00"), today=date(2026, 12, 20)
            )
            (status,) = (one for one in read_status(session, asked) if one.period == JANUARY)
        assert NEW.encode() in chain.first.entities
        assert status.steps == ()

    def test_carried_over_counts_for_its_year(self, drawn: tuple[Store, Slot, EntityId, date]) -> None:
        """A visit that was carried over, and made under the new number a month later, is the one that the year's plan waits for."""
        store, slot, entity, _day = drawn
        carry_over_visits(store, ACTOR, EndOrder(bureau=BUREAU, slot=slot, approval=APPROVAL, entities=(entity,)))
        change(store, entity)
        plan = month.plan_text().replace("2026-12", "2027-01").replace("2026-11-30", "2026-12-31")
        later = month.commit(store, plan).draw.slot
        on = actor_on("2026-12-31")
        draw.keep_values(store, on, draw.SeedOrder(bureau=BUREAU, slot=later, values=month.VALUES))
        draw.run(store, on, draw.RunOrder(bureau=BUREAU, slot=later))
        with store.reading() as session:
            (visit,) = (one.visit for one in list_visits(session, later) if one.visit.entity == NEW)
        claims = Claims(
            results=dict.fromkeys(visit.domains, ResultClass.NO_PROBLEM), methods={}, findings={}, follow_ups={}
        )
        made = actor_on("2027-01-31")
        record_visit(store, made, BUREAU, RecordOrder(slot=later, entity=NEW, claims=claims))
        with store.reading() as session:
            report = read_year(session, YearQuestion(year=2026, bureau=BUREAU, today=made.day))
            drawn_for = next(
                one.drawn for one in require_result(require_draw(session, slot)).selection if one.entity == entity
            )
        assert sum(line.recorded for line in report.lines) >= len(drawn_for) > 0

    def test_move(self, drawn: tuple[Store, Slot, EntityId, date]) -> None:
        """A day that was closed for the new number is closed for the visit; the move itself names the new number."""
        store, slot, entity, day = drawn
        change(store, entity)
        with store.reading() as session:
            case = read_case(session, slot, NEW, ACTOR.day)
        others = [one for one in case.days if one not in {day, FIRST}]
        close_days(store, ACTOR, BUREAU, Blackout(first=others[0], last=others[0], reason="停电", entity=NEW))
        order = MoveOrder(bureau=BUREAU, slot=slot, entity=NEW, day=others[0], reason="r")
        with pytest.raises(RefusedError, match="停电"):
            move_visit(store, ACTOR, order)
        with store.reading() as session:
            assert read_case(session, slot, entity, ACTOR.day).blackouts[-1].entity == entity

    def test_a_recusal_of_the_new_number(self, drawn: tuple[Store, Slot, EntityId, date]) -> None:
        """Somebody who is recused from the company by its new number cannot go to the visit that was drawn under the old one."""
        store, slot, entity, _day = drawn
        change(store, entity)
        with store.reading() as session:
            team = next(one.team for one in require_result(require_draw(session, slot)).visits if one.entity == entity)
        recuse(store, ACTOR, BUREAU.people, replace(RECUSAL, inspector=team[0], entity=NEW))
        asked = Asked(period=DECEMBER, clock=ACTOR.clock, today=ACTOR.day)
        with store.reading() as session:
            (status,) = (one for one in read_status(session, asked) if one.period == DECEMBER)
        assert entity in {one.entity for one in status.chains[0].facts.visits if one.is_hampered}

    def test_unknown_visit(self, drawn: tuple[Store, Slot, EntityId, date]) -> None:
        """A company that has no visit has none by any of its numbers; one that was drawn twice is named by the drawn number."""
        store, slot, entity, _day = drawn
        with store.reading() as session:
            visits = [one.entity for one in require_result(require_draw(session, slot)).visits]
        order = EndOrder(bureau=BUREAU, slot=slot, approval=APPROVAL, entities=(NEW,))
        with pytest.raises(UsageMistake, match="has no visit to"):
            cancel_visits(store, ACTOR, order)
        other = next(one for one in visits if one != entity)
        change(store, entity)
        change(store, other, NEW, is_join=True)
        with pytest.raises(UsageMistake, match="several numbers"):
            cancel_visits(store, ACTOR, order)
        assert cancel_visits(store, ACTOR, replace(order, entities=(other,))).ended == (other,)


class TestImport:
    """NUMBER-7: a row with both numbers is a change of number, asked for and done with the import."""

    @staticmethod
    def order(*rows_of: tuple[Entity, EntityId | None], **how: Any) -> Any:
        """Make the order of a file with both numbers."""
        made = an_order(*(row for row, _ in rows_of), people=BUREAU.people, **how)
        located = tuple(replace(one, former=former) for one, (_, former) in zip(made.intake.rows, rows_of, strict=True))
        return replace(made, intake=replace(made.intake, rows=located))

    def test_it_is_asked_about(self, store: Store) -> None:
        """Without a yes nothing is done; with it the company keeps its books, and the file's values are taken."""
        row = replace(make_entity(1), id=NEW, name="新名")
        with pytest.raises(RefusedError):
            import_entities(store, ACTOR, self.order((row, OLD)))
        assert NEW not in rows(store)
        told = import_entities(store, ACTOR, self.order((row, OLD), update=True, dry_run=True))
        assert [(one.was.id, one.kept.id) for one in told.comparison.renumbered.first] == [(OLD, NEW)]
        import_entities(store, ACTOR, self.order((row, OLD), update=True, yes=True))
        after = rows(store)
        assert (after[NEW].name, after[OLD].successor, after[OLD].name) == ("新名", NEW, make_entity(1).name)
        assert books(store) == of(NEW)
        again = import_entities(store, ACTOR, self.order((row, OLD), update=True, yes=True))
        assert (again.new, again.updated, again.comparison.renumbered.count, again.unchanged) == (0, 0, 0, 1)

    def test_two_rows_of_one_company(self, store: Store) -> None:
        """A file in which the company has another row, under its former number or a second new one, is refused whole."""
        row = replace(make_entity(1), id=NEW)
        for other in ((make_entity(1), None), (replace(row, id=LAST), OLD)):
            with pytest.raises(InputError):
                import_entities(store, ACTOR, self.order((row, OLD), other, update=True, yes=True))
        assert set(rows(store)) == {make_entity(number).id for number in range(1, 11)}

    def test_a_file_with_the_rows_of_an_export(self, store: Store) -> None:
        """A file that holds both rows as the registry does, as an export of everything is, changes nothing and retires nobody."""
        change(store)
        every = tuple((row, None) for row in rows(store).values())
        before = rows(store)
        done = import_entities(store, ACTOR, self.order(*every, update=True, yes=True, leaving="r"))
        assert (done.new, done.updated, done.unchanged, done.comparison.missing.count) == (0, 0, 11, 0)
        assert rows(store) == before

    def test_a_file_with_former_numbers(self, store: Store) -> None:
        """A row under a former number is the company's: its values are today's row's, and nobody comes back or is missing."""
        change(store)
        row = replace(make_entity(1), name="又改名")
        import_entities(store, ACTOR, self.order((row, None), update=True, yes=True))
        after = rows(store)
        assert (after[NEW].name, after[OLD].name, after[OLD].successor) == ("又改名", make_entity(1).name, NEW)
