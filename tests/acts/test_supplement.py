"""Supplementary draws as acts: what drops out is drawn again, with all that belongs to it in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.bundle import bundle_members
from inspect_cli.acts.draw.chains import DrawChain, find_chain, find_chains, find_held, find_lineage
from inspect_cli.acts.draw.supplement import commit_supplement, require_room
from inspect_cli.acts.draw.supplement_order import Away, Closure, Days, digest_of
from inspect_cli.acts.visit.endings import EndOrder, cancel_visits
from inspect_cli.acts.visit.move import MoveOrder, move_visit
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.core.bureau import Squad
from inspect_cli.core.canonical import parse_canonical
from inspect_cli.core.draw.commitment import parse_commitment, require_amends
from inspect_cli.core.draw.rows import parse_others
from inspect_cli.core.draw.supplement.changes import Absence
from inspect_cli.core.names import Domain, EntityId, InspectorId, Period, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.report import CheckId, Verdict
from inspect_cli.core.verify.shape import members_of
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.workdays import YearNotice
from inspect_cli.errors import InspectError, RefusedError, StoreError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.calendar import add_blackout, add_year_notice, find_blackouts
from inspect_cli.storage.draws import DrawState, find_draw, find_draws
from inspect_cli.storage.registries import (
    add_inspectors,
    add_leave,
    add_recusals,
    find_entity,
    find_inspector,
    find_leave,
    find_recusals,
    update_entities,
    update_inspectors,
)
from tests import small_month as month
from tests.kills import read_state
from tests.small_supplement import (
    BEFORE,
    DAY,
    FIRST,
    SECOND,
    THIRD,
    away,
    commit,
    dice_on,
    finish,
    in_force,
    look,
    order,
    people_of,
    standing,
    supplement,
)

if TYPE_CHECKING:
    from inspect_cli.core.draw.result import Visit
    from inspect_cli.core.draw.supplement.changes import Amends
    from inspect_cli.storage.engine import Store

WITH_EXPERT = month.plan_text(sources=f'[team]\nexpert_domains = ["safety"]\n\n{month.TEXT}{month.DICE}')
EVERYBODY = tuple(f"R{number:02}" for number in range(1, 6))


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store in which the small month is drawn."""
    made = month.fill(store_url)
    month.draw_month(made)
    return made


def _amends(store: Store, slot: Slot = SECOND) -> Amends:
    with store.reading() as session:
        record = find_draw(session, slot)
    assert record is not None
    return require_amends(parse_commitment(record.commitment))


def _some_visit(store: Store) -> Visit:
    """Give the visit with the latest day: there is time to replace anybody."""
    return max(in_force(store).values(), key=lambda visit: visit.day or "")


def _day(visit: Visit) -> date:
    assert visit.day is not None
    return date.fromisoformat(visit.day)


def _another(entity: EntityId) -> EntityId:
    """Give a company that is not this one, and not visited on its day."""
    return EntityId("E10" if entity != "E10" else "E09")


def _verdicts(store: Store, slot: Slot) -> dict[CheckId, Verdict]:
    return {check.id: check.verdict for check in verify(members_of(bundle_members(store, slot))).checks}


def _record(store: Store, entity: EntityId, slot: Slot = FIRST) -> None:
    visit = in_force(store)[entity]
    claims = Claims(
        results=dict.fromkeys(visit.domains, ResultClass.NO_PROBLEM), methods={}, findings={}, follow_ups={}
    )
    actor = month.actor_on("2026-12-31", "17:00")
    record_visit(store, actor, month.BUREAU, RecordOrder(slot=slot, entity=entity, claims=claims))


def _cancel(store: Store, entity: EntityId) -> None:
    approval = Approval(approver=month.APPROVER, reason="no-capacity")
    wanted = EndOrder(bureau=month.BUREAU, slot=FIRST, approval=approval, entities=(entity,))
    cancel_visits(store, month.actor_on(BEFORE, "12:00"), wanted)


def test_what_the_first_draw_says_of_itself_is_said_again(store_url: str) -> None:
    """PUBLISH-13: a supplement names the first draw's plan, its matters, and the years whose working days are provisional."""
    store = month.fill(store_url)
    expected = YearNotice(year=2027, title="2027.csv", days_off=(), make_up_days=(), provisional=True)
    with store.transaction() as session:
        add_year_notice(session, expected)
    month.draw_month(store)
    visit = _some_visit(store)
    slot = commit(store, order(away=(away(visit.team[0], _day(visit)),))).draw.slot
    with store.reading() as session:
        found = [find_draw(session, one) for one in (FIRST, slot)]
    first, again = (parse_others(parse_commitment(one.commitment).further) for one in found if one is not None)
    assert first["calendar"] == {"provisional": [2027]}
    assert {key: again.get(key) for key in ("plan", "matters", "calendar")} == {
        key: first[key] for key in ("plan", "matters", "calendar")
    }


