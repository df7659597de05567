"""The judge of the random months on breaches planted by hand: each is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.bureau import Caps, Limit, Squad
from inspect_cli.core.names import Domain, EntityId, InspectorId, Period
from inspect_cli.core.plan.allowance import Allowance, AllowanceRule
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.inspector import Leave, Recusal, RecusalReason
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from tests.core.plan.builders import DAYS, LABOUR, bureau, entity, inspector, matter, plan
from tests.month_rules import Books, Drawn, Visited, drawable, find_breaches, months_later, why_refused

if TYPE_CHECKING:
    from inspect_cli.core.registry.inspector import Inspector

DAY, OTHER = date(2026, 12, 8), date(2026, 12, 9)
R1, E1 = InspectorId("R1"), EntityId("E1")
VISIT = Visited(slot="2026-12/1", period="2026-12", entity="E1", domains=("labour",), day=DAY, team=("R1", "R2"))
BEFORE = replace(VISIT, slot="2026-08/1", period="2026-08", day=date(2026, 8, 31), team=("R3", "R4"))


def books(**changes: Any) -> Books:
    """Build the books: two companies, four officers who may lead, an expert; two visits a day and nine a month."""
    people = [inspector(f"R{number}") for number in range(1, 5)]
    people.append(inspector("X1", is_expert=True, certificate=None))
    plain = Books(
        bureau=bureau(visits_a_day=2, visits_a_month=9),
        entities={name: entity(name, zone="east") for name in ("E1", "E2")},
        inspectors={person.id: person for person in people},
        leave=(),
        recusals=(),
        ledger=(),
        blackouts=(),
        allowances=(),
        workdays=frozenset(DAYS),
        matters=(matter(),),
    )
    return replace(plain, **changes)


def with_r1(**changes: Any) -> Books:
    """Build the books with another R1."""
    people: dict[str, Inspector] = dict(books().inspectors)
    return books(inspectors={**people, "R1": replace(people["R1"], **changes)})


def of_group(known: Books) -> Books:
    """Put the companies of the books into one group."""
    return replace(known, entities={name: replace(one, group="G") for name, one in known.entities.items()})


def found(known: Books, *visits: Visited, before: tuple[Visited, ...] = (BEFORE,)) -> list[str]:
    """Let the judge look, and give the rules that are broken."""
    drawn = Drawn(slot="2026-12/1", plan=plan(), books=known, before=before)
    second = replace(drawn, slot="2026-12/2")
    return [breach.rule for breach in find_breaches(known, [drawn, second], visits or (VISIT,))]


def test_nothing_is_wrong() -> None:
    """The month that all the others differ from breaks no rule, nor does a visit that is open or was not made."""
    assert found(books()) == []
    assert found(books(), replace(VISIT, day=None), replace(VISIT, entity="E2", is_made=False)) == []


@pytest.mark.parametrize(
    ("known", "rule"),
    [
        (books(leave=(Leave(inspector=R1, first=DAY, last=DAY, reason="r"),)), "leave"),
        (books(recusals=(Recusal(inspector=R1, entity=E1, reason=RecusalReason.KIN, end=DAY),)), "recusal"),
        (books(blackouts=(Blackout(first=DAY, last=DAY, reason="r", zone="east"),)), "blackout"),
        (books(bureau=bureau(squads=(Squad(name="s", weekdays=(0, 2)),)), inspectors={}), "squad"),
        (with_r1(valid_until=date(2026, 12, 7)), "certificate"),
        (with_r1(retired=DAY), "retired"),
        (with_r1(in_service=False), "service"),
        (of_group(books(recusals=(Recusal(inspector=R1, group="G", reason=RecusalReason.SHARES),))), "group"),
        (books(matters=(matter(of_tags=("t",)),)), "matter"),
        (with_r1(zones=("west",)), "zone"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_who_must_not_go(known: Books, rule: str) -> None:
    """Leave, recusal, blackout, squad, certificate, departure and zone, each on the very day, are found alone."""
    if not known.inspectors:
        known = replace(known, inspectors=with_r1(squad="s").inspectors)
    assert found(known) == [rule]


@pytest.mark.parametrize(
    "known",
    [
        books(leave=(Leave(inspector=R1, first=OTHER, last=OTHER, reason="r"),)),
        books(recusals=(Recusal(inspector=R1, entity=E1, reason=RecusalReason.KIN, start=OTHER),)),
        books(blackouts=(Blackout(first=DAY, last=DAY, reason="r", zone="west"),)),
        with_r1(valid_until=DAY),
        with_r1(retired=OTHER),
        replace(with_r1(zones=("east",)), bureau=bureau()),
        books(recusals=(Recusal(inspector=R1, group="G", reason=RecusalReason.SHARES),)),
        books(matters=(matter(of_risk_classes=("A",)),)),
    ],
    ids=["leave", "recusal", "blackout", "certificate", "retired", "zone", "group", "matter"],
)
def test_who_may_go(known: Books) -> None:
    """A day later, another zone, or the certificate's last day breaks nothing."""
    assert found(known) == []


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"team": ("R1",)}, ["team size"]),
        ({"team": ("R1", "R1")}, ["team size", "team size"]),
        ({"team": ("R1", "R2", "R3", "R4", "X1")}, ["team size", "expert counted", "rotation"]),
        ({"team": ("R1", "X1")}, ["expert counted"]),
        ({"expert": "R3"}, ["expert"]),
        ({"domains": ("labour", "safety")}, ["skills", "scope"]),
        ({"team": ("R1", "R3")}, ["rotation"]),
        ({"day": date(2026, 12, 6)}, ["day"]),
        ({"day": date(2026, 11, 30)}, ["day"]),
    ],
    ids=str,
)
def test_a_wrong_visit(change: dict[str, Any], rules: list[str]) -> None:
    """Teams too small, doubled or with an expert among them, lacking skills, sent twice in a row, or on a day that is none."""
    assert found(books(), replace(VISIT, **change)) == rules


