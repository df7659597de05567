"""Commands of the registries that a sentence names with their arguments can be typed as they stand."""

from __future__ import annotations

import re

import click
import pytest

from inspect_cli import cli
from tests.house.sources import sentences_in_code

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
