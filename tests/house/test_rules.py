"""Every numbered rule of the core is proved by a test and stands in the documentation."""

from __future__ import annotations

import ast
import re
import sys

import pytest

from tests.house.sources import DOCS, PACKAGE, TESTS, sources

pytestmark = pytest.mark.untraced
RULE = re.compile(r"^ *([A-Z]+-[0-9]+) ", re.MULTILINE)


def _rules() -> dict[str, str]:
    """Collect the rules' ids from the core's module docstrings, each with its module."""
    found: dict[str, str] = {}
    for source in sources(PACKAGE / "core"):
        for rule in RULE.findall(ast.get_docstring(source.tree, clean=False) or ""):
            found.setdefault(rule, source.name)
    return found


def _unnamed(text: str) -> dict[str, str]:
    named = set(re.findall(r"[A-Z]+-[0-9]+", text))
    return {rule: place for rule, place in _rules().items() if rule not in named}


def test_every_rule_has_a_test() -> None:
    """Each rule's id stands in a test, so that whoever changes the rule finds what proves it."""
    assert _rules()
    assert _unnamed("\n".join(source.path.read_text("utf-8") for source in sources(TESTS))) == {}


def test_every_rule_is_in_the_documentation() -> None:
    """Each rule's id stands on a page, so that whoever reads the specification finds the code."""
    assert _unnamed("\n".join(path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md")))) == {}


def test_the_core_needs_the_standard_library_and_dateutil_only() -> None:
    """No module of the core imports anything else, within a function or for types either."""
    allowed = {*sys.stdlib_module_names, "_typeshed", "dateutil"}
    foreign = set()
    for source in sources(PACKAGE / "core"):
        for node in ast.walk(source.tree):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or "."] if isinstance(node, ast.ImportFrom) else []
            foreign |= {
                (source.name, module)
                for module in modules
                if module.split(".")[0] not in allowed and not re.match(r"inspect_cli\.(core|errors)\b", module)
            }
    assert foreign == set()


def test_the_core_has_no_clock_chance_disk_or_screen() -> None:
    """No module of the core imports a part of the standard library that reaches outside its values."""
    banned = {
        "os",
        "pathlib",
        "random",
        "secrets",
        "shutil",
        "socket",
        "sqlite3",
        "subprocess",
        "sys",
        "time",
        "uuid",
    }
    found = {
        (source.name, name.name)
        for source in sources(PACKAGE / "core")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
        if (node.module if isinstance(node, ast.ImportFrom) else name.name) in banned
    }
    calls = {
        (source.name, node.func.id)
        for source in sources(PACKAGE / "core")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}
    }
    assert found | calls == set()
