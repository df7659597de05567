"""What a plan reads from the store: registries, calendar, and what other draws hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import steps as draws
from inspect_cli.acts.draw.freeze import CommitOrder
from inspect_cli.acts.draw.steps import SeedOrder, VoidOrder
from inspect_cli.acts.plan.check import check_plan, require_frame
from inspect_cli.acts.plan.gathering import gather
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.names import EntityId, MatterId, Period, Slot
from inspect_cli.core.people import Actor, Approval
from inspect_cli.core.plan.frame.exclusion import Reason
from inspect_cli.core.plan.plan import Plan, Scope
from inspect_cli.core.registry.ledger import VisitKind
from inspect_cli.errors import InputError
from inspect_cli.storage.draws import find_draw
from inspect_cli.storage.ledger import add_ledger_visits
from inspect_cli.storage.registries import add_entities, add_inspectors, add_matters
from inspect_cli.storage.visits import OutcomeRecord, add_outcomes, find_visits
from tests.core.plan.builders import DICE, bureau, entity, inspector, matter, plan, share, visit
from tests.stores import make_store

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.storage.engine import Store

BUREAU = bureau()
TODAY = date(2026, 11, 20)
NAMES = [f"E{number}" for number in range(1, 7)]


def acting(day: date) -> Actor:
    """Build somebody who acts on a day that was set."""
    return Actor(name="甲", clock=datetime(2026, 11, 1, 9, tzinfo=UTC), day=day)


def plan_of(*names: str, number: int = 2) -> Plan:
    """Build a plan that draws ``number`` of the entities named; its text is its own."""
    scope = Scope(fields=(("id", names),))
    return plan(scope=scope, shares=(share(number=number),), text=f"{names}{number}".encode())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Make a store with six entities, two inspectors and a matter."""
    made = make_store(f"sqlite:///{tmp_path / 'inspect.db'}")
    with made.transaction() as session:
        add_entities(session, [entity(name) for name in NAMES])
        add_inspectors(session, [inspector("R1"), inspector("R2")])
        add_matters(session, [matter()])
    return made


def commit(store: Store, wanted: Plan) -> Slot:
    """Commit a plan, and name its slot."""
    order = CommitOrder(plan=wanted, bureau=BUREAU, software="test", salts=lambda _row: "0" * 32)
    return draws.commit(store, acting(TODAY), order).draw.slot


def run(store: Store, slot: Slot) -> None:
    """Roll the dice and draw."""
    actor = acting(date(2026, 11, 30))
    draws.keep_values(store, actor, SeedOrder(bureau=BUREAU, slot=slot, values=("01234567890123456789",)))
    draws.run(store, actor, draws.RunOrder(bureau=BUREAU, slot=slot))


def reasons_of(store: Store, wanted: Plan) -> dict[str, Reason]:
    """Tell who is excluded as a whole from a plan, and why; who is out of its scope aside."""
    found = check_plan(store, wanted, BUREAU, TODAY).frame.excluded
    return {row.id: row.reason for row in found if row.reason is not Reason.FILTER}


