"""Whether the roster will do: what lapses soon, and which skills, zones and roles hang on too few people.

What does not live here: each person's own row (``service``), and whether a plan can be staffed (``core.plan.shortage.forecast``).

Rules:

HEALTH-1  Told is whose certificate has lapsed, and whose lapses on a day from today to the last one looked at; and for these which domains
          they leave with fewer than ``SPARE`` inspectors. Whoever is out of service has no certificate to lose.
HEALTH-2  A domain of the settings is thin when on the last day looked at fewer than ``SPARE`` inspectors may act for it: one of them falls
          ill, and nobody can. Experts do not count. Where nobody may, that is worse, and told as such.
HEALTH-3  A zone is thin when on that day fewer inspectors visit it than a team needs, and worse off when none does.
HEALTH-4  Somebody who may lead is needed in each domain, and in all; in each domain that wants an expert, an expert.
HEALTH-5  Leave is long from ``LONG_LEAVE`` days in a row on; told is that which touches the days looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from inspect_cli.core.plan.frame.roster import find_common_zones
from inspect_cli.core.report.health.finding import Ailment, Finding
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, EntityId
    from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
    from inspect_cli.errors import Message

SPARE: Final = 2
"""How many inspectors a domain should have at least."""
LONG_LEAVE: Final = 14
"""From how many days in a row leave is told."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What of an entity decides who visits it."""

    id: EntityId
    zone: str | None
    group: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The roster (whoever left it aside), its leave and recusals, the settings, and the first and the last day looked at.

    ``places`` are the entities of the registry that are not retired; ``zones`` are theirs and those of the settings, sorted. ``left``
    tells for the day of each lapse how many working days of its month are behind it, and nothing where the year is not known.
    ``next_days`` are the working days of the month after today's; None where its year is not known.
    """

    people: tuple[Inspector, ...]
    leave: tuple[Leave, ...]
    bureau: Bureau
    zones: tuple[str, ...]
    today: date
    until: date
    left: Mapping[date, int]
    recusals: tuple[Recusal, ...] = ()
    places: tuple[Place, ...] = ()
    next_days: tuple[date, ...] | None = ()

    def acting(self, day: date) -> tuple[Inspector, ...]:
        """Name the inspectors who may act on a day; experts do not count."""
        return tuple(person for person in self.people if not person.is_expert and person.may_act_on(day))


def find_thinness(roster: Roster) -> tuple[Finding, ...]:
    """Find what should be seen to (HEALTH-1 to HEALTH-5), each kind sorted by day, or as the settings list it."""
    return (
        *_lapsed(roster),
        *_lapsing(roster),
        *_leaderless(roster),
        *_thin_skills(roster),
        *_expertless(roster),
        *_thin_zones(roster),
        *_long_leave(roster),
    )


def _lapsed(roster: Roster) -> Iterator[Finding]:
    for person in _by_certificate(roster):
        if person.in_service and person.valid_until is not None and person.valid_until < roster.today:
            what = say(
                "{name}: the certificate has lapsed; on no draw's roster until it is renewed",
                name=person.name,
            )
            yield Finding(kind=Ailment.LAPSED, subject=person.id, day=person.valid_until, what=what, zones=person.zones)


def _lapsing(roster: Roster) -> Iterator[Finding]:
    for person in _by_certificate(roster):
        last = person.valid_until
        if last is None or not person.in_service or not roster.today <= last <= roster.until:
            continue
        thin = _left_thin(roster, person, last + _DAY)
        values = {"name": person.name, "behind": _days_behind(roster, last)}
        if thin:
            what = say(
                "{name}: last day of the certificate; {behind}; leaves too few for {domains}",
                domains=tuple(roster.bureau.domain_term(domain) for domain in thin),
                **values,
            )
        else:
            what = say("{name}: last day of the certificate; {behind}", **values)
        yield Finding(kind=Ailment.LAPSES, subject=person.id, day=last, what=what, zones=person.zones)


def _days_behind(roster: Roster, last: date) -> Message:
    """Say how many working days of its month are behind a day, or that its year's calendar is not known."""
    if last not in roster.left:
        return say("the working days of {year} are not known", year=last.year)
    return say("working days of {month} behind it: {days}", month=last.isoformat()[:7], days=roster.left[last])


