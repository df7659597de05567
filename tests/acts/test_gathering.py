"""What a plan reads of our other draws, whatever became of their visits. The sample: E-1 on 2 December, E-2 open, E-3 on 1 December."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import steps as draws
from inspect_cli.acts.plan.gathering import gather
from inspect_cli.acts.visit.endings import EndOrder, cancel_visits, carry_over_visits
from inspect_cli.acts.visit.move import MoveOrder, move_visit
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.core.bureau import Caps, Limit
from inspect_cli.core.draw.rows import parse_entity_rows, parse_others
from inspect_cli.core.draw.supplement.standing import Chain, standing_of
from inspect_cli.core.names import EntityId, InspectorId, MatterId, Period, Slot
from inspect_cli.core.plan.allowance import Allowance, AllowanceRule
from inspect_cli.core.plan.frame.gathered import Carried, PastTeam, Seat
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.workdays import YearNotice
from inspect_cli.storage.calendar import add_blackout, add_year_notice
from inspect_cli.storage.draws import add_draw, find_draw
from inspect_cli.storage.ledger import add_ledger_visits
from inspect_cli.storage.plans import add_allowance
from inspect_cli.storage.registries import add_matters
from inspect_cli.storage.visits import VisitRecord, add_visits
from tests import small_month as month
from tests.chained_store import APPROVAL, commit_next, fill_chain
from tests.core.plan.builders import plan
from tests.sample_chain import FIRST, SECOND, make_chain
from tests.sample_draw import BUREAU, LABOUR, SAFETY, actor_on
from tests.sample_store import fill_store, make_record

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.storage.engine import Store

E1, E2, E3 = (EntityId(f"E-{number}") for number in (1, 2, 3))
EVE, AFTER = actor_on("2026-11-30"), actor_on("2026-12-28")
FIRST_DAY, SECOND_DAY, LATE = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3)
DECEMBER, JANUARY = Period("2026-12"), Period("2027-01")
ORDER = EndOrder(bureau=BUREAU, slot=FIRST, approval=APPROVAL, entities=(E1,))


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the sample draw and an expectation of 2027."""
    made = fill_store(store_url)
    with made.transaction() as session:
        add_year_notice(session, notice(2027))
    return made


def notice(year: int, *, provisional: bool = True) -> YearNotice:
    """Build a notice without holidays."""
    return YearNotice(year=year, title="预估", days_off=(), make_up_days=(), provisional=provisional)


def other_plan(period: Period = DECEMBER) -> Plan:
    """Build a plan of its own for a month."""
    return replace(plan(), period=period, text=b"another plan")


def read(store: Store, period: Period = DECEMBER, wanted: Plan | None = None) -> Gathered:
    """Gather what another plan is worked out from."""
    with store.reading() as session:
        return gather(session, wanted or other_plan(period), BUREAU, date(2026, 11, 20))


def record(store: Store, on: date) -> None:
    """Record the visit to E-1 as made on some day."""
    results = {LABOUR: ResultClass.NO_PROBLEM, SAFETY: ResultClass.NO_PROBLEM}
    claims = Claims(results=results, methods={}, findings={}, follow_ups={}, on=on)
    record_visit(store, actor_on("2026-12-04"), BUREAU, RecordOrder(slot=FIRST, entity=E1, claims=claims))


def counted(found: Gathered) -> dict[EntityId, date]:
    """Tell whose visits count, and on which day."""
    assert len({one.entity for one in found.visits}) == len(found.visits)
    return {one.entity: one.day for one in found.visits}


def days_of(seats: tuple[Seat, ...]) -> set[tuple[InspectorId, date]]:
    """Tell the days of some seats."""
    return {(seat.inspector, seat.day) for seat in seats}


TEAM = tuple(map(InspectorId, ("R-2", "R-1", "X-1")))


