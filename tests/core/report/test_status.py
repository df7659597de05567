"""Where a month stands and what the next command is, from facts that are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.names import Domain, EntityId, InspectorId, Period, Slot
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.report.hampered import Outing, Present, is_hampered
from inspect_cli.core.report.results import ResultFacts
from inspect_cli.core.report.status import (
    ChainFacts,
    MonthFacts,
    SourceFacts,
    Stage,
    VisitFacts,
    VisitGroup,
    is_next_month_due,
    settle_carried,
    settle_chain,
    settle_month,
)
from inspect_cli.core.visit.ending import VisitStatus
from inspect_cli.core.visit.review import ResultStage
from tests.registry_rows import a_leave, an_inspector

SLOT = Slot("2026-12/1")
TODAY = date(2026, 12, 10)
DICE = SourceFacts(name="掷骰", at="2026-11-30T09:30:00+08:00", is_known=False)
TEXT = SourceFacts(name="见证人", at="2026-11-30T02:00:00Z", is_known=False)


def _chain(**changes: Any) -> ChainFacts:
    facts = ChainFacts(
        slot=SLOT,
        period=Period("2026-12"),
        newest=SLOT,
        sources=(),
        has_seed=True,
        has_result=True,
        last_day=date(2026, 12, 31),
    )
    return replace(facts, **changes)


def _visit(entity: str = "E01", day: int | None = 14, **changes: Any) -> VisitFacts:
    visit = VisitFacts(
        slot=SLOT,
        entity=EntityId(entity),
        domains=(Domain("labour"), Domain("safety")),
        day=None if day is None else date(2026, 12, day),
        status=VisitStatus.OPEN if day is None else VisitStatus.PLANNED,
    )
    return replace(visit, **changes)


def _commands(facts: ChainFacts, today: date = TODAY) -> list[str]:
    return [step.command for step in settle_chain(facts, today).steps]


class TestStages:
    """STATUS-1 and STATUS-3: a chain stands where its newest draw stands, and the draw's own step is named first."""

    def test_a_commitment_waits_for_the_latest_source(self) -> None:
        """The commitment is to be published before; the seed's command is named with the time of the source that is known last."""
        facts = _chain(sources=(TEXT, DICE), has_seed=False, has_result=False)
        found = settle_chain(facts, date(2026, 11, 25))
        assert found.stage is Stage.WAITING
        publish, seed = found.steps
        assert publish.command == "inspect-cli notice publish commitment 2026-12/1"
        # 02:00 in Greenwich is 10:00 in China: half an hour after the dice.
        assert (seed.command, seed.not_before) == ("inspect-cli draw seed 2026-12/1", "2026-11-30T02:00:00Z")

    def test_a_commitment_that_is_published_is_not_published_again(self) -> None:
        """Once its notice is out, the sources are all that is waited for."""
        facts = _chain(sources=(DICE,), has_seed=False, has_result=False, is_announced=True)
        assert _commands(facts) == ["inspect-cli draw seed 2026-12/1"]

    def test_a_source_that_is_known_is_not_waited_for(self) -> None:
        """The time is that of a source that is still to come."""
        facts = _chain(sources=(replace(TEXT, is_known=True), DICE), has_seed=False, has_result=False)
        assert settle_chain(facts, TODAY).steps[-1].not_before == DICE.at

    def test_known_sources_are_entered(self) -> None:
        """Nothing is waited for any more."""
        facts = _chain(sources=(replace(DICE, is_known=True),), has_seed=False, has_result=False)
        found = settle_chain(facts, TODAY)
        assert (found.stage, found.steps[0].not_before) == (Stage.SEEDABLE, None)
        assert _commands(facts) == ["inspect-cli draw seed 2026-12/1"]

    def test_a_seed_is_drawn_with(self) -> None:
        """The supplement's own slot is named where it is a supplement that waits."""
        facts = _chain(has_result=False, newest=Slot("2026-12/2"), visits=(_visit(is_held=True), _visit("E02", None)))
        found = settle_chain(facts, TODAY)
        assert found.stage is Stage.SEEDED
        # The open visit has to wait: one supplement at a time.
        assert _commands(facts) == ["inspect-cli draw run 2026-12/2"]

    def test_a_chain_is_finished_when_every_visit_has_its_end(self) -> None:
        """Recorded, cancelled or carried over; before that it is under way."""
        ends = (VisitStatus.RECORDED, VisitStatus.CANCELLED, VisitStatus.CARRIED_OVER)
        visits = tuple(_visit(f"E{number}", 1, status=end) for number, end in enumerate(ends))
        assert settle_chain(_chain(visits=visits), TODAY).stage is Stage.FINISHED
        assert settle_chain(_chain(visits=(*visits, _visit())), TODAY).stage is Stage.UNDER_WAY

    def test_a_draw_without_visits_has_nothing_to_publish(self) -> None:
        """It is finished at once."""
        assert settle_chain(_chain(), TODAY).stage is Stage.FINISHED
        assert _commands(_chain()) == []


