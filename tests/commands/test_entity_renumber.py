"""``inspect-cli entity renumber`` and its traces in lists, pages, imports, draws and schedules, at the command line."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from stdnum.cn import uscc

from inspect_cli.core.names import Slot
from tests import small_month
from tests.terminal import call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

BODY = "91350100MA2XN7777"
CODE = BODY + uscc.calc_check_digit(BODY)
OTHER = "91350100M000100Y43"
OLD = "350100000000010"
HOSTILE = "[/red]=cmd|'/c calc'!A1<script>"
HEADER = ["统一社会信用代码", "注册号", "企业名称", "适用领域", "住所"]


def write(path: Path, *rows: tuple[str, ...]) -> Path:
    """Write a file of entities with both columns of numbers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


@pytest.fixture
def entity(begun: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Outcome]:
    """Work in a folder whose registry has one company with a registration number, whose name is hostile."""
    file = write(tmp_path / "old.csv", ("", OLD, HOSTILE, "安全", "一路1号"))
    assert begun("--as", "甲", "entity", "import", file).status == 0
    return lambda *words: begun("--as", "甲", "entity", *words)


def test_a_number_is_changed(entity: Callable[..., Outcome]) -> None:
    """It asks, does it with a yes, says so the second time; the name is text, and the same in data."""
    words = ("renumber", OLD, CODE, "--reason", "换证")
    asked = entity(*words)
    assert asked.status == 4
    assert "--yes" in asked.err
    done = entity(*words, "--yes")
    assert done.status == 0
    assert HOSTILE in done.out
    assert f"entity show {OLD}" in done.err
    again = entity(*words)
    assert (again.status, "already" in again.out) == (0, True)
    assert json.loads(entity(*words, "--json").out) == {"from": OLD, "to": CODE, "name": HOSTILE, "changed": False}


def test_lists_and_pages(entity: Callable[..., Outcome]) -> None:
    """The list has the company once; the retired ones name what a former number is now; both pages lead to each other."""
    done = entity("renumber", OLD, CODE, "--reason", "换证", "--yes", "--json")
    assert json.loads(done.out) | {"changed": True, "joined": False, "visits": 0} == json.loads(done.out)
    listed = entity("list")
    assert (CODE in listed.out, OLD in listed.out, "entities: 1" in listed.err) == (True, False, True)
    retired = entity("list", "--retired")
    assert ("now kept as" in retired.out, "entities: 1" in retired.err, "former numbers" in retired.err) == (True,) * 3
    old = entity("show", OLD)
    assert ("now kept as" in old.out, f"entity show {CODE}" in old.err) == (True, True)
    assert OLD in entity("show", CODE).out
    assert json.loads(entity("show", CODE, "--json").out)["former_numbers"] == [OLD]
    refused = entity("restore", OLD, "--reason", "r")
    assert (refused.status, f"renumber {CODE} {OLD}" in refused.err) == (4, True)


def test_wrong_numbers(entity: Callable[..., Outcome]) -> None:
    """A new number with a wrong check character is refused, and so is an unknown old one."""
    assert entity("renumber", OLD, CODE[:-1] + "1", "--reason", "r", "--yes").status == 3
    assert entity("renumber", "E99", CODE, "--reason", "r", "--yes").status == 2


def test_two_rows_are_joined(entity: Callable[..., Outcome], tmp_path: Path) -> None:
    """A plain import that brings the code as a company of its own asks whether it is one; --merge joins them and says what it takes."""
    file = write(tmp_path / "new.csv", (CODE, "", HOSTILE, "安全", "一路1号"))
    imported = entity("import", file)
    assert f"entity renumber {OLD} {CODE} --merge" in imported.err
    refused = entity("renumber", OLD, CODE, "--reason", "r", "--yes")
    assert (refused.status, "--merge" in refused.err) == (4, True)
    joined = entity("renumber", OLD, CODE, "--reason", "r", "--merge", "--yes")
    assert joined.status == 0
    assert "cannot be parted again" in joined.err
    assert "taken over" in joined.err


def test_a_file_with_both_numbers(entity: Callable[..., Outcome], tmp_path: Path) -> None:
    """A row with 注册号 and a new credit code is shown as a change of number, wants a yes, and is done with the file."""
    file = write(tmp_path / "new.csv", (CODE, OLD, HOSTILE, "安全", "一路1号"), (OTHER, "", "另一家", "安全", ""))
    shown = entity("import", file, "--dry-run", "--json")
    assert json.loads(shown.out)["renumbered"] == [{"old": OLD, "new": CODE}]
    assert entity("import", file).status == 4
    assert entity("import", file, "--update").status == 4
    assert CODE not in entity("list").out
    assert entity("import", file, "--update", "--yes").status == 0
    assert json.loads(entity("show", OLD, "--json").out)["successor"] == CODE
    again = json.loads(entity("import", file, "--json").out)
    assert (again["new"], again["updated"]) == (0, 0)


@pytest.fixture
def month(tmp_path: Path) -> tuple[str, ...]:
    """Draw the small month in a folder, and give the options that name it."""
    options = small_month.fill_folder(tmp_path)
    small_month.draw_month(small_month.open_folder(tmp_path))
    return (*options, "--as", small_month.OPERATOR)


def test_a_drawn_company(month: tuple[str, ...]) -> None:
    """Explained, listed, shown and recorded by the new number; the drawn one stands beside it everywhere."""

    def data(*words: str) -> Any:
        status, out, err = call(*month, *words, "--json")
        assert status == 0, err
        return json.loads(out)

    slot = Slot("2026-12/1")
    visit = next(one for one in data("schedule", "show") if "day" in one)
    drawn = visit["entity"]
    assert call(*month, "entity", "renumber", drawn, CODE, "--reason", "换证", "--yes")[0] == 0
    assert data("draw", "explain", slot, CODE) == data("draw", "explain", slot, drawn)
    _status, _out, err = call(*month, "draw", "explain", slot, CODE)
    assert drawn in err
    for number in (CODE, drawn):
        (shown,) = data("schedule", "show", "--entity", number)
        assert (shown["entity"], shown["kept_as"]) == (drawn, CODE)
    assert CODE in call(*month, "visit", "list", slot)[1]
    results = [word for domain in visit["domains"] for word in ("--result", f"{domain}=1")]
    recorded = data("--today", visit["day"], "visit", "record", slot, CODE, *results)
    assert (recorded["entity"], recorded["new"]) == (drawn, True)
    (listed,) = (one for one in data("visit", "list", slot) if one["entity"] == drawn)
    assert (listed["kept_as"], listed["state"]) == (CODE, "recorded")
