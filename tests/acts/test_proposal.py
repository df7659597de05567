"""A month's plan proposed from the registries, an earlier plan, and the year's; and plans found by their names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.plan.kept_plan import find_plan
from inspect_cli.acts.plan.proposal import Proposal, ProposalOrder, propose_plan
from inspect_cli.core.names import Period
from inspect_cli.errors import InputError, RefusedError, UsageMistake
from inspect_cli.files.plan_file import parse_plan
from inspect_cli.files.plan_template import render_plan
from tests.small_month import BUREAU, LABOUR, SAFETY, fill, make_plan, plan_text
from tests.stores import make_store
from tests.year_months import commit_month, draw_month, keep_year, month_text, year_text

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.storage.engine import Store

TODAY = date(2026, 11, 20)
NOVEMBER, DECEMBER = Period("2026-11"), Period("2026-12")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Make a store with ten companies of class A: labour law applies to all, safety law to six."""
    return fill(f"sqlite:///{tmp_path / 'inspect.db'}")


def propose(store: Store, period: str = DECEMBER, today: date = TODAY, **change: Any) -> Proposal:
    """Propose a plan."""
    order = ProposalOrder(period=Period(period), bureau=BUREAU, today=today)
    return propose_plan(store, replace(order, **change))


def numbers(found: Proposal) -> list[tuple[str, str, int | None, bool]]:
    """Give the proposed shares."""
    return [(one.domain, one.stratum, one.number, one.allow_zero) for one in found.draft.shares]


def told(found: Proposal) -> list[str]:
    """Give what a person is told, in English."""
    return [str(one) for one in found.told]


class TestFirst:
    """PLAN-14, PLAN-15 A first plan is for a month that still has working days."""

    @pytest.mark.parametrize(
        ("period", "today", "at"),
        [
            ("2026-12", date(2026, 1, 5), "2026-11-30T09:00:00+08:00"),
            ("2026-12", date(2026, 12, 24), "2026-12-25T09:00:00+08:00"),
            ("2026-03", date(2026, 1, 5), "2026-02-28T09:00:00+08:00"),
        ],
    )
    def test_source(self, store: Store, period: str, today: date, at: str) -> None:
        """PLAN-15: the last working day before the month, make-up days included (Saturday 28 February 2026), else the next after today."""
        assert propose(store, period, today).draft.sources[0]["at"] == at

    @pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 3, 1)])
    def test_over(self, store: Store, today: date) -> None:
        """PLAN-15: a month that is over is refused."""
        with pytest.raises(RefusedError, match="is over"):
            propose(store, today=today)

    def test_unknown_year(self, store: Store) -> None:
        """PLAN-15: so is a year whose working days are not known, with the way out."""
        with pytest.raises(InputError) as caught:
            propose(store, "2031-05")
        assert caught.value.hint is not None

    def test_empty_registry(self, tmp_path: Path) -> None:
        """PLAN-14: without entities there is nothing to plan."""
        empty = make_store(f"sqlite:///{tmp_path / 'empty.db'}")
        with pytest.raises(RefusedError, match="registry is empty"):
            propose(empty)

    def test_without_year_plan(self, store: Store) -> None:
        """PLAN-14: without a year plan the shares are ratios, and it says so."""
        found = propose(store)
        assert [(one.domain, one.ratio) for one in found.draft.shares] == [(LABOUR, "3%"), (SAFETY, "3%")]
        assert told(found) == ["no plan of 2026 is kept: the shares are not a year's portion"]


