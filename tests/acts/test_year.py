"""The year's plan in the store, and how far the year has come by the draws that were made."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.steps import VoidOrder
from inspect_cli.acts.plan.check import check_plan
from inspect_cli.acts.plan.year import YearKept, YearOrder, YearQuestion, keep_year_plan, propose_year, read_year
from inspect_cli.acts.plan.year_ahead import look_ahead_of
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.names import EntityId, Period, Slot
from inspect_cli.core.people import Approval
from inspect_cli.errors import InputError, RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.draws import find_draw
from inspect_cli.storage.registries import add_entities, find_entities, update_entities, update_matters
from tests.small_month import (
    APPROVER,
    AUDITOR,
    BUREAU,
    LABOUR,
    OPERATOR,
    SAFETY,
    actor_on,
    fill,
    make_entity,
    make_matter,
    make_plan,
)
from tests.stores import make_store
from tests.year_months import commit_month, draw_month, end, keep_year, month_text, record, year_text

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.plan.year.progress import YearLine
    from inspect_cli.storage.engine import Store

OCTOBER, NOVEMBER, DECEMBER = "2026-10", "2026-11", "2026-12"
TODAY = actor_on("2026-12-20").day


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Make a store with ten companies of class A: labour law applies to all, safety law to six."""
    return fill(f"sqlite:///{tmp_path / 'inspect.db'}")


def keep(store: Store, text: str, reason: str | None = None, **change: Any) -> YearKept:
    """Keep a year's plan; ``name`` is who acts."""
    actor = actor_on("2026-01-05", name=change.pop("name", OPERATOR))
    order = YearOrder(bureau=BUREAU, year=2026, data=text.encode(), file="y.toml", reason=reason)
    return keep_year_plan(store, actor, replace(order, **change))


def lines(store: Store, *, aside: bytes | None = None) -> dict[tuple[str, str | None], YearLine]:
    """Read the year to date by domain and stratum."""
    question = YearQuestion(year=2026, bureau=BUREAU, today=TODAY, aside=aside)
    with store.reading() as session:
        return {(one.domain, one.stratum): one for one in read_year(session, question).lines}


def drawn_for(store: Store, slot: Slot) -> dict[EntityId, tuple[str, ...]]:
    """Say whom a draw selected, and for which domains."""
    with store.reading() as session:
        found = find_draw(session, slot)
    assert found is not None
    assert found.result is not None
    return {one.entity: one.drawn for one in parse_result(found.result).selection}


def for_labour_alone(store: Store, slot: Slot) -> EntityId:
    """Give somebody whom a draw selected for labour alone: of three for labour and one for safety there are two or three."""
    return next(entity for entity, domains in drawn_for(store, slot).items() if domains == (LABOUR,))


class TestKeep:
    """YEAR-1 A year's plan is kept as its file was read, in versions."""

    def test_first(self, store: Store) -> None:
        """YEAR-1: the first version needs no reason, and is one row of the log."""
        text = year_text()
        kept = keep(store, text)
        assert (kept.record.version, kept.record.text, kept.record.reason, kept.is_new) == (
            1,
            text.encode(),
            None,
            True,
        )
        with store.reading() as session:
            (act,) = find_acts(session, act="plan year")
        assert (act.subject, json.loads(act.detail)) == (
            "2026",
            {"file": "y.toml", "reason": None, "sha256": digest(text.encode()), "version": 1},
        )

    def test_again(self, store: Store) -> None:
        """YEAR-1: the same bytes again change nothing, and write nothing."""
        keep(store, year_text())
        again = keep(store, year_text())
        assert (again.record.version, again.is_new) == (1, False)
        with store.reading() as session:
            assert len(find_acts(session, act="plan year")) == 1

    def test_change(self, store: Store) -> None:
        """YEAR-1: a change needs a reason; the version that stands is the latest, and going back is a version too."""
        keep(store, year_text())
        other = year_text(labour="number = 4")
        for reason in (None, "  "):
            with pytest.raises(UsageMistake, match="needs a reason") as caught:
                keep(store, other, reason)
            assert "--reason" in str(caught.value.hint)
        assert keep(store, other, "new rules").record.version == 2
        assert lines(store)[LABOUR, "A"].target == 4
        assert keep(store, year_text(), "rules withdrawn").record.version == 3
        assert lines(store)[LABOUR, "A"].target == 10

    def test_other_year(self, store: Store) -> None:
        """YEAR-1: a file of another year is refused."""
        with pytest.raises(InputError, match="plan of 2026, not of 2027"):
            keep(store, year_text(), year=2027)

    def test_no_operator(self, store: Store) -> None:
        """YEAR-1: only an operator keeps one."""
        with pytest.raises(RefusedError, match="role operator"):
            keep(store, year_text(), name=AUDITOR)

    def test_empty_registry(self, tmp_path: Path) -> None:
        """YEAR-9: without a registry there is nothing to propose."""
        empty = make_store(f"sqlite:///{tmp_path / 'empty.db'}")
        with pytest.raises(RefusedError, match="registry is empty"):
            propose_year(empty, BUREAU, 2026, TODAY)

    def test_proposal(self, store: Store) -> None:
        """YEAR-9: the proposal counts the registry."""
        found = propose_year(store, BUREAU, 2026, TODAY)
        assert [(one.domain, one.stratum, one.count) for one in found.targets] == [(LABOUR, "A", 10), (SAFETY, "A", 6)]