class TestWhatBecame:
    """EXCLUDE-7, ROSTER-3, ROSTER-6: visits count on the day on which they are made; what was given away stays given away."""

    def test_planned(self, store: Store) -> None:
        """EXCLUDE-7: planned visits count with the domains that they check, open ones not; all who were drawn are drawn."""
        found = read(store)
        assert counted(found) == {E1: SECOND_DAY, E3: FIRST_DAY}
        assert {one.entity: one.domains for one in found.visits}[E1] == (LABOUR, SAFETY)
        assert found.drawn == (E1, E2, E3)
        assert {(member, SECOND_DAY) for member in TEAM} <= days_of(found.seats)
        assert (found.taken, found.undrawn) == ((), ())
        assert PastTeam(entity=E1, team=TEAM[:2]) in found.past_teams

    @pytest.mark.parametrize("is_carried", [False, True])
    def test_ended(self, store: Store, is_carried: bool) -> None:
        """EXCLUDE-7, ROSTER-3, ROSTER-6: an ended visit neither counts nor rotates; its seats are not given away, nor is it drawn again."""
        before = read(store)
        (carry_over_visits if is_carried else cancel_visits)(store, EVE, ORDER)
        found = read(store)
        assert counted(found) == {E3: FIRST_DAY}
        assert (found.drawn, found.seats, found.taken) == (before.drawn, before.seats, ())
        assert [past.entity for past in found.past_teams] == [E3]
        assert found.carried == ()

    def test_moved(self, store: Store) -> None:
        """ROSTER-3: a visit that was moved takes both days from its people, and counts on the new one."""
        cancel_visits(store, EVE, replace(ORDER, entities=(E3,)))
        move_visit(store, EVE, MoveOrder(bureau=BUREAU, slot=FIRST, entity=E1, day=FIRST_DAY, reason="停电"))
        found = read(store)
        assert counted(found) == {E1: FIRST_DAY}
        assert {(member, SECOND_DAY) for member in TEAM} <= days_of(found.seats)
        assert days_of(found.taken) == {(member, FIRST_DAY) for member in TEAM}

    def test_recorded_on_another_day(self, store: Store) -> None:
        """ROSTER-3: people who made a visit a day late were away on that day, which costs them no second visit of the month."""
        before = read(store)
        record(store, LATE)
        found = read(store)
        assert counted(found)[E1] == LATE
        assert found.seats == before.seats
        assert days_of(found.taken) == {(member, LATE) for member in TEAM}

    def test_recorded_on_its_day(self, store: Store) -> None:
        """ROSTER-3: a visit that was made as planned takes nothing more."""
        record(store, SECOND_DAY)
        assert read(store).taken == ()

    def test_drawn_again(self, store_url: str) -> None:
        """EXCLUDE-7: a visit that supplements replaced counts once, on its newest day, with its newest team."""
        found = read(fill_chain(store_url))
        finished = make_chain().finished
        standing = standing_of(Chain(first=finished[0], supplements=tuple(finished[1:])))
        staffed = {entity: visit for entity, visit in standing.visits.items() if visit.day is not None}
        assert counted(found) == {entity: date.fromisoformat(visit.day or "") for entity, visit in staffed.items()}
        seats = {
            (member, date.fromisoformat(visit.day or ""))
            for visit in staffed.values()
            for member in (*visit.team, *([visit.expert] if visit.expert else []))
        }
        assert days_of(found.seats) == seats
        assert {past.entity: past.team for past in found.past_teams} == {
            entity: visit.team for entity, visit in staffed.items()
        }
        assert found.drawn == tuple(sorted(standing.visits))

    def test_undrawn_supplement(self, store: Store) -> None:
        """ROSTER-7, EXCLUDE-3: a supplement that waits for its seed holds its visits, and the days that its roster counts on."""
        slot = commit_next(store)
        (waiting,) = read(store).undrawn
        finished = make_chain().finished[1]
        assert (waiting.slot, slot) == (SECOND, SECOND)
        assert waiting.entities == tuple(row.id for row in finished.frame.entities)
        assert days_of(waiting.days) == {
            (row.id, date.fromisoformat(day)) for row in finished.frame.inspectors for day, _ in row.days
        }
        assert read(store, JANUARY).undrawn == ()

    def test_own_plan(self, store_url: str) -> None:
        """A plan whose draw has supplements is explained as it was: nothing of its chain stands in its way."""
        found = read(fill_chain(store_url), wanted=replace(other_plan(), text=b"plan"))
        assert (found.visits, found.drawn, found.undrawn, found.seats, found.past_teams) == ((), (), (), (), ())


