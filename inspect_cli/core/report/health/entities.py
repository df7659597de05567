"""What is to be seen to in the registry of entities, twins included (``twins``). Retired rows are aside.

Rules:

HEALTH-16  Missing is told field by field: zone, risk class, industry and size decide what a draw can reach; address and legal
           representative are wanted for the visit and its papers.
HEALTH-17  Told is a zone in use that the settings do not list, with the listed one that it looks like (HEALTH-8), and a zone of entities
           that no inspector who may act today visits.
HEALTH-18  An entity is stale when nothing of it was entered or changed, and no visit to it is known, for more than the days asked for,
           although a file of entities was taken since. Where no file was taken for so long, the registry as a whole is told instead.
HEALTH-19  A risk class is old when it was set more than a year ago: it is set every year.
HEALTH-20  An entity is probably gone when its registration status says so (REG-22), or when the newest visit of a draw found it gone
           (CLASS-3).
HEALTH-21  Told are a number that is no credit code, and a credit code whose characters 9 to 17 break their own check (CODE-4).
HEALTH-22  Told are domains given by the settings' rules that these would give differently today; a day of establishment in the future;
           and a group of one company, which recusals from a group would bar alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Final

from inspect_cli.core.credit_code import has_valid_organisation_check, is_credit_code
from inspect_cli.core.plan.frame.roster import find_common_zones
from inspect_cli.core.registry.applicable import lay_out_rules
from inspect_cli.core.registry.criteria import Kind
from inspect_cli.core.registry.words import fold_word, is_gone
from inspect_cli.core.report.health.finding import Ailment, Finding
from inspect_cli.core.report.health.fold import find_likenesses
from inspect_cli.core.report.health.twins import find_twins
from inspect_cli.errors import Term, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import EntityId
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.inspector import Inspector
    from inspect_cli.core.visit.result import ResultClass
    from inspect_cli.errors import Message

STALE_DAYS: Final = 400
"""After how many days without a word a row is stale, unless another number is asked for."""

_FIELDS: Final = (
    (Ailment.NO_ZONE, "zone", say("zone")),
    (Ailment.NO_CLASS, "risk_class", say("risk class")),
    (Ailment.NO_INDUSTRY, "industry", say("industry")),
    (Ailment.NO_SIZE, "size", say("size")),
    (Ailment.NO_ADDRESS, "address", say("address")),
    (Ailment.NO_REPRESENTATIVE, "legal_representative", say("legal representative")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityBook:
    """The entities, the roster, the settings, and today.

    ``heard_of`` names for an entity the last day on which something of it was entered, or on which it was visited; ``last_file`` is
    the day for which a file of entities was taken last; None where there was none. ``results`` names for an entity the day and the result
    of the newest visit of a draw.
    """

    entities: tuple[Entity, ...]
    people: tuple[Inspector, ...]
    bureau: Bureau
    today: date
    heard_of: Mapping[EntityId, date]
    last_file: date | None = None
    stale_days: int = STALE_DAYS
    results: Mapping[EntityId, tuple[date, ResultClass]] = field(default_factory=dict)


def find_entity_ailments(book: EntityBook) -> tuple[Finding, ...]:
    """Find what is to be seen to (HEALTH-16 to HEALTH-26), each kind sorted by number or zone."""
    rows = sorted((one for one in book.entities if one.retired is None), key=lambda one: one.id)
    return tuple(
        chain(
            _unvisited_zones(book, rows),
            _unlisted_zones(book, rows),
            _old_registry(book),
            *(_of_entity(book, one) for one in rows),
            _other_domains(book, rows),
            _lone_groups(rows),
            find_twins(rows),
        )
    )


def _of_entity(book: EntityBook, one: Entity) -> Iterator[Finding]:
    for kind, own, label in _FIELDS:
        if not getattr(one, own):
            yield _tell(one, kind, say("{name}: {field} is missing", name=one.name, field=label))
    if one.registration_status is not None and is_gone(one.registration_status):
        what = say("{name}: its registration status is {status}", name=one.name, status=one.registration_status)
        yield _tell(one, Ailment.GONE, what)
    elif (last := book.results.get(one.id)) is not None and last[1].is_gone:
        day, found = last
        result = Term(zh=found.label.zh, en=found.label.en)
        what = say(
            "{name}: visited on {day} with the result: {result}", name=one.name, day=day.isoformat(), result=result
        )
        yield _tell(one, Ailment.GONE, what, day)
    if one.established is not None and one.established > book.today:
        what = say("{name}: established on {day}, in the future", name=one.name, day=one.established.isoformat())
        yield _tell(one, Ailment.FUTURE, what, one.established)
    yield from _old_values(book, one)
    yield from _odd_number(one)


def _old_values(book: EntityBook, one: Entity) -> Iterator[Finding]:
    if one.risk_class_date is not None and _is_a_year_ago(one.risk_class_date, book.today):
        what = say(
            "{name}: risk class {risk_class} was set on {day}, more than a year ago",
            name=one.name,
            risk_class=one.risk_class or "-",
            day=one.risk_class_date.isoformat(),
        )
        yield _tell(one, Ailment.OLD_CLASS, what, one.risk_class_date)
    heard = book.heard_of.get(one.id)
    if heard is None or book.last_file is None or _is_old(book, book.last_file):
        return
    if _is_old(book, heard) and heard < book.last_file:
        what = say(
            "{name}: nothing new since {day}; the last file was taken on {last}",
            name=one.name,
            day=heard.isoformat(),
            last=book.last_file.isoformat(),
        )
        yield _tell(one, Ailment.STALE, what, heard)


def _odd_number(one: Entity) -> Iterator[Finding]:
    if not is_credit_code(one.id):
        yield _tell(one, Ailment.OLD_NUMBER, say("{name}: its number is no credit code", name=one.name))
    elif not has_valid_organisation_check(one.id):
        what = say("{name}: characters 9 to 17 of its code break their own check", name=one.name)
        yield _tell(one, Ailment.INNER_CHECK, what)


def _old_registry(book: EntityBook) -> Iterator[Finding]:
    if book.last_file is not None and _is_old(book, book.last_file):
        what = say("no file of entities was taken since {day}", day=book.last_file.isoformat())
        yield Finding(kind=Ailment.OLD_REGISTRY, subject="", day=book.last_file, what=what)


def _unlisted_zones(book: EntityBook, rows: list[Entity]) -> Iterator[Finding]:
    counts = _count_zones(rows)
    for zone, like in find_likenesses(counts, book.bureau.zones).items():
        if like is None:
            what = say("{zone} is no zone of the settings; entities: {count}", zone=zone, count=counts[zone])
        else:
            what = say("{zone} looks like {like}; entities: {count}", zone=zone, like=like, count=counts[zone])
        yield Finding(kind=Ailment.UNLISTED_ZONE, subject=zone, zones=(zone,), what=what)


def _unvisited_zones(book: EntityBook, rows: list[Entity]) -> Iterator[Finding]:
    acting = [one for one in book.people if not one.is_expert and one.may_act_on(book.today)]
    reach = [find_common_zones(person, book.bureau) for person in acting]
    visited = frozenset(chain.from_iterable(zones or () for zones in reach))
    if any(zones == () for zones in reach):
        return
    for zone, count in sorted(_count_zones(rows).items(), key=lambda one: one[0].encode()):
        if zone not in visited:
            what = say("no inspector visits {zone}; entities: {count}", zone=zone, count=count)
            yield Finding(kind=Ailment.UNVISITED_ZONE, subject=zone, zones=(zone,), what=what)


def _other_domains(book: EntityBook, rows: list[Entity]) -> Iterator[Finding]:
    rules = lay_out_rules(book.bureau.applicable)
    for one in rows:
        kind = Kind(industry=one.industry, size=one.size, tags=one.tags)
        if not one.domains_by_rule or (today := rules.derive_domains(kind)) == one.domains:
            continue
        kept, given = (tuple(map(book.bureau.domain_term, domains)) for domains in (one.domains, today))
        if given:
            what = say("{name}: kept are {kept}; today's rules give {given}", name=one.name, kept=kept, given=given)
        else:
            what = say("{name}: kept are {kept}; no rule of today gives a domain", name=one.name, kept=kept)
        yield _tell(one, Ailment.OTHER_DOMAINS, what)


def _lone_groups(rows: list[Entity]) -> Iterator[Finding]:
    members: dict[str, list[Entity]] = defaultdict(list)
    for one in rows:
        if one.group is not None:
            members[fold_word(one.group)].append(one)
    for group in members.values():
        if len(group) == 1:
            what = say("{name}: the only one of the group {group}", name=group[0].name, group=group[0].group)
            yield _tell(group[0], Ailment.LONE_GROUP, what)


def _count_zones(rows: list[Entity]) -> Counter[str]:
    return Counter(one.zone for one in rows if one.zone is not None)


def _tell(one: Entity, kind: Ailment, what: Message, day: date | None = None) -> Finding:
    zones = () if one.zone is None else (one.zone,)
    return Finding(kind=kind, subject=one.id, what=what, day=day, zones=zones)


def _is_old(book: EntityBook, day: date) -> bool:
    return book.today - day > timedelta(days=book.stale_days)


def _is_a_year_ago(day: date, today: date) -> bool:
    """Say whether the day of ``day`` in the next year is past: the 29th of February has its day on the 1st of March."""
    return (day.year + 1, day.month, day.day) < (today.year, today.month, today.day)
