"""``matter check``: what of the list of matters lapses, is missing, doubled, or met by nobody. Nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.registry.health import read_matter_list
from inspect_cli.command_line import Command
from inspect_cli.core.report.health.finding import OF_MATTERS
from inspect_cli.core.report.health.matters import find_matter_ailments
from inspect_cli.files.config import read_bureau
from inspect_cli.screens.check import ask, check_days, check_options, find_last_day, show_checked, until_option
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App


@click.command(cls=Command)
@until_option
@check_options(OF_MATTERS, has_zones=False)
@click.pass_obj
def check(app: App, /, until: date | None, **options: Any) -> None:
    """Look over the list of matters: what lapses, what is missing or doubled, and what no entity meets.

    What is found is no error unless --strict says so.

    \b
    Example:
      inspect-cli matter check
      inspect-cli matter check --until 2027-12-31 --kind matter-lapses
    """
    bureau = read_bureau(app.config)
    last = find_last_day(app, until)
    with Store.open(app.store_url).reading() as session:
        listed = read_matter_list(session, bureau, app.today, last)
    show_checked(app, bureau, check_days(app, last, find_matter_ailments(listed)), ask(options))
