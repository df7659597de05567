"""How fast the draw is, each part beside its own bare hashes in the same run; exit status 1 when a bound is broken.

    python benchmarks/draw.py             the figures of docs/benchmarks.md: a million entities
    python benchmarks/draw.py --small     a tenth of it, to see that it runs

Ratios, not seconds, are what counts: they hardly depend on the machine. Each figure is the best of ``ROUNDS`` runs. Other samplers
are timed on the same million where they are installed (``pip install consistent-sampler cryptorandom``).
"""

from __future__ import annotations

import argparse
import importlib
import random
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from inspect_cli.core.draw import staffing
from inspect_cli.core.draw.commitment import Combine, Commitment, Listing, Quota, SealedFrame, TeamRule
from inspect_cli.core.draw.promise import DicePromise
from inspect_cli.core.draw.rows import (
    ENTITIES,
    EntityRow,
    InspectorRow,
    RowRole,
    parse_entity_rows,
    parse_lines,
    render_entity_rows,
    render_others,
)
from inspect_cli.core.draw.selection import entity_tickets, quota_fault, select
from inspect_cli.core.merkle import root
from inspect_cli.core.names import Domain, EntityId, InspectorId, Period, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROUNDS = 5
DOMAINS = tuple(map(Domain, ("environment", "health", "labour", "safety")))
CLASSES = ("A", "B", "C", "D")
DRAWN = 3_000
DAYS = tuple(f"2026-12-{day:02}" for day in range(1, 22))
SEED = sha256(b"benchmark").hexdigest()
MEMORY = 1_500_000_000

Row = tuple[str, str, float | None]
"""What was measured, the figure, and its bound (None: no bound)."""


def best(*works: Callable[[], object]) -> list[float]:
    """Give the seconds of the fastest run of each; they take turns, so that a busy moment of the machine meets all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, found in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            found.append(time.perf_counter() - start)
    return [min(found) for found in times]


def fixed(*parts: object) -> int:
    """Give a number that depends on the parts alone."""
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:8])


def entity_rows(count: int) -> tuple[EntityRow, ...]:
    """Make entities: one to four of four domains, one of four classes, a zone, a name."""
    rows = []
    for number in range(count):
        dice = fixed("entity", number)
        domains = tuple(domain for place, domain in enumerate(DOMAINS) if dice % 15 + 1 >> place & 1)
        rows.append(
            EntityRow(
                id=EntityId(f"91{dice % 10**6:06}{number:010}"),
                salt=f"{dice:016x}" * 2,
                domains=domains,
                strata=(CLASSES[dice // 15 % 4],) * len(domains),
                zone=f"网格{dice // 60 % 21:02}",
                others=render_others({"name": f"示例镇第{number}厂"}),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.id))


def quotas_of(rows: Sequence[EntityRow]) -> tuple[Quota, ...]:
    """Make a quota for each stratum, so that about ``DRAWN`` entities are drawn."""
    sizes: dict[tuple[Domain, str], int] = {}
    for row in rows:
        for place in zip(row.domains, row.strata, strict=True):
            sizes[place] = sizes.get(place, 0) + 1
    take = DRAWN * 10 // 19 // len(CLASSES)  # domains overlap: each draws rather more than a quarter
    return tuple(Quota(domain=d, stratum=s, size=sizes[(d, s)], take=take) for d, s in sorted(sizes))


def selection_rows(rows: Sequence[EntityRow]) -> list[Row]:
    """Time the selection beside its tickets alone."""
    quotas = quotas_of(rows)
    pairs = [(row.id, row.salt) for row in rows]
    bare, full, agree = best(
        lambda: [sha256(f"{SEED}\nentity\n{i}\n{salt}".encode()).hexdigest() for i, salt in pairs],
        lambda: select(quotas, rows, SEED),
        lambda: quota_fault(quotas, rows),
    )
    drawn = len(select(quotas, rows, SEED))
    return [
        (
            f"selection: {len(rows):,} entities, {drawn:,} drawn, {full:.2f} s over {bare:.2f} s",
            f"{full / bare:.2f}",
            3,
        ),
        (f"quotas beside the frame: {agree:.2f} s", f"{agree / bare:.2f}", None),
    ]


def tree(rows: Sequence[bytes]) -> bytes:
    """Hash a Merkle tree and do nothing else."""
    level = [sha256(b"\x00" + row).digest() for row in rows]
    while len(level) > 1:
        pairs = [sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def frame_check(data: bytes) -> str:
    """Do what FRAME-1 rests on: read every row strictly, and take the root."""
    parse_entity_rows(data)
    return root(parse_lines(data, ENTITIES))


def frame_rows(data: bytes) -> list[Row]:
    """Time FRAME-1 beside the bare tree, and measure the memory of a process that does nothing else."""
    lines = data.splitlines()
    bare, full = best(lambda: tree(lines), lambda: frame_check(data))
    lines.clear()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ENTITIES
        path.write_bytes(data)
        command = [sys.executable, __file__, "--memory", str(path)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    peak = int(done.stdout)
    size = len(data) / 1e6
    return [
        (f"FRAME-1: {size:.0f} MB of rows, {full:.2f} s over {bare:.2f} s", f"{full / bare:.2f}", 12),
        ("FRAME-1: peak memory, GB", f"{peak / 1e9:.2f}", MEMORY / 1e9),
    ]


def print_memory(path: Path) -> None:
    """Run FRAME-1 and the selection in this process and print its peak memory in bytes."""
    data = path.read_bytes()
    rows = parse_entity_rows(data)
    root(parse_lines(data, ENTITIES))
    select(quotas_of(rows), rows, SEED)
    print(peak_memory())


def peak_memory() -> int:
    """Give the peak memory of this process in bytes.

    Linux counts the parent's memory at the fork into ``ru_maxrss``, so that its own high-water mark is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        mark = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(mark.split()[1]) * 1024
    resource = importlib.import_module("resource")
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def commitment_of() -> Commitment:
    """Make a commitment of which the staffing reads the days and the team alone."""
    nothing = Listing(count=0, root=sha256(b"").hexdigest())
    return Commitment(
        slot=Slot("2026-12/benchmark"),
        bureau="示例镇综合行政执法局",
        period=Period("2026-12"),
        frame=SealedFrame(entities=nothing, excluded=nothing, inspectors=nothing),
        quotas=(),
        combine=Combine.APPLICABLE,
        team=TeamRule(min=2, max=4, expert_domains=(DOMAINS[3],)),
        days=DAYS,
        sources=(DicePromise(name="dice", at="2026-11-30T09:00:00+08:00", count=20, sides=10),),
    )


