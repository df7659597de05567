"""``plan check``: have a plan explained. Nothing is changed."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.plan.check import check_plan, require_sound
from inspect_cli.acts.plan.year_ahead import look_ahead_of
from inspect_cli.acts.visit.visits import find_unended
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.plan.data import check_data
from inspect_cli.commands.plan.excluded import (
    earlier_data,
    excluded_rows,
    show_carried,
    show_excluded,
    show_unended,
)
from inspect_cli.commands.plan.tables import show_check
from inspect_cli.commands.plan.year_screen import ahead_data, show_ahead
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.plan_file import read_plan
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App


@click.command(cls=Command)
@click.argument("file", metavar="PLAN", type=click.Path(path_type=Path), help="The plan.")
@click.option("--excluded", is_flag=True, help="Also list who is excluded, each with the reason in words.")
@json_option
@click.pass_obj
def check(app: App, file: Path, excluded: bool, as_json: bool) -> None:
    """Explain a plan: matters, quotas, who is excluded and why, and whether its visits look as if they could be staffed.

    Nothing is changed. A plan that cannot be committed is shown as far as it goes, with everything that forbids it.

    \b
    Example:
      inspect-cli plan check plan.toml
      inspect-cli plan check plan.toml --excluded
    """
    bureau = read_bureau(app.config)
    store = Store.open(app.store_url)
    found = check_plan(store, read_plan(file, bureau), bureau, app.today)
    ahead = look_ahead_of(store, found)
    with store.reading() as session:
        unended = find_unended(session, found.gathered.plan.period, app.today)
    console = Console(language=app.language)
    if as_json:
        data = check_data(found) | {"year": None if ahead is None else ahead_data(ahead)} | earlier_data(found, unended)
        if excluded:
            data["excluded"]["rows"] = excluded_rows(found)
        console.show_json(data)
    else:
        show_check(console, found, app.language)
        if ahead is not None:
            show_ahead(console, bureau, ahead, app.language)
        show_carried(console, found, app.language)
        show_unended(console, unended)
        if excluded:
            show_excluded(console, found, app.language)
    require_sound(found.faults, found.gathered.plan.file)
    if not as_json:
        console.show_note(say("the plan can be committed: inspect-cli draw commit {path}", path=quote(str(file))))
