"""``inspect-cli plan rehearse``: what can go wrong, shown before it does; and ``plan check`` of what cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.plan.rehearse import prepare
from inspect_cli.commands.plan.rehearse_words import tell_bottleneck, tell_change, tell_lack
from inspect_cli.core.draw.rehearsal.remedy import Change, Tried
from inspect_cli.core.draw.rehearsal.tally import tally
from inspect_cli.core.draw.rehearsal.trial import Lack, Missing
from inspect_cli.core.draw.rehearsal.trial import rehearse as rehearse_once
from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.inspector import Recusal, RecusalReason
from inspect_cli.core.workdays import YearNotice
from inspect_cli.storage.calendar import add_year_notice
from inspect_cli.storage.registries import add_recusals, update_inspectors
from inspect_cli.widths import cells
from tests import small_month as month
from tests.core.draw.builders import commitment, entity, frame, inspector

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspect_cli.acts.plan.rehearse import Stage
    from tests.conftest import Outcome

TODAY = ("--today", "2026-11-20")


@pytest.fixture
def rehearse(run_cli: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Outcome]:
    """Rehearse the small month's plan with twelve seeds."""
    options = month.fill_folder(tmp_path)

    def run(*words: str, language: str = "en", verb: str = "rehearse") -> Outcome:
        seeds = ("--seeds", "12") if verb == "rehearse" else ()
        return run_cli("--lang", language, *options, *TODAY, "plan", verb, str(tmp_path / "plan.toml"), *seeds, *words)

    return run


def bar_leaders(folder: Path) -> None:
    """Let those who may lead be barred from seven companies, so that some seeds leave visits open."""
    companies = [EntityId(f"E{number:02}") for number in (1, 2, 3, 7, 8, 9, 10)]
    with month.open_folder(folder).transaction() as session:
        leaders = [month.make_inspector(number).id for number in (1, 2)]
        pairs = ((leader, company) for leader in leaders for company in companies)
        add_recusals(session, (Recusal(inspector=one, entity=name, reason=RecusalReason.KIN) for one, name in pairs))


def change_people(folder: Path, numbers: range, **change: Any) -> None:
    """Change people of the roster."""
    with month.open_folder(folder).transaction() as session:
        update_inspectors(session, (replace(month.make_inspector(number), **change) for number in numbers))


class TestScreen:
    """REHEARSE-4, REHEARSE-5 What is shown to a person."""

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_nothing_open(self, rehearse: Callable[..., Outcome], language: str) -> None:
        """REHEARSE-8: where nothing stays open, the odds' bound, loads and chances are shown, in 80 columns."""
        done = rehearse(language=language)
        assert done.status == 0
        assert "22.1%" in done.out
        assert max(cells(line) for line in done.out.splitlines()) <= 80
        assert all(f"R0{number}" in done.out for number in range(1, 6))
        titles = {"en": ("by stratum", "by zone"), "zh": ("各层被检查的机会", "各网格被检查的机会")}
        assert all(title in done.out for title in titles[language])
        assert "draw commit" in done.err

    def test_a_provisional_calendar(self, rehearse: Callable[..., Outcome], tmp_path: Path) -> None:
        """PLAN-17: what was rehearsed with working days that are not published yet says so; with published ones it does not."""
        assert "provisional calendar" not in rehearse().err
        with month.open_folder(tmp_path).transaction() as session:
            notice = YearNotice(year=2027, title="2027.csv", days_off=(), make_up_days=(), provisional=True)
            add_year_notice(session, notice)
        assert "made with a provisional calendar of working days: 2027" in rehearse().err

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_open(self, rehearse: Callable[..., Outcome], tmp_path: Path, language: str) -> None:
        """REHEARSE-3, REHEARSE-6: what is lacking, where, and what helps, are shown."""
        bar_leaders(tmp_path)
        done = rehearse(language=language)
        assert done.status == 0
        sentences = ("Bottleneck", "Who may lead", "瓶颈", "可任组长的人（")  # in a pipe they are not broken
        assert max(cells(line) for line in done.out.splitlines() if not line.startswith(sentences)) <= 80
        words = {
            "en": (
                "Bottleneck: nobody who may lead can come",
                "one more inspector for Labour who may",
                "东片",
            ),
            "zh": ("瓶颈：没有可任组长的人可派", "增加1名可任组长的劳动执法人员", "东片"),
        }
        assert all(word in done.out for word in words[language])

    def test_a_skill(self, rehearse: Callable[..., Outcome], tmp_path: Path) -> None:
        """REHEARSE-3: those who have the skill are named with what they carry; a proved shortage is exit status 3 behind the tables."""
        change_people(tmp_path, range(2, 6), skills=(month.LABOUR,))
        change_people(tmp_path, range(1, 2), month_cap=1)
        done = rehearse()
        assert done.status == 3
        assert "Who is qualified for Safety, with the mean of their visits and their cap: R01 " in done.out
        assert "and only R01 could take them (1 in all), with 1 seats left" in done.err

    def test_nothing_helps(self, rehearse: Callable[..., Outcome], tmp_path: Path) -> None:
        """REHEARSE-6: where no change that is tried helps, that is said."""
        change_people(tmp_path, range(1, 6), month_cap=0)
        assert "No single change that was tried would help" in rehearse().out or "None of them mends" in rehearse().out

    def test_nobody_without_a_zone(self, rehearse: Callable[..., Outcome], tmp_path: Path) -> None:
        """REHEARSE-7: people who visit another zone only are told to visit any; too few people is a lack as well."""
        change_people(tmp_path, range(1, 6), zones=("西片",))
        done = rehearse()
        assert "too few people can come" in done.out
        assert "every inspector in any zone" in done.out
        assert done.status == 3

    @pytest.mark.parametrize(("seeds", "status"), [("0", 2), ("x", 2), ("10001", 2), ("1", 0)])
    def test_seeds(self, rehearse: Callable[..., Outcome], seeds: str, status: int) -> None:
        """REHEARSE-1: from one to ten thousand."""
        assert rehearse("--seeds", seeds).status == status


