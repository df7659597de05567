"""``inspect-cli plan new`` and ``inspect-cli plan check``, on the sample township."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.files.config import read_bureau
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.leave import read_leave
from inspect_cli.files.intake.matters import read_matters
from inspect_cli.files.intake.recusals import read_recusals
from inspect_cli.files.intake.visits import read_visits
from inspect_cli.files.plan_file import read_plan
from inspect_cli.resources import fixtures
from inspect_cli.storage import registries
from inspect_cli.storage.ledger import add_ledger_visits
from inspect_cli.widths import cells
from tests.stores import make_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

CODE = "统一社会信用代码/注册号"
TODAY = ("--today", "2026-11-20")


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the sample township's store once."""
    path, files = tmp_path_factory.mktemp("township") / "inspect.db", fixtures()
    bureau = read_bureau(files / "inspect.toml")
    with make_store(f"sqlite:///{path}").transaction() as session:
        registries.add_entities(session, read_entities(files / "entities.csv", bureau).values)
        registries.add_inspectors(session, read_inspectors(files / "inspectors.csv", bureau).values)
        registries.add_matters(session, read_matters(files / "matters.csv", bureau).values)
        registries.add_leave(session, read_leave(files / "leave.csv", bureau).values)
        registries.add_recusals(session, read_recusals(files / "recusals.csv", bureau).values)
        add_ledger_visits(session, read_visits(files / "visits.csv", bureau).values)
    return path


