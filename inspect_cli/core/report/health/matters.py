"""What is to be seen to in the list of matters (随机抽查事项清单): outside the list there is no inspection. Retired matters are aside.

Rules:

HEALTH-27  Told are matters that have lapsed, that lapse on a day from today to the last one looked at, and that are not valid yet.
HEALTH-28  Told are a domain of the settings of which no matter is valid today, and a matter of a domain that the settings do not know.
HEALTH-29  Missing is told field by field: without a basis there is no inspection; method, ratio, objects, frequency and source of power
           are wanted for the published list.
HEALTH-30  Told is a domain of whose valid matters more than half, and more than one, are key matters (重点), for those may be drawn whole.
HEALTH-31  Two matters of one domain have the same name (HEALTH-7), or two numbers look alike (HEALTH-9).
HEALTH-32  A matter is unmet when the registry has entities of its domain and it applies to none of them (MATTER-1); a domain is void for
           entities that have it when none of its matters applies to them (MATTER-3): told is for how many, unless for all.
HEALTH-33  A matter's own yearly cap that is above the cap of the bureau or of its domain is never reached. A cap of the settings for a
           matter that is not on the list holds for nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.applies import filter_objects, is_filtered
from inspect_cli.core.report.health.finding import Ailment, Finding
from inspect_cli.core.report.health.fold import fold_name, fold_number
from inspect_cli.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from datetime import date

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, MatterId
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.matter import Matter
    from inspect_cli.errors import Message

_FIELDS: Final = (
    (Ailment.NO_BASIS, "basis", say("legal basis")),
    (Ailment.NO_METHOD, "method", say("method")),
    (Ailment.NO_RATIO, "ratio", say("ratio")),
    (Ailment.NO_OBJECT, "object_type", say("objects")),
    (Ailment.NO_FREQUENCY, "frequency", say("frequency")),
    (Ailment.NO_POWER, "source_of_power", say("source of power")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterList:
    """The matters, the entities of the registry (those that are retired aside), the settings, and the first and the last day looked at."""

    matters: tuple[Matter, ...]
    entities: tuple[Entity, ...]
    bureau: Bureau
    today: date
    until: date


def find_matter_ailments(listed: MatterList) -> tuple[Finding, ...]:
    """Find what is to be seen to (HEALTH-27 to HEALTH-33), each kind sorted by matter, or as the settings list it."""
    matters = sorted((one for one in listed.matters if one.retired is None), key=lambda one: one.id)
    return tuple(
        chain(
            _empty_domains(listed, matters),
            *(_of_matter(listed, one) for one in matters),
            _twins(matters),
            _unmet(listed, matters),
            _unknown_caps(listed, matters),
            _key_shares(listed, matters),
        )
    )


def _empty_domains(listed: MatterList, matters: list[Matter]) -> Iterator[Finding]:
    held = {one.domain for one in matters if one.is_valid_throughout(listed.today, listed.today)}
    for label in listed.bureau.domains:
        if label.domain not in held:
            what = say("{domain}: no matter of it is valid today", domain=listed.bureau.domain_term(label.domain))
            yield Finding(kind=Ailment.NO_MATTER, subject=label.domain, what=what)


def _of_matter(listed: MatterList, one: Matter) -> Iterator[Finding]:
    yield from _validity(listed, one)
    if all(one.domain != label.domain for label in listed.bureau.domains):
        what = say("{name}: the settings know no domain {domain}", name=one.name, domain=one.domain)
        yield _tell(one, Ailment.UNKNOWN_DOMAIN, what)
    for kind, field, label in _FIELDS:
        if not getattr(one, field):
            yield _tell(one, kind, say("{name}: {field} is missing", name=one.name, field=label))
    yield from _cap(listed.bureau, one)


def _validity(listed: MatterList, one: Matter) -> Iterator[Finding]:
    if one.valid_until is not None and one.valid_until < listed.today:
        yield _tell(one, Ailment.MATTER_LAPSED, say("{name}: not on the list any more", name=one.name), one.valid_until)
    elif one.valid_from is not None and one.valid_from > listed.today:
        yield _tell(one, Ailment.NOT_YET, say("{name}: not on the list before that day", name=one.name), one.valid_from)
    elif one.valid_until is not None and one.valid_until <= listed.until:
        what = say("{name}: last day on the list", name=one.name)
        yield _tell(one, Ailment.MATTER_LAPSES, what, one.valid_until)


def _cap(bureau: Bureau, one: Matter) -> Iterator[Finding]:
    """Compare a matter's own yearly cap with those above it, unless the settings say another for this matter (HEALTH-33)."""
    if one.visits_a_year is None or any(matter == one.id for matter, _limit in bureau.caps.matters):
        return
    above = [bureau.visits_a_year.number]
    above += [limit.number for domain, limit in bureau.caps.domains if domain == one.domain]
    if one.visits_a_year > min(above):
        what = say(
            "{name}: visits a year at most {own}, and never more than {cap} by the settings",
            name=one.name,
            own=one.visits_a_year,
            cap=min(above),
        )
        yield _tell(one, Ailment.ABOVE_CAP, what)


