"""A month's plan taken over for another month: what stays, what changes with the month, and what cannot be taken along.

What lives here: the rules of ``plan new --from``. What does not: the first plan (``draft``) and the year's portions (``year``).

Rules:

DRAFT-2  A plan taken over keeps strata, scope, team, combine, rounding, shares, names_published, and its name, in which the old month
         is replaced by the new one. A share of a stratum in which nobody is registered any more is left out.
DRAFT-3  Its matters are those that are valid throughout the new month.
DRAFT-4  Its sources keep kind, name and counts, and happen on the day of PLAN-15 at the same clock time; a sealed text is opened no later
         than the earliest other source, and its digest is left out: each draw has a text of its own. So is the round of a drand source,
         which its time says, and the number of a pulse, which is to be looked up.
DRAFT-5  Days off and the slot's number belong to the old month and are not taken along. Everything that is left behind is told.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from inspect_cli.core.period import ENGLISH_MONTHS, month_of, year_of
from inspect_cli.core.plan.draft import Draft, DraftShare, count_strata, find_valid_matters
from inspect_cli.core.plan.quota import ANY_STRATUM, render_ratio
from inspect_cli.core.registry.applies import drop_void_domains
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, Period
    from inspect_cli.core.plan.draft import Registered
    from inspect_cli.core.plan.plan import Plan, Share
    from inspect_cli.core.registry.matter import Matter
    from inspect_cli.errors import Message

_NINE = "T09:00:00"
_TEXT = "text"
_DIGEST = "digest"
_BEACONS = {"drand": "round", "nist": "pulse"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """A plan as it was taken over, and what a person is told about what was not."""

    draft: Draft
    told: tuple[Message, ...]


def carry_plan(old: Plan, first: Draft, registered: Registered) -> TakenOver:
    """Take a plan over for the month of ``first``, the plan that would be proposed without it (DRAFT-2 to DRAFT-5)."""
    shares = _carry_shares(old, first, registered)
    matters = tuple(
        matter for matter in find_valid_matters(registered.matters, first.period) if matter.id in old.matters
    )
    draft = replace(
        first,
        name=rename(old.name, old.period, first.period),
        shares=tuple(share for share in shares if share.stratum == ANY_STRATUM or share.count),
        matters=matters,
        sources=_carry_sources(old, registered.source_day.isoformat(), first.bureau.utc_offset),
        team=old.team,
        combine=old.combine,
        rounding=old.rounding,
        strata=old.strata,
        scope=old.scope,
        names_published=old.names_published,
    )
    told = (
        *_tell_rest(old, draft),
        *_tell_shares(first.bureau, shares),
        *_tell_matters(old, draft, registered.matters),
    )
    return TakenOver(draft=draft, told=told)


def rename(name: str, before: Period, after: Period) -> str:
    """Replace the month in a plan's name, in whichever way it is written; as it stands where the month is not in it (DRAFT-2)."""
    for old, new in zip(_spellings(before), _spellings(after), strict=True):
        # No digit before it: 1月 is not in 11月.
        found = re.sub(rf"(?<![0-9]){re.escape(old)}", new, name)
        if found != name:
            return found.replace(f"{year_of(before)}年", f"{year_of(after)}年")
    return name


def _spellings(period: Period) -> tuple[str, ...]:
    """Write a month in the ways in which plans name it, the longest first."""
    year, month = year_of(period), month_of(period)
    return (
        f"{year}年{month}月",
        f"{year}年{month:02}月",
        period,
        f"{year}/{month:02}",
        f"{year}.{month:02}",
        f"{ENGLISH_MONTHS[month - 1]} {year}",
        f"{month}月",
    )


def _carry_shares(old: Plan, first: Draft, registered: Registered) -> tuple[DraftShare, ...]:
    """Give the old shares, each with how many are registered for it now."""
    counts = count_strata(drop_void_domains(registered.entities, first.matters), first.period, old.strata)
    named = {(share.domain, share.stratum) for share in old.shares}
    rest: Counter[Domain] = Counter()
    for (domain, stratum), count in counts.items():
        rest[domain] += 0 if (domain, stratum) in named else count
    return tuple(_carry_share(share, rest[share.domain], counts[share.domain, share.stratum]) for share in old.shares)


def _carry_share(share: Share, rest: int, named: int) -> DraftShare:
    return DraftShare(
        domain=share.domain,
        stratum=share.stratum,
        count=rest if share.stratum == ANY_STRATUM else named,
        ratio=None if share.ratio is None else render_ratio(share.ratio),
        number=share.number,
        allow_zero=share.allow_zero,
    )


def _carry_sources(old: Plan, day: str, offset: str) -> tuple[Mapping[str, object], ...]:
    """Announce the old sources for another day (DRAFT-4)."""
    moved = [{**promise, "at": f"{day}{_time_of(promise, offset)}"} for promise in old.promises]
    others = [str(source["at"]) for source in moved if source["kind"] != _TEXT]
    earliest = min(others, key=_instant, default=None)
    for source in moved:
        source.pop(_BEACONS.get(str(source["kind"]), ""), None)
        if source["kind"] == _TEXT:
            del source[_DIGEST]
            if earliest is not None and _instant(str(source["at"])) > _instant(earliest):
                source["at"] = earliest
    return tuple(moved)


def _time_of(promise: Mapping[str, object], offset: str) -> str:
    """Give the time of an announced instant with its offset; nine o'clock for a form that cannot be read, such as a leap second."""
    text = str(promise["at"]).upper()
    try:
        _instant(text)
    except ValueError:
        return f"{_NINE}{offset}"
    return text[10:]


def _instant(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _tell_rest(old: Plan, draft: Draft) -> Iterator[Message]:
    if draft.name == old.name and old.period != draft.period:
        yield say("the plan's name does not name its month: it stays {name}", name=old.name)
    if old.days_off:
        yield say("not taken over: the days off of {period}", period=old.period)
    if old.slot_number is not None:
        yield say("not taken over: the number of the slot, {number}", number=old.slot_number)
    for source in draft.sources:
        if source["kind"] == _TEXT:
            yield say(
                "to be filled in: the digest of a new sealed text of {name}; until then the plan is refused",
                name=source["name"],
            )
        if source["kind"] == "nist":
            yield say(
                "to be filled in: the number of the pulse of {name} at its time; until then the plan is refused",
                name=source["name"],
            )


def _tell_shares(bureau: Bureau, shares: tuple[DraftShare, ...]) -> Iterator[Message]:
    for share in shares:
        if share.stratum != ANY_STRATUM and not share.count:
            yield say(
                "not taken over: the share {domain} {stratum}, for nobody is registered there",
                domain=bureau.domain_term(share.domain),
                stratum=share.stratum,
            )


def _tell_matters(old: Plan, draft: Draft, matters: tuple[Matter, ...]) -> Iterator[Message]:
    kept = {matter.id for matter in draft.matters}
    lost = tuple(number for number in old.matters if number not in kept)
    if lost:
        yield say(
            "not taken over, for they are not valid throughout {period}: {matters}", period=draft.period, matters=lost
        )
    if lost and not kept:
        yield say("no matter is named any more, which stands for all that are valid")
    domains = {share.domain for share in old.shares}
    new = tuple(
        matter.id
        for matter in find_valid_matters(matters, draft.period)
        if old.matters and matter.domain in domains and matter.id not in old.matters
    )
    if new and kept:
        yield say("valid and not named in the old plan: {matters}", matters=new)