def _by_certificate(roster: Roster) -> list[Inspector]:
    """Sort people by the last day of their certificates; those whose certificate never lapses are last."""
    return sorted(roster.people, key=lambda person: (person.valid_until or date.max, person.id.encode()))


def _left_thin(roster: Roster, person: Inspector, day: date) -> tuple[Domain, ...]:
    """Name the domains of somebody who goes that fewer than ``SPARE`` inspectors are left for on ``day``."""
    if person.is_expert:
        return ()
    acting = roster.acting(day)
    return tuple(domain for domain in person.skills if sum(domain in one.skills for one in acting) < SPARE)


def _leaderless(roster: Roster) -> Iterator[Finding]:
    leaders = [person for person in roster.acting(roster.until) if person.may_lead]
    if not leaders:
        yield Finding(kind=Ailment.NO_LEADER, subject="", what=say("nobody on the roster may lead a team"))
        return
    for label in roster.bureau.domains:
        held = any(label.domain in one.skills for one in roster.acting(roster.until))
        if held and not any(label.domain in one.skills for one in leaders):
            what = say("{domain}: none of its inspectors may lead", domain=roster.bureau.domain_term(label.domain))
            yield Finding(kind=Ailment.NO_LEADER, subject=label.domain, what=what)


def _thin_skills(roster: Roster) -> Iterator[Finding]:
    now, then = roster.acting(roster.today), roster.acting(roster.until)
    for label in roster.bureau.domains:
        count = sum(label.domain in one.skills for one in then)
        if count == 0:
            what = say(
                "{domain}: on {until} no inspector may act for it",
                domain=roster.bureau.domain_term(label.domain),
                until=roster.until.isoformat(),
            )
            yield Finding(kind=Ailment.NO_SKILL, subject=label.domain, what=what)
        elif count < SPARE:
            what = say(
                "{domain}: inspectors today {now}, on {until} {then}; with fewer than {spare}, one who falls ill stops it",
                domain=roster.bureau.domain_term(label.domain),
                now=sum(label.domain in one.skills for one in now),
                until=roster.until.isoformat(),
                then=count,
                spare=SPARE,
            )
            yield Finding(kind=Ailment.THIN_SKILL, subject=label.domain, what=what)


def _expertless(roster: Roster) -> Iterator[Finding]:
    experts = [one for one in roster.people if one.is_expert and one.may_act_on(roster.until)]
    for domain in roster.bureau.team.expert_domains:
        if not any(domain in one.skills for one in experts):
            what = say("{domain}: wants an expert, and no expert has it", domain=roster.bureau.domain_term(domain))
            yield Finding(kind=Ailment.NO_EXPERT, subject=domain, what=what)


def _thin_zones(roster: Roster) -> Iterator[Finding]:
    reach = [find_common_zones(person, roster.bureau) for person in roster.acting(roster.until)]
    for zone in roster.zones:
        count = sum(zones is not None and (not zones or zone in zones) for zones in reach)
        if count == 0:
            what = say("no inspector visits {zone} on {until}", zone=zone, until=roster.until.isoformat())
            yield Finding(kind=Ailment.EMPTY_ZONE, subject=zone, what=what, zones=(zone,))
        elif count < roster.bureau.team.min:
            what = say(
                "inspectors who visit {zone}: {count}; a team needs {least}",
                zone=zone,
                count=count,
                least=roster.bureau.team.min,
            )
            yield Finding(kind=Ailment.THIN_ZONE, subject=zone, what=what, zones=(zone,))


def _long_leave(roster: Roster) -> Iterator[Finding]:
    names = {person.id: person.name for person in roster.people}
    for leave in sorted(roster.leave, key=lambda one: (one.first, one.inspector.encode(), one.last)):
        days = (leave.last - leave.first).days + 1
        if (
            days >= LONG_LEAVE
            and leave.inspector in names
            and leave.first <= roster.until
            and leave.last >= roster.today
        ):
            what = say(
                "{name}: on leave until {last}, {days} days",
                name=names[leave.inspector],
                last=leave.last.isoformat(),
                days=days,
            )
            yield Finding(kind=Ailment.LONG_LEAVE, subject=leave.inspector, day=leave.first, what=what)
