"""A month whose matters are for some companies alone: what the plan's check, the draw's explanation and the schedule say of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.names import EntityId
from inspect_cli.storage.draws import find_draw
from inspect_cli.storage.registries import add_matters, find_entity, update_entities, update_matters
from tests import small_month as month

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

LABOUR, SAFETY = month.make_matter("L-01", month.LABOUR), month.make_matter("S-01", month.SAFETY)
DUST = replace(month.make_matter("S-02", month.SAFETY), of_tags=("涉爆粉尘",), visits_a_year=2)


@pytest.fixture
def call(tmp_path: Path, run_cli: Cli) -> Cli:
    """Work in the folder of the small month: safety law is for E01 and E02 by a matter for large companies, and S-02 for E01 alone."""
    options = month.fill_folder(tmp_path)
    with month.open_folder(tmp_path).transaction() as session:
        first, second = find_entity(session, EntityId("E01")), find_entity(session, EntityId("E02"))
        assert first is not None
        assert second is not None
        update_entities(session, [replace(first, size="大", tags=("涉爆粉尘",)), replace(second, size="大")])
        update_matters(session, [replace(SAFETY, of_sizes=("大型",))])
        add_matters(session, [DUST])
    return lambda *words: run_cli("--as", month.OPERATOR, "--today", month.COMMIT_DAY, *options, *words)


def test_the_check_says_why(call: Cli, tmp_path: Path) -> None:
    """PLAN-4, EXCLUDE-6: who no matter of the domain applies to is named with the domain and the reason, in both languages."""
    found = json.loads(call("plan", "check", str(tmp_path / "plan.toml"), "--excluded", "--json").out)
    rows = {(row["id"], row.get("domain")): row for row in found["excluded"]["rows"]}
    assert set(rows) == {(f"E{number:02}", "safety") for number in range(3, 7)}
    assert {row["reason"] for row in rows.values()} == {"filter"}
    assert all(row["why"].startswith("none of the matters S-01, S-02 applies to it") for row in rows.values())
    assert [(one["domain"], one["base"]) for one in found["quotas"]] == [("labour", 10), ("safety", 2)]
    assert "都不适用于它" in call("--lang", "zh", "plan", "check", str(tmp_path / "plan.toml"), "--excluded").out


def test_what_does_not_apply_is_not_checked(call: Cli, tmp_path: Path) -> None:
    """SCHED-7, CAP-4: the row names it, and with it schedule and explanation; the commitment binds the matter's own cap with its basis."""
    store = month.open_folder(tmp_path)
    slot = month.draw_month(store)
    with store.reading() as session:
        record = find_draw(session, slot)
    assert record is not None
    rows = {row["id"]: row for row in map(json.loads, record.entities.splitlines())}
    assert {name: row.get("without_matters") for name, row in rows.items() if "safety" in row["domains"]} == {
        "E01": None,
        "E02": ["S-02"],
    }
    limits = {one["limit"]: one for one in json.loads(record.commitment)["limits"]}
    assert limits["matters.S-02"] == {"limit": "matters.S-02", "number": 2, "basis": "《示例法》第一条"}
    explained = call("draw", "explain", slot, "E02")
    assert "not to be checked: S-02 S-02检查" in explained.out + explained.err
    assert json.loads(call("draw", "explain", slot, "E02", "--json").out)["without_matters"] == ["S-02"]
    assert "without_matters" not in json.loads(call("draw", "explain", slot, "E01", "--json").out)
    visits = json.loads(call("schedule", "show", slot, "--json").out)
    assert {one["entity"]: one.get("without_matters") for one in visits}["E02"] == ["S-02"]