def test_too_many_visits() -> None:
    """Caps of a day and a month are counted over all draws, and nobody serves two draws on a day, nor is visited twice in a month."""
    second = replace(VISIT, slot="2026-12/2", entity="E2")
    assert found(with_r1(day_cap=1), VISIT, replace(second, slot=VISIT.slot)) == ["day cap"]
    assert found(books(), VISIT, second) == ["one draw a day", "one draw a day"]
    assert found(with_r1(month_cap=1), VISIT, replace(second, day=OTHER)) == ["month cap"]
    assert found(books(), VISIT, replace(VISIT, day=OTHER)) == ["one a month"]


# Whom


def visited(day: date, kind: VisitKind = VisitKind.ROUTINE) -> LedgerVisit:
    """Build a visit of another department to the first company."""
    return LedgerVisit(entity=E1, day=day, kind=kind, domains=(LABOUR,), department="elsewhere")


def reason_of(known: Books, before: tuple[Visited, ...] = ()) -> str | None:
    """Say what keeps the first company out of a draw for labour, or None where nothing does."""
    strata, reason = drawable(Drawn(slot="2026-12/1", plan=plan(), books=known, before=before), "E1")
    return None if "labour" in strata else reason


CAP = Allowance(period=Period("2026-12"), entity=E1, rule=AllowanceRule.CAP, actor="a", approver="b", reason="r")
COOLING = replace(CAP, rule=AllowanceRule.COOLING_OFF)
ONE = Limit(number=1, basis="b")


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({}, None),
        ({"ledger": (visited(date(2026, 12, 31)),)}, "one a month"),
        ({"ledger": (visited(date(2026, 12, 31), VisitKind.COMPLAINT),)}, None),
        ({"ledger": (visited(date(2026, 9, 1)),)}, None),
        ({"ledger": (visited(date(2026, 9, 2)),)}, "cooling-off"),
        ({"ledger": (visited(date(2026, 9, 2)),), "allowances": (COOLING,)}, None),
        ({"ledger": (visited(date(2026, 9, 2)),), "allowances": (CAP,)}, "cooling-off"),
        ({"ledger": (visited(date(2026, 1, 5)),), "bureau": bureau(cap=1)}, "year's cap"),
        ({"ledger": (visited(date(2025, 12, 31)),), "bureau": bureau(cap=1)}, None),
        ({"ledger": (visited(date(2026, 1, 5)),), "bureau": bureau(cap=1), "allowances": (CAP,)}, None),
        ({"ledger": (visited(date(2026, 1, 5)),), "bureau": bureau(caps=Caps(classes=(("A", ONE),)))}, "year's cap"),
        (
            {"ledger": (visited(date(2026, 1, 5)),), "bureau": bureau(caps=Caps(domains=((LABOUR, ONE),)))},
            "domain's cap",
        ),
        ({"entities": {"E1": entity("E1", retired=date(2026, 12, 31))}}, "retired company"),
        ({"entities": {"E1": entity("E1", retired=date(2027, 1, 1))}}, None),
        ({"entities": {"E1": entity("E1", domains=(Domain("safety"),))}}, "scope"),
        ({"blackouts": (Blackout(first=DAYS[0], last=DAYS[-1], reason="r", entity=E1),)}, "blackout"),
    ],
    ids=str,
)
def test_who_can_be_drawn(known: dict[str, Any], reason: str | None) -> None:
    """The year's visits, the months of cooling off, and the registry keep a company out to the day, allowances let it in."""
    assert reason_of(books(**known)) == reason


def test_own_visits_count() -> None:
    """Our own visits count as others do; one that was not made counts in its own month alone, where nobody is drawn twice."""
    late = replace(BEFORE, period="2026-11", day=date(2026, 11, 30))
    assert reason_of(books(), (late,)) == "cooling-off"
    assert reason_of(books(), (replace(late, is_made=False),)) is None
    assert reason_of(books(), (replace(VISIT, is_made=False),)) == "one a month"


def test_plans_that_cannot_be_met() -> None:
    """A number beyond its base, a quota of nobody that was not meant, and no day are each a reason; half of two is none."""
    drawn = Drawn(slot="", plan=plan(), books=books(), before=())
    assert why_refused(drawn) == []
    few = replace(drawn, books=books(workdays=frozenset()))
    assert "no day" in why_refused(few)
    many = replace(drawn, plan=plan(shares=(replace(plan().shares[0], ratio=None, number=3),)))
    assert len(why_refused(many)) == 1
    none = replace(drawn, plan=plan(shares=(replace(plan().shares[0], ratio="0"),)))
    assert len(why_refused(none)) == 2


def test_months_are_counted_from_the_day() -> None:
    """The 31st becomes the last day of a shorter month, over the year's end too."""
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_later(date(2026, 8, 31), 3) == date(2026, 11, 30)
