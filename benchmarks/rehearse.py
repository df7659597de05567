"""How long a rehearsal takes beside the bare draws that it is made of; exit status 1 when a bound is broken.

    python benchmarks/rehearse.py             the figures of docs/benchmarks.md: the sample township, 200 seeds
    python benchmarks/rehearse.py --small     a tenth of the seeds, to see that it runs

Ratios, not seconds, are what counts: they hardly depend on the machine. Each figure is the best of ``ROUNDS`` runs, taken in turns.
The seconds of the whole command have a bound too, a generous one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inspect_cli.acts.plan.gathering import gather
from inspect_cli.acts.plan.rehearse import find_remedies, perform, prepare, try_remedies
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.outcome import staff_selection
from inspect_cli.core.draw.rehearsal.trial import rehearsal_seeds
from inspect_cli.core.draw.selection import select
from inspect_cli.core.people import Actor
from inspect_cli.core.plan.frame.build import build_frame
from inspect_cli.core.plan.shortage.hall import prove_shortages
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.leave import read_leave
from inspect_cli.files.intake.matters import read_matters
from inspect_cli.files.intake.recusals import read_recusals
from inspect_cli.files.intake.visits import read_visits
from inspect_cli.files.plan_file import read_plan
from inspect_cli.resources import fixtures
from inspect_cli.storage import registries
from inspect_cli.storage.engine import Store
from inspect_cli.storage.ledger import add_ledger_visits

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.acts.plan.rehearse import Stage

ROUNDS = 3
TODAY = "2026-11-20"
CROWDED = "0.27"
"""A ratio for every stratum at which the township's draws leave visits open with every seed."""
SECONDS = 60

Row = tuple[str, float, float | None]
"""What was measured, the figure, and its bound (None: no bound)."""


def best(*works: Callable[[], object]) -> list[float]:
    """Give the seconds of the fastest run of each; they take turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, found in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            found.append(time.perf_counter() - start)
    return [min(found) for found in times]


def make_store(folder: Path) -> Store:
    """Make the sample township's store."""
    files = fixtures()
    bureau = read_bureau(files / "inspect.toml")
    store = Store.create(f"sqlite:///{folder / 'inspect.db'}")
    with store.transaction() as session:
        registries.add_entities(session, read_entities(files / "entities.csv", bureau).values)
        registries.add_inspectors(session, read_inspectors(files / "inspectors.csv", bureau).values)
        registries.add_matters(session, read_matters(files / "matters.csv", bureau).values)
        registries.add_leave(session, read_leave(files / "leave.csv", bureau).values)
        registries.add_recusals(session, read_recusals(files / "recusals.csv", bureau).values)
        add_ledger_visits(session, read_visits(files / "visits.csv", bureau).values)
    return store


def draws_alone(stage: Stage, seeds: int) -> None:
    """Draw with each seed and look at nothing."""
    for seed in rehearsal_seeds(digest(stage.gathered.plan.text), seeds):
        selection = select(stage.commitment.quotas, stage.frame.entities, seed)
        staff_selection(stage.commitment, stage.frame, selection, seed)


def measure(store: Store, seeds: int) -> list[Row]:
    """Time rehearsals of the township's plan and of one that is too large, and the search for proofs."""
    files, day = fixtures(), date.fromisoformat(TODAY)
    bureau = read_bureau(files / "inspect.toml")
    plan = read_plan(files / "plan-2026-12.toml", bureau)
    crowded = replace(plan, shares=tuple(replace(share, ratio=CROWDED) for share in plan.shares))
    actor = Actor(name="", clock=datetime(2026, 11, 20, tzinfo=UTC), day=day)
    found: list[Row] = []
    for name, each in (("the township", plan), ("the same with a ratio of 27 %", crowded)):
        stage = prepare(store, actor, each, bureau)
        bare, full = best(lambda s=stage: draws_alone(s, seeds), lambda s=stage: perform(s, seeds, lambda _: None))
        done = perform(stage, seeds, lambda _: None)
        what = f"{name}: {seeds} seeds, {len(done.rehearsal.failed)} of them with open visits, {full:.2f} s over {bare:.2f} s"
        found.append((what, full / bare, 2))
    remedies = find_remedies(stage, actor, done.trials)
    bare, full = best(lambda: draws_alone(stage, 20), lambda: try_remedies(remedies, done.trials[:20], lambda _: None))
    what = f"{len(remedies)} changes tried on 20 seeds, {full:.2f} s over {bare:.2f} s for 20 draws, per change"
    found.append((what, full / bare / len(remedies), 2))
    with store.reading() as session:
        frames = [(one, build_frame(gather(session, one, bureau, day))) for one in (plan, crowded)]
    proofs = best(*(lambda pair=pair: prove_shortages(*pair) for pair in frames))
    return [*found, *((f"search for proofs: {seconds:.2f} s", seconds, 5) for seconds in proofs)]


def measure_command(folder: Path, seeds: int) -> Row:
    """Time the whole command, its start included."""
    files = fixtures()
    words = ["--store", str(folder / "inspect.db"), "--config", str(files / "inspect.toml"), "--today", TODAY]
    command = [sys.executable, "-m", "inspect_cli", *words, "plan", "rehearse", str(files / "plan-2026-12.toml")]
    start = time.perf_counter()
    subprocess.run([*command, "--seeds", str(seeds)], capture_output=True, check=True)
    return (f"plan rehearse --seeds {seeds}, seconds", time.perf_counter() - start, SECONDS)


def main() -> int:
    """Measure, print, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of the seeds")
    seeds = 20 if parser.parse_args().small else 200
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = [*measure(make_store(folder), seeds), measure_command(folder, seeds)]
    is_good = True
    for what, figure, bound in found:
        is_kept = bound is None or figure <= bound
        is_good = is_good and is_kept
        print(f"{what}: {figure:.2f}" + ("" if bound is None else f" (bound {bound:g}{'' if is_kept else ', BROKEN'})"))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