class TestYear:
    """DRAFT-1, YEAR-7 The numbers come from the year's plan."""

    def test_portions(self, store: Store) -> None:
        """YEAR-7: ten over two months, three over two months, rounded up; then what November has left, in December."""
        keep_year(store)
        assert numbers(propose(store, NOVEMBER, date(2026, 10, 20))) == [
            (LABOUR, "A", 5, False),
            (SAFETY, "A", 2, False),
        ]
        draw_month(store, NOVEMBER, month_text(NOVEMBER, labour=5, safety=3))
        found = propose(store)
        assert [(one.line.target, one.line.done, one.line.left, one.months, one.wanted) for one in found.portions] == [
            (10, 5, 5, 1, 5),
            (3, 3, 0, 1, 0),
        ]
        assert numbers(found)[1] == (SAFETY, "A", 0, True)
        read = parse_plan(render_plan(found.draft, str).encode(), "p.toml", BUREAU)
        most = min(5, found.portions[0].drawable)
        assert most >= 1
        assert [(one.number, one.allow_zero) for one in read.shares] == [(most, False), (0, True)]

    def test_drawable(self, store: Store) -> None:
        """YEAR-7: whoever cools off cannot be drawn: of ten companies those that November visited are out, and it is told."""
        keep_year(store, year_text(labour="number = 20"))
        draw_month(store, NOVEMBER, month_text(NOVEMBER, labour=4, safety=1))
        found = propose(store)
        visited = 10 - found.portions[0].drawable
        assert visited in {4, 5}
        assert numbers(found)[0] == (LABOUR, "A", 10 - visited, False)
        assert f"Labour A: 16 wanted, {10 - visited} can be drawn this month" in told(found)

    def test_committed(self, store: Store) -> None:
        """YEAR-5: a draw that is committed counts as done: December is proposed what November will leave."""
        keep_year(store)
        commit_month(store, NOVEMBER)
        assert numbers(propose(store)) == [(LABOUR, "A", 7, False), (SAFETY, "A", 2, False)]

    @pytest.mark.parametrize(
        ("head", "said"),
        [
            ((12, 12), "the plan of 2026 begins in month 12"),
            ((1, 10), "the plan of 2026 was to be done by month 10: all that is left is proposed"),
        ],
    )
    def test_outside(self, store: Store, head: tuple[int, int], said: str) -> None:
        """YEAR-7: a month before the first or after the last is told; in both the months left are one."""
        text = year_text().replace("first_month = 1", f"first_month = {head[0]}")
        keep_year(store, text.replace("last_month = 12", f"last_month = {head[1]}"))
        found = propose(store, NOVEMBER, date(2026, 10, 20))
        assert numbers(found)[0] == (LABOUR, "A", 10, False)
        assert said in told(found)

    def test_nothing_left(self, store: Store) -> None:
        """YEAR-7: where the year's targets are met, every number is 0, and it is told."""
        keep_year(store, year_text(labour="number = 3", safety="number = 1"))
        draw_month(store, NOVEMBER)
        found = propose(store)
        assert numbers(found) == [(LABOUR, "A", 0, True), (SAFETY, "A", 0, True)]
        assert told(found) == ["nothing is to be drawn this month by the plan of 2026: every number is 0"]

    def test_written(self, store: Store) -> None:
        """DRAFT-1: the file says the same, with target, done, left and months beside each number."""
        keep_year(store)
        commit_month(store, NOVEMBER)
        found = propose(store)
        text = render_plan(found.draft, str)
        assert "target 10, done 3, left 7, months left 1; can be drawn now 10" in text.replace("\n# ", " ")
        read = parse_plan(text.encode(), "p.toml", BUREAU)
        assert [(one.stratum, one.number) for one in read.shares] == [("A", 7), ("A", 2)]


