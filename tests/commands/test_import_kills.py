"""``inspect-cli entity import`` as whole processes: killed, and two at once."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from stdnum.cn import uscc

from inspect_cli import cli
from inspect_cli.acts.store import create_store
from inspect_cli.files.config_template import render_bureau
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_entities
from tests.kills import Scene, kill_at_moments, needs_fork, race
from tests.registry_rows import an_actor
from tests.sample_draw import BUREAU, OPERATOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = needs_fork

COUNT = 600


def _prepare(url: str) -> None:
    create_store(url, an_actor())


@pytest.fixture
def import_file(tmp_path: Path) -> Callable[[str], None]:
    """Write settings and a file of 600 entities; give the command as a process would run it."""
    (tmp_path / "inspect.toml").write_text(render_bureau(BUREAU, str), "utf-8")
    with (tmp_path / "entities.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["统一社会信用代码", "企业名称", "适用领域"])
        for number in range(COUNT):
            body = f"91990100MA{number:07}"
            rows.writerow([body + uscc.calc_check_digit(body), f"示例企业{number}", "安全"])

    def run(url: str) -> None:
        words = ("--as", OPERATOR, "--config", tmp_path / "inspect.toml", "--store", url)
        status = cli.run([*map(str, words), "entity", "import", str(tmp_path / "entities.csv")])
        if status:
            raise SystemExit(status)

    return run


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
