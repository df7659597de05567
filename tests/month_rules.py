"""What may never happen in a month, read off the registries by hand: the judge of the random months.

Everything here is worked out from the field's rules and the registries themselves; no rule of ``core.plan`` or ``core.draw`` is asked.
A breach names the rule that is broken and says by whom, where and when. What is judged are the visits in force once a month has been
drawn and drawn again; ``is_made`` is false for those that were cancelled or carried over.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.plan.allowance import Allowance
    from inspect_cli.core.plan.plan import Plan, Share
    from inspect_cli.core.registry.blackout import Blackout
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.inspector import Inspector, Leave, Recusal
    from inspect_cli.core.registry.ledger import LedgerVisit
    from inspect_cli.core.registry.matter import Matter

CARRIED = "carried-over"
COUNTED = {"combined", "routine", "special"}
"""The kinds of visits that count; all others are case checks (个案检查)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A visit in force: the draw that its chain began with, whom, when, and who goes; without a day it is open.

    ``is_recorded`` says that its result is in the store.
    """

    slot: str
    period: str
    entity: str
    domains: tuple[str, ...]
    day: date | None
    team: tuple[str, ...] = ()
    expert: str | None = None
    is_made: bool = True
    is_recorded: bool = False

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who goes."""
        return self.team if self.expert is None else (*self.team, self.expert)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a first draw was asked for, what it committed, and whom it drew for which domains.

    ``books`` are those on the day of its commitment, ``before`` the visits in force by then, and ``held`` whoever was in the frame of
    another draw of the month that was not drawn yet. ``committed`` is None where the plan was refused. ``without`` are the matters that
    its frame says are not checked, of each company that is in it.
    """

    slot: str
    plan: Plan
    books: Books
    before: tuple[Visited, ...]
    held: frozenset[str] = frozenset()
    committed: Commitment | None = None
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which its visits can be made: working days after all sources, less days off and closures of the bureau."""
        plan, books = self.plan, self.books
        revealed = max(str(source["at"])[:10] for source in plan.promises)
        closed = [one for one in books.blackouts if one.entity is one.zone is None]
        return tuple(
            day
            for day in sorted(books.workdays)
            if f"{day:%Y-%m}" == plan.period and str(day) > revealed and day not in plan.days_off
            if not any(one.first <= day <= one.last for one in closed)
        )

    @cached_property
    def able(self) -> Mapping[str, tuple[Mapping[str, str], str | None]]:
        """Whom it may draw for what (``drawable``)."""
        return {name: drawable(self, name) for name in self.books.entities}


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The registries as they are known, and the days on which anybody works.

    ``carried`` are (period, company, domain): what was carried over to a month.
    """

    bureau: Bureau
    entities: Mapping[str, Entity]
    inspectors: Mapping[str, Inspector]
    leave: Sequence[Leave]
    recusals: Sequence[Recusal]
    ledger: Sequence[LedgerVisit]
    blackouts: Sequence[Blackout]
    allowances: Sequence[Allowance]
    workdays: frozenset[date]
    matters: Sequence[Matter]
    carried: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken, and how."""

    rule: str
    what: str


def find_breaches(books: Books, draws: Sequence[Drawn], visits: Sequence[Visited]) -> tuple[Breach, ...]:
    """Find everything that must not be in the visits in force of all draws, void ones aside."""
    made = [visit for visit in visits if visit.day is not None and visit.is_made]
    return (*find_unfit(books, draws, made), *find_overloads(books, draws, made))


def find_unfit(books: Books, draws: Sequence[Drawn], made: Sequence[Visited]) -> tuple[Breach, ...]:
    """Find everything that must not be in single visits that have a day: who goes, whom they visit, and when."""
    plans = {drawn.slot: drawn for drawn in draws}
    found: list[Breach] = []
    for visit in made:
        drawn = plans[visit.slot]
        found += [*_seats(books, visit), *_blackouts(books, visit), *_team(books, drawn, visit)]
        found += [*_rotation(drawn, visit), *_day(drawn, visit), *_checked(drawn, visit)]
    return tuple(found)


def find_overloads(books: Books, draws: Sequence[Drawn], made: Sequence[Visited]) -> tuple[Breach, ...]:
    """Find who makes too many visits, and who gets too many, in all that have a day."""
    return (*_day_caps(books, made), *_month_caps(books, draws, made), *_companies(made))