class TestNextMonth:
    """CARRY-1, ROSTER-6: what an earlier month leaves to the next one."""

    def test_carried(self, store: Store) -> None:
        """CARRY-1: a visit that was carried over comes with its slot and domains, in the month to which it was carried."""
        carry_over_visits(store, AFTER, replace(ORDER, entities=(E1, E2), to_period=JANUARY))
        found = read(store, JANUARY)
        assert found.carried == (
            Carried(slot=FIRST, entity=E1, domains=(LABOUR, SAFETY)),
            Carried(slot=FIRST, entity=E2, domains=found.carried[1].domains),
        )
        assert (found.drawn, found.seats, found.taken) == ((), (), ())
        assert counted(found) == {E3: FIRST_DAY}
        assert read(store, Period("2027-02")).carried == ()

    def test_late_record(self, store: Store) -> None:
        """ROSTER-3: a visit of December that was made in January takes that day of January, and none of December."""
        results = {LABOUR: ResultClass.NO_PROBLEM, SAFETY: ResultClass.NO_PROBLEM}
        claims = Claims(results=results, methods={}, findings={}, follow_ups={}, on=date(2027, 1, 5))
        record_visit(store, actor_on("2027-01-06"), BUREAU, RecordOrder(slot=FIRST, entity=E1, claims=claims))
        assert days_of(read(store, JANUARY).taken) == {(member, date(2027, 1, 5)) for member in TEAM}
        assert read(store).taken == ()

    def test_visits_after_the_period(self, store: Store) -> None:
        """ROSTER-6: a plan for November keeps those away who are to go there in December already: they would go twice in a row."""
        found = read(store, Period("2026-11"))
        assert {past.entity: past.team for past in found.past_teams}[E1] == TEAM[:2]

    def test_two_visits_after_the_period(self, store_url: str) -> None:
        """ROSTER-6: of several visits on either side the nearest one counts."""
        store = month.fill(store_url)
        slot = month.draw_month(store)
        with store.reading() as session:
            found = gather(session, replace(plan(), period=Period("2026-11"), text=b"x"), month.BUREAU, AFTER.day)
        assert {one.source for one in found.visits} == {slot}
        assert len(found.past_teams) == len({one.entity for one in found.past_teams})


class TestSettings:
    """PLAN-17, BLACK-2, ALLOW-1: what else is read for the period."""

    def test_provisional(self, store: Store) -> None:
        """PLAN-17: named are expected years of the period and of its results' deadlines; a published or unknown one is not."""
        assert read(store).provisional == (2027,)
        assert read(store, Period("2026-11")).provisional == ()
        assert read(store, JANUARY).provisional == (2027,)
        with store.transaction() as session:
            add_year_notice(session, notice(2028, provisional=False))
        assert read(store, Period("2027-12")).provisional == (2027,)

    def test_unknown_next_year(self, store_url: str) -> None:
        """PLAN-17: a deadline in an unknown year does not keep December from being planned."""
        assert read(fill_store(store_url)).provisional == ()

    def test_blackouts_and_allowances(self, store: Store) -> None:
        """BLACK-2, ALLOW-1: those that touch the period are read, and no others."""
        here = Blackout(first=date(2026, 11, 30), last=FIRST_DAY, reason="x", entity=E1)
        allowance = Allowance(
            period=DECEMBER, entity=E1, rule=AllowanceRule.CAP, actor="甲", approver="乙", reason="督办"
        )
        with store.transaction() as session:
            add_blackout(session, here)
            add_blackout(session, replace(here, last=date(2026, 11, 30)))
            add_allowance(session, allowance)
            add_allowance(session, replace(allowance, period=JANUARY))
        found = read(store)
        assert (found.blackouts, found.allowances) == ((here,), (allowance,))


