"""``schedule show`` and ``schedule ics`` as they are typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from inspect_cli.storage.draws import keep_void
from inspect_cli.storage.engine import Store
from tests.sample_draw import SLOT, leave_out, make_sample
from tests.sample_store import fill_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]


@pytest.fixture
def month(tmp_path: Path, run_cli: Cli) -> Cli:
    """Give the command line in a folder with the sample draw."""
    options = fill_folder(tmp_path)
    return lambda *arguments: run_cli(*options, *arguments)


def _void(folder: Path) -> None:
    with Store.open(f"sqlite:///{folder / 'inspect.db'}").transaction() as session:
        keep_void(session, SLOT, reason="wrong-value")


def test_the_schedule_by_day(month: Cli) -> None:
    """A table a day with company, domains and team, the leader first and the expert marked; the open visit with its reason."""
    called = month("schedule", "show", "2026-12/1")
    assert called.status == 0
    text = called.out
    assert (
        text.index("2026-12-01")
        < text.index("丙厂")
        < text.index("2026-12-02")
        < text.index("甲厂")
        < text.index("乙厂")
    )
    assert "张一, 李二, 赵专家 (expert)" in text
    assert "without a day or a team" in text
    assert "open: no team left" in text
    assert "visits: 3" in called.err


def test_the_schedule_by_inspector(month: Cli) -> None:
    """A table a person with their name and their visits."""
    text = month("schedule", "show", "--by", "inspector").out
    heads = [line for line in text.splitlines() if line.startswith(("R-", "X-"))]
    assert heads == ["R-1 张一", "R-2 李二", "R-3 王三", "X-1 赵专家"]
    one = month("schedule", "show", "--by", "inspector", "--inspector", "R-3").out
    assert [line for line in one.splitlines() if line.startswith(("R-", "X-"))] == ["R-3 王三"]


def test_the_schedule_by_entity(month: Cli) -> None:
    """One table in the order of the companies' ids."""
    text = month("schedule", "show", "--by", "entity").out
    assert text.index("甲厂") < text.index("乙厂") < text.index("丙厂")


@pytest.mark.parametrize(
    ("arguments", "entities"),
    [
        ((), ["E-3", "E-1", "E-2"]),
        (("--inspector", "R-2"), ["E-1"]),
        (("--day", "2026-12-01"), ["E-3"]),
        (("--entity", "E-2"), ["E-2"]),
        (("--inspector", "R-9"), []),
    ],
)
def test_the_schedule_is_filtered(month: Cli, arguments: tuple[str, ...], entities: list[str]) -> None:
    """SCHED-5: only the visits that were asked for are given."""
    data = json.loads(month("schedule", "show", *arguments, "--json").out)
    assert [visit["entity"] for visit in data] == entities


def test_the_schedule_as_data(month: Cli) -> None:
    """``--json`` gives day and team with their parts, or why a visit is open; no telephone and no contact."""
    called = month("schedule", "show", "2026-12/1", "--json")
    data = {visit["entity"]: visit for visit in json.loads(called.out)}
    assert data["E-1"] == {
        "slot": "2026-12/1",
        "first": "2026-12/1",
        "entity": "E-1",
        "name": "甲厂",
        "domains": ["labour", "safety"],
        "zone": "东片",
        "address": "示例镇E-1号",
        "day": "2026-12-02",
        "team": [
            {"id": "R-2", "name": "李二", "role": "member"},
            {"id": "R-1", "name": "张一", "role": "leader"},
            {"id": "X-1", "name": "赵专家", "role": "expert"},
        ],
    }
    assert data["E-2"]["open"] == "no team"
    assert not {"day", "team"} & set(data["E-2"])
    assert [word for word in ("1390", "1380", "联系人", "法人") if word in called.out] == []


def test_an_inspector_gets_their_own_calendar(month: Cli, tmp_path: Path) -> None:
    """SCHED-5: R-3's calendar has R-3's one visit; written again it is the same file, and nobody is stopped."""
    path = tmp_path / "r3.ics"
    arguments = ("schedule", "ics", "--inspector", "R-3", "-o", str(path))
    called = month(*arguments)
    assert (called.status, called.err) == (0, "")
    assert "visits in it: 1" in called.out
    (event,) = Calendar.from_ical(path.read_bytes()).events
    assert (str(event["summary"]), str(event["location"])) == ("丙厂", "示例镇E-3号")
    assert event["dtstamp"].to_ical() == b"20261130T011205Z"
    before = path.read_bytes()
    assert "is there already" in month(*arguments).out
    assert path.read_bytes() == before


def test_the_office_gets_everybodys_calendar(month: Cli, tmp_path: Path) -> None:
    """``--all`` writes each visit with a day once."""
    path = tmp_path / "all.ics"
    assert month("schedule", "ics", "2026-12/1", "--all", "-o", str(path)).status == 0
    assert [str(event["summary"]) for event in Calendar.from_ical(path.read_bytes()).events] == ["丙厂", "甲厂"]


def test_a_calendar_replaces_another_file_only_when_told(month: Cli, tmp_path: Path) -> None:
    """A file with other bytes is refused, and replaced with ``--force``."""
    path = tmp_path / "a.ics"
    path.write_text("mine")
    arguments = ("schedule", "ics", "--inspector", "R-1", "-o", str(path))
    assert month(*arguments).status == 4
    assert path.read_text() == "mine"
    assert month(*arguments, "--force").status == 0


@pytest.mark.parametrize("who", [(), ("--inspector", "R-1", "--all"), ("--inspector", "R-9")])
def test_a_calendar_is_somebodys(month: Cli, tmp_path: Path, who: tuple[str, ...]) -> None:
    """Nobody, one person and everybody at once, or somebody who is on no roster is a usage mistake, and nothing is written."""
    assert month("schedule", "ics", *who, "-o", str(tmp_path / "a.ics")).status == 2
    assert not (tmp_path / "a.ics").exists()


def test_a_void_draw_sends_nobody(month: Cli, tmp_path: Path) -> None:
    """Asked for by its slot a void draw is refused; among all draws it is left out."""
    _void(tmp_path)
    assert month("schedule", "show", "2026-12/1").status == 4
    assert json.loads(month("schedule", "show", "--json").out) == []


def test_an_unknown_draw_is_told(month: Cli) -> None:
    """A slot that nobody committed is a usage mistake."""
    assert month("schedule", "show", "2026-11/1").status == 2


def test_what_is_not_checked_is_shown(tmp_path: Path, run_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """SCHED-7: table, data, calendar, list and record tell what the frozen row leaves out, by the name that was committed."""
    monkeypatch.setenv("COLUMNS", "220")
    options = fill_folder(tmp_path, leave_out(make_sample(), "E-1", "S-01"))
    told = "not to be checked: S-01 安全生产检查"
    shown = run_cli(*options, "schedule", "show", "2026-12/1").out
    assert [told in line for line in shown.splitlines() if "E-" in line] == [False, True, False]
    for command in (("schedule", "show"), ("visit", "list")):
        data = json.loads(run_cli(*options, *command, "2026-12/1", "--json").out)
        assert {one["entity"]: one.get("without_matters") for one in data} == {
            "E-1": ["S-01"],
            "E-2": None,
            "E-3": None,
        }
    assert told in run_cli(*options, "visit", "list", "2026-12/1").out
    record = (*options, "--as", "操作员甲", "--today", "2026-12-02", "visit", "record", "2026-12/1", "E-1")
    results = ("--result", "labour=1", "--result", "safety=1")
    assert told in run_cli(*record, *results).err
    assert json.loads(run_cli(*record, *results, "--json").out)["without_matters"] == ["S-01"]