class TestVisits:
    """STATUS-2 and STATUS-3: each visit in force is counted once, and the most pressing thing is named first."""

    @pytest.mark.parametrize(
        ("visit", "group"),
        [
            (_visit(day=9), VisitGroup.OVERDUE),
            (_visit(day=10), VisitGroup.PLANNED),
            (_visit(day=None), VisitGroup.OPEN),
            (_visit(is_hampered=True), VisitGroup.HAMPERED),
            (_visit(day=9, is_hampered=True), VisitGroup.OVERDUE),
            (_visit(day=None, is_held=True), VisitGroup.HELD),
            (_visit(day=9, is_held=True), VisitGroup.HELD),
            (_visit(day=9, status=VisitStatus.RECORDED), VisitGroup.RECORDED),
            (_visit(day=None, status=VisitStatus.CANCELLED, is_held=True), VisitGroup.CANCELLED),
            (_visit(day=9, status=VisitStatus.CARRIED_OVER), VisitGroup.CARRIED_OVER),
        ],
    )
    def test_each_visit_is_counted_once(self, visit: VisitFacts, group: VisitGroup) -> None:
        """In the group that says most about it."""
        counts = settle_chain(_chain(visits=(visit,)), TODAY).counts
        assert {key for key, count in counts.items() if count} == {group}
        assert sum(counts.values()) == 1

    def test_the_result_that_is_overdue_longest_is_recorded_first(self) -> None:
        """By its own slot and with all its domains; the results are the person's to fill in."""
        late = _visit("E03", 3, slot=Slot("2026-12/2"), domains=(Domain("safety"),))
        facts = _chain(visits=(_visit("E01", 4), late, _visit("E02", 3, status=VisitStatus.RECORDED)))
        assert _commands(facts) == ["inspect-cli visit record 2026-12/2 E03 --result safety=NUMBER"]
        assert settle_chain(facts, TODAY).steps[0].what.values["count"] == 2

    def test_an_id_is_one_word_of_the_command(self) -> None:
        """Whatever somebody's file calls a company, the command that is copied into a shell does nothing else."""
        (command,) = _commands(_chain(visits=(_visit("E;reboot", 1, domains=(Domain("safety"),)),)))
        assert command == "inspect-cli visit record 2026-12/1 'E;reboot' --result safety=NUMBER"

    def test_visits_without_a_team_are_drawn_again(self) -> None:
        """While a day of the draw is left; no supplement is committed while another draw waits for its result."""
        facts = _chain(visits=(_visit("E01", None), _visit("E02", is_hampered=True)))
        command = "inspect-cli draw supplement 2026-12/1 --dice TIME --approver NAME --reason CODE"
        assert _commands(facts) == [command]
        assert _commands(replace(facts, is_blocked=True)) == []
        assert _commands(facts, date(2026, 12, 30)) == [
            "inspect-cli visit record 2026-12/1 E02 --result labour=NUMBER --result safety=NUMBER",
            command,
        ]

    def test_visits_that_no_day_is_left_for_are_carried_over(self) -> None:
        """On the draw's last day nothing can be drawn for it any more."""
        facts = _chain(visits=(_visit("E01", None), _visit("E02", 31, is_hampered=True)))
        assert _commands(facts, date(2026, 12, 31)) == [
            "inspect-cli visit carry-over 2026-12/1 E01 E02 --approver NAME --reason CODE"
        ]

    def test_results_come_before_the_next_day(self) -> None:
        """STATUS-8: what is recorded is approved and published while other visits are still to come."""
        recorded = [
            _visit(f"E{place}", 1, status=VisitStatus.RECORDED, result=ResultFacts(stage=stage))
            for place, stage in enumerate((ResultStage.AWAITING, ResultStage.APPROVED, ResultStage.PUBLISHED))
        ]
        facts = _chain(visits=(*recorded, _visit("E09", 10)))
        assert _commands(facts) == [
            "inspect-cli visit approve 2026-12/1 --all",
            "inspect-cli notice publish result 2026-12/1",
            "inspect-cli schedule show 2026-12/1 --day 2026-12-10",
        ]
        results = settle_chain(facts, TODAY).results
        assert (results[ResultStage.AWAITING], results[ResultStage.APPROVED], results[ResultStage.PUBLISHED]) == (
            1,
            1,
            1,
        )

    def test_the_next_day_is_shown(self) -> None:
        """Today's visits are next."""
        facts = _chain(visits=(_visit("E01", 10), _visit("E02", 10), _visit("E03", 11)))
        found = settle_chain(facts, TODAY)
        assert found.next_day == TODAY
        assert _commands(facts) == ["inspect-cli schedule show 2026-12/1 --day 2026-12-10"]
        assert found.steps[0].what.values["count"] == 2


