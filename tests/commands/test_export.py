"""``export`` of each registry: from the store into a file, and by ``import`` back without a change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.names import EntityId
from inspect_cli.storage.engine import Store
from inspect_cli.storage.ledger import add_ledger_visits, find_ledger
from inspect_cli.storage.registries import (
    add_entities,
    add_inspectors,
    add_leave,
    add_matters,
    add_recusals,
    find_entities,
    find_inspectors,
    find_leave,
    find_matters,
    find_recusals,
)
from tests.registry_rows import HOSTILE, TODAY, a_leave, a_matter, a_recusal, a_visit, an_entity, an_inspector

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlmodel import Session

    from tests.conftest import Outcome

SHEETS = ("entity", "inspector", "matter", "inspector leave", "inspector recuse", "visit")
FINDERS: dict[str, Callable[[Session], Any]] = {
    "entity": find_entities,
    "inspector": find_inspectors,
    "matter": find_matters,
    "inspector leave": find_leave,
    "inspector recuse": find_recusals,
    "visit": find_ledger,
}
CODES = ("91350100M000100Y43", "91330106673959654P", "330106000015234")


@pytest.fixture
def cli(begun: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Outcome]:
    """Work in a folder with settings and a store that holds some of everything; give the command line as 甲 calls it."""
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").transaction() as session:
        add_entities(
            session,
            [
                an_entity(contact="某某", telephone="13900000000"),
                an_entity(id=EntityId(CODES[1]), name=HOSTILE[1], zone="网格02", risk_class="C"),
                an_entity(id=EntityId("old"), retired=TODAY, retired_reason="注销"),
            ],
        )
        add_inspectors(session, [an_inspector(telephone="13800000000", day_cap=1)])
        add_matters(session, [a_matter(name=HOSTILE[2], valid_until=TODAY)])
        add_leave(session, [a_leave(reason="病假")])
        add_recusals(session, [a_recusal()])
        add_ledger_visits(session, [a_visit()])
    return lambda *words: begun("--as", "甲", *words)


def acts(cli: Callable[..., Outcome]) -> list[dict[str, Any]]:
    """Give the rows of the log."""
    found: list[dict[str, Any]] = json.loads(cli("log", "show", "--json").out)
    return found


@pytest.mark.parametrize("noun", SHEETS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("headers", ["zh", "en"])
def test_an_import_of_an_export_changes_nothing(
    cli: Callable[..., Outcome], noun: str, ending: str, headers: str
) -> None:
    """Nothing is new, changed or a mistake, with private fields or without."""
    for private in ((), ("--private",)):
        if noun == "inspector recuse" and not private:
            continue
        words = () if noun in {"matter", "visit"} else private
        file = f"out{len(words)}.{ending}"
        done = cli(*noun.split(), "export", "-o", file, "--headers", headers, *words)
        assert done.status == 0, done.err
        assert "Note" not in done.err
        done = cli(*noun.split(), "import", file, "--dry-run", "--json")
        assert "is not known" not in done.err
        data = json.loads(done.out)
        assert (data["new"], data["updated"]) == (0, 0)
        assert data["unchanged"] >= 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_fresh_store_gets_the_same_values(cli: Callable[..., Outcome], tmp_path: Path, ending: str) -> None:
    """Imported into an empty store, in the order in which they need each other, the registries are what they were."""
    for sheet in SHEETS:
        private = () if sheet in {"matter", "visit"} else ("--private",)
        assert cli(*sheet.split(), "export", "-o", f"{sheet}.{ending}", *private).status == 0
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").reading() as session:
        before = {noun: find(session) for noun, find in FINDERS.items()}
    (tmp_path / "inspect.db").unlink()
    (tmp_path / "inspect.toml").rename(tmp_path / "settings.toml")
    assert cli("init").status == 0
    for sheet in SHEETS:
        done = cli(*sheet.split(), "import", f"{sheet}.{ending}")
        assert done.status == 0, done.err
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").reading() as session:
        assert {noun: find(session) for noun, find in FINDERS.items()} == before


def test_contacts_leave_the_store_only_where_they_are_asked_for(cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """By default neither column nor value is there, and the log has no row; with --private both are, and the log says who took them."""
    before = len(acts(cli))
    cli("entity", "export", "-o", "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "联系" not in text
    assert "13900000000" not in text
    assert len(acts(cli)) == before
    assert cli("entity", "export", "-o", "private.csv", "--private").status == 0
    assert "某某,13900000000" in (tmp_path / "private.csv").read_text(encoding="utf-8-sig")
    row = acts(cli)[-1]
    assert (row["act"], row["subject"], row["actor"]) == ("entity export", "private.csv", "甲")
    assert row["detail"] == {"fields": ["contact", "telephone"], "rows": 2}
    assert "13900000000" not in cli("log", "show", "--json").out


def test_nobody_takes_private_fields_unnamed(run_cli: Callable[..., Outcome], cli: Callable[..., Outcome]) -> None:
    """Without a name there are no telephones and no file; without private fields nobody needs a name."""
    assert cli("matter", "list").status == 0
    refused = run_cli("inspector", "export", "-o", "roster.xlsx", "--private")
    assert refused.status == 2
    assert run_cli("inspector", "export", "-o", "roster.xlsx").status == 0


def test_recusals_want_to_be_asked_for(cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """Their export is private as a whole; an empty sheet for them is not."""
    refused = cli("inspector", "recuse", "export", "-o", "out.csv")
    assert refused.status == 2
    assert "--private" in refused.err
    assert not (tmp_path / "out.csv").exists()
    assert cli("inspector", "recuse", "export", "-o", "blank.xlsx", "--template").status == 0


def test_filters_are_those_of_the_list(cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """By zone, class and domain; retired rows come with the day and the reason, in columns that an import passes over."""
    for words, count in (
        (("--zone", "网格02"), 1),
        (("--class", "B"), 1),
        (("--domain", "安全"), 2),
        (("--zone", "x"), 0),
        (("--retired",), 3),
    ):
        assert f"rows in it: {count}" in cli("entity", "export", "-o", "out.csv", "--force", *words).out
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "退出名录日期,退出名录原因" in text
    assert f"{TODAY.isoformat()},注销" in text
    assert "rows in it: 0" in cli("matter", "export", "-o", "m.csv", "--domain", "环保").out
    assert "rows in it: 0" in cli("visit", "export", "-o", "v.csv", "--to", "2001-01-01").out
    assert "rows in it: 0" in cli("visit", "export", "-o", "v.csv", "--force", "--from", "2199-01-01").out


def test_domains_by_rule_are_left_to_the_rules(cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """Where the settings' rules gave the domains the cell is empty, so that an import asks the rules again; a column beside tells them."""
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").transaction() as session:
        add_entities(session, [an_entity(id=EntityId(CODES[2]), domains_by_rule=True)])
    cli("entity", "export", "-o", "out.csv")
    header, *rows = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header.endswith("适用领域,按规则确定的领域")
    (by_rule,) = [row for row in rows if row.startswith(CODES[2])]
    assert by_rule.endswith(",,卫生、安全")
    assert all(row.endswith("卫生、安全,") for row in rows if row != by_rule)


