"""Help pages in two languages, and the options that many commands share."""

from __future__ import annotations

from datetime import date

import click
import pytest
from click.testing import CliRunner

from inspect_cli import language
from inspect_cli.command_line import (
    Command,
    Day,
    Group,
    Period,
    approval_options,
    json_option,
    lang_option,
    yes_option,
)
from inspect_cli.core.people import Approval
from inspect_cli.errors import UsageMistake
from inspect_cli.widths import cells

given: list[object] = []


@click.group(cls=Group)
def noun() -> None:
    """Draw inspections that nobody can steer and anybody can verify (双随机、一公开)."""


@noun.command("second")
@click.option("--day", type=Day(), help="Who acts.", show_default=True, default="2026-03-05")
@click.option("--month", type=Period())
@click.option("--count", type=click.IntRange(1, 9), required=True)
@click.argument("file", required=False, help="The bureau's settings.")
@json_option
@yes_option
@lang_option
def second(**values: object) -> None:
    """Who acts.

    The day that the rules use;
    the machine's clock is logged beside it.

    \b
    Example:
      inspect-cli second --count 3
    """
    given.append(values)


@noun.command("first")
@approval_options
def first(approval: Approval | None) -> None:
    """Draw."""
    given.append(approval)


def _help(*arguments: str) -> str:
    return CliRunner().invoke(noun, [*arguments, "--help"]).output


def test_commands_are_listed_in_the_order_of_their_definition() -> None:
    """The story's order stands, not the alphabet's; each line is the first paragraph without its full stop."""
    assert _help().splitlines()[-2:] == ["  second  Who acts", "  first   Draw"]


def test_help_is_translated_when_it_is_shown() -> None:
    """The same command shows English, Chinese and English again; its example is shown as it stands."""
    pages = []
    for lang in ("en", "zh", "en"):
        language.settle(lang)
        pages.append(_help("second"))
    assert pages[0] == pages[2]
    assert pages[0].startswith(
        "Usage: noun second [OPTIONS] [FILE]\n\nWho acts.\n\nThe day that the rules use; the machine's"
    )
    assert "Example:\n  inspect-cli second --count 3\n" in pages[0]
    assert "示例：\n  inspect-cli second --count 3\n" in pages[1]
    for chinese in (
        "用法：",
        "由谁操作。",
        "本单位的设置文件。",
        "选项：",
        "显示本帮助并退出。",
        "默认：2026-03-05",
        "必填",
    ):
        assert chinese in pages[1]


@pytest.mark.parametrize("width", [80, 45, 20])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_columns_stand_straight(width: int, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the screen (32 cells at least), and all meanings begin in the same cell."""
    monkeypatch.setenv("COLUMNS", str(width))
    language.settle(lang)
    page = _help("second")
    assert all(cells(line) <= max(width, 32) for line in page.splitlines())
    starts = [
        cells(line[: line.index(word)]) for word in ("JSON", "显示") for line in page.splitlines() if word in line
    ]
    options = page[page.index("--day") :].splitlines()
    indents = {len(line) - len(line.lstrip()) for line in options if line.startswith("    ")}
    assert starts
    assert len(indents) <= 1


def test_shared_options_arrive_under_their_names() -> None:
    """Day and month are parsed, the flags and the language arrive as the commands expect them."""
    given.clear()
    arguments = [
        "second",
        "--day",
        "2024-02-29",
        "--month",
        "2026-12",
        "--count",
        "3",
        "--json",
        "--yes",
        "--lang",
        "en",
    ]
    assert CliRunner().invoke(noun, arguments).exit_code == 0
    assert given == [
        {
            "day": date(2024, 2, 29),
            "month": "2026-12",
            "count": 3,
            "file": None,
            "as_json": True,
            "yes": True,
            "lang": "en",
        }
    ]


@pytest.mark.parametrize("day", ["2026-2-3", "2026-02-30", "20260203", "２０２６-02-03", "", "2026-02-03T00:00"])
def test_other_than_a_day_is_refused(day: str) -> None:
    """Only YYYY-MM-DD in plain digits, and only a day that the calendar has."""
    assert CliRunner().invoke(noun, ["second", "--count", "3", "--day", day]).exit_code == 2


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-00", "2026-1", "0000-01", "0001-01", "3000-01", "2026", "2026-12-01"]
)
def test_other_than_a_month_is_refused(month: str) -> None:
    """PERIOD-1: only YYYY-MM, and only a month in which a draw can be."""
    assert CliRunner().invoke(noun, ["second", "--count", "3", "--month", month]).exit_code == 2


def test_an_approval_is_two_things() -> None:
    """Approver and reason come together or not at all."""
    given.clear()
    runner = CliRunner()
    assert runner.invoke(noun, ["first"]).exit_code == 0
    assert runner.invoke(noun, ["first", "--approver", "李四", "--reason", "wrong-seed"]).exit_code == 0
    assert given == [None, Approval(approver="李四", reason="wrong-seed")]
    assert isinstance(runner.invoke(noun, ["first", "--approver", "李四"]).exception, UsageMistake)
    assert isinstance(runner.invoke(noun, ["first", "--reason", "x"]).exception, UsageMistake)


def test_a_command_without_help_has_a_page() -> None:
    """A command that says nothing about itself still shows how it is called."""
    page = CliRunner().invoke(Command("bare"), ["--help"]).output
    assert page.startswith("Usage: bare [OPTIONS]\n\nOptions:")
    assert Command("bare").get_short_help_str() == ""
