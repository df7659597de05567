"""``db``: bring the store to the current version, look it over, copy it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.store import back_up_store, upgrade_store
from inspect_cli.command_line import Command, Group, force_option, json_option
from inspect_cli.console import Column, Console
from inspect_cli.errors import StoreError, say
from inspect_cli.language import _, translate
from inspect_cli.storage.engine import Store
from inspect_cli.storage.upkeep import Finding, check_store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.group(cls=Group)
def db() -> None:
    """Look after the store.

    \b
    Example:
      inspect-cli db check
      inspect-cli db backup inspect-2026-12.db
    """


@db.command(cls=Command)
@click.pass_obj
def upgrade(app: App) -> None:
    """Bring the store to this program's version; a store that is a file is copied beside itself first.

    \b
    Example:
      inspect-cli --as NAME db upgrade
    """
    done = upgrade_store(app.store_url, app.actor())
    console = Console(language=app.language)
    if done.before == done.after:
        console.show_line(say("the store is of the current version, {version}; nothing to do", version=done.after))
        return
    if done.backup is not None:
        console.show_line(say("copied the store to {file} first", file=str(done.backup)))
    console.show_line(say("brought the store from version {before} to {after}", before=done.before, after=done.after))


@db.command(cls=Command)
@json_option
@click.pass_obj
def check(app: App, as_json: bool) -> None:
    """Look the whole store over: its file, its tables, and each draw's frozen rows and result against its commitment.

    \b
    Example:
      inspect-cli db check
    """
    findings = check_store(Store.open(app.store_url))
    console = Console(language=app.language)
    if as_json:
        console.show_json([_finding_data(one) for one in findings])
    else:
        columns = [Column(title=_("check"), is_key=True), Column(title=_("looked at")), Column(title=_("found"))]
        console.show_table("", columns, (_cells(one) for one in findings))
    faulty = sum(bool(one.faults) for one in findings)
    if faulty:
        raise StoreError(
            say("checks that found something wrong: {count}", count=faulty),
            hint=say("keep the store as it is, and compare it with the last backup"),
        )


def _cells(one: Finding) -> tuple[str, ...]:
    return (one.rule, one.subject, "; ".join(translate(fault) for fault in one.faults) or _("in order"))


def _finding_data(one: Finding) -> dict[str, Any]:
    """Give what ``--json`` shows of a check: stable keys, documented in docs/json.md."""
    return {"check": one.rule, "of": one.subject, "faults": [translate(fault) for fault in one.faults]}


@db.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@force_option
@click.pass_obj
def backup(app: App, file: Path, force: bool) -> None:
    """Copy the store into a new file, as it is at this moment; nothing is replaced without --force.

    A store on PostgreSQL is copied by its own tools.

    \b
    Example:
      inspect-cli db backup inspect-2026-12.db
    """
    back_up_store(Store.open(app.store_url), file, overwrite=force)
    Console(language=app.language).show_line(say("copied the store to {file}", file=str(file)))
