"""What a template may do: show the fields of its view, choose, and repeat. It is data with gaps, not a program.

Jinja's language is cut down to an allowed list before anything is compiled: no call of anything, no macro, no import, no arithmetic,
no item of anything by a computed name, no filter but ours. So no template, whoever wrote it, reaches an object that is not in its view,
makes a text grow, or runs for long; the sandbox of Jinja stands behind that once more.

What does not live here: where templates are and what is told of a mistake in one (``template``); how values are written (``text``).
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS

from inspect_cli.core.publish.view import Stamp
from inspect_cli.errors import Term, say
from inspect_cli.files.documents.text import render_command, render_digest, render_value
from inspect_cli.widths import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import BaseLoader, Template
    from jinja2.runtime import Context

    from inspect_cli.errors import Message

STEP_LIMIT: Final = 500_000
"""Passes through loops and parts included, in one paper: a hundred times what a month's longest list takes."""

_ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Include),
    *(nodes.Name, nodes.Const, nodes.Tuple, nodes.List, nodes.Getattr, nodes.Filter, nodes.Test, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
_FILTERS: Final = ("length", "first", "last", "default")
_REASON: Final = 60
_TESTS: Final = ("none", "defined", "undefined", "odd", "even")
_LOOP: Final = frozenset({"index", "index0", "first", "last", "length"})
_COUNTED: Final = "counted passes"
"""The filter around what every loop goes through; no template can write a name with a space."""


class NotAllowedError(Exception):
    """A template goes beyond what templates may do; ``filename`` and ``lineno`` where that is known before anything runs."""

    def __init__(self, what: Message, filename: str | None = None, lineno: int | None = None) -> None:
        """Hold what a person is told."""
        super().__init__(str(what))
        self.what = what
        self.filename = filename
        self.lineno = lineno


class UnshownError(Exception):
    """A value of a kind that papers cannot show; the text is the kind."""


class _Undefined(StrictUndefined):
    """An unknown name: whatever is done with it but ask for it is an error, whose text is the name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class DataEnvironment(ImmutableSandboxedEnvironment):
    """Templates of one language (``zh`` or ``en``): what they may do, and how they write values."""

    def __init__(self, language: str, loader: BaseLoader) -> None:
        """Know nothing that is not listed here."""
        # Every value passes through render_value, which escapes for Markdown; whatever format is made of that escapes for itself.
        super().__init__(
            loader=loader,
            autoescape=False,
            undefined=_Undefined,
            finalize=self._show,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._language = language
        self._steps = 0
        self._fields: dict[type, frozenset[str]] = {}
        self.globals = {}
        self.filters = {name: FILTERS[name] for name in _FILTERS}
        self.filters |= {"digest": render_digest, "command": render_command, "day": _day, _COUNTED: _count}
        self.tests = {name: TESTS[name] for name in _TESTS}

    def begin(self) -> None:
        """Begin a paper: count its steps from nought."""
        self._steps = 0

    def step(self) -> None:
        """Count a step."""
        self._steps += 1
        if self._steps > STEP_LIMIT:
            raise NotAllowedError(say("this goes through more than {limit} steps", limit=STEP_LIMIT))

    def get_template(self, *arguments: Any, **options: Any) -> Template:
        """Load a template; including one is a step."""
        self.step()
        return super().get_template(*arguments, **options)

    def compile(self, source: Any, name: str | None = None, filename: str | None = None, **options: Any) -> Any:  # type: ignore[override] # takes what jinja passes, and gives what it gives
        """Compile what is allowed, with every pass of every loop counted."""
        try:
            tree = self.parse(source, name, filename)
            _require_allowed(tree, filename)
            for loop in tree.find_all(nodes.For):
                loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno, environment=self)
            return super().compile(tree, name, filename, **options)
        except (
            RecursionError,
            SyntaxError,
        ) as error:  # Python's own bounds, some twenty loops and hundreds of brackets
            raise NotAllowedError(say("a template goes too deep, one thing within another"), filename) from error
        except ValueError as error:  # a number of thousands of digits
            what = say("this is not the language of templates: {reason}", reason=cut(str(error), _REASON))
            raise NotAllowedError(what, filename) from error

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give a field or property of a value of the view, or what a loop knows of itself; all else is unknown."""
        if isinstance(obj, _Undefined):
            str(obj)  # which raises the error that names it
        kind = type(obj)
        if kind not in self._fields:
            self._fields[kind] = _list_fields(kind)
        return getattr(obj, attribute) if attribute in self._fields[kind] else self.undefined(obj=obj, name=attribute)

    def _show(self, value: object) -> str:
        if isinstance(value, _Undefined):
            return str(value)  # which raises the error that names it
        try:
            return render_value(value, self._language)
        except TypeError as error:
            raise UnshownError(str(error)) from error


def _list_fields(kind: type) -> frozenset[str]:
    """List a dataclass's fields and the properties that it computes of them, or what a loop knows; nothing of all else."""
    if kind is LoopContext:
        return _LOOP
    if not is_dataclass(kind):
        return frozenset()
    computed = {name for each in kind.__mro__ for name, value in vars(each).items() if isinstance(value, property)}
    names = {field.name for field in fields(kind)} | computed
    return frozenset(name for name in names if not name.startswith("_"))


def _require_allowed(tree: nodes.Template, file: str | None) -> None:
    line: int | None = None
    for node in tree.find_all(nodes.Node):
        line = node.lineno or line  # some have none of their own
        if isinstance(node, nodes.Include) and not isinstance(node.template, nodes.Const):
            what = say("a template includes another one by its written name alone")
        elif is_list_of_values(node):
            what = say("a list in a template holds written texts and numbers alone")
        elif not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
            what = say("a template cannot do this: {what}", what=name_deed(node))
        else:
            continue
        raise NotAllowedError(what, file, line)


_DEEDS: Final = (
    ((nodes.Call, nodes.CallBlock), Term(zh="调用", en="a call")),
    ((nodes.Macro,), Term(zh="宏", en="a macro")),
    (
        (nodes.Import, nodes.FromImport, nodes.Extends, nodes.Block),
        Term(zh="从其他模板取用", en="taking of another template"),
    ),
    ((nodes.BinExpr, nodes.UnaryExpr, nodes.Concat), Term(zh="计算或者连接", en="computing or joining")),
    ((nodes.Getitem, nodes.Slice), Term(zh="按序号或者名称取值", en="taking an item by its number or name")),
)


def name_deed(node: nodes.Node) -> Term | str:
    """Name what a template would do, for a person; what nobody tries is called as Jinja calls it."""
    return next((term for kinds, term in _DEEDS if isinstance(node, kinds)), type(node).__name__)


def is_list_of_values(node: nodes.Node) -> bool:
    """Say whether a list is made of more than written texts and numbers: one of values could hold itself twice, and grow without end."""
    if not isinstance(node, nodes.Tuple | nodes.List) or getattr(node, "ctx", "load") == "store":
        return False
    return not all(isinstance(item, nodes.Const) for item in node.items)


@pass_context
def _count(context: Context, values: Iterable[Any]) -> Iterator[Any]:
    """Pass values on, each a step."""
    environment = context.environment
    assert isinstance(environment, DataEnvironment)  # noqa: S101 - for the type alone
    for value in values:
        environment.step()
        yield value


def _day(moment: object) -> date:
    """Give the day of an instant, at the distance from UTC that it has."""
    match moment:
        case Stamp():
            return moment.at.date()
        case datetime():
            return moment.date()
    raise TypeError(type(moment).__name__)
