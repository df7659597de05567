"""What the screens of all registries share: a row's fields with their names, as data and as text, and notices about a file.

What does not live here: which rows a list shows, and in which columns (``commands``).
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from inspect_cli.acts.registry.register import render_value
from inspect_cli.core.registry.comparison import PRIVATE
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.registry.words import domain_words, parse_domain
from inspect_cli.error_text import render_mistake, render_place
from inspect_cli.errors import Mistake, Position, say
from inspect_cli.language import _, join_words, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed import DataclassInstance

    from inspect_cli.console import Console
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain
    from inspect_cli.errors import Message

    FC = TypeVar("FC", bound=Callable[..., Any] | click.Command)

NOTICES_SHOWN: Final = 20
"""How many things to know about a file are told one by one."""

LABELS: Final = {
    "id": say("id"),
    "name": say("name"),
    "domains": say("domains"),
    "matters": say("matters"),
    "zone": say("zone"),
    "industry": say("industry"),
    "size": say("size"),
    "risk_class": say("risk class"),
    "address": say("address"),
    "legal_representative": say("legal representative"),
    "registration_authority": say("registration authority"),
    "supervising_unit": say("supervising unit"),
    "registration_status": say("registration status"),
    "established": say("established"),
    "contact": say("contact"),
    "telephone": say("telephone"),
    "retired": say("retired on"),
    "retired_reason": say("reason of retirement"),
    "skills": say("skills"),
    "certificate": say("certificate"),
    "valid_until": say("valid until"),
    "is_expert": say("expert"),
    "may_lead": say("may lead"),
    "zones": say("zones"),
    "day_cap": say("visits a day at most"),
    "month_cap": say("visits a month at most"),
    "unit": say("unit"),
    "squad": say("squad"),
    "position": say("position"),
    "issuing_authority": say("issuing authority"),
    "domain": say("domain"),
    "basis": say("legal basis"),
    "content": say("content"),
    "object_type": say("objects"),
    "method": say("method"),
    "ratio": say("ratio"),
    "frequency": say("frequency"),
    "is_key": say("key matter"),
    "source_of_power": say("source of power"),
    "valid_from": say("valid from"),
    "remarks": say("remarks"),
    "reason": say("reason"),
    "domains_by_rule": say("domains by rule"),
    "risk_class_date": say("class set on"),
    "group": say("company group"),
    "tags": say("tags"),
    "successor": say("now kept as"),
    "in_service": say("in service"),
    "note": say("in their own words"),
    "of_industries": say("applies to industries"),
    "of_sizes": say("applies to sizes"),
    "of_risk_classes": say("applies to risk classes"),
    "of_tags": say("applies to tags"),
    "visits_a_year": say("visits a year at most"),
}
"""How a field is named to a person."""
_PERSONS_NAME: Final = say("full name")


def private_option(command: FC) -> FC:
    """Add ``--private``, which shows what is never published: telephone numbers, contacts, reasons of recusal."""
    return click.option(
        "--private", is_flag=True, help="Show telephone numbers and contacts too; they are never published."
    )(command)


def show_notices(console: Console, notices: Iterable[Mistake], further: int = 0) -> None:
    """Tell on stderr what a person should know about a file that was taken, the first few one by one, and how many more there are.

    Of several the file and its sheet are named once, above them.
    """
    told = tuple(notices)
    shown = told[:NOTICES_SHOWN]
    head = None
    if len({notice.where.file for notice in shown}) == 1 < len(shown):
        sheets = (notice.where.sheet for notice in shown if notice.where.sheet is not None)
        head = Position(file=shown[0].where.file, sheet=next(sheets, None))
        console.show_note(_("Note: {what}").format(what=render_place(head)))
    for notice in shown:
        line = render_mistake(notice, head)
        console.show_note(_("Note: {what}").format(what=line) if head is None else f"  {line}")
    if count := max(0, len(told) - NOTICES_SHOWN) + further:
        console.show_note(_("… and {count} more").format(count=count))


def parse_wanted_domain(text: str | None, bureau: Bureau) -> Domain | None:
    """Read the domain that a list is asked for, None for any; ``InputError`` for one that the bureau does not know."""
    return None if text is None else parse_domain(text, domain_words(bureau.domains))


def json_value(value: object) -> object:
    """Give a field's value as JSON has it: days and choices as text, lists as lists, nothing as null."""
    if value is None or type(value) in {str, bool, int}:  # An enum's member is no plain text.
        return value
    return [json_value(part) for part in value] if isinstance(value, tuple) else render_value(value)


def row_data(row: DataclassInstance, *, private: bool) -> dict[str, Any]:
    """Give a row's fields as JSON has them, in their order; private ones only where they are asked for."""
    return {name: json_value(getattr(row, name)) for name in row.__dataclass_fields__ if private or name not in PRIVATE}


def row_pairs(row: DataclassInstance, bureau: Bureau, *, private: bool) -> list[tuple[str, Message | str]]:
    """Give a row's filled fields with their names in the language that is settled; private ones only where asked for."""
    return [
        (translate(_label(row, field.name)), field_text(getattr(row, field.name), field.name, bureau))
        for field in fields(row)
        if getattr(row, field.name) not in {None, ()} and (private or field.name not in PRIVATE)
    ]


def _label(row: DataclassInstance, field: str) -> Message:
    """Name a field; a person has a full name where a company or a matter has a name."""
    return _PERSONS_NAME if field == "name" and isinstance(row, Inspector) else LABELS[field]


def field_text(value: Any, field: str, bureau: Bureau) -> Message | str:
    """Render one field for a person: domains by their labels, yes and no in words."""
    if field in {"domains", "skills"}:
        return domains_text(bureau, value)
    if field == "domain":
        return domains_text(bureau, (value,))
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, tuple):
        return join_words(map(render_value, value))
    return render_value(value)


def domains_text(bureau: Bureau, domains: Iterable[Domain]) -> str:
    """Render domains by their labels in the language that is settled."""
    return join_words(bureau.domain_term(domain) for domain in domains)
