"""A plan rehearsed: read from the store, frozen as a draw would freeze it, and nothing written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import frozen
from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.plan.rehearse import find_remedies, perform, prepare, try_remedies
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rehearsal.remedy import Change
from inspect_cli.core.draw.rehearsal.trial import rehearse
from inspect_cli.core.draw.rows import parse_entity_rows, parse_inspector_rows
from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.inspector import Recusal, RecusalReason
from inspect_cli.errors import InputError
from inspect_cli.storage.registries import add_recusals, update_inspectors
from tests import small_month as month

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.acts.plan.rehearse import Stage
    from inspect_cli.storage.engine import Store

ACTOR = month.actor_on(month.COMMIT_DAY)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Make a store with the registries of the month."""
    return month.fill(f"sqlite:///{(tmp_path / 'inspect.db').as_posix()}")


def stage_of(store: Store, text: str | None = None) -> Stage:
    """Prepare the month's plan."""
    return prepare(store, ACTOR, month.make_plan(text), month.BUREAU)


def bar_leaders(store: Store) -> None:
    """Let those who may lead be barred from seven companies, so that some seeds leave visits open."""
    companies = [EntityId(f"E{number:02}") for number in (1, 2, 3, 7, 8, 9, 10)]
    with store.transaction() as session:
        leaders = [month.make_inspector(number).id for number in (1, 2)]
        pairs = ((leader, company) for leader in leaders for company in companies)
        add_recusals(session, (Recusal(inspector=one, entity=name, reason=RecusalReason.KIN) for one, name in pairs))


class TestAgreement:
    """REHEARSE-2 The rehearsal takes the steps of the draw."""

    def test_a_real_draw(self, store: Store) -> None:
        """REHEARSE-2: the draw that was made is what its own commitment and rows give when they are rehearsed with its seed."""
        slot = month.draw_month(store)
        drawn = frozen.read_drawn(store, slot)
        trial = rehearse(drawn.commitment, drawn.frame, drawn.result.seed)
        assert (trial.selection, trial.visits) == (drawn.result.selection, drawn.result.visits)

    def test_the_frame_of_a_draw_but_for_its_salts(self, store: Store) -> None:
        """REHEARSE-2: what is rehearsed is what draw commit freezes, with other salts, so that it foretells nothing."""
        stage = stage_of(store)
        draw.commit(store, ACTOR, month.make_order(salts=lambda row: month.salt_of(f"real {row}")))
        with store.reading() as session:
            record = draw.find_standing(session, month.make_plan())
        assert record is not None
        entities, people = parse_entity_rows(record.entities), parse_inspector_rows(record.inspectors)
        assert [replace(row, salt="") for row in entities] == [replace(row, salt="") for row in stage.frame.entities]
        assert [replace(row, salt="") for row in people] == [replace(row, salt="") for row in stage.frame.inspectors]
        assert not {row.salt for row in entities} & {row.salt for row in stage.frame.entities}
        real = parse_commitment(record.commitment)
        assert (real.quotas, real.days, real.team) == (
            stage.commitment.quotas,
            stage.commitment.days,
            stage.commitment.team,
        )


class TestPerform:
    """REHEARSE-1 As many seeds as are asked for, and the same every time."""

    def test_the_same_again(self, store: Store) -> None:
        """REHEARSE-1: two rehearsals of the same plan and registries agree; each seed is told of; nothing is written."""
        told: list[int] = []
        first = perform(stage_of(store), 7, told.append)
        again = perform(stage_of(store), 7, lambda _: None)
        assert (first, told) == (again, [1] * 7)
        assert len({trial.seed for trial in first.trials}) == 7
        with store.reading() as session:
            assert draw.find_standing(session, month.make_plan()) is None

    def test_a_faulty_plan(self, store: Store) -> None:
        """PLAN-12: a plan that is wrong in itself is refused before it is rehearsed."""
        with pytest.raises(InputError, match="cannot be committed"):
            stage_of(store, month.plan_text(labour=11))

    def test_a_proved_shortage(self, store: Store) -> None:
        """SHORTAGE-8: a plan with a proved shortage is rehearsed all the same, and every seed leaves visits open."""
        with store.transaction() as session:
            update_inspectors(session, (replace(month.make_inspector(number), may_lead=False) for number in (1, 2)))
        stage = stage_of(store)
        assert len(stage.shortages) == 1
        done = perform(stage, 5, lambda _: None)
        assert len(done.rehearsal.failed) == 5


class TestRemedies:
    """REHEARSE-6, REHEARSE-7 What would help."""

    def test_none_needed(self, store: Store) -> None:
        """REHEARSE-7: where no visit stays open nothing is tried."""
        stage = stage_of(store)
        assert find_remedies(stage, ACTOR, perform(stage, 3, lambda _: None).trials) == ()

    def test_one_more_leader(self, store: Store) -> None:
        """REHEARSE-6: where those who may lead are barred, one more who may mends every seed that failed."""
        bar_leaders(store)
        stage = stage_of(store)
        done = perform(stage, 10, lambda _: None)
        told: list[int] = []
        remedies = find_remedies(stage, ACTOR, done.trials)
        tried = try_remedies(remedies, done.trials, told.append)
        assert told == [1] * len(remedies)
        assert (tried[0].change, tried[0].mended) == (Change.LEADER, len(done.rehearsal.failed))
        assert {one.change for one in tried} == {Change.LEADER}

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            (month.plan_text(head='days_off = ["2026-12-30", "2026-12-31"]'), "2026-12-31"),
            (month.plan_text(sources=(month.TEXT + month.DICE).replace("2026-11-30", "2026-12-02")), "2026-12-02"),
            (month.plan_text(), None),
        ],
    )
    def test_a_further_day(self, store: Store, text: str, day: str | None) -> None:
        """REHEARSE-7: the last day off, or the day of the sources, which then speak before; none where every working day is used."""
        bar_leaders(store)
        stage = stage_of(store, text)
        remedies = find_remedies(stage, ACTOR, perform(stage, 5, lambda _: None).trials)
        found = [one for one in remedies if one.change is Change.DAY]
        assert [one.detail for one in found] == ([] if day is None else [day])
        for one in found:
            assert set(one.commitment.days) - set(stage.commitment.days) >= {day}
            assert any(day in dict(row.days) for row in one.frame.inspectors)