def inspector_rows(count: int) -> tuple[InspectorRow, ...]:
    """Make people: one or two skills, half may lead, four days in five, two visits a day, every tenth an expert."""
    rows = []
    for number in range(count + count // 10):
        dice = fixed("inspector", number)
        skills = {DOMAINS[dice % 4], DOMAINS[dice // 4 % 4]}
        rows.append(
            InspectorRow(
                id=InspectorId(f"R{number:04}"),
                salt=f"{dice:016x}" * 2,
                role=RowRole.INSPECTOR if number < count else RowRole.EXPERT,
                lead=bool(dice >> 20 & 1),
                skills=tuple(sorted(skills)),
                days=tuple((day, 2) for day in DAYS if fixed(number, day) % 5),
                month_cap=40,
            )
        )
    return tuple(rows)


def staffing_rows(rows: Sequence[EntityRow]) -> list[Row]:
    """Time the staffing beside the tickets that it asks for."""
    commitment, people = commitment_of(), inspector_rows(300)
    selection = select(quotas_of(rows), rows, SEED)[:DRAWN]
    visits = staffing.wanted_visits(commitment.combine, selection, {row.id: row for row in rows})
    asked: list[bytes] = []

    class Noting(staffing.Staffing):
        """A staffing that notes the lines of all tickets that it asks for."""

        def tickets(self, lines: Sequence[str], last: Iterable[str]) -> list[str]:
            names = tuple(last)
            asked.extend("\n".join((*lines, name)).encode() for name in names)
            return super().tickets(lines, names)

    noting = Noting(commitment, people, visits, SEED)
    placed = [noting.place(wanted) for wanted in staffing.visiting_order(visits)]
    bare, full = best(
        lambda: [sha256(lines).hexdigest() for lines in asked],
        lambda: staffing.staff(commitment, people, visits, SEED),
    )
    staffed = sum(visit.day is not None for visit in placed)
    what = f"staffing: {len(visits):,} visits ({staffed:,} staffed), {len(people)} people, {len(asked):,} tickets"
    return [(f"{what}, {full:.2f} s over {bare:.2f} s", f"{full / bare:.2f}", 3)]


def other_rows(rows: Sequence[EntityRow]) -> list[Row]:
    """Time other samplers on the ids of the same entities, in units of the bare tickets."""
    ids = [row.id for row in rows]
    found: list[Row] = []

    def note(name: str, work: Callable[[], object]) -> None:
        bare, seconds = best(lambda: entity_tickets(SEED, rows), work)
        found.append((f"{name}: {DRAWN:,} of {len(ids):,}, {seconds:.2f} s", f"{seconds / bare:.2f}", None))

    note("random.sample", lambda: random.Random(SEED).sample(ids, DRAWN))
    try:
        rivest = importlib.import_module("consistent_sampler")
        note("consistent_sampler", lambda: list(rivest.sampler(ids, seed=SEED, take=DRAWN)))
    except ImportError:
        found.append(("consistent_sampler", "is not installed", None))
    try:
        crypto = importlib.import_module("cryptorandom.cryptorandom")
        sample = importlib.import_module("cryptorandom.sample")
        note("cryptorandom", lambda: sample.random_sample(ids, DRAWN, prng=crypto.SHA256(SEED)))
    except ImportError:
        found.append(("cryptorandom", "is not installed", None))
    return found


def main() -> int:
    """Measure, print, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of the entities")
    parser.add_argument("--memory", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        print_memory(options.memory)
        return 0
    rows = entity_rows(100_000 if options.small else 1_000_000)
    found = selection_rows(rows) + staffing_rows(rows) + other_rows(rows)
    data = render_entity_rows(rows)
    del rows
    found += frame_rows(data)
    is_good = True
    for what, figure, bound in found:
        is_kept = bound is None or float(figure) <= bound
        is_good = is_good and is_kept
        print(f"{what}: {figure}" + ("" if bound is None else f" (bound {bound:g}{'' if is_kept else ', BROKEN'})"))
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