class TestToDate:
    """YEAR-3 to YEAR-6 What the draws of the year did."""

    def test_matters_for_some(self, store: Store) -> None:
        """YEAR-2: whoever no matter of a domain applies to today is in no base of it, in the proposal and in the year to date."""
        with store.transaction() as session:
            (company, *_) = find_entities(session)
            update_entities(session, [replace(company, size="大")])
            update_matters(session, [replace(make_matter("L-01", LABOUR), of_sizes=("大型",))])
        keep_year(store)
        assert [line.base for (domain, _), line in lines(store).items() if domain == LABOUR] == [1]
        found = propose_year(store, BUREAU, 2026, TODAY)
        assert [one.count for one in found.targets if one.domain == LABOUR] == [1]

    def test_nothing_yet(self, store: Store) -> None:
        """YEAR-2: all of ten, and half of six."""
        keep_year(store)
        found = lines(store)
        assert [(key, one.base, one.target, one.done, one.left) for key, one in found.items()] == [
            (("labour", "A"), 10, 10, 0, 10),
            (("safety", "A"), 6, 3, 0, 3),
        ]

    def test_drawn(self, store: Store) -> None:
        """YEAR-3: a draw counts by the numbers that it took."""
        keep_year(store)
        draw_month(store, NOVEMBER)
        found = lines(store)
        assert (found[LABOUR, "A"].drawn, found[SAFETY, "A"].drawn) == (3, 1)
        assert (found[LABOUR, "A"].left, found[SAFETY, "A"].left) == (7, 2)

    def test_ids_that_json_writes_otherwise(self, store: Store) -> None:
        """YEAR-3: a company whose number has quotation marks or a backslash is found in the frozen rows too."""
        odd = [replace(make_entity(1), id=EntityId(id)) for id in ('"甲"1', "乙\\1")]
        with store.transaction() as session:
            add_entities(session, odd)
        keep_year(store)
        slot = draw_month(store, NOVEMBER, month_text(NOVEMBER, labour=12))
        assert {one.id for one in odd} <= drawn_for(store, slot).keys()
        assert lines(store)[LABOUR, "A"].drawn == 12

    def test_committed(self, store: Store) -> None:
        """YEAR-5: a commitment counts by what it will take, until it is void."""
        keep_year(store)
        slot = commit_month(store, NOVEMBER)
        found = lines(store)
        assert [(one.drawn, one.committed, one.left) for one in found.values()] == [(0, 3, 7), (0, 1, 2)]
        approval = Approval(approver=APPROVER, reason="wrong file")
        draw.void(store, actor_on("2026-10-26"), VoidOrder(bureau=BUREAU, slot=slot, approval=approval))
        assert [one.done for one in lines(store).values()] == [0, 0]

    def test_aside(self, store: Store) -> None:
        """YEAR-6: a plan that is looked at is not counted by its own draw."""
        keep_year(store)
        draw_month(store, NOVEMBER)
        found = lines(store, aside=month_text(NOVEMBER).encode())
        assert [one.done for one in found.values()] == [0, 0]

    def test_recorded_and_beside(self, store: Store) -> None:
        """YEAR-4: a result counts for what was drawn, and is shown beside for what was not."""
        keep_year(store)
        slot = draw_month(store, NOVEMBER)
        entity = for_labour_alone(store, slot)
        record(store, slot, entity, LABOUR, SAFETY)
        found = lines(store)
        assert (found[LABOUR, "A"].recorded, found[LABOUR, "A"].beside) == (1, 0)
        # The frozen row knows safety law where it applies: to the first six companies.
        assert (found[SAFETY, "A"].recorded, found[SAFETY, "A"].beside) == (0, int(entity <= "E06"))

    def test_cancelled(self, store: Store) -> None:
        """YEAR-3: a visit that was cancelled is to be drawn again."""
        keep_year(store)
        slot = draw_month(store, NOVEMBER)
        end(store, slot, for_labour_alone(store, slot))
        found = lines(store)
        assert (found[LABOUR, "A"].drawn, found[SAFETY, "A"].drawn) == (2, 1)

    def test_carried_over(self, store: Store) -> None:
        """YEAR-3, YEAR-4: a visit that was carried over counts in its own month alone, and its later result with it."""
        keep_year(store)
        slot = draw_month(store, OCTOBER)
        entity = for_labour_alone(store, slot)
        end(store, slot, entity, Period(DECEMBER))
        assert lines(store)[LABOUR, "A"].drawn == 3
        later = draw_month(store, DECEMBER, month_text(DECEMBER, labour=2, safety=1))
        assert entity in drawn_for(store, later)
        found = lines(store)[LABOUR, "A"]
        assert (found.drawn, found.recorded) == (5, 0)
        record(store, later, entity, LABOUR)
        found = lines(store)[LABOUR, "A"]
        assert (found.drawn, found.recorded) == (5, 1)

    def test_finer_month(self, store: Store) -> None:
        """YEAR-3: a month that stratifies by class and zone counts by class."""
        keep_year(store)
        head = 'strata = ["risk_class", "zone"]'
        text = month_text(NOVEMBER).replace('strata = ["risk_class"]', head).replace('"A"', '"A·东片"')
        draw_month(store, NOVEMBER, text)
        assert lines(store)[LABOUR, "A"].drawn == 3

    def test_other_fields(self, store: Store) -> None:
        """YEAR-6: what was drawn by other fields than the year's is among the others."""
        keep_year(store)
        text = month_text(NOVEMBER).replace('strata = ["risk_class"]', 'strata = ["zone"]').replace('"A"', '"东片"')
        draw_month(store, NOVEMBER, text)
        found = lines(store)
        assert (found[LABOUR, "A"].drawn, found[LABOUR, None].drawn, found[LABOUR, None].target) == (0, 3, None)

    def test_other_year(self, store: Store) -> None:
        """YEAR-3: what another year drew is not counted."""
        draw_month(store, NOVEMBER)
        question = YearQuestion(year=2025, bureau=BUREAU, today=TODAY)
        with store.reading() as session:
            report = read_year(session, question)
        assert (report.plan, report.record) == (None, None)
        assert [one.done for one in report.lines] == [0, 0]


