"""A refusal is no dead end: whoever is told "not now" is told which command comes next."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.house.sources import PACKAGE, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.house.sources import Source

_ENOUGH = ("inspect-cli ", "{command}", "--", "name another file")
"""A command as it is typed, or the word with which the same command would do."""


def _refusals(source: Source) -> Iterator[tuple[int, ast.expr | None]]:
    """Give each refusal of a module with its line and its hint."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "RefusedError":
            yield node.lineno, next((word.value for word in node.keywords if word.arg == "hint"), None)


def _texts(hint: ast.expr) -> list[str]:
    """Give the sentences of a hint; none where it comes by a name or from a function."""
    return [
        call.args[0].value
        for call in ast.walk(hint)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "say"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    ]


def _rules_and_acts() -> list[Source]:
    folders = [PACKAGE / name for name in ("acts", "core", "storage", "commands")]
    return [source for source in sources(PACKAGE) if any(source.path.is_relative_to(folder) for folder in folders)]


def test_every_refusal_has_a_hint() -> None:
    """In the rules, the acts, the store and the commands nobody is refused without being told what to do."""
    silent = [
        f"{source.name}:{line}" for source in _rules_and_acts() for line, hint in _refusals(source) if hint is None
    ]
    assert silent == []


def test_every_hint_names_a_command() -> None:
    """A refusal's hint names a command as it is typed, or the word with which the same command would do."""
    vague = [
        f"{source.name}:{line}: {text}"
        for source in _rules_and_acts()
        for line, hint in _refusals(source)
        if hint is not None
        for text in _texts(hint)
        if not any(word in text for word in _ENOUGH)
    ]
    assert vague == []
