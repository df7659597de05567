"""How fast a bundle is verified, beside the bare hashes in the same run; exit status 1 when a bound is broken.

    python -m benchmarks.verify             the figures of docs/benchmarks.md: a million entities, some ten minutes
    python -m benchmarks.verify --small     a tenth of it, to see that it runs

Ratios, not seconds, are what counts: they hardly depend on the machine. They are ratios of processor time, so that other work on the
machine disturbs them little. The bare hashes are those that no verifier can do without: the trees of the three lists, a ticket for each
entity, and the day and people tickets that the visits ask for. Each run is a process of its own, from its start to its end; they take
turns, and the fastest of ``ROUNDS`` counts. The one-file verifier stands beside the command.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.draw import DAYS, DOMAINS, commitment_of, entity_rows, fixed, inspector_rows, quotas_of, tree
from inspect_cli.core.draw.commitment import Commitment, Listing, SealedFrame, render_commitment
from inspect_cli.core.draw.outcome import draw, selected_visits
from inspect_cli.core.draw.result import render_result
from inspect_cli.core.draw.rows import (
    ENTITIES,
    EXCLUDED,
    INSPECTORS,
    EntityRow,
    ExcludedRow,
    InspectorRow,
    Reason,
    parse_lines,
    render_entity_rows,
    render_excluded_rows,
    render_inspector_rows,
)
from inspect_cli.core.draw.seed import Entropy
from inspect_cli.core.draw.staffing import Staffing, visiting_order
from inspect_cli.core.merkle import root
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.files.bundle import read_bundle, write_bundle
from inspect_cli.resources import templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROUNDS = 3
PEOPLE = 300
LARGE, MIDDLE = 1_000_000, 100_000
SECONDS = 60
MEMORY = 1_500_000_000
TIMES_BARE, TIMES_COMMAND = 10, 2

Row = tuple[str, str, float | None]
"""What was measured, the figure, and its bound (None: no bound)."""


def _one_file() -> Path:
    return templates() / "verify" / "verify.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A process that ended: processor seconds, seconds on the clock, peak memory in bytes, and what it printed."""

    seconds: float
    waited: float
    peak: int
    printed: str


def frame_rows(count: int) -> tuple[EntityRow, ...]:
    """Make the entities of the draw's figures, every hundredth of them open on some days only."""
    rows = enumerate(entity_rows(count))
    return tuple(replace(row, days=DAYS[::2]) if number % 100 == 0 else row for number, row in rows)