@pytest.fixture
def folder(township: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that has the township's settings, store and plan."""
    shutil.copy(township, tmp_path / "inspect.db")
    shutil.copy(fixtures() / "inspect.toml", tmp_path)
    shutil.copy(fixtures() / "plan-2026-12.toml", tmp_path / "plan.toml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows_of(file: str) -> list[dict[str, str]]:
    """Read a file of the sample as a spreadsheet would."""
    with (fixtures() / file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def change(folder: Path, old: str, new: str) -> None:
    """Change the plan by hand."""
    path = folder / "plan.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


class TestNew:
    """PLAN-14 A first plan from the registries."""

    def test_valid_at_once(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """PLAN-14: what plan new writes can be committed as it stands."""
        done = run_cli(*TODAY, "plan", "new", "2026-12", "-o", "first.toml")
        assert done.status == 0
        assert run_cli(*TODAY, "plan", "check", "first.toml").status == 0
        plan = read_plan(folder / "first.toml", read_bureau(folder / "inspect.toml"))
        assert (len(plan.shares), len(plan.matters)) == (16, 38)

    def test_same_shares_as_the_sample(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """PLAN-14: the sample's plan is a first plan with a witness added."""
        run_cli(*TODAY, "plan", "new", "2026-12", "-o", "first.toml")
        bureau = read_bureau(folder / "inspect.toml")
        first, sample = (read_plan(folder / name, bureau) for name in ("first.toml", "plan.toml"))
        assert (first.shares, first.matters, first.team) == (sample.shares, sample.matters, sample.team)

    def test_sources_by_their_time(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """DRAND-4: --source writes a drand round by its time instead of the dice; the check knows its number and finds no weakness."""
        made = run_cli(*TODAY, "plan", "new", "2026-12", "-o", "d.toml", "--source", "drand=2026-11-30T09:00+08:00")
        assert made.status == 0
        text = (folder / "d.toml").read_text("utf-8")
        assert 'kind = "drand"' in text
        assert "round =" not in text
        data = json.loads(run_cli(*TODAY, "plan", "check", "d.toml", "--json").out)
        assert [(one["kind"], one["round"]) for one in data["sources"]] == [("drand", 34399012)]
        assert data["chance"] == {"bits": 128, "weak": False, "own_hands": False, "not_counted": []}
        again = run_cli(*TODAY, "plan", "new", "2026-12", "--from", "d.toml", "-o", "e.toml")
        assert (again.status, 'kind = "drand"' in (folder / "e.toml").read_text("utf-8")) == (0, True)

    def test_sources_in_the_bureau_s_own_hands(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """CHANCE-3: the dice of a new plan are enough, and the check says that they are the bureau's own, in both languages."""
        run_cli(*TODAY, "plan", "new", "2026-12", "-o", str(folder / "new.toml"))
        for lang, told in (("en", "all sources are in the bureau's own hands"), ("zh", "所有随机源都掌握在本单位手里")):
            seen = run_cli("--lang", lang, *TODAY, "plan", "check", "new.toml")
            assert told in "".join(seen.out.splitlines())
        data = json.loads(run_cli(*TODAY, "plan", "check", "new.toml", "--json").out)
        assert data["chance"] == {"bits": 66, "weak": False, "own_hands": True, "not_counted": []}

    def test_never_over_another(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """PLAN-14: a plan that is there is overwritten with --force only."""
        before = (folder / "plan.toml").read_bytes()
        assert run_cli(*TODAY, "plan", "new", "2026-12", "-o", "plan.toml").status == 4
        assert (folder / "plan.toml").read_bytes() == before
        assert run_cli(*TODAY, "plan", "new", "2026-12", "-o", "plan.toml", "--force").status == 0
        again = run_cli(*TODAY, "plan", "new", "2026-12", "-o", "plan.toml")
        assert (again.status, "there already" in again.out) == (0, True)

    @pytest.mark.parametrize("period", ["2026-13", "december"])
    def test_no_month(self, run_cli: Callable[..., Outcome], folder: Path, period: str) -> None:
        """PERIOD-1: what is no month is a mistake of usage."""
        assert run_cli("plan", "new", period, "-o", str(folder / "x.toml")).status == 2

    def test_unknown_year(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """WORK-2: a year whose working days are not known is refused with the way out."""
        refused = run_cli(*TODAY, "plan", "new", "2031-05", "-o", str(folder / "x.toml"))
        assert refused.status == 3
        assert "workdays import" in refused.err


@pytest.mark.usefixtures("folder")
class TestCheck:
    """PLAN-3 to PLAN-13 A plan is explained as tables and as data."""

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_tables(self, run_cli: Callable[..., Outcome], language: str) -> None:
        """The tables fit 80 columns in both languages, Chinese widths included, and name every stratum."""
        done = run_cli("--lang", language, *TODAY, "plan", "check", "plan.toml")
        assert done.status == 0
        # A note is a sentence: in a pipe it stays on its one line.
        tables = [line for line in done.out.splitlines() if not line.startswith(("Note: ", "注意："))]
        assert max(map(cells, tables)) <= 80
        assert sum(line.split()[1:2] == ["D"] for line in done.out.splitlines()) == 4

    def test_what_lies_behind_the_month_is_told(self, run_cli: Callable[..., Outcome]) -> None:
        """OUTLOOK-1, OUTLOOK-2: January's working days are not known yet, and a certificate lapses on the way."""
        warnings = self.data(run_cli)["warnings"]
        assert any("workdays import" in warning for warning in warnings)
        assert any("R028 (2026-12-15)" in warning for warning in warnings)
        operator = ("--as", "操作员甲")
        assert run_cli(*operator, "workdays", "import", str(fixtures() / "workdays-2027.csv")).status == 0
        assert not any("workdays import" in warning for warning in self.data(run_cli)["warnings"])

    def data(self, run_cli: Callable[..., Outcome]) -> dict[str, Any]:
        """Give what --json says."""
        found: dict[str, Any] = json.loads(run_cli(*TODAY, "plan", "check", "plan.toml", "--json").out)
        return found

    def test_data(self, run_cli: Callable[..., Outcome]) -> None:
        """QUOTA-1: each quota of the sample is its base times its ratio, rounded up; everybody is in or out."""
        data = self.data(run_cli)
        assert data["valid"] is True
        percent = {"A": 3, "B": 5, "C": 10, "D": 20}
        for quota in data["quotas"]:
            assert quota["quota"] == -(-quota["base"] * percent[quota["stratum"]] // 100)
        out = {row["id"] for row in data["excluded"]["rows"] if "domain" not in row}
        assert len(out) == sum(data["excluded"]["entities"].values())
        assert data["entities"] + len(out) == 1200
        assert (len(data["days"]), len(data["matters"]), len(data["sources"])) == (23, 38, 2)

    def test_cap_of_the_sample(self, run_cli: Callable[..., Outcome]) -> None:
        """EXCLUDE-4: whoever had four counted visits in 2026 by the sample's own list is excluded for the cap, and nobody else is."""
        counted = Counter(
            row[CODE]
            for row in rows_of("visits.csv")
            if row["检查日期"].startswith("2026") and row["检查类型"] in {"综合检查", "日常检查", "专项检查"}
        )
        capped = {row["id"] for row in self.data(run_cli)["excluded"]["rows"] if row["reason"] == "cap"}
        assert capped == {code for code, count in counted.items() if count >= 4}
        assert capped

    def test_roster_of_the_sample(self, run_cli: Callable[..., Outcome]) -> None:
        """ROSTER-1, ROSTER-2: each day has the inspectors whose certificate is valid and who are not on leave, by the sample's lists."""
        people, leave = rows_of("inspectors.csv"), rows_of("leave.csv")
        for one in self.data(run_cli)["staffing"]["days"]:
            away = {row["编号"] for row in leave if row["开始日期"] <= one["day"] <= row["结束日期"]}
            there = [
                row["编号"]
                for row in people
                if row["是否专家"] == "否" and (row["有效期至"] == "长期" or row["有效期至"] >= one["day"])
            ]
            assert one["inspectors"] == len(set(there) - away)

    def test_nothing_written(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """A check changes neither the store nor any file."""
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        run_cli(*TODAY, "plan", "check", "plan.toml")
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


class TestFaults:
    """PLAN-12 A plan that cannot be committed is exit 3, with everything that forbids it and what to do."""

    @pytest.mark.parametrize(
        ("edit", "text"),
        [
            (('ratio = "3%"', "number = 1000"), "1000 cannot be drawn"),
            (('ratio = "3%"', "number = 0"), "the quota is 0"),
            (('stratum = "A"', 'stratum = "a"'), "nobody in the stratum a"),
            (('"AQ01",', '"AQ99",'), "there is no matter AQ99"),
            (('"AQ01",', '"LD10",'), "the matter LD10 is not valid throughout 2026-12"),
        ],
    )
    def test_told(self, run_cli: Callable[..., Outcome], folder: Path, edit: tuple[str, str], text: str) -> None:
        """PLAN-12: each fault is told in words, and the tables are shown all the same."""
        change(folder, *edit)
        refused = run_cli(*TODAY, "plan", "check", "plan.toml")
        assert refused.status == 3
        assert text in refused.err
        assert "Quotas" in refused.out

    def test_data(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """PLAN-12: the data say so too, and stay data."""
        change(folder, 'ratio = "3%"', "number = 1000")
        refused = run_cli(*TODAY, "plan", "check", "plan.toml", "--json")
        data = json.loads(refused.out)
        assert (refused.status, data["valid"], len(data["faults"])) == (3, False, 1)

    def test_domain_without_matter(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """PLAN-9: a domain whose matters were all taken out is refused, with the way out."""
        text = (folder / "plan.toml").read_text("utf-8")
        kept = [line for line in text.splitlines() if not line.startswith('    "WS')]
        (folder / "plan.toml").write_text("\n".join(kept), "utf-8")
        refused = run_cli(*TODAY, "plan", "check", "plan.toml")
        assert refused.status == 3
        assert "no matter of the domain Health" in refused.err
        assert "matter import" in refused.err

    def test_mistakes_of_the_file(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """PLAN-1: a plan that is no plan is refused before anything is looked up."""
        change(folder, 'combine = "applicable"', 'combine = "both"')
        change(folder, 'rounding = "ceil"', 'rounding = "up"')
        refused = run_cli(*TODAY, "plan", "check", "plan.toml")
        assert refused.status == 3
        assert "combine" in refused.err
        assert "rounding" in refused.err
        assert refused.out == ""


class TestTargeted:
    """EXCLUDE-6 A targeted draw is shown as one, and those outside its scope are counted."""

    def test_scope(self, run_cli: Callable[..., Outcome], folder: Path) -> None:
        """EXCLUDE-6: two zones only, by number, whatever is left of the strata."""
        text = (folder / "plan.toml").read_text("utf-8")
        head, shares = text.index("[[share]]"), text.index("[[source]]")
        one = '[[share]]\ndomain = "safety"\nnumber = 1\n'
        scope = text[:head].replace("# zone = []", 'zone = ["网格01", "网格02"]')
        (folder / "plan.toml").write_text(scope + one + text[shares:], "utf-8")
        data = json.loads(run_cli(*TODAY, "plan", "check", "plan.toml", "--json").out)
        assert data["plan"]["type"] == "targeted"
        meant = {
            row[CODE]
            for row in rows_of("entities.csv")
            if row["网格"] in {"网格01", "网格02"} and "安全" in row["适用领域"]
        }
        other = {row["id"] for row in data["excluded"]["rows"] if row["reason"] != "filter"}
        outside = {row["id"] for row in data["excluded"]["rows"] if row["reason"] == "filter" and "domain" not in row}
        assert data["entities"] == len(meant - other)
        assert not meant & outside
        shown = run_cli(*TODAY, "plan", "check", "plan.toml")
        assert "targeted (定向)" in shown.out
        assert shown.status == 0
        assert any("the matter" in warning for warning in data["warnings"])