class TestFrom:
    """DRAFT-2 to DRAFT-5 An earlier plan taken over, alone and with a year's plan."""

    def test_alone(self, store: Store) -> None:
        """DRAFT-2: everything is the old plan's; what it could not take along is told first."""
        old = parse_plan(month_text(NOVEMBER, head='days_off = ["2026-11-27"]').encode(), "p.toml", BUREAU)
        found = propose(store, start=old)
        assert numbers(found) == [(LABOUR, "A", 3, False), (SAFETY, "A", 1, False)]
        assert found.draft.name == "2026年12月双随机抽查计划"
        assert [one.split(":")[0] for one in told(found)] == [
            "not taken over",
            "to be filled in",
            "no plan of 2026 is kept",
        ]

    def test_placeholder_is_refused(self, store: Store) -> None:
        """DRAFT-4: the written plan is refused until the text's digest is filled in, and then read."""
        text = render_plan(propose(store, start=make_plan()).draft, str)
        with pytest.raises(InputError) as caught:
            parse_plan(text.encode(), "p.toml", BUREAU)
        (mistake,) = caught.value.mistakes
        assert mistake.where.column == "source[1].digest"
        assert "sha256sum" in str(mistake.remedy)
        read = parse_plan(text.replace('digest = "…"', f'digest = "{"a" * 64}"').encode(), "p.toml", BUREAU)
        assert [one["at"] for one in read.promises] == ["2026-11-30T09:00:00+08:00", "2026-11-30T09:30:00+08:00"]

    def test_with_year(self, store: Store) -> None:
        """DRAFT-1: numbers come from the year, the rest from the old plan; a share that the year does not name stays."""
        first = year_text().split("[[target]]")
        keep_year(store, "[[target]]".join(first[:2]))
        old = make_plan(plan_text(safety=2, head='combine = "drawn"'))
        found = propose(store, NOVEMBER, date(2026, 10, 20), start=old)
        assert numbers(found) == [(LABOUR, "A", 5, False), (SAFETY, "A", 2, False)]
        assert found.draft.combine == "drawn"
        assert "the year plan does not name Safety A: its share stays as it was" in told(found)

    def test_other_strata(self, store: Store) -> None:
        """DRAFT-1: where the strata fields differ, they are the year's, and it is told."""
        keep_year(store)
        text = plan_text().replace('strata = ["risk_class"]', 'strata = ["zone"]').replace('"A"', '"东片"')
        found = propose(store, start=make_plan(text))
        assert [one.value for one in found.draft.strata] == ["risk_class"]
        assert [one[:2] for one in numbers(found)] == [(LABOUR, "A"), (SAFETY, "A")]
        assert any("the strata are those of the plan of 2026 (risk_class)" in one for one in told(found))

    def test_everything_written(self, store: Store) -> None:
        """DRAFT-2: scope, team and choices stand in the file as they were; reading it gives the same plan but for the month."""
        head = 'combine = "drawn"\nrounding = "floor"\nnames_published = true\n[team]\nmin = 3\nexpert_domains = ["safety"]'
        old = make_plan(plan_text(head=head, scope='zone = ["东片"]').replace('"2026年12月', '"12月'))
        lottery = {"kind": "lottery", "name": "福彩", "at": "2026-11-30T21:15:00+08:00", "groups": ("红球", "蓝球")}
        draft = propose(store, start=replace(old, promises=(lottery,))).draft
        read = parse_plan(render_plan(draft, str).encode(), "p.toml", BUREAU)
        assert replace(read, text=b"", file="") == replace(old, text=b"", file="", promises=(lottery,))


class TestFindPlan:
    """DRAFT-2 A plan by the name that a person gives it."""

    def test_period(self, store: Store) -> None:
        """DRAFT-2: a month stands for its last first draw that is not void."""
        commit_month(store, NOVEMBER)
        assert find_plan(store, "2026-11", BUREAU).text == month_text(NOVEMBER).encode()

    def test_slot(self, store: Store) -> None:
        """DRAFT-2: a slot stands for its own plan."""
        slot = commit_month(store, NOVEMBER)
        found = find_plan(store, slot, BUREAU)
        assert (found.period, found.file) == (NOVEMBER, "2026-11/1")

    def test_file(self, store: Store, tmp_path: Path) -> None:
        """DRAFT-2: anything else is a file."""
        (tmp_path / "p.toml").write_text(plan_text(), "utf-8")
        assert find_plan(store, str(tmp_path / "p.toml"), BUREAU).period == DECEMBER

    @pytest.mark.parametrize("name", ["2026-11", "2026-11/7"])
    def test_none(self, store: Store, name: str) -> None:
        """DRAFT-2: a month without a draw and a slot that was never used are mistakes of the call."""
        with pytest.raises(UsageMistake):
            find_plan(store, name, BUREAU)
