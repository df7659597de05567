"""A month's plan: read strictly, written as a first plan that reads back."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.bureau import TeamSize, new_bureau
from inspect_cli.core.names import Domain, EntityId, MatterId, Period
from inspect_cli.core.plan.draft import Registered, draft_plan
from inspect_cli.core.plan.plan import Rounding, Scope, Share, StratumField
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.matter import Matter
from inspect_cli.errors import InputError, Message
from inspect_cli.files.config import read_bureau
from inspect_cli.files.plan_file import find_strata, parse_plan, read_plan
from inspect_cli.files.plan_template import render_plan
from inspect_cli.language import settle, translate
from inspect_cli.resources import fixtures

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.plan.plan import Plan

BUREAU = new_bureau("示例局", "示")
LABOUR, SAFETY = Domain("labour"), Domain("safety")
DICE = """[[source]]
kind = "dice"
name = "dice"
at = "2026-11-30T09:00:00+08:00"
count = 20
sides = 10
"""
TEXT = f"""[[source]]
kind = "text"
name = "witness"
at = "2026-11-30T09:00:00+08:00"
digest = "{"0" * 64}"
"""
HEAD = 'period = "2026-12"\nname = "December"\n'
SHARE = '[[share]]\ndomain = "labour"\nratio = "5%"\n'
PLAIN = HEAD + SHARE + DICE


def parse(text: str) -> Plan:
    """Parse a plan for the four usual domains."""
    return parse_plan(text.encode(), "plan.toml", BUREAU)


def mistakes_of(text: str) -> dict[str, str]:
    """Tell the mistakes of a plan by key."""
    with pytest.raises(InputError) as caught:
        parse(text)
    return {str(mistake.where.column): str(mistake.what) for mistake in caught.value.mistakes}


class TestRead:
    """PLAN-1 A plan names its period, its domains' shares by stratum, and its promised sources."""

    def test_least(self) -> None:
        """PLAN-1: period, name, one share and one source are enough; the rest is as the settings and the rules say."""
        plan = parse(PLAIN)
        assert (plan.period, plan.name, plan.slot_number, plan.text) == (
            Period("2026-12"),
            "December",
            None,
            PLAIN.encode(),
        )
        assert (plan.combine, plan.rounding, plan.strata) == ("applicable", Rounding.CEIL, (StratumField.RISK_CLASS,))
        assert (plan.scope, plan.team, plan.matters, plan.days_off) == (Scope(), BUREAU.team, (), ())
        assert plan.shares == (Share(domain=LABOUR, stratum="*", ratio="0.05"),)
        assert plan.promises == (
            {"kind": "dice", "name": "dice", "at": "2026-11-30T09:00:00+08:00", "count": 20, "sides": 10},
        )
        assert not plan.names_published

    def test_everything(self) -> None:
        """PLAN-1: every key that there is."""
        plan = parse(
            HEAD
            + 'slot_number = 2\ncombine = "drawn"\nrounding = "half-up"\nstrata = ["zone", "risk_class"]\n'
            + 'matters = ["M2", "M1"]\ndays_off = ["2026-12-31", 2026-12-30]\nnames_published = true\n'
            + '[scope]\nindustry = ["C13", "C14"]\nzone = ["Z1"]\n'
            + '[team]\nmin = 3\nmax = 5\nexpert_domains = ["safety", "labour"]\n'
            + '[[share]]\ndomain = "safety"\nstratum = "Z1·A"\nnumber = 3\nallow_zero = true\n'
            + SHARE
            + TEXT
            + '[[source]]\nkind = "lottery"\nname = "双色球"\nat = 2026-11-30T21:15:00+08:00\ngroups = ["红球", "蓝球"]\n'
        )
        assert (plan.slot_number, plan.combine, plan.rounding) == (2, "drawn", Rounding.HALF_UP)
        assert plan.strata == (StratumField.ZONE, StratumField.RISK_CLASS)
        assert plan.matters == (MatterId("M2"), MatterId("M1"))
        assert plan.days_off == (date(2026, 12, 30), date(2026, 12, 31))
        assert plan.scope == Scope(fields=(("zone", ("Z1",)), ("industry", ("C13", "C14"))))
        assert plan.team == TeamSize(min=3, max=5, expert_domains=(LABOUR, SAFETY))
        assert plan.shares[0] == Share(domain=SAFETY, stratum="Z1·A", number=3, allow_zero=True)
        assert [promise["kind"] for promise in plan.promises] == ["text", "lottery"]
        assert plan.promises[1]["at"] == "2026-11-30T21:15:00+08:00"
        assert plan.promises[1]["groups"] == ("红球", "蓝球")
        assert plan.names_published

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    def test_encodings(self, encoding: str) -> None:
        """PLAN-1: a plan is read in whatever encoding an editor left it, and its text is kept as it was."""
        data = PLAIN.replace("December", "十二月").replace("\n", "\r\n").encode(encoding)
        plan = parse_plan(data, "plan.toml", BUREAU)
        assert (plan.name, plan.text) == ("十二月", data)

    @pytest.mark.parametrize(
        ("written", "ratio"), [("0.05", "0.05"), ("1.0", "1"), ("1", "1"), ("0.100", "0.1"), ("1e-3", "0.001")]
    )
    def test_ratio_without_quotes(self, written: str, ratio: str) -> None:
        """PLAN-1: a decimal that somebody wrote without quotes is the decimal that was written."""
        assert parse(PLAIN.replace('"5%"', written)).shares[0].ratio == ratio

    def test_team_follows_settings(self) -> None:
        """PLAN-1: a plan that raises the smallest team above the settings' largest raises that too."""
        assert parse(PLAIN + "[team]\nmin = 5\n").team == TeamSize(min=5, max=5)


QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
FASTNET = "dbd506d6ef76e5f386f41c651dcb808c5bcbd75471cc4eafa3f4df7ad4e4c493"


def beacon(**keys: object) -> str:
    """Write a plan whose only source is a beacon: texts in quotes, numbers and TOML's own times as they stand."""
    lines = [f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in keys.items()]
    return HEAD + SHARE + "\n".join(("[[source]]", *lines, ""))


class TestBeacons:
    """DRAND-1, DRAND-4, NIST-7: a plan names a drand round by its time, and no pulse that nobody could check."""

    # 2026-11-30 01:00 UTC is Unix time 1796000400, and (1796000400 - 1692803367) / 3 + 1 = 34399012.
    @pytest.mark.parametrize(
        ("at", "kept", "number"),
        [
            ("2026-11-30T09:00:00+08:00", "2026-11-30T09:00:00+08:00", 34399012),
            ("2026-11-30T09:00+08:00", "2026-11-30T09:00:00+08:00", 34399012),
            ("2026-11-30T01:00:00Z", "2026-11-30T01:00:00+00:00", 34399012),
            ("2026-11-30T09:00:01+08:00", "2026-11-30T09:00:03+08:00", 34399013),
            ("2026-11-30T23:59:59+08:00", "2026-12-01T00:00:00+08:00", 34417012),
            ("2026-11-30T09:00:00.5+08:00", "2026-11-30T09:00:03+08:00", 34399013),
        ],
    )
    def test_the_first_round_at_or_after_a_time(self, at: str, kept: str, number: int) -> None:
        """DRAND-4: the time stands for the first round from then on, and at becomes its instant."""
        expected = {"kind": "drand", "name": "d", "at": kept, "chain": QUICKNET, "round": number}
        assert parse(beacon(kind="drand", name="d", at=at)).promises == (expected,)
        again = beacon(kind="drand", name="d", at=at, chain=QUICKNET)
        assert parse(again).promises == (expected,)
        assert parse(beacon(**expected)).promises == (expected,)

    @pytest.mark.parametrize(
        ("keys", "key", "what"),
        [
            ({"at": "2026-11-30T09:00"}, "at", "is not a time with its offset"),
            ({"at": "2026-11-30"}, "at", "is not a time with its offset"),
            ({"at": "tomorrow"}, "at", "is not a time with its offset"),
            ({"at": "9999-12-31T23:59:59-23:59"}, "at", "lies beyond the calendar"),
            ({"at": "9999-12-31T23:59:59+00:00"}, "at", "lies beyond the calendar"),
            ({"at": "9999-12-31T23:59:59+08:00"}, "at", "lies beyond the calendar"),
            ({"chain": "0" * 64}, "chain", "is not known here"),
            ({"chain": "quicknet"}, "chain", "this is not a SHA-256 digest"),
            ({"chain": FASTNET}, "chain", "fastnet was switched off on 2024-11-06"),
            ({"round": 34399013}, "round", "is not the instant of that round"),
            ({"round": 1 << 70}, "round", "is not the instant of that round"),
            ({"round": 0}, "round", "0 is out of range"),
            ({"pulse": 1}, "pulse", "this key is not known here"),
        ],
    )
    def test_a_round_that_is_none(self, keys: dict[str, object], key: str, what: str) -> None:
        """DRAND-1, DRAND-4: no time, an unknown or a retired network, and a round of another time are told at their key."""
        text = beacon(**({"kind": "drand", "name": "d", "at": "2026-11-30T09:00:00+08:00"} | keys))
        found = mistakes_of(text)
        assert list(found) == [f"source[1].{key}"]
        assert what in found[f"source[1].{key}"]

    def test_a_pulse_that_could_be_checked(self) -> None:
        """NIST-7: a pulse at whose time a pinned certificate is valid is promised as it stands."""
        keys = {"kind": "nist", "name": "n", "at": "2018-08-30T17:44:00Z", "chain": 1, "pulse": 54610}
        assert parse(beacon(**keys)).promises == (keys,)

    @pytest.mark.parametrize("at", ["2018-01-09T23:59:59Z", "2019-01-11T12:00:01Z", "2026-11-30T09:00:00+08:00"])
    def test_a_pulse_that_nobody_could_check(self, at: str) -> None:
        """NIST-7: a pulse before or after the validity of every pinned certificate is refused, and drand named instead."""
        found = mistakes_of(beacon(kind="nist", name="n", at=at, chain=2, pulse=7))
        assert list(found) == ["source[1].at"]
        assert found["source[1].at"].endswith("use drand")


