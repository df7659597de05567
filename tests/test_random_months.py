"""Two thousand random months in the plain values of the rules: whatever happens in them, no rule of the field is broken.

The months are made by ``random_months`` and disturbed by ``random_trouble``; what must not be is read off the registries by
``month_rules``, which asks no rule of the package. A month that fails is told again by its number: ``tell(7, trouble)``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.bureau import Caps, Limit, Rules, ZoneRule
from inspect_cli.core.draw.supplement.situation import Situation
from inspect_cli.core.verify.checks import verify
from inspect_cli.core.verify.report import Verdict
from tests.core.draw.chains import bundle
from tests.random_months import Story, tell, unblinded, unforgotten
from tests.random_trouble import trouble

if TYPE_CHECKING:
    from inspect_cli.core.plan.frame.gathered import Gathered
    from inspect_cli.core.registry.inspector import Inspector
    from tests.random_months import Blind, Forget

pytestmark = pytest.mark.untraced
MONTHS = 2000
VERIFIED_EVERY = 20


@cache
def tell_all() -> tuple[dict[str, list[str]], Counter[str]]:
    """Tell all months, and give the breaches by rule, each with its month, beside how often what happened."""
    found: dict[str, list[str]] = defaultdict(list)
    happened: Counter[str] = Counter()
    for number in range(MONTHS):
        story = tell(number, trouble)
        for breach in story.breaches:
            found[breach.rule].append(f"month {number}: {breach.what}")
        happened += story.count
        happened.update(visits=len(story.visits()), draws=len(story.lives))
        if number % VERIFIED_EVERY == 0:
            found["verification"] += [f"month {number}: {one}" for one in doubts(story)]
    return found, happened


def doubts(story: Story) -> list[str]:
    """Give every check of every chain that does not say VERIFIED, evidence that is not read yet aside."""
    chains = [live.chain for live in story.lives if live.chain is not None]
    checks = [check for chain in chains for check in verify(bundle(chain)).checks[:-2]]
    return [f"{check.id}: {check.detail}" for check in checks if check.verdict is not Verdict.VERIFIED]


def breaches(*rules: str) -> list[str]:
    """Give the breaches of some rules in all months."""
    found, _ = tell_all()
    return [what for rule in rules for what in found.get(rule, ())]


class TestPeople:
    """No draw, and no supplement of one, sends anybody who must not go, on the visit's own day."""

    def test_leave(self) -> None:
        """Nobody visits anybody while they are on leave, whenever it was entered before the day."""
        assert breaches("leave") == []

    def test_certificate(self) -> None:
        """Each officer has a certificate that is valid that day; so is an expert's, where one is stated."""
        assert breaches("certificate") == []

    def test_roster(self) -> None:
        """Nobody goes who has left the roster, or whose squad does not work that day."""
        assert breaches("retired", "squad") == []

    def test_recusal(self) -> None:
        """No recused pair meets, whether it was recused before the draw or after it."""
        assert breaches("recusal") == []

    def test_groups(self) -> None:
        """Nobody meets a company of a group from which they are recused."""
        assert breaches("group") == []

    def test_service(self) -> None:
        """Nobody goes who is not in service."""
        assert breaches("service") == []

    def test_rotation(self) -> None:
        """Nobody of the team that visited a company last visits it this time, unless the settings set this aside."""
        assert breaches("rotation") == []

    def test_zone(self) -> None:
        """Everybody stays within their zones and their squad's, unless the settings let everybody go anywhere."""
        assert breaches("zone") == []

    def test_caps(self) -> None:
        """Nobody makes more visits on a day or in the month than they may, all draws together, nor for two draws on one day."""
        assert breaches("day cap", "month cap", "one draw a day") == []


class TestTeams:
    """Every team is one that may act, and can do what is to be checked."""

    def test_size(self) -> None:
        """Two or more officers with certificates of their own go, as many as the plan says; no expert counts among them."""
        assert breaches("team size", "expert counted") == []

    def test_skills(self) -> None:
        """The team covers every domain that is to be checked, somebody may lead it, and an expert comes for what wants one."""
        assert breaches("skills", "lead", "expert") == []


class TestCompanies:
    """No company is visited more often, or on other days, than the rules allow."""

    def test_one_a_month(self) -> None:
        """A company gets at most one combined visit in a month, visits of other departments included."""
        assert breaches("one a month", "in another draw") == []

    def test_caps(self) -> None:
        """The yearly caps by bureau, class and domain hold over the ledger and our own visits, unless somebody lifted them."""
        assert breaches("year's cap", "domain's cap") == []

    def test_cooling_off(self) -> None:
        """Nobody is drawn while they cool off, unless somebody lifted that."""
        assert breaches("cooling-off") == []

    def test_days(self) -> None:
        """Visits are made on days that the plan has left, and on none on which the company is left alone."""
        assert breaches("day", "blackout") == []

    def test_registry(self) -> None:
        """Nobody is drawn who has left the registry or is outside the scope, nor for a domain that the plan does not draw for."""
        assert breaches("retired company", "scope", "out") == []

    def test_matters(self) -> None:
        """No matter is checked at a company to which it does not apply, no domain without one that does, and all others are."""
        assert breaches("matter") == []


