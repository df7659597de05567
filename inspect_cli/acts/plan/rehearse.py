"""A plan rehearsed before it is committed: frozen as a draw would freeze it, and drawn with seeds that nobody will ever use.

Nothing is written. The trials and what they come to are ``core.draw.rehearsal``'s matter. What lives here beside the reading: a further
day, which changes who can work and who can be visited.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.freeze import CommitOrder, make_commitment, software
from inspect_cli.acts.plan.check import require_sound
from inspect_cli.acts.plan.gathering import gather
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.rehearsal.remedy import TRIED, Caps, Change, Remedy, list_remedies, rank_remedies, try_remedy
from inspect_cli.core.draw.rehearsal.tally import tally
from inspect_cli.core.draw.rehearsal.trial import rehearsal_seeds, rehearse
from inspect_cli.core.names import Slot
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.shortage.hall import prove_shortages
from inspect_cli.core.plan.shortage.words import tell_shortage
from inspect_cli.core.plan.soundness import Fault, find_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.frame import FrozenFrame
    from inspect_cli.core.draw.rehearsal.remedy import Tried
    from inspect_cli.core.draw.rehearsal.tally import Rehearsal
    from inspect_cli.core.draw.rehearsal.trial import Trial
    from inspect_cli.core.names import Domain
    from inspect_cli.core.people import Actor
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A plan ready to be rehearsed: what it is worked out from, what would be frozen, and the shortages that are proved."""

    gathered: Gathered
    commitment: Commitment
    frame: FrozenFrame
    shortages: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """The trials of a rehearsal, and what they come to."""

    trials: tuple[Trial, ...]
    rehearsal: Rehearsal


def prepare(store: Store, actor: Actor, plan: Plan, bureau: Bureau) -> Stage:
    """Freeze a plan for its rehearsal; ``InputError`` with what is wrong with it, proved shortages aside."""
    with store.reading() as session:
        gathered = gather(session, plan, bureau, actor.day)
    frame = build_frame(gathered)
    require_sound(find_faults(gathered, frame), plan.file)
    commitment, frozen = _freeze(gathered, actor)
    return Stage(
        gathered=gathered,
        commitment=commitment,
        frame=frozen,
        shortages=tuple(tell_shortage(one, plan.team, bureau.domain_term) for one in prove_shortages(plan, frame)),
    )


def perform(stage: Stage, seeds: int, progress: Callable[[int], None]) -> Performance:
    """Draw with the first ``seeds`` seeds of the plan; ``progress`` is told of each."""
    trials = []
    for seed in rehearsal_seeds(digest(stage.gathered.plan.text), seeds):
        trials.append(rehearse(stage.commitment, stage.frame, seed))
        progress(1)
    return Performance(trials=tuple(trials), rehearsal=tally(stage.commitment, stage.frame, trials))


def find_remedies(stage: Stage, actor: Actor, trials: Sequence[Trial]) -> tuple[Remedy, ...]:
    """Give the changes that are worth a try after these trials; none where no visit stayed open."""
    domains: set[Domain] = {domain for trial in trials for one in trial.open for domain in one.visit.domains}
    if not domains:
        return ()
    bureau = stage.gathered.bureau
    caps = Caps(day=bureau.visits_a_day, month=bureau.visits_a_month)
    return (*list_remedies(stage.commitment, stage.frame, sorted(domains), caps), *_further_days(stage, actor))


def try_remedies(
    remedies: Sequence[Remedy], trials: Sequence[Trial], progress: Callable[[int], None]
) -> tuple[Tried, ...]:
    """Try changes on the first trials that failed, and give those that help, best first; ``progress`` is told of each change."""
    failed = [(trial.seed, len(trial.open)) for trial in trials if trial.open][:TRIED]
    tried = []
    for remedy in remedies:
        tried.append(try_remedy(remedy, failed))
        progress(1)
    return rank_remedies(tried)


def _freeze(gathered: Gathered, actor: Actor) -> tuple[Commitment, FrozenFrame]:
    """Freeze a plan with salts that follow from the names of the rows: the draw to come has others."""
    order = CommitOrder(plan=gathered.plan, bureau=gathered.bureau, software=software(), salts=_salt_of)
    return make_commitment(build_frame(gathered), Slot(f"{gathered.plan.period}/rehearsal"), actor, order)


def _salt_of(row: str) -> str:
    return sha256(row.encode()).hexdigest()[:32]


def _further_days(stage: Stage, actor: Actor) -> Iterator[Remedy]:
    """Give the plan with one more day: the last of its days off, else the working day before which its sources would speak."""
    plan, gathered = stage.gathered.plan, stage.gathered
    taken = frozenset(stage.commitment.days)
    free = [day for day in gathered.working_days if day > gathered.today and day.isoformat() not in taken]
    for day in reversed(free):
        changed = _with_day(plan, day)
        commitment, frame = _freeze(replace(gathered, plan=changed), actor)
        if day.isoformat() in commitment.days:
            yield Remedy(change=Change.DAY, commitment=commitment, frame=frame, detail=day.isoformat())
            return


def _with_day(plan: Plan, day: date) -> Plan:
    """Give a plan that visits on a day as well: no day off, and no source later than the day before."""
    before = (day - timedelta(days=1)).isoformat()
    promises = tuple(
        promise if str(promise["at"])[:10] <= before else {**promise, "at": before + str(promise["at"])[10:]}
        for promise in plan.promises
    )
    return replace(plan, days_off=tuple(one for one in plan.days_off if one != day), promises=promises)