class TestWhatDropsOut:
    """Each thing that goes wrong is mended by one order, and what comes of it verifies."""

    def test_an_inspector_falls_ill(self, store: Store) -> None:
        """Only the seats of who is ill are drawn again; the leave is entered, the visits are replaced, the bundle verifies."""
        before = in_force(store)
        ill = before[_some_visit(store).entity].team[0]
        touched = {name for name, visit in before.items() if ill in visit.team}
        slot = supplement(store, order(away=(away(ill),)))
        after = in_force(store)
        for name, visit in after.items():
            assert ill not in visit.team
            if name in touched:
                assert visit.day == before[name].day
                assert set(before[name].team) - {ill} <= set(visit.team)
            else:
                assert visit == before[name]
        with store.reading() as session:
            assert find_leave(session) == (
                Leave(inspector=ill, first=date(2026, 11, 30), last=date(2026, 12, 31), reason="illness"),
            )
        for entity, one in standing(store).items():
            assert one.record.slot == (slot if entity in touched else FIRST)
            assert [change.kind for change in one.changes] == ([ChangeKind.REPLACED] if entity in touched else [])
            for change in one.changes:
                assert (change.slot, change.by_slot, change.from_day) == (FIRST, slot, _day(before[one.record.entity]))
                assert (change.actor, change.approver, change.reason) == (month.OPERATOR, month.APPROVER, "illness")
        assert _verdicts(store, slot)[CheckId.AMEND_1] is Verdict.VERIFIED

    def test_one_act_is_one_row_of_the_log(self, store: Store) -> None:
        """Leave and commitment are one row: who, by whose leave, why, and what was touched."""
        visit = _some_visit(store)
        commit(store, order(reason="illness", away=(away(visit.team[0]),)))
        with store.reading() as session:
            *_, act = find_acts(session)
        detail = parse_canonical(act.detail.encode())
        assert isinstance(detail, dict)
        assert (act.act, act.subject, act.actor, act.approver, act.reason) == (
            "draw supplement",
            SECOND,
            month.OPERATOR,
            month.APPROVER,
            "illness",
        )
        assert detail["amends"] == FIRST
        assert visit.entity in detail["visits"]
        assert detail["leave"] == [f"{visit.team[0]} 2026-11-30..2026-12-31"]
        assert detail["recusals"] == []

    def test_a_late_recusal(self, store: Store) -> None:
        """The pair is kept apart for ever, and the reason given for it stays inside the store."""
        visit = _some_visit(store)
        supplement(store, order(reason="kinship", recused=((visit.team[0], visit.entity),)))
        assert visit.team[0] not in in_force(store)[visit.entity].team
        with store.reading() as session:
            known = Recusal(inspector=visit.team[0], entity=visit.entity, reason=RecusalReason.KIN)
            assert find_recusals(session) == (known,)
        assert [change.reason for change in _amends(store).changes] == ["recusal"]
        assert b"kinship" not in b"".join(bundle_members(store, SECOND).values())
        with store.reading() as session:
            (act,) = find_acts(session, act="draw supplement")
        assert act.reason == "recusal"
        assert "kinship" not in act.detail
        assert f"{visit.team[0]} {visit.entity}" in act.detail

    def test_a_late_recusal_has_a_reason(self, store: Store) -> None:
        """RECUSE-2, RECUSE-3: it is not committed without a code, nor with the code other and no note."""
        visit = _some_visit(store)
        for reason in (None, RecusalReason.OTHER):
            with pytest.raises(UsageMistake):
                supplement(store, order(recused=((visit.team[0], visit.entity),), recusal_reason=reason))
        with store.reading() as session:
            assert find_recusals(session) == ()

    def test_a_recusal_from_a_group_is_found(self, store: Store) -> None:
        """RECUSE-5: with nothing named, whoever is recused from the group that a drawn company has joined leaves its seat."""
        visit = _some_visit(store)
        with store.transaction() as session:
            company = find_entity(session, EntityId(visit.entity))
            assert company is not None
            update_entities(session, [replace(company, group="某某集团")])
            add_recusals(session, [Recusal(inspector=visit.team[0], group="某某集团", reason=RecusalReason.SHARES)])
        supplement(store, order())
        assert visit.team[0] not in in_force(store)[visit.entity].team
        assert [change.reason for change in _amends(store).changes] == ["recusal"]

    def test_whoever_is_no_longer_in_service_leaves(self, store: Store) -> None:
        """ROSTER-2: with nothing named, whoever is out of service by now leaves every seat of theirs, as one who left the roster."""
        visit = _some_visit(store)
        with store.transaction() as session:
            person = find_inspector(session, visit.team[0])
            assert person is not None
            update_inspectors(session, [replace(person, in_service=False)])
        supplement(store, order())
        assert all(visit.team[0] not in one.team for one in in_force(store).values())
        assert {change.reason for change in _amends(store).changes} == {"retired"}

    def test_a_recusal_is_ordered_by_itself(self, store: Store) -> None:
        """With anything else the reason would be theirs too, in public: refused, with the way to have both."""
        visit = _some_visit(store)
        mixed = order(reason="kinship", recused=((visit.team[0], visit.entity),), away=(away(visit.team[1]),))
        with pytest.raises(UsageMistake, match="a recusal is ordered by itself"):
            look(store, mixed)

    def test_the_reason_of_a_recusal_cannot_be_found_by_trying(self) -> None:
        """The log has the order's digest: that of a recusal says nothing of its reason; that of an absence tells reasons apart."""
        pairs = ((InspectorId("R01"), EntityId("E01")),)
        assert digest_of(order(reason="kin", recused=pairs)) == digest_of(order(reason="shares", recused=pairs))
        assert digest_of(order(reason="kin", away=(away("R01"),))) != digest_of(
            order(reason="ill", away=(away("R01"),))
        )

    def test_a_recusal_entered_since_is_found(self, store: Store) -> None:
        """With nothing named, a pair that the registry bars by now leaves its seat, and is not entered twice."""
        visit = _some_visit(store)
        with store.transaction() as session:
            add_recusals(session, [Recusal(inspector=visit.team[0], entity=visit.entity, reason=RecusalReason.KIN)])
        supplement(store, order(recused=((visit.team[0], visit.entity),)))
        assert visit.team[0] not in in_force(store)[visit.entity].team
        with store.reading() as session:
            assert len(find_recusals(session)) == 1

    def test_an_expert_cannot_come(self, store_url: str) -> None:
        """The expert leaves, the team stays; with no other expert the visit goes without."""
        store = month.fill(store_url)
        month.draw_month(store, WITH_EXPERT)
        visit = next(one for one in in_force(store).values() if one.expert is not None)
        supplement(store, order(leaving=((InspectorId("X01"), visit.entity),)))
        after = in_force(store)[visit.entity]
        assert (after.day, after.team, after.expert) == (visit.day, visit.team, None)
        assert _verdicts(store, SECOND)[CheckId.AMEND_1] is Verdict.VERIFIED

    @pytest.mark.parametrize("is_named", [True, False])
    def test_a_day_is_lost(self, store: Store, is_named: bool) -> None:
        """Named, or closed for everybody in the books: the visits of the day are drawn for another one."""
        visit = _some_visit(store)
        lost = _day(visit)
        if not is_named:
            with store.transaction() as session:
                add_blackout(session, Blackout(first=lost, last=lost, reason="台风"))
        closed = (Closure(entity=None, days=Days(first=lost, last=lost)),) if is_named else ()
        supplement(store, order(reason="typhoon", closed=closed))
        after = in_force(store)
        assert all(one.day not in {None, visit.day} for one in after.values())
        assert [one.reason for one in _amends(store).changes] == ["typhoon" if is_named else "blackout"]

    def test_a_lost_day_stays_lost(self, store: Store) -> None:
        """Days that are named enter the books with the commitment, once, so that nothing later puts a visit on them."""
        visit = _some_visit(store)
        lost = _day(visit)
        days = Days(first=lost, last=lost)
        closed = (Closure(entity=None, days=days), Closure(entity=visit.entity, days=days))
        supplement(store, order(reason="typhoon", closed=closed))
        with store.reading() as session:
            assert find_blackouts(session, first=lost, last=lost) == (
                Blackout(first=lost, last=lost, reason="typhoon"),
                Blackout(first=lost, last=lost, reason="typhoon", entity=visit.entity),
            )

    def test_days_that_are_closed_already_are_not_closed_again(self, store: Store) -> None:
        """What the books have closed for the same days and longer is left as it is."""
        lost = _day(_some_visit(store))
        standing = Blackout(first=lost, last=lost + timedelta(days=1), reason="台风")
        with store.transaction() as session:
            add_blackout(session, standing)
        closed = (Closure(entity=None, days=Days(first=lost, last=lost)),)
        assert look(store, order(reason="typhoon", closed=closed)).closures == ()

    def test_a_day_closed_for_one_company_of_its_zone(self, store: Store) -> None:
        """Blackout days of the company's zone, or its own, close its visit's day; those of others do not."""
        visit = _some_visit(store)
        day = _day(visit)
        with store.transaction() as session:
            add_blackout(session, Blackout(first=day, last=day, reason="停电", zone="西片"))
            add_blackout(session, Blackout(first=day, last=day, reason="盘点", entity=_another(visit.entity)))
        with pytest.raises(RefusedError, match="nothing is to be drawn again"):
            look(store, order())
        with store.transaction() as session:
            add_blackout(session, Blackout(first=day, last=day, reason="停电", zone="东片"))
        (change,) = look(store, order()).affected.changes
        assert (change.entity, change.closed) == (visit.entity, (visit.day,))
        closed = Closure(entity=visit.entity, days=Days(first=day))
        (change,) = look(store, order(closed=(closed,))).affected.changes
        assert change.reason == "illness"
        assert change.closed[0] == visit.day

    def test_a_visit_that_stayed_open_is_drawn_again(self, store: Store) -> None:
        """Without a team the visit stays open; a supplement of the supplement, with somebody new, staffs it, and both verify."""
        visit = _some_visit(store)
        others = tuple(away(person, _day(visit), _day(visit)) for person in EVERYBODY if person != visit.team[0])
        supplement(store, order(away=others))
        assert in_force(store)[visit.entity].day is None
        with pytest.raises(RefusedError, match="no day of the first draw is left"):
            look(store, order(day="2026-12-31"), "2026-12-30")
        slot = supplement(store, order(SECOND, day="2026-12-02", reason="open"))
        after = in_force(store)[visit.entity]
        assert (slot, after.day is None) == (THIRD, False)
        assert {_amends(store, slot).changes[0].reason} == {"open"}
        assert [one.kind for one in standing(store)[visit.entity].changes] == [ChangeKind.REPLACED] * 2
        assert _verdicts(store, THIRD)[CheckId.AMEND_1] is Verdict.VERIFIED
        with store.reading() as session:
            assert [one.slot for one in find_lineage(session, SECOND)] == [FIRST, SECOND, THIRD]

    def test_illness_on_the_day_itself(self, store: Store) -> None:
        """On the visit's own day nobody can be replaced: the visit goes to another day with a team of its own."""
        visit = min(in_force(store).values(), key=lambda one: one.day or "")
        wanted = order(day=visit.day or "", away=(away(visit.team[0], _day(visit), _day(visit)),))
        commit_day = (_day(visit) - timedelta(days=1)).isoformat()
        slot = commit(store, wanted, commit_day).draw.slot
        finish(store, slot, visit.day or "")
        assert (in_force(store)[visit.entity].day or "") > (visit.day or "")

    def test_a_moved_visit_that_loses_a_member(self, store: Store) -> None:
        """It is drawn anew as a whole, and nobody else is drawn for the day to which another visit was moved."""
        visit, other = sorted(in_force(store).values(), key=lambda one: one.day or "")[:2]
        free = {date(2026, 12, day) for day in range(8, 32)} - {_day(one) for one in in_force(store).values()}
        days = sorted(day for day in free if day.weekday() < 5)
        actor = month.actor_on(BEFORE, "11:30")
        for one, day in ((visit, days[0]), (other, days[1])):
            move_visit(
                store, actor, MoveOrder(bureau=month.BUREAU, slot=FIRST, entity=one.entity, day=day, reason="停电")
            )
        found = look(store, order(away=(away(visit.team[0], days[0], days[0]),))).affected
        assert [(one.entity, one.left, one.closed) for one in found.changes] == [(visit.entity, (), (visit.day,))]
        absent = {one.id: one for one in found.absent}
        assert all(days[1].isoformat() in absent[InspectorId(person)].days for person in people_of(other))
        moved = {one.id: one.days for one in found.absent if one.reason == "moved"}
        assert moved == dict.fromkeys(set(people_of(other)) - {visit.team[0]}, (days[1].isoformat(),))

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"valid_until": date(2026, 12, 1)}, "certificate"),
            ({"retired": date(2026, 12, 1), "retired_reason": "调离"}, "retired"),
            ({"skills": (Domain("safety"),)}, "qualification"),
            ({"squad": "二中队"}, "squad"),
        ],
    )
    def test_the_registry_of_today_speaks_for_itself(self, store: Store, changes: dict[str, Any], reason: str) -> None:
        """Whoever lost the certificate, left, is qualified otherwise or works on other days by now is taken off by itself."""
        visit = _some_visit(store)
        number = int(visit.team[0][1:])
        with store.transaction() as session:
            update_inspectors(session, [replace(month.make_inspector(number), **changes)])
        other = Squad(name="二中队", weekdays=((_day(visit).weekday() + 1) % 5,))
        bureau = replace(month.BUREAU, squads=(other,))
        found = look(store, order(bureau=bureau)).affected
        assert (visit.team[0],) in [one.left for one in found.changes if one.entity == visit.entity]
        assert {one.reason for one in found.absent if one.id == visit.team[0]} == {reason}

    def test_a_newcomer(self, store: Store) -> None:
        """Somebody who joined the roster since comes with the row that the roster's rules give, and takes the seat that is free."""
        visit = _some_visit(store)
        new = replace(month.make_inspector(9), may_lead=True)
        with store.transaction() as session:
            add_inspectors(session, [new])
            add_recusals(session, [Recusal(inspector=new.id, entity=EntityId("E10"), reason=RecusalReason.KIN)])
            add_leave(session, [Leave(inspector=new.id, first=date(2026, 12, 2), last=date(2026, 12, 2), reason="x")])
        others = tuple(away(person, _day(visit), _day(visit)) for person in EVERYBODY if person != visit.team[0])
        supplement(store, order(away=others, added=(new.id,)))
        assert in_force(store)[visit.entity].team == (visit.team[0], "R09")
        assert [one.id for one in _amends(store).added] == ["R09"]
        with store.reading() as session:
            record = find_draw(session, SECOND)
        assert record is not None
        (row,) = [line for line in record.inspectors.decode().splitlines() if '"R09"' in line]
        assert '"barred":["E10"]' in row
        assert "2026-12-02" not in row
        assert month.salt_of("inspectors/R09") in row
        assert _verdicts(store, SECOND)[CheckId.AMEND_1] is Verdict.VERIFIED


