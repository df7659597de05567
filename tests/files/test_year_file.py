"""``year-2027.toml``: read strictly, and written with a comment at every key."""

from __future__ import annotations

from datetime import date

import pytest

from inspect_cli.core.plan.plan import StratumField
from inspect_cli.core.plan.year.progress import Target, YearPlan, draft_year
from inspect_cli.errors import InputError
from inspect_cli.files.year_file import parse_year_plan
from inspect_cli.files.year_template import render_year_plan
from tests.core.plan.builders import LABOUR, SAFETY, bureau, entity

HEAD = "year = 2027\nfirst_month = 3\nlast_month = 11\n"
ONE = '[[target]]\ndomain = "labour"\nstratum = "A"\nratio = "3%"\nbasis = "rule"\n'
OTHER = '[[target]]\ndomain = "safety"\nnumber = 5\nbasis = "国务院文件"\n'


def read(text: str, encoding: str = "utf-8") -> YearPlan:
    """Read a plan."""
    return parse_year_plan(text.encode(encoding), "y.toml", bureau())


def mistakes(text: str) -> list[tuple[str | None, str]]:
    """Give the key and the sentence of each mistake."""
    with pytest.raises(InputError) as caught:
        read(text)
    return [(one.where.column, str(one.what)) for one in caught.value.mistakes]


class TestRead:
    """YEAR-1 A year plan is read strictly."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    def test_values(self, encoding: str) -> None:
        """YEAR-1: year, months, strata and targets, in whatever encoding an editor left; no stratum is the star, no strata the class."""
        assert read(HEAD + ONE + OTHER, encoding) == YearPlan(
            year=2027,
            first_month=3,
            last_month=11,
            strata=(StratumField.RISK_CLASS,),
            targets=(
                Target(domain=LABOUR, stratum="A", basis="rule", ratio="0.03"),
                Target(domain=SAFETY, stratum="*", basis="国务院文件", number=5),
            ),
            file="y.toml",
        )

    def test_strata(self) -> None:
        """YEAR-1: the strata fields are those of a month's plan."""
        assert read(HEAD + 'strata = ["zone", "risk_class"]\n' + ONE).strata == (
            StratumField.ZONE,
            StratumField.RISK_CLASS,
        )

    @pytest.mark.parametrize(
        ("text", "key", "what"),
        [
            (HEAD, "target", "at least one target"),
            (HEAD.replace("11", "2") + ONE, "last_month", "before the first"),
            (HEAD.replace("3", "0") + ONE, "first_month", "out of range"),
            (HEAD.replace("2027", "20270") + ONE, "year", "out of range"),
            (HEAD.replace("year = 2027", "") + ONE, "year", "missing"),
            (HEAD + ONE + ONE, "target[2].stratum", "already"),
            (HEAD + ONE.replace("labour", "fire"), "target[1].domain", "no domain fire"),
            (HEAD + ONE.replace('"3%"', '"130%"'), "target[1].ratio", "not a ratio"),
            (HEAD + ONE.replace('ratio = "3%"', "number = -1"), "target[1].number", "out of range"),
            (HEAD + ONE + "number = 3\n", "target[1].ratio", "one of the two"),
            (HEAD + ONE.replace('ratio = "3%"', ""), "target[1].ratio", "one of the two"),
            (HEAD + ONE.replace('basis = "rule"', ""), "target[1].basis", "missing"),
            (HEAD + ONE.replace('"rule"', '" "'), "target[1].basis", "empty"),
            (HEAD + ONE + "rato = 3\n", "target[1].rato", "not known"),
            (HEAD + "month = 3\n" + ONE, "month", "not known"),
            (HEAD + 'strata = ["colour"]\n' + ONE, "strata", "no field colour"),
        ],
    )
    def test_mistakes(self, text: str, key: str, what: str) -> None:
        """YEAR-1: each mistake is told at its key."""
        found = mistakes(text)
        assert any(place == key and what in said for place, said in found), found

    def test_all_at_once(self) -> None:
        """YEAR-1: all mistakes are told together."""
        text = HEAD.replace("3", "0") + ONE.replace('"rule"', '""') + OTHER.replace("safety", "fire")
        assert len(mistakes(text)) == 3

    @pytest.mark.parametrize("basis", ["<script>", "=cmd|'/c calc'!A1", "[/red]", "../../x", "长" * 4000])
    def test_untrusted(self, basis: str) -> None:
        """YEAR-1: a basis is a text, whatever it says."""
        assert read(HEAD + ONE.replace("rule", basis)).targets[0].basis == basis


class TestWritten:
    """YEAR-9 What is written is read back."""

    def test_round_trip(self) -> None:
        """YEAR-9: the proposal is a valid plan with the same targets, also for a class whose name is hostile."""
        entities = (entity("E1"), entity("E2", risk='D"] [[target]] #'), entity("E3", risk="C", domains=(SAFETY,)))
        draft = draft_year(2027, bureau(), entities, date(2027, 1, 5))
        found = read(render_year_plan(draft, str))
        assert (found.year, found.first_month, found.last_month) == (2027, 1, 11)
        assert [(one.domain, one.stratum) for one in found.targets] == [
            (LABOUR, "A"),
            (LABOUR, 'D"] [[target]] #'),
            (SAFETY, "C"),
        ]
