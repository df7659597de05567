"""Companies that change their numbers at random moments of an office's months, and what may differ by it: nothing but the names.

What is looked at is what the program itself reads: the frames of plans, what the books say of each chain, the year, the status, the
schedules. Before and after the change it must be the same, up to the names; the judge of the months sees to the rest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspect_cli.acts.draw import books as chains
from inspect_cli.acts.draw.chains import find_chains
from inspect_cli.acts.plan.gathering import gather
from inspect_cli.acts.plan.year import YearQuestion, read_year
from inspect_cli.acts.registry.renumber import RenumberOrder, renumber_entity
from inspect_cli.acts.status import Asked, read_status
from inspect_cli.acts.visit.schedule import read_schedule
from inspect_cli.core.names import EntityId, Period
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.registry.number import NumberOrder
from inspect_cli.files.plan_file import parse_plan
from tests.month_rules import Breach
from tests.random_days import render_plan
from tests.random_draws import Chance
from tests.random_office import PEOPLE
from tests.random_registries import make_plan, next_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.plan import Plan
    from tests.random_office import Office


def renumber(office: Office, _period: Period) -> None:
    """Let a company change its number, now and then back to the one that it had; all that can be seen is what it was."""
    chance = office.chance
    entity = chance.one(sorted(office.world.entities))
    old, count = office.now.get(entity, EntityId(entity)), len(office.numbers)
    new = EntityId(entity) if entity in office.now and chance.often(30) else EntityId(f"{entity}-{count}")
    plans = [some_plan(office, period) for period in (office.world.period, next_period(office.world.period))]
    before = dict(see(office, plans))
    order = NumberOrder(old=old, new=new, reason="换发统一社会信用代码")
    renumber_entity(office.store, office.actor(), RenumberOrder(number=order, people=PEOPLE))
    office.numbers |= {new: entity, entity: entity}
    office.now[entity] = new
    after = dict(see(office, plans))
    office.breaches += [
        Breach("renumbered", f"{old} → {new}, {what}: {before.get(what)} became {after.get(what)}")
        for what in sorted({*before, *after})
        if before.get(what) != after.get(what)
    ]


def some_plan(office: Office, period: str) -> Plan:
    """Make some plan that nobody commits."""
    chance = Chance(f"another plan {office.today} {period} {len(office.numbers)}")
    return parse_plan(
        render_plan(make_plan(chance, office.world, Period(period), 59)), "plan.toml", office.world.bureau
    )


def see(office: Office, plans: list[Plan]) -> Iterator[tuple[str, object]]:
    """Give all that is seen of the store, by the numbers of the world."""
    bureau, today, clock = office.world.bureau, office.today, office.actor().clock
    with office.store.reading() as session:
        for plan in plans:
            gathered = gather(session, plan, bureau, today)
            yield f"frame {plan.period}", frame_of(office, build_frame(gathered))
            asked = Asked(period=plan.period, clock=clock, today=today)
            yield f"status {plan.period}", read_status(session, asked)
            for chain in find_chains(session, plan.period):
                if chain.drawn:
                    yield from see_chain(office, session, chain)
        year = int(office.world.period[:4])
        yield "year", read_year(session, YearQuestion(year=year, bureau=bureau, today=today)).lines


def frame_of(office: Office, frame: Frame) -> dict[str, Any]:
    """Give what a plan leads to, in no order of names."""
    return {
        "entities": {replace(row, id=office.first(row.id)) for row in frame.entities},
        "excluded": sorted((office.first(row.id), row.domain or "", row.reason) for row in frame.excluded),
        "roster": {
            replace(row, barred=tuple(sorted({office.first(one) for one in row.barred}))) for row in frame.roster
        },
        "quotas": (frame.computed, frame.quotas),
        "days": frame.days,
    }


def see_chain(office: Office, session: Session, chain: DrawChain) -> Iterator[tuple[str, object]]:
    """Give what the books say of a chain by now, and its schedule; the drawn numbers stay whatever changes."""
    slot = chain.first.slot
    known = chains.read_books(session, chain, office.world.bureau, office.today)
    drawn = frozenset(row.id for row in known.drawn.first.frame.entities)
    situation = chains.read_situation(session, known)
    yield (
        f"situation {slot}",
        replace(situation, recused=frozenset(one for one in situation.recused if one[1] in drawn)),
    )
    roster = chains.work_roster(known).values()
    yield f"bars {slot}", [(row.id, [one for one in row.barred if one in drawn]) for row in roster]
    schedule = read_schedule(session, slot)
    yield f"schedule {slot}", [replace(one, kept_as=None) for one in (*schedule.visits, *schedule.ended)]
