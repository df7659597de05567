"""Commands that the program names, in its sentences and as the next step, can be typed as they stand."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import click
import pytest

from inspect_cli import cli
from tests.house.sources import PACKAGE, sentences_in_code, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.untraced
_NAMED = re.compile(
    r"inspect-cli ((?:entity|inspector|matter) (?:[a-z]+ )+)((?:\{\w+\} ?)+)((?:--[a-z-]+ ?(?:(?:[A-Z]+|\{\w+\}) ?)?)*)"
)


def _find(words: str) -> click.Command:
    command: click.Command = cli.root
    for word in words.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None, words
        command = found
    return command


def test_named_commands_have_what_they_require() -> None:
    """Whoever copies a command out of a hint or a notice is not told then that an option is missing."""
    lacking = [
        (verb, parameter.name)
        for text in sentences_in_code()
        for verb, _arguments, options in _NAMED.findall(text)
        for parameter in _find(verb).params
        if isinstance(parameter, click.Option) and parameter.required and not set(parameter.opts) & set(options.split())
    ]
    assert lacking == []


def _named_commands() -> Iterator[tuple[str, list[str]]]:
    """Give each command that a text of the package names, as far as its sentence goes, with its place; a value is the word VALUE."""
    for source in sources(PACKAGE):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else "VALUE" for part in node.values)
                text = "".join(map(str, parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = re.sub(r"\{\w+\}", "VALUE", node.value)
            else:
                continue
            for named in re.findall(r"inspect-cli ([^\n;,:`)]*)", text):
                yield f"{source.name}:{node.lineno}", named.split(" and ")[0].split()


def _unknown(words: list[str]) -> str | None:
    """Name the first word that no command or option is; None where the whole can be typed, or a value stands for a command."""
    command: click.Command = cli.root
    known = {option for param in cli.root.params for option in param.opts}
    while words and words[0].startswith("--"):
        if words[0] not in known:
            return words[0]
        words = words[2:]
    while isinstance(command, click.Group) and words and words[0] not in {"VALUE", "…"}:
        word, *words = words
        inner = command.get_command(click.Context(command), word.rstrip(".)"))
        if inner is None:
            return word
        command = inner
    known |= {option for param in command.params for option in param.opts} | {"--help"}
    return next((word for word in words if word.startswith("--") and word.partition("=")[0] not in known), None)


def test_every_named_command_exists_with_its_options() -> None:
    """Neither a hint nor a next step names a verb or an option that the program does not have."""
    named = list(_named_commands())
    assert len(named) > 300
    assert [(place, wrong) for place, words in named if (wrong := _unknown(words)) is not None] == []
