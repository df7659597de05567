"""``inspect-cli entity import`` as whole processes: killed, and two at once."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from stdnum.cn import uscc
from xlsxwriter import Workbook

from inspect_cli import cli
from inspect_cli.files.config_template import render_bureau
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_entities
from tests.kills import Scene, kill_at_moments, needs_fork, race, read_state, run_apart
from tests.registry_rows import an_actor
from tests.sample_draw import BUREAU, OPERATOR
from tests.stores import begin_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [needs_fork, pytest.mark.untraced]

COUNT = 600


def _prepare(url: str) -> None:
    begin_store(url, an_actor())


def _code(number: int) -> str:
    body = f"91990100MA{number:07}"
    return body + uscc.calc_check_digit(body)


@pytest.fixture
def call(tmp_path: Path) -> Callable[..., None]:
    """Write settings; give the import of a file with options as a process would run it."""
    (tmp_path / "inspect.toml").write_text(render_bureau(BUREAU, str), "utf-8")

    def run(url: str, *options: str) -> None:
        words = ("--as", OPERATOR, "--config", tmp_path / "inspect.toml", "--store", url)
        status = cli.run([*map(str, words), "entity", "import", *options])
        if status:
            raise SystemExit(status)

    return run


@pytest.fixture
def import_file(tmp_path: Path, call: Callable[..., None]) -> Callable[[str], None]:
    """Write a file of 600 entities; give its import."""
    with (tmp_path / "entities.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["统一社会信用代码", "企业名称", "适用领域"])
        rows.writerows([_code(number), f"示例企业{number}", "安全"] for number in range(COUNT))
    return lambda url: call(url, str(tmp_path / "entities.csv"))


@pytest.fixture
def update_file(tmp_path: Path, call: Callable[..., None]) -> Callable[[str], None]:
    """Write a workbook that renames a third of them, leaves out a third and adds some; give its import with all that it does."""
    book = Workbook(tmp_path / "changed.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["统一社会信用代码", "企业名称", "适用领域"])
    for place, number in enumerate(range(COUNT // 3, COUNT + 100), start=1):
        sheet.write_row(place, 0, [_code(number), f"企业{number}" if number % 2 else f"示例企业{number}", "安全"])
    book.close()
    return lambda url: call(url, str(tmp_path / "changed.xlsx"), "--update", "--retire-missing", "--yes")


def test_a_killed_command_has_imported_all_or_nothing(
    store_places: Callable[[], str], import_file: Callable[[str], None]
) -> None:
    """Killed at fifteen moments from its start to its end on each database, and done again: nothing is lost or doubled."""
    assert kill_at_moments(Scene(places=store_places, prepare=_prepare, act=import_file), 15) >= 5


def test_two_commands_at_once(store_places: Callable[[], str], import_file: Callable[[str], None]) -> None:
    """Two people import the same file in the same second: it is in the registry once, with one row of the log."""
    url = store_places()
    _prepare(url)
    assert race(url, import_file, import_file) == (0, 0)
    with Store.open(url).reading() as session:
        assert len(find_entities(session)) == COUNT
        assert len(find_acts(session, act="entity import")) == 1


def test_a_killed_update_has_changed_and_retired_all_or_nothing(
    store_places: Callable[[], str], import_file: Callable[[str], None], update_file: Callable[[str], None]
) -> None:
    """Killed at ten moments, the workbook's import leaves the rows, the retirements, the histories and the log as before or as after."""

    def prepare(url: str) -> None:
        _prepare(url)
        assert run_apart(import_file, url) == 0

    assert kill_at_moments(Scene(places=store_places, prepare=prepare, act=update_file), 10) >= 3


def test_two_different_imports_at_once_do_not_mix(
    store_places: Callable[[], str], import_file: Callable[[str], None], update_file: Callable[[str], None]
) -> None:
    """One waits for the other, or is refused: the store is what one order of the two makes of it, never a mixture."""
    ends = []
    for order in ((import_file, update_file), (update_file, import_file)):
        url = store_places()
        _prepare(url)
        for act in order:
            run_apart(act, url)
        ends.append(read_state(url))
    url = store_places()
    _prepare(url)
    assert 0 in race(url, import_file, update_file)
    found = read_state(url)
    assert found["entity"] in [end["entity"] for end in ends]
    assert found["value_change"] in [end["value_change"] for end in ends]
