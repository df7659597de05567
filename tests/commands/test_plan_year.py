"""``inspect-cli plan year``, and what ``plan new``, ``plan check`` and ``plan diff`` make of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.widths import cells
from tests.small_month import OPERATOR, fill_folder, open_folder
from tests.year_months import BASIS, commit_month, draw_month, month_text, year_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

TODAY = "2026-11-20"


@pytest.fixture
def cli(run_cli: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Call the command line in a folder of its own, as an operator, on a day in November."""
    options = (*fill_folder(tmp_path), "--as", OPERATOR, "--today", TODAY)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "year.toml").write_text(year_text(), "utf-8")

    def call(*words: str) -> Outcome:
        return run_cli(*options, *words)

    return call


def data_of(found: Outcome) -> Any:
    """Read what --json printed."""
    assert found.status == 0, found.err
    return json.loads(found.out)


class TestYear:
    """YEAR-1 to YEAR-9 The year's plan at the terminal."""

    def test_story(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """YEAR-9: what is proposed can be kept as it stands, and what is kept is written byte for byte."""
        written = cli("plan", "year", "2026", "-o", "first.toml")
        assert (written.status, "--file first.toml" in written.err) == (0, True)
        kept = cli("plan", "year", "2026", "--file", "first.toml")
        assert (kept.status, "version 1" in kept.out) == (0, True)
        again = cli("plan", "year", "2026", "--file", "first.toml")
        assert (again.status, "already" in again.out) == (0, True)
        assert cli("plan", "year", "2026", "-o", "copy.toml").status == 0
        assert (tmp_path / "copy.toml").read_bytes() == (tmp_path / "first.toml").read_bytes()
        assert "there already" in cli("plan", "year", "2026", "-o", "copy.toml").out

    def test_change(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """YEAR-1: a change without a reason is a mistake of usage; with one it is the next version, and the reason is shown."""
        cli("plan", "year", "2026", "--file", "year.toml")
        (tmp_path / "other.toml").write_text(year_text(labour="number = 4"), "utf-8")
        refused = cli("plan", "year", "2026", "--file", "other.toml")
        assert (refused.status, "--reason" in refused.err) == (2, True)
        kept = cli("plan", "year", "2026", "--file", "other.toml", "--reason", "上级调整", "--json")
        assert data_of(kept) == {"year": 2026, "version": 2, "new": True}
        shown = cli("plan", "year", "2026")
        assert "上级调整" in shown.out
        assert "--reason TEXT" in cli("plan", "year", "2026", "-o", "out.toml").err

    def test_never_over_another(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """YEAR-9: a file that is there is overwritten with --force only, and the message names it."""
        refused = cli("plan", "year", "2026", "-o", "year.toml")
        assert (refused.status, "--force" in refused.err) == (4, True)
        assert (tmp_path / "year.toml").read_text("utf-8") == year_text()
        assert cli("plan", "year", "2026", "-o", "year.toml", "--force").status == 0

    @pytest.mark.parametrize("words", [("-o", "x.toml", "--file", "year.toml"), ("--reason", "why"), ("--file", "no")])
    def test_usage(self, cli: Callable[..., Outcome], words: tuple[str, ...]) -> None:
        """YEAR-1: options that do not go together, and a file that is not there, are refused with a hint."""
        refused = cli("plan", "year", "2026", *words)
        assert (refused.status in {2, 3}, "What to do" in refused.err) == (True, True)

    @pytest.mark.parametrize("year", ["26", "year", "3000"])
    def test_no_year(self, cli: Callable[..., Outcome], year: str) -> None:
        """YEAR-1: what is no year is a mistake of usage."""
        assert cli("plan", "year", year).status == 2

    def test_data(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """YEAR-6: the plan that stands and the year to date as data."""
        cli("plan", "year", "2026", "--file", "year.toml")
        draw_month(open_folder(tmp_path), "2026-11")
        found = data_of(cli("plan", "year", "2026", "--json"))
        assert (found["year"], found["months_left"]) == (2026, 2)
        assert found["plan"] == {
            "version": 1,
            "reason": None,
            "first_month": 1,
            "last_month": 12,
            "strata": ["risk_class"],
            "targets": [
                {"domain": "labour", "stratum": "A", "ratio": "1", "basis": BASIS},
                {"domain": "safety", "stratum": "A", "ratio": "0.5", "basis": BASIS},
            ],
        }
        assert found["to_date"][0] == {
            "domain": "labour",
            "stratum": "A",
            "base": 10,
            "target": 10,
            "drawn": 3,
            "recorded": 0,
            "committed": 0,
            "checked_beside": 0,
            "left": 7,
        }

    def test_numbers(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """YEAR-1: a target of a number is shown as one."""
        (tmp_path / "n.toml").write_text(year_text(labour="number = 4"), "utf-8")
        cli("plan", "year", "2026", "--file", "n.toml")
        assert data_of(cli("plan", "year", "2026", "--json"))["plan"]["targets"][0]["number"] == 4

    @pytest.mark.parametrize(("year", "months"), [(2025, 0), (2026, 2), (2027, 12)])
    def test_months(self, cli: Callable[..., Outcome], tmp_path: Path, year: int, months: int) -> None:
        """YEAR-7: this month counts as one that is left; a year that is over has none, one to come has all."""
        (tmp_path / "y.toml").write_text(year_text().replace("2026", str(year), 1), "utf-8")
        cli("plan", "year", str(year), "--file", "y.toml")
        assert data_of(cli("plan", "year", str(year), "--json"))["months_left"] == months

    def test_without_plan(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """YEAR-6: without a plan the year to date is shown by domain, and the next command."""
        draw_month(open_folder(tmp_path), "2026-11")
        shown = cli("plan", "year", "2026")
        assert (shown.status, "no plan of 2026 is kept" in shown.out) == (0, True)
        assert "plan year 2026 -o year-2026.toml" in shown.err
        found = data_of(cli("plan", "year", "2026", "--json"))
        assert (found["plan"], found["months_left"]) == (None, None)
        assert [(one["stratum"], one["drawn"]) for one in found["to_date"]] == [(None, 3), (None, 1)]

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_width(self, cli: Callable[..., Outcome], tmp_path: Path, language: str) -> None:
        """YEAR-6: the tables fit 80 columns in both languages, with a basis of a thousand characters and hostile marks."""
        basis = "[/red]依据\u202e" + "长" * 1000
        (tmp_path / "y.toml").write_text(year_text().replace(BASIS, basis).replace("\u202e", "\\u202E"), "utf-8")
        assert cli("plan", "year", "2026", "--file", "y.toml").status == 0
        draw_month(open_folder(tmp_path), "2026-11")
        for words in (("year", "2026"), ("new", "2026-12", "-o", f"{language}.toml"), ("check", "plan.toml")):
            shown = cli("--lang", language, "plan", *words)
            assert shown.status == 0
            # A sentence stays whole where its lines are not broken for a terminal.
            tables = [line for line in shown.out.splitlines() if not line.startswith(("Note: ", "注意："))]
            assert [line for line in tables if cells(line) > 80] == []
            assert "\u202e" not in shown.out


class TestNew:
    """DRAFT-1 to DRAFT-5 plan new with a year's plan, and from an earlier plan."""

    def test_portion(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """DRAFT-1: the year to date is shown with what is proposed; the file can be checked at once."""
        cli("plan", "year", "2026", "--file", "year.toml")
        draw_month(open_folder(tmp_path), "2026-11", month_text("2026-11", labour=5, safety=1))
        done = cli("plan", "new", "2026-12", "-o", "new.toml")
        rows = [line.split() for line in done.out.splitlines()]
        assert ["Safety", "A", "3", "1", "2"] in [row[:5] for row in rows]
        # Of ten companies five or six were visited in November and cool off.
        assert any(row[:5] == ["Labour", "A", "10", "5", "5"] and row[5] in {"4", "5"} for row in rows)
        checked = cli("plan", "check", "new.toml", "--json")
        year = data_of(checked)["year"]
        assert (year["year"], year["months_left_after"]) == (2026, 0)
        assert [one["left"] - one["this_plan"] for one in year["lines"]] == [one["left_after"] for one in year["lines"]]

    def test_from(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """DRAFT-2, DRAFT-4: from a month; the check refuses it until the digest is filled in."""
        commit_month(open_folder(tmp_path), "2026-11")
        done = cli("plan", "new", "2026-12", "--from", "2026-11", "-o", "new.toml")
        assert (done.status, "digest of a new sealed text" in done.err) == (0, True)
        refused = cli("plan", "check", "new.toml")
        assert (refused.status, "source[1].digest" in refused.err, "sha256sum" in refused.err) == (3, True, True)
        text = (tmp_path / "new.toml").read_text("utf-8")
        (tmp_path / "new.toml").write_text(text.replace('digest = "…"', f'digest = "{"b" * 64}"'), "utf-8")
        assert cli("plan", "check", "new.toml").status == 0

    def test_no_draw(self, cli: Callable[..., Outcome]) -> None:
        """DRAFT-2: a month without a draw is a mistake of usage, and nothing is written."""
        refused = cli("plan", "new", "2026-12", "--from", "2026-10", "-o", "new.toml")
        assert (refused.status, "no draw of 2026-10" in refused.err) == (2, True)

    def test_force(self, cli: Callable[..., Outcome]) -> None:
        """PLAN-14: a plan that is there is not overwritten; the message names --force."""
        refused = cli("plan", "new", "2026-12", "-o", "plan.toml")
        assert (refused.status, "--force" in refused.err) == (4, True)


class TestCheck:
    """YEAR-8 plan check shows the year after the plan."""

    def test_without(self, cli: Callable[..., Outcome]) -> None:
        """YEAR-8: without a year plan there is nothing to show."""
        assert data_of(cli("plan", "check", "plan.toml", "--json"))["year"] is None
        assert "after this plan" not in cli("plan", "check", "plan.toml").out

    def test_out_of_reach(self, cli: Callable[..., Outcome]) -> None:
        """YEAR-8: December takes 3 of 10 and 2 of 3; what is left cannot be drawn any more, and is named."""
        cli("plan", "year", "2026", "--file", "year.toml")
        shown = cli("plan", "check", "plan.toml")
        assert "out of reach" in shown.out
        assert "Labour A (7 left, 0 possible), Safety A (1 left, 0 possible)" in " ".join(shown.out.split())
        lines = data_of(cli("plan", "check", "plan.toml", "--json"))["year"]["lines"]
        assert [(one["this_plan"], one["left_after"], one["reach"], one["out_of_reach"]) for one in lines] == [
            (3, 7, 0, True),
            (2, 1, 0, True),
        ]

    def test_in_reach(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """YEAR-8: in November there is a month left for the rest."""
        cli("plan", "year", "2026", "--file", "year.toml")
        (tmp_path / "nov.toml").write_text(month_text("2026-11"), "utf-8")
        shown = cli("--today", "2026-10-20", "plan", "check", "nov.toml")
        assert "months left then: 1" in shown.out
        assert "out of reach" not in shown.out


class TestDiff:
    """DIFF-1, DIFF-2 What differs between two plans, at the terminal."""

    def write(self, folder: Path) -> None:
        """Write a plan that differs from the December one in every kind of thing."""
        head = 'slot_number = 2\nmatters = ["L-01"]\ndays_off = ["2026-12-31"]\nnames_published = true'
        text = month_text("2026-12", labour=3, safety=2, head=head).replace(
            'stratum = "A"\nnumber = 2', "number = 0\nallow_zero = true"
        )
        text = text.replace("count = 5", "count = 6").replace(
            'kind = "text"\nname = "商会', 'kind = "text"\nname = "村'
        )
        (folder / "b.toml").write_text(text, "utf-8")

    def test_data(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """DIFF-2: every kind of difference as data."""
        self.write(tmp_path)
        found = data_of(cli("plan", "diff", "plan.toml", "b.toml", "--json"))
        assert found["same"] is False
        assert found["keys"] == [
            {"key": "slot_number", "before": None, "after": 2},
            {"key": "names_published", "before": False, "after": True},
        ]
        assert found["shares"] == [
            {"domain": "safety", "stratum": "*", "before": None, "after": {"number": 0, "allow_zero": True}},
            {"domain": "safety", "stratum": "A", "before": {"number": 2, "allow_zero": False}, "after": None},
        ]
        assert found["matters"] == {"added": ["L-01"], "removed": []}
        assert found["days_off"] == {"added": ["2026-12-31"], "removed": []}
        kinds = [(one["name"], one["before"] is None, one["after"] is None) for one in found["sources"]]
        assert kinds == [("商会见证人", False, True), ("镇政府大厅掷骰", False, False), ("村见证人", True, False)]

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_table(self, cli: Callable[..., Outcome], tmp_path: Path, language: str) -> None:
        """DIFF-1: the table fits 80 columns, both ways round, and is exit 0."""
        self.write(tmp_path)
        for words in (("plan.toml", "b.toml"), ("b.toml", "plan.toml")):
            shown = cli("--lang", language, "plan", "diff", *words)
            assert shown.status == 0
            assert max(cells(line) for line in shown.out.splitlines()) <= 80
            assert all(word in shown.out for word in ("L-01", "2026-12-31", "slot_number", "allow_zero"))

    def test_ratio_and_scope(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """DIFF-1: ratios are shown as percentages, lists in one field."""
        text = (
            month_text("2026-12")
            .replace("number = 3", 'ratio = "2‰"')
            .replace("[scope]", '[scope]\nzone = ["东片", "西片"]')
        )
        (tmp_path / "c.toml").write_text(text, "utf-8")
        shown = cli("plan", "diff", "plan.toml", "c.toml").out
        assert "0.2%" in shown
        assert "东片, 西片" in shown
        data = data_of(cli("plan", "diff", "plan.toml", "c.toml", "--json"))
        assert data["shares"][0]["after"] == {"ratio": "0.002", "allow_zero": False}
        assert data["keys"][0] == {"key": "scope.zone", "before": None, "after": ["东片", "西片"]}

    def test_none(self, cli: Callable[..., Outcome], tmp_path: Path) -> None:
        """DIFF-1: a month's draw against its own file: nothing differs, and it says so."""
        commit_month(open_folder(tmp_path), "2026-12", (tmp_path / "plan.toml").read_text("utf-8"))
        shown = cli("plan", "diff", "2026-12", "plan.toml")
        assert (shown.status, shown.out.strip()) == (0, "the two plans do not differ")
        assert data_of(cli("plan", "diff", "2026-12/1", "plan.toml", "--json"))["same"] is True
