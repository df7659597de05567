"""``inspector check``: what of the roster lapses soon, what hangs on too few people, and which rows are odd. Nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.registry.health import read_roster
from inspect_cli.command_line import Command
from inspect_cli.core.report.health.finding import OF_ROSTER
from inspect_cli.core.report.health.roster import find_thinness
from inspect_cli.core.report.health.service import find_service_ailments
from inspect_cli.files.config import read_bureau
from inspect_cli.screens.check import ask, check_days, check_options, find_last_day, show_checked, until_option
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App


@click.command(cls=Command)
@until_option
@check_options(OF_ROSTER, has_zones=True)
@click.pass_obj
def check(app: App, /, until: date | None, **options: Any) -> None:
    """Look over the roster: certificates that lapse, skills and zones that hang on too few people, rows that are odd.

    What is found is no error unless --strict says so. Telephone numbers are never shown.

    \b
    Example:
      inspect-cli inspector check --until 2027-03-31
      inspect-cli inspector check --weight serious --strict
    """
    bureau = read_bureau(app.config)
    last = find_last_day(app, until)
    with Store.open(app.store_url).reading() as session:
        roster = read_roster(session, bureau, app.today, last)
    found = (*find_thinness(roster), *find_service_ailments(roster))
    show_checked(app, bureau, check_days(app, last, found), ask(options))
