"""``visit record`` and ``visit list`` as they are typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.sample_store import fill_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

BARE = ("visit", "record", "2026-12/1", "E-1", "--result", "safety=1", "--result", "labour=5")
RECORD = (*BARE, "--follow-up", "labour=rectify:2026-12-31")


@pytest.fixture
def month(tmp_path: Path, run_cli: Cli) -> Cli:
    """Give the command line in a folder with the sample draw, acting on 3 December."""
    options = (*fill_folder(tmp_path), "--as", "操作员甲")

    def run(*arguments: str, today: str = "2026-12-03") -> Outcome:
        return run_cli(*options, "--today", today, *arguments)

    return run


def test_a_visit_is_recorded_and_told(month: Cli) -> None:
    """The record is shown by domain with the company's result, and said again to be recorded already."""
    first = month(*RECORD, "--finding", "labour=两份合同缺失")
    assert first.status == 0
    assert "inspect-cli --as OTHER visit approve 2026-12/1 E-1" in first.err
    assert "recorded the visit to E-1" in first.out
    assert "5 problems found, ordered to rectify" in first.out
    assert "两份合同缺失" in first.out
    again = month(*RECORD, "--finding", "labour=两份合同缺失")
    assert again.status == 0
    assert "is recorded already" in again.out


def test_a_record_as_data(month: Cli) -> None:
    """``--json`` gives the outcome that stands, and whether this call made it."""
    arguments = (*RECORD, "--method", "labour=书面检查", "--on", "2026-12-03", "--json")
    data = json.loads(month(*arguments).out)
    assert data == {
        "slot": "2026-12/1",
        "entity": "E-1",
        "new": True,
        "version": 1,
        "visited_on": "2026-12-03",
        "result": 5,
        "domains": [
            {"domain": "labour", "result": 5, "method": "written", "follow_up": "rectify:2026-12-31"},
            {"domain": "safety", "result": 1, "method": "on-site"},
        ],
    }
    assert json.loads(month(*arguments).out)["new"] is False


@pytest.mark.parametrize(
    "words",
    [("安全=1", "劳动=5"), ("Safety = 1", "LABOUR=5"), ("安全生产=1", "人社=5"), ("ＳＡＦＥＴＹ=1", "labour=5")],
)
def test_domains_are_known_by_their_labels(month: Cli, words: tuple[str, str]) -> None:
    """A domain can be called as the bureau's settings call it, in either language or by an alias."""
    results = [argument for word in words for argument in ("--result", word)]
    called = month("visit", "record", "2026-12/1", "E-1", *results, *RECORD[-2:], "--json")
    assert [each["domain"] for each in json.loads(called.out)["domains"]] == ["labour", "safety"]


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        (("--result", "safety=1"), "twice"),
        (("--result", "fire=1"), "fire"),
        (("--result", "health=1"), "Health"),
        (("--finding", "labour"), "belong together"),
        (("--finding", "labour="), "belong together"),
        (("--method", "labour=telepathy"), "telepathy"),
        (("--follow-up", "labour=rectify"), "rectify"),
    ],
)
def test_what_does_not_fit_is_refused(month: Cli, extra: tuple[str, ...], word: str) -> None:
    """A domain twice, unknown or not of this visit, half a pair, an unknown method and half a follow-up are usage mistakes."""
    called = month(*BARE, *extra)
    assert (called.status, called.out) == (2, "")
    assert word in called.err


def test_an_order_says_its_last_day(month: Cli) -> None:
    """RECORD-7: result 5 alone is refused in the bureau's own words, and with ``none`` it is taken: put right on the spot."""
    called = month("--lang", "zh", *BARE)
    assert (called.status, called.out) == (2, "")
    assert "劳动：结果 5" in called.err
    assert "--follow-up 劳动=rectify:" in called.err
    assert month(*BARE, "--follow-up", "labour=none").status == 0


@pytest.mark.parametrize("number", ["0", "14", "x", "01", "５"])
def test_results_are_numbered_1_to_13(month: Cli, number: str) -> None:
    """Any other number is a usage mistake."""
    called = month("visit", "record", "2026-12/1", "E-1", "--result", f"safety={number}", "--result", "labour=1")
    assert called.status == 2


def test_a_missing_domain_is_named(month: Cli) -> None:
    """Who records one domain of two is told the other."""
    called = month("visit", "record", "2026-12/1", "E-1", "--result", "safety=1")
    assert called.status == 2
    assert "Labour" in called.err


def test_the_wrong_moment_is_exit_4(month: Cli) -> None:
    """Before the day, over another record, and for an open visit, the answer is that of a wrong moment."""
    assert month(*RECORD, today="2026-12-01").status == 4
    assert month("visit", "record", "2026-12/1", "E-2", "--result", "safety=1").status == 4
    assert month(*RECORD).status == 0
    assert month(*BARE[:-1], "labour=1").status == 4


def test_visits_are_listed_with_their_state(month: Cli) -> None:
    """The list has a line a visit with its frozen name, in the order of days, and the note counts them."""
    month(*RECORD)
    called = month("visit", "list", "2026-12/1")
    lines = [line for line in called.out.splitlines() if "E-" in line]
    assert [line.split()[:3] for line in lines] == [
        ["2026-12-01", "E-3", "丙厂"],
        ["2026-12-02", "E-1", "甲厂"],
        ["E-2", "乙厂", "open"],
    ]
    # On 3 December the visit of the 1st should have been recorded; seen from the eve it is still to come.
    assert "visits: 3 (open 1, not recorded 1, awaiting approval 1)" in called.err
    assert (
        "visits: 3 (planned 1, open 1, awaiting approval 1)"
        in month("visit", "list", "2026-12/1", today="2026-11-30").err
    )


def test_visits_as_data(month: Cli) -> None:
    """``--json`` gives each visit with its day or why it is open, and the outcome once there is one; ``--state`` picks."""
    month(*BARE, "--finding", "labour=x", "--follow-up", "labour=case")
    recorded = json.loads(month("visit", "list", "2026-12/1", "--state", "recorded", "--json").out)
    (outcome,) = [each.pop("outcome") for each in recorded]
    assert recorded == [
        {
            "slot": "2026-12/1",
            "entity": "E-1",
            "name": "甲厂",
            "state": "recorded",
            "domains": ["labour", "safety"],
            "day": "2026-12-02",
            "version": 1,
            "review": "awaiting",
        }
    ]
    assert outcome["domains"][0] == {
        "domain": "labour",
        "result": 5,
        "method": "on-site",
        "finding": "x",
        "follow_up": "case",
    }
    (still_open,) = json.loads(month("visit", "list", "2026-12/1", "--state", "open", "--json").out)
    assert (still_open["entity"], still_open["open"]) == ("E-2", "no team")
    assert "day" not in still_open


def test_a_list_speaks_chinese(month: Cli, run_cli: Cli, tmp_path: Path) -> None:
    """In Chinese the results and states have their official words."""
    month(*RECORD)
    config, store = str(tmp_path / "inspect.toml"), str(tmp_path / "inspect.db")
    called = run_cli("--lang", "zh", "--config", config, "--store", store, "visit", "list", "2026-12/1")
    assert "待审核" in called.out
    assert "5 发现问题已责令改正"[:8] in called.out
