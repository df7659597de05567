"""What goes wrong after a draw, made at random, and the supplementary draws that mend it, in the plain values of the rules.

The books change first: somebody falls ill, a recusal is granted, a certificate is lost, a company asks for another day. Then each draw
of the month is asked for what it has to draw again. Where that is refused, the operator cancels what cannot be made; what nobody had
to cancel must be right.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.freeze import freeze_inspector
from inspect_cli.core.draw.promise import DicePromise
from inspect_cli.core.draw.supplement.affected import find_affected
from inspect_cli.core.draw.supplement.build import Newcomer, SupplementRequest, build_supplement
from inspect_cli.core.draw.supplement.situation import Cause, Situation, Wishes
from inspect_cli.core.draw.supplement.standing import Chain, standing_of
from inspect_cli.core.draw.supplement.wish_check import require_sensible
from inspect_cli.core.names import Domain, EntityId, InspectorId, Slot
from inspect_cli.core.plan.frame.gathered import Carried
from inspect_cli.core.plan.frame.roster import build_row
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason
from inspect_cli.errors import InputError, RefusedError, UsageMistake
from tests.month_rules import barred_by, is_at_work, is_blacked_out, is_kept, month_cap
from tests.random_months import Story, finish, gather, in_force, salt_of
from tests.random_registries import make_inspector, next_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.month_rules import Visited
    from tests.random_months import Live


@dataclass(kw_only=True)
class Trouble:
    """What happened on a day, and what is asked for because of it, whatever the draw."""

    today: date
    absent: dict[str, set[date]] = field(default_factory=dict)
    leaving: set[tuple[str, str]] = field(default_factory=set)
    recused: set[tuple[str, str]] = field(default_factory=set)
    closed: dict[str, set[date]] = field(default_factory=dict)
    lost: set[date] = field(default_factory=set)
    added: list[str] = field(default_factory=list)


def trouble(story: Story, period: str) -> None:
    """Let some things go wrong in a month, one after another, each mended before the next."""
    lives = [live for live in story.lives if live.period == period]
    days = sorted({day for live in lives for day in live.drawn.days})
    todays = sorted({story.chance.one(days) for _ in range(story.chance.between(1, 3))}) if days else []
    for number, today in enumerate(todays):
        happened = Trouble(today=today)
        visits = [one for live in lives for one in in_force(live) if one.is_made]
        for _ in range(story.chance.between(1, 3)):
            happen(story, happened, visits)
        for live in lives:
            mend(story, live, happened, number)
        story.judge()
    if todays:
        end_some(story, lives)
        story.judge()


TROUBLES = (
    "ill",
    "ill",
    "squad",
    "recusal",
    "leaving",
    "closed",
    "blackout",
    "zone",
    "lost",
    "certificate",
    "gone",
    "new",
)


def happen(story: Story, happened: Trouble, visits: list[Visited]) -> None:
    """Let one thing go wrong: the books say it from today on."""
    chance, world, today = story.chance, story.world, happened.today
    last = today + timedelta(days=chance.one((0, 1, 3, 6, 20)))
    planned = [visit for visit in visits if visit.day is not None and visit.day >= today]
    what, person = chance.one(TROUBLES), chance.one(sorted(world.inspectors))
    story.count[what] += 1
    if what == "ill":
        fall_ill(story, happened, [person], last)
    elif what == "squad":
        fall_ill(story, happened, [id for id, one in world.inspectors.items() if one.squad == "一中队"], last)
    elif what in {"recusal", "leaving", "closed"}:
        drop_out(story, happened, what, planned)
    elif what in {"blackout", "zone", "lost"}:
        black_out(story, happened, what, min(last, today + timedelta(days=3)))
    elif what == "certificate":
        world.inspectors[person] = replace(world.inspectors[person], valid_until=last)
    elif what == "gone":
        world.inspectors[person] = replace(world.inspectors[person], retired=last)
    else:
        name = InspectorId(f"N{len(world.inspectors):02}")
        world.inspectors[name] = make_inspector(chance, name, world)
        happened.added.append(name)


def drop_out(story: Story, happened: Trouble, what: str, planned: list[Visited]) -> None:
    """Let somebody leave a visit, be recused from it, or the company ask for another day."""
    chance, world = story.chance, story.world
    if not planned:
        return
    visit = chance.one(planned)
    pair = (chance.one(visit.people), visit.entity)
    if what == "leaving":
        happened.leaving.add(pair)
    elif what == "closed":
        assert visit.day is not None
        happened.closed.setdefault(visit.entity, set()).add(visit.day)
        world.blackouts.append(Blackout(first=visit.day, last=visit.day, reason="盘点", entity=EntityId(visit.entity)))
    else:
        people = [pair[0]]
        if chance.often(50):
            happened.recused.add(pair)
        else:  # entered in the books by hand, and of people who are on no visit there
            people = chance.some(sorted(world.inspectors), 40)
        world.recusals += [
            Recusal(
                inspector=InspectorId(one),
                entity=EntityId(visit.entity),
                reason=RecusalReason.KIN,
                start=happened.today,
            )
            for one in people
        ]


def black_out(story: Story, happened: Trouble, what: str, last: date) -> None:
    """Leave a company, a zone or everybody alone for some days from today on."""
    chance, world, today = story.chance, story.world, happened.today
    entity = EntityId(chance.one(sorted(world.entities))) if what == "blackout" else None
    zone = chance.one(world.bureau.zones) if what == "zone" else None
    world.blackouts.append(Blackout(first=today, last=last, reason="台风", zone=zone, entity=entity))
    if what == "lost" and chance.often(50):
        happened.lost |= {today + timedelta(days=number) for number in range((last - today).days + 1)}


def fall_ill(story: Story, happened: Trouble, people: Iterable[str], last: date) -> None:
    """Enter leave from today on; some of it is told to the supplement as well, as a person would."""
    for name in people:
        story.world.leave.append(Leave(inspector=InspectorId(name), first=happened.today, last=last, reason="病假"))
        if story.chance.often(50):
            days = {happened.today + timedelta(days=number) for number in range((last - happened.today).days + 1)}
            happened.absent.setdefault(name, set()).update(days)


# Mending


def mend(story: Story, live: Live, happened: Trouble, number: int) -> None:
    """Draw again what a draw has to draw again; where it cannot be, cancel what cannot be made."""
    assert live.chain is not None
    at = f"{happened.today.isoformat()}T1{number}:00:00+08:00"
    source = DicePromise(name="dice", at=at, count=10, sides=10)
    wishes = read_wishes(story, live, happened, source)
    situation = story.forget(situate(story, live, happened.today))
    try:
        require_sensible(live.chain, wishes, situation)
        affected = find_affected(live.chain, wishes, situation)
        request = SupplementRequest(
            slot=Slot(f"{live.drawn.slot}/{number + 2}"),
            sources=wishes.sources,
            changes=affected.changes,
            absent=affected.absent,
            added=wishes.added,
        )
        made = build_supplement(live.chain, request)
    except (RefusedError, UsageMistake, InputError) as error:
        story.count[f"no supplement: {error.what.template}"] += 1
        cancel_broken(story, live, happened.today)
        return
    story.count["supplement"] += 1
    live.gone |= {entity for entity, _ in affected.stuck}
    live.missing |= set(affected.unaided)
    finished = finish(story, made.commitment, made.frame)
    live.chain = Chain(first=live.chain.first, supplements=(*live.chain.supplements, finished))


def read_wishes(story: Story, live: Live, happened: Trouble, source: DicePromise) -> Wishes:
    """Give what is asked of one draw: what concerns it, for it is asked for by somebody who knows who is on its visits."""
    assert live.chain is not None
    standing = standing_of(live.chain)
    planned = {one.entity: one for one in in_force(live) if one.is_made and one.day and one.day >= happened.today}

    def concerned(pairs: set[tuple[str, str]]) -> frozenset[tuple[InspectorId, EntityId]]:
        sitting = [pair for pair in sorted(pairs) if pair[1] in planned and pair[0] in planned[pair[1]].people]
        return frozenset((InspectorId(person), EntityId(entity)) for person, entity in sitting)

    return Wishes(
        sources=(source,),
        reason="r",
        absent={
            InspectorId(name): frozenset(map(str, days))
            for name, days in happened.absent.items()
            if name in standing.roster
        },
        leaving=concerned(happened.leaving),
        recused=concerned(happened.recused),
        closed={
            EntityId(name): frozenset(day.isoformat() for day in live.drawn.days if day in days)
            for name, days in happened.closed.items()
            if name in planned and planned[name].day in days
        },
        lost=frozenset(map(str, happened.lost)) & frozenset(map(str, live.drawn.days)),
        added=tuple(newcomers(story, live, happened)),
    )


def newcomers(story: Story, live: Live, happened: Trouble) -> Iterable[Newcomer]:
    """Give the rows of those who are new and can still work."""
    assert live.chain is not None
    gathered = gather(story, live.drawn.plan, without=live)
    for name in sorted(happened.added):
        row = build_row(story.world.inspectors[name], gathered, live.drawn.days)
        days = () if row is None else tuple(one for one in row.days if one.day > happened.today)
        if row is not None and days:
            yield Newcomer(row=freeze_inspector(replace(row, days=days), salt_of), reason="new")


def situate(story: Story, live: Live, today: date) -> Situation:
    """Work out by hand what the books say about one draw."""
    assert live.chain is not None
    books, roster = story.books(), standing_of(live.chain).roster
    mine = {one.entity: one for one in in_force(live)}
    others = [one for one in story.visits() if one.period == live.period and one.slot != live.drawn.slot]
    seats = [(name, one.day) for one in others if one.day is not None for name in one.people]
    away = {}
    for name in roster:
        person = books.inspectors[name]
        away[name] = {str(day): Cause.LEAVE for day in live.drawn.days if not is_at_work(books, person, day)}
    first, last = f"{live.period}-01", f"{live.period}-31"
    return Situation(
        today=str(today),
        recorded=frozenset(EntityId(name) for name, one in mine.items() if one.is_made and one.day and one.day < today),
        ended=frozenset(EntityId(name) for name, one in mine.items() if not one.is_made),
        away=away,
        taken={InspectorId(name): frozenset(str(day) for who, day in seats if who == name) for name, _ in seats},
        recused=frozenset(
            (one.inspector, entity)
            for one in books.recusals
            if str(one.start or first) <= last and str(one.end or last) >= first
            for entity in map(EntityId, barred_by(one, books))
        ),
        shut={
            EntityId(name): frozenset(str(day) for day in live.drawn.days if is_blacked_out(books, name, day))
            for name in mine
        },
        limits={
            InspectorId(name): month_cap(live.drawn, books.inspectors[name]) - sum(who == name for who, _ in seats)
            for name, _ in seats
        },
    )


def cancel_broken(story: Story, live: Live, today: date) -> None:
    """Cancel what can no longer be made; nothing of the days before today."""
    books = story.books()
    for visit in in_force(live):
        if visit.is_made and visit.day is not None and visit.day >= today and not is_kept(books, visit):
            story.count["cancelled"] += 1
            live.gone.add(visit.entity)


def end_some(story: Story, lives: list[Live]) -> None:
    """Cancel some visits and carry others over to the next month, open ones above all."""
    for live in lives:
        for visit in in_force(live):
            if visit.is_made and story.chance.often(60 if visit.day is None else 5):
                live.gone.add(visit.entity)
                if story.chance.often(60):
                    story.count["carried over"] += 1
                    one = Carried(
                        slot=Slot(live.drawn.slot),
                        entity=EntityId(visit.entity),
                        domains=tuple(map(Domain, visit.domains)),
                    )
                    story.carried.append((next_period(live.period), one))