class TestData:
    """REHEARSE-1 to REHEARSE-8 The same as data."""

    def test_keys(self, rehearse: Callable[..., Outcome], tmp_path: Path) -> None:
        """REHEARSE-3: the numbers agree with each other, and nothing else is on stdout."""
        bar_leaders(tmp_path)
        data = json.loads(rehearse("--json").out)
        assert data["seeds"] == 12
        assert data["failed"] == len(data["failed_seeds"]) > 0
        assert sum(data["open"]["reasons"].values()) == sum(one["open"] for one in data["zones"])
        assert sum(one["open"] for one in data["open_entities"]) == sum(one["open"] for one in data["strata"])
        assert data["lacks"] == [{"missing": "leader", "domain": "", "visits": data["open"]["reasons"]["no day"]}]
        assert data["remedies"][0]["change"] == "leader"
        assert data["remedies"][0]["mended"] == data["remedies"][0]["seeds"] == data["failed"]
        assert {one["id"] for one in data["inspectors"]} >= {"R01", "R05", "X01"}
        assert data["shortages"] == []

    def test_shortages_of_a_check(self, rehearse: Callable[..., Outcome], tmp_path: Path) -> None:
        """SHORTAGE-8: plan check gives each proof with everything that it rests on."""
        change_people(tmp_path, range(1, 3), may_lead=False)
        done = rehearse("--json", verb="check")
        data = json.loads(done.out)
        assert (done.status, data["valid"], len(data["faults"])) == (3, False, 1)
        (proof,) = data["shortages"]
        assert (proof["want"], proof["visits"], proof["wanted"], proof["seats"]) == ("leader", 3, 3, 0)
        assert proof["certain"] == [
            {"domain": "labour", "stratum": "A", "size": 10, "take": 3, "inside": 10, "certain": 3}
        ]
        assert (proof["inspectors"], proof["zones"], proof["saved"]) == ([], [], 0)

    def test_nothing_is_written(self, rehearse: Callable[..., Outcome], tmp_path: Path) -> None:
        """REHEARSE-2: the store is the same afterwards, byte by byte."""
        before = (tmp_path / "inspect.db").read_bytes()
        rehearse()
        assert (tmp_path / "inspect.db").read_bytes() == before


class TestWords:
    """REHEARSE-3, REHEARSE-7 Each lack and each change has a sentence."""

    @pytest.fixture
    def stage(self, tmp_path: Path) -> Stage:
        """Prepare the small month's plan."""
        month.fill_folder(tmp_path)
        return prepare(month.open_folder(tmp_path), month.actor_on(month.COMMIT_DAY), month.make_plan(), month.BUREAU)

    @pytest.mark.parametrize(
        ("change", "detail", "words"),
        [
            (Change.OFFICER, "labour", "one more inspector for Labour"),
            (Change.LEADER, "safety", "one more inspector for Safety who may lead"),
            (Change.MONTH_CAP, "", "a month's cap of 22 visits instead of 20, own caps likewise"),
            (Change.DAY_CAP, "", "a day's cap of 3 visits instead of 2, own caps likewise"),
            (Change.DAY, "2026-12-31", "visits on 2026-12-31 as well (no day off, sources before it)"),
            (Change.ANY_ZONE, "", "every inspector in any zone"),
            (Change.LARGER_TEAM, "5", "teams of up to 5"),
        ],
    )
    def test_changes(self, stage: Stage, change: Change, detail: str, words: str) -> None:
        """REHEARSE-7: what is changed is said with the settings' own numbers."""
        tried = Tried(change=change, detail=detail, seeds=1, mended=1, before=1, after=0)
        assert str(tell_change(stage, tried)) == words

    @pytest.mark.parametrize(
        ("lack", "words"),
        [
            (Lack(missing=Missing.PEOPLE), "too few people can come"),
            (Lack(missing=Missing.SKILL, domain="labour"), "nobody qualified for Labour can come"),
            (Lack(missing=Missing.LEADER), "nobody who may lead can come"),
            (Lack(missing=Missing.TEAM), "no team of 4 has all skills and a leader"),
        ],
    )
    def test_lacks(self, stage: Stage, lack: Lack, words: str) -> None:
        """REHEARSE-3: what an open visit lacks is said by the domain's label."""
        assert str(tell_lack(stage, lack)) == words

    @pytest.mark.parametrize(("zones", "named"), [(("Z1", "Z1", "Z2"), True), (("Z1", "Z2", "Z3"), False)])
    def test_bottleneck(self, stage: Stage, zones: tuple[str, ...], named: bool) -> None:
        """REHEARSE-3: a zone is named where at least half of the open visits are in it."""
        rows = [entity(f"E{number}", zone=zone) for number, zone in enumerate(zones)]
        lists = frame(rows, [inspector("R1"), inspector("R2", lead=False, month_cap=0)])
        made = commitment(lists)
        told = str(tell_bottleneck(stage, tally(made, lists, [rehearse_once(made, lists, "0" * 64)])))
        assert ("are in the zone Z1" in told) is named
        assert told.startswith("Bottleneck: too few people can come, at 3 of 3 open visits")
