"""``inspector list`` and ``inspector show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.registry.retirement import unknown_id
from inspect_cli.command_line import Command, json_option
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.names import InspectorId
from inspect_cli.core.registry.inspector import RecusalReason
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, join_words, translate
from inspect_cli.screens.history import as_of_option, show_row_on
from inspect_cli.screens.register import (
    domains_text,
    json_value,
    parse_wanted_domain,
    private_option,
    row_data,
    row_pairs,
)
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_inspector, find_inspectors, find_leave, find_recusals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
    from inspect_cli.errors import Message

REASON_LABELS: Final[Mapping[RecusalReason, Message]] = {
    RecusalReason.KIN: say("kin"),
    RecusalReason.SHARES: say("shares"),
    RecusalReason.EMPLOYMENT: say("former employer"),
    RecusalReason.OWN_REQUEST: say("own application"),
    RecusalReason.COMPANY_REQUEST: say("the company's application"),
    RecusalReason.OTHER: say("other"),
}


@click.command("list", cls=Command)
@click.option("--domain", metavar="DOMAIN", help="Only those who are qualified for this domain.")
@click.option("--zone", metavar="ZONE", help="Only those who visit this zone.")
@click.option("--retired", is_flag=True, help="Those that are retired too.")
@private_option
@json_option
@click.pass_obj
def list_inspectors(
    app: App, domain: str | None, zone: str | None, retired: bool, private: bool, as_json: bool
) -> None:
    """List inspectors and experts, sorted by number.

    \b
    Example:
      inspect-cli inspector list --domain 安全
    """
    bureau = read_bureau(app.config)
    wanted = parse_wanted_domain(domain, bureau)
    with Store.open(app.store_url).reading() as session:
        found = find_inspectors(session, include_retired=retired)
    rows = [
        one
        for one in found
        if (wanted is None or wanted in one.skills) and (zone is None or not one.zones or zone in one.zones)
    ]
    console = Console(language=app.language)
    if as_json:
        console.show_json_rows(row_data(one, private=private) for one in rows)
        return
    _show_list(console, bureau, rows, private=private)


def _show_list(console: Console, bureau: Bureau, rows: Sequence[Inspector], *, private: bool) -> None:
    columns = [
        Column(title=_("id"), is_key=True),
        Column(title=_("full name")),
        Column(title=_("role")),
        Column(title=_("squad")),
        Column(title=_("skills")),
        Column(title=_("zones")),
        Column(title=_("valid until")),
        *([Column(title=_("telephone"), is_key=True)] if private else []),
    ]
    cells = (
        (
            one.id,
            one.name,
            _role(one),
            one.squad or "",
            domains_text(bureau, one.skills),
            join_words(one.zones) or _("any"),
            "" if one.is_expert else str(one.valid_until or _("long-term")),
            *([one.telephone or ""] if private else []),
        )
        for one in rows
    )
    console.show_table("", columns, cells)
    experts = sum(one.is_expert for one in rows)
    console.show_note(
        say("inspectors: {inspectors}, experts: {experts}", inspectors=len(rows) - experts, experts=experts)
    )


def _role(one: Inspector) -> str:
    if one.retired is not None:
        return _("retired")
    if not one.in_service:
        return _("out of service")
    if one.is_expert:
        return _("expert")
    return _("may lead") if one.may_lead else _("inspector")


@click.command(cls=Command)
@click.argument("number")
@as_of_option
@private_option
@json_option
@click.pass_obj
def show(app: App, number: str, as_of: date | None, private: bool, as_json: bool) -> None:
    """Show one inspector or expert, with leave and recusals.

    \b
    Example:
      inspect-cli inspector show R001
      inspect-cli inspector show R001 --as-of 2026-03-01
    """
    if as_of is not None:
        show_row_on(app, "inspector", number, as_of, private=private, as_json=as_json)
        return
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        found = find_inspector(session, InspectorId(number))
        if found is None:
            raise unknown_id("inspector", number)
        leave = find_leave(session, inspector=found.id)
        recusals = find_recusals(session, inspector=found.id)
    if as_json:
        absences = {"leave": [_leave_data(one, private=private) for one in leave]}
        apart = {"recusals": [_recusal_data(one, private=private) for one in recusals]}
        console.show_json(row_data(found, private=private) | absences | apart)
        return
    console.show_pairs(row_pairs(found, read_bureau(app.config), private=private))
    _show_leave(console, leave, private=private)
    _show_recusals(console, recusals, private=private)


def _leave_data(leave: Leave, *, private: bool) -> dict[str, Any]:
    """Give leave; its reason, which can be an illness, only to whoever asks for what is private."""
    data = {"first": json_value(leave.first), "last": json_value(leave.last)}
    return data | {"reason": leave.reason} if private else data


def _recusal_data(recusal: Recusal, *, private: bool) -> dict[str, Any]:
    """Give a recusal; its reason only to whoever asks for what is private."""
    data = {
        "entity": recusal.entity,
        "group": recusal.group,
        "start": json_value(recusal.start),
        "end": json_value(recusal.end),
    }
    return data | {"reason": recusal.reason.value, "note": recusal.note} if private else data


def _show_leave(console: Console, leave: Sequence[Leave], *, private: bool) -> None:
    if leave:
        columns = [
            Column(title=_("first day"), is_key=True),
            Column(title=_("last day"), is_key=True),
            *([Column(title=_("reason"))] if private else []),
        ]
        rows = [(str(one.first), str(one.last), *([one.reason] if private else [])) for one in leave]
        console.show_line()
        console.show_table(_("leave"), columns, rows)


def _show_recusals(console: Console, recusals: Sequence[Recusal], *, private: bool) -> None:
    if not recusals:
        return
    columns = [
        Column(title=_("entity or group"), is_key=True),
        Column(title=_("first day"), is_key=True),
        Column(title=_("last day"), is_key=True),
        *([Column(title=_("reason")), Column(title=_("note"), is_wrapped=True)] if private else []),
    ]
    rows = [
        (
            one.entity or one.group or "",
            str(one.start or ""),
            str(one.end or ""),
            *([translate(REASON_LABELS[one.reason]), one.note or ""] if private else []),
        )
        for one in recusals
    ]
    console.show_line()
    console.show_table(_("recusals"), columns, rows)
    if not private:
        console.show_note(_("the reasons of recusals are shown with --private"), Tone.QUIET)
