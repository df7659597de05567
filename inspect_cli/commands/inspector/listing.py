"""``inspector list`` and ``inspector show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.retirement import unknown_id
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.inspector.leave_and_recusals import leave_data, recusal_data, show_leave, show_recusals
from inspect_cli.console import Column, Console
from inspect_cli.core.names import InspectorId
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, join_words
from inspect_cli.screens.history import as_of_option, show_row_on
from inspect_cli.screens.register import domains_text, parse_wanted_domain, private_option, row_data, row_pairs
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_inspector, find_inspectors, find_leave, find_recusals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.registry.inspector import Inspector


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
        absences = {"leave": [leave_data(one, private=private) for one in leave]}
        apart = {"recusals": [recusal_data(one, private=private) for one in recusals]}
        console.show_json(row_data(found, private=private) | absences | apart)
        return
    console.show_pairs(row_pairs(found, read_bureau(app.config), private=private))
    show_leave(console, leave, private=private)
    show_recusals(console, recusals, private=private)
