"""The list of checks: who rests on whom, proofs, chains of supplements, levels, and what a report is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.draw.frame import FrozenFrame
from inspect_cli.core.draw.lines import render_others
from inspect_cli.core.draw.promise import SourceKind
from inspect_cli.core.draw.seed import ProofOutcome, ProofState
from inspect_cli.core.verify.checks import judge, verify
from inspect_cli.core.verify.level import next_step
from inspect_cli.core.verify.questions import find_questions
from inspect_cli.core.verify.report import RESTS_ON, CheckId, Report, Verdict
from inspect_cli.core.verify.shape import Members, parse_draw
from inspect_cli.errors import InputError, say
from tests.core.draw.builders import VECTORS, drawn, entity, frame, inspector, members, read_members

if TYPE_CHECKING:
    from inspect_cli.core.draw.seed import Entropy

DRAW = VECTORS / "draw"
TINY = read_members(DRAW / "tiny")
ZONES = read_members(DRAW / "zones")
SUPPLEMENT = read_members(DRAW / "supplement")
SECOND = read_members(DRAW / "supplement-of-supplement")


def verdicts(report: Report) -> dict[str, str]:
    """Give the verdicts by check."""
    return {check.id.value: check.verdict.value for check in report.checks}


def detail(report: Report, check: str) -> str:
    """Give the sentence of a check."""
    return next(str(one.detail) for one in report.checks if one.id == check)


def least_steps(bundle: Members) -> int:
    """Find by halving how many steps checking a bundle takes."""
    few, enough = 0, 1_000_000
    while enough - few > 1:
        middle = (few + enough) // 2
        try:
            verify(bundle, steps=middle)
            enough = middle
        except InputError:
            few = middle
    return enough


class TestResting:
    """VERDICT-1: a check that rests on one that is not VERIFIED is NOT CHECKED, and says on which."""

    def test_a_wrong_commitment_leaves_the_seed_and_all_that_follows_unchecked(self) -> None:
        """With COMMIT-1 a MISMATCH only the frame can still be checked."""
        draw = parse_draw(TINY)
        report = verify(members(replace(draw, result=replace(draw.result, commitment="0f" * 32))))
        assert verdicts(report) == {
            "COMMIT-1": "MISMATCH",
            "FRAME-1": "VERIFIED",
            "SEED-1": "NOT CHECKED",
            "SEED-2": "NOT CHECKED",
            "SEED-3": "NOT CHECKED",
            "SELECT-1": "NOT CHECKED",
            "VISIT-1": "NOT CHECKED",
            "SIGN-1": "NOT CHECKED",
            "ORDER-1": "NOT CHECKED",
        }
        assert detail(report, "SEED-2") == "it rests on SEED-1"
        assert detail(report, "SELECT-1") == "it rests on SEED-3"

    def test_a_wrong_frame_leaves_the_seed_checked(self) -> None:
        """With FRAME-1 a MISMATCH the seed still follows, and nothing is selected."""
        draw = parse_draw(TINY)
        lists = replace(draw.frame, excluded=())
        found = verdicts(verify(members(replace(draw, frame=lists))))
        assert (found["FRAME-1"], found["SEED-3"], found["SELECT-1"]) == ("MISMATCH", "VERIFIED", "NOT CHECKED")

    def test_nothing_rests_on_the_form_of_values(self) -> None:
        """SEED-2 alone is left unchecked where a proof cannot be run."""
        report = verify(ZONES)
        assert [check.id for check in report.checks if check.verdict is Verdict.NOT_CHECKED] == [
            "SEED-2",
            "SIGN-1",
            "ORDER-1",
        ]
        assert CheckId.SEED_2 not in {other for others in RESTS_ON.values() for other in others}
        assert report.level == -1
        assert "level 0 wants SEED-2 checked" in str(next_step(report.checks))

    def test_details_have_what_was_expected_and_found(self) -> None:
        """A MISMATCH shows both sides."""
        draw = parse_draw(TINY)
        report = verify(members(replace(draw, result=replace(draw.result, seed="0f" * 32))))
        assert "0f" * 32 in detail(report, "SEED-3")
        assert draw.result.seed in detail(report, "SEED-3")
        short = verify(members(replace(draw, result=replace(draw.result, selection=()))))
        assert detail(short, "SELECT-1").startswith(
            "place 1 of the selection is nobody, but 320281000000011 for labour"
        )
        visits = draw.result.visits
        longer = verify(members(replace(draw, result=replace(draw.result, visits=(*visits, visits[0])))))
        assert detail(longer, "VISIT-1").startswith("visit 3 is 320281000000011 on 2026-12-04")
        assert detail(longer, "VISIT-1").endswith("but nothing follows")


class TestProofs:
    """SEED-2: a proof holds, fails, or cannot be run; a wrong value anywhere outweighs what could not be checked."""

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            (ProofState.HOLDS, Verdict.VERIFIED),
            (ProofState.FAILS, Verdict.MISMATCH),
            (ProofState.UNKNOWN, Verdict.NOT_CHECKED),
        ],
    )
    def test_the_prover_decides(self, state: ProofState, expected: Verdict) -> None:
        """The verdict is the prover's, and its sentence is shown."""
        asked: list[Entropy] = []

        def prover(entry: Entropy) -> ProofOutcome:
            asked.append(entry)
            return ProofOutcome(state=state, detail=say("so it is"))

        report = verify(ZONES, {SourceKind.DRAND: prover})
        assert verdicts(report)["SEED-2"] == expected
        assert [entry.promise.name for entry in asked] == ["League of Entropy, quicknet"]
        assert ("so it is" in detail(report, "SEED-2")) is (state is not ProofState.HOLDS)

    def test_a_wrong_value_needs_no_prover(self) -> None:
        """What plain hashing shows to be wrong is a MISMATCH, prover or not."""
        draw = parse_draw(ZONES)
        text, beacon = draw.result.entropy
        wrong = replace(draw.result, entropy=(text, replace(beacon, value="0f" * 32)))
        assert verdicts(verify(members(replace(draw, result=wrong))))["SEED-2"] == "MISMATCH"