def find_misdrawn(drawn: Drawn) -> tuple[Breach, ...]:
    """Find everything that must not be in what one first draw committed and drew."""
    return (*_terms(drawn), *_selection(drawn), *_matters(drawn))


def is_kept(books: Books, visit: Visited) -> bool:
    """Say whether a visit can be made as it was drawn: everybody can come, on a day on which the company can be visited."""
    return not any(_seats(books, visit)) and not any(_blackouts(books, visit))


# Who goes


def _seats(books: Books, visit: Visited) -> Iterator[Breach]:
    """Everybody who goes may go there on that day."""
    day, entity = visit.day, books.entities[visit.entity]
    assert day is not None
    for name in visit.people:
        person = books.inspectors[name]
        place = f"{name} at {visit.entity} on {day}"
        if any(one.inspector == name and one.first <= day <= one.last for one in books.leave):
            yield Breach("leave", place)
        if person.retired is not None and day >= person.retired:
            yield Breach("retired", place)
        if not person.in_service:
            yield Breach("service", place)
        if not _is_certified(person, day):
            yield Breach("certificate", place)
        for one in books.recusals:
            begun = one.start is None or one.start <= day
            if (
                one.inspector == name
                and visit.entity in barred_by(one, books)
                and begun
                and (one.end is None or day <= one.end)
            ):
                yield Breach("recusal" if one.group is None else "group", place)
        squad = next((one for one in books.bureau.squads if one.name == person.squad), None)
        if squad is not None and squad.weekdays and day.weekday() not in squad.weekdays:
            yield Breach("squad", place)
        for zones in (person.zones, () if squad is None else squad.zones):
            if zones and entity.zone not in zones and books.bureau.rules.zones.value == "own":
                yield Breach("zone", f"{place}, which is in {entity.zone}")


def barred_by(recusal: Recusal, books: Books) -> frozenset[str]:
    """Say whom a recusal is from: one company, or all that the registry has in one group."""
    if recusal.group is None:
        return frozenset(() if recusal.entity is None else (recusal.entity,))
    return frozenset(name for name, one in books.entities.items() if one.group == recusal.group)


def _is_certified(person: Inspector, day: date) -> bool:
    valid = person.valid_until is None or day <= person.valid_until
    return valid and (person.is_expert or person.certificate is not None)


def _team(books: Books, drawn: Drawn, visit: Visited) -> Iterator[Breach]:
    """Enough officers with certificates of their own go, who can do what is to be checked, one of whom may lead."""
    place, rule = f"{visit.entity} on {visit.day}", drawn.plan.team
    team = [books.inspectors[name] for name in visit.team]
    if len({person.certificate for person in team}) < max(2, rule.min) or len(team) > rule.max:
        yield Breach("team size", f"{visit.team} at {place}, of {rule.min} to {rule.max}")
    if len(set(visit.people)) != len(visit.people):
        yield Breach("team size", f"{visit.people} at {place}")
    if any(person.is_expert for person in team):
        yield Breach("expert counted", f"{visit.team} at {place}")
    if not set(visit.domains) <= {skill for person in team for skill in person.skills}:
        yield Breach("skills", f"{visit.team} at {place} for {visit.domains}")
    if not any(person.may_lead and not person.is_expert for person in team):
        yield Breach("lead", f"{visit.team} at {place}")
    if visit.expert is not None:
        expert = books.inspectors[visit.expert]
        if not expert.is_expert or not set(expert.skills) & set(rule.expert_domains) & set(visit.domains):
            yield Breach("expert", f"{visit.expert} at {place}")


def _rotation(drawn: Drawn, visit: Visited) -> Iterator[Breach]:
    """Nobody of the team was on the team of the company's visit before, where rotation is on."""
    earlier = [one for one in drawn.before if one.entity == visit.entity and one.is_made and one.day is not None]
    earlier = [one for one in earlier if one.period < visit.period]
    if earlier and drawn.books.bureau.rules.rotation:
        last = max(earlier, key=lambda one: one.day or date.min)
        if set(last.team) & set(visit.team):
            yield Breach("rotation", f"{visit.team} at {visit.entity} on {visit.day}, {last.team} on {last.day}")


