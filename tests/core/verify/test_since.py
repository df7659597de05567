"""Month against month: the differences of two draws, SINCE-1 to SINCE-6."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.verify.checks import judge
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.core.verify.since import (
    EntityAspect,
    EntityFacts,
    InspectorFacts,
    QuotaChange,
    RuleAspect,
    Since,
    find_since,
    first_of,
)
from inspect_cli.errors import InputError
from inspect_cli.files.bundle import read_bundle
from tests.core.draw import builders
from tests.oracle_form import REASONS, Row
from tests.random_draws import Chance, files_of, finished, first_draw, quotas_of

if TYPE_CHECKING:
    from inspect_cli.core.draw.supplement.standing import FinishedDraw

DRAWS = builders.VECTORS / "draw"
TINY = parse_draw(members_of(read_bundle(DRAWS / "tiny")))


def changed(draw: FinishedDraw, **values: Any) -> FinishedDraw:
    """Give the draw with another commitment."""
    return replace(draw, commitment=replace(draw.commitment, **values))


def reread(draw: Row) -> FinishedDraw:
    """Read a draw that was made at random."""
    return parse_draw(members_of(files_of([draw])))


def entity_view(row: Row) -> tuple[Any, ...]:
    """Give what is compared of an entity, from the row as it is written."""
    strata = tuple((one["domain"], one["stratum"]) for one in row["strata"])
    return tuple(row["domains"]), strata, row.get("zone"), "days" in row


def facts_view(facts: EntityFacts) -> tuple[Any, ...]:
    """Give the same from the package's values."""
    return facts.domains, tuple(zip(facts.domains, facts.strata, strict=True)), facts.zone, facts.has_days


def inspector_view(row: Row) -> tuple[Any, ...]:
    """Give what is compared of somebody on the roster, from the row as it is written."""
    zones = tuple(row["zones"]) if "zones" in row else None
    return row["role"], row["lead"], tuple(row["skills"]), zones, tuple(row["barred"])


def person_view(facts: InspectorFacts) -> tuple[Any, ...]:
    """Give the same from the package's values."""
    return facts.role.value, facts.lead, facts.skills, facts.zones, facts.barred


def later_row(chance: Chance, row: Row, other: Row, days: list[str]) -> Row:
    """Give a row as it may be a month later: as it was, or partly as another one; on days of the new draw."""
    kept = {**row, **{key: other[key] for key in other if key != "id" and chance.often(15)}}
    kept["strata"] = [{"domain": one, "stratum": chance.one(("A", "A", "丙"))} for one in kept["domains"]]
    kept.pop("days", None)
    return {**kept, "days": days[:1]} if chance.often(15) else kept


def chance_pair(chance: Chance) -> tuple[Row, Row]:
    """Make two draws that share many of their entities and people; of who left some are excluded with a reason."""
    old, new = first_draw(chance), first_draw(chance)
    days = new["commitment"]["days"]
    entities = {row["id"]: row for row in new["entities"]}
    people = {row["id"]: row for row in new["inspectors"]}
    excluded = [row for row in new["excluded"] if "domain" not in row]
    for row in old["entities"]:
        if chance.often(70):
            entities[row["id"]] = later_row(chance, row, chance.one(new["entities"]), days)
        elif row["id"] not in entities and chance.often(60):
            excluded.append({"id": row["id"], "reason": chance.one(REASONS), "salt": chance.salt()})
    for row in old["inspectors"]:
        if chance.often(70):
            other = chance.one(new["inspectors"])
            keys = [key for key in ("role", "lead", "skills", "zones", "barred") if key in other and chance.often(20)]
            people[row["id"]] = {**row, "days": other["days"], **{key: other[key] for key in keys}}
    draw = {
        "entities": [entities[name] for name in sorted(entities)],
        "inspectors": [people[name] for name in sorted(people)],
        "excluded": sorted(excluded, key=lambda row: str(row["id"])),
    }
    quotas = quotas_of(chance, draw["entities"])
    return old, finished(chance, {**draw, "commitment": {**new["commitment"], "quotas": quotas}})


