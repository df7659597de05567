"""What the house's rules look at: the sources as trees, the commands as click knows them, and the sentences in both."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from inspect_cli import cli
from inspect_cli.help_page import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent.parent
PACKAGE: Final = ROOT / "inspect_cli"
TESTS: Final = ROOT / "tests"
DOCS: Final = ROOT / "docs"

_TRANSLATORS: Final = {"_", "say"}
# Where a text arrives that is a sentence of the catalogue already: a message's template, a help text.
_PASSED_ON: Final = {"language.py", "help_page.py", "command_line.py"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One module: where it is, and its tree."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """Name the module by its path from the root."""
        return self.path.relative_to(ROOT).as_posix()


@lru_cache(maxsize=1)  # tests that look at the same folder follow one another
def sources(folder: Path) -> list[Source]:
    """Read every module beneath a folder, in the order of their paths."""
    paths = sorted(folder.rglob("*.py"))
    return [Source(path=path, tree=ast.parse(path.read_text("utf-8"), str(path))) for path in paths]


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function and method of a module."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A command with the words that call it, such as ``("draw", "run")``; the root has none."""

    words: tuple[str, ...]
    command: click.Command

    @property
    def line(self) -> str:
        """Give the words as they are typed."""
        return " ".join(("inspect-cli", *self.words))


def commands() -> list[Called]:
    """Walk the whole tree of commands, the root first."""
    with click.Context(cli.root) as context:
        return list(_walk(cli.root, (), context))


def _walk(command: click.Command, words: tuple[str, ...], context: click.Context) -> Iterator[Called]:
    yield Called(words=words, command=command)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, (*words, name)
            yield from _walk(inner, (*words, name), context)


def sentences_in_code() -> dict[str, str]:
    """Collect the literal sentences that the package says, each with the first place that says it."""
    found: dict[str, str] = {}
    for source in sources(PACKAGE):
        for line, text in _said(source):
            if text is not None:
                found.setdefault(text, f"{source.name}:{line}")
    return found


def sentences_without_key() -> list[str]:
    """Name the places that say something whose text is not a literal, and so cannot be in the catalogue."""
    named = [source for source in sources(PACKAGE) if source.path.name not in _PASSED_ON]
    return [f"{source.name}:{line}" for source in named for line, text in _said(source) if text is None]


def _said(source: Source) -> Iterator[tuple[int, str | None]]:
    """Give each sentence that a module says, with its line; None where it is neither a literal nor a module's constant."""
    constants = {
        target.id: node.value.value
        for node in source.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in _TRANSLATORS
            and node.args
        ):
            text = node.args[0]
            value = constants.get(text.id) if isinstance(text, ast.Name) else getattr(text, "value", None)
            yield node.lineno, value if isinstance(value, str) else None


def sentences_in_help() -> dict[str, str]:
    """Collect what the help pages say: each paragraph, and the help of each option and argument."""
    found: dict[str, str] = {}
    for called in commands():
        texts = [called.command.help, called.command.epilog, called.command.short_help]
        # An argument has a help text as an option has one.
        texts += [getattr(param, "help", None) for param in called.command.params]
        for text in texts:
            for paragraph in paragraphs(text or ""):
                if not paragraph.startswith("\b"):
                    found.setdefault(paragraph, called.line)
    for name, noun in cli.root.listed.items():
        found.setdefault(noun.short_help, name)
    return found


def sentences_of_click() -> set[str]:
    """Collect what click itself may say, from its own sources."""
    found = set()
    for source in [ast.parse(path.read_text("utf-8")) for path in Path(click.__file__).parent.glob("*.py")]:
        for node in ast.walk(source):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                found |= {
                    part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    # click looks this one up under a name.
    return found | {"required"}