class TestSquads:
    """A mass event is one order."""

    def test_a_squad_in_quarantine(self, store: Store, store_url: str) -> None:
        """Everybody of the squad is away on the days; what is looked at beforehand writes nothing."""
        visit = _some_visit(store)
        with store.transaction() as session:
            update_inspectors(
                session, [replace(month.make_inspector(int(one[1:])), squad="一中队") for one in visit.team]
            )
            add_inspectors(session, [replace(month.make_inspector(8), squad="一中队"), month.make_inspector(9)])
        before = read_state(store_url)
        wanted = order(away=(Away(who="一中队", days=Days(first=_day(visit)), is_squad=True),))
        prospect = look(store, wanted)
        assert read_state(store_url) == before
        assert next(one.left for one in prospect.affected.changes) == tuple(sorted(visit.team))
        assert [one.inspector for one in prospect.leave] == [*sorted(visit.team), "R08"]
        supplement(store, wanted)
        assert not set(in_force(store)[visit.entity].team) & set(visit.team)

    @pytest.mark.parametrize("squads", [{}, {"R08": "三中队"}])
    def test_a_squad_that_is_not_there(self, store: Store, squads: dict[str, str]) -> None:
        """A squad that nobody is in, or of which nobody is on this roster, is told, with those that there are."""
        with store.transaction() as session:
            add_inspectors(session, [replace(month.make_inspector(8), squad=squads.get("R08"))])
        for name in ("二中队", *squads.values()):
            with pytest.raises(UsageMistake, match="squad") as caught:
                look(store, order(away=(Away(who=name, days=Days(), is_squad=True),)))
            assert caught.value.hint is not None