def require_reasons(since: Since, old: Row, new: Row) -> None:
    """Hold each reason against the excluded rows as they are written."""
    for crossings, draw in ((since.left, new), (since.entered, old)):
        reasons = {row["id"]: row["reason"] for row in draw["excluded"] if "domain" not in row}
        assert all(one.reason == reasons.get(one.id) for one in crossings)


def apply_entities(since: Since, old: Row) -> Row:
    """Apply the differences to the old frame's entities."""
    entities = {row["id"]: entity_view(row) for row in old["entities"]}
    for crossing in since.left:
        assert entities.pop(crossing.id) == facts_view(crossing.facts)
    for crossing in since.entered:
        assert crossing.id not in entities
        entities[crossing.id] = facts_view(crossing.facts)
    for change in since.entities:
        assert entities[change.id] == facts_view(change.before)
        assert change.aspects
        entities[change.id] = facts_view(change.after)
    return entities


def apply_people(since: Since, old: Row) -> Row:
    """Apply the differences to the old roster."""
    people = {row["id"]: inspector_view(row) for row in old["inspectors"]}
    for change in since.inspectors:
        was = people.pop(change.id, None)
        assert was == (None if change.before is None else person_view(change.before))
        if change.after is not None:
            people[change.id] = person_view(change.after)
    return people


def apply_quotas(since: Since, old: Row) -> dict[Any, Any]:
    """Apply the differences to the old quotas."""
    quotas = {(row["domain"], row["stratum"]): (row["size"], row["take"]) for row in old["commitment"]["quotas"]}
    for change in since.quotas:
        quotas.pop((change.domain, change.stratum), None)
        if change.after is not None:
            quotas[change.domain, change.stratum] = (change.after.size, change.after.take)
    return quotas


@pytest.mark.parametrize("name", [f"since {number}" for number in range(40)])
def test_the_differences_lead_from_the_old_to_the_new(name: str) -> None:
    """SINCE-2, SINCE-3, SINCE-4, SINCE-5, SINCE-6: the differences applied to the old give the new; counts are a recount."""
    old, new = chance_pair(Chance(name))
    since = find_since(reread(old), reread(new))
    assert apply_entities(since, old) == {row["id"]: entity_view(row) for row in new["entities"]}
    assert apply_people(since, old) == {row["id"]: inspector_view(row) for row in new["inspectors"]}
    rows = new["commitment"]["quotas"]
    assert apply_quotas(since, old) == {(row["domain"], row["stratum"]): (row["size"], row["take"]) for row in rows}
    require_reasons(since, old, new)
    drawn = {row["entity"] for draw in (old, new) for row in draw["result"]["selection"]}
    touched = [one.id for one in (*since.left, *since.entered)] + [e.id for e in since.entities for _ in e.aspects]
    assert (since.changes, since.changes_of_undrawn) == (len(touched), sum(one not in drawn for one in touched))
    for ids in ([e.id for e in since.left], [e.id for e in since.entities], [e.id for e in since.inspectors]):
        assert ids == sorted(ids, key=str.encode)


def test_each_aspect_is_told_alone() -> None:
    """SINCE-3: zone, domains, strata and days are changes of their own; a new domain's stratum is no change of class."""
    first = TINY.frame.entities[0]
    base = replace(first, domains=builders.domains("a", "b"), strata=("A", "B"), zone=None, days=None)
    for other, aspects in (
        (replace(base, zone="north"), ("zone",)),
        (replace(base, domains=builders.domains("a"), strata=("A",)), ("domains",)),
        (replace(base, strata=("A", "C")), ("strata",)),
        (replace(base, days=(TINY.commitment.days[0],)), ("days",)),
        (replace(base, domains=builders.domains("b", "c"), strata=("C", "A"), zone="x"), ("zone", "domains", "strata")),
    ):
        old = replace(TINY, frame=replace(TINY.frame, entities=(base,)))
        new = replace(changed(TINY, slot="2026-12/9"), frame=replace(TINY.frame, entities=(other,)))
        (change,) = find_since(old, new).entities
        assert change.aspects == tuple(map(EntityAspect, aspects))


