"""Shortages that are proved: never wrongly, and found where they must be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.bureau import TeamSize, new_bureau
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.plan.frame.roster import RosterDay, RosterRole, RosterRow
from inspect_cli.core.plan.shortage.hall import prove_shortages
from inspect_cli.core.plan.shortage.proof import Shortage, Want
from inspect_cli.core.plan.shortage.smallest_team import count_cover, smallest_team
from inspect_cli.core.plan.shortage.unstaffable import Cause
from inspect_cli.core.plan.shortage.words import tell_shortage
from inspect_cli.core.plan.shortage.workforce import most_visits
from inspect_cli.language import settle, translate
from tests.core.plan.builders import DAYS, HEALTH, LABOUR, SAFETY, plan
from tests.core.plan.random_frames import Planned, random_plan, seed_of, small_frame, visits_of

if TYPE_CHECKING:
    from inspect_cli.core.names import Domain

Row = tuple[tuple["Domain", ...], str | None]
"""The domains and the zone of an entity."""
TWO_DAYS = DAYS[:2]
BUREAU = new_bureau("Bureau", "B")


def person(name: str, *skills: Domain, cap: int = 9, **change: Any) -> RosterRow:
    """Build an inspector who may lead, goes anywhere and works on both days; labour alone by default."""
    row = RosterRow(
        id=InspectorId(name),
        role=RosterRole.INSPECTOR,
        lead=True,
        skills=tuple(sorted(skills or (LABOUR,))),
        days=tuple(RosterDay(day=day, cap=cap) for day in TWO_DAYS),
        month_cap=20,
        zones=(),
        barred=(),
    )
    return replace(row, **change)


def planned(rows: list[Row], people: list[RosterRow], **change: Any) -> Planned:
    """Plan to visit every entity; each is given by its domains and zone."""
    team = change.pop("team", TeamSize())
    take = change.pop("take", None)
    frame = small_frame([(domains, ("A",) * len(domains)) for domains, _ in rows], lambda _: take or 0)
    entities = tuple(replace(one, zone=zone) for one, (_, zone) in zip(frame.entities, rows, strict=True))
    if take is None:
        quotas = tuple(replace(quota, take=quota.size) for quota in frame.quotas)
        frame = replace(frame, quotas=quotas)
    return Planned(
        plan=plan(team=team, **change),
        frame=replace(frame, entities=entities, roster=tuple(sorted(people, key=lambda one: one.id))),
    )


def proofs(given: Planned) -> tuple[Shortage, ...]:
    """Prove, and see that no seed of thirty leaves nothing open where something was proved."""
    found = prove_shortages(given.plan, given.frame)
    if found:
        assert all(is_open(given, number) for number in range(30))
    return found


def is_open(given: Planned, number: int) -> bool:
    """Say whether a seed leaves a visit open."""
    return any(visit.day is None for visit in visits_of(given, seed_of(number)))


class TestNeverWrong:
    """SHORTAGE-8 to SHORTAGE-11 What is proved holds for every seed."""

    def test_random_plans(self) -> None:
        """SHORTAGE-8: of a hundred tight plans, all those with a proof leave a visit open with each of thirty seeds; many have one."""
        count = sum(bool(proofs(random_plan(f"p{number}"))) for number in range(100))
        assert 50 < count < 90

    @pytest.mark.untraced
    def test_most_of_what_cannot_be_is_found(self) -> None:
        """SHORTAGE-9: of the plans that no seed of thirty can staff, at least nine in ten are proved to be so."""
        never = [given for given in map(random_plan, map(str, range(40))) if all(is_open(given, n) for n in range(30))]
        proved = sum(bool(prove_shortages(given.plan, given.frame)) for given in never)
        assert len(never) > 15
        assert proved >= 0.9 * len(never)

    def test_a_roomy_plan(self) -> None:
        """SHORTAGE-8: where there is room for all, nothing is proved."""
        assert proofs(planned([((LABOUR,), None)] * 4, [person("R1"), person("R2"), person("R3")])) == ()


class TestFound:
    """SHORTAGE-8 Each kind of shortage is found in the place where it was made."""

    def test_seats(self) -> None:
        """SHORTAGE-7: five visits of two want ten seats; two people have nine, though many others go elsewhere."""
        people = [person("R1", month_cap=4, zones=("Z1",)), person("R2", month_cap=5, zones=("Z1",))]
        rows: list[Row] = [*[((LABOUR,), "Z1")] * 5, ((LABOUR,), "Z2")]
        (found,) = proofs(planned(rows, [*people, *(person(f"S{n}", zones=("Z2",)) for n in range(5))]))
        assert (found.want, found.people, found.zones) == (Want.INSPECTOR, ("R1", "R2"), ("Z1",))
        assert (found.visits.count, found.wanted, found.seats, found.lacking) == (5, 10, 9, 1)

    def test_nobody_sits_twice(self) -> None:
        """SHORTAGE-7: five visits of two, one person with room for nine and one for one: six seats, for nobody sits twice at a visit."""
        (found,) = proofs(planned([((LABOUR,), None)] * 5, [person("R1", month_cap=9), person("R2", month_cap=1)]))
        assert (found.want, found.wanted, found.seats) == (Want.INSPECTOR, 10, 6)

    def test_skill(self) -> None:
        """SHORTAGE-8: three health visits in two zones, one person for health with two seats; the expert does not count."""
        rows: list[Row] = [((HEALTH,), "Z1"), ((HEALTH,), "Z2"), ((HEALTH,), "Z2")]
        people = [person("R1", HEALTH, month_cap=2), *(person(f"S{n}") for n in range(3))]
        given = planned([*rows, ((LABOUR,), "Z3")], [*people, person("X1", HEALTH, role=RosterRole.EXPERT)])
        (found,) = proofs(given)
        assert (found.want, found.domains, found.people) == (Want.SKILL, (HEALTH,), ("R1",))
        assert (found.zones, found.wanted, found.seats) == (("Z1", "Z2"), 3, 2)

    @pytest.mark.parametrize("combine", ["applicable", "drawn"])
    def test_two_skills_of_the_same_people(self, combine: str) -> None:
        """SHORTAGE-9: health and safety have three seats each, but they are the same three."""
        rows: list[Row] = [*[((HEALTH,), None)] * 2, *[((SAFETY,), None)] * 2]
        people = [person("R1", HEALTH, SAFETY, month_cap=3), *(person(f"S{n}") for n in range(3))]
        (found,) = proofs(planned(rows, people, combine=combine))
        assert (found.domains, found.wanted, found.seats) == ((HEALTH, SAFETY), 4, 3)

    def test_skills_of_several_people(self) -> None:
        """SHORTAGE-8: each visit wants two people for health and safety where nobody has both: three visits, six seats, four there."""
        people = [person("R1", HEALTH, month_cap=2), person("R2", SAFETY, month_cap=2), person("R3", month_cap=9)]
        rows: list[Row] = [((HEALTH, SAFETY), None)] * 3
        found = proofs(planned(rows, people, team=TeamSize(min=1, max=4)))
        assert (Want.SKILL, (HEALTH, SAFETY), 6, 4) in [(o.want, o.domains, o.wanted, o.seats) for o in found]

    def test_larger_teams(self) -> None:
        """SHORTAGE-8: two visits want three people each, two others two each: ten seats, and there are nine; skills alone suffice."""
        people = [
            person("R1", HEALTH, month_cap=4),
            person("R2", LABOUR, month_cap=2),
            person("R3", SAFETY, month_cap=2),
        ]
        rows: list[Row] = [((HEALTH, LABOUR, SAFETY), None), ((HEALTH, LABOUR, SAFETY), None)]
        rows += [((HEALTH,), None), ((HEALTH,), None)]
        (found,) = proofs(planned(rows, [*people, replace(person("R4", month_cap=1), skills=())]))
        assert (found.want, found.visits.count, found.wanted, found.seats) == (Want.INSPECTOR, 4, 10, 9)

    def test_leader(self) -> None:
        """SHORTAGE-8: two visits, and whoever may lead has one left."""
        people = [person("R1", month_cap=1), person("R2", lead=False), person("R3", lead=False)]
        (found,) = proofs(planned([((LABOUR,), None)] * 2, people))
        assert (found.want, found.people, found.wanted, found.seats) == (Want.LEADER, ("R1",), 2, 1)

    @pytest.mark.parametrize("combine", ["applicable", "drawn"])
    def test_days(self, combine: str) -> None:
        """SHORTAGE-10: on the first day only one team fits, on the second nobody for health: two visits have room for one."""
        first, second = TWO_DAYS
        one_day: dict[str, Any] = {"days": (RosterDay(day=first, cap=1),)}
        people = [person("R1", HEALTH, month_cap=9, **one_day), person("R2", **one_day)]
        people += [person(f"S{n}", days=(RosterDay(day=second, cap=5),)) for n in range(2)]
        doctor = person("R3", HEALTH, lead=False, days=(RosterDay(day=first, cap=9),))
        given = planned([((HEALTH,), None)] * 3, [*people, doctor], combine=combine)
        (found,) = proofs(given)
        assert (found.want, found.wanted, found.seats) == (Want.DAY, 3, 2)
        assert found.by_day == ((first, 2), (second, 0))

    def test_days_of_an_entity(self) -> None:
        """SHORTAGE-7: two entities can be visited on the first day only, on which two people have one visit each."""
        given = planned([((LABOUR,), None)] * 3, [person("R1", cap=1), person("R2", cap=1), person("R3", cap=1)])
        days = (*((TWO_DAYS[0],) for _ in range(2)), None)
        entities = tuple(replace(one, days=only) for one, only in zip(given.frame.entities, days, strict=True))
        found = proofs(replace(given, frame=replace(given.frame, entities=entities)))
        assert (found[0].want, found[0].days, found[0].wanted, found[0].seats) == (
            Want.INSPECTOR,
            (TWO_DAYS[0],),
            4,
            3,
        )

    def test_many_units(self) -> None:
        """SHORTAGE-9: among eight zones with people of their own, two whose people are the same three have too few."""
        people = [person(f"R{n}{k}", zones=(f"Z{n}",)) for n in range(7) for k in range(2)]
        people += [person("T1", month_cap=1, zones=("Y1", "Y2")), person("T2", month_cap=1, zones=("Y1", "Y2"))]
        people += [person("T3", month_cap=1, zones=("Y1",))]
        rows: list[Row] = [((LABOUR,), f"Z{n}") for n in range(7)]
        (found,) = proofs(planned([*rows, ((LABOUR,), "Y1"), ((LABOUR,), "Y2")], people))
        assert (found.zones, found.people, found.wanted, found.seats) == (("Y1", "Y2"), ("T1", "T2", "T3"), 4, 3)

    def test_the_smallest_is_told(self) -> None:
        """SHORTAGE-12: the whole plan lacks no more than its zone, and is not told again."""
        people = [person("R1", month_cap=1, zones=("Z1",)), person("R2", month_cap=1, zones=("Z1",))]
        rows: list[Row] = [*[((LABOUR,), "Z1")] * 2, *[((LABOUR,), "Z2")] * 2]
        (found,) = proofs(planned(rows, [*people, person("S1", zones=("Z2",)), person("S2", zones=("Z2",))]))
        assert found.zones == ("Z1",)

    def test_the_same_again_of_more_people(self) -> None:
        """SHORTAGE-13: three zones that lack seats alike for nearly the same people are one shortage."""
        people = [person(f"R{n}", month_cap=1) for n in range(6)]
        people += [person(f"S{n}", month_cap=1, zones=(f"Z{n}",)) for n in range(3)]
        rows: list[Row] = [((LABOUR,), f"Z{n}") for n in range(3) for _ in range(6)]
        (found,) = [one for one in proofs(planned(rows, people)) if one.want is Want.INSPECTOR]
        assert (found.zones, found.wanted, found.seats) == ((), 36, 9)


class TestUnstaffable:
    """SHORTAGE-11 Entities that no team can visit."""

    ROWS: list[Row] = [((LABOUR,), "Z1"), ((LABOUR,), "Z1")]  # noqa: RUF012 - never changed

    @pytest.mark.parametrize(
        ("people", "cause"),
        [
            ([person("R1"), person("R2", barred=(EntityId("E00"),))], Cause.FEW),
            (
                [person("R1", barred=(EntityId("E00"),)), person("R2", SAFETY), person("R3", SAFETY)],
                Cause.SKILL,
            ),
            (
                [person("R1", barred=(EntityId("E00"),)), person("R2", lead=False), person("R3", lead=False)],
                Cause.LEADER,
            ),
        ],
    )
    def test_bars(self, people: list[RosterRow], cause: Cause) -> None:
        """SHORTAGE-11: one company is taken for certain, and those who could go there are barred from it."""
        (found,) = proofs(planned(self.ROWS, people))
        assert (found.want, found.wanted, found.seats) == (Want.TEAM, 1, 0)
        assert [(one.entity, one.cause) for one in found.obstacles] == [("E00", cause)]

    @pytest.mark.parametrize(("combine", "is_short"), [("applicable", True), ("drawn", False)])
    def test_too_large(self, combine: str, is_short: bool) -> None:
        """SHORTAGE-11: three skills of three people, and two are the most; what is drawn for one domain alone needs one skill."""
        people = [person("R1", HEALTH), person("R2", LABOUR), person("R3", SAFETY)]
        given = planned(
            [((HEALTH, LABOUR, SAFETY), None)], people, combine=combine, team=TeamSize(min=2, max=2), take=1
        )
        found = prove_shortages(given.plan, given.frame)
        assert [one.obstacles[0].cause for one in found if one.want is Want.TEAM] == [Cause.LARGE] * is_short

    def test_never_the_same_day(self) -> None:
        """SHORTAGE-11: the one who may lead works on the first day, the other on the second."""
        people = [
            person("R1", days=(RosterDay(day=TWO_DAYS[0], cap=1),)),
            person("R2", days=(RosterDay(day=TWO_DAYS[1], cap=1),)),
        ]
        found = proofs(planned(self.ROWS[:1], people))
        assert [one.obstacles[0].cause for one in found if one.want is Want.TEAM] == [Cause.DAY]

    def test_not_certain(self) -> None:
        """SHORTAGE-11: what may as well not be drawn is no proof."""
        people = [person("R1"), person("R2", barred=(EntityId("E00"),))]
        assert prove_shortages((given := planned(self.ROWS, people, take=1)).plan, given.frame) == ()

    def test_drawn_for_one_domain(self) -> None:
        """SHORTAGE-11: where only what was drawn for is checked, each domain is asked for alone."""
        people = [person("R1", LABOUR), person("R2", LABOUR), person("R3", SAFETY, barred=(EntityId("E00"),))]
        given = planned([((LABOUR, SAFETY), None), ((SAFETY,), None)], people, combine="drawn")
        (found,) = proofs(given)
        assert (found.want, found.domains) == (Want.TEAM, (SAFETY,))
        assert [(one.entity, one.cause, one.domains) for one in found.obstacles] == [("E00", Cause.SKILL, (SAFETY,))]


class TestTeams:
    """SHORTAGE-5 The smallest team; SHORTAGE-7 the most visits."""

    @pytest.mark.parametrize(
        ("need", "people", "size"),
        [
            (0b0, [(0, True)], None),
            (0b0, [(0, True), (0, False)], 2),
            (0b11, [(0b11, True), (0, False)], 2),
            (0b11, [(0b01, True), (0b10, False)], 2),
            (0b11, [(0, True), (0b01, False), (0b10, False)], 3),
            (0b11, [(0b01, False), (0b10, False)], None),
            (0b111, [(0, True), (0b001, False), (0b010, False), (0b100, False)], None),
        ],
    )
    def test_size(self, need: int, people: list[tuple[int, bool]], size: int | None) -> None:
        """SHORTAGE-5: from two to three, with somebody who may lead, and every skill."""
        assert smallest_team(need, people, TeamSize(min=2, max=3)) == size

    def test_very_many_domains(self) -> None:
        """SHORTAGE-5: of more domains than can be searched, nobody is said to need more than one person."""
        assert count_cover((1 << 13) - 1, [0], 1) == 1

    @pytest.mark.parametrize(("caps", "each", "most"), [([], 1, 0), ([9, 1], 2, 1), ([2, 2, 2], 2, 3), ([5, 3], 1, 8)])
    def test_most(self, caps: list[int], each: int, most: int) -> None:
        """SHORTAGE-7: nobody sits twice at a visit."""
        assert most_visits(caps, each) == most


class TestWords:
    """SHORTAGE-8 A proof in words that a person can check."""

    @staticmethod
    def told(given: Planned) -> list[str]:
        """Put the proofs of a plan into words."""
        settle("en")
        return [translate(tell_shortage(one, given.plan.team, BUREAU.domain_term).what) for one in proofs(given)]

    def test_skill(self) -> None:
        """The visits, the skill, the people and their seats, and why so many are certain."""
        people = [person("R1", HEALTH, month_cap=1), *(person(f"S{n}") for n in range(3))]
        given = planned([((HEALTH,), "Z1"), ((HEALTH,), "Z1"), ((LABOUR,), None)], people)
        (told,) = self.told(given)
        assert told == (
            "at least 2 visits in the zones Z1 want 2 seats of somebody qualified for Health, and only R1 could take them "
            "(1 in all), with 1 seats left (certain are 2 visits: Health A: 2 of 2 are drawn)"
        )

    def test_nobody(self) -> None:
        """Where there is nobody, that is what is said."""
        (told,) = self.told(planned([((HEALTH,), None)], [person("R1"), person("R2")]))
        assert "and there is nobody for them (certain are 1 visits" in told

    def test_saved(self) -> None:
        """What visits for several domains may save is reckoned: two for labour and two for safety are three visits."""
        rows: list[Row] = [((LABOUR,), None), ((LABOUR, SAFETY), None), ((SAFETY,), None)]
        people = [person("R1", LABOUR, SAFETY, month_cap=2), person("R2", LABOUR, SAFETY, month_cap=2)]
        (told,) = self.told(planned(rows, people))
        assert told.endswith(
            "(certain are 3 visits: Labour A: 2 of 2 are drawn, Safety A: 2 of 2 are drawn; less 1, for some can be drawn "
            "for several of these at once)"
        )

    def test_part_of_a_stratum(self) -> None:
        """Of three drawn from four, three of them in the zone, two are there for certain."""
        rows: list[Row] = [*[((LABOUR,), "Z1")] * 3, ((LABOUR,), "Z2")]
        people = [person(f"R{n}", month_cap=1, zones=("Z1",)) for n in range(2)]
        people += [person(f"S{n}", zones=("Z2",)) for n in range(2)]
        (told,) = self.told(planned(rows, people, take=3))
        assert "Labour A: 3 of 4 are drawn and 3 of them are there, so at least 2" in told
        assert "4 seats of inspectors" in told
        assert "in the zones Z1" in told

    def test_many_strata_by_domain(self) -> None:
        """Five strata are reckoned together."""
        frame = small_frame([((LABOUR,), (stratum,)) for stratum in "ABCDE"], lambda _: 1)
        given = Planned(
            plan=plan(team=TeamSize()), frame=replace(frame, roster=(person("R1"), person("R2", lead=False)))
        )
        given = replace(given, frame=replace(given.frame, roster=(person("R1", month_cap=4), person("R2"))))
        (told,) = self.told(given)
        assert "Labour: 5 of 5 are drawn" in told

    @pytest.mark.parametrize(("combine", "which"), [("applicable", ""), ("drawn", " that want Health")])
    def test_days(self, combine: str, which: str) -> None:
        """What each day seats is listed: the first one has two who may lead, the second nobody for health."""
        one_day: dict[str, Any] = {"days": (RosterDay(day=TWO_DAYS[0], cap=1),)}
        people = [person("R1", HEALTH, **one_day), person("R2", HEALTH, **one_day)]
        people += [person(f"S{n}", days=(RosterDay(day=TWO_DAYS[1], cap=5),)) for n in range(2)]
        doctor = person("R3", HEALTH, lead=False, days=(RosterDay(day=TWO_DAYS[0], cap=9),))
        told = self.told(planned([((HEALTH,), None)] * 3, [*people, doctor], combine=combine))
        days = f"in all zones{which} cannot be made on these days, which seat 2 of them at most: 2026-12-01 2, 2026-12-02 0 (certain are 3"
        assert any(days in one for one in told)

    def test_days_of_entities(self) -> None:
        """The only days of some visits are named, and so is who may lead."""
        given = planned([((LABOUR,), None)] * 2, [person("R1", cap=1), person("R2", cap=5, lead=False)])
        entities = tuple(replace(one, days=(TWO_DAYS[0],)) for one in given.frame.entities)
        given = replace(given, frame=replace(given.frame, entities=entities))
        assert any(
            one.startswith(
                "at least 2 visits in all zones that can be made on 2026-12-01 only want 2 seats of somebody who may lead"
            )
            for one in self.told(given)
        )

    def test_many_people(self) -> None:
        """Of more than twenty people the first twenty are named."""
        people = [person(f"R{n:02}", month_cap=1) for n in range(23)]
        (told,) = self.told(planned([((LABOUR,), None)] * 12, people))
        assert "R19, and 3 more could take them (23 in all), with 23 seats left" in told

    @pytest.mark.parametrize(
        ("people", "words"),
        [
            (
                [person("R1", HEALTH), person("R2", LABOUR), person("R3", SAFETY)],
                "more than 2 people would be needed for all skills",
            ),
            (
                [
                    person("R1", HEALTH, LABOUR, SAFETY, days=(RosterDay(day=TWO_DAYS[0], cap=1),)),
                    person("R2", days=(RosterDay(day=TWO_DAYS[1], cap=1),)),
                ],
                "those who are needed are never at work on the same day",
            ),
        ],
    )
    def test_obstacles_of_teams(self, people: list[RosterRow], words: str) -> None:
        """A company with three domains has no team: too many would have to go, or they never meet."""
        told = self.told(planned([((HEALTH, LABOUR, SAFETY), None)], people, team=TeamSize(min=2, max=2)))
        assert any(f"have no team on any day: E00: {words}" in one for one in told)

    @pytest.mark.parametrize(
        ("people", "words"),
        [
            ([person("R1"), person("R2", barred=(EntityId("E00"),))], "fewer than 2 people may go there"),
            (
                [person("R1", barred=(EntityId("E00"),)), person("R2", SAFETY), person("R3", SAFETY)],
                "nobody who may go there is qualified for Labour",
            ),
            (
                [person("R1", barred=(EntityId("E00"),)), person("R2", lead=False), person("R3", lead=False)],
                "nobody who may go there may lead",
            ),
        ],
    )
    def test_obstacles(self, people: list[RosterRow], words: str) -> None:
        """Each entity without a team is named with the reason."""
        (told,) = self.told(planned(TestUnstaffable.ROWS, people))
        assert f"have no team on any day: E00: {words}" in told