class TestOtherDraws:
    """Two draws of one month never seat anybody on one day, nor beyond the month's cap."""

    def _second_draw(self, store: Store, cap: int) -> Slot:
        """Draw a second plan of the month for all who are left."""
        bureau = replace(month.BUREAU, visits_a_month=cap)
        plan = month.plan_text(labour=2, safety=0, head="# another\n").replace(
            "number = 0", "number = 0\nallow_zero = true"
        )
        slot = draw.commit(store, month.actor_on(month.COMMIT_DAY), month.make_order(plan, bureau=bureau)).draw.slot
        month.seed(store, slot)
        month.run(store, slot)
        return slot

    def test_nobody_is_drawn_beyond_the_month_or_twice_a_day(self, store_url: str) -> None:
        """With a cap of four visits a month, both draws and a supplement of the first keep to it, and to one draw a day."""
        store = month.fill(store_url)
        bureau = replace(month.BUREAU, visits_a_month=4)
        made = draw.commit(store, month.actor_on(month.COMMIT_DAY), month.make_order(bureau=bureau)).draw.slot
        month.seed(store, made)
        month.run(store, made)
        other = self._second_draw(store, 4)
        visit = _some_visit(store)
        theirs = in_force(store, other)
        wanted = order(
            bureau=bureau,
            reason="typhoon",
            closed=(Closure(entity=None, days=Days(first=_day(visit), last=_day(visit))),),
        )
        supplement(store, wanted)
        seats: Counter[str] = Counter()
        for one in (*in_force(store).values(), *theirs.values()):
            seats.update(people_of(one))
        assert max(seats.values()) <= 4
        taken = {(person, one.day) for one in theirs.values() for person in people_of(one)}
        assert not taken & {(person, one.day) for one in in_force(store).values() for person in people_of(one)}
        for absence in _amends(store, THIRD).absent:
            assert isinstance(absence, Absence)
            assert absence.reason in {"other-draw", "month-cap"}

    def test_another_draw_that_is_not_drawn_yet_stops_it(self, store: Store) -> None:
        """While another draw of the month is committed and not drawn, the order is refused with that slot and its next step."""
        plan = month.plan_text(labour=1, safety=0, head="# another\n").replace(
            "number = 0", "number = 0\nallow_zero = true"
        )
        month.commit(store, plan)
        with pytest.raises(RefusedError, match=f"{SECOND} of this month") as caught:
            look(store, order(away=(away("R01"),)))
        assert f"draw seed {SECOND}" in str(caught.value.hint)
        month.seed(store, SECOND)
        with pytest.raises(RefusedError) as caught:
            look(store, order(away=(away("R01"),)))
        assert f"draw run {SECOND}" in str(caught.value.hint)