def _day_caps(books: Books, made: Iterable[Visited]) -> Iterator[Breach]:
    """Nobody makes more visits on a day than they may, nor visits of two draws."""
    days: dict[tuple[str, date], list[Visited]] = {}
    for visit in made:
        for name in visit.people:
            assert visit.day is not None
            days.setdefault((name, visit.day), []).append(visit)
    for (name, day), visits in days.items():
        cap = books.inspectors[name].day_cap or books.bureau.visits_a_day
        if len(visits) > cap:
            yield Breach("day cap", f"{name} makes {len(visits)} visits on {day}, at most {cap}")
        if len({visit.slot for visit in visits}) > 1:
            yield Breach("one draw a day", f"{name} makes visits of two draws on {day}")


def _month_caps(books: Books, draws: Sequence[Drawn], made: Iterable[Visited]) -> Iterator[Breach]:
    """Nobody makes more visits in a month than they may, all draws of the month together."""
    for (name, period), count in Counter((name, visit.period) for visit in made for name in visit.people).items():
        caps = [month_cap(drawn, books.inspectors[name]) for drawn in draws if drawn.plan.period == period]
        if count > max(caps):
            yield Breach("month cap", f"{name} makes {count} visits in {period}, at most {max(caps)}")


def month_cap(drawn: Drawn, person: Inspector) -> int:
    """Work out how many visits a month somebody may make by what was known when a draw was committed."""
    books, bureau = drawn.books, drawn.books.bureau
    known = books.inspectors.get(person.id, person)  # who is new since then has what is known of them now
    squad = next((one for one in bureau.squads if one.name == known.squad), None)
    cap = known.month_cap or (squad and squad.visits_a_month) or bureau.visits_a_month
    if bureau.rules.month_cap_in_proportion and person.id in books.inspectors:
        able = [day for day in drawn.days if is_at_work(books, known, day)]
        cap = -(-cap * len(able) // max(1, len(drawn.days)))
    return cap


def is_at_work(books: Books, person: Inspector, day: date) -> bool:
    """Say whether somebody can work on a day, whatever draws have given them to do."""
    squad = next((one for one in books.bureau.squads if one.name == person.squad), None)
    away = any(one.inspector == person.id and one.first <= day <= one.last for one in books.leave)
    here = squad is None or not squad.weekdays or day.weekday() in squad.weekdays
    stays = person.in_service and (person.retired is None or day < person.retired)
    return not away and here and _is_certified(person, day) and stays


# When


def _day(drawn: Drawn, visit: Visited) -> Iterator[Breach]:
    """A visit is made on a working day of the month after all sources were known, and on no day off."""
    if visit.day not in drawn.days:
        yield Breach("day", f"{visit.entity} on {visit.day}")


def _blackouts(books: Books, visit: Visited) -> Iterator[Breach]:
    """Nobody is visited on a day on which they are left alone."""
    if visit.day is not None and is_blacked_out(books, visit.entity, visit.day):
        yield Breach("blackout", f"{visit.entity} on {visit.day}")


# Whom


def _companies(made: Sequence[Visited]) -> Iterator[Breach]:
    """No company gets more than one combined visit in a month."""
    for (period, entity), count in Counter((visit.period, visit.entity) for visit in made).items():
        if count > 1:
            yield Breach("one a month", f"{entity} has {count} visits in {period}")


def _terms(drawn: Drawn) -> Iterator[Breach]:
    """What was committed is what the plan says: teams, days, and how much is checked once somebody comes."""
    plan, made = drawn.plan, drawn.committed
    assert made is not None
    team = (made.team.min, made.team.max, made.team.expert_domains)
    asked = (plan.team.min, plan.team.max, plan.team.expert_domains)
    if (team, made.combine.value, made.days) != (asked, plan.combine, tuple(map(str, drawn.days))):
        yield Breach(
            "terms", f"{team} {made.combine} {made.days} for {drawn.slot}, asked {asked} {plan.combine} {drawn.days}"
        )


def _selection(drawn: Drawn) -> Iterator[Breach]:
    """Each stratum gives exactly what the plan says of those who may be drawn, and nobody else is drawn."""
    for name, domains in drawn.selected.items():
        strata, reason = drawn.able[name]
        if not set(domains) <= set(strata):
            yield Breach(reason or "out", f"{name} is drawn for {drawn.slot}: {domains}")
    for (domain, stratum), (base, due, _) in quotas_of(drawn).items():
        count = sum(
            domain in domains and drawn.able[name][0].get(domain) == stratum for name, domains in drawn.selected.items()
        )
        if count != due:
            yield Breach("quota", f"{count} of {base} in {domain} {stratum} for {drawn.slot}, due are {due}")


def _matters(drawn: Drawn) -> Iterator[Breach]:
    """What is not checked at a company is what does not apply to it of the domains for which it may be drawn, and nothing else."""
    for name, without in drawn.without.items():
        strata, _ = drawn.able[name]
        due = {
            one.id
            for one in plan_matters(drawn)
            if one.domain in strata and not applies(one, drawn.books.entities[name])
        }
        if set(without) != due:
            yield Breach("matter", f"{name} is not checked for {without} in {drawn.slot}, due are {sorted(due)}")


def plan_matters(drawn: Drawn) -> list[Matter]:
    """List the matters of a plan; those of the random months are valid at all times."""
    named = drawn.plan.matters
    return [one for one in drawn.books.matters if not named or one.id in named]


def applies(matter: Matter, entity: Entity) -> bool:
    """Say whether a matter is for such a company."""
    has = entity.industry or "", entity.size, entity.risk_class
    return (
        (not matter.of_industries or any(has[0][: len(code)] == code for code in matter.of_industries))
        and (not matter.of_sizes or has[1] in matter.of_sizes)
        and (not matter.of_risk_classes or has[2] in matter.of_risk_classes)
        and (not matter.of_tags or bool(set(matter.of_tags) & set(entity.tags)))
    )


def void_domains(drawn: Drawn, entity: Entity) -> set[str]:
    """Name the domains of the plan's matters of which none is for a company."""
    listed = plan_matters(drawn)
    listed_domains: set[str] = {one.domain for one in listed}
    return listed_domains - {one.domain for one in listed if applies(one, entity)}


def quotas_of(drawn: Drawn) -> dict[tuple[str, str], tuple[int, int, bool]]:
    """Work out for each domain and stratum how many may be drawn, how many are due, and whether that may be none."""
    plan, found = drawn.plan, {}
    bases = Counter(place for strata, _ in drawn.able.values() for place in strata.items())
    for (domain, stratum), base in bases.items():
        share = share_of(plan, domain, stratum)
        if stratum == CARRIED or share is None:
            found[domain, stratum] = (base, base, True)
        else:
            found[domain, stratum] = (base, take_of(share, base, plan.rounding.value), share.allow_zero)
    return found


def why_refused(drawn: Drawn) -> list[str]:
    """Say why a plan cannot be met, so that it must be refused before anything is committed."""
    plan, books, quotas = drawn.plan, drawn.books, quotas_of(drawn)
    reasons = [f"{due} of {base} in {place}" for place, (base, due, _) in quotas.items() if due > base]
    reasons += [f"none of {base} in {place}" for place, (base, due, zero) in quotas.items() if due == 0 and not zero]
    reasons += [] if drawn.days else ["no day"]
    reasons += [] if any(due for _, due, _ in quotas.values()) else ["nobody"]
    there = {
        (domain, stratum_of(one, plan))
        for one in books.entities.values()
        if one.retired is None or f"{one.retired:%Y-%m}" > plan.period
        for domain in one.domains
    }
    named = [(one.domain, one.stratum) for one in plan.shares if one.stratum != "*"]
    return reasons + [f"nobody is in {place}" for place in named if place not in there]


def _checked(drawn: Drawn, visit: Visited) -> Iterator[Breach]:
    """Nothing is checked that the company could not be drawn for."""
    strata, reason = drawn.able[visit.entity]
    if not set(visit.domains) <= set(strata):
        yield Breach(reason or "out", f"{visit.domains} at {visit.entity} for {visit.slot}")


def drawable(drawn: Drawn, name: str) -> tuple[dict[str, str], str | None]:
    """Tell for which domains a company may be drawn, each with its stratum, and which rule keeps it out of others or as a whole."""
    books, plan = drawn.books, drawn.plan
    entity = books.entities[name]
    covered = {share.domain for share in plan.shares}
    carried = {domain for period, who, domain in books.carried if (period, who) == (plan.period, name)}
    reason = standing_reason(drawn, name)
    if reason is None and not [day for day in drawn.days if not is_blacked_out(books, name, day)]:
        reason = "blackout"
    if reason is not None:
        return {}, reason
    void = void_domains(drawn, entity)
    strata: dict[str, str] = dict.fromkeys(carried & covered & set(entity.domains) - void, CARRIED)
    reason = passing_reason(drawn, name)
    if reason is not None:
        return strata, reason
    stratum, capped = stratum_of(entity, plan), capped_domains(drawn, name)
    for domain in entity.domains:
        if domain not in strata and share_of(plan, domain, stratum) is not None and domain not in capped | void:
            strata[domain] = stratum
    return strata, "matter" if void else "domain's cap" if capped else "scope"


def standing_reason(drawn: Drawn, name: str) -> str | None:
    """Say what keeps a company out whatever was carried over or allowed, or None."""
    entity, period = drawn.books.entities[name], drawn.plan.period
    if entity.retired is not None and f"{entity.retired:%Y-%m}" <= period:
        return "retired company"
    own = any((one.entity, one.period) == (name, period) for one in drawn.before)
    if own or any(f"{day:%Y-%m}" == period for day, _ in received(drawn, name)):
        return "one a month"
    return "in another draw" if name in drawn.held else None


def passing_reason(drawn: Drawn, name: str) -> str | None:
    """Say what keeps a company out as a whole unless a visit to it was carried over or somebody lifted the rule, or None."""
    books, plan = drawn.books, drawn.plan
    entity, bureau = books.entities[name], books.bureau
    lifted = {one.rule.value for one in books.allowances if (one.period, one.entity) == (plan.period, name)}
    days = [day for day, _ in received(drawn, name)]
    caps = [limit.number for risk, limit in bureau.caps.classes if risk == entity.risk_class]
    first = date.fromisoformat(f"{plan.period}-01")
    if "cap" not in lifted and sum(day.year == first.year for day in days) >= min(
        bureau.visits_a_year.number, *caps, 366
    ):
        return "year's cap"
    months = bureau.cooling_off_months.number
    if "cooling-off" not in lifted and any(day < first < months_later(day, months) for day in days):
        return "cooling-off"
    return None if in_scope(entity, plan) else "scope"


def capped_domains(drawn: Drawn, name: str) -> set[str]:
    """Name the domains for which a company has had its visits of the year."""
    books, plan = drawn.books, drawn.plan
    if any((one.period, one.entity, one.rule.value) == (plan.period, name, "cap") for one in books.allowances):
        return set()
    year = int(plan.period[:4])
    count = Counter(domain for day, domains in received(drawn, name) if day.year == year for domain in domains)
    return {domain for domain, limit in books.bureau.caps.domains if count[domain] >= limit.number}


def received(drawn: Drawn, name: str) -> list[tuple[date, tuple[str, ...]]]:
    """List the visits that count for a company, made and planned, with what was checked, as known on the day of the commitment."""
    own = [one for one in drawn.before if one.entity == name and one.is_made]
    found: list[tuple[date, tuple[str, ...]]] = [(one.day, one.domains) for one in own if one.day is not None]
    ledger = [one for one in drawn.books.ledger if one.entity == name and one.kind.value in COUNTED]
    return [*found, *((one.day, one.domains) for one in ledger)]


def is_blacked_out(books: Books, name: str, day: date) -> bool:
    """Say whether a company is left alone on a day: itself, its zone, or everybody."""
    zone = books.entities[name].zone
    return any(
        one.first <= day <= one.last
        and (one.entity == name or (one.zone is not None and one.zone == zone) or (one.entity is one.zone is None))
        for one in books.blackouts
    )


def in_scope(entity: Entity, plan: Plan) -> bool:
    """Say whether a targeted plan means a company."""
    for name, values in plan.scope.fields:
        value = getattr(entity, name)
        codes = name == "industry" and value is not None and any(value.startswith(code) for code in values)
        if value not in values and not codes:
            return False
    return True


def stratum_of(entity: Entity, plan: Plan) -> str:
    """Name a company's stratum; the words of the random months have no marks in them that would want care."""
    return "·".join(getattr(entity, field.value) or "-" for field in plan.strata)


def share_of(plan: Plan, domain: str, stratum: str) -> Share | None:
    """Find the share that holds for a stratum."""
    for name in (stratum, "*"):
        for share in plan.shares:
            if (share.domain, share.stratum) == (domain, name):
                return share
    return None


def take_of(share: Share, base: int, rounding: str) -> int:
    """Work out how many of a base are due."""
    if share.number is not None:
        return share.number
    wanted = Fraction(share.ratio or "0") * base
    whole = wanted.numerator // wanted.denominator
    rest = wanted - whole
    if rounding == "ceil":
        return whole + (rest > 0)
    return whole + (rounding == "half-up" and rest >= Fraction(1, 2))


def months_later(day: date, months: int) -> date:
    """Count months from a day; the 31st becomes the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
