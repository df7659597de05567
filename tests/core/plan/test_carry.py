"""A month's plan taken over for another month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.bureau import TeamSize
from inspect_cli.core.names import MatterId, Period
from inspect_cli.core.plan.carry import TakenOver, carry_plan, rename
from inspect_cli.core.plan.draft import Registered, draft_plan
from inspect_cli.core.plan.plan import Plan, Rounding, Scope, StratumField
from tests.core.plan.builders import DICE, LABOUR, bureau, entity, matter, plan, share

JANUARY = Period("2027-01")
DAY = date(2026, 12, 31)
TEXT: dict[str, object] = {"kind": "text", "name": "witness", "at": "2026-11-30T08:30:00+08:00", "digest": "0" * 64}


def take_over(old: Plan, **change: Any) -> TakenOver:
    """Take a plan over for January, from a registry of classes A and B, and one matter."""
    values: dict[str, Any] = {
        "entities": (entity("E1"), entity("E2"), entity("E3", risk="B")),
        "matters": (matter(),),
        "source_day": DAY,
    }
    registered = Registered(**(values | change))
    return carry_plan(old, draft_plan(JANUARY, bureau(), registered), registered)


def told(found: TakenOver) -> list[str]:
    """Give what a person is told, in English."""
    return [str(one) for one in found.told]


class TestKept:
    """DRAFT-2 What stays as it was."""

    def test_values(self) -> None:
        """DRAFT-2: strata, scope, team, combine, rounding, shares and names_published are the old plan's."""
        scope, team = Scope(fields=(("zone", ("Z1",)),)), TeamSize(min=3, max=5)
        old = plan(
            name="2026年12月计划",
            strata=(StratumField.RISK_CLASS, StratumField.ZONE),
            scope=scope,
            team=team,
            combine="drawn",
            rounding=Rounding.FLOOR,
            names_published=True,
            shares=(share(stratum="*", ratio="0.005"), share(stratum="A·-", number=0, allow_zero=True)),
        )
        found = take_over(old)
        draft = found.draft
        assert (draft.period, draft.name, draft.strata, draft.scope) == (JANUARY, "2027年1月计划", old.strata, scope)
        assert (draft.team, draft.combine, draft.rounding, draft.names_published) == (
            team,
            "drawn",
            Rounding.FLOOR,
            True,
        )
        # Two companies of A without a zone, one of B: the star stands for the latter. A ratio is written as people write it.
        assert [(one.stratum, one.count, one.ratio, one.number, one.allow_zero) for one in draft.shares] == [
            ("*", 1, "0.5%", None, False),
            ("A·-", 2, None, 0, True),
        ]
        assert told(found) == []

    def test_empty_stratum(self) -> None:
        """DRAFT-2: a share of a stratum in which nobody is registered any more is left out, and told; a star never is."""
        found = take_over(plan(name="12月", shares=(share(stratum="D"), share())), entities=(entity("E1"),))
        assert [one.stratum for one in found.draft.shares] == ["*"]
        assert told(found) == ["not taken over: the share Labour D, for nobody is registered there"]

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("示例镇2026年12月双随机抽查计划", "示例镇2027年1月双随机抽查计划"),
            ("Plan 2026-12, B", "Plan 2027-01, B"),
            ("2026/12", "2027/01"),
            ("2026.12计划", "2027.01计划"),
            ("December 2026", "January 2027"),
            ("2026年度计划(12月)", "2027年度计划(1月)"),
            ("12月、2026-12", "12月、2027-01"),
            ("2026年计划", "2026年计划"),
            ("112月", "112月"),
        ],
    )
    def test_name(self, name: str, expected: str) -> None:
        """DRAFT-2: the month in a name is replaced, in whichever way it is written; what is no month stays."""
        assert rename(name, Period("2026-12"), JANUARY) == expected

    def test_name_of_one_digit(self) -> None:
        """DRAFT-2: a month of one digit is found with and without its nought, and never within another number."""
        assert rename("2027年01月", JANUARY, Period("2027-11")) == "2027年11月"
        assert rename("2027年1月", JANUARY, Period("2027-02")) == "2027年2月"
        assert rename("11月", JANUARY, Period("2027-02")) == "11月"

    def test_name_without_month(self) -> None:
        """DRAFT-5: a name that does not name its month stays, and that is told; for the same month there is nothing to tell."""
        assert told(take_over(plan(name="plan"))) == ["the plan's name does not name its month: it stays plan"]
        assert told(take_over(plan(name="plan", period=JANUARY))) == []


