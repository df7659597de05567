"""Every command line in the documentation is one that the program understands: no verb or option is made up or out of date."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import click
import pytest

from inspect_cli import cli
from inspect_cli.language import settle
from inspect_cli.widths import wrap
from tests.house.sources import DOCS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = (ROOT / "README.md", *sorted(DOCS.glob("*.md")))
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_OPTIONAL = re.compile(r"\[(--[^\]]*)\]")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
_REASON = re.compile(r"--reason (\"[^\"]*\"|\S+)")
_SPAN = re.compile(r"`(inspect-cli [^`]+)`")


def _calls(page: str) -> list[str]:
    """Collect the calls in a page's blocks of shell, each on one line."""
    blocks = "".join(_BLOCK.findall(page)).replace("\\\n", " ")
    return [line.strip() for line in blocks.splitlines() if line.strip().startswith("inspect-cli ")]


def _mentions(page: str) -> list[str]:
    """Collect the commands that a page's running text speaks of, with or without their arguments; ``[--option]`` is one."""
    return [_OPTIONAL.sub(r"\1", line) for line in _SPAN.findall(_BLOCK.sub("", page))]


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
    """A command named in running text exists with the options that are named; its values may be missing, or words in capitals."""
    settle("en")
    words = shlex.split(line)[1:]
    try:
        _understand(words)
    except (click.BadParameter, click.exceptions.NoArgsIsHelpError):
        pass
    except click.exceptions.Exit:
        assert "--help" in words
    except click.UsageError as error:
        pytest.fail(f"{page}: {line}: {error.format_message()}")


@pytest.mark.parametrize("page", ["operator", "publicity", "when-it-goes-wrong"])
def test_both_languages_give_the_same_calls(page: str) -> None:
    """A page for operators gives the same calls in the same order in both languages, whatever is told about them."""
    chinese, english = (
        [_REASON.sub("", line) for place, line in CALLS if place == f"docs/{page}{suffix}"]
        for suffix in (".zh.md", ".md")
    )
    assert english
    assert chinese == english


@pytest.mark.parametrize("page", ["operator.md", "operator.zh.md", "publicity.md", "publicity.zh.md"])
def test_a_month_is_two_pages(page: str) -> None:
    """Printed on A4, some 60 lines of 92 cells a page and half a line between paragraphs, the month takes no more than two pages."""
    lines = [line for line in (DOCS / page).read_text("utf-8").splitlines() if not line.startswith("```")]
    length = sum(len(wrap(line, 92)) if line.strip() else 0.5 for line in lines)
    assert length <= 2 * 60


@pytest.mark.parametrize("name", [_name(page) for page in PAGES])
def test_links_lead_somewhere(name: str) -> None:
    """Every link to a page or a heading of the documentation has its goal."""
    page = ROOT / name
    for goal in _LINK.findall(page.read_text("utf-8")):
        path, _, heading = goal.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), goal
        assert not heading or heading in _anchors(target.read_text("utf-8")), goal


def _anchors(page: str) -> set[str]:
    """Give the names by which a page's headings are linked to, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", _FENCE.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
