"""Random months of an office: acts on a real store, in any order, on days that pass. What the judge sees is read from raw rows.

Refusals are part of the day; anything else that is raised is a crash. A month follows from its number, as in ``random_months``.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from inspect_cli.acts.store import create_store
from inspect_cli.core.names import EntityId, Period, Slot
from inspect_cli.core.people import Actor, Approval, Person, Role
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.workdays import Calendar, working_days_of
from inspect_cli.files.calendar_years import read_library_year
from inspect_cli.storage.address import parse_address
from inspect_cli.storage.calendar import add_blackout, find_blackouts
from inspect_cli.storage.draws import DrawState, find_draws
from inspect_cli.storage.engine import Store
from inspect_cli.storage.ledger import add_ledger_visits
from inspect_cli.storage.plans import add_allowance
from inspect_cli.storage.registries import (
    add_entities,
    add_inspectors,
    add_leave,
    add_matters,
    add_recusals,
    find_inspectors,
    find_leave,
    find_recusals,
)
from inspect_cli.storage.visits import find_visit_changes, find_visits
from tests.month_rules import Books, Drawn, Visited
from tests.random_draws import Chance
from tests.random_registries import first_of, last_of, make_world, next_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlmodel import Session

    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.storage.draws import DrawRecord
    from inspect_cli.storage.visits import VisitRecord
    from tests.month_rules import Breach
    from tests.random_registries import World

OPERATOR, APPROVER = "操作员甲", "审批人乙"
PEOPLE = (Person(name=OPERATOR, roles=(Role.OPERATOR,)), Person(name=APPROVER, roles=(Role.APPROVER,)))
LEAVE_OF = Approval(approver=APPROVER, reason="r")
PERIODS = ("2026-03", "2026-05", "2026-09", "2026-11")
"""Months whose calendars are known, each with its next one in the same year."""


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """A supplement as it was ordered: the day, the books by then, and whose visits it said that it cannot help."""

    today: date
    books: Books
    stuck: frozenset[str]


@dataclass(kw_only=True)
class Office:
    """An office: its store, the world of which the store was made, the day, and what was done and refused.

    Companies may change their numbers: ``numbers`` are all that they ever had, each with the one of the world, by which the judge knows
    them, and ``now`` those of today.
    """

    chance: Chance
    world: World
    store: Store
    today: date
    plans: dict[str, Plan] = field(default_factory=dict)
    drawn: dict[str, Drawn] = field(default_factory=dict)
    ordered: dict[str, Ordered] = field(default_factory=dict)
    lost: list[Blackout] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    breaches: list[Breach] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    now: dict[str, EntityId] = field(default_factory=dict)

    def first(self, number: str) -> EntityId:
        """Give the number that a company has in the world."""
        return EntityId(self.numbers.get(number, number))

    def name(self, entity: str) -> EntityId:
        """Give any number of a company, for it answers to each."""
        return self.chance.one((self.now[entity], EntityId(entity))) if entity in self.now else EntityId(entity)

    def actor(self, hour: int = 12) -> Actor:
        """Give the operator, at an hour of the day."""
        clock = datetime.fromisoformat(f"{self.today.isoformat()}T{hour:02}:00:00+08:00")
        return Actor(name=OPERATOR, clock=clock, day=self.today)


def open_office(number: int, url: str) -> Office:
    """Make an office with its registries, a few days before its first month."""
    chance = Chance(f"office {number}")
    world = make_world(chance, Period(chance.one(PERIODS)))
    world.bureau = replace(world.bureau, people=PEOPLE)
    world.inspectors = {name: capable(chance, person, world) for name, person in world.inspectors.items()}
    store = make_store(url)
    with store.transaction() as session:
        add_entities(session, world.entities.values())
        add_inspectors(session, world.inspectors.values())
        add_matters(session, world.matters)
        add_leave(session, {(one.inspector, one.first, one.last): one for one in world.leave}.values())
        add_recusals(session, dict.fromkeys(world.recusals))
        add_ledger_visits(session, world.ledger)
        for blackout in dict.fromkeys(world.blackouts):
            add_blackout(session, blackout)
        for allowance in dict.fromkeys(world.allowances):
            add_allowance(session, allowance)
    return Office(chance=chance, world=world, store=store, today=first_of(world.period) - timedelta(days=6))


def capable(chance: Chance, person: Inspector, world: World) -> Inspector:
    """Give an officer a certificate, for the store keeps none without, and most of them all skills, or few plans could be met."""
    domains = tuple(sorted(label.domain for label in world.bureau.domains))
    skills = domains if chance.often(60) else person.skills
    return person if person.is_expert else replace(person, certificate=f"证{person.id}", skills=skills)


def make_store(url: str) -> Store:
    """Make an empty store; a file is made once, and then copied."""
    path = parse_address(url).path
    start = Actor(name=OPERATOR, clock=datetime.fromisoformat("2026-01-01T08:00:00+08:00"), day=date(2026, 1, 1))
    if path is None:
        return create_store(url, start)
    path.write_bytes(empty_file())
    return Store.open(url)


@cache
def empty_file() -> bytes:
    """Give the bytes of an empty store."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "inspect.db"
        create_store(
            f"sqlite:///{path.as_posix()}",
            Actor(name=OPERATOR, clock=datetime.fromisoformat("2026-01-01T08:00:00+08:00"), day=date(2026, 1, 1)),
        )
        return path.read_bytes()


