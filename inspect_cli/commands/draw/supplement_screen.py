"""What a supplement would be, on the screen: which visits change and why, who is absent, who could come instead."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from inspect_cli.commands.draw.cause_words import cause_words
from inspect_cli.commands.draw.supplement_data import reach_of
from inspect_cli.console import Column, Console, Tone
from inspect_cli.errors import Message, say
from inspect_cli.language import _, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.acts.draw.prospect import Prospect
    from inspect_cli.commands.draw.supplement_data import Directory
    from inspect_cli.core.draw.supplement.changes import Absence, Change
    from inspect_cli.core.draw.supplement.reach import Reach


def show_prospect(console: Console, prospect: Prospect, directory: Directory) -> None:
    """Print what a supplement would be, from the visits that change to what is entered with it."""
    days = prospect.affected.days
    console.show_line(say("What would be drawn again of {slot}", slot=prospect.amends.slot), Tone.HEADING)
    console.show_pairs(
        [
            (_("new slot"), prospect.slot),
            (
                _("days left"),
                say("{count}, from {first} to {last}", count=len(days), first=days[0], last=days[-1]),
            ),
            *((_("source"), f"{source.name} {source.at}") for source in prospect.request.sources),
        ]
    )
    _show_changes(console, prospect, directory)
    _show_absent(console, prospect.affected.absent, directory)
    for newcomer in prospect.request.added:
        console.show_line(say("{person} joins the roster", person=directory.person(newcomer.row.id)))
    for (first, last), rows in groupby(prospect.leave, key=lambda leave: (leave.first, leave.last)):
        people = tuple(leave.inspector for leave in rows)
        console.show_line(
            say(
                "entered with it: leave from {first} to {last} of {people}",
                people=people,
                first=first.isoformat(),
                last=last.isoformat(),
            )
        )
    for recusal in prospect.recusals:
        console.show_line(
            say(
                "entered with it: the recusal of {person} from {entity}",
                person=directory.person(recusal.inspector),
                entity=directory.entity(recusal.entity) if recusal.entity is not None else recusal.group,
            )
        )
    for closure in prospect.closures:
        console.show_line(
            say(
                "entered with it: no visits from {first} to {last} to {whom}",
                first=closure.first.isoformat(),
                last=closure.last.isoformat(),
                whom=say("anybody") if closure.entity is None else directory.entity(closure.entity),
            )
        )
    _show_helpless(console, prospect, directory)


def _show_changes(console: Console, prospect: Prospect, directory: Directory) -> None:
    reach, drawn = reach_of(prospect), prospect.drawn_days()
    columns = [
        Column(title=_("company"), is_wrapped=True),
        Column(title=_("day so far"), is_key=True),
        Column(title=_("what happens"), is_wrapped=True),
        Column(title=_("reason"), is_wrapped=True),
        Column(title=_("who could come"), is_wrapped=True),
    ]
    rows = [
        (
            directory.entity(change.entity),
            drawn[change.entity] or _("none"),
            translate(_what_happens(change, directory)),
            translate(cause_words(change.reason)),
            translate(_who_could_come(reach[change.entity])),
        )
        for change in prospect.affected.changes
    ]
    console.show_line()
    console.show_table(_("Visits drawn again"), columns, rows)


def _what_happens(change: Change, directory: Directory) -> Message:
    if change.left:
        return say("{people} leave, the others stay", people=tuple(map(directory.person, change.left)))
    if change.closed:
        return say("all of it, and not on {days}", days=_shown(change.closed))
    return say("all of it")


def _who_could_come(reach: Reach) -> Message:
    if not reach.possible:
        return say("nobody: it would stay open")
    if not reach.people:
        return say("an expert, if one is free")
    return say("{people} on {possible} of {days} days", people=reach.people, possible=reach.possible, days=reach.days)


def _show_absent(console: Console, absent: Sequence[Absence], directory: Directory) -> None:
    if not absent:
        return
    columns = [
        Column(title=_("who"), is_wrapped=True),
        Column(title=_("reason")),
        Column(title=_("days"), is_wrapped=True),
    ]
    rows = [(directory.person(one.id), translate(cause_words(one.reason)), _shown(one.days)) for one in absent]
    console.show_line()
    console.show_table(_("Absent on days that are left"), columns, rows)


def _show_helpless(console: Console, prospect: Prospect, directory: Directory) -> None:
    """Tell what the supplement cannot mend, and what to do about it."""
    for entity, reason in prospect.affected.stuck:
        console.show_note(
            say(
                "the visit to {entity} cannot be made as drawn ({reason}) and has no day left: cancel it or carry it over",
                entity=directory.entity(entity),
                reason=cause_words(reason),
            ),
            Tone.BAD,
        )
    for expert, entity in prospect.affected.unaided:
        console.show_note(
            say(
                "{expert} drops out too late to be replaced: the visit to {entity} is made without them",
                expert=directory.person(expert),
                entity=directory.entity(entity),
            ),
            Tone.BAD,
        )


def _shown(days: Sequence[str]) -> str:
    """Show up to three days one by one, more by the first, the last and their number."""
    if len(days) <= 3:  # noqa: PLR2004 - as many as stand on a line
        return " ".join(days)
    return f"{days[0]}..{days[-1]} ({len(days)})"
