"""How fast a file becomes a registry, beside bare reading and writing of the same rows in the same run; exit status 1 when a bound breaks.

    python benchmarks/intake.py             the figures of docs/benchmarks.md: a workbook of 100,000 rows, a text of a million
    python benchmarks/intake.py --small     a tenth of it, to see that it runs

Ratios, not seconds, are what counts: they hardly depend on the machine. Each run is a process of its own, with a peak memory of its own;
imports and bare runs take turns, and the fastest of ``ROUNDS`` counts. The registry of each run is made anew in a temporary folder.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from inspect_cli import cli
from inspect_cli.core.code_check import check_character, organisation_check_character

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROUNDS = 3
WORKBOOK_ROWS, TEXT_ROWS = 100_000, 1_000_000
MEMORY = 1_000_000_000
HEADER = (
    "统一社会信用代码", "企业名称", "法定代表人", "住所", "登记机关", "管辖单位", "行业", "企业规模",
    "信用风险等级", "网格", "登记状态", "成立日期", "联系人", "联系方式", "适用领域",
)  # fmt: skip
SIZES, CLASSES, DOMAINS = ("大", "中", "小", "微"), ("A", "B", "C", "D"), ("安全", "劳动、安全", "环保", "卫生、环保")

Row = tuple[str, str, float | None]
"""What was measured, the figure, and its bound (None: no bound)."""


def fixed(*parts: object) -> int:
    """Give a number that depends on the parts alone."""
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:8])


def rows_of(count: int, changed: int = 0) -> Iterator[tuple[str, ...]]:
    """Make rows of 15 columns, as different as those of a registry; one of ``changed`` rows has another zone."""
    for number in range(count):
        dice = fixed(number)
        body = f"91990100MA{number:06}{organisation_check_character(f'MA{number:06}')}"
        zone = 99 if changed and number % changed == 0 else dice % 40
        yield (
            body + check_character(body),
            f"示例市第{number}号企业有限公司",
            f"法人{dice % 50_000}",
            f"示例市示例区某某路{dice % 9_999}号{number % 30}室",
            "示例区市场监督管理局",
            f"第{dice % 12}监管所",
            f"C{dice % 30 + 13}",
            SIZES[dice % 4],
            CLASSES[dice // 4 % 4],
            f"网格{zone:02}",
            "存续",
            f"{2000 + dice % 25}-{dice % 12 + 1:02}-{dice % 28 + 1:02}",
            f"联系人{dice % 1_000}",
            f"139{number:08}",
            DOMAINS[dice // 16 % 4],
        )


def write_text(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Write rows as CSV, none of them kept: on Linux a child's peak memory begins with that of whoever started it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(chain((HEADER,), rows))


def write_workbook(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Write rows as a workbook."""
    book = Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for place, row in enumerate(chain((HEADER,), rows)):
        sheet.write_row(place, 0, row)
    book.close()


def import_here(folder: Path, file: Path, *options: str) -> float:
    """Import a file as the command does, and give the seconds of that."""
    words = ["--as", "甲", "--config", str(folder / "inspect.toml"), "--store", f"sqlite:///{folder / 'inspect.db'}"]
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        status = cli.run([*words, "entity", "import", str(file), *options])
    if status:
        raise SystemExit(status)
    return time.perf_counter() - start


def begin(folder: Path) -> None:
    """Make settings and an empty registry."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        os.chdir(folder)
        if cli.run(["--as", "甲", "init"]):
            raise SystemExit("the settings cannot be written")


def read_bare(file: Path) -> list[list[str]]:
    """Read the rows below the header with the bare library."""
    if file.suffix == ".xlsx":
        rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
        return [list(map(str, row)) for row in rows[1:]]
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def bare_here(folder: Path, file: Path) -> float:
    """Read a file and write its rows into a table of its own, with nothing in between; give the seconds of that."""
    connection = sqlite3.connect(folder / "bare.db")
    columns = ", ".join(f"c{place} TEXT" for place in range(1, len(HEADER)))
    connection.execute(f"CREATE TABLE entity (c0 TEXT PRIMARY KEY, {columns})")
    connection.commit()
    start = time.perf_counter()
    rows = read_bare(file)
    connection.executemany(f"INSERT INTO entity VALUES ({', '.join('?' * len(HEADER))})", rows)  # noqa: S608 - our own words
    connection.commit()
    return time.perf_counter() - start


def run_here(kind: str, file: Path, changed: Path | None) -> None:
    """Do one run in this process, and print its seconds and its peak memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kind == "bare":
            print(bare_here(folder, file))
        else:
            begin(folder)
            times = [import_here(folder, file)]
            if kind == "again":
                times.append(import_here(folder, file))
                times += [] if changed is None else [import_here(folder, changed, "--update", "--yes")]
            print(*times)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
        os.chdir(tempfile.gettempdir())


def run_apart(kind: str, file: Path, changed: Path | None = None) -> tuple[list[float], int]:
    """Do one run in a process of its own; give its seconds and its peak memory in bytes, a reader's process of its own included."""
    words = [sys.executable, __file__, "--run", kind, str(file), *([] if changed is None else [str(changed)])]
    output = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    return [float(word) for word in output[0].split()], int(output[1]) + int(output[2])


def measure(what: str, file: Path, bound: float, changed: Path | None = None) -> Iterator[Row]:
    """Measure the import of a file beside its bare reading and writing, and a second import beside the first."""
    firsts, bares, seconds, others, peaks = [], [], [], [], []
    for number in range(ROUNDS):
        kind = "again" if number == 0 else "first"
        times, peak = run_apart(kind, file, changed if number == 0 else None)
        bares.append(run_apart("bare", file)[0][0])
        firsts.append(times[0])
        seconds += times[1:2]
        others += times[2:3]
        peaks.append(peak)
    first, bare = min(firsts), min(bares)
    yield f"{what}: import {first:.2f} s, bare {bare:.2f} s", f"{first / bare:.2f}", bound
    yield f"{what}: peak memory", f"{max(peaks) / 1e9:.2f}", MEMORY / 1e9
    yield f"{what}: the same again {min(seconds):.2f} s, beside the first", f"{min(seconds) / first:.2f}", 0.5
    for other in others:
        yield f"{what}: with 1 % of the rows changed {other:.2f} s, beside the first", f"{other / first:.2f}", None


def main() -> int:
    """Measure, print a table, and say by the exit status whether all bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of the rows, and one round")
    parser.add_argument("--run", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        kind, file, *rest = given.run
        run_here(kind, Path(file), Path(rest[0]) if rest else None)
        return 0
    share = 10 if given.small else 1
    is_good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, text, changed = folder / "entities.xlsx", folder / "entities.csv", folder / "changed.csv"
        write_workbook(book, rows_of(WORKBOOK_ROWS // share))
        write_text(text, rows_of(TEXT_ROWS // share))
        write_text(changed, rows_of(TEXT_ROWS // share, changed=100))
        figures = (
            *measure(f"xlsx, {WORKBOOK_ROWS // share:,} rows of 15", book, 4),
            *measure(f"csv, {TEXT_ROWS // share:,} rows of 15", text, 8, changed),
        )
    for what, figure, bound in figures:
        is_kept = bound is None or float(figure) <= bound
        is_good = is_good and is_kept
        print(f"{what:<78} {figure:>6}  {'' if bound is None else f'bound {bound:g}'}{'' if is_kept else '  BROKEN'}")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