def _unknown_caps(listed: MatterList, matters: list[Matter]) -> Iterator[Finding]:
    known = {one.id for one in matters}
    for matter, _limit in listed.bureau.caps.matters:
        if matter not in known:
            what = say("the settings have a cap for {matter}, which is not on the list", matter=matter)
            yield Finding(kind=Ailment.UNKNOWN_MATTER, subject=matter, what=what)


def _key_shares(listed: MatterList, matters: list[Matter]) -> Iterator[Finding]:
    for label in listed.bureau.domains:
        held = [
            one for one in matters if one.domain == label.domain and one.is_valid_throughout(listed.today, listed.today)
        ]
        key = sum(one.is_key for one in held)
        if key > 1 and key * 2 > len(held):
            what = say(
                "{domain}: key matters are {key} of {count}",
                domain=listed.bureau.domain_term(label.domain),
                key=key,
                count=len(held),
            )
            yield Finding(kind=Ailment.MOSTLY_KEY, subject=label.domain, what=what)


def _twins(matters: list[Matter]) -> Iterator[Finding]:
    for first, *others in _group(matters, lambda one: (one.domain, fold_name(one.name))):
        what = say("{name}: the same name as {others}", name=first.name, others=tuple(one.id for one in others))
        yield _tell_group(Ailment.SAME_MATTER, first, others, what)
    for first, *others in _group(matters, lambda one: fold_number(one.id)):
        what = say("{number} looks like {others}", number=first.id, others=tuple(one.id for one in others))
        yield _tell_group(Ailment.LIKE_NUMBER, first, others, what)


def _unmet(listed: MatterList, matters: list[Matter]) -> Iterator[Finding]:
    if not any(map(is_filtered, matters)):
        return
    objects = filter_objects(matters)
    of_domain: Counter[Domain] = Counter()
    void: Counter[MatterId] = Counter()
    without: Counter[Domain] = Counter()
    held = {one.id: one.domain for one in matters}
    for entity in listed.entities:
        of_domain.update(entity.domains)
        void.update(id for id in objects.find_void_matters(entity) if held[id] in entity.domains)
        without.update(objects.find_void_domains(entity).intersection(entity.domains))
    for one in matters:
        if void[one.id] and void[one.id] == of_domain[one.domain]:
            yield _tell(one, Ailment.UNMET, say("{name}: no entity of the registry meets its filters", name=one.name))
    for domain, count in sorted(without.items()):
        if count < of_domain[domain]:
            term = listed.bureau.domain_term(domain)
            what = say("{domain}: entities to which none of its matters applies: {count}", domain=term, count=count)
            yield Finding(kind=Ailment.VOID_DOMAIN, subject=domain, what=what)


def _group(matters: list[Matter], key: Callable[[Matter], Hashable]) -> list[list[Matter]]:
    found: dict[Hashable, list[Matter]] = defaultdict(list)
    for one in matters:
        found[key(one)].append(one)
    return [group for group in found.values() if len(group) > 1]


def _tell(one: Matter, kind: Ailment, what: Message, day: date | None = None) -> Finding:
    return Finding(kind=kind, subject=one.id, what=what, day=day)


def _tell_group(kind: Ailment, first: Matter, others: list[Matter], what: Message) -> Finding:
    return Finding(kind=kind, subject=first.id, what=what, others=tuple(one.id for one in others))