def test_another_file_is_not_replaced_unasked(cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """The same export again is no conflict; another file stays until --force, and the log is told of neither."""
    assert cli("matter", "export", "-o", "out.xlsx").status == 0
    assert "the same to the byte" in cli("matter", "export", "-o", "out.xlsx").out
    (tmp_path / "out.xlsx").write_bytes(b"mine")
    before = len(acts(cli))
    assert cli("matter", "export", "-o", "out.xlsx").status == 4
    assert cli("inspector", "export", "-o", "out.xlsx", "--private").status == 4
    assert len(acts(cli)) == before
    assert (tmp_path / "out.xlsx").read_bytes() == b"mine"
    assert cli("matter", "export", "-o", "out.xlsx", "--force").status == 0


@pytest.mark.parametrize("noun", SHEETS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("headers", ["zh", "en"])
def test_an_empty_sheet_is_understood_by_the_import(
    cli: Callable[..., Outcome], noun: str, ending: str, headers: str
) -> None:
    """The line of guidance is taken neither for the header nor for a row."""
    assert cli(*noun.split(), "export", "-o", f"blank.{ending}", "--template", "--headers", headers).status == 0
    done = cli(*noun.split(), "import", f"blank.{ending}", "--dry-run", "--json")
    assert done.status == 0, done.err
    assert json.loads(done.out)["new"] == 0
    assert "is not known" not in done.err


def test_another_ending_is_refused(cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """Only .xlsx and .csv are written; nothing is, otherwise."""
    refused = cli("entity", "export", "-o", "out.xls")
    assert refused.status == 2
    assert ".xlsx" in refused.err
    assert not (tmp_path / "out.xls").exists()
