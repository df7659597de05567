"""``notice check`` as it is typed: what it shows, as data too, and its exit status."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests import published_month
from tests.terminal import call

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """Give the folder of the published month."""
    published_month.fill_folder(tmp_path)
    return tmp_path


def _check(folder: Path, *words: str) -> tuple[int, str, str]:
    return call(*published_month.options(folder), "notice", "check", "2026-12", *words)


def test_a_month_that_holds(month: Path) -> None:
    """The table has each rule with nothing different, and where the visits stand; the exit status is 0."""
    status, out, err = _check(month)
    assert (status, "everything that was compared is the same" in err) == (0, True)
    rules = [line.split() for line in out.splitlines() if line.startswith("PROOF-")]
    assert [(rule[0], rule[-1]) for rule in rules] == [(f"PROOF-{number}", "0") for number in range(1, 12)]
    assert "visits drawn: result 4, cancelled 1, carried over 1" in out


def test_a_month_that_does_not_hold(month: Path) -> None:
    """Each difference is told with its place, what was expected and what was found; the exit status is 6, with data too."""
    with sqlite3.connect(month / "inspect.db") as store:
        store.execute("UPDATE notice_version SET zh = replace(zh, '| 劳动 | 10 |', '| 劳动 | 11 |') WHERE notice = 2")
        store.execute("DELETE FROM visit_change WHERE kind = 'cancelled'")
        store.execute("DELETE FROM notice_entry WHERE place = 4")
    store.close()
    status, out, err = _check(month)
    assert status == 6
    assert "示综执抽查〔2026〕2号 (zh)" in out
    assert "differences between notices, store and bundles of 2026-12" in err
    assert "the month is not finished: 1 visits have no end yet" in err
    assert "approved results that no notice names yet: 1" in err
    status, out, _ = _check(month, "--json")
    data = json.loads(out)
    assert (status, data["holds"], data["finished"], data["unpublished"]) == (6, False, False, 1)
    counts = next(one for one in data["checks"] if one["id"] == "PROOF-6")
    assert counts["verdict"] == "MISMATCH"
    assert {"where": "示综执抽查〔2026〕2号 (zh)", "what": "numbers by domain"}.items() <= counts["differences"][
        0
    ].items()
    assert " | 10 | " in counts["differences"][0]["expected"]
    assert " | 11 | " in counts["differences"][0]["found"]


def test_it_speaks_chinese(month: Path) -> None:
    """In Chinese rules and standings have the field's words."""
    out = call("--lang", "zh", *published_month.options(month)[2:], "notice", "check", "2026-12")[1]
    assert "每次抽中的检查各有且只有一个去向" in out
    assert "抽中的检查：已有结果 4、已取消 1、已结转 1" in out
