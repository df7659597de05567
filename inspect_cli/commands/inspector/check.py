"""``inspector check``: what of the roster lapses soon, what hangs on too few people, and which rows are odd. Nothing is changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.registry.health import read_roster
from inspect_cli.command_line import Command, Day
from inspect_cli.core.report.health.finding import OF_ROSTER
from inspect_cli.core.report.health.roster import find_thinness
from inspect_cli.core.report.health.service import find_service_ailments
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.screens.check import Checked, ask, check_options, show_checked
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App

DAYS_AHEAD: Final = 60
"""How far ahead is looked unless a day is named."""


@click.command(cls=Command)
@click.option("--until", type=Day(), help="The last day looked at; 60 days from today unless it is named.")
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
    last = until or app.today + timedelta(days=DAYS_AHEAD)
    if last < app.today:
        raise UsageMistake(
            say("{until} is before today, {today}", until=last.isoformat(), today=app.today.isoformat()),
            hint=say("name a later day with --until"),
        )
    with Store.open(app.store_url).reading() as session:
        roster = read_roster(session, bureau, app.today, last)
    span = {"first": app.today.isoformat(), "last": last.isoformat()}
    checked = Checked(
        found=(*find_thinness(roster), *find_service_ailments(roster)),
        title=say("To see to from {first} to {last}", **span),
        nothing=say("nothing to see to from {first} to {last}", **span),
    )
    show_checked(app, bureau, checked, ask(options))