class TestMonths:
    """STATUS-4 and STATUS-5: what a month without a draw lacks, and when the next one is looked at."""

    FULL = MonthFacts(
        period=Period("2026-12"),
        has_entities=True,
        has_inspectors=True,
        has_matters=True,
        is_year_known=True,
        is_over=False,
    )

    @pytest.mark.parametrize(
        ("lacking", "command"),
        [
            (("has_entities", "has_inspectors"), "inspect-cli entity import FILE"),
            (("has_inspectors", "is_year_known"), "inspect-cli inspector import FILE"),
            (("has_matters",), "inspect-cli matter import FILE"),
            (("is_year_known",), "inspect-cli workdays import FILE"),
            ((), "inspect-cli plan new 2026-12 -o plan-2026-12.toml"),
        ],
    )
    def test_what_is_lacking_comes_first(self, lacking: tuple[str, ...], command: str) -> None:
        """One thing after the other, in the order of the story."""
        changes: dict[str, Any] = dict.fromkeys(lacking, False)
        facts = replace(self.FULL, **changes)
        assert [step.command for step in settle_month(facts)] == [command]

    def test_what_was_carried_over_too_late_wants_a_further_plan(self) -> None:
        """STATUS-7: a plan of its own is named for visits that no draw of the month takes, and nothing where there are none."""
        (step,) = settle_carried(Period("2027-01"), 5)
        assert step.command == "inspect-cli plan new 2027-01 -o plan-2027-01-more.toml"
        assert step.what.values["count"] == 5
        assert settle_carried(Period("2027-01"), 0) == ()

    def test_nothing_is_planned_in_a_month_that_is_over(self) -> None:
        """There is no next step in it."""
        assert settle_month(replace(self.FULL, is_over=True)) == ()

    def test_the_month_after_is_due_when_this_one_is_done(self) -> None:
        """Finished, over, or in its last ten days; a month that has only begun is not left behind."""
        period, early = Period("2026-12"), date(2026, 12, 21)
        done = settle_chain(_chain(), early)
        going = settle_chain(_chain(visits=(_visit(day=28),)), early)
        assert is_next_month_due(period, early, (done,), is_over=False)
        assert not is_next_month_due(period, early, (done, going), is_over=False)
        assert not is_next_month_due(period, early, (), is_over=False)
        assert is_next_month_due(period, early, (), is_over=True)
        assert is_next_month_due(period, date(2026, 12, 22), (going,), is_over=False)


class TestHampered:
    """STATUS-6: a visit is hampered when by today's registries somebody is missing, or nobody is visited there that day."""

    R001 = InspectorId("R001")
    OUTING = Outing(day=date(2026, 12, 8), entity=EntityId("E01"), zone="东片", team=(R001,))

    def _is_hampered(self, **changes: Any) -> bool:
        people = {self.R001: an_inspector()}
        present = Present(people=people, leave=(), recused=frozenset(), blackouts=())
        return is_hampered(self.OUTING, replace(present, **changes))

    def test_a_visit_whose_team_can_come_is_not(self) -> None:
        """Nor is it by somebody else's leave, leave of other days, or another company's recusal."""
        assert not self._is_hampered()
        others = (a_leave(inspector=InspectorId("R002")), a_leave(first=date(2026, 12, 9)))
        recused = frozenset({(self.R001, EntityId("E02")), (InspectorId("R002"), EntityId("E01"))})
        assert not self._is_hampered(leave=others, recused=recused)

    def test_leave_and_recusals_hamper_it(self) -> None:
        """On the very day, and for the very pair."""
        assert self._is_hampered(leave=(a_leave(),))
        assert self._is_hampered(recused=frozenset({(self.R001, EntityId("E01"))}))

    @pytest.mark.parametrize(
        ("changes", "hampered"),
        [
            ({"valid_until": date(2026, 12, 7)}, True),
            ({"valid_until": date(2026, 12, 8)}, False),
            ({"retired": date(2026, 12, 8)}, True),
            ({"retired": date(2026, 12, 9)}, False),
            ({"certificate": None}, True),
            ({"certificate": None, "is_expert": True}, False),
        ],
    )
    def test_whoever_may_not_act_that_day_hampers_it(self, changes: dict[str, Any], hampered: bool) -> None:
        """By certificate and roster, to the day."""
        assert self._is_hampered(people={self.R001: an_inspector(**changes)}) is hampered

    def test_a_stranger_hampers_it(self) -> None:
        """Whom the roster does not know any more cannot be sent."""
        assert self._is_hampered(people={})

    @pytest.mark.parametrize(
        ("changes", "hampered"),
        [
            ({}, True),
            ({"zone": "东片"}, True),
            ({"zone": "西片"}, False),
            ({"entity": EntityId("E01")}, True),
            ({"entity": EntityId("E02")}, False),
            ({"last": date(2026, 12, 7)}, False),
            ({"first": date(2026, 12, 9)}, False),
        ],
    )
    def test_days_without_visits_hamper_it(self, changes: dict[str, Any], hampered: bool) -> None:
        """Of the bureau, of the zone, or of the company itself."""
        span = {"first": date(2026, 12, 7), "last": date(2026, 12, 11)} | changes
        assert self._is_hampered(blackouts=(Blackout(reason="庙会", **span),)) is hampered
