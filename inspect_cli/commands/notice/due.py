"""``notice due`` and ``notice ics``: what is to be published, and by when, as a list and as reminders for a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.publish import due as acts
from inspect_cli.command_line import Command, Period, force_option, json_option
from inspect_cli.commands.notice.due_screen import choose_shown, duty_data, show_duties, show_summary, summary_data
from inspect_cli.console import Console
from inspect_cli.errors import say
from inspect_cli.files.config import read_bureau
from inspect_cli.files.output import write_output
from inspect_cli.files.reminders import render_reminders
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core.names import Period as Month


@click.command(cls=Command)
@click.argument("period", required=False, type=Period(), help="The month; all months unless one is named.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also what is done, what was due before an upgrade, and display terms that end some day.",
)
@json_option
@click.pass_obj
def due(app: App, period: Month | None, *, everything: bool, as_json: bool) -> None:
    """List what is to be published, the most urgent first, with its last day and the rule it rests on.

    Last days are counted in working days, as inspect.toml says; a term that runs into a year whose working days are not known
    has none. Publishing late is possible; it is marked and counted. Nothing is changed.

    \b
    Example:
      inspect-cli notice due
      inspect-cli notice due 2026-12 --all
    """
    bureau = read_bureau(app.config)
    with Store.open(app.store_url).reading() as session:
        found = acts.read_duties(session, bureau, app.today)
    judged = tuple(one for one in found if period is None or one.duty.period == period)
    shown = judged if everything else choose_shown(judged)
    console = Console(language=app.language)
    if as_json:
        console.show_json(
            {
                "today": app.today.isoformat(),
                "period": period,
                "duties": [duty_data(one, app.today) for one in shown],
                "summary": summary_data(judged, app.today),
            }
        )
        return
    if shown:
        show_duties(console, shown, app.today)
        console.show_line()
    else:
        console.show_line(say("nothing is to be published"))
    show_summary(console, judged, app.today)


@click.command(cls=Command)
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
@force_option
@click.pass_obj
def ics(app: App, *, output: Path, force: bool) -> None:
    """Write a calendar file with a reminder of everything that is to be published.

    Each lasts the whole of the last day, and reminds some working days before and on the day itself. Read into a calendar again, the
    file moves its own reminders and takes away what was published. It names no company.

    \b
    Example:
      inspect-cli notice ics -o due.ics
    """
    bureau = read_bureau(app.config)
    with Store.open(app.store_url).reading() as session:
        judged, stamp = acts.read_reminders(session, bureau, app.today)
    made = render_reminders(judged, stamp, bureau.name)
    is_new = write_output(output, made.data, overwrite=force)
    count = made.count
    written = say("wrote {path}; reminders in it: {count}", count=count, path=str(output))
    same = say("{path} is there already, the same to the byte; reminders in it: {count}", count=count, path=str(output))
    console = Console(language=app.language)
    console.show_line(written if is_new else same)
    if made.gone:
        console.show_note(
            say("reminders of what is done, which it takes away from the calendar: {count}", count=made.gone)
        )
    unknown = sum(one.duty.due is None and one.duty.done is None for one in judged)
    if unknown:
        console.show_note(say("without a reminder, for their last day is not known: {count}", count=unknown))
