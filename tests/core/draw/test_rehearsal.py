"""Rehearsals: the very steps of the draw, counted up, and changes tried on what failed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from itertools import islice
from math import sqrt
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.draw.commitment import TeamRule, parse_commitment
from inspect_cli.core.draw.frame import FrozenFrame
from inspect_cli.core.draw.rehearsal.remedy import Caps, Change, Remedy, Tried, list_remedies, rank_remedies, try_remedy
from inspect_cli.core.draw.rehearsal.tally import odds_bound, tally
from inspect_cli.core.draw.rehearsal.trial import Lack, Missing, Trial, rehearsal_seeds, rehearse
from inspect_cli.core.draw.result import OpenReason, parse_result
from inspect_cli.core.draw.rows import RowRole, parse_entity_rows, parse_inspector_rows
from inspect_cli.core.names import Domain, EntityId
from tests.core.draw.builders import DAYS, SEED, commitment, domains, drawn, entity, folders, frame, inspector

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.rows import InspectorRow

EVERY = sorted({path.parent for folder in folders("draw") for path in folder.rglob("result.json")})
PLAN = sha256(b"a plan").hexdigest()
CAPS = Caps(day=2, month=20)


def trials_of(made: Commitment, lists: FrozenFrame, count: int = 20) -> tuple[Trial, ...]:
    """Rehearse a plan."""
    return tuple(rehearse(made, lists, seed) for seed in rehearsal_seeds(PLAN, count))


def lacks(people: list[InspectorRow], *needs: str, team: TeamRule | None = None) -> tuple[Lack, ...]:
    """Tell what the one visit to the one entity lacks."""
    lists = frame([entity("E01", *needs)], people)
    (left,) = rehearse(commitment(lists, team=team or TeamRule(min=2, max=4)), lists, SEED).open
    return left.lacks


class TestTrials:
    """REHEARSE-1 The seeds; REHEARSE-2 the steps of the draw."""

    def test_seeds(self) -> None:
        """REHEARSE-1: three lines, hashed, from 1 on."""
        expected = [sha256("\n".join(("rehearse", PLAN, str(k))).encode()).hexdigest() for k in (1, 2, 3)]
        assert list(rehearsal_seeds(PLAN, 3)) == expected
        assert list(islice(rehearsal_seeds(PLAN, 10), 3)) == expected

    @pytest.mark.parametrize("folder", EVERY, ids=lambda path: path.name)
    def test_real_draws(self, folder: Path) -> None:
        """REHEARSE-2: with the seed of a vector's draw the trial has the selection and the visits of its result."""
        made = parse_commitment((folder / "commitment.json").read_bytes())
        result = parse_result((folder / "result.json").read_bytes())
        lists = FrozenFrame(
            entities=parse_entity_rows((folder / "entities.jsonl").read_bytes()),
            inspectors=parse_inspector_rows((folder / "inspectors.jsonl").read_bytes()),
        )
        trial = rehearse(made, lists, result.seed)
        assert (trial.selection, trial.visits) == (result.selection, result.visits)

    @pytest.mark.parametrize("variant", range(20))
    def test_drawn(self, variant: int) -> None:
        """REHEARSE-2: so it is with draws that leave visits open, and those are what the trial says is open."""
        people = [inspector("R01", month_cap=2), inspector("R02", "health", month_cap=3), inspector("R03", month_cap=1)]
        rows = [entity(f"E{n}", *(("health", "safety") if n % 2 else ("safety",)), zone="Z") for n in range(6)]
        real = drawn(frame(rows, people), take=3, variant=variant)
        trial = rehearse(real.commitment, real.frame, real.result.seed)
        assert (trial.selection, trial.visits) == (real.result.selection, real.result.visits)
        assert [one.visit for one in trial.open] == [visit for visit in trial.visits if visit.day is None]
        assert all(one.zone == "Z" for one in trial.open)


