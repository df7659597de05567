"""Which columns the sheet of each registry has, in the order in which the provincial platforms ask for them.

The headers are the first ones of each field in ``files.intake.sheets``, so that an import reads them; a column that only informs is
passed over. What a cell says is ``kinds``' matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from inspect_cli.core.registry.fields import parse_matter_id
from inspect_cli.core.registry.words import parse_risk_class
from inspect_cli.errors import Term
from inspect_cli.files.export import kinds
from inspect_cli.files.export.guides import find_guide
from inspect_cli.files.export.kinds import Kind
from inspect_cli.files.intake import sheets
from inspect_cli.files.intake.headers import INFORMING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
    from inspect_cli.core.registry.ledger import LedgerVisit
    from inspect_cli.core.registry.matter import Matter
    from inspect_cli.files.intake.headers import Sheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """One column: its header, what of a row it shows, and in which kind.

    ``guide`` tells whoever fills it in what belongs there; ``is_read``: the import reads it. Nothing is shown as an empty cell, but where
    ``says_nothing``, the kind has a word for it.
    """

    header: str
    value: Callable[[T], object]
    kind: Kind
    guide: str = ""
    is_read: bool = True
    says_nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(Generic[T]):
    """The sheet of one registry: its title, and its columns in order."""

    title: str
    columns: tuple[Column[T], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an export is to show.

    ``language`` is that of its headers and words. ``private``: contacts, telephones and reasons too; ``retired``: since when and why rows
    are; ``by_rule``: which domains the settings' rules gave. ``names`` are those of companies or people by their ids, for sheets that
    have nothing but ids.
    """

    bureau: Bureau
    language: str = "zh"
    private: bool = False
    retired: bool = False
    by_rule: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


def entity_layout(wanted: Wanted) -> Layout[Entity]:
    """Lay out the registry of entities; contact and telephone are there only where private fields are wanted."""
    listed = kinds.list_kind(wanted.language)
    domains = kinds.domains_kind(wanted.bureau, wanted.language)
    order: dict[str, Kind] = {
        "credit_code": kinds.ENTITY,
        "name": kinds.TEXT,
        "legal_representative": kinds.PERSON,
        "address": kinds.PARAGRAPHS,
        "registration_authority": kinds.OFFICE,
        "supervising_unit": kinds.OFFICE,
        "industry": kinds.LABEL,
        "size": kinds.LABEL,
        "risk_class": kinds.RISK_CLASS,
        "risk_class_date": kinds.DAY,
        "zone": _zone_kind(wanted.bureau),
        "registration_status": kinds.LABEL,
        "established": kinds.DAY,
        "group": kinds.SAID_LABEL,
        "tags": listed,
        "domains": domains,
    }
    if wanted.private:
        order |= {"contact": kinds.SAID_TEXT, "telephone": kinds.SAID_TEXT}
    # A row whose domains the settings' rules gave leaves them to the rules when it is read again.
    values: dict[str, Callable[[Any], object]] = {
        "credit_code": attrgetter("id"),
        "domains": lambda one: None if one.domains_by_rule else one.domains,
    }
    columns = _columns(_Plan("entity", sheets.ENTITIES, order, values), wanted.language)
    columns += _by_rule(wanted, domains) + _ends(wanted, has_successor=True)
    return Layout(title=_TITLES["entity"].in_language(wanted.language), columns=columns)


def inspector_layout(wanted: Wanted) -> Layout[Inspector]:
    """Lay out the roster; telephones are there only where private fields are wanted."""
    language = wanted.language
    yes_no = kinds.yes_no_kind(language)
    order: dict[str, Kind] = {
        "id": kinds.INSPECTOR,
        "name": kinds.PERSON,
        "certificate": kinds.CERTIFICATE,
        "valid_until": kinds.end_kind(language),
        "issuing_authority": kinds.OFFICE,
        "unit": kinds.OFFICE,
        "squad": kinds.LABEL,
        "position": kinds.LABEL,
        "skills": kinds.domains_kind(wanted.bureau, language),
        "is_expert": yes_no,
        "may_lead": yes_no,
        "zones": kinds.list_kind(language),
        "day_cap": kinds.COUNT,
        "month_cap": kinds.COUNT,
        "in_service": kinds.standing_kind(language),
    }
    if wanted.private:
        order["telephone"] = kinds.SAID_TEXT
    columns = (
        *_columns(_Plan("inspector", sheets.INSPECTORS, order, says_nothing=frozenset({"valid_until"})), language),
        *_ends(wanted),
    )
    return Layout(title=_TITLES["inspector"].in_language(language), columns=columns)


def matter_layout(wanted: Wanted) -> Layout[Matter]:
    """Lay out the list of matters."""
    language = wanted.language
    listed = kinds.list_kind(language)
    order: dict[str, Kind] = {
        "id": kinds.MATTER,
        "domain": kinds.domain_kind(wanted.bureau, language),
        "name": kinds.PARAGRAPHS,
        "content": kinds.PARAGRAPHS,
        "basis": kinds.PARAGRAPHS,
        "object_type": kinds.PARAGRAPHS,
        "method": kinds.PARAGRAPHS,
        "ratio": kinds.PARAGRAPHS,
        "frequency": kinds.PARAGRAPHS,
        "weight": kinds.weight_kind(language),
        "source_of_power": kinds.PARAGRAPHS,
        "valid_from": kinds.DAY,
        "valid_until": kinds.END,
        "visits_a_year": kinds.COUNT,
        "of_industries": listed,
        "of_sizes": listed,
        "of_risk_classes": kinds.list_kind(language, parse_risk_class),
        "of_tags": listed,
        "remarks": kinds.PARAGRAPHS,
    }
    columns = _columns(_Plan("matter", sheets.MATTERS, order, {"weight": attrgetter("is_key")}), language)
    return Layout(title=_TITLES["matter"].in_language(language), columns=(*columns, *_ends(wanted)))


