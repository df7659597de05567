"""Commands that a message names are typed as they stand: a file's name and a number come through the shell as they are."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.commands.draw.later_words import later_words
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from tests import small_month

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

HOSTILE = ("$(id>pwned)", "R1;id", "`id`", "a b", "it's", "*")


def _named(text: str, command: str) -> list[str]:
    """Give the words that a shell makes of the line from ``command`` on."""
    (line,) = (line for line in text.splitlines() if command in line)
    return shlex.split(line[line.index(command) :])


@pytest.mark.parametrize("name", HOSTILE)
def test_files_are_named_for_the_shell(name: str, tmp_path: Path, run_cli: Callable[..., Outcome]) -> None:
    """The file that was written stands in the next command so that the shell hands it on whole and runs nothing of it."""
    options = (
        "--lang",
        "en",
        *small_month.fill_folder(tmp_path),
        "--as",
        small_month.OPERATOR,
        "--today",
        "2026-11-20",
    )
    plan, year = str(tmp_path / f"{name}.toml"), str(tmp_path / f"{name}-year.toml")
    written = run_cli(*options, "plan", "new", "2026-12", "-o", plan)
    assert _named(written.err, "inspect-cli plan check")[3] == plan
    proposed = run_cli(*options, "plan", "year", "2026", "-o", year)
    assert _named(proposed.err, "inspect-cli plan year")[5] == year
    checked = run_cli(*options, "plan", "check", tmp_path / "plan.toml")
    assert _named(checked.err, "inspect-cli draw commit")[3] == str(tmp_path / "plan.toml")


@pytest.mark.parametrize("number", [name for name in HOSTILE if " " not in name])
def test_numbers_are_named_for_the_shell(number: str, tmp_path: Path, run_cli: Callable[..., Outcome]) -> None:
    """The number of an inspector, which can have any visible characters, is one word of the command that a hint names."""
    options = ("--lang", "en", *small_month.fill_folder(tmp_path), "--as", small_month.OPERATOR)
    (tmp_path / "i.csv").write_text(f"编号,姓名,执法证号,执法领域\n{number},甲,证1,劳动\n", "utf-8")
    assert run_cli(*options, "inspector", "import", tmp_path / "i.csv").status == 0
    days = ("--from", "2026-12-01", "--to", "2026-12-01", "--reason")
    assert run_cli(*options, "inspector", "leave", "add", number, *days, "first").status == 0
    again = run_cli(*options, "inspector", "leave", "add", number, *days, "second")
    assert _named(again.err, "inspect-cli inspector leave remove")[4] == number
    unknown = run_cli(*options, "inspector", "leave", "remove", number, "2026-12-08", "2026-12-08", "--reason", "back")
    assert _named(unknown.err, "inspect-cli inspector show")[3] == number


def test_an_entity_is_named_for_the_shell() -> None:
    """The number of an entity without a credit code can have a shell's characters too."""
    change = VisitChange(
        slot=Slot("2026-12/1"),
        entity=EntityId("$(id)字第1号"),
        kind=ChangeKind.REPLACED,
        clock="2026-12-01T10:00:00+08:00",
        day=date(2026, 12, 1),
        actor=small_month.OPERATOR,
        reason="illness",
        approver=small_month.APPROVER,
        by_slot=Slot("2026-12/2"),
    )
    assert shlex.split(str(later_words(change)))[-1] == change.entity
