"""``inspect-cli matter`` and ``inspect-cli visit import``: the list of what may be inspected, and the ledger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry.entities import import_entities
from inspect_cli.storage.engine import Store
from inspect_cli.storage.ledger import find_ledger
from tests.registry_rows import HOSTILE, an_actor, an_entity, an_order

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

MATTERS = """编号,抽查领域,抽查事项,抽查依据,事项类别,生效日期,失效日期
AQ-01,安全,安全生产责任制,《安全生产法》,重点,2025-01-01,
WS-01,卫生,公共场所卫生,《公共场所卫生管理条例》,一般,2025-01-01,2026-12-31
"""


@pytest.fixture
def call(begun: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Outcome]:
    """Work in a folder with settings and a store; give the command line as 甲 calls it."""
    (tmp_path / "matters.csv").write_text(MATTERS, "utf-8")
    return lambda *words: begun("--as", "甲", *words)


def test_matters_are_imported_listed_and_shown(call: Callable[..., Outcome]) -> None:
    """The list shows validity and weight, a filter one domain's, and a page the legal basis."""
    assert "new 2" in call("matter", "import", "matters.csv").out
    listed = call("matter", "list")
    for word in ("AQ-01", "2026-12-31", "yes"):
        assert word in listed.out
    assert [one["id"] for one in json.loads(call("matter", "list", "--domain", "卫生", "--json").out)] == ["WS-01"]
    assert "《安全生产法》" in call("matter", "show", "AQ-01").out
    data = json.loads(call("matter", "show", "AQ-01", "--json").out)
    assert (data["is_key"], data["valid_from"], data["valid_until"]) == (True, "2025-01-01", None)
    assert call("matter", "show", "x").status == 2


def test_the_versions_of_a_matter(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """A matter is version 1 as it came, and one more after each act that changed it; the day is that of the act."""
    call("--today", "2026-01-05", "matter", "import", "matters.csv")
    assert "version 1, since 2026-01-05" in call("matter", "show", "AQ-01").err
    changed = MATTERS.replace("《安全生产法》", "《安全生产法》第六十五条").replace(
        "安全生产责任制,", "全员安全生产责任制,"
    )
    (tmp_path / "matters.csv").write_text(changed, "utf-8")
    assert call("--today", "2026-03-01", "matter", "import", "matters.csv", "--update", "--yes").status == 0
    assert "version 2, since 2026-03-01" in call("matter", "show", "AQ-01").err
    data = json.loads(call("matter", "show", "WS-01", "--json").out)
    assert (data["version"], data["version_since"]) == (1, "2026-01-05")


def test_a_matter_is_retired_and_put_back(call: Callable[..., Outcome]) -> None:
    """A retired matter leaves the list and comes back to it."""
    call("matter", "import", "matters.csv")
    assert call("matter", "retire", "AQ-01", "--reason", "废止").status == 0
    assert "AQ-01" not in call("matter", "list").out
    assert "AQ-01" in call("matter", "list", "--retired").out
    assert call("matter", "restore", "AQ-01", "--reason", "误操作").status == 0
    assert "AQ-01" in call("matter", "list").out


@pytest.mark.parametrize("name", [name for name in HOSTILE if "\u202e" not in name])
def test_hostile_names_are_shown_as_text(call: Callable[..., Outcome], tmp_path: Path, name: str) -> None:
    """A matter's name and basis are never interpreted."""
    quoted = name.replace('"', '""')
    text = f'编号,抽查领域,抽查事项,抽查依据\nAQ-01,安全,"{quoted}","{quoted}"\n'
    (tmp_path / "hostile.csv").write_text(text, "utf-8")
    assert call("matter", "import", "hostile.csv").status == 0
    assert json.loads(call("matter", "show", "AQ-01", "--json").out)["basis"] == name
    assert name[:6] in call("matter", "list").out
    assert name[:6] in call("matter", "show", "AQ-01").out


def test_visits_are_imported_into_the_ledger(call: Callable[..., Outcome], tmp_path: Path) -> None:
    """Visits of known entities are taken once; a stranger's is told with its row, and nothing is taken."""
    import_entities(Store.open("inspect.db"), an_actor(), an_order(an_entity()))
    header = "统一社会信用代码,检查日期,检查类型,检查领域,检查部门\n"
    row = f"{an_entity().id},2026-03-05,日常检查,卫生,区卫健委\n"
    (tmp_path / "visits.csv").write_text(header + row, "utf-8")
    assert "new 1" in call("visit", "import", "visits.csv").out
    assert "taken already" in call("visit", "import", "visits.csv").out
    (tmp_path / "stranger.csv").write_text(header + row.replace(an_entity().id, "92330000MA0000000X"), "utf-8")
    refused = call("visit", "import", "stranger.csv")
    assert refused.status == 3
    assert "row 2" in refused.err
    with Store.open("inspect.db").reading() as session:
        assert len(find_ledger(session)) == 1
