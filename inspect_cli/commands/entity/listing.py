"""``entity list`` and ``show``."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.registry.retirement import unknown_id
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.entity.choosing import choosing_options
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, join_words
from inspect_cli.screens.history import as_of_option, show_row_on
from inspect_cli.screens.register import domains_text, private_option, row_data, row_pairs
from inspect_cli.storage.engine import Store
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import find_entities, find_entity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from inspect_cli.app import App
    from inspect_cli.commands.entity.choosing import Chosen
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.registry.entity import Entity


@click.command("list", cls=Command)
@choosing_options
@click.option("--retired", is_flag=True, help="Those that are retired too.")
@private_option
@json_option
@click.pass_obj
def list_entities(app: App, chosen: Chosen, retired: bool, private: bool, as_json: bool) -> None:
    """List the entities, sorted by number.

    \b
    Example:
      inspect-cli entity list --zone 网格01 --class C --domain 安全
    """
    bureau = read_bureau(app.config)
    is_wanted = chosen.by(bureau)
    with Store.open(app.store_url).reading() as session:
        found = find_entities(session, include_retired=retired)
    rows = [one for one in found if is_wanted(one)]
    console = Console(language=app.language)
    if as_json:
        console.show_json_rows(row_data(one, private=private) for one in rows)
        return
    _show_list(console, bureau, rows, private=private)


def _show_list(console: Console, bureau: Bureau, rows: Sequence[Entity], *, private: bool) -> None:
    """Show a table; where a second number of 18 characters stands in it, the width goes to the name."""
    has_retired, has_former = any(one.retired for one in rows), any(one.successor for one in rows)
    columns = [
        Column(title=_("id"), is_key=True),
        Column(title=_("name")),
        Column(title=_("zone")),
        *([] if has_former else [Column(title=_("risk class")), Column(title=_("domains"))]),
        *([Column(title=_("retired on"), is_key=True)] if has_retired else []),
        *([Column(title=_("now kept as"), is_key=True)] if has_former else []),
        *([Column(title=_("contact")), Column(title=_("telephone"), is_key=True)] if private else []),
    ]
    cells = (
        (
            one.id,
            one.name,
            one.zone or "",
            *([] if has_former else [one.risk_class or "", domains_text(bureau, one.domains)]),
            *([str(one.retired or "")] if has_retired else []),
            *([one.successor or ""] if has_former else []),
            *([one.contact or "", one.telephone or ""] if private else []),
        )
        for one in rows
    )
    console.show_table("", columns, cells)
    former = sum(1 for one in rows if one.successor is not None)
    console.show_note(say("entities: {count}", count=len(rows) - former))
    if former:
        console.show_note(say("beside them former numbers of companies that changed theirs: {count}", count=former))


@click.command(cls=Command)
@click.argument("number")
@as_of_option
@private_option
@json_option
@click.pass_obj
def show(app: App, number: str, as_of: date | None, private: bool, as_json: bool) -> None:
    """Show one entity by its credit code or registration number.

    \b
    Example:
      inspect-cli entity show 91350100M000100Y43
      inspect-cli entity show 91350100M000100Y43 --as-of 2026-03-01
    """
    if as_of is not None:
        show_row_on(app, "entity", number, as_of, private=private, as_json=as_json)
        return
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        found = find_entity(session, EntityId(number))
        numbers = find_numbers(session)
    if found is None:
        raise unknown_id("entity", number)
    former = numbers.former(found.id)
    if as_json:
        console.show_json(row_data(found, private=private) | {"former_numbers": list(former)})
        return
    pairs = row_pairs(found, read_bureau(app.config), private=private)
    console.show_pairs([*pairs, *([(_("former numbers"), join_words(former))] if former else [])])
    if found.successor is not None:
        console.show_note(
            say(
                "a former number; the company as it is now: inspect-cli entity show {now}",
                now=quote(numbers.current(found.id)),
            )
        )
