"""``schedule move``: another day for a visit, with the same team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts.visit import move as acts
from inspect_cli.command_line import Command, Day, json_option
from inspect_cli.console import Column, Console
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.visit.move import find_obstacles, possible_days
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, current, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from datetime import date

    from inspect_cli.app import App
    from inspect_cli.core.visit.move import MoveCase


@click.command(cls=Command)
@click.argument("slot", help="The draw, or a supplement of it.")
@click.argument("entity", help="Whom the visit is to.")
@click.argument("day", type=Day(), required=False, help="The new day.")
@click.option("--reason", metavar="TEXT", help="Why; it stays inside the bureau.")
@click.option("--days", "shows_days", is_flag=True, help="Move nothing, and show on which days the team can go.")
@json_option
@click.pass_obj
def move(
    app: App, slot: str, entity: str, day: date | None, *, reason: str | None, shows_days: bool, as_json: bool
) -> None:
    """Move a visit to another day of the draw, on which the same team can go.

    Nothing is drawn: who goes stays as the draw has said. Where no day would do, a supplementary draw finds another team.

    \b
    Example:
      inspect-cli schedule move 2026-12/1 91350100M000100Y43 --days
      inspect-cli --as NAME schedule move 2026-12/1 91350100M000100Y43 \\
          2026-12-09 --reason "no power until the 8th"
    """
    console = Console(language=app.language)
    if shows_days:
        with Store.open(app.store_url).reading() as session:
            case = acts.read_case(session, Slot(slot), EntityId(entity), app.today)
        _show_days(console, case, as_json=as_json)
        return
    if day is None:
        raise UsageMistake(
            say("no day was named"), hint=say("see the days that would do with --days, and name one of them")
        )
    actor, bureau = app.actor(), read_bureau(app.config)
    order = acts.MoveOrder(bureau=bureau, slot=Slot(slot), entity=EntityId(entity), day=day, reason=reason or "")
    moved = acts.move_visit(Store.open(app.store_url), actor, order)
    before, after = moved.from_day.isoformat(), moved.to_day.isoformat()
    if as_json:
        console.show_json({"slot": moved.slot, "entity": entity, "new": moved.is_new, "from": before, "day": after})
    elif moved.is_new:
        console.show_line(
            say("moved the visit to {entity} from {before} to {after}", entity=entity, before=before, after=after)
        )
        console.show_note(say("hand out the calendars again: inspect-cli schedule ics --inspector ID -o FILE --force"))
    else:
        console.show_line(say("the visit to {entity} is on {day} already", entity=entity, day=after))


def _show_days(console: Console, case: MoveCase, *, as_json: bool) -> None:
    """Print the days that are left, each with what forbids it."""
    possible = possible_days(case)
    left = [day for day in case.days if day > case.today and day != case.day]
    if as_json:
        console.show_json([_day_data(case, day) for day in left])
        return
    columns = [Column(title=_("day"), is_key=True), Column(title=_("what forbids it"), is_wrapped=True)]
    reasons = {
        day: ("；" if current() == "zh" else "; ").join(map(translate, find_obstacles(case, day))) for day in left
    }
    console.show_table("", columns, [(day.isoformat(), reasons[day] or _("nothing")) for day in left])
    console.show_note(
        say(
            "now on {day}; days that would do: {count} of {all}",
            day=case.day.isoformat(),
            count=len(possible),
            all=len(left),
        )
    )


def _day_data(case: MoveCase, day: date) -> dict[str, Any]:
    obstacles = [str(one) for one in find_obstacles(case, day)]
    return {"day": day.isoformat(), "possible": not obstacles, "obstacles": obstacles}
