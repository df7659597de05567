"""What an import is about: the registry, what a person asks for, and what came of it.

What does not live here: the registries themselves (``entities``, ``inspectors``, ``matters``, ``ledger``, ``availability``), and the act
(``register``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from inspect_cli.core.names import Domain
from inspect_cli.core.registry.comparison import KEY_FIELDS, Pattern
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping

    from _typeshed import DataclassInstance
    from sqlmodel import Session

    from inspect_cli.core.names import EntityId
    from inspect_cli.core.people import Actor, Person
    from inspect_cli.core.registry.comparison import Change, Comparison
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.number import Named, NumberChange, Numbers
    from inspect_cli.errors import Mistake, Term
    from inspect_cli.files.intake.headers import Sheet
    from inspect_cli.files.intake.rows import Intake

Value = TypeVar("Value", bound="DataclassInstance")
About = TypeVar("About", bound="Named")

_OF_DOMAINS = frozenset({"domain", "domains", "skills"})
BATCH = 5000
"""Rows that are compared and kept at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder(Generic[Value]):
    """What a person asks for: a file, and whether to take changes of what stands (``update``), or to be told only (``dry_run``).

    ``people`` are the bureau's, of whom an operator imports. ``yes``: changes of key fields and numbers and retirements need not be
    asked about; else they are done only where ``seen`` is the digest of what somebody was shown (IMPORT-6). ``leaving`` is the reason
    with which rows that the file does not name are retired (None: they are not). ``renumbered`` is the reason of a change of number.
    ``partial``: rows that the registry cannot hold are left out. ``understood`` is the digest of all that the file's reading hung on,
    if it is to be remembered; ``mapping`` is what its headers mean, as text, to be kept for its shape, unless what was
    kept is to be forgotten (``is_mapping_forgotten``). ``terms`` are the bureau's labels of domains, for what is told. ``progress`` is
    told of rows done.
    """

    intake: Intake[Value]
    people: tuple[Person, ...]
    update: bool = False
    dry_run: bool = False
    yes: bool = False
    seen: str | None = None
    leaving: str | None = None
    renumbered: str = "number changed"
    partial: bool = False
    understood: str | None = None
    mapping: str | None = None
    is_mapping_forgotten: bool = False
    terms: Mapping[Domain, Term] = field(default_factory=dict)
    progress: Callable[[int], None] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, or with ``is_dry_run`` would do.

    ``mistakes`` are of rows that were left out, ``suggested`` numbers (old and new) that may be one company's, ``awaited``
    companies that leave although a drawn visit is still to be made there.
    """

    file: str
    digest: str
    comparison: Comparison
    is_dry_run: bool
    mistakes: tuple[Mistake, ...] = ()
    suggested: tuple[tuple[EntityId, EntityId], ...] = ()
    awaited: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        """Count the rows that the registry did not hold."""
        return self.comparison.new.count

    @property
    def updated(self) -> int:
        """Count the rows that changed."""
        return self.comparison.updated

    @property
    def unchanged(self) -> int:
        """Count the rows that say what the registry holds."""
        return self.comparison.unchanged

    @property
    def changes(self) -> tuple[Change, ...]:
        """Give the first changes."""
        return self.comparison.changes.first

    @property
    def retired(self) -> tuple[str, ...]:
        """Name the first of the file's rows that stay retired."""
        return tuple(render_value(key) for key in self.comparison.retired.first)


def _leave(_numbers: Numbers, value: Value) -> Value:
    """Leave a row as it is: what a registry does whose rows name no company."""
    return value


def bring_named(numbers: Numbers, value: About) -> About:
    """Give a row that names a company under that company's number of today."""
    return numbers.bring((value,))[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Generic[Value]):
    """One registry as its acts need it: the log's word for it, the sheet it is imported from, and the store's functions.

    ``columns`` names the sheet's field where it is not called like the value's; ``find_mistakes`` finds what the registry as a whole
    would not allow, given the session and the file. ``is_private`` keeps the digest of a file out of the log: whoever knows all of a
    row but its reason could find that by trying. ``find_all`` finds every row; ``find_by_keys`` those with some keys (None: all are
    read). ``walk`` gives the active rows one by one, where rows can be retired. ``batch`` is how many rows are kept at once.
    ``bring`` gives a row under the numbers that its companies have today (NUMBER-2). ``renumber`` and ``find_suggestible`` are of entities
    alone: they keep changes of number, and find who may have changed theirs; so is ``find_awaited``, whom a drawn visit is still to reach.
    """

    noun: str
    sheet: Sheet
    columns: Mapping[str, str]
    key: Callable[[Value], Hashable]
    find_all: Callable[[Session], Iterable[Value]]
    add: Callable[..., None]
    update: Callable[[Session, Iterable[Value]], None]
    find_mistakes: Callable[[Session, Intake[Value]], Iterable[Mistake]]
    is_private: bool = False
    find_by_keys: Callable[[Session, Iterable[Any]], Iterable[Value]] | None = None
    walk: Callable[[Session], Iterator[Value]] | None = None
    batch: int = BATCH
    bring: Callable[[Numbers, Value], Value] = _leave
    renumber: Callable[[Session, int, Iterable[NumberChange]], object] | None = None
    find_suggestible: Callable[[Session], Iterable[Entity]] | None = None
    find_awaited: Callable[[Session], Collection[str]] | None = None

    @property
    def has_history(self) -> bool:
        """Say whether what its rows were is kept, and whether they can be retired."""
        return self.noun in KEY_FIELDS

    def pattern(self, intake: Intake[Value]) -> Pattern[Value]:
        """Say how a file is compared with what stands."""
        return Pattern(
            key=self.key,
            told=frozenset(self.columns.get(name, name) for name in intake.fields),
            key_fields=KEY_FIELDS.get(self.noun, frozenset()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground(Generic[Value]):
    """Where an import happens, by whom, and what is asked for."""

    register: Register[Value]
    session: Session
    actor: Actor
    order: ImportOrder[Value]


def name_value(value: object, field: str, terms: Mapping[Domain, Term]) -> object:
    """Give a field's value as a message shows it: domains by the bureau's labels, yes and no as words, a list as its words."""
    match value:
        case bool():
            return say("yes") if value else say("no")
        case tuple():
            return tuple(name_value(part, field, terms) for part in value)
        case str() if field in _OF_DOMAINS:
            return terms.get(Domain(value), value)
        case _:
            return render_value(value)


def render_value(value: object) -> str:
    """Render a field's value as text: nothing as nothing, a list joined by commas."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case tuple():
            return ",".join(render_value(part) for part in value)
        case _:
            return str(value)