class TestTurns:
    """What is recorded stands; a chain has one supplement at a time; nothing is drawn until it fits."""

    def test_the_same_order_again_gives_what_stands(self, store: Store) -> None:
        """Committed, drawn, on a later day, or by the supplement's own slot's chain: the same order is done once."""
        wanted = order(away=(away(_some_visit(store).team[0]),))
        first = commit(store, wanted)
        again = commit(store, replace(wanted, away=tuple(reversed(wanted.away))), DAY)
        assert (first.is_new, again.is_new, again.draw) == (True, False, first.draw)
        finish(store, SECOND)
        assert commit(store, wanted, "2026-12-05").draw.state is DrawState.DRAWN
        with store.reading() as session:
            assert len(find_acts(session, act="draw supplement")) == 1
            assert len(find_leave(session)) == 1

    def test_a_different_order_waits_for_the_one_that_stands(self, store: Store) -> None:
        """While a supplement is not drawn another one of its chain is refused; voided, the visits are free again."""
        visit = _some_visit(store)
        commit(store, order(away=(away(visit.team[0]),)))
        with store.reading() as session:
            assert set(find_held(session, find_chain(session, FIRST))) == {one.entity for one in _amends(store).changes}
        with pytest.raises(RefusedError, match="another supplement of this draw, 2026-12/2") as caught:
            commit(store, order(away=(away(visit.team[1]),)))
        assert "draw void 2026-12/2" in str(caught.value.hint)
        _void(store, SECOND)
        with store.reading() as session:
            assert find_held(session, find_chain(session, FIRST)) == {}
        assert commit(store, order(away=(away(visit.team[1]),))).draw.slot == THIRD

    def test_void_only_what_nothing_rests_on(self, store: Store) -> None:
        """A first draw with supplements and a supplement that is drawn stay; a void one is told what to order instead."""
        commit(store, order(away=(away(_some_visit(store).team[0]),)))
        with pytest.raises(RefusedError, match="2026-12/2 is a supplement of it"):
            _void(store, FIRST)
        finish(store, SECOND)
        with pytest.raises(RefusedError, match="until it fits") as caught:
            _void(store, SECOND)
        assert "draw supplement 2026-12/2" in str(caught.value.hint)

    def test_a_void_supplement_is_ordered_anew(self, store: Store) -> None:
        """Whoever goes on with a void supplement is told the command that orders it."""
        commit(store, order(away=(away(_some_visit(store).team[0]),)))
        _void(store, SECOND)
        with pytest.raises(RefusedError, match="is void") as caught:
            finish(store, SECOND)
        assert "draw supplement 2026-12/1" in str(caught.value.hint)
        with store.reading() as session:
            (chain,) = find_chains(session, Period("2026-12"))
        assert [one.slot for one in chain.records] == [FIRST]

    def test_committing_the_plan_again_gives_the_first_draw(self, store: Store) -> None:
        """A supplement keeps the plan's text, and is never taken for the draw of that plan."""
        commit(store, order(away=(away(_some_visit(store).team[0]),)))
        assert month.commit(store).draw.slot == FIRST

    def test_a_chain_that_no_bundle_holds_is_refused(self, store: Store) -> None:
        """A bundle holds 64 amended draws, as ``bundle-v1`` has it: the 65th supplement could not be handed to an auditor."""
        with store.reading() as session:
            (first,) = find_chain(session, FIRST).records
        require_room(DrawChain(records=(first,) * 64))
        with pytest.raises(RefusedError, match="64 supplements") as caught:
            require_room(DrawChain(records=(first,) * 65))
        assert "visit cancel" in str(caught.value.hint)

    def test_a_second_person_and_an_operator(self, store: Store) -> None:
        """Nobody approves an order of their own, and nobody without the role orders one."""
        own = Approval(approver=month.OPERATOR, reason="illness")
        with pytest.raises(RefusedError):
            commit(store, order(approval=own))
        with pytest.raises(RefusedError):
            commit_supplement(store, month.actor_on(BEFORE, "12:00", month.AUDITOR), order())

    def test_sources_that_somebody_may_know_are_refused(self, store: Store) -> None:
        """Dice that have rolled already are no fresh randomness."""
        with pytest.raises(RefusedError, match="somebody may know it"):
            commit(store, order(away=(away("R01"),)), "2026-12-02")

    def test_what_was_confirmed_is_what_is_frozen(self, store: Store, store_url: str) -> None:
        """Leave entered while a person is asked stops the order, and nothing is written."""
        visit = _some_visit(store)
        wanted = order(away=(away(visit.team[0]),))
        seen = look(store, wanted)
        with store.transaction() as session:
            gone = Leave(inspector=visit.team[1], first=_day(visit), last=_day(visit), reason="x")
            add_leave(session, [gone])
        before = read_state(store_url)
        with pytest.raises(RefusedError, match="changed while you were asked"):
            commit(store, replace(wanted, confirmed=seen))
        assert read_state(store_url) == before
        assert commit(store, replace(wanted, confirmed=look(store, wanted))).is_new

    def test_a_draw_without_a_result_has_nothing_to_supplement(self, store_url: str) -> None:
        """The first draw is drawn first, and a slot that is not there is told."""
        store = month.fill(store_url)
        month.commit(store)
        with pytest.raises(RefusedError, match="committed and not drawn"):
            look(store, order(away=(away("R01"),)))
        with pytest.raises(UsageMistake, match="there is no draw"):
            look(store, order(Slot("2026-12/9")))

    @pytest.mark.parametrize(
        "wanted",
        [
            {"away": (away("R99"),)},
            {"added": (InspectorId("R99"),)},
            {"added": (InspectorId("R01"),)},
            {"recused": ((InspectorId("R01"), EntityId("E99")),)},
            {"leaving": ((InspectorId("R99"), EntityId("E01")),)},
            {"closed": (Closure(entity=EntityId("E99"), days=Days()),)},
            {"away": (away("R01", date(2026, 12, 9), date(2026, 12, 8)),)},
            {"away": (away("R01", date(2027, 1, 5), date(2027, 1, 6)),)},
        ],
    )
    def test_what_is_nowhere_is_a_mistake(self, store: Store, wanted: dict[str, Any]) -> None:
        """Ids that no registry holds, people of the roster named new, and days that are none of the draw's are told with a way out."""
        with pytest.raises(UsageMistake) as caught:
            look(store, order(**wanted))
        assert caught.value.hint is not None

    def test_a_newcomer_of_a_squad_that_is_away_is_away_too(self, store: Store) -> None:
        """Whoever joins works on none of the days on which the very order says that their squad is away."""
        visit = _some_visit(store)
        new, member = replace(month.make_inspector(9), squad="九中队"), month.make_inspector(int(visit.team[0][1:]))
        with store.transaction() as session:
            add_inspectors(session, [new])
            update_inspectors(session, [replace(member, squad="九中队")])
        squad = Away(who="九中队", days=Days(first=_day(visit), last=_day(visit)), is_squad=True)
        (row,) = [one.row for one in look(store, order(away=(squad,), added=(new.id,))).request.added]
        assert row.days
        assert _day(visit).isoformat() not in dict(row.days)

    def test_a_newcomer_without_a_day_is_refused(self, store: Store) -> None:
        """Whoever cannot work on any day that is left joins nothing."""
        with store.transaction() as session:
            add_inspectors(session, [replace(month.make_inspector(9), valid_until=date(2026, 12, 1))])
        with pytest.raises(RefusedError, match="R09 cannot work on any day"):
            look(store, order(added=(InspectorId("R09"),)))

    def test_a_recorded_visit_is_never_drawn_again(self, store: Store) -> None:
        """Its result stands: named, it is refused; a member who is away later changes nothing."""
        visit = min(in_force(store).values(), key=lambda one: one.day or "")
        _record(store, visit.entity)
        with pytest.raises(RefusedError, match="is recorded"):
            look(store, order(leaving=((visit.team[0], visit.entity),)))

    def test_an_ended_visit_gets_no_new_row(self, store: Store) -> None:
        """A cancelled visit whose seat must be left on paper stays cancelled, and no row comes of its new draw."""
        visit, *others = sorted(in_force(store).values(), key=lambda one: one.day or "", reverse=True)
        _cancel(store, visit.entity)
        lost = _day(others[0])
        closed = (Closure(entity=None, days=Days(first=lost, last=lost)),)
        slot = supplement(store, order(away=(away(visit.team[0], _day(visit), _day(visit)),), closed=closed))
        assert {one.entity for one in _amends(store, slot).changes} == {visit.entity, others[0].entity}
        now = standing(store)[visit.entity]
        assert (now.record.slot, now.end is not None and now.end.kind) == (FIRST, ChangeKind.CANCELLED)
        assert standing(store)[others[0].entity].record.slot == slot
        assert _verdicts(store, slot)[CheckId.AMEND_1] is Verdict.VERIFIED

    def test_a_log_that_lost_the_order_is_told(self, store: Store) -> None:
        """A supplement whose order the log does not hold cannot say who approved it: the store is damaged."""
        commit(store, order(away=(away(_some_visit(store).team[0]),)))
        with store.transaction() as session:
            session.connection().execute(text("DELETE FROM act WHERE act = 'draw supplement'"))
        with pytest.raises(StoreError, match="who approved"):
            finish(store, SECOND)
        with store.reading() as session:
            assert [one.state for one in find_draws(session)] == [DrawState.DRAWN, DrawState.SEEDED]


