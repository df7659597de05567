"""What every test stands on: a compiled catalogue, English unless it says otherwise, and the command line as a function."""

from __future__ import annotations

import compileall
import os
import runpy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from inspect_cli import cli, language
from tests import tally
from tests.postgres import postgres_server, store_places, store_url
from tests.untraced import coverage_aside, is_untraced

__all__ = ["postgres_server", "store_places", "store_url"]

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

ROOT = Path(__file__).resolve().parent.parent
_OURS = ("INSPECT_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_", "LANG")

# The same examples every time: a red run can be repeated, and a green one is no luck.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogue where it is older than its source, as the build would, and the package.

    Tests start the program some hundred times: where the machine keeps no byte code of what is imported, each of these processes would
    compile all that it reads.
    """
    if hasattr(config, "workerinput"):
        return
    compileall.compile_dir(ROOT / "inspect_cli", quiet=1)
    for source in ROOT.glob("inspect_cli/locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            runpy.run_path(str(ROOT / "hatch_build.py"), run_name="hatch_build")["compile_catalogues"](ROOT)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the tests counted, when they counted anything."""
    counts = tally.sum_up(report for reports in terminalreporter.stats.values() for report in reports)
    if counts:
        terminalreporter.section("counted")
        for what, number in sorted(counts.items()):
            terminalreporter.write_line(f"{number:>9,}  {what}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests of many rounds, so that no worker is left with one of them when the others have done."""
    items.sort(key=lambda item: item.get_closest_marker("untraced") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let coverage look away from a test of which it has nothing to learn."""
    if not is_untraced(item):
        return (yield)
    with coverage_aside():
        return (yield)


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hide the machine's own settings from the test, and settle English; what the test settles ends with it."""
    for name in list(os.environ):
        if name.startswith(_OURS) and name not in {"INSPECT_TEST_POSTGRES", "INSPECT_REQUIRE_POSTGRES"}:
            monkeypatch.delenv(name)
    # Set once by monkeypatch, so that it puts the variable back whatever the test settles.
    monkeypatch.setenv("LANGUAGE", "en")
    language.settle("en")
    yield
    language.settle("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one call of the command line left: its exit status, and its two streams."""

    status: int
    out: str
    err: str


@pytest.fixture
def run_cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Give the command line as a function: ``run_cli("--lang", "en", "entity", "list")``."""

    def run(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        status = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(status=status, out=captured.out, err=captured.err)

    return run
