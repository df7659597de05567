"""``inspect-cli workdays``: a month as it is worked, and the import of a year's notice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

NOTICE = "日期,类型,名称\n2027-01-01,放假,元旦\n2027-05-01,放假,劳动节\n2027-10-01,放假,国庆\n2027-10-09,上班,\n"


@pytest.fixture
def workdays(begun: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Outcome]:
    """Work in a folder with settings, a store and a notice; give ``workdays`` as 甲 calls it."""
    (tmp_path / "2027.csv").write_text(NOTICE, "utf-8")
    return lambda *words: begun("--as", "甲", "workdays", *words)


def test_a_month_is_shown_as_it_is_worked(workdays: Callable[..., Outcome]) -> None:
    """October 2025 by the State Council's notice: off from the 1st to the 8th, the 11th made up, 18 working days."""
    shown = workdays("show", "2025-10").out
    for word in ("8 off", "11 work", "working days: 18"):
        assert word in shown
    data = json.loads(workdays("show", "2025-10", "--json").out)
    assert list(data) == ["period", "notice", "provisional", "working_days", "days", "closed"]
    assert len(data["working_days"]) == 18
    assert data["working_days"][0] == "2025-10-09"
    assert {"day": "2025-10-11", "kind": "make-up"} in data["days"]
    assert len(data["days"]) == 31


def test_an_unknown_year_is_refused_and_imported(workdays: Callable[..., Outcome]) -> None:
    """2027 is refused with the way out; after the import its days are the notice's, and the same file again is known."""
    refused = workdays("show", "2027-10")
    assert refused.status == 3
    assert "inspect-cli workdays import FILE" in refused.err
    assert "nothing was taken" in workdays("import", "2027.csv", "--dry-run").out
    assert workdays("show", "2027-10").status == 3
    assert "days off 3, make-up days 1" in workdays("import", "2027.csv").out
    assert "known already" in workdays("import", "2027.csv").out
    shown = workdays("show", "2027-10").out
    assert "1 off" in shown
    assert "9 work" in shown
    assert "2027.csv" in shown


def test_another_notice_wants_update(workdays: Callable[..., Outcome], tmp_path: Path) -> None:
    """A provisional notice is shown as one, and gives way to another only with --update."""
    assert workdays("import", "2027.csv", "--provisional").status == 0
    assert "provisional" in workdays("show", "2027-10").out
    (tmp_path / "final.csv").write_text(NOTICE + "2027-10-04,放假,国庆\n", "utf-8")
    refused = workdays("import", "final.csv")
    assert refused.status == 4
    assert "2027-10-04" in refused.err
    data = json.loads(workdays("import", "final.csv", "--update", "--json").out)
    assert (data["year"], data["new"], data["updated"], data["provisional"]) == (2027, False, True, False)
    assert "provisional" not in workdays("show", "2027-10").out


def test_the_final_notice_may_have_the_expected_days(workdays: Callable[..., Outcome]) -> None:
    """The published notice with the very days that were expected is told apart from another notice, and taken with --update."""
    assert workdays("import", "2027.csv", "--provisional").status == 0
    refused = workdays("import", "2027.csv")
    assert refused.status == 4
    assert "imported before as provisional, and are now given as final" in refused.err
    assert "--update" in refused.err
    assert workdays("import", "2027.csv", "--update").status == 0
    assert "provisional" not in workdays("show", "2027-10").out


def test_a_known_year_can_be_corrected(workdays: Callable[..., Outcome], tmp_path: Path) -> None:
    """A notice of a year that the program knows stands before it, and that is said."""
    (tmp_path / "2026.csv").write_text(NOTICE.replace("2027-10-09,上班,\n", "").replace("2027", "2026"), "utf-8")
    assert "stands before the program's own calendar of 2026" in workdays("import", "2026.csv").err


def test_days_are_closed_and_opened_again(workdays: Callable[..., Outcome]) -> None:
    """BLACK-1, BLACK-4: closed days are shown with the month and are working days all the same; a day that is opened again is gone."""
    closed = workdays("close", "2026-10-12", "--to", "2026-10-14", "--reason", "[/red]防汛演练")
    assert (closed.status, "no visits from 2026-10-12 to 2026-10-14: everybody" in closed.out) == (0, True)
    assert "entered before" in workdays("close", "2026-10-12", "--to", "2026-10-14", "--reason", "[/red]防汛演练").out
    assert workdays("reopen", "2026-10-13").status == 0
    shown = workdays("show", "2026-10").out
    assert "Days without visits" in shown
    assert "[/red]防汛演练" in shown
    data = json.loads(workdays("show", "2026-10", "--json").out)
    everybody = {"reason": "[/red]防汛演练"}
    assert data["closed"] == [{"first": day, "last": day, **everybody} for day in ("2026-10-12", "2026-10-14")]
    assert "2026-10-12" in data["working_days"]
    assert json.loads(workdays("show", "2026-11", "--json").out)["closed"] == []


def test_whom_closed_days_concern(workdays: Callable[..., Outcome], tmp_path: Path) -> None:
    """BLACK-2: a zone of the settings and a registered entity can be named, anything else is refused, whatever it is made of."""
    settings = tmp_path / "inspect.toml"
    settings.write_text(settings.read_text("utf-8").replace("zones = []", 'zones = ["东片", "=1+1"]', 1), "utf-8")
    for zone in ("东片", "=1+1"):
        assert f"zone {zone}" in workdays("close", "2026-10-12", "--zone", zone, "--reason", "x").out
    for whom in (("--zone", "<script>"), ("--entity", "../../x"), ("--entity", ""), ("--zone", "")):
        assert workdays("close", "2026-10-12", *whom, "--reason", "x").status == 2
    data = json.loads(workdays("show", "2026-10", "--json").out)
    assert [one["zone"] for one in data["closed"]] == ["=1+1", "东片"]