class TestGather:
    """EXCLUDE-2, EXCLUDE-3 and ROSTER-3 rest on what other draws of the period hold and have filled."""

    def test_registries(self, store: Store) -> None:
        """The registries, the ledger and the period's working days are read as they stand."""
        with store.transaction() as session:
            add_ledger_visits(session, [visit("E1", date(2025, 12, 30)), visit("E2", date(2026, 1, 1))])
        with store.reading() as session:
            found = gather(session, plan(), BUREAU, TODAY)
        assert [one.id for one in found.entities] == NAMES
        assert [one.id for one in found.inspectors] == ["R1", "R2"]
        assert [one.entity for one in found.visits] == ["E2"]
        assert len(found.working_days) == 23
        assert (found.drawn, found.undrawn, found.seats, found.past_teams) == ((), (), (), ())

    def test_cooling_off_before_the_year(self, store: Store) -> None:
        """EXCLUDE-5: in January the ledger is read back into the last year, to the day, short months included."""
        with store.transaction() as session:
            add_ledger_visits(session, [visit("E1", date(2026, 8, 31)), visit("E2", date(2026, 8, 28))])
        december = replace(plan(), period=Period("2026-12"))
        with store.reading() as session:
            found = gather(session, december, bureau(cooling_off=60), TODAY)
        assert len(found.visits) == 2

    def test_committed(self, store: Store) -> None:
        """EXCLUDE-3: who is in a committed frame is held by that slot, seeded or not, and free again when it is void."""
        slot = commit(store, plan_of("E1", "E2", "E3"))
        assert reasons_of(store, plan_of(*NAMES)) == dict.fromkeys(NAMES[:3], Reason.OTHER_SLOT)
        order = SeedOrder(bureau=BUREAU, slot=slot, values=("01234567890123456789",))
        draws.keep_values(store, acting(date(2026, 11, 30)), order)
        assert reasons_of(store, plan_of(*NAMES)) == dict.fromkeys(NAMES[:3], Reason.OTHER_SLOT)
        approval = Approval(approver="乙", reason="test")
        draws.void(store, acting(TODAY), VoidOrder(bureau=BUREAU, slot=slot, approval=approval))
        assert reasons_of(store, plan_of(*NAMES)) == {}

    def test_own_plan(self, store: Store) -> None:
        """A plan that is committed, and even drawn, is explained as it was: it does not stand in its own way."""
        own = plan_of("E1", "E2", "E3")
        slot = commit(store, own)
        assert reasons_of(store, own) == {}
        run(store, slot)
        assert reasons_of(store, own) == {}

    def test_drawn(self, store: Store) -> None:
        """EXCLUDE-2: who was drawn is out for the month, who was not is free; the seats are filled and the visits counted."""
        slot = commit(store, plan_of("E1", "E2", "E3"))
        run(store, slot)
        with store.reading() as session:
            record = find_draw(session, slot)
            found = gather(session, plan_of(*NAMES), BUREAU, TODAY)
        assert record is not None
        result = parse_result(record.result or b"")
        drawn = sorted(one.entity for one in result.visits)
        assert len(drawn) == 2
        assert (found.drawn, found.undrawn) == (tuple(drawn), ())
        assert reasons_of(store, plan_of(*NAMES)) == dict.fromkeys(drawn, Reason.MONTH)
        assert [(one.entity, one.source, one.kind) for one in found.visits] == [
            (name, slot, VisitKind.COMBINED) for name in drawn
        ]
        assert len(found.seats) == 4
        assert {(seat.inspector, seat.day.isoformat()) for seat in found.seats} == {
            (member, one.day) for one in result.visits for member in one.team
        }
        assert [(past.entity, set(past.team)) for past in found.past_teams] == [(name, {"R1", "R2"}) for name in drawn]

    def test_recorded(self, store: Store) -> None:
        """EXCLUDE-7: a recorded visit counts on the day on which it was made, and once only."""
        slot = commit(store, plan_of("E1", "E2", number=1))
        run(store, slot)
        with store.transaction() as session:
            (planned,) = find_visits(session, slot)
            add_outcomes(
                session,
                [
                    OutcomeRecord(
                        slot=slot,
                        entity=planned.entity,
                        domain=entity().domains[0],
                        result_class=1,
                        method="on-site",
                        finding=None,
                        follow_up=None,
                        visited_on=date(2026, 12, 31),
                        recorded_by="甲",
                    )
                ],
            )
            listed = replace(visit(planned.entity, date(2026, 12, 31), VisitKind.COMBINED), source=slot)
        with store.reading() as session:
            found = gather(session, plan_of(*NAMES), BUREAU, TODAY)
        assert [one.day for one in found.visits] == [date(2026, 12, 31)]
        with store.transaction() as session:
            add_ledger_visits(session, [listed])
        with store.reading() as session:
            assert gather(session, plan_of(*NAMES), BUREAU, TODAY).visits == (
                replace(listed, matters=(MatterId("M1"),)),
            )

    def test_own_visit_in_a_file(self, store: Store) -> None:
        """EXCLUDE-7: our own visit in another office's file is counted once; a case check of ours that day is a visit of its own."""
        slot = commit(store, plan_of("E1", number=1))
        run(store, slot)
        with store.reading() as session:
            (planned,) = find_visits(session, slot)
        assert planned.day is not None
        for kind, expected in ((VisitKind.TIP, 2), (VisitKind.ROUTINE, 2)):
            ours = replace(visit(planned.entity, planned.day, kind), department=BUREAU.name)
            with store.transaction() as session:
                add_ledger_visits(session, [ours])
            with store.reading() as session:
                assert len(gather(session, plan_of(*NAMES), BUREAU, TODAY).visits) == expected

    def test_rotation(self, store: Store) -> None:
        """ROSTER-6: the team of the last visit is barred in the next month's roster."""
        slot = commit(store, plan_of("E1", number=1))
        run(store, slot)
        later = replace(plan_of("E1", number=1), period=Period("2027-01"), promises=(DICE,), text=b"later")
        with store.reading() as session, pytest.raises(InputError, match="2027"):
            gather(session, later, BUREAU, TODAY)
        found = check_plan(store, plan_of("E2", number=1), BUREAU, TODAY)
        assert {row.barred for row in found.frame.roster} == {("E1",)}


class TestRequire:
    """PLAN-12 A plan with faults is not committed."""

    def test_faults(self, store: Store) -> None:
        """PLAN-12: all faults are told, each at its key of the plan."""
        wanted = plan(shares=(share(number=9), share(stratum="Z")))
        with store.reading() as session, pytest.raises(InputError) as caught:
            require_frame(session, wanted, BUREAU, TODAY)
        assert [(one.where.file, one.where.column) for one in caught.value.mistakes] == [
            ("plan.toml", "share"),
            ("plan.toml", "share"),
        ]

    def test_frame(self, store: Store) -> None:
        """PLAN-12: a plan without faults gives its frame."""
        with store.reading() as session:
            frame = require_frame(session, plan(), BUREAU, TODAY)
        assert [one.id for one in frame.entities] == [EntityId(name) for name in NAMES]
