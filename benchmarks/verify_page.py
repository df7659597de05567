"""How long the verification page takes in a real browser, and how big it is; exit status 1 when a bound is broken.

    python -m benchmarks.verify_page                    the figures of docs/benchmarks.md: 10,000 entities, 500 visits
    python -m benchmarks.verify_page 100000 3000        another size

Seconds are counted from the choice of the file to the verdict. A page freezes while one task of its own keeps it from answering: the
longest is measured with a worker, and without one, where the page does the work itself in slices.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from inspect_cli.files.verify_page import render_verify_page
from tests.browser import find_browser, started_browser

SECONDS = 5.0
COMPRESSED = 150_000
LONGEST_TASK = 0.25
ROUNDS = 3
DOMAINS = ("environment", "health", "labour", "safety")
DAYS = [f"2026-12-{day:02}" for day in range(1, 22)]

Row = dict[str, Any]

WATCH = """
window.longest = 0;
new PerformanceObserver(list => {
    for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({ entryTypes: ["longtask"] });
"""


def fixed(*parts: object) -> int:
    """Give a number that depends on the parts alone."""
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:8], "big")


def canonical(value: Any) -> bytes:
    """Write a value as canonical JSON (keys are ASCII, numbers integers, texts NFC)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def root(rows: list[bytes]) -> str:
    """Hash a Merkle tree (RFC 6962), level by level."""
    level = [sha256(b"\x00" + row).digest() for row in rows]
    while len(level) > 1:
        pairs = [sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return (level[0] if level else sha256(b"").digest()).hex()


def entity_rows(count: int) -> list[Row]:
    """Make entities of one to four domains, in four strata."""
    rows = []
    for number in range(count):
        dice = fixed("entity", number)
        domains = [domain for place, domain in enumerate(DOMAINS) if dice % 15 + 1 >> place & 1]
        strata = [{"domain": domain, "stratum": "ABCD"[dice // 15 % 4]} for domain in domains]
        row = {
            "id": f"91{dice % 10**6:06}{number:010}",
            "salt": f"{dice:016x}" * 2,
            "domains": domains,
            "strata": strata,
        }
        rows.append({**row, "zone": f"网格{dice // 60 % 21:02}", "name": f"示例镇第{number}厂"})
    return sorted(rows, key=lambda row: row["id"])


def inspector_rows(count: int) -> list[Row]:
    """Make people of two skills at most, half of whom may lead, with two visits a day."""
    rows = []
    for number in range(count):
        dice = fixed("inspector", number)
        skills = sorted({DOMAINS[dice % 4], DOMAINS[dice // 4 % 4]})
        days = [{"cap": 2, "day": day} for place, day in enumerate(DAYS) if dice >> place & 3]
        row = {"id": f"R{number:04}", "salt": f"{dice:016x}" * 2, "role": "inspector", "lead": dice % 2 == 0}
        rows.append({**row, "skills": skills, "days": days, "month_cap": 40, "barred": []})
    return rows


def bundle(entities: int, visits: int) -> bytes:
    """Make a draw, have the command draw its result, and pack it."""
    lists = {"entities": entity_rows(entities), "inspectors": inspector_rows(visits // 4), "excluded": []}
    lines = {name: [canonical(row) for row in rows] for name, rows in lists.items()}
    sizes: dict[tuple[str, str], int] = {}
    for row in lists["entities"]:
        for part in row["strata"]:
            place = (part["domain"], part["stratum"])
            sizes[place] = sizes.get(place, 0) + 1
    # Entities are in two domains on average, and a low ticket is drawn for all of them: some more than a sixteenth each.
    take = visits * 10 // 19 // 4
    promise = {"kind": "dice", "name": "dice", "at": "2026-11-30T09:00:00+08:00", "count": 20, "sides": 10}
    commitment = {
        "protocol": "draw-v1",
        "slot": "2026-12/benchmark",
        "bureau": "示例局",
        "period": "2026-12",
        "frame": {name: {"count": len(rows), "root": root(rows)} for name, rows in lines.items()},
        "quotas": [{"domain": d, "stratum": s, "size": sizes[(d, s)], "take": take} for d, s in sorted(sizes)],
        "combine": "applicable",
        "team": {"min": 2, "max": 4, "expert_domains": []},
        "days": DAYS,
        "sources": [promise],
    }
    entropy = [{**promise, "value": "12345678901234567890"}]
    blank = {
        "protocol": "draw-v1",
        "commitment": "0" * 64,
        "entropy": entropy,
        "seed": "0" * 64,
        "selection": [],
        "visits": [],
    }
    members = {f"{name}.jsonl": b"".join(line + b"\n" for line in rows) for name, rows in lines.items()}
    members |= {"commitment.json": canonical(commitment), "result.json": canonical(blank)}
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        (Path(folder) / "blank.zip").write_bytes(packed(members))
        command = [
            sys.executable,
            "-m",
            "inspect_cli",
            "draw",
            "replay",
            str(Path(folder) / "blank.zip"),
            "-o",
            str(result),
        ]
        subprocess.run(command, check=True, capture_output=True)
        return packed({**members, "result.json": result.read_bytes()})


def packed(members: dict[str, bytes]) -> bytes:
    """Pack members without compression, as bundles are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def timed(browser: Any, folder: Path, script: str) -> tuple[float, float, str]:
    """Verify the bundle once in a page of its own: seconds, the longest task in seconds, the verdict's first words."""
    page = browser.new_page(locale="en-GB")
    page.set_default_timeout(600_000)
    page.add_init_script(WATCH + script)
    page.goto((folder / "verify.html").as_uri())
    page.set_input_files("#file", folder / "draw.zip")
    page.wait_for_selector("#verdict:not([hidden])")
    seconds = float(page.inner_text(".took").split()[1])
    longest = float(page.evaluate("window.longest")) / 1000
    words = str(page.inner_text("#verdict strong"))
    page.close()
    return seconds, longest, words


def main() -> int:
    """Measure, print, and say whether every bound is kept."""
    entities, visits = (int(text) for text in sys.argv[1:3]) if len(sys.argv) > 1 else (10_000, 500)
    program = find_browser()
    if program is None:
        print("no Chromium: install it, or name one in INSPECT_TEST_BROWSER")
        return 1
    page = render_verify_page()
    size = len(gzip.compress(page, 9))
    data = bundle(entities, visits)
    kept = size <= COMPRESSED
    scale = max(1.0, entities / 10_000)
    print(f"the page: {len(page) / 1000:.0f} kB, compressed {size / 1000:.0f} kB (bound {COMPRESSED / 1000:.0f})")
    with tempfile.TemporaryDirectory() as folder, started_browser(program) as browser:
        (Path(folder) / "verify.html").write_bytes(page)
        (Path(folder) / "draw.zip").write_bytes(data)
        for name, script in (("with a worker", ""), ("without", "delete window.Worker;")):
            runs = [timed(browser, Path(folder), script) for _ in range(ROUNDS)]
            seconds, longest = min(run[0] for run in runs), min(run[1] for run in runs)
            kept = kept and seconds <= SECONDS * scale and longest <= LONGEST_TASK * scale
            print(
                f"{entities:,} entities, {visits:,} visits, {len(data) / 1e6:.1f} MB, {name}: {seconds:.1f} s (bound"
                f" {SECONDS * scale:.0f}), longest task {longest:.2f} s (bound {LONGEST_TASK * scale:.2f}): {runs[0][2]}"
            )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
