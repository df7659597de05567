"""``matter list`` and ``show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.retirement import unknown_id
from inspect_cli.acts.registry.versions import Version, read_version
from inspect_cli.command_line import Command, json_option
from inspect_cli.console import Column, Console
from inspect_cli.core.names import MatterId
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _
from inspect_cli.screens.history import as_of_option, show_row_on
from inspect_cli.screens.register import domains_text, json_value, parse_wanted_domain, row_data, row_pairs
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_matter, find_matters

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App
    from inspect_cli.errors import Message


@click.command("list", cls=Command)
@click.option("--domain", metavar="DOMAIN", help="Only those of this domain.")
@click.option("--retired", is_flag=True, help="Those that are retired too.")
@json_option
@click.pass_obj
def list_matters(app: App, domain: str | None, retired: bool, as_json: bool) -> None:
    """List the matters, sorted by number.

    \b
    Example:
      inspect-cli matter list --domain 安全
    """
    bureau = read_bureau(app.config)
    wanted = parse_wanted_domain(domain, bureau)
    with Store.open(app.store_url).reading() as session:
        found = find_matters(session, include_retired=retired)
    rows = [one for one in found if wanted in {None, one.domain}]
    console = Console(language=app.language)
    if as_json:
        console.show_json_rows(row_data(one, private=False) for one in rows)
        return
    columns = [
        Column(title=_("id"), is_key=True),
        Column(title=_("domain")),
        Column(title=_("name")),
        Column(title=_("key matter")),
        Column(title=_("valid from")),
        Column(title=_("valid until")),
        *([Column(title=_("retired on"))] if retired else []),
    ]
    cells = (
        (
            one.id,
            domains_text(bureau, (one.domain,)),
            one.name,
            _("yes") if one.is_key else "",
            str(one.valid_from or ""),
            str(one.valid_until or ""),
            *([str(one.retired or "")] if retired else []),
        )
        for one in rows
    )
    console.show_table("", columns, cells)
    console.show_note(say("matters: {count}", count=len(rows)))


@click.command(cls=Command)
@click.argument("number")
@as_of_option
@json_option
@click.pass_obj
def show(app: App, number: str, as_of: date | None, as_json: bool) -> None:
    """Show one matter with its legal basis, to whom it applies, and which version of it stands.

    \b
    Example:
      inspect-cli matter show AQ-001
      inspect-cli matter show AQ-001 --as-of 2026-03-01
    """
    if as_of is not None:
        show_row_on(app, "matter", number, as_of, as_json=as_json)
        return
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        found = find_matter(session, MatterId(number))
        if found is None:
            raise unknown_id("matter", number)
        version = read_version(session, "matter", found.id)
    if as_json:
        kept = {"version": version.number, "version_since": json_value(version.since)}
        console.show_json(row_data(found, private=False) | kept)
        return
    console.show_pairs(row_pairs(found, read_bureau(app.config), private=False))
    console.show_note(_say_version(version))


def _say_version(version: Version) -> Message:
    """Say which version of a matter stands."""
    if version.since is None:
        return say("version {number}", number=version.number)
    return say("version {number}, since {day}", number=version.number, day=version.since.isoformat())
