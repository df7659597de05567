"""Every command line in the documentation is one that the program understands: no verb or option is made up or out of date."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import click
import pytest

from inspect_cli import cli
from inspect_cli.language import settle
from tests.house.sources import DOCS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = (ROOT / "README.md", *sorted(DOCS.glob("*.md")))
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`(inspect-cli [^`]+)`")


def _calls(page: str) -> list[str]:
    """Collect the calls in a page's blocks of shell, each on one line."""
    blocks = "".join(_BLOCK.findall(page)).replace("\\\n", " ")
    return [line.strip() for line in blocks.splitlines() if line.strip().startswith("inspect-cli ")]


def _mentions(page: str) -> list[str]:
    """Collect the commands that a page's running text speaks of, with or without their arguments."""
    return _SPAN.findall(_BLOCK.sub("", page))


def _understand(words: list[str]) -> None:
    """Read a call as the program does, up to the point at which it would do something."""
    command: click.Command = cli.root
    context = command.make_context(cli.PROGRAM, list(words))
    while isinstance(command, click.Group):
        name, inner, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert inner is not None, name
        context = inner.make_context(name, rest, parent=context)
        command = inner


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


CALLS = [(_name(page), line) for page in PAGES for line in _calls(page.read_text("utf-8"))]
MENTIONS = [(_name(page), line) for page in PAGES for line in _mentions(page.read_text("utf-8"))]


@pytest.mark.parametrize(("page", "line"), CALLS)
def test_a_documented_call_is_understood(page: str, line: str) -> None:
    """Command, options and number of arguments are known; words in capitals stand for the reader's own."""
    settle("en")
    try:
        _understand(shlex.split(line, comments=True)[1:])
    except click.UsageError as error:
        pytest.fail(f"{page}: {line}: {error.format_message()}")


@pytest.mark.parametrize(("page", "line"), MENTIONS)
def test_a_command_that_is_spoken_of_is_there(page: str, line: str) -> None:
    """A command named in running text exists with the options that are named; its arguments may be missing."""
    settle("en")
    words = shlex.split(line)[1:]
    try:
        _understand(words)
    except (click.MissingParameter, click.exceptions.NoArgsIsHelpError):
        pass
    except click.exceptions.Exit:
        assert "--help" in words
    except click.UsageError as error:
        pytest.fail(f"{page}: {line}: {error.format_message()}")