class TestLacks:
    """REHEARSE-3 What an open visit lacks."""

    def test_skill(self) -> None:
        """REHEARSE-3: nobody is qualified for health."""
        assert lacks([inspector("R01"), inspector("R02")], "health", "safety") == (
            Lack(missing=Missing.SKILL, domain="health"),
        )

    def test_leader(self) -> None:
        """REHEARSE-3: nobody may lead."""
        people = [inspector("R01", lead=False), inspector("R02", lead=False)]
        assert lacks(people) == (Lack(missing=Missing.LEADER),)

    def test_people(self) -> None:
        """REHEARSE-3: only one is left, whatever they can do."""
        assert lacks([inspector("R01"), inspector("R02", month_cap=0)]) == (Lack(missing=Missing.PEOPLE),)

    def test_team(self) -> None:
        """REHEARSE-3: everything is there, but spread over three people, and two are the most."""
        people = [inspector("R01", "health"), inspector("R02", "labour"), inspector("R03", "safety")]
        found = lacks(people, "health", "labour", "safety", team=TeamRule(min=2, max=2))
        assert found == (Lack(missing=Missing.TEAM),)

    def test_the_nearest_day(self) -> None:
        """REHEARSE-3: on one day both are there and only health is missing, on the others health and a leader are, or people."""
        people = [
            inspector("R01", days=DAYS[:1]),
            inspector("R02", lead=False),
            inspector("R03", lead=False, days=DAYS[:2]),
        ]
        assert lacks(people, "health", "safety") == (Lack(missing=Missing.SKILL, domain="health"),)


