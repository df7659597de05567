"""``inspect-cli entity``: from a file on the disk to the list on the screen."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from stdnum.cn import uscc

from inspect_cli.widths import visible
from tests.registry_rows import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

HEADER = ["统一社会信用代码", "企业名称", "网格", "信用风险等级", "适用领域", "联系人", "联系方式"]
CODE = "91350100M000100Y43"


def _code(number: int) -> str:
    """Make a credit code by an independent library's check character."""
    body = f"91990100MA{number:07}"
    return body + uscc.calc_check_digit(body)


def _write(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


@pytest.fixture
def entity(begun: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Work in a folder with settings and a store; give ``entity`` as 甲 calls it."""
    return lambda *words: begun("--as", "甲", "entity", *words)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file with two entities."""
    return _write(
        tmp_path / "entities.csv",
        (CODE, "示例食品厂", "网格01", "B", "卫生、安全", "联系人某某", "13900000000"),
        (_code(2), "示例机械厂", "网格02", "C", "安全", "", ""),
    )


def test_a_file_is_imported_listed_and_shown(entity: Callable[..., Outcome], file: Path) -> None:
    """The counts are told; the list and the page of one entity show it without contact and telephone."""
    assert "new 2, changed 0, unchanged 0" in entity("import", file).out
    listed = entity("list")
    assert CODE in listed.out
    assert "示例机械厂" in listed.out
    assert "entities: 2" in listed.err
    shown = entity("show", CODE)
    assert "示例食品厂" in shown.out
    for out in (listed.out, shown.out, entity("list", "--json").out, entity("show", CODE, "--json").out):
        assert "13900000000" not in out
        assert "联系人某某" not in out


def test_private_fields_are_shown_to_whoever_asks(entity: Callable[..., Outcome], file: Path) -> None:
    """With --private contact and telephone are there, on the screen and as data."""
    entity("import", file)
    for words in (("list",), ("show", CODE), ("list", "--json"), ("show", CODE, "--json")):
        assert "13900000000" in entity(*words, "--private").out


def test_lists_are_filtered(entity: Callable[..., Outcome], file: Path) -> None:
    """By zone, class and domain, alone and together; an unknown domain is told."""
    entity("import", file)

    def names(*words: str) -> list[str]:
        return [one["name"] for one in json.loads(entity("list", "--json", *words).out)]

    assert names("--zone", "网格01") == ["示例食品厂"]
    assert names("--class", "C") == ["示例机械厂"]
    assert names("--domain", "卫生") == names("--domain", "health") == ["示例食品厂"]
    assert names("--domain", "安全", "--class", "B") == ["示例食品厂"]
    assert names("--zone", "网格09") == []
    assert entity("list", "--domain", "航天").status == 3


def test_data_has_stable_keys(entity: Callable[..., Outcome], file: Path) -> None:
    """The keys of a row and of an import's report are these."""
    report = json.loads(entity("import", file, "--json").out)
    assert list(report) == [
        "file", "sha256", "dry_run", "taken_before", "new", "updated", "unchanged", "left_out", "retired", "changes",
        "changed_values", "key_changes", "new_rows", "missing", "renumbered", "understood",
    ]  # fmt: skip
    assert list(json.loads(entity("import", file, "--json").out)) == list(report)
    assert list(json.loads(entity("show", CODE, "--json").out)) == [
        "id", "name", "domains", "zone", "industry", "size", "risk_class", "address", "legal_representative",
        "registration_authority", "supervising_unit", "registration_status", "established", "retired", "retired_reason",
        "domains_by_rule", "risk_class_date", "group", "tags", "successor", "former_numbers",
    ]  # fmt: skip


def test_changes_are_refused_and_taken_with_update(entity: Callable[..., Outcome], file: Path, tmp_path: Path) -> None:
    """Another class for a known entity is refused with exit 4, row and both values; a dry run tells; --update takes it."""
    entity("import", file)
    other = _write(tmp_path / "other.csv", (CODE, "示例食品厂", "网格01", "D", "卫生、安全", "", "1"))
    refused = entity("import", other)
    assert refused.status == 4
    assert "row 2, 信用风险等级: the file says “D”, the registry holds “B”" in refused.err
    assert "13900000000" not in refused.err
    tried = entity("import", other, "--dry-run")
    assert "nothing was taken" in tried.out
    assert "risk class: “B” would become “D”" in tried.out
    assert "telephone: another value" in tried.out
    changes = json.loads(entity("import", other, "--dry-run", "--json").out)["changes"]
    assert {"id": CODE, "field": "risk_class", "before": "B", "after": "D", "row": 2} in changes
    assert {"id": CODE, "field": "telephone", "before": None, "after": None, "row": 2} in changes
    assert "changed 1" in entity("import", other, "--update", "--yes").out
    assert json.loads(entity("show", CODE, "--json").out)["risk_class"] == "D"


def test_mistakes_are_told_and_nothing_is_taken(entity: Callable[..., Outcome], tmp_path: Path) -> None:
    """Every mistake of a file is told with row and column, and the good rows are not taken either."""
    bad = _write(
        tmp_path / "bad.csv",
        (CODE, "好", "网格01", "B", "卫生", "", ""),
        ("91350100M000100Y4A", "坏", "网格01", "B", "卫生", "", ""),
        (_code(3), "", "网格01", "B", "卫生", "", ""),
    )
    done = entity("import", bad)
    assert done.status == 3
    assert "row 3, 统一社会信用代码" in done.err
    assert "row 4, 企业名称" in done.err
    assert json.loads(entity("list", "--json").out) == []


def test_retire_and_restore(entity: Callable[..., Outcome], file: Path) -> None:
    """A retired entity leaves the list, is found with --retired, is told by an import, and comes back."""
    entity("import", file)
    assert "is retired since" in entity("retire", CODE, "--reason", "注销").out
    assert CODE not in entity("list").out
    assert CODE in entity("list", "--retired").out
    again = entity("import", file)
    assert "restore brings it back" in again.err
    assert json.loads(entity("import", file, "--json").out)["retired"] == [CODE]
    assert entity("retire", CODE, "--reason", "其他").status == 4
    assert "is in the registry" in entity("restore", CODE, "--reason", "误操作").out
    assert CODE in entity("list").out


def test_many_notices_are_told_in_part(entity: Callable[..., Outcome], tmp_path: Path) -> None:
    """Of thirty things to know about a file twenty are told, and how many more there are."""
    rows = ((f"企独示总字第{number:05}号", "示例店", "网格01", "B", "卫生", "", "") for number in range(30))
    done = entity("import", _write(tmp_path / "old.csv", *rows))
    assert done.status == 0
    assert done.err.splitlines()[0] == "Note: old.csv"
    assert sum(line.startswith("  row ") for line in done.err.splitlines()) == 20
    assert "and 10 more" in done.err


def test_an_unknown_entity_is_told(entity: Callable[..., Outcome]) -> None:
    """Exit 2 and the list that shows the right ones, for each verb that takes a number."""
    for words in (("show", "x"), ("retire", "x", "--reason", "y"), ("restore", "x", "--reason", "y")):
        done = entity(*words)
        assert done.status == 2
        assert "inspect-cli entity list" in done.err


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_as_text(entity: Callable[..., Outcome], tmp_path: Path, name: str) -> None:
    """A name is never interpreted: it comes back whole as data, and on the screen nothing that a terminal obeys is printed."""
    hostile = _write(tmp_path / "hostile.csv", (CODE, name, "网格01", "B", "卫生", name[:200], ""))
    taken = entity("import", hostile)
    assert taken.status == 0
    assert json.loads(entity("show", CODE, "--json").out)["name"] == name
    for words in (("list",), ("show", CODE), ("list", "--private")):
        done = entity(*words)
        assert done.status == 0
        assert visible(name)[:4] in done.out
        assert "\x1b" not in done.out
        assert "\u202e" not in done.out


def test_a_file_that_is_not_there_is_told(entity: Callable[..., Outcome]) -> None:
    """Exit 3 with the file's name; the same for a store that is not there, exit 5."""
    assert entity("import", "nowhere.csv").status == 3
    assert entity("import", "nowhere.csv", "--encoding", "latin-1").status == 2


def test_only_an_operator_imports(entity: Callable[..., Outcome], file: Path, tmp_path: Path) -> None:
    """Where the settings list people, somebody without the role is refused with exit 4."""
    settings = tmp_path / "inspect.toml"
    text = settings.read_text("utf-8")
    assert "operator = []" in text
    settings.write_text(text.replace("operator = []", 'operator = ["乙"]'), "utf-8")
    assert entity("import", file).status == 4
    assert json.loads(entity("list", "--json").out) == []


def test_without_a_store_the_way_out_is_told(
    run_cli: Callable[..., Outcome], entity: Callable[..., Outcome], tmp_path: Path
) -> None:
    """A list of a store that is not there ends with exit 5 and names init."""
    del entity
    done = run_cli("--store", str(tmp_path / "other.db"), "entity", "list")
    assert done.status == 5
    assert "inspect-cli init" in done.err
    assert not (tmp_path / "other.db").exists()
