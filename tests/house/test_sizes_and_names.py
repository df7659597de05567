"""How large things may be, and what they are called."""

from __future__ import annotations

import ast

import click
import pytest

from tests.house.sources import PACKAGE, TESTS, Source, functions, sources

PACKAGE_SOURCES = sources(PACKAGE)
VAGUE_MODULES = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
VAGUE_VERBS = ("get_", "process_", "handle_", "manage_")


def _name(source: Source) -> str:
    return source.name


@pytest.mark.parametrize("source", PACKAGE_SOURCES, ids=_name)
def test_modules_and_functions_are_small(source: Source) -> None:
    """A module has at most 300 lines, a command's module 200, and a function 50."""
    lines = len(source.path.read_text("utf-8").splitlines())
    assert lines <= (200 if "commands" in source.path.parts else 300)
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions(source) if node.end_lineno}
    assert {name: length for name, length in long.items() if length > 50} == {}


@pytest.mark.parametrize("source", PACKAGE_SOURCES, ids=_name)
def test_functions_take_few_values(source: Source) -> None:
    """More than four parameters make a dataclass; a command takes as many values as it has options."""
    many = [node.name for node in functions(source) if _count(node.args) > 4 and not _is_command(node)]
    assert many == []


def _count(arguments: ast.arguments) -> int:
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def _is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether click calls the function: a decorator makes it a command or a group."""
    decorators = [ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list]
    return any(decorator.split(".")[-1] in {"command", "group"} for decorator in decorators)


@pytest.mark.parametrize("source", PACKAGE_SOURCES, ids=_name)
def test_names_say_what_is_meant(source: Source) -> None:
    """No module or function is named for nothing in particular; what click calls keeps click's names."""
    assert source.path.stem not in VAGUE_MODULES
    vague = [node.name for node in functions(source) if node.name.lstrip("_").startswith(VAGUE_VERBS)]
    assert [name for name in vague if not hasattr(click.Group, name)] == []


@pytest.mark.parametrize("source", PACKAGE_SOURCES, ids=_name)
def test_modules_say_what_lives_in_them(source: Source) -> None:
    """Every module begins with a sentence."""
    assert (ast.get_docstring(source.tree) or "").strip()


@pytest.mark.parametrize(
    "source", [source for source in sources(TESTS) if source.path.name.startswith("test_")], ids=_name
)
def test_every_test_says_what_it_proves(source: Source) -> None:
    """A test without a sentence proves nothing in particular."""
    tests = [node for node in functions(source) if node.name.startswith("test_")]
    assert tests
    assert [node.name for node in tests if not ast.get_docstring(node)] == []