class TestTally:
    """REHEARSE-4 Chances; REHEARSE-5 loads; REHEARSE-9 missing experts."""

    ROWS = tuple(entity(f"E{n:02}", stratum="AB"[n >= 20], zone=f"Z{n % 2}") for n in range(30))

    def test_chances_are_exact_by_stratum(self) -> None:
        """REHEARSE-4: where there is one domain, the chance of a stratum is take over size, whatever the seeds."""
        lists = frame(self.ROWS, [inspector(f"R{n}", cap=9) for n in range(4)])
        found = tally(made := commitment(lists, take=4), lists, trials_of(made, lists))
        assert [(group.name, group.entities, group.chance) for group in found.strata] == [
            ("A", 20, Fraction(4, 20)),
            ("B", 10, Fraction(4, 10)),
        ]
        assert [(group.name, group.entities, group.seeds) for group in found.zones] == [("Z0", 15, 20), ("Z1", 15, 20)]
        assert sum(group.visits for group in found.zones) == 20 * 8

    def test_chances_of_single_entities(self) -> None:
        """REHEARSE-4: each entity is drawn as often as take over size lets expect: within five standard deviations (binomial)."""
        lists = frame(self.ROWS, [inspector(f"R{n}", cap=9) for n in range(4)])
        trials = trials_of(commitment(lists, take=4), lists, 500)
        counts = Counter(one.entity for trial in trials for one in trial.selection)
        for row in self.ROWS:
            chance = 4 / 20 if row.strata == ("A",) else 4 / 10
            assert abs(counts[row.id] - 500 * chance) < 5 * sqrt(500 * chance * (1 - chance)), row.id

    def test_loads(self) -> None:
        """REHEARSE-5: every visit seats both inspectors and the expert; day by day and person by person the sums agree."""
        people = [inspector("R01", cap=9), inspector("R02", cap=9), inspector("X01", role=RowRole.EXPERT, cap=1)]
        lists = frame(self.ROWS, people)
        made = commitment(lists, take=2, team=TeamRule(min=2, max=2, expert_domains=domains("safety")))
        found = tally(made, lists, trials_of(made, lists, 8))
        assert [(one.id, one.visits.mean, one.month_cap, one.day_caps, one.cap) for one in found.people] == [
            ("R01", Fraction(4), 40, 45, 40),
            ("R02", Fraction(4), 40, 45, 40),
            ("X01", Fraction(4), 40, 5, 5),
        ]
        assert sum(visits.mean for _, visits in found.days) == 4
        assert [day for day, _ in found.days] == list(DAYS)
        spread = found.visits
        assert (spread.least, spread.median, spread.most, spread.mean) == (4, 4, 4, Fraction(4))

    def test_open(self) -> None:
        """REHEARSE-4: one of two visits a month can be made; the others are counted by reason, lack, zone and entity."""
        rows = [entity("E1", zone="Z1"), entity("E2", zone="Z1"), entity("E3", zone="Z2")]
        people = [inspector("R01", month_cap=1), inspector("R02"), inspector("R03", zones=("Z1",))]
        lists = frame(rows, [replace(one, zones=("Z1",)) for one in people])
        found = tally(made := commitment(lists), lists, trials_of(made, lists, 5))
        assert (found.seeds, len(found.failed), found.open_visits) == (5, 5, 5)
        assert found.reasons == ((OpenReason.NO_DAY, 5),)
        assert found.lacks == ((Lack(missing=Missing.PEOPLE), 5),)
        assert [(group.name, group.open) for group in found.zones] == [("Z1", 0), ("Z2", 5)]
        assert [(one.id, one.drawn, one.open) for one in found.open_entities] == [("E3", 5, 5)]

    def test_unaided(self) -> None:
        """REHEARSE-9: an expert with one visit a month leaves one of two visits that want one without; a third wants none."""
        rows = [entity("E1", "health"), entity("E2", "health"), entity("E3", "safety")]
        expert = inspector("X01", "health", role=RowRole.EXPERT, month_cap=1)
        lists = frame(rows, [inspector("R1", "health", "safety"), inspector("R2", "health", "safety"), expert])
        made = commitment(lists, team=TeamRule(min=2, max=2, expert_domains=domains("health")))
        found = tally(made, lists, trials_of(made, lists, 5))
        assert (found.unaided.least, found.unaided.most, found.open.most) == (1, 1, 0)

    def test_median(self) -> None:
        """REHEARSE-5: the median of an even number is the lower one in the middle."""
        lists = frame([entity("E1", "safety"), entity("E2", "health")], [inspector("R1"), inspector("R2")])
        found = tally(made := commitment(lists), lists, trials_of(made, lists, 4))
        assert found.open.median == found.open.least == 1

    @pytest.mark.parametrize(
        ("seeds", "bound"), [(1, Fraction(950, 1000)), (200, Fraction(15, 1000)), (10, Fraction(259, 1000))]
    )
    def test_odds(self, seeds: int, bound: Fraction) -> None:
        """REHEARSE-8: the bound is the smallest p, in tenths of a per cent, for which n seeds all succeed with a chance of 5 % at most."""
        assert odds_bound(seeds) == bound
        assert (1 - bound) ** seeds <= Fraction(5, 100) + Fraction(1, 10**9)
        assert (1 - bound + Fraction(1, 1000)) ** seeds > Fraction(5, 100)


