"""What is to be seen to in each person's own row of the roster: whether they can be sent at all, and where the row and the settings part.

Rules:

HEALTH-10  Told are an inspector without a certificate, whom no draw takes; whoever is out of service (失效); and in one finding all whose
           certificate has no last day: it is long-term (长期), or the date was left out.
HEALTH-11  Told are a zone on the roster that no entity and no setting has, with the one that it looks like (HEALTH-8); somebody who has no
           zone in common with their squad; a squad that the settings do not know, where they know any; and a squad without a member.
HEALTH-12  Two people have one name, or one telephone number, which is never shown: one person may be two rows.
HEALTH-13  Somebody has no day in the month after today's on which they can work: leave, certificate and the squad's weekdays considered.
           Where that month's year is not known, that is told instead.
HEALTH-14  Whoever has a cap below 1 is never drawn; a day's cap above the month's can never be reached.
HEALTH-15  Somebody whom recusals in force today keep from every entity of their zones is on the roster in vain; a recusal from a group
           that no entity belongs to keeps nobody from anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from inspect_cli.core.period import month_after, period_of
from inspect_cli.core.plan.frame.roster import find_common_zones, find_day_cap, find_month_cap, is_squad_day
from inspect_cli.core.registry.recused import find_recused
from inspect_cli.core.registry.words import fold_word
from inspect_cli.core.report.health.finding import Ailment, Finding
from inspect_cli.core.report.health.fold import find_likeness, fold_name
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from inspect_cli.core.names import EntityId, InspectorId
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.core.report.health.roster import Roster
    from inspect_cli.errors import Message

NAMED: Final = 10
"""How many people a sentence names."""


def find_service_ailments(roster: Roster) -> tuple[Finding, ...]:
    """Find what is to be seen to (HEALTH-10 to HEALTH-15), each kind sorted by roster number, zone or squad."""
    return tuple(
        chain(
            _without_certificate(roster),
            _barred(roster),
            _without_day(roster),
            _without_cap(roster),
            _idle_zones(roster),
            _without_zone(roster),
            _empty_groups(roster),
            _same_people(roster),
            _out_of_service(roster),
            _long_term(roster),
            _odd_squads(roster),
        )
    )


def _without_certificate(roster: Roster) -> Iterator[Finding]:
    for person in _in_order(roster):
        if not person.is_expert and not person.certificate:
            yield _tell(person, Ailment.NO_CERTIFICATE, say("{name}: no certificate", name=person.name))


def _out_of_service(roster: Roster) -> Iterator[Finding]:
    for person in _in_order(roster):
        if not person.in_service:
            yield _tell(person, Ailment.OUT_OF_SERVICE, say("{name}: out of service by the roster", name=person.name))


def _long_term(roster: Roster) -> Iterator[Finding]:
    """Tell in one finding who has a certificate without an end: most are right, and a row for each would hide the rest."""
    found = [one for one in _in_order(roster) if one.certificate and one.valid_until is None and one.in_service]
    if found:
        what = say(
            "certificates without a last day: {count}, such as {ids}; long-term, or was the date left out?",
            count=len(found),
            ids=_ids(found[:NAMED]),
        )
        yield Finding(kind=Ailment.LONG_TERM, subject="", what=what, others=_ids(found))


def _idle_zones(roster: Roster) -> Iterator[Finding]:
    known = frozenset(roster.zones)
    users: dict[str, list[Inspector]] = defaultdict(list)
    for person in _in_order(roster):
        for zone in person.zones:
            users[zone].append(person)
    for zone in sorted(users.keys() - known, key=str.encode):
        like = find_likeness(zone, roster.zones)
        ids = tuple(one.id for one in users[zone])
        if like is None:
            what = say("neither an entity nor the settings have {zone}; on the roster: {ids}", zone=zone, ids=ids)
        else:
            what = say("{zone} looks like {like}; on the roster: {ids}", zone=zone, like=like, ids=ids)
        yield Finding(kind=Ailment.IDLE_ZONE, subject=zone, what=what, others=ids, zones=(zone,))


def _without_zone(roster: Roster) -> Iterator[Finding]:
    for person in _in_order(roster):
        if find_common_zones(person, roster.bureau) is None:
            what = say("{name}: no zone in common with the squad {squad}", name=person.name, squad=person.squad)
            yield _tell(person, Ailment.NO_COMMON_ZONE, what)


def _odd_squads(roster: Roster) -> Iterator[Finding]:
    members = Counter(person.squad for person in roster.people if person.squad is not None)
    named = {squad.name for squad in roster.bureau.squads}
    if not named:
        return
    for squad in sorted(members.keys() - named, key=str.encode):
        what = say("{squad}: not in the settings; on the roster: {count}", squad=squad, count=members[squad])
        yield Finding(kind=Ailment.UNKNOWN_SQUAD, subject=squad, what=what)
    for squad in sorted(named - members.keys(), key=str.encode):
        what = say("{squad}: in the settings, and nobody on the roster belongs to it", squad=squad)
        yield Finding(kind=Ailment.EMPTY_SQUAD, subject=squad, what=what)


def _same_people(roster: Roster) -> Iterator[Finding]:
    names: dict[str, list[Inspector]] = defaultdict(list)
    telephones: dict[str, list[Inspector]] = defaultdict(list)
    for person in _in_order(roster):
        names[fold_name(person.name)].append(person)
        telephones["".join(filter(str.isdigit, person.telephone or ""))].append(person)
    for number, group in telephones.items():
        if number and len(group) > 1:
            what = say("{names}: one telephone number", names=tuple(one.name for one in group))
            yield _tell_group(group, Ailment.SAME_TELEPHONE, what)
    for group in names.values():
        if len(group) > 1:
            what = say("{name}: the same name as {others}", name=group[0].name, others=_ids(group[1:]))
            yield _tell_group(group, Ailment.NAMESAKE, what)


def _without_day(roster: Roster) -> Iterator[Finding]:
    month = month_after(period_of(roster.today))
    if roster.next_days is None:
        what = say(
            "the working days of {year} are not known: who can work in {month} cannot be told",
            year=month[:4],
            month=month,
        )
        yield Finding(kind=Ailment.UNKNOWN_YEAR, subject=month[:4], what=what)
        return
    away: dict[InspectorId, set[date]] = defaultdict(set)
    for leave in roster.leave:
        away[leave.inspector].update(day for day in roster.next_days if leave.covers(day))
    for person in _in_order(roster):
        squad = roster.bureau.find_squad(person.squad)
        days = [day for day in roster.next_days if person.may_act_on(day)]
        # Whoever may not act at all is told for that.
        if days and all(day in away[person.id] or not is_squad_day(squad, day) for day in days):
            what = say("{name}: no day in {month} on which they can work", name=person.name, month=month)
            yield _tell(person, Ailment.NO_DAY, what)


def _without_cap(roster: Roster) -> Iterator[Finding]:
    for person in _in_order(roster):
        day, month = find_day_cap(person, roster.bureau), find_month_cap(person, roster.bureau)
        values = {"name": person.name, "day": day, "month": month}
        if min(day, month) < 1:
            what = say("{name}: visits a day at most {day}, a month at most {month}: never drawn", **values)
            yield _tell(person, Ailment.NO_CAP, what)
        elif day > month:
            what = say("{name}: visits a day at most {day}, more than the {month} of a month", **values)
            yield _tell(person, Ailment.CAP_ASKEW, what)


def _barred(roster: Roster) -> Iterator[Finding]:
    barred: dict[InspectorId, set[EntityId]] = defaultdict(set)
    groups = [(place.id, place.group) for place in roster.places]
    for inspector, entity in find_recused(roster.recusals, groups, roster.today, roster.today):
        barred[inspector].add(entity)
    for person in _in_order(roster):
        zones = find_common_zones(person, roster.bureau)
        if person.id not in barred or zones is None:
            continue
        within = [place.id for place in roster.places if not zones or place.zone in zones]
        if within and barred[person.id].issuperset(within):
            what = say(
                "{name}: recused from each of the {count} entities of their zones", name=person.name, count=len(within)
            )
            yield _tell(person, Ailment.BARRED, what)


def _empty_groups(roster: Roster) -> Iterator[Finding]:
    known = {fold_word(place.group) for place in roster.places if place.group is not None}
    users: dict[str, set[InspectorId]] = defaultdict(set)
    for recusal in roster.recusals:
        if recusal.group is not None and recusal.is_in_force(roster.today, roster.until):
            users[recusal.group].add(recusal.inspector)
    for group, ids in sorted(users.items(), key=lambda one: one[0].encode()):
        if fold_word(group) not in known:
            people = tuple(sorted(ids, key=str.encode))
            what = say("no entity is of the group {group}, from which are recused: {ids}", group=group, ids=people)
            yield Finding(kind=Ailment.EMPTY_GROUP, subject=group, what=what, others=people)


def _in_order(roster: Roster) -> list[Inspector]:
    return sorted(roster.people, key=lambda person: person.id)


def _ids(people: Iterable[Inspector]) -> tuple[str, ...]:
    return tuple(person.id for person in people)


def _tell(person: Inspector, kind: Ailment, what: Message) -> Finding:
    return Finding(kind=kind, subject=person.id, what=what, zones=person.zones)


def _tell_group(group: list[Inspector], kind: Ailment, what: Message) -> Finding:
    zones = sorted({zone for person in group for zone in person.zones}, key=str.encode)
    return Finding(kind=kind, subject=group[0].id, what=what, others=_ids(group[1:]), zones=tuple(zones))