def visit_layout(wanted: Wanted) -> Layout[LedgerVisit]:
    """Lay out the ledger of earlier visits and other departments' visits."""
    language = wanted.language
    order: dict[str, Kind] = {
        "credit_code": kinds.ENTITY,
        "day": kinds.DAY,
        "kind": kinds.visit_kind(language),
        "domains": kinds.domains_kind(wanted.bureau, language),
        "department": kinds.OFFICE,
        "matters": kinds.list_kind(language, parse_matter_id),
    }
    columns = _columns(_Plan("visit", sheets.VISITS, order, {"credit_code": attrgetter("entity")}), language)
    return Layout(title=_TITLES["visit"].in_language(language), columns=_with_names(columns, wanted, "company"))


def leave_layout(wanted: Wanted) -> Layout[Leave]:
    """Lay out leave; its reasons are there only where private fields are wanted."""
    order = {"inspector": kinds.INSPECTOR, "first": kinds.DAY, "last": kinds.DAY}
    if wanted.private:
        order["reason"] = kinds.TEXT
    columns = _columns(_Plan("leave", sheets.LEAVE, order), wanted.language)
    return Layout(title=_TITLES["leave"].in_language(wanted.language), columns=_with_names(columns, wanted, "person"))


def recusal_layout(wanted: Wanted) -> Layout[Recusal]:
    """Lay out recusals with their reasons: private as a whole."""
    order = {
        "inspector": kinds.INSPECTOR,
        "credit_code": kinds.ENTITY,
        "group": kinds.SAID_LABEL,
        "reason": kinds.reason_kind(wanted.language),
        "note": kinds.PARAGRAPHS,
        "start": kinds.DAY,
        "end": kinds.END,
    }
    columns = _columns(_Plan("recusal", sheets.RECUSALS, order, {"credit_code": attrgetter("entity")}), wanted.language)
    return Layout(title=_TITLES["recusal"].in_language(wanted.language), columns=_with_names(columns, wanted, "person"))


def find_header(sheet: Sheet, name: str, language: str) -> str:
    """Give a field's header: the first of all in Chinese; the first English one, else the field's own name in words."""
    known = sheet.fields[name]
    if language == "zh":
        return known[0]
    return next((header for header in known if header.isascii()), name.replace("_", " "))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The columns of one sheet: its fields' kinds in order, and what of a row they show where the row calls it otherwise."""

    noun: str
    sheet: Sheet
    order: Mapping[str, Kind]
    values: Mapping[str, Callable[[Any], object]] = field(default_factory=dict)
    says_nothing: frozenset[str] = frozenset()


def _columns(plan: _Plan, language: str) -> tuple[Column[Any], ...]:
    return tuple(
        Column(
            header=find_header(plan.sheet, name, language),
            value=plan.values.get(name, attrgetter(name)),
            kind=kind,
            guide=find_guide(plan.noun, name, language),
            says_nothing=name in plan.says_nothing,
        )
        for name, kind in plan.order.items()
    )


def _zone_kind(bureau: Bureau) -> Kind:
    """Make the kind of a zone: those of the settings are offered, any other is read too."""
    return Kind(write=kinds.LABEL.write, parse=kinds.LABEL.parse, choices=bureau.zones)


def _by_rule(wanted: Wanted, domains: Kind) -> tuple[Column[Entity], ...]:
    """Show the domains that the settings' rules gave, beside the empty cells that leave them to the rules."""
    if not wanted.by_rule:
        return ()
    column: Column[Entity] = Column(
        header=_informing("domains_by_rule", wanted.language),
        value=lambda one: domains.express(one.domains)[0] if one.domains_by_rule else None,
        kind=kinds.NOTHING_READ,
        is_read=False,
    )
    return (column,)


def _ends(wanted: Wanted, *, has_successor: bool = False) -> tuple[Column[Any], ...]:
    """Say of retired rows since when and why; an import passes these columns over, for it neither retires nor brings back."""
    if not wanted.retired:
        return ()
    names = ("retired", "retired_reason", *(("successor",) if has_successor else ()))
    return tuple(
        Column(header=_informing(name, wanted.language), value=attrgetter(name), kind=kinds.NOTHING_READ, is_read=False)
        for name in names
    )


def _with_names(columns: tuple[Column[Any], ...], wanted: Wanted, what: str) -> tuple[Column[Any], ...]:
    """Name those of whom a sheet's first column has the numbers alone, for whoever reads it; an import passes the column over."""
    first, *others = columns

    def find_name(row: object) -> str | None:
        return wanted.names.get(str(first.value(row)))

    name: Column[Any] = Column(
        header=_informing(what, wanted.language), value=find_name, kind=kinds.NOTHING_READ, is_read=False
    )
    return (first, name, *others)


def _informing(name: str, language: str) -> str:
    return INFORMING[name].in_language(language)


_TITLES: Final = {
    "entity": Term(zh="检查对象名录库", en="entities"),
    "inspector": Term(zh="执法检查人员名录库", en="inspectors"),
    "matter": Term(zh="随机抽查事项清单", en="matters"),
    "visit": Term(zh="检查台账", en="ledger"),
    "leave": Term(zh="人员请假", en="leave"),
    "recusal": Term(zh="回避名单", en="recusals"),
}
