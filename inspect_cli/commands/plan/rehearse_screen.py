"""A rehearsal as tables for a person: what can go wrong first, then what each would carry and who would be visited."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from inspect_cli.commands.plan.rehearse_data import render_per_cent
from inspect_cli.commands.plan.rehearse_words import (
    tell_bottleneck,
    tell_change,
    tell_holders,
    tell_lack,
    tell_odds,
    tell_spread,
    tell_unaided,
)
from inspect_cli.console import Column, Tone
from inspect_cli.core.draw.result import OpenReason
from inspect_cli.core.draw.rows import RowRole
from inspect_cli.core.plan.shortage.forecast import render_tenths
from inspect_cli.errors import Message, say
from inspect_cli.language import _, translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.acts.plan.rehearse import Stage
    from inspect_cli.console import Console
    from inspect_cli.core.draw.rehearsal.remedy import Tried
    from inspect_cli.core.draw.rehearsal.tally import Group, Rehearsal

_LISTED: Final = 10
"""Entities that are listed among those whose visits stay open."""


def show_rehearsal(console: Console, stage: Stage, found: Rehearsal, tried: Sequence[Tried]) -> None:
    """Print everything that a rehearsal tells."""
    _show_head(console, stage, found)
    if found.failed:
        console.show_line()
        console.show_line(tell_bottleneck(stage, found), Tone.BAD)
        _show_lacks(console, stage, found)
        _show_open(console, found)
        _show_remedies(console, stage, tried)
    _show_people(console, stage, found)
    _show_days(console, found)
    _show_groups(console, _("Chance of a visit by stratum"), _("stratum"), found.strata)
    _show_groups(console, _("Chance of a visit by zone"), _("zone"), found.zones)
    console.show_line()


def _show_head(console: Console, stage: Stage, found: Rehearsal) -> None:
    plan = stage.gathered.plan
    pairs: list[tuple[str, Message | str]] = [
        (_("plan"), plan.name),
        (_("period"), plan.period),
        (_("seeds"), str(found.seeds)),
        (_("visits"), tell_spread(found.visits)),
        (_("odds"), tell_odds(found)),
    ]
    reasons = {
        OpenReason.NO_DAY: say("no team on any of its days, even with nobody else visited"),
        OpenReason.NO_TEAM: say("nobody left by its turn"),
    }
    pairs += [(f"{count} ×", reasons[reason]) for reason, count in found.reasons]
    tones = [Tone.PLAIN] * 4 + [Tone.BAD if found.failed else Tone.GOOD] * (len(pairs) - 4)
    if found.unaided.most:
        pairs.append((_("experts"), tell_unaided(found)))
        tones.append(Tone.BAD)
    console.show_pairs(pairs, tones)


def _show_lacks(console: Console, stage: Stage, found: Rehearsal) -> None:
    columns = [
        Column(title=_("what open visits lack"), is_wrapped=True),
        Column(title=_("open visits"), is_number=True),
    ]
    console.show_line()
    console.show_table("", columns, [(translate(tell_lack(stage, lack)), str(count)) for lack, count in found.lacks])
    for lack, _count in found.lacks:
        holders = tell_holders(stage, found, lack)
        if holders is not None:
            console.show_line(holders)


def _show_open(console: Console, found: Rehearsal) -> None:
    columns = [
        Column(title=_("zone"), is_key=True),
        Column(title=_("visits"), is_number=True),
        Column(title=_("open"), is_number=True),
        Column(title=_("share"), is_number=True),
    ]
    rows = [
        (
            group.name or _("(no zone)"),
            str(group.visits),
            str(group.open),
            render_per_cent(Fraction(group.open, group.visits)),
        )
        for group in sorted(found.zones, key=lambda group: -group.open)
        if group.open
    ]
    console.show_line()
    console.show_table(_("Open visits by zone, over all seeds"), columns, rows)
    columns = [
        Column(title=_("entity"), is_key=True),
        Column(title=_("times drawn"), is_number=True),
        Column(title=_("open"), is_number=True),
    ]
    console.show_line()
    title = translate(say("Entities whose visits stay open: {count}", count=len(found.open_entities)))
    entities = [(str(one.id), str(one.drawn), str(one.open)) for one in found.open_entities[:_LISTED]]
    console.show_table(title, columns, entities)


def _show_remedies(console: Console, stage: Stage, tried: Sequence[Tried]) -> None:
    console.show_line()
    if not tried:
        console.show_line(say("No single change that was tried would help: draw fewer, or change several things."))
        return
    columns = [
        Column(title=_("change"), is_wrapped=True),
        Column(title=_("seeds mended"), is_number=True),
        Column(title=_("open before"), is_number=True),
        Column(title=_("open after"), is_number=True),
    ]
    rows = [
        (translate(tell_change(stage, one)), f"{one.mended}/{one.seeds}", str(one.before), str(one.after))
        for one in tried
    ]
    console.show_table(_("What would help, each tried alone on seeds that failed"), columns, rows)
    if tried[0].mended < tried[0].seeds:
        console.show_line(say("None of them mends every seed: change several things, or draw fewer."))


def _show_people(console: Console, stage: Stage, found: Rehearsal) -> None:
    names = {person.id: person.name for person in stage.gathered.inspectors}
    columns = [
        Column(title=_("inspector"), is_key=True),
        Column(title=_("full name")),
        Column(title=_("mean"), is_number=True),
        Column(title=_("most"), is_number=True),
        Column(title=_("month's cap"), is_number=True),
        Column(title=_("days' caps"), is_number=True),
        Column(title=_("used"), is_number=True),
    ]
    rows = [
        (
            str(one.id),
            names[one.id] if one.role is RowRole.INSPECTOR else f"{names[one.id]} ({_('expert')})",
            render_tenths(one.visits.mean),
            str(one.visits.most),
            str(one.month_cap),
            str(one.day_caps),
            render_per_cent(one.visits.mean / one.cap) if one.cap else "-",
        )
        for one in found.people
    ]
    console.show_line()
    console.show_table(_("Visits of each inspector"), columns, rows)


def _show_days(console: Console, found: Rehearsal) -> None:
    columns = [
        Column(title=_("day"), is_key=True),
        Column(title=_("least"), is_number=True),
        Column(title=_("mean"), is_number=True),
        Column(title=_("most"), is_number=True),
    ]
    rows = [(day, str(visits.least), render_tenths(visits.mean), str(visits.most)) for day, visits in found.days]
    console.show_line()
    console.show_table(_("Visits of each day"), columns, rows)


def _show_groups(console: Console, title: str, name: str, groups: Sequence[Group]) -> None:
    columns = [
        Column(title=name, is_key=True),
        Column(title=_("entities"), is_number=True),
        Column(title=_("mean of visits"), is_number=True),
        Column(title=_("chance"), is_number=True),
        Column(title=_("of which open"), is_number=True),
    ]
    rows = [
        (
            group.name or _("(no zone)"),
            str(group.entities),
            render_tenths(Fraction(group.visits, group.seeds)),
            render_per_cent(group.chance),
            str(group.open),
        )
        for group in groups
    ]
    console.show_line()
    console.show_table(title, columns, rows)
