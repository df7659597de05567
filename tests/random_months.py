"""Random months in the plain values of the rules: plans are made and frozen, drawn, disturbed, and drawn again. No store, no acts.

What other draws hold is gathered here by hand, as the page of the plan says it; what is judged is told by ``month_rules``. A month
follows from its number: ``tell(7)`` tells the seventh again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.freeze import CommitOrder, make_commitment
from inspect_cli.core.draw.outcome import draw
from inspect_cli.core.draw.promise import DicePromise
from inspect_cli.core.draw.seed import Entropy
from inspect_cli.core.draw.supplement.standing import Chain, FinishedDraw
from inspect_cli.core.names import Domain, EntityId, InspectorId, Slot
from inspect_cli.core.people import Actor
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.frame.gathered import Carried, Gathered, PastTeam, Seat, Undrawn
from inspect_cli.core.plan.shortage.hall import prove_shortages
from inspect_cli.core.plan.soundness import find_faults
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from tests.month_rules import Books, Breach, Drawn, Visited, find_breaches, find_misdrawn, why_refused
from tests.random_draws import Chance
from tests.random_registries import first_of, last_of, make_plan, make_world, next_period, workdays_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame
    from inspect_cli.core.draw.supplement.situation import Situation
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.plan.shortage.proof import Shortage
    from tests.random_registries import World

Blind = Callable[["Gathered"], "Gathered"]
Forget = Callable[["Situation"], "Situation"]
Disturb = Callable[["Story", str], None]


@dataclass(kw_only=True)
class Live:
    """A draw that was committed, with its supplements once it is drawn.

    ``gone`` are visits cancelled or carried over, ``missing`` experts who dropped out too late; ``shortages`` is what was proved to be
    short before it was drawn, which the acts would have refused.
    """

    drawn: Drawn
    commitment: Commitment
    frame: FrozenFrame
    chain: Chain | None = None
    gone: set[str] = field(default_factory=set)
    missing: set[tuple[str, str]] = field(default_factory=set)
    shortages: tuple[Shortage, ...] = ()

    @property
    def period(self) -> str:
        """Its month."""
        return self.commitment.period


@dataclass(kw_only=True)
class Story:
    """What happened in some months: the books in the end, the draws in their order, and what the judge found."""

    chance: Chance
    world: World
    blind: Blind
    forget: Forget
    lives: list[Live] = field(default_factory=list)
    carried: list[tuple[str, Carried]] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)

    def books(self, period: str | None = None) -> Books:
        """Give the books as they stand, for the judge; ``period`` is a month of which nothing was committed yet."""
        world = self.world
        days = frozenset(
            day
            for month in {live.period for live in self.lives} | {period}
            for day in workdays_of(month or world.period)
        )
        return Books(
            bureau=world.bureau,
            entities=dict(world.entities),
            inspectors=dict(world.inspectors),
            leave=tuple(world.leave),
            recusals=tuple(world.recusals),
            ledger=tuple(world.ledger),
            blackouts=tuple(world.blackouts),
            allowances=tuple(world.allowances),
            workdays=days,
            matters=world.matters,
            carried=frozenset((period, one.entity, domain) for period, one in self.carried for domain in one.domains),
        )

    def visits(self) -> tuple[Visited, ...]:
        """Give the visits in force of all draws."""
        return tuple(visit for live in self.lives for visit in in_force(live))

    def judge(self) -> None:
        """Let the judge look at all visits as they stand now."""
        self.breaches += find_breaches(self.books(), [live.drawn for live in self.lives if live.chain], self.visits())


def unblinded(gathered: Gathered) -> Gathered:
    """Let a plan see everything."""
    return gathered


def unforgotten(situation: Situation) -> Situation:
    """Let a supplement know everything."""
    return situation


def tell(number: int, disturb: Disturb, blind: Blind = unblinded, forget: Forget = unforgotten) -> Story:
    """Let one or two months in a row happen, to which ``disturb`` brings trouble.

    ``blind`` takes from a plan, ``forget`` from a supplement, what it is not to see.
    """
    chance = Chance(f"month {number}")
    story = Story(chance=chance, world=make_world(chance), blind=blind, forget=forget)
    period = story.world.period
    for _ in range(chance.one((1, 1, 2))):
        pending: list[Live] = []
        for place in range(chance.one((1, 1, 2))):
            live = commit(story, make_plan(chance, story.world, period, place + 1))
            pending += [] if live is None else [live]
            if chance.often(70):
                run_all(story, pending)
        run_all(story, pending)
        if chance.often(80):
            disturb(story, period)
        period = next_period(period)
    return story


def run_all(story: Story, pending: list[Live]) -> None:
    """Draw what was committed, and have it judged."""
    for live in pending:
        run(story, live)
    if pending:
        story.judge()
    pending.clear()


# First draws


def commit(story: Story, plan: Plan) -> Live | None:
    """Freeze a plan, unless it cannot be met; then the reasons are kept."""
    gathered = story.blind(gather(story, plan))
    frame = build_frame(gathered)
    faults = find_faults(gathered, frame)
    slot = Slot(f"{plan.period}/{len(story.lives) + 1}")
    drawn = Drawn(
        slot=slot,
        plan=plan,
        books=story.books(plan.period),
        before=story.visits(),
        held=frozenset(
            row.id
            for live in story.lives
            if live.chain is None and live.period == plan.period
            for row in live.frame.entities
        ),
    )
    reasons = why_refused(drawn)
    if bool(faults) != bool(reasons):
        story.breaches.append(Breach("refusal", f"{slot}: {[str(fault.what) for fault in faults]}, due are {reasons}"))
    if faults:
        story.count["refused"] += 1
        return None
    order = CommitOrder(plan=plan, bureau=story.world.bureau, software="tests", salts=salt_of)
    clock = datetime.fromisoformat(f"{first_of(plan.period).isoformat()}T08:00:00+08:00")
    commitment, frozen = make_commitment(frame, slot, Actor(name="甲", clock=clock, day=gathered.today), order)
    without: dict[str, tuple[str, ...]] = {
        row.id: tuple(json.loads(row.others).get("without_matters", ())) for row in frozen.entities
    }
    live = Live(drawn=replace(drawn, committed=commitment, without=without), commitment=commitment, frame=frozen)
    live.shortages = prove_shortages(plan, frame)
    story.lives.append(live)
    return live


def run(story: Story, live: Live) -> None:
    """Roll the dice and draw."""
    finished = finish(story, live.commitment, live.frame)
    selected: dict[str, tuple[str, ...]] = {one.entity: one.drawn for one in finished.result.selection}
    live.drawn, live.chain = replace(live.drawn, selected=selected), Chain(first=finished)
    story.breaches += find_misdrawn(live.drawn)
    if live.shortages:
        story.count["proved short"] += 1
        if all(visit.day for visit in finished.result.visits):
            story.breaches.append(Breach("proof", f"{live.drawn.slot} is staffed, though short of {live.shortages}"))


def finish(story: Story, commitment: Commitment, frame: FrozenFrame) -> FinishedDraw:
    """Roll the dice of a commitment, and draw."""
    entropy = tuple(
        Entropy(promise=source, value="".join(story.chance.one("0123456789") for _ in range(10)))
        for source in commitment.sources
        if isinstance(source, DicePromise)
    )
    return FinishedDraw(
        commitment=commitment,
        frame=frame,
        result=draw(commitment, frame.entities, frame.inspectors, entropy),
    )


def salt_of(row: str) -> str:
    """Give the salt of a row."""
    return sha256(row.encode()).hexdigest()[:32]


def in_force(live: Live) -> tuple[Visited, ...]:
    """Give the visits in force of one draw and its supplements."""
    if live.chain is None:
        return ()
    newest = {visit.entity: visit for one in (live.chain.first, *live.chain.supplements) for visit in one.result.visits}
    return tuple(
        Visited(
            slot=live.drawn.slot,
            period=live.period,
            entity=visit.entity,
            domains=visit.domains,
            day=None if visit.day is None else date.fromisoformat(visit.day),
            team=visit.team,
            expert=None if (visit.expert, visit.entity) in live.missing else visit.expert,
            is_made=visit.entity not in live.gone,
        )
        for visit in newest.values()
    )


# What a plan sees


def gather(story: Story, plan: Plan, without: Live | None = None) -> Gathered:
    """Gather what a plan is worked out from, by hand; ``without`` is the draw whose supplement looks at the others."""
    world = story.world
    here = [live for live in story.lives if live.period == plan.period and live is not without]
    seats = [
        Seat(inspector=InspectorId(name), day=visit.day)
        for live in here
        for visit in in_force(live)
        if visit.day is not None
        for name in visit.people
    ]
    return Gathered(
        plan=plan,
        bureau=world.bureau,
        today=date.fromisoformat(str(plan.promises[0]["at"])[:10]),
        entities=tuple(world.entities.values()),
        inspectors=tuple(world.inspectors.values()),
        matters=world.matters,
        working_days=workdays_of(plan.period),
        leave=tuple(world.leave),
        recusals=tuple(world.recusals),
        visits=(*world.ledger, *own_visits(story)),
        drawn=tuple(EntityId(visit.entity) for live in here for visit in in_force(live)),
        undrawn=tuple(undrawn(live) for live in here if live.chain is None),
        seats=tuple(seats),
        past_teams=tuple(past_teams(story, plan.period)),
        carried=tuple(one for period, one in story.carried if period == plan.period),
        blackouts=tuple(world.blackouts),
        allowances=tuple(one for one in world.allowances if one.period == plan.period),
    )


def undrawn(live: Live) -> Undrawn:
    """Say what a draw holds that is committed and not yet drawn."""
    return Undrawn(
        slot=Slot(live.drawn.slot),
        entities=tuple(row.id for row in live.frame.entities),
        days=tuple(
            Seat(inspector=row.id, day=date.fromisoformat(day)) for row in live.frame.inspectors for day, _ in row.days
        ),
        most=tuple((row.id, min(row.month_cap, sum(cap for _, cap in row.days))) for row in live.frame.inspectors),
    )


def own_visits(story: Story) -> Iterable[LedgerVisit]:
    """Give the planned and made visits of our own draws as the ledger would list them."""
    for visit in story.visits():
        if visit.day is not None and visit.is_made:
            yield LedgerVisit(
                entity=EntityId(visit.entity),
                day=visit.day,
                kind=VisitKind.COMBINED,
                domains=tuple(map(Domain, visit.domains)),
                department=story.world.bureau.name,
                source=visit.slot,
            )


def past_teams(story: Story, period: str) -> Iterable[PastTeam]:
    """Name who visited each company last."""
    last: dict[str, Visited] = {}
    for visit in sorted(story.visits(), key=lambda visit: visit.day or date.min):
        if visit.day is not None and visit.is_made and visit.day <= last_of(period):
            last[visit.entity] = visit
    for name, visit in last.items():
        yield PastTeam(entity=EntityId(name), team=tuple(map(InspectorId, visit.team)))