class TestMatters:
    """CAP-3 Which matters our own visits checked is what their commitment says, by their domains."""

    def test_own(self, store_url: str) -> None:
        """CAP-3: a visit checked the matters of its domains, also where another office's file lists it without any."""
        store = month.fill(store_url)
        month.draw_month(store)
        wanted = replace(plan(), text=b"another plan")
        with store.reading() as session:
            before = gather(session, wanted, month.BUREAU, AFTER.day).visits
        expected = {(LABOUR, SAFETY): ("L-01", "S-01"), (LABOUR,): ("L-01",), (SAFETY,): ("S-01",)}
        assert all(one.matters == expected[one.domains] for one in before)
        assert before
        listed = replace(before[0], kind=VisitKind.ROUTINE, source=None, matters=())
        told = LedgerVisit(
            entity=before[0].entity,
            day=date(2026, 3, 3),
            kind=VisitKind.ROUTINE,
            domains=(LABOUR,),
            department="别处",
            matters=(MatterId("L-01"),),
        )
        with store.transaction() as session:
            add_ledger_visits(session, (listed, told))
        with store.reading() as session:
            after = gather(session, wanted, month.BUREAU, AFTER.day).visits
        assert len(after) == len(before) + 1
        assert {one.matters for one in after if one.entity == before[0].entity and one.day == before[0].day} == {
            before[0].matters
        }
        assert told in after

    def test_left_out(self, store_url: str) -> None:
        """CAP-3: a matter at its cap stands in the row, and the visit that follows is not counted as having checked it."""
        store = month.fill(store_url)
        early = LedgerVisit(
            entity=EntityId("E01"),
            day=date(2026, 2, 2),
            kind=VisitKind.ROUTINE,
            domains=(month.SAFETY,),
            department="别处",
            matters=(MatterId("S-01"),),
        )
        with store.transaction() as session:
            add_matters(session, (month.make_matter("S-02", month.SAFETY),))
            add_ledger_visits(session, (early,))
        capped = replace(month.BUREAU, caps=Caps(matters=((MatterId("S-01"), Limit(number=1, basis="专项")),)))
        order = month.make_order(month.plan_text(labour=10, safety=6), bureau=capped)
        slot = draws.commit(store, month.actor_on(month.COMMIT_DAY), order).draw.slot
        month.seed(store, slot)
        month.run(store, slot)
        with store.reading() as session:
            record = find_draw(session, slot)
            found = gather(session, replace(plan(), text=b"another plan"), capped, AFTER.day)
        assert record is not None
        rows = {str(row.id): parse_others(row.others) for row in parse_entity_rows(record.entities)}
        assert {
            entity: others["without_matters"] for entity, others in rows.items() if "without_matters" in others
        } == {"E01": ["S-01"]}
        with store.reading() as session:
            shown = {one.entity: one.without_matters for one in read_schedule(session, slot).visits}
        for entity, unchecked in shown.items():
            assert [one.id for one in unchecked] == (["S-01"] if entity == "E01" else [])
        own = {one.entity: one.matters for one in found.visits if one.source == slot}
        for entity, matters in own.items():
            for number, is_checked in (("S-01", entity in SAFE and entity != "E01"), ("S-02", entity in SAFE)):
                assert (number in matters) is is_checked


SAFE = {f"E{number:02}" for number in range(1, 7)}


def test_several_visits(store: Store) -> None:
    """ROSTER-6: of several draws' visits the last one before the period's end counts, and the first one after it."""
    months = {Period("2026-10"): "R-8", Period("2026-11"): "R-9", Period("2027-01"): "R-7", Period("2027-02"): "R-6"}
    with store.transaction() as session:
        for period in sorted(months, reverse=True):
            add_drawn(session, period, months[period])
    for period, teams in {
        Period("2026-12"): [("R-2", "R-1"), ("R-7",)],
        Period("2026-11"): [("R-9",), ("R-2", "R-1")],
        Period("2027-02"): [("R-6",)],
    }.items():
        assert [past.team for past in read(store, period).past_teams if past.entity == E1] == teams


def add_drawn(session: Session, period: Period, member: str) -> None:
    """Keep a draw of another month whose one visit takes one person to E-1 on its 15th."""
    first = make_chain().finished[0]
    sources = tuple(replace(one, at="2026-09-30T09:00:00+08:00") for one in first.commitment.sources)
    visit = replace(
        first.result.visits[0], entity=E1, day=f"{period}-15", team=(InspectorId(member),), expert=None, open=None
    )
    finished = replace(
        first,
        commitment=replace(
            first.commitment, slot=Slot(f"{period}/1"), period=period, days=(f"{period}-15",), sources=sources
        ),
        result=replace(first.result, visits=(visit,)),
    )
    record = replace(make_record(finished), plan=period.encode())
    add_draw(session, record)
    add_visits(
        session,
        (
            VisitRecord(
                slot=record.slot,
                entity=E1,
                day=date.fromisoformat(f"{period}-15"),
                open_reason=None,
                state=VisitState.PLANNED,
            ),
        ),
    )


def test_slots() -> None:
    """The sample's slots are those that the tests above name."""
    assert (Slot("2026-12/1"), make_chain().finished[1].commitment.slot) == (FIRST, SECOND)