class TestPlans:
    """A plan that cannot be met is refused before the commitment, and one that is committed is met to the letter."""

    def test_quotas(self) -> None:
        """Each stratum gives exactly what its share takes of those who may be drawn, worked out from the registries by hand."""
        assert breaches("quota") == []

    def test_terms(self) -> None:
        """Team sizes, days, and what is checked are committed as the plan says, never relaxed."""
        assert breaches("terms") == []

    def test_refusals(self) -> None:
        """A plan is refused exactly where it cannot be met."""
        assert breaches("refusal") == []

    def test_proofs(self) -> None:
        """What is proved to be short before the draw, for which the acts refuse a plan, leaves a visit open in every draw."""
        assert breaches("proof") == []


class TestChains:
    """What was drawn and drawn again verifies from its bytes alone."""

    def test_verification(self) -> None:
        """Every twentieth month's draws verify, each with the chain before it."""
        assert breaches("verification") == []


def test_enough_happens() -> None:
    """All kinds of trouble happen, supplements are drawn, and plans refused, or what holds in the months would mean little."""
    _, happened = tell_all()
    wanted = {
        "visits": 10_000,
        "draws": 2_000,
        "supplement": 1_500,
        "refused": 500,
        "proved short": 100,
        "carried over": 500,
        "cancelled": 50,
    }
    wanted |= dict.fromkeys(
        ("ill", "squad", "recusal", "leaving", "closed", "blackout", "zone", "lost", "gone", "new"), 300
    )
    assert {what: happened[what] for what, least in wanted.items() if happened[what] < least} == {}


# That the judge finds what is wrong


def everybody(**changes: object) -> Blind:
    """Let a plan see something else of everybody on the roster."""

    def changed(person: Inspector) -> Inspector:
        return replace(person, **changes)  # type: ignore[arg-type]  # a test names the fields it means

    return lambda gathered: replace(gathered, inspectors=tuple(map(changed, gathered.inspectors)))


def settings(**changes: object) -> Blind:
    """Let a plan see other settings."""
    return lambda gathered: replace(gathered, bureau=replace(gathered.bureau, **changes))  # type: ignore[arg-type]


def without(*fields: str) -> Blind:
    """Let a plan see nothing of something."""
    return lambda gathered: replace(gathered, **dict.fromkeys(fields, ()))  # type: ignore[arg-type]


def ungrouped(gathered: Gathered) -> Gathered:
    """Let a plan see no groups of companies."""
    return replace(gathered, entities=tuple(replace(one, group=None) for one in gathered.entities))


def unchoosy(gathered: Gathered) -> Gathered:
    """Let a plan take every matter as one that applies to all."""
    plain = (replace(one, of_industries=(), of_sizes=(), of_risk_classes=(), of_tags=()) for one in gathered.matters)
    return replace(gathered, matters=tuple(plain))


def forgetting(*fields: str) -> Forget:
    """Let a supplement know nothing of something."""
    plain = Situation(today="")
    return lambda situation: replace(situation, **{name: getattr(plain, name) for name in fields})


def first_found(rule: str, blind: Blind = unblinded, forget: Forget = unforgotten) -> bool:
    """Say whether the judge finds a rule broken in some of three hundred months."""
    return any(rule == breach.rule for number in range(300) for breach in tell(number, trouble, blind, forget).breaches)


ANYWHERE = Rules(rotation=False, zones=ZoneRule.ANY)
NEVER = Limit(number=366, basis="b")
FAR = date(2999, 1, 1)
BLINDED: dict[str, Blind] = {
    "leave": without("leave"),
    "recusal": without("recusals"),
    "group": ungrouped,
    "service": everybody(in_service=True),
    "matter": unchoosy,
    "rotation": without("past_teams"),
    "certificate": everybody(valid_until=None, certificate="x"),
    "retired": everybody(retired=None),
    "squad": settings(squads=()),
    "zone": settings(rules=ANYWHERE),
    "skills": everybody(skills=("environment", "health", "labour", "safety")),
    "lead": everybody(may_lead=True),
    "expert counted": everybody(is_expert=False, certificate="x"),
    "day cap": everybody(day_cap=9),
    "month cap": without("seats", "undrawn"),
    "one draw a day": without("seats", "undrawn"),
    "one a month": without("visits", "drawn"),
    "year's cap": settings(visits_a_year=NEVER, caps=Caps()),
    "domain's cap": settings(caps=Caps()),
    "cooling-off": settings(cooling_off_months=Limit(number=0, basis="b")),
    "blackout": without("blackouts"),
    "in another draw": without("undrawn"),
}
FORGOTTEN = {
    "leave": "away",
    "certificate": "away",
    "recusal": "recused",
    "blackout": "shut",
    "one draw a day": "taken",
    "month cap": "limits",
}


@pytest.mark.parametrize("rule", BLINDED)
def test_a_plan_that_does_not_look_is_found_out(rule: str) -> None:
    """If plans did not see what keeps a rule, the judge would find it broken."""
    assert first_found(rule, BLINDED[rule])


@pytest.mark.parametrize("rule", FORGOTTEN)
def test_a_supplement_that_does_not_look_is_found_out(rule: str) -> None:
    """If supplements did not know what keeps a rule, the judge would find it broken."""
    assert first_found(rule, forget=forgetting(FORGOTTEN[rule]))