class TestMatters:
    """DRAFT-3 Its matters are those that are still valid."""

    def test_valid(self) -> None:
        """DRAFT-3: what lapsed is left out and told; what is new is told."""
        matters = (matter("M1"), matter("M2", valid_until=date(2027, 1, 30)), matter("M4"))
        old = plan(name="12月", matters=tuple(map(MatterId, ("M1", "M2", "M3"))))
        found = take_over(old, matters=matters)
        assert [one.id for one in found.draft.matters] == ["M1"]
        assert told(found) == [
            "not taken over, for they are not valid throughout 2027-01: M2, M3",
            "valid and not named in the old plan: M4",
        ]

    def test_all_lapsed(self) -> None:
        """DRAFT-3: an empty list stands for all that are valid, and that is told."""
        found = take_over(plan(name="12月", matters=(MatterId("M3"),)))
        assert found.draft.matters == ()
        assert told(found)[1:] == ["no matter is named any more, which stands for all that are valid"]

    def test_none_named(self) -> None:
        """DRAFT-3: a plan that named none goes on with all."""
        assert take_over(plan(name="12月")).draft.matters == ()


class TestSources:
    """DRAFT-4 Its sources are announced for the new month."""

    def sources(self, *promises: dict[str, object], **change: Any) -> list[dict[str, object]]:
        """Give the sources of a plan that was taken over."""
        return [dict(one) for one in take_over(plan(name="12月", promises=promises, **change)).draft.sources]

    def test_beacons(self) -> None:
        """DRAFT-4: a drand source keeps chain and clock time, which says its round; a pulse's number is to be looked up, and told."""
        drand = {"kind": "drand", "name": "d", "at": "2026-11-30T09:00:00+08:00", "chain": "52" * 32, "round": 7}
        nist = {"kind": "nist", "name": "n", "at": "2026-11-30T01:00:00Z", "chain": 2, "pulse": 9}
        assert self.sources(drand, nist) == [
            {"kind": "drand", "name": "d", "at": "2026-12-31T09:00:00+08:00", "chain": "52" * 32},
            {"kind": "nist", "name": "n", "at": "2026-12-31T01:00:00Z", "chain": 2},
        ]
        what = "to be filled in: the number of the pulse of n at its time; until then the plan is refused"
        assert what in told(take_over(plan(promises=(nist,))))

    def test_same_time(self) -> None:
        """DRAFT-4: kind, name, counts and clock time stay, on the day of PLAN-15; a text has no digest any more."""
        assert self.sources(TEXT, DICE) == [
            {"kind": "text", "name": "witness", "at": "2026-12-31T08:30:00+08:00"},
            {**DICE, "at": "2026-12-31T09:00:00+08:00"},
        ]

    def test_told(self) -> None:
        """DRAFT-4: that a new text is needed is told with its name."""
        (only,) = told(take_over(plan(name="12月", promises=(TEXT, DICE))))
        assert "digest of a new sealed text of witness" in only

    def test_text_is_never_later(self) -> None:
        """DRAFT-4: a text that was opened a day earlier at a later clock time is opened with the earliest other source."""
        text = {**TEXT, "at": "2026-11-27T17:00:00+08:00"}
        later = {**DICE, "name": "again", "at": "2026-11-30T10:00:00+08:00"}
        assert [one["at"][10:] for one in self.sources(text, later, DICE)] == [  # type: ignore[index]
            "T09:00:00+08:00",
            "T10:00:00+08:00",
            "T09:00:00+08:00",
        ]

    def test_offsets_are_compared(self) -> None:
        """DRAFT-4: what is earlier is told by the instant, not by the figures: half past nine at +09:00 is before nine at +08:00."""
        text = {**TEXT, "at": "2026-11-30T09:30:00+09:00"}
        assert self.sources(text, DICE)[0]["at"] == "2026-12-31T09:30:00+09:00"

    @pytest.mark.parametrize(
        ("at", "expected"),
        [("2026-11-30t09:00:00z", "T09:00:00Z"), ("2026-11-30T23:59:60+08:00", "T09:00:00+08:00")],
    )
    def test_odd_forms(self, at: str, expected: str) -> None:
        """DRAFT-4: small letters are read; an instant that no clock shows becomes nine o'clock."""
        (only,) = self.sources({**DICE, "at": at})
        assert only["at"] == f"2026-12-31{expected}"

    def test_texts_alone(self) -> None:
        """DRAFT-4: a plan of texts alone, which the file's reader refuses, is no crash."""
        (only,) = self.sources(TEXT)
        assert "digest" not in only

    def test_old_plan_is_as_it_was(self) -> None:
        """DRAFT-4: taking a plan over does not touch its sources."""
        before = dict(TEXT)
        self.sources(TEXT, DICE)
        assert before == TEXT


class TestLeftBehind:
    """DRAFT-5 What belongs to the old month is not taken along, and told."""

    def test_told(self) -> None:
        """DRAFT-5: days off and the slot's number."""
        found = take_over(plan(name="12月", days_off=(date(2026, 12, 31),), slot_number=2))
        assert told(found) == [
            "not taken over: the days off of 2026-12",
            "not taken over: the number of the slot, 2",
        ]

    def test_everything_at_once(self) -> None:
        """DRAFT-5: what was not taken over is told in one list, whatever it is."""
        old = plan(name="x", days_off=(date(2026, 12, 31),), shares=(share(LABOUR, "D"), share()))
        assert len(told(take_over(replace(old, matters=(MatterId("M9"),))))) == 5
