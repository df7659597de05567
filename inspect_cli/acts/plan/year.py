"""The year's plan: the act that keeps one, and the reading of how far the year has come. What counts is ``core.plan``'s matter.

A year's plan never changes what was drawn: it is what a month's plan is proposed from, and what ``plan check`` compares with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.acts.draw.chains import find_chains, find_standing_visits
from inspect_cli.core import people
from inspect_cli.core.canonical import digest, render_canonical
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import parse_entity_rows
from inspect_cli.core.names import Period
from inspect_cli.core.people import Role
from inspect_cli.core.period import year_of
from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.stratum import CARRIED_OVER, project_stratum
from inspect_cli.core.plan.year.count import DrawnVisit, Waiting, count_year
from inspect_cli.core.plan.year.progress import YearDraft, YearGathered, draft_year, sum_up_year
from inspect_cli.core.registry.applies import drop_void_domains
from inspect_cli.core.registry.number import drop_former
from inspect_cli.core.visit.change import ChangeKind
from inspect_cli.errors import InputError, Position, RefusedError, UsageMistake, say
from inspect_cli.files.plan_file import find_strata
from inspect_cli.files.year_file import parse_year_plan
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.plans import YearPlanRecord, add_year_plan, find_year_plans
from inspect_cli.storage.registries import find_entities, find_matters
from inspect_cli.storage.visits import find_outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sqlmodel import Session

    from inspect_cli.acts.draw.chains import DrawChain
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, EntityId
    from inspect_cli.core.people import Actor
    from inspect_cli.core.plan.year.progress import YearLine, YearPlan
    from inspect_cli.core.registry.matter import Matter
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store

_MONTHS = range(1, 13)
_ID = re.compile(rb'"id":("(?:[^"\\]|\\.)*")')
_Strata = tuple[tuple["Domain", "str | None"], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearQuestion:
    """Of which year how far it has come is asked, and for which day. ``aside`` is a plan whose own draw is not counted."""

    year: int
    bureau: Bureau
    today: date
    aside: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    """The year's plan that stands with its kept version (both None where there is none), and the year to date."""

    year: int
    record: YearPlanRecord | None
    plan: YearPlan | None
    lines: tuple[YearLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOrder:
    """A year's plan that is to be kept: the bytes of its file, and why it takes the place of another."""

    bureau: Bureau
    year: int
    data: bytes
    file: str
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearKept:
    """The version that stands; ``is_new`` is false when these very bytes were kept before."""

    record: YearPlanRecord
    is_new: bool


def keep_year_plan(store: Store, actor: Actor, order: YearOrder) -> YearKept:
    """Keep a year's plan, or another version with its reason; the bytes that stand again change nothing.

    Raises ``InputError`` where the file is no plan of that year, ``UsageMistake`` where another version has no reason,
    ``RefusedError`` where the actor is no operator.
    """
    people.require_role(order.bureau.people, actor.name, Role.OPERATOR)
    plan = parse_year_plan(order.data, order.file, order.bureau)
    if plan.year != order.year:
        raise InputError(
            say("this is a plan of {found}, not of {year}", found=plan.year, year=order.year),
            where=Position(file=order.file, column="year"),
            hint=say("name the year that the file is for, or correct its key year"),
        )
    with store.transaction() as session:
        standing = find_standing_plan(session, order.year)
        if standing is not None and standing.text == order.data:
            return YearKept(record=standing, is_new=False)
        reason = (order.reason or "").strip() or None
        if standing is not None and reason is None:
            raise UsageMistake(
                say("another plan of {year} stands: a change needs a reason", year=order.year),
                hint=say(
                    "give it with --reason TEXT; see the plan that stands with inspect-cli plan year {year}",
                    year=order.year,
                ),
            )
        version = 1 if standing is None else standing.version + 1
        record = YearPlanRecord(year=order.year, version=version, text=order.data, reason=reason)
        add_year_plan(session, record)
        detail: dict[str, JSON] = {
            "version": version,
            "file": order.file,
            "sha256": digest(order.data),
            "reason": reason,
        }
        add_act(session, actor, Act(act="plan year", subject=str(order.year), detail=detail))
    return YearKept(record=record, is_new=True)


def find_standing_plan(session: Session, year: int) -> YearPlanRecord | None:
    """Find the year's plan that stands: the latest version."""
    return next(reversed(find_year_plans(session, year)), None)


def propose_year(store: Store, bureau: Bureau, year: int, today: date) -> YearDraft:
    """Propose a year's plan from the registry; ``RefusedError`` when the registry is empty."""
    with store.reading() as session:
        entities = drop_void_domains(find_entities(session), _valid_matters(session, today))
    if not entities:
        raise RefusedError(
            say("the entity registry is empty"), hint=say("import it first: inspect-cli entity import FILE")
        )
    return draft_year(year, bureau, entities, today)


def read_year(session: Session, question: YearQuestion) -> YearReport:
    """Read the year's plan that stands, and how far the year has come; ``InputError`` where the settings lost a domain of it."""
    record = find_standing_plan(session, question.year)
    plan = None if record is None else parse_year_plan(record.text, _name(record), question.bureau)
    fields = (StratumField.RISK_CLASS,) if plan is None else plan.strata
    waiting, visits = _read_draws(session, question, fields)
    lines = sum_up_year(
        YearGathered(
            plan=plan,
            domains=tuple(label.domain for label in question.bureau.domains),
            entities=drop_void_domains(
                drop_former(find_entities(session, include_retired=True)), _valid_matters(session, question.today)
            ),
            counts=count_year(question.year, find_numbers(session).bring(visits), waiting),
            today=question.today,
        )
    )
    return YearReport(year=question.year, record=record, plan=plan, lines=lines)


def _valid_matters(session: Session, today: date) -> tuple[Matter, ...]:
    return tuple(matter for matter in find_matters(session) if matter.is_valid_throughout(today, today))


def _name(record: YearPlanRecord) -> str:
    return f"year-{record.year}.toml (version {record.version})"


def _read_draws(
    session: Session, question: YearQuestion, fields: tuple[StratumField, ...]
) -> tuple[list[Waiting], list[DrawnVisit]]:
    """Read the draws of the year, and those of the later months to which their visits were carried over."""
    waiting: list[Waiting] = []
    visits: list[DrawnVisit] = []
    wanted = {Period(f"{question.year}-{month:02}") for month in _MONTHS}
    read: set[Period] = set()
    while wanted:
        for period in sorted(wanted):
            for chain in find_chains(session, period):
                if chain.first.plan == question.aside:
                    continue
                if chain.first.result is not None:
                    visits.extend(_drawn_visits(session, chain, fields))
                elif year_of(period) == question.year:
                    waiting.extend(_waiting(chain, fields))
        read |= wanted
        wanted = {visit.to_period for visit in visits if visit.to_period is not None} - read
    return waiting, visits


def _waiting(chain: DrawChain, fields: tuple[StratumField, ...]) -> Iterator[Waiting]:
    by = find_strata(chain.first.plan)
    for quota in parse_commitment(chain.first.commitment).quotas:
        yield Waiting(domain=quota.domain, stratum=_place(quota.stratum, by, fields), take=quota.take)


def _drawn_visits(session: Session, chain: DrawChain, fields: tuple[StratumField, ...]) -> Iterator[DrawnVisit]:
    """Give the visits in force of a drawn chain, with what its first draw drew them for."""
    drawn = {one.entity: one.drawn for one in parse_result(chain.first.result or b"").selection}
    strata = _strata_of(chain, drawn, fields)
    checked: dict[EntityId, list[Domain]] = {}
    for draw in chain.drawn:
        for outcome in find_outcomes(session, draw.slot):
            checked.setdefault(outcome.entity, []).append(outcome.domain)
    for visit in find_standing_visits(session, chain):
        end = visit.end
        yield DrawnVisit(
            period=chain.first.period,
            entity=visit.record.entity,
            strata=strata[visit.record.entity],
            drawn=drawn[visit.record.entity],
            checked=tuple(checked.get(visit.record.entity, ())),
            to_period=None if end is None else end.to_period,
            is_cancelled=end is not None and end.kind is ChangeKind.CANCELLED,
        )


def _strata_of(
    chain: DrawChain, drawn: Iterable[EntityId], fields: tuple[StratumField, ...]
) -> dict[EntityId, _Strata]:
    """Read the strata of the entities that were drawn from the frozen rows, of which there may be very many more."""
    by, wanted = find_strata(chain.first.plan), {render_canonical(entity) for entity in drawn}
    lines = (line for line in chain.first.entities.splitlines(keepends=True) if _id_of(line) in wanted)
    return {
        row.id: tuple(
            (domain, _place(stratum, by, fields)) for domain, stratum in zip(row.domains, row.strata, strict=True)
        )
        for row in parse_entity_rows(b"".join(lines))
    }


def _id_of(line: bytes) -> bytes:
    """Find the id as a canonical row writes it: no other place of the row reads so, for a quotation mark within a text is escaped."""
    found = _ID.search(line)
    return b"" if found is None else found[1]


def _place(stratum: str, by: tuple[StratumField, ...], fields: tuple[StratumField, ...]) -> str | None:
    return CARRIED_OVER if stratum == CARRIED_OVER else project_stratum(stratum, by, fields)