class TestMistakes:
    """PLAN-1 All mistakes are told at once, each with its key."""

    @pytest.mark.parametrize(
        ("old", "new", "key", "what"),
        [
            ('period = "2026-12"', "", "period", "this key is missing"),
            ('period = "2026-12"', 'period = "2026-13"', "period", "2026-13 is not a month"),
            ("[[share]]", "slot_number = 0\n[[share]]", "slot_number", "0 is out of range"),
            ("[[share]]", 'combine = "all"\n[[share]]', "combine", "this is none of applicable, drawn"),
            ("[[share]]", 'strata = ["size"]\n[[share]]', "strata", "a plan has at least one field to stratify by"),
            ("[[share]]", 'strata = ["zone", "size"]\n[[share]]', "strata", "there is no field size to stratify by"),
            ("[[share]]", "[scope]\nzone = []\n[[share]]", "scope.zone", "this list is empty"),
            ("[[share]]", '[scope]\nrisk = ["A"]\n[[share]]', "scope.risk", "this key is not known here"),
            ("[[share]]", "[team]\nmin = 1\n[[share]]", "team.min", "1 is out of range"),
            ("[[share]]", '[team]\nexpert_domains = ["x"]\n[[share]]', "team.expert_domains", "there is no domain x"),
            ("[[share]]", 'days_off = ["2027-01-01"]\n[[share]]', "days_off", "2027-01-01 is not a day of 2026-12"),
            ("[[share]]", 'days_off = ["20261231"]\n[[share]]', "days_off", "20261231 is not a day written YYYY-MM-DD"),
            (
                "[[share]]",
                'days_off = ["2026-12-32"]\n[[share]]',
                "days_off",
                "2026-12-32 is not a day written YYYY-MM-DD",
            ),
            (
                "[[share]]",
                "days_off = [2026-12-31T00:00:00Z]\n[[share]]",
                "days_off",
                "2026-12-31 00:00:00+00:00 is not a day written YYYY-MM-DD",
            ),
            ("[[share]]", "days_off = [7]\n[[share]]", "days_off", "7 is not a day written YYYY-MM-DD"),
            ('domain = "labour"', 'domain = "fire"', "share[1].domain", "there is no domain fire"),
            ('domain = "labour"', "", "share[1].domain", "this key is missing"),
            ('ratio = "5%"', "", "share[1].ratio", "a share has a ratio or a number, one of the two"),
            (
                'ratio = "5%"',
                'ratio = "5%"\nnumber = 3',
                "share[1].ratio",
                "a share has a ratio or a number, one of the two",
            ),
            ('ratio = "5%"', "number = -1", "share[1].number", "-1 is out of range"),
            ('"5%"', '"5"', "share[1].ratio", "5 is not a ratio between 0 and 1"),
            ('"5%"', "1.5", "share[1].ratio", "1.5 is not a ratio between 0 and 1"),
            ('"5%"', "nan", "share[1].ratio", "NaN is not a ratio between 0 and 1"),
            ('"5%"', "true", "share[1].ratio", "True is not a ratio between 0 and 1"),
            ("[[source]]", SHARE + "[[source]]", "share[2].stratum", "another share is for labour * already"),
            ("[[share]]", "unknown = 1\n[[share]]", "unknown", "this key is not known here"),
            ('kind = "dice"', 'kind = "drand"', "source[1].count", "this key is not known here"),
            ('kind = "dice"', 'kind = "nist"', "source[1].count", "this key is not known here"),
            ('kind = "dice"', "", "source[1].kind", "this key is missing"),
            ("sides = 10", "sides = 11", "source[1].sides", "11 is out of range"),
            ("sides = 10", "sides = 10\ncolour = 1", "source[1].colour", "this key is not known here"),
            ('name = "dice"', 'name = ""', "source[1].name", "this text is empty"),
            (
                "T09:00:00+08:00",
                "T09:00:00",
                "source[1].at",
                "2026-11-30T09:00:00 is not a time with its offset from UTC",
            ),
        ],
    )
    def test_one(self, old: str, new: str, key: str, what: str) -> None:
        """PLAN-1: each thing that can be wrong is told in words, at its key."""
        assert old in PLAIN
        assert mistakes_of(PLAIN.replace(old, new, 1))[key] == what

    def test_several(self) -> None:
        """PLAN-1: an empty plan lacks four things, and all are told."""
        assert mistakes_of("") == {
            "period": "this key is missing",
            "name": "this key is missing",
            "share": "a plan draws for at least one domain",
            "source": "a plan has at least one source of chance",
        }

    @pytest.mark.parametrize(
        ("period", "example"), [("2026-12", "2026-12-31"), ("2027-02", "2027-02-28"), ("2026-13", "2026-12-31")]
    )
    def test_way_out_of_day_off(self, period: str, example: str) -> None:
        """The hint for a wrong day off shows a day of the plan's own month, or a real one where the month is wrong too."""
        text = PLAIN.replace('period = "2026-12"', f'period = "{period}"')
        with pytest.raises(InputError) as caught:
            parse(text.replace("[[share]]", 'days_off = ["x"]\n[[share]]', 1))
        (remedy,) = [one.remedy for one in caught.value.mistakes if one.where.column == "days_off"]
        assert remedy is not None
        assert remedy.values["day"] == example

    def test_day_off_of_no_period(self) -> None:
        """PLAN-1: without a period a day off cannot be outside it."""
        text = PLAIN.replace('period = "2026-12"', 'days_off = ["2026-12-31"]')
        assert mistakes_of(text) == {"period": "this key is missing"}

    def test_only_texts(self) -> None:
        """PLAN-1: not all sources can be texts, for whoever wrote them knows them."""
        assert "not all can be texts" in mistakes_of(HEAD + SHARE + TEXT)["source"]

    def test_text_after_dice(self) -> None:
        """PLAN-1: texts stand first, and none is opened later than another source."""
        assert "stand before" in mistakes_of(PLAIN + TEXT)["source"]
        late = TEXT.replace("T09:00", "T09:01")
        assert "opened after" in mistakes_of(HEAD + SHARE + late + DICE)["source"]