def _void(store: Store, slot: Slot) -> None:
    approval = Approval(approver=month.APPROVER, reason="ceremony-cancelled")
    wanted = draw.VoidOrder(bureau=month.BUREAU, slot=slot, approval=approval)
    draw.void(store, month.actor_on(DAY, "12:00"), wanted)


def test_the_members_of_a_chain_stand_one_inside_the_other(store: Store) -> None:
    """A supplement's bundle has the five members of each draw that it amends, and says the chain in its first lines."""
    visit = _some_visit(store)
    supplement(store, order(away=(away(visit.team[0]),)))
    members = bundle_members(store, SECOND)
    assert [name for name in members if name.startswith("amends/")] == [
        f"amends/{name}"
        for name in members
        if "/" not in name and name not in {"README.txt", "verify.html", "verify.py"}
    ]
    assert members["README.txt"].decode().splitlines()[0].endswith("2026-12/1 → 2026-12/2")
    assert "amends/commitment.json" not in bundle_members(store, FIRST)


def test_nothing_is_drawn_by_an_error(store: Store, store_url: str) -> None:
    """Whatever an order is refused for, the store is as it was."""
    before = read_state(store_url)
    for wanted in (order(), order(away=(away("R99"),)), order(sources=(dice_on("2027-01-04"),), away=(away("R01"),))):
        with pytest.raises(InspectError):
            commit(store, wanted)
    assert read_state(store_url) == before
