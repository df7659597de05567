"""How long a person waits: ``--help`` against a bare interpreter, and the demo month from start to end.

Run: ``python benchmarks/command_line.py``. Exit status 1 when a bound is broken. The bounds are those of docs/benchmarks.md.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 11
HELP_BOUND_SECONDS = 0.1
DEMO_BOUND_SECONDS = 15.0


def seconds(command: list[str], folder: Path) -> float:
    """Run a command once, its output thrown away, and return its wall time in seconds."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> int:
    """Measure both, in turns so that a slower minute of the machine touches both sides, and compare with the bounds."""
    python = sys.executable
    bare = [python, "-c", "pass"]
    shown = [python, "-m", "inspect_cli", "--help"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pairs = [(seconds(bare, folder), seconds(shown, folder)) for _ in range(RUNS + 1)][1:]
        extra = statistics.median(help_ - pass_ for pass_, help_ in pairs)
        print(f"python -c pass     median {statistics.median(p for p, _ in pairs):.3f} s")
        print(f"--help             median {statistics.median(h for _, h in pairs):.3f} s")
        print(f"--help over pass   median {extra:.3f} s, bound {HELP_BOUND_SECONDS} s")
        demo = min(seconds([python, "-m", "inspect_cli", "demo", "--into", f"month-{n}"], folder) for n in range(3))
        print(f"demo               best of 3 {demo:.2f} s, bound {DEMO_BOUND_SECONDS} s")
    return 0 if extra <= HELP_BOUND_SECONDS and demo <= DEMO_BOUND_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