def excluded_rows(rows: Sequence[EntityRow]) -> tuple[ExcludedRow, ...]:
    """Leave out two entities for a hundred of the frame, and a domain of every fiftieth where it has one less than all."""
    out = [
        ExcludedRow(id=EntityId(f"92{number:016}"), reason=Reason.MONTH, salt=f"{fixed('out', number):032x}")
        for number in range(len(rows) // 50)
    ]
    for row in rows[::50]:
        others = [domain for domain in DOMAINS if domain not in row.domains]
        out += [ExcludedRow(id=row.id, reason=Reason.CAP, salt=row.salt, domain=domain) for domain in others[:1]]
    return tuple(sorted(out, key=lambda one: (one.id, one.domain or "")))


def barring_rows(rows: Sequence[EntityRow]) -> tuple[InspectorRow, ...]:
    """Make the people of the draw's figures, each barred from twenty entities."""
    ids = [row.id for row in rows]
    return tuple(
        replace(one, barred=tuple(sorted({ids[fixed(one.id, place) % len(ids)] for place in range(20)})))
        for one in inspector_rows(PEOPLE)
    )


def make_bundle(path: Path, count: int, slot: str) -> None:
    """Draw once with the package's own functions, and write the bundle."""
    entities = frame_rows(count)
    inspectors, excluded = barring_rows(entities), excluded_rows(entities)
    lists = {
        ENTITIES: render_entity_rows(entities),
        INSPECTORS: render_inspector_rows(inspectors),
        EXCLUDED: render_excluded_rows(excluded),
    }
    sealed = [Listing(count=data.count(b"\n"), root=root(parse_lines(data, name))) for name, data in lists.items()]
    commitment: Commitment = replace(
        commitment_of(),
        slot=Slot(slot),
        frame=SealedFrame(entities=sealed[0], inspectors=sealed[1], excluded=sealed[2]),
        quotas=quotas_of(entities),
    )
    entropy = [Entropy(promise=source, value="12345678901234567890") for source in commitment.sources]
    result = draw(commitment, entities, inspectors, entropy)
    members = {"commitment.json": render_commitment(commitment), **lists, "result.json": render_result(result)}
    write_bundle(path, {**members, "verify.py": _one_file().read_bytes()})


class Noting(Staffing):
    """A staffing that notes the lines of all tickets that it asks for."""

    def tickets(self, lines: Sequence[str], last: Iterable[str]) -> list[str]:
        """Note, and give the tickets."""
        names = tuple(last)
        self.asked.extend("\n".join((*lines, name)).encode() for name in names)
        return super().tickets(lines, names)

    asked: list[bytes]


def print_bare(path: Path) -> None:
    """Print the seconds of the bare hashes of a bundle, how many they are, and the visits that are staffed of all."""
    files = read_bundle(path)
    drawn = parse_draw(members_of(files))
    lists = [list(parse_lines(files[name], name)) for name in (ENTITIES, INSPECTORS, EXCLUDED)]
    pairs = [(row.id, row.salt) for row in drawn.frame.entities]
    seed, visits = drawn.result.seed, selected_visits(drawn.commitment, drawn.frame, drawn.result.selection)
    noting = Noting(drawn.commitment, drawn.frame.inspectors, visits, seed)
    noting.asked = []
    for wanted in visiting_order(visits):
        noting.place(wanted)
    asked = noting.asked

    def hash_all() -> None:
        for lines in lists:
            tree(lines)
        [sha256(f"{seed}\nentity\n{i}\n{salt}".encode()).hexdigest() for i, salt in pairs]
        [sha256(lines).hexdigest() for lines in asked]

    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        hash_all()
        times.append(time.process_time() - start)
    count = sum(2 * len(lines) - 1 for lines in lists) + len(pairs) + len(asked)
    staffed = sum(visit.day is not None for visit in drawn.result.visits)
    print(min(times), count, staffed, len(visits))


def run_apart(*words: str) -> Run:
    """Run Python with these words in a process of its own.

    On Linux a process's peak begins with that of whoever started it, so that this process keeps nothing large.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        child = subprocess.Popen([sys.executable, *words], stdout=output)
        _, status, usage = os.wait4(child.pid, 0)
        waited = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read().decode()
    if child.returncode:
        raise SystemExit(f"{words} ended with {child.returncode}: {printed}")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(seconds=usage.ru_utime + usage.ru_stime, waited=waited, peak=peak, printed=printed)


def run_in_turns(*commands: Sequence[str]) -> list[list[Run]]:
    """Run commands in turns, ``ROUNDS`` times each; give the runs of each."""
    rounds = [[run_apart(*words) for words in commands] for _ in range(ROUNDS)]
    return [list(runs) for runs in zip(*rounds, strict=True)]


def fastest(runs: Iterable[Run]) -> float:
    """Give the processor seconds of the fastest run."""
    return min(run.seconds for run in runs)


def highest(runs: Iterable[Run]) -> str:
    """Give the peak memory of all runs in GB."""
    return f"{max(run.peak for run in runs) / 1e9:.2f}"


def command_words(path: Path) -> tuple[str, ...]:
    """Give the words that verify a bundle by the command."""
    return ("-m", "inspect_cli", "verify", str(path))


def measure_command(path: Path, count: int) -> Iterator[Row]:
    """Measure the command beside the bare hashes of the same bundle."""
    bares, runs = run_in_turns(("-m", "benchmarks.verify", "--bare", str(path)), command_words(path))
    told = [one.printed.split() for one in bares]
    bare, one = min(float(words[0]) for words in told), fastest(runs)
    hashes, staffed, visits = map(int, told[0][1:])
    print(
        f"{path.stat().st_size / 1e6:.0f} MB, {count:,} entities, {visits:,} visits ({staffed:,} staffed), {hashes:,} hashes"
    )
    yield f"verify: {count:,} entities, {one:.2f} s over {bare:.2f} s", f"{one / bare:.2f}", TIMES_BARE
    yield f"verify: {count:,} entities, seconds waited", f"{min(run.waited for run in runs):.2f}", SECONDS
    yield f"verify: {count:,} entities, peak memory, GB", highest(runs), MEMORY / 1e9


def measure_file(path: Path, count: int) -> Iterator[Row]:
    """Measure the one-file verifier beside the command."""
    ones, others = run_in_turns((str(_one_file()), str(path)), command_words(path))
    one, other = fastest(ones), fastest(others)
    yield f"verify.py: {count:,} entities, {one:.2f} s over {other:.2f} s", f"{one / other:.2f}", TIMES_COMMAND
    yield f"verify.py: {count:,} entities, peak memory, GB", highest(ones), None


def measure_since(path: Path, count: int) -> Iterator[Row]:
    """Measure the comparison of two bundles, one of them a hundredth larger, beside the verification of one."""
    later = path.with_name("later.zip")
    run_apart("-m", "benchmarks.verify", "--make", str(later), str(count + count // 100), "2026-12/later")
    ones, both = run_in_turns(command_words(path), (*command_words(later), "--since", str(path)))
    one, two = fastest(ones), fastest(both)
    yield f"--since: twice {count:,} entities, {two:.2f} s over {one:.2f} s", f"{two / one:.2f}", None
    yield f"--since: twice {count:,} entities, peak memory, GB", highest(both), None


def measure(folder: Path, share: int) -> Iterator[Row]:
    """Make the bundles, and measure."""
    large, middle = folder / "large.zip", folder / "middle.zip"
    for path, count in ((large, LARGE // share), (middle, MIDDLE // share)):
        run_apart("-m", "benchmarks.verify", "--make", str(path), str(count), "2026-12/benchmark")
    yield from measure_command(large, LARGE // share)
    yield from measure_command(middle, MIDDLE // share)
    yield from measure_file(middle, MIDDLE // share)
    yield from measure_since(middle, MIDDLE // share)


def main() -> int:
    """Measure, print, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of the entities")
    parser.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make_bundle(Path(options.make[0]), int(options.make[1]), options.make[2])
        return 0
    if options.bare:
        print_bare(options.bare)
        return 0
    is_good = True
    with tempfile.TemporaryDirectory() as folder:
        for what, figure, bound in measure(Path(folder), 10 if options.small else 1):
            is_kept = bound is None or float(figure) <= bound
            is_good = is_good and is_kept
            limit = "" if bound is None else f" (bound {bound:g}{'' if is_kept else ', BROKEN'})"
            print(f"{what}: {figure}{limit}", flush=True)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