class TestRemedies:
    """REHEARSE-6 How changes are compared; REHEARSE-7 what is tried."""

    @staticmethod
    def remedies(lists: FrozenFrame, *names: str, **others: Any) -> dict[tuple[Change, str], Remedy]:
        """Give what is tried by change and detail."""
        found = list_remedies(commitment(lists, **others), lists, domains(*names), CAPS)
        return {(one.change, one.detail): one for one in found}

    def mended(self, lists: FrozenFrame, *names: str, **others: Any) -> list[tuple[Change, str]]:
        """Name the changes that leave nothing open on any of twenty seeds, best first."""
        trials = trials_of(commitment(lists, **others), lists)
        failed = [(trial.seed, len(trial.open)) for trial in trials]
        tried = rank_remedies(try_remedy(one, failed) for one in self.remedies(lists, *names, **others).values())
        return [(one.change, one.detail) for one in tried if one.mended == one.seeds]

    def test_one_more_officer(self) -> None:
        """REHEARSE-7: nobody knows health: only somebody who does helps, whether they may lead or not."""
        lists = frame([entity("E01", "health", "safety")], [inspector("R01"), inspector("R02")])
        assert self.mended(lists, "health", "safety") == [(Change.OFFICER, "health")]

    def test_one_who_may_lead(self) -> None:
        """REHEARSE-7: nobody may lead: of two newcomers the one who may is told."""
        lists = frame([entity()], [inspector("R01", lead=False), inspector("R02", lead=False)])
        assert self.mended(lists, "safety") == [(Change.LEADER, "safety")]

    def test_caps(self) -> None:
        """REHEARSE-7: three visits, and everybody has room for two: two more a month mend it, and so does one more person for each."""
        lists = frame([entity(f"E{n}") for n in range(3)], [inspector(f"R{n}", month_cap=1) for n in range(4)])
        assert (Change.MONTH_CAP, "") in self.mended(lists, "safety")
        lists = frame([entity(f"E{n}") for n in range(3)], [inspector(f"R{n}", cap=1, days=DAYS[:2]) for n in range(2)])
        assert (Change.DAY_CAP, "") in self.mended(lists, "safety", team=TeamRule(min=2, max=2))

    def test_zones(self) -> None:
        """REHEARSE-7: two people of another zone could go; where nobody has zones, that is not tried."""
        lists = frame([entity(zone="Z1")], [inspector("R01", zones=("Z2",)), inspector("R02", zones=("Z2",))])
        assert self.mended(lists, "safety") == [(Change.ANY_ZONE, "")]
        assert (Change.ANY_ZONE, "") not in self.remedies(frame(), "safety")

    def test_larger_team(self) -> None:
        """REHEARSE-7: three skills of three people fit a team of three; of six nobody makes seven."""
        people = [inspector("R01", "health"), inspector("R02", "labour"), inspector("R03", "safety")]
        lists = frame([entity("E01", "health", "labour", "safety")], people)
        assert self.mended(lists, team=TeamRule(min=2, max=2)) == [(Change.LARGER_TEAM, "3")]
        assert not any(change is Change.LARGER_TEAM for change, _ in self.remedies(lists, team=TeamRule(min=2, max=6)))

    def test_a_newcomer_is_somebody_new(self) -> None:
        """REHEARSE-7: whoever has the newcomer's id already keeps it; the newcomer goes anywhere, on all days, with the bureau's caps."""
        remedy = self.remedies(frame(inspectors=[inspector("newcomer"), inspector("R02")]), "health")[
            Change.OFFICER, "health"
        ]
        row = remedy.frame.inspectors[-1]
        assert (row.id, row.skills, row.lead, row.zones, row.barred) == (
            "newcomer+",
            (Domain("health"),),
            False,
            None,
            (),
        )
        assert (row.month_cap, row.days) == (20, tuple((day, 2) for day in DAYS))

    def test_order(self) -> None:
        """REHEARSE-6: what mends more comes first, then what leaves fewer open; what helps nothing, or a leader in vain, is not told."""

        def one(change: Change, detail: str, mended: int, after: int) -> Tried:
            return Tried(change=change, detail=detail, seeds=9, mended=mended, before=20, after=after)

        told = [one(Change.DAY_CAP, "", 9, 0), one(Change.LEADER, "b", 5, 3), one(Change.OFFICER, "a", 4, 7)]
        told += [one(Change.OFFICER, "b", 4, 8)]
        left = [one(Change.LEADER, "a", 4, 7), one(Change.MONTH_CAP, "", 0, 20)]
        assert rank_remedies([*left, *reversed(told)]) == tuple(told)

    def test_bars_stay(self) -> None:
        """REHEARSE-6: a change keeps recusals: nobody is seated where they are barred, however many visits they have."""
        lists = frame(inspectors=[inspector("R01", barred=(EntityId("E01"),)), inspector("R02", month_cap=0)])
        remedy = self.remedies(lists, "safety")[Change.MONTH_CAP, ""]
        assert try_remedy(remedy, [(SEED, 1)]).after == 1