def test_which_days_are_of_their_own_month() -> None:
    """SINCE-3: other days of a company that had certain days before are no change."""
    first, days = TINY.frame.entities[0], TINY.commitment.days
    old = replace(TINY, frame=replace(TINY.frame, entities=(replace(first, days=days[:1]),)))
    new = replace(TINY, frame=replace(TINY.frame, entities=(replace(first, days=days[1:]),)))
    since = find_since(old, changed(new, slot="2026-12/9"))
    assert (since.entities, since.changes) == ((), 0)


def test_a_domain_that_is_left_out_has_its_reason() -> None:
    """SINCE-3: a lost domain that the new excluded list names stands with its reason."""
    first = replace(TINY.frame.entities[0], domains=builders.domains("a", "b"), strata=("A", "A"))
    out = builders.excluded(first.id, domain="b")
    old = replace(TINY, frame=replace(TINY.frame, entities=(first,)))
    rows = (replace(first, domains=builders.domains("a"), strata=("A",)),)
    new = replace(changed(TINY, slot="2026-12/9"), frame=replace(TINY.frame, entities=rows, excluded=(out,)))
    (change,) = find_since(old, new).entities
    assert change.left_out == (("b", out.reason),)


def test_days_and_caps_of_people_are_of_their_own_month() -> None:
    """SINCE-4: other days and caps are no change; whoever lost the lead is told with both sides."""
    first, *others = TINY.frame.inspectors
    new = changed(TINY, slot="2026-12/9")
    idle = replace(first, days=(), month_cap=first.month_cap + 1)
    frame = replace(TINY.frame, inspectors=(idle, *others))
    assert find_since(TINY, replace(new, frame=frame)).inspectors == ()
    frame = replace(TINY.frame, inspectors=(replace(first, lead=not first.lead), *others))
    (change,) = find_since(TINY, replace(new, frame=frame)).inspectors
    assert change.before is not None
    assert change.after is not None
    assert (change.id, change.before.lead, change.after.lead) == (first.id, first.lead, not first.lead)


def test_the_rules_that_moved() -> None:
    """SINCE-5: team, combine and sources are told with both sides; another time of the same source is no change."""
    team = replace(TINY.commitment.team, min=1, max=6, expert_domains=builders.domains("safety"))
    other = changed(TINY, slot="2026-12/9", team=team, sources=(builders.drand(),))
    rules = {one.aspect: one.after for one in find_since(TINY, other).rules}
    assert rules[RuleAspect.TEAM_MAX] == ("6",)
    assert rules[RuleAspect.EXPERT_DOMAINS] == ("safety",)
    assert rules[RuleAspect.SOURCES] == (f"drand {builders.drand().name}",)
    later = tuple(replace(one, at="2026-11-30T10:00:00+08:00") for one in TINY.commitment.sources)
    assert find_since(TINY, changed(TINY, slot="2026-12/9", sources=later)).rules == ()


def test_quotas_that_came_and_went() -> None:
    """SINCE-5: a quota that is in one commitment alone has one side."""
    quota = TINY.commitment.quotas[0]
    fewer = changed(TINY, slot="2026-12/9", quotas=TINY.commitment.quotas[1:])
    gone = QuotaChange(domain=quota.domain, stratum=quota.stratum, before=quota, after=None)
    assert find_since(TINY, fewer).quotas == (gone,)
    assert find_since(fewer, TINY).quotas == (replace(gone, before=None, after=quota),)


def test_what_is_not_compared() -> None:
    """SINCE-1: the same draw, and a new draw that is earlier than the old one, are refused, and it is said why."""
    with pytest.raises(InputError, match="both bundles are of the same draw"):
        find_since(TINY, TINY)
    earlier = changed(TINY, period="2026-11", slot="2026-11/1")
    with pytest.raises(InputError, match="is later than that of"):
        find_since(TINY, earlier)


def test_of_a_chain_the_first_draw_is_compared() -> None:
    """SINCE-1: a supplement stands for the first draw of its chain, which has to be in the bundle."""
    folder = DRAWS / "supplement-of-supplement"
    draws = judge(members_of(read_bundle(folder))).draws
    first = first_of(draws).commitment
    assert first.slot == json.loads((folder / "amends/amends/commitment.json").read_bytes())["slot"]
    with pytest.raises(InputError, match="is not in the bundle"):
        first_of(draws[:2])
