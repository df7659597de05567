"""What an office does on its days, at random: plans, draws, supplements, moves, ends, results; and how a month is closed.

Each draw is judged when it is run, by the books as they were on the day when it was committed: nothing is asked of it that nobody could
know by then.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.bundle import bundle_members
from inspect_cli.acts.draw.freeze import CommitOrder
from inspect_cli.acts.draw.supplement import commit_supplement, look_ahead
from inspect_cli.acts.draw.supplement_order import Away, Closure, Days, SupplementOrder
from inspect_cli.acts.registry.availability import grant_leave
from inspect_cli.acts.registry.inspectors import retire_inspector
from inspect_cli.acts.registry.recusals import recuse
from inspect_cli.acts.registry.retirement import RowOrder
from inspect_cli.acts.visit.endings import EndOrder, cancel_visits, carry_over_visits
from inspect_cli.acts.visit.move import MoveOrder, move_visit
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.promise import DicePromise
from inspect_cli.core.names import Domain, EntityId, InspectorId, Period, Slot
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.report import Verdict
from inspect_cli.core.verify.shape import members_of
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.core.visit.outcome import VisitState
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.errors import InputError, RefusedError, UsageMistake, say
from inspect_cli.files.plan_file import parse_plan
from inspect_cli.storage.calendar import add_blackout
from inspect_cli.storage.draws import DrawState, find_draws
from inspect_cli.storage.registries import add_inspectors
from inspect_cli.storage.visits import find_outcomes, find_visit_changes, find_visits
from tests.month_rules import Breach, Drawn, find_misdrawn, find_overloads, find_unfit, is_kept, why_refused
from tests.random_months import salt_of
from tests.random_office import LEAVE_OF, PEOPLE, Ordered, capable, first_slot, read_books, read_visits, result_of
from tests.random_registries import first_of, last_of, make_inspector, make_plan, next_period
from tests.sample_draw import order_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.storage.draws import DrawRecord
    from tests.month_rules import Visited
    from tests.random_office import Office

EARLY, LATE = 3, 12
"""How many acts fall on the days before a month, and on those after its first."""


def live(office: Office, months: int = 1, *further: Callable[[Office, Period], None]) -> None:
    """Let months in a row pass, each closed before the next; ``further`` acts may be done on any day beside the usual."""
    period = office.world.period
    for _ in range(months):
        for _ in range(6):
            if not any(drawn.plan.period == period for drawn in office.drawn.values()):
                commit(office, period)
        start, length = office.today, (last_of(period) - first_of(period)).days
        days = [office.chance.below(8) for _ in range(EARLY)] + [
            8 + office.chance.below(length - 2) for _ in range(LATE)
        ]
        for number in sorted(days):
            office.today = start + timedelta(days=number)
            bring_on(office)
            one = office.chance.one((*ACTS, *further))
            if attempt(office, one.__name__, partial(one, office, period)) and one not in BOOKKEEPING:
                watch(office)
        close(office, period)
        period = next_period(period)
        office.today = max(office.today, first_of(period) - timedelta(days=6))


def attempt(office: Office, name: str, act: Callable[[], object]) -> bool:
    """Try an act, and say whether it was done; it may be refused, and nothing else."""
    try:
        act()
    except (RefusedError, InputError, UsageMistake) as error:
        office.count[f"{name} refused: {error.what.template}"] += 1
        return False
    office.count[name] += 1
    return True


# Draws


def commit(office: Office, period: Period) -> None:
    """Commit a plan, or be refused."""
    chance, number = office.chance, len(office.plans) + 1
    plan = parse_plan(render_plan(make_plan(chance, office.world, period, number)), "plan.toml", office.world.bureau)
    drawn = Drawn(
        slot="", plan=plan, books=read_books(office, period), before=read_visits(office), held=held_by(office, period)
    )
    order = CommitOrder(plan=plan, bureau=office.world.bureau, software="tests", salts=salt_of)

    def act() -> None:
        record = draw.commit(office.store, office.actor(), order).draw
        office.plans[record.slot] = plan
        committed = parse_commitment(record.commitment)
        rows = map(json.loads, record.entities.splitlines())
        without: dict[str, tuple[str, ...]] = {
            office.first(row["id"]): tuple(row.get("without_matters", ())) for row in rows
        }
        office.drawn[record.slot] = replace(drawn, slot=record.slot, committed=committed, without=without)
        office.breaches += [
            Breach("refusal", f"{record.slot} is committed, though {one}") for one in why_refused(drawn)
        ]

    attempt(office, "commit", act)


def held_by(office: Office, period: str) -> frozenset[str]:
    """Name whoever is in the frame of a draw of a month that is not drawn yet."""
    with office.store.reading() as session:
        records = [one for one in find_draws(session, Period(period)) if one.state is not DrawState.VOID]
    rows = b"".join(one.entities for one in records if one.result is None).splitlines()
    return frozenset(office.first(json.loads(row)["id"]) for row in rows)


def render_plan(plan: Plan) -> bytes:
    """Write a plan as a file."""
    lines = [f'period = "{plan.period}"', f'name = "{plan.name}"', f'combine = "{plan.combine}"']
    lines += [f'rounding = "{plan.rounding.value}"', f"strata = {[one.value for one in plan.strata]}"]
    lines += [f"days_off = {[str(day) for day in plan.days_off]}", "[scope]"]
    lines += [f"{name} = {list(values)}" for name, values in plan.scope.fields]
    for share in plan.shares:
        lines += ["[[share]]", f'domain = "{share.domain}"', f'stratum = "{share.stratum}"']
        lines += [f'ratio = "{share.ratio}"' if share.number is None else f"number = {share.number}"]
        lines += [f"allow_zero = {str(share.allow_zero).lower()}"]
    for promise in plan.promises:
        lines += ["[[source]]", *(f"{key} = {value!r}" for key, value in promise.items())]
    return "\n".join(lines).encode()


def bring_on(office: Office) -> None:
    """Roll the dice of draws whose day has come, and mostly draw."""
    with office.store.reading() as session:
        waiting = [one for one in find_draws(session) if one.state in {DrawState.COMMITTED, DrawState.SEEDED}]
    for record in waiting:
        if office.chance.often(85):
            attempt(office, "run", partial(run, office, record))


def run(office: Office, record: DrawRecord) -> None:
    """Keep the values of a draw, draw, and have the draw judged."""
    slot, chance, bureau = record.slot, office.chance, office.world.bureau
    if record.entropy is None:
        sources = parse_commitment(record.commitment).sources
        values = tuple("".join(chance.one("0123456789") for _ in range(10)) for _ in sources)
        draw.keep_values(office.store, office.actor(), draw.SeedOrder(bureau=bureau, slot=slot, values=values))
    draw.run(office.store, office.actor(13), draw.RunOrder(bureau=bureau, slot=slot))
    judge(office, slot)


def judge(office: Office, slot: Slot) -> None:
    """Judge a draw that was just run by the books of the day of its commitment."""
    with office.store.reading() as session:
        records = {one.slot: one for one in find_draws(session) if one.state is not DrawState.VOID}
    first, made = first_slot(records, slot), set(map(office.first, result_of(records[slot])))
    here = [one for one in read_visits(office) if one.slot == first and one.is_made and one.day is not None]
    if slot == first:
        selection = json.loads(records[slot].result or b"")["selection"]
        selected: dict[str, tuple[str, ...]] = {office.first(one["entity"]): tuple(one["drawn"]) for one in selection}
        office.drawn[slot] = replace(office.drawn[slot], selected=selected)
        office.breaches += find_misdrawn(office.drawn[slot])
        books = office.drawn[slot].books
    else:
        order = office.ordered[slot]
        books = order.books
        left = [
            one
            for one in here
            if one.entity not in made | order.stuck and not one.is_recorded and one.day and one.day >= order.today
        ]
        office.breaches += [Breach("left behind", f"{slot}: {one}") for one in left if not is_kept(books, one)]
    new = [one for one in here if one.entity in made]
    office.breaches += [
        replace(one, what=f"{slot}: {one.what}") for one in find_unfit(books, list(office.drawn.values()), new)
    ]


def void(office: Office, period: Period) -> None:
    """Declare a draw void."""
    with office.store.reading() as session:
        slots = [one.slot for one in find_draws(session, period) if one.result is None or office.chance.often(20)]
    if not slots:
        raise RefusedError(say("there is no draw"))
    slot = office.chance.one(slots)
    draw.void(office.store, office.actor(), draw.VoidOrder(bureau=office.world.bureau, slot=slot, approval=LEAVE_OF))
    office.plans.pop(slot, None)


def plan_again(office: Office, period: Period) -> None:
    """Commit one more plan for the month."""
    commit(office, period)


# Supplements


def supplement(office: Office, period: Period) -> None:
    """Order a supplement of some draw, for anything or nothing."""
    chance, today = office.chance, office.today
    slots = sorted({one.slot for one in read_visits(office) if one.period == period})
    if not slots:
        raise RefusedError(say("there is no visit"))
    source = today + timedelta(days=chance.one((0, 0, 1, 3)))
    at = f"{source.isoformat()}T{chance.between(14, 20)}:00:00+08:00"
    pairs = make_pairs(office, period)
    alone = bool(pairs["recused"])  # a recusal is ordered by itself
    order = SupplementOrder(
        bureau=office.world.bureau,
        slot=Slot(chance.one(slots)),
        sources=(DicePromise(name="dice", at=at, count=10, sides=10),),
        approval=LEAVE_OF,
        software="tests",
        salts=salt_of,
        recusal_reason=RecusalReason.KIN,
        away=() if alone else tuple(make_away(office) for _ in range(chance.one((0, 0, 1, 1, 2)))),
        added=() if alone else tuple(newcomer(office) for _ in range(chance.one((0, 0, 0, 1)))),
        **pairs,
    )
    with office.store.reading() as session:
        affected = look_ahead(session, office.actor(), order).affected
    record = commit_supplement(office.store, office.actor(), order).draw
    office.lost += [
        Blackout(
            first=one.days.first or today,
            last=one.days.last or today,
            reason="x",
            entity=None if one.entity is None else office.first(one.entity),
        )
        for one in order.closed
    ]
    books = read_books(office, period)
    office.ordered[record.slot] = Ordered(
        today=today,
        books=replace(books, blackouts=(*books.blackouts, *office.lost)),
        stuck=frozenset(
            {office.first(one) for one, _ in affected.stuck} | {office.first(one) for _, one in affected.unaided}
        ),
    )


def make_away(office: Office) -> Away:
    """Make somebody, or a squad, unable to work for some days."""
    chance, today = office.chance, office.today
    first = today + timedelta(days=chance.one((0, 0, 1, 4)))
    days = Days(first=first, last=first + timedelta(days=chance.one((0, 2, 6))))
    if chance.often(25):
        return Away(who="一中队", days=days, is_squad=True)
    return Away(who=chance.one(sorted(office.world.inspectors)), days=days)


def make_pairs(office: Office, period: str) -> dict[str, Any]:
    """Choose who leaves a visit or is recused from it, and which days are closed."""
    chance = office.chance
    visits = [one for one in read_visits(office) if one.day is not None and one.period == period and one.is_made]
    made: dict[str, Any] = {"recused": (), "leaving": (), "closed": ()}
    if visits:
        visit = chance.one(visits)
        pair = (InspectorId(chance.one(visit.people)), office.name(visit.entity))
        what = chance.one(("recused", "leaving", "closed", "lost", "nothing", "nothing"))
        days = Days(first=visit.day, last=visit.day)
        if what in {"recused", "leaving"}:
            made[what] = (pair,)
        elif what != "nothing":
            made["closed"] = (Closure(entity=None if what == "lost" else pair[1], days=days),)
    return made


def newcomer(office: Office) -> InspectorId:
    """Put somebody new on the roster."""
    name = InspectorId(f"N{len(office.world.inspectors):02}")
    person = capable(office.chance, make_inspector(office.chance, name, office.world), office.world)
    office.world.inspectors[name] = person
    with office.store.transaction() as session:
        add_inspectors(session, [person])
    return name


# Other acts


def enter_leave(office: Office, period: Period) -> None:
    """Enter leave, for days that may be past or of another month."""
    chance = office.chance
    first = office.today + timedelta(days=chance.between(-2, 10))
    name = InspectorId(chance.one(sorted(office.world.inspectors)))
    leave = Leave(inspector=name, first=first, last=first + timedelta(days=chance.below(9)), reason=f"{period} 病假")
    grant_leave(office.store, office.actor(), PEOPLE, leave)


def enter_recusal(office: Office, _period: Period) -> None:
    """Enter a recusal by hand."""
    chance, world = office.chance, office.world
    person, entity = InspectorId(chance.one(sorted(world.inspectors))), office.name(chance.one(sorted(world.entities)))
    recusal = Recusal(inspector=person, entity=entity, reason=RecusalReason.KIN, start=office.today)
    recuse(office.store, office.actor(), PEOPLE, recusal)


def retire(office: Office, _period: Period) -> None:
    """Let somebody leave the roster."""
    name = office.chance.one(sorted(office.world.inspectors))
    retire_inspector(office.store, office.actor(), RowOrder(id=name, reason="调离", people=PEOPLE))


def black_out(office: Office, _period: Period) -> None:
    """Close days of a company, a zone, or the bureau."""
    chance, world = office.chance, office.world
    first, what = office.today + timedelta(days=chance.below(9)), chance.below(4)
    one = Blackout(
        first=first,
        last=first + timedelta(days=chance.one((0, 0, 2))),
        reason="台风",
        zone=chance.one(world.bureau.zones) if what == 0 else None,
        entity=EntityId(chance.one(sorted(world.entities))) if what > 1 else None,
    )
    with office.store.transaction() as session:
        add_blackout(session, one)


def some_visit(office: Office, period: str) -> Visited:
    """Choose a visit of the month; it may have ended, or be open."""
    visits = [one for one in read_visits(office) if one.period == period]
    if not visits:
        raise RefusedError(say("there is no visit"))
    return office.chance.one(visits)


def move(office: Office, period: Period) -> None:
    """Move a visit to some day; where it goes, it can be made."""
    visit, chance = some_visit(office, period), office.chance
    day = chance.one(office.drawn[visit.slot].days)
    order = MoveOrder(
        bureau=office.world.bureau, slot=Slot(visit.slot), entity=office.name(visit.entity), day=day, reason="x"
    )
    if move_visit(office.store, office.actor(), order).is_new:
        here = replace(visit, day=day)
        office.breaches += find_unfit(read_books(office, period), list(office.drawn.values()), [here])


def end(office: Office, period: Period) -> None:
    """Cancel a visit, or carry it over."""
    visit = some_visit(office, period)
    order = EndOrder(
        bureau=office.world.bureau, slot=Slot(visit.slot), approval=LEAVE_OF, entities=(office.name(visit.entity),)
    )
    office.chance.one((cancel_visits, carry_over_visits))(office.store, office.actor(), order)


def record(office: Office, period: Period) -> None:
    """Record what some visits found, on their day or later."""
    for visit in read_visits(office):
        if visit.period == period and visit.day and visit.day <= office.today and office.chance.often(50):
            attempt(office, "record one", partial(record_one, office, visit))


def record_one(office: Office, visit: Visited) -> None:
    """Record what a visit found."""
    results = {Domain(domain): ResultClass(office.chance.one((1, 5, 9))) for domain in visit.domains[:1]}
    results |= {Domain(domain): results[Domain(visit.domains[0])] for domain in visit.domains}
    claims = Claims(results=results, methods={}, findings={}, follow_ups=order_all(results, "2099-12-31"))
    order = RecordOrder(slot=Slot(visit.slot), entity=office.name(visit.entity), claims=claims)
    record_visit(office.store, office.actor(), office.world.bureau, order)


ACTS: tuple[Callable[[Office, Period], None], ...] = (
    supplement, supplement, supplement, supplement, plan_again, enter_leave, enter_leave, enter_recusal, retire, black_out,
    move, move, move, move, end, end, record, record, record, record, void,
)  # fmt: skip
BOOKKEEPING = (enter_leave, enter_recusal, retire, black_out)


# Watching, and closing a month


def watch(office: Office) -> None:
    """Judge what must hold at all times: caps of people, one visit a month for a company, at most one end for each visit."""
    visits = [one for one in read_visits(office) if one.is_made and one.day is not None]
    books = read_books(office, office.world.period)
    office.breaches += find_overloads(books, list(office.drawn.values()), visits)
    office.breaches += [Breach("ends", what) for what, number in count_ends(office) if number > 1]


def count_ends(office: Office) -> list[tuple[str, int]]:
    """Count the ends of each visit that a draw which is not void gave a row, and of each that ought to have one."""
    with office.store.reading() as session:
        records = {one.slot: one for one in find_draws(session) if one.state is not DrawState.VOID}
        rows = {(one.slot, one.entity): one for one in find_visits(session)}
        changes, outcomes = find_visit_changes(session), find_outcomes(session)
    ends = Counter((one.slot, one.entity) for one in changes if one.kind is not ChangeKind.MOVED)
    found = Counter({(one.slot, one.entity): 1 for one in outcomes})
    over = {ChangeKind.CANCELLED, ChangeKind.CARRIED_OVER}
    gone = {(first_slot(records, one.slot), one.entity) for one in changes if one.slot in records and one.kind in over}
    listed = []
    for slot, record in records.items():
        for entity in result_of(record):
            row = rows.get((slot, EntityId(entity)))
            if row is None:
                listed.append((f"{slot} {entity} has no row", 1 if (first_slot(records, slot), entity) in gone else 9))
            else:
                recorded = row.state is VisitState.RECORDED
                both = recorded == bool(found[slot, row.entity])
                listed.append((f"{slot} {entity}", ends[slot, row.entity] + recorded if both else 9))
    return listed


def close(office: Office, period: Period) -> None:
    """Close a month: draw what waits, record what was made, end what is open; then each visit has exactly one end, and all verifies."""
    office.today = last_of(period) + timedelta(days=3)
    with office.store.reading() as session:
        waiting = [one for one in find_draws(session) if one.state in {DrawState.COMMITTED, DrawState.SEEDED}]
    for one in waiting:
        run(office, one)
    for visit in read_visits(office):
        if visit.period == period and visit.is_made:
            finish(office, visit)
    watch(office)
    office.breaches += [Breach("ends", f"{what}: {number}") for what, number in count_ends(office) if number != 1]
    office.breaches += [Breach("verification", what) for what in find_doubts(office)]


def finish(office: Office, visit: Visited) -> None:
    """End a visit, unless it has its end."""
    if visit.is_recorded:
        return
    if visit.day is not None:
        record_one(office, visit)
    else:
        order = EndOrder(
            bureau=office.world.bureau, slot=Slot(visit.slot), approval=LEAVE_OF, entities=(office.name(visit.entity),)
        )
        office.chance.one((cancel_visits, carry_over_visits))(office.store, office.actor(), order)


def find_doubts(office: Office) -> list[str]:
    """Verify the bundle of each draw, and give every check that does not say VERIFIED, evidence that is not read yet aside."""
    with office.store.reading() as session:
        slots = [one.slot for one in find_draws(session) if one.state is DrawState.DRAWN]
    found = []
    for slot in slots:
        checks = verify(members_of(bundle_members(office.store, slot))).checks[:-2]
        found += [f"{slot} {one.id}: {one.detail}" for one in checks if one.verdict is not Verdict.VERIFIED]
    return found