# What the store holds, from its raw rows


def read_books(office: Office, period: str) -> Books:
    """Read the books as they stand."""
    world = office.world
    with office.store.reading() as session:
        first, last = first_of(world.period), last_of(next_period(period))
        periods = {world.period, next_period(world.period), period}
        return Books(
            bureau=world.bureau,
            entities=dict(world.entities),
            inspectors={one.id: one for one in find_inspectors(session, include_retired=True)},
            leave=find_leave(session, first=first, last=last),
            recusals=tuple(
                one if one.entity is None else replace(one, entity=office.first(one.entity))
                for one in find_recusals(session)
            ),
            ledger=tuple(world.ledger),
            blackouts=tuple(
                one if one.entity is None else replace(one, entity=office.first(one.entity))
                for one in find_blackouts(session, first=first, last=last)
            ),
            allowances=tuple(world.allowances),
            workdays=frozenset(day for month in periods for day in workdays_known(month)),
            matters=world.matters,
            carried=frozenset((period, office.first(one), domain) for period, one, domain in carried_over(session)),
        )


def carried_over(session: Session) -> Iterator[tuple[str, str, str]]:
    """Read what was carried over, void draws aside: to which month, whom, and for which domain."""
    results = {one.slot: result_of(one) for one in find_draws(session) if one.state is not DrawState.VOID}
    for change in find_visit_changes(session):
        if change.kind is ChangeKind.CARRIED_OVER and change.slot in results:
            assert change.to_period is not None
            for domain in results[change.slot][change.entity]["domains"]:
                yield change.to_period, change.entity, domain


def result_of(record: DrawRecord) -> dict[str, dict[str, Any]]:
    """Read the visits of a draw's result as plain JSON, by entity."""
    return {visit["entity"]: visit for visit in parsed(record.result or b'{"visits":[]}')["visits"]}


@lru_cache(maxsize=100)
def parsed(data: bytes) -> dict[str, Any]:
    """Read a result, which never changes."""
    result: dict[str, Any] = json.loads(data)
    return result


@cache
def workdays_known(period: str) -> tuple[date, ...]:
    """Give the working days of a month by the calendar that comes with the program: no store of the tests knows another."""
    return working_days_of(Calendar.of([read_library_year(int(period[:4]))]), Period(period))


def read_visits(office: Office) -> tuple[Visited, ...]:
    """Read the visits in force of all chains, void draws aside: of each company the newest row, on the day where it stands."""
    with office.store.reading() as session:
        records = {one.slot: one for one in find_draws(session) if one.state is not DrawState.VOID}
        rows, changes = find_visits(session), find_visit_changes(session)
    order = {slot: depth_of(records, slot) for slot in records}
    ended = {(one.slot, one.entity) for one in changes if one.kind in {ChangeKind.CANCELLED, ChangeKind.CARRIED_OVER}}
    newest: dict[tuple[str, str], VisitRecord] = {}
    for row in sorted((row for row in rows if row.slot in records), key=lambda row: order[row.slot]):
        newest[first_slot(records, row.slot), row.entity] = row
    results = {slot: result_of(record) for slot, record in records.items()}
    visits = (
        read_visit(slot, row, results[row.slot][row.entity], is_made=(row.slot, row.entity) not in ended)
        for (slot, _), row in newest.items()
    )
    return tuple(replace(visit, entity=office.first(visit.entity)) for visit in visits)


def read_visit(slot: str, row: VisitRecord, drawn: Mapping[str, Any], *, is_made: bool) -> Visited:
    """Put a row and what was drawn for it together."""
    return Visited(
        slot=slot,
        period=slot[:7],
        entity=row.entity,
        domains=tuple(drawn["domains"]),
        day=row.day,
        team=tuple(drawn.get("team", ())),
        expert=drawn.get("expert"),
        is_made=is_made,
        is_recorded=row.state is VisitState.RECORDED,
    )


def first_slot(records: Mapping[Slot, DrawRecord], slot: Slot) -> Slot:
    """Find the first draw of a chain."""
    before = records[slot].amends
    return slot if before is None else first_slot(records, before)


def depth_of(records: Mapping[Slot, DrawRecord], slot: Slot) -> int:
    """Count the draws before a draw in its chain."""
    before = records[slot].amends
    return 0 if before is None else 1 + depth_of(records, before)
