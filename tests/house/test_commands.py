"""Every command explains itself, with an example, and stands in the documentation."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from inspect_cli import cli, language
from inspect_cli.command_line import Command, LazyGroup
from inspect_cli.help_page import paragraphs
from inspect_cli.widths import cells
from tests.house.sources import DOCS, Called, commands

CALLED = commands()
VERBS = [called for called in CALLED if not isinstance(called.command, click.Group)]


def _name(called: Called) -> str:
    return called.line


@pytest.mark.parametrize("called", VERBS, ids=_name)
def test_every_command_has_help_with_an_example(called: Called) -> None:
    """The help begins with what the command does, and an example shows it with its own words."""
    parts = paragraphs(called.command.help or "")
    assert parts
    assert not parts[0].startswith("\b")
    examples = [part for part in parts if part.startswith("\b")]
    assert any(" ".join(called.words) in part for part in examples)


@pytest.mark.parametrize("called", CALLED, ids=_name)
def test_every_command_is_of_our_kind(called: Called) -> None:
    """Help is translated and measured in cells everywhere, and every option says what it is for."""
    assert isinstance(called.command, Command)
    options = [param for param in called.command.params if isinstance(param, click.Option)]
    silent = [option.name for option in options if not option.help]
    assert silent == []


@pytest.mark.parametrize("called", [one for one in CALLED if isinstance(one.command, LazyGroup)], ids=_name)
def test_each_command_is_where_its_group_lists_it(called: Called) -> None:
    """The module that a table names holds a command of that name, whose own first line says the same as the table."""
    group = called.command
    assert isinstance(group, LazyGroup)
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert isinstance(command, Command)
            assert command.name == name
            assert command.get_short_help_str() == group.short_help_of(context, name)


@pytest.mark.parametrize("called", CALLED, ids=_name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_help_page_fits_eighty_columns(called: Called, lang: str) -> None:
    """Both languages' pages fit a screen of 80 cells, examples included."""
    language.settle(lang)
    page = CliRunner().invoke(cli.root, [*called.words, "--help"], prog_name=cli.PROGRAM).output
    assert [line for line in page.splitlines() if cells(line) > 80] == []


def test_every_command_has_a_line_in_the_documentation() -> None:
    """Whoever reads the documentation meets each command there."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md")))
    unmet = [called.line for called in VERBS if not re.search(rf"\b{re.escape(' '.join(called.words))}\b", text)]
    assert unmet == []
