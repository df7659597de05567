"""``inspector check``: what of the roster lapses soon, and what hangs on too few people. Nothing is changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from inspect_cli.acts.registry.health import read_roster
from inspect_cli.command_line import Command, Day, json_option
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.names import Domain
from inspect_cli.core.report.health.finding import Ailment
from inspect_cli.core.report.health.roster import find_ailments
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, current, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.report.health.finding import Finding

DAYS_AHEAD: Final = 60
"""How far ahead is looked unless a day is named."""

KINDS: Final = {
    Ailment.LAPSED: say("lapsed"),
    Ailment.LAPSES: say("lapses"),
    Ailment.NO_LEADER: say("nobody may lead"),
    Ailment.THIN_SKILL: say("thin skill"),
    Ailment.NO_EXPERT: say("no expert"),
    Ailment.THIN_ZONE: say("thin zone"),
    Ailment.LONG_LEAVE: say("long leave"),
}


@click.command(cls=Command)
@click.option("--until", type=Day(), help="The last day looked at; 60 days from today unless it is named.")
@json_option
@click.pass_obj
def check(app: App, until: date | None, *, as_json: bool) -> None:
    """Look ahead: certificates that lapse, skills and zones that hang on too few people, experts that are missing, long leave.

    What is found is no error: the exit status is 0 either way.

    \b
    Example:
      inspect-cli inspector check --until 2027-03-31
    """
    bureau = read_bureau(app.config)
    last = until or app.today + timedelta(days=DAYS_AHEAD)
    if last < app.today:
        raise UsageMistake(
            say("{until} is before today, {today}", until=last.isoformat(), today=app.today.isoformat()),
            hint=say("name a later day with --until"),
        )
    with Store.open(app.store_url).reading() as session:
        found = find_ailments(read_roster(session, bureau, app.today, last))
    console = Console(language=app.language)
    if as_json:
        console.show_json([_finding_data(one) for one in found])
        return
    span = {"first": app.today.isoformat(), "last": last.isoformat()}
    if not found:
        console.show_line(say("nothing to see to from {first} to {last}", **span), Tone.GOOD)
        return
    columns = [
        Column(title=_("what"), is_key=True),
        Column(title=_("day"), is_key=True),
        Column(title=_("whose"), is_wrapped=True),
        Column(title=_("what it means"), is_wrapped=True),
    ]
    title = translate(say("To see to from {first} to {last}", **span))
    console.show_table(title, columns, (_cells(one, bureau) for one in found))


def _cells(one: Finding, bureau: Bureau) -> tuple[str, ...]:
    is_domain = one.kind in {Ailment.NO_LEADER, Ailment.THIN_SKILL, Ailment.NO_EXPERT}
    subject = bureau.domain_label(Domain(one.subject), current()) if is_domain else one.subject
    day = "" if one.day is None else one.day.isoformat()
    return (translate(KINDS[one.kind]), day, subject, translate(one.what))


def _finding_data(one: Finding) -> dict[str, Any]:
    """Give what ``--json`` shows: stable keys, documented in docs/json.md."""
    data: dict[str, Any] = {"kind": one.kind.value, "of": one.subject}
    if one.day is not None:
        data["day"] = one.day.isoformat()
    return data | {"what": translate(one.what)}
