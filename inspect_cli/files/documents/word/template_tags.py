"""What a tag in a bureau's Word template may do: show what the paper has, choose, and repeat rows. It is text with gaps, not a program.

Jinja's language is cut down to an allowed list before anything is compiled; its sandbox stands behind that once more. The names are
those of ``make_context``; every value is text, and is escaped where it is put in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from inspect_cli.core.publish.blocks import Table
from inspect_cli.errors import say
from inspect_cli.files.documents.template_language import NotAllowedError, is_list_of_values, name_deed
from inspect_cli.files.documents.word.markup import plain
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2.runtime import Context

    from inspect_cli.core.publish.blocks import Document

BODY: Final = "\ue000body\ue001"
"""Stands where the text goes until it is put there; no value holds such characters, for they are shown by their code points."""
NAMES: Final = ("title", "number", "addressee", "signature", "date", "has_seal", "body", "tables", "head", "rows")
STEP_LIMIT: Final = 500_000
OUTPUT_LIMIT: Final = 64 * 1024 * 1024
"""Characters of one part, filled."""
NESTING_LIMIT: Final = 12
"""Choices and loops within each other."""

_ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Const, nodes.Getattr),
    *(nodes.Getitem, nodes.Filter, nodes.Test, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or),
    *(nodes.Not, nodes.Tuple),
)
_FILTERS: Final = ("length", "first", "last", "default")
_TESTS: Final = ("defined", "undefined", "odd", "even")
_LOOP: Final = frozenset({"index", "index0", "first", "last", "length"})
_TABLE: Final = ("head", "rows")
_COUNTED: Final = "counted passes"
"""The filter around what every loop goes through; no template can write a name with a space."""


class UnknownNameError(NotAllowedError):
    """A template names what papers do not have."""


def make_context(document: Document) -> dict[str, Any]:
    """Give what a template may show: the front's fields, the text's place, and the tables as cells of text.

    ``title`` keeps its line ends, which become line breaks; ``head`` and ``rows`` are the first table's.
    """
    front = document.front
    tables = tuple(
        {
            "head": tuple(plain(column.head) for column in block.columns),
            "rows": tuple(tuple(map(plain, row)) for row in block.rows),
        }
        for block in document.blocks
        if isinstance(block, Table)
    )
    first: Mapping[str, tuple[object, ...]] = tables[0] if tables else {"head": (), "rows": ()}
    return {
        "title": "\n".join(map(visible, front.title)),
        "number": visible(front.number),
        "addressee": visible(front.addressee),
        "signature": visible(front.signature),
        "date": visible(front.date),
        "has_seal": front.has_seal,
        "body": BODY,
        "tables": tables,
        **first,
    }


class TagEnvironment(ImmutableSandboxedEnvironment):
    """The tags of one template in one paper."""

    def __init__(self) -> None:
        """Know nothing that is not listed here."""
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_show)
        self._steps = 0
        self.used: set[str] = set()
        self.globals = {}
        self.filters = {name: FILTERS[name] for name in _FILTERS} | {_COUNTED: _count}
        self.tests = {name: TESTS[name] for name in _TESTS}

    def step(self) -> None:
        """Count a pass through a loop."""
        self._steps += 1
        if self._steps > STEP_LIMIT:
            raise NotAllowedError(say("this goes through more than {limit} steps", limit=STEP_LIMIT))

    def concat(self, parts: Iterable[str]) -> str:
        """Join what a template makes, while it is not too long."""
        size, taken = 0, []
        for part in parts:
            size += len(part)
            if size > OUTPUT_LIMIT:
                raise NotAllowedError(say("this makes more than {limit} characters", limit=OUTPUT_LIMIT))
            taken.append(part)
        return "".join(taken)

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, **options: Any) -> Any:  # type: ignore[override] # takes what jinja passes
        """Compile what is allowed, with every pass of every loop counted."""
        tree = self.parse(source, name, filename)
        _require_allowed(tree)
        self.used |= {node.name for node in tree.find_all(nodes.Name)}
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno, environment=self)
        return super().compile(tree, name, filename, **options)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give the head or rows of a table, or what a loop knows of itself; all else is unknown."""
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, dict) and attribute in _TABLE:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Give a row or cell by its place, counted from 0."""
        if isinstance(obj, tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)


def _show(value: object) -> object:
    """Show texts and numbers; of a table, a row, and whether something is there, no tag shows the whole."""
    if isinstance(value, tuple | dict | bool):
        raise NotAllowedError(say("a whole table or row cannot be shown: name one of its cells"))
    return value


def _require_allowed(tree: nodes.Template) -> None:
    known = {*NAMES, "loop", *(node.name for node in tree.find_all(nodes.Name) if node.ctx == "store")}
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        deeper = depth + isinstance(node, nodes.For | nodes.If)
        if not isinstance(node, _ALLOWED) or deeper > NESTING_LIMIT or (isinstance(node, nodes.For) and node.recursive):
            what = say("a template cannot do this: {what}", what=name_deed(node))
            raise NotAllowedError(what, None, node.lineno)
        if is_list_of_values(node):
            raise NotAllowedError(say("a list in a template holds written texts and numbers alone"), None, node.lineno)
        if isinstance(node, nodes.Name) and node.name not in known:
            what = say("{name} is nothing that a paper has", name=visible(node.name))
            raise UnknownNameError(what, None, node.lineno)
        waiting += [(child, deeper) for child in node.iter_child_nodes()]


@pass_context
def _count(context: Context, values: Iterable[Any]) -> Any:
    """Pass values on, each a step."""
    environment = context.environment
    assert isinstance(environment, TagEnvironment)  # noqa: S101 - for the type alone
    for value in values:
        environment.step()
        yield value