class TestWritten:
    """PLAN-14 What ``plan new`` writes reads back as the plan that was proposed."""

    entities = (
        Entity(id=EntityId("E1"), name="x", domains=(LABOUR, SAFETY), risk_class="A"),
        Entity(id=EntityId("E2"), name="x", domains=(LABOUR,), risk_class='"] # \\ [x]'),
    )
    matters = (
        Matter(id=MatterId("M1"), domain=LABOUR, name="a\nname = 1 \u202e <script>" + "长" * 400, basis="law"),
        Matter(id=MatterId('"M"'), domain=SAFETY, name="b", basis="law"),
    )

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_reads_back(self, language: str) -> None:
        """PLAN-14: whatever the registries hold, in both languages."""
        settle(language)
        registered = Registered(entities=self.entities, matters=self.matters, source_day=date(2026, 11, 30))
        text = render_plan(draft_plan(Period("2026-12"), BUREAU, registered), translate)
        plan = parse(text)
        assert plan.shares == (
            Share(domain=LABOUR, stratum='"] # \\ [x]', ratio="0.05"),
            Share(domain=LABOUR, stratum="A", ratio="0.03"),
            Share(domain=SAFETY, stratum="A", ratio="0.03"),
        )
        assert set(plan.matters) == {"M1", '"M"'}
        assert plan.promises[0]["at"] == "2026-11-30T09:00:00+08:00"
        assert (plan.scope, plan.team) == (Scope(), BUREAU.team)

    def test_comment_cannot_end(self) -> None:
        """PLAN-14: a translation with a line break stays a comment."""

        def shout(message: Message) -> str:
            return f"{message}\nperiod = 1"

        registered = Registered(entities=self.entities[:1], matters=(), source_day=date(2026, 11, 30))
        assert parse(render_plan(draft_plan(Period("2026-12"), BUREAU, registered), shout)).period == "2026-12"