class TestChains:
    """AMEND-1: the verdict on a supplement beside the verdicts on the draws before it."""

    def test_the_amended_draw_is_missing(self) -> None:
        """Without ``amends/`` nobody can say; no level."""
        report = verify(Members(files=SECOND.files))
        assert verdicts(report)["AMEND-1"] == "NOT CHECKED"
        assert report.level == -1

    def test_the_first_draw_is_missing(self) -> None:
        """With the amended supplement but not the draw before it, AMEND-1 is NOT CHECKED for both."""
        assert SECOND.amends is not None
        report = verify(Members(files=SECOND.files, amends=Members(files=SECOND.amends.files)))
        assert verdicts(report)["AMEND-1"] == "NOT CHECKED"
        assert "AMEND-1 of the amended draw is not checked" in detail(report, "AMEND-1")

    def test_what_shows_without_the_first_draw_is_a_mismatch(self) -> None:
        """That it amends another result shows beside the amended draw alone."""
        assert SECOND.amends is not None
        assert SECOND.amends.amends is not None
        report = verify(Members(files=SECOND.files, amends=SECOND.amends.amends))
        assert verdicts(report)["AMEND-1"] == "MISMATCH"
        assert detail(report, "AMEND-1").startswith("it amends the result")

    @pytest.mark.parametrize("name", ["commitment.json", "entities.jsonl", "result.json"])
    def test_the_amended_draw_is_refused(self, name: str) -> None:
        """An amended draw that is no draw is a MISMATCH of the supplement, not a refusal of the bundle."""
        assert SECOND.amends is not None
        broken = Members(files={**SECOND.amends.files, name: b"{}\n"}, amends=SECOND.amends.amends)
        report = verify(Members(files=SECOND.files, amends=broken))
        assert verdicts(report)["AMEND-1"] == "MISMATCH"
        assert detail(report, "AMEND-1").startswith("the amended draw is refused")

    def test_a_refused_first_draw_is_a_mismatch_all_the_way(self) -> None:
        """What is wrong at the bottom of a chain shows at its top."""
        assert SECOND.amends is not None
        broken = Members(files=SECOND.amends.files, amends=Members(files={}))
        report = verify(Members(files=SECOND.files, amends=broken))
        assert detail(report, "AMEND-1").startswith("AMEND-1 of the amended draw: the amended draw is refused")

    def test_the_amended_draw_has_a_mismatch(self) -> None:
        """A MISMATCH of the amended draw is one of the supplement."""
        assert SECOND.amends is not None
        amended = parse_draw(SECOND.amends, is_amended=True)
        wrong = members(replace(amended, result=replace(amended.result, seed="0f" * 32)), SECOND.amends.amends)
        report = verify(Members(files=SECOND.files, amends=wrong))
        assert verdicts(report)["AMEND-1"] == "MISMATCH"
        assert detail(report, "AMEND-1").startswith("SEED-3 of the amended draw")

    def test_an_amended_draw_that_takes_too_much_work_is_a_mismatch(self) -> None:
        """COVER-1: a draw whose teams take too many steps is refused whole, but where it is amended AMEND-1 says so."""
        first = SUPPLEMENT.amends
        assert first is not None
        steps = least_steps(first) - 1
        assert least_steps(Members(files=SUPPLEMENT.files)) <= steps
        report = verify(SUPPLEMENT, steps=steps)
        assert {check: verdict for check, verdict in verdicts(report).items() if verdict == "MISMATCH"} == {
            "AMEND-1": "MISMATCH"
        }
        assert "the amended draw is refused: finding teams for this draw takes more work" in detail(report, "AMEND-1")
        with pytest.raises(InputError, match="more work than any real month"):
            verify(first, steps=steps)

    def test_the_draws_that_were_read(self) -> None:
        """A bundle's own draw comes first, those that it amends behind it; one that is refused ends the list."""
        assert SECOND.amends is not None
        draws = judge(SECOND).draws
        assert draws == (
            parse_draw(SECOND),
            parse_draw(SECOND.amends, is_amended=True),
            *(parse_draw(one, is_amended=True) for one in (SECOND.amends.amends,) if one is not None),
        )
        assert judge(Members(files=SECOND.files)).draws == draws[:1]
        broken = replace(SECOND.amends, files={**SECOND.amends.files, "result.json": b"{}"})
        assert judge(replace(SECOND, amends=broken)).draws == draws[:1]

    def test_all_amended_draws_share_their_steps(self) -> None:
        """COVER-1: steps that are enough for each draw of a chain alone are not enough for all that are amended."""
        assert SECOND.amends is not None
        assert SECOND.amends.amends is not None
        alone = [least_steps(Members(files=one.files)) for one in (SECOND, SECOND.amends, SECOND.amends.amends)]
        report = verify(SECOND, steps=max(alone))
        assert detail(report, "AMEND-1").startswith("the amended draw is refused: finding teams for this draw")
        assert verify(SECOND, steps=alone[1] + alone[2]).level == 0


