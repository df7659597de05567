"""How large things may be, and what they are called."""

from __future__ import annotations

import ast

import click
import pytest
from jinja2 import BaseLoader, Environment
from sqlalchemy.types import TypeDecorator

from tests.house.sources import PACKAGE, TESTS, functions, sources

pytestmark = pytest.mark.untraced
VAGUE_MODULES = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
VAGUE_VERBS = ("get_", "process_", "handle_", "manage_")


def test_modules_are_small() -> None:
    """A module has at most 300 lines, a command's module 200."""
    lengths = {source.path: len(source.path.read_text("utf-8").splitlines()) for source in sources(PACKAGE)}
    assert {path: lines for path, lines in lengths.items() if lines > (200 if "commands" in path.parts else 300)} == {}


def test_functions_are_small() -> None:
    """A function has at most 50 lines, its docstring included."""
    long = [
        (source.name, node.name, node.end_lineno - node.lineno + 1)
        for source in sources(PACKAGE)
        for node in functions(source)
        if node.end_lineno and node.end_lineno - node.lineno >= 50
    ]
    assert long == []


def test_functions_take_few_values() -> None:
    """More than four parameters make a dataclass; a command takes as many values as it has options."""
    many = [
        (source.name, node.name)
        for source in sources(PACKAGE)
        for node in functions(source)
        if _count(node.args) > 4 and not _is_command(node)
    ]
    assert many == []


def _count(arguments: ast.arguments) -> int:
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def _is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether click calls the function: a decorator makes it a command or a group."""
    decorators = [ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list]
    return any(decorator.split(".")[-1] in {"command", "group"} for decorator in decorators)


def test_names_say_what_is_meant() -> None:
    """No module or function is named for nothing in particular; what a library calls keeps its name."""
    assert [source.name for source in sources(PACKAGE) if source.path.stem in VAGUE_MODULES] == []
    vague = [
        (source.name, node.name)
        for source in sources(PACKAGE)
        for node in functions(source)
        if node.name.lstrip("_").startswith(VAGUE_VERBS)
        and not any(hasattr(library, node.name) for library in (click.Group, TypeDecorator, BaseLoader, Environment))
    ]
    assert vague == []


def test_modules_say_what_lives_in_them() -> None:
    """Every module begins with a sentence."""
    assert [source.name for source in sources(PACKAGE) if not ast.get_docstring(source.tree)] == []


def test_every_test_says_what_it_proves() -> None:
    """A test without a sentence proves nothing in particular; a module of tests without a test proves nothing at all."""
    tests = {source.name: list(functions(source)) for source in sources(TESTS) if source.path.name.startswith("test_")}
    named = {name: [node for node in nodes if node.name.startswith("test_")] for name, nodes in tests.items()}
    assert [name for name, nodes in named.items() if not nodes] == []
    silent = [(name, node.name) for name, nodes in named.items() for node in nodes if not ast.get_docstring(node)]
    assert silent == []