class TestFiles:
    """PLAN-1 Plans are read from files."""

    def test_sample(self) -> None:
        """PLAN-1: the sample township's plan is valid, and the digest of its sealed text is that of the text that the demo opens."""
        plan = read_plan(fixtures() / "plan-2026-12.toml", read_bureau(fixtures() / "inspect.toml"))
        assert [promise["kind"] for promise in plan.promises] == ["text", "dice"]
        assert plan.promises[0]["digest"] == sha256("瑞雪兆丰年 2026-12".encode()).hexdigest()
        assert len(plan.shares) == 16

    def test_missing(self, tmp_path: Path) -> None:
        """PLAN-1: a file that is not there is told by name."""
        with pytest.raises(InputError, match=r"plan\.toml"):
            read_plan(tmp_path / "plan.toml", BUREAU)


class TestKeptStrata:
    """YEAR-3 The strata fields of a plan that was kept, whatever else stands in it."""

    @pytest.mark.parametrize(
        ("text", "fields"),
        [
            ('strata = ["zone", "risk_class"]\nanything = 1', ("zone", "risk_class")),
            ("", ("risk_class",)),
            ('strata = ["colour"]', ()),
            ("plan", ()),
        ],
    )
    def test_found(self, text: str, fields: tuple[str, ...]) -> None:
        """YEAR-3: nothing else of the plan is looked at; bytes that are no plan have none."""
        assert find_strata(text.encode()) == fields