class TestAhead:
    """YEAR-8 The year after a plan, for plan check."""

    def test_without_year_plan(self, store: Store) -> None:
        """YEAR-8: without a year plan there is nothing to compare with."""
        assert look_ahead_of(store, check_plan(store, make_plan(), BUREAU, actor_on("2026-11-20").day)) is None

    def test_takes(self, store: Store) -> None:
        """YEAR-8: after December nothing can be drawn any more: what is left is out of reach."""
        keep_year(store)
        commit_month(store, NOVEMBER)
        found = look_ahead_of(store, check_plan(store, make_plan(), BUREAU, actor_on("2026-11-20").day))
        assert found is not None
        assert (found.year, found.months) == (2026, 0)
        # November has committed 3 and 1; December takes 3 and 2 of 10 and 3.
        assert [(one.take, one.done, one.left, one.is_out_of_reach) for one in found.lines] == [
            (3, 6, 4, True),
            (2, 3, 0, False),
        ]

    def test_own_draw(self, store: Store) -> None:
        """YEAR-6: a plan that is committed already is not counted twice."""
        keep_year(store)
        commit_month(store, DECEMBER)
        plan = make_plan(month_text(DECEMBER))
        found = look_ahead_of(store, check_plan(store, plan, BUREAU, actor_on("2026-11-20").day))
        assert found is not None
        assert [one.done for one in found.lines] == [3, 1]

    def test_carried_over(self, store: Store) -> None:
        """YEAR-3: what a plan takes because it was carried over was counted where it was drawn."""
        keep_year(store)
        slot = draw_month(store, OCTOBER)
        end(store, slot, for_labour_alone(store, slot), Period(DECEMBER))
        found = look_ahead_of(store, check_plan(store, make_plan(), BUREAU, actor_on("2026-11-20").day))
        assert found is not None
        assert [(one.take, one.done) for one in found.lines] == [(3, 6), (2, 3)]


def test_settings_that_lost_a_domain(store: Store) -> None:
    """YEAR-1: a plan that stands names its version where the settings do not know its domain any more."""
    keep_year(store)
    poorer = replace(BUREAU, domains=tuple(one for one in BUREAU.domains if one.domain != SAFETY))
    question = YearQuestion(year=2026, bureau=poorer, today=TODAY)
    with store.reading() as session, pytest.raises(InputError) as caught:
        read_year(session, question)
    assert "year-2026.toml (version 1)" in str(caught.value)
