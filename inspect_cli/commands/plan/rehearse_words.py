"""A rehearsal in words: what goes wrong, what is lacking, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from inspect_cli.commands.plan.rehearse_data import render_share
from inspect_cli.core.draw.rehearsal.remedy import MORE_A_MONTH, Change
from inspect_cli.core.draw.rehearsal.trial import Missing
from inspect_cli.core.draw.rows import RowRole
from inspect_cli.core.names import Domain
from inspect_cli.core.plan.shortage.forecast import render_tenths
from inspect_cli.errors import Message, say

if TYPE_CHECKING:
    from inspect_cli.acts.plan.rehearse import Stage
    from inspect_cli.core.draw.rehearsal.remedy import Tried
    from inspect_cli.core.draw.rehearsal.tally import Rehearsal, Spread
    from inspect_cli.core.draw.rehearsal.trial import Lack


def tell_spread(spread: Spread) -> Message:
    """Say how a number lies over all seeds."""
    return say(
        "{least} to {most}, median {median}, mean {mean}",
        least=spread.least,
        most=spread.most,
        median=spread.median,
        mean=render_tenths(spread.mean),
    )


def tell_bottleneck(stage: Stage, found: Rehearsal) -> Message:
    """Say in one sentence what most open visits lack, and where most of them are if that is one zone."""
    lack, count = found.lacks[0]
    what = tell_lack(stage, lack)
    zone = max(found.zones, key=lambda group: group.open)
    if 2 * zone.open < found.open_visits:
        return say(
            "Bottleneck: {lack}, at {count} of {open} open visits", lack=what, count=count, open=found.open_visits
        )
    return say(
        "Bottleneck: {lack}, at {count} of {open} open visits; {there} of them are in the zone {zone}",
        lack=what,
        count=count,
        open=found.open_visits,
        there=zone.open,
        zone=zone.name or say("(no zone)"),
    )


def tell_lack(stage: Stage, lack: Lack) -> Message:
    """Say what an open visit lacks."""
    match lack.missing:
        case Missing.PEOPLE:
            return say("too few people can come")
        case Missing.SKILL:
            domain = stage.gathered.bureau.domain_term(Domain(lack.domain))
            return say("nobody qualified for {domain} can come", domain=domain)
        case Missing.LEADER:
            return say("nobody who may lead can come")
        case Missing.TEAM:
            return say("no team of {most} has all skills and a leader", most=stage.commitment.team.max)
        case _:
            assert_never(lack.missing)


def tell_change(stage: Stage, one: Tried) -> Message:
    """Say what is changed."""
    bureau = stage.gathered.bureau
    match one.change:
        case Change.OFFICER:
            return say("one more inspector for {domain}", domain=bureau.domain_term(Domain(one.detail)))
        case Change.LEADER:
            return say("one more inspector for {domain} who may lead", domain=bureau.domain_term(Domain(one.detail)))
        case Change.MONTH_CAP:
            now = bureau.visits_a_month
            return say(
                "a month's cap of {then} visits instead of {now}, own caps likewise", then=now + MORE_A_MONTH, now=now
            )
        case Change.DAY_CAP:
            now = bureau.visits_a_day
            return say("a day's cap of {then} visits instead of {now}, own caps likewise", then=now + 1, now=now)
        case Change.DAY:
            return say("visits on {day} as well (no day off, sources before it)", day=one.detail)
        case Change.ANY_ZONE:
            return say("every inspector in any zone")
        case Change.LARGER_TEAM:
            return say("teams of up to {size}", size=one.detail)
        case _:
            assert_never(one.change)


def tell_holders(stage: Stage, found: Rehearsal, lack: Lack) -> Message | None:
    """Name those who have the skill or the leave to lead that is lacking, each with how much they carry; None for other lacks."""
    rows = {row.id: row for row in stage.frame.inspectors}
    holders = tuple(
        f"{one.id} {render_tenths(one.visits.mean)}/{one.cap}"
        for one in found.people
        if one.role is RowRole.INSPECTOR
        and (rows[one.id].lead if lack.missing is Missing.LEADER else lack.domain in rows[one.id].skills)
    )
    if lack.missing is Missing.LEADER:
        return say("Who may lead, with the mean of their visits and their cap: {people}", people=holders)
    if lack.missing is Missing.SKILL:
        return say(
            "Who is qualified for {domain}, with the mean of their visits and their cap: {people}",
            domain=stage.gathered.bureau.domain_term(Domain(lack.domain)),
            people=holders,
        )
    return None


def tell_unaided(found: Rehearsal) -> Message:
    """Say how many visits go without the expert whom they want."""
    return say(
        "visits that go without the expert whom they want: mean {mean}, most {most}",
        mean=render_tenths(found.unaided.mean),
        most=found.unaided.most,
    )


def tell_odds(found: Rehearsal) -> Message:
    """Say how likely it is that a visit stays open."""
    if not found.failed:
        return say("no visit stays open; below {odds}, at 95 % confidence", odds=render_share(found)[1:])
    return say(
        "{failed} of {seeds} seeds leave visits open ({odds}): mean {mean}, most {most}",
        failed=len(found.failed),
        seeds=found.seeds,
        odds=render_share(found),
        mean=render_tenths(found.open.mean),
        most=found.open.most,
    )