class TestReport:
    """VERDICT-2, LEVEL-1, LEVEL-2: a report has no truth value, and its level is 0 or none."""

    def test_no_truth_value(self) -> None:
        """``if verify(bundle)`` is an error rather than always true."""
        with pytest.raises(TypeError, match="no truth value"):
            bool(verify(TINY))

    def test_what_would_raise_the_level(self) -> None:
        """Signatures raise a good draw, nothing raises a bad one."""
        assert str(next_step(verify(TINY).checks)).startswith("level 1 wants signatures")
        draw = parse_draw(TINY)
        bad = verify(members(replace(draw, result=replace(draw.result, seed="0f" * 32))))
        assert str(next_step(bad.checks)).startswith("SEED-3 does not hold")


class TestQuestions:
    """QUESTION-1: what a bureau could steer by, for a person to ask about."""

    def test_a_first_draw(self) -> None:
        """Rows with days, quotas that take all, and bars by inspector."""
        days = ("2026-12-01",)
        lists = frame(
            [entity("E1", days=days), entity("E2", stratum="B"), entity("E3", stratum="B")],
            [inspector("R1", barred=("E1", "E9")), inspector("R2"), inspector("R3")],
        )
        questions = find_questions(drawn(lists, take=1))
        assert questions.days == (("E1", days),)
        assert [quota.stratum for quota in questions.full_quotas] == ["A"]
        assert questions.bars == (("R1", 2),)
        assert (questions.changes, questions.absent, questions.added) == ((), (), ())

    @pytest.mark.parametrize(
        ("further", "rules"),
        [
            ({"allowed": ["cap"]}, ("cap",)),
            ({"allowed": ["cap", "cooling-off"], "name": "x"}, ("cap", "cooling-off")),
            ({"allowed": []}, None),
            ({"allowed": "cap"}, None),
            ({"allowed": {"cap": 1}}, None),
            ({"name": '"allowed"'}, None),
            ({"allowed": [1, "=cmd|'/c calc'!A1"]}, ("=cmd|'/c calc'!A1",)),
        ],
    )
    def test_an_allowance(self, further: dict[str, object], rules: tuple[str, ...] | None) -> None:
        """Rows that are there in spite of a rule, as they say themselves; what is no list of texts says nothing."""
        row = replace(entity("E1"), others=render_others(further))
        questions = find_questions(drawn(frame([row, entity("E2")], [inspector("R1"), inspector("R2")])))
        assert questions.allowed == ((("E1", rules),) if rules else ())

    @pytest.mark.parametrize(
        ("calendar", "years"),
        [
            ({"provisional": [2026, 2027]}, (2026, 2027)),
            ({"provisional": [True, "2026"]}, ()),
            ({"provisional": 2026}, ()),
            ({}, ()),
            ([2026], ()),
        ],
    )
    def test_a_provisional_calendar(self, calendar: object, years: tuple[int, ...]) -> None:
        """Years whose working days the bureau expected itself; what is no list of whole numbers says nothing."""
        draw = parse_draw(TINY)
        commitment = replace(draw.commitment, further=render_others({"calendar": calendar}))
        assert find_questions(replace(draw, commitment=commitment)).provisional == years

    def test_a_supplement(self) -> None:
        """Every change, absence and addition."""
        draw = parse_draw(SECOND)
        questions, amends = find_questions(draw), draw.commitment.amends
        assert amends is not None
        assert (questions.changes, questions.absent, questions.added) == (amends.changes, amends.absent, amends.added)
        assert len(questions.full_quotas) == len(draw.commitment.quotas)


def test_an_empty_draw_verifies() -> None:
    """A frame without entities is a draw of nobody, and follows."""
    lists = FrozenFrame(entities=(), inspectors=(inspector(),))
    report = verify(members(drawn(lists)))
    assert report.level == 0
