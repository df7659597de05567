"""``entity``: import, list, show, retire and bring back the entities (检查对象) of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.entities import import_entities, restore_entity, retire_entity
from inspect_cli.acts.registry.register import ImportOrder
from inspect_cli.acts.registry.retirement import RowOrder, unknown_id
from inspect_cli.command_line import Command, Group, json_option
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.words import domain_words, parse_domain
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.language import _
from inspect_cli.register_screen import (
    domains_text,
    import_options,
    private_option,
    row_data,
    row_pairs,
    show_imported,
)
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_entities, find_entity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.registry.entity import Entity


@click.group(cls=Group)
def entity() -> None:
    """Keep the registry of entities: whom a draw can choose.

    \b
    Example:
      inspect-cli --as NAME entity import entities.csv
      inspect-cli entity list --zone 网格01
    """


@entity.command("import", cls=Command)
@import_options
@click.pass_obj
def import_file(app: App, file: Path, encoding: str | None, update: bool, dry_run: bool, as_json: bool) -> None:
    """Take entities from a CSV file, whole or not at all.

    The headers may be Chinese or English. Every mistake is told with its row and column, and then nothing is taken. What
    the registry holds is never changed unless --update says so.

    \b
    Example:
      inspect-cli --as NAME entity import entities.csv --dry-run
      inspect-cli --as NAME entity import entities.csv
    """
    actor, bureau = app.actor(), read_bureau(app.config)
    intake = read_entities(file, bureau, encoding, today=app.today)
    order = ImportOrder(intake=intake, people=bureau.people, update=update, dry_run=dry_run)
    imported = import_entities(Store.open(app.store_url), actor, order)
    show_imported(Console(language=app.language), imported, intake, as_json=as_json)


@entity.command("list", cls=Command)
@click.option("--zone", metavar="ZONE", help="Only those of this zone.")
@click.option("--class", "risk_class", metavar="CLASS", help="Only those of this risk class.")
@click.option("--domain", metavar="DOMAIN", help="Only those to whom this domain applies.")
@click.option("--retired", is_flag=True, help="Those that are retired too.")
@private_option
@json_option
@click.pass_obj
def list_entities(
    app: App,
    zone: str | None,
    risk_class: str | None,
    domain: str | None,
    retired: bool,
    private: bool,
    as_json: bool,
) -> None:
    """List the entities, sorted by number.

    \b
    Example:
      inspect-cli entity list --zone 网格01 --class C --domain 安全
    """
    bureau = read_bureau(app.config)
    wanted = None if domain is None else parse_domain(domain, domain_words(bureau.domains))
    with Store.open(app.store_url).reading() as session:
        found = find_entities(session, include_retired=retired)
    rows = [
        one
        for one in found
        if zone in {None, one.zone}
        and risk_class in {None, one.risk_class}
        and (wanted is None or wanted in one.domains)
    ]
    console = Console(language=app.language)
    if as_json:
        console.show_json([row_data(one, private=private) for one in rows])
        return
    _show_list(console, bureau, rows, private=private)


def _show_list(console: Console, bureau: Bureau, rows: Sequence[Entity], *, private: bool) -> None:
    has_retired = any(one.retired for one in rows)
    columns = [
        Column(title=_("id"), is_key=True),
        Column(title=_("name")),
        Column(title=_("zone")),
        Column(title=_("risk class")),
        Column(title=_("domains")),
        *([Column(title=_("retired on"))] if has_retired else []),
        *([Column(title=_("contact")), Column(title=_("telephone"), is_key=True)] if private else []),
    ]
    cells = (
        (
            one.id,
            one.name,
            one.zone or "",
            one.risk_class or "",
            domains_text(bureau, one.domains),
            *([str(one.retired or "")] if has_retired else []),
            *([one.contact or "", one.telephone or ""] if private else []),
        )
        for one in rows
    )
    console.show_table("", columns, cells)
    console.show_note(say("entities: {count}", count=len(rows)))


@entity.command(cls=Command)
@click.argument("number")
@private_option
@json_option
@click.pass_obj
def show(app: App, number: str, private: bool, as_json: bool) -> None:
    """Show one entity by its credit code or registration number.

    \b
    Example:
      inspect-cli entity show 91350100M000100Y43
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        found = find_entity(session, EntityId(number))
    if found is None:
        raise unknown_id("entity", number)
    if as_json:
        console.show_json(row_data(found, private=private))
    else:
        console.show_pairs(row_pairs(found, read_bureau(app.config), private=private))


@entity.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def retire(app: App, number: str, reason: str) -> None:
    """Retire an entity from today on: it is drawn no more, and its history stays.

    A company that turns out to be closed when it is visited is a result, not a retirement.

    \b
    Example:
      inspect-cli --as NAME entity retire 91350100M000100Y43 --reason 注销
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = retire_entity(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is retired since {day}", id=done.id, day=str(done.retired)))


@entity.command(cls=Command)
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for whoever reads the log.")
@click.pass_obj
def restore(app: App, number: str, reason: str) -> None:
    """Bring a retired entity back into the registry.

    \b
    Example:
      inspect-cli --as NAME entity restore 91350100M000100Y43 --reason 误操作
    """
    order = RowOrder(id=number, reason=reason, people=read_bureau(app.config).people)
    done = restore_entity(Store.open(app.store_url), app.actor(), order)
    Console(language=app.language).show_line(say("{id} is in the registry", id=done.id))
