"""``matter``: import, list, show, retire and bring back the matters (随机抽查事项) of the published list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.matters import import_matters, restore_matter, retire_matter
from inspect_cli.acts.registry.register import ImportOrder
from inspect_cli.acts.registry.retirement import RowOrder, unknown_id
from inspect_cli.command_line import Command, Group, json_option
from inspect_cli.console import Column, Console
from inspect_cli.core.names import MatterId
from inspect_cli.core.registry.words import domain_words, parse_domain
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.matters import read_matters
from inspect_cli.language import _
from inspect_cli.register_screen import (
    domains_text,
    import_options,
    row_data,
    row_pairs,
    show_imported,
)
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_matter, find_matters

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.app import App


@click.group(cls=Group)
def matter() -> None:
    """Keep the list of matters: what may be inspected at all.

    \b
    Example:
      inspect-cli --as NAME matter import matters.csv
      inspect-cli matter list --domain 安全
    """


@matter.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, file: Path, encoding: str | None, update: bool, dry_run: bool, as_json: bool) -> None:
    """Take matters from a CSV file, whole or not at all.

    The headers may be Chinese or English. Every mistake is told with its row and column, and then nothing is taken. What
    the list holds is never changed unless --update says so.

    \b
    Example:
      inspect-cli --as NAME matter import matters.csv
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    intake = read_matters(file, bureau, encoding)
    order = ImportOrder(intake=intake, people=bureau.people, update=update, dry_run=dry_run)
    imported = import_matters(Store.open(app.store_url), actor, order)
    show_imported(Console(language=app.language), imported, intake, as_json=as_json)


@matter.command("list", cls=Command)
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
    wanted = None if domain is None else parse_domain(domain, domain_words(bureau.domains))
    with Store.open(app.store_url).reading() as session:
        found = find_matters(session, include_retired=retired)
    rows = [one for one in found if wanted in {None, one.domain}]
    console = Console(language=app.language)
    if as_json:
        console.show_json([row_data(one, private=False) for one in rows])
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


@matter.command(cls=Command)
@click.argument("number")
@json_option
@click.pass_obj
def show(app: App, number: str, as_json: bool) -> None:
    """Show one matter with its legal basis.

    \b
    Example:
      inspect-cli matter show AQ-001
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        found = find_matter(session, MatterId(number))
    if found is None:
        raise unknown_id("matter", number)
    if as_json:
        console.show_json(row_data(found, private=False))
    else:
        console.show_pairs(row_pairs(found, read_bureau(app.config), private=False))


@matter.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def retire(app: App, number: str, reason: str) -> None:
    """Take a matter off the list from today on; outside the list there is no inspection.

    \b
    Example:
      inspect-cli --as NAME matter retire AQ-001 --reason 依据已废止
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = retire_matter(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is retired since {day}", id=done.id, day=str(done.retired)))


@matter.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def restore(app: App, number: str, reason: str) -> None:
    """Put a retired matter back on the list.

    \b
    Example:
      inspect-cli --as NAME matter restore AQ-001 --reason 误操作
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = restore_matter(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is in the registry", id=done.id))
