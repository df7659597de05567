"""``draw bundle --public`` and ``draw receipt`` as they are typed: who may have what, and ``verify`` on what they write."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.draw.rows import Reason
from inspect_cli.storage.registries import find_entities, update_entities
from tests import small_month
from tests.core.draw import builders
from tests.disclosures import receipt_bytes
from tests.small_supplement import away, order, supplement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

SLOT, AFTER = "2026-12/1", "2027-01-01"
OUTSIDE = "E00"


@pytest.fixture
def drawn(tmp_path: Path, run_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command line in a folder with a draw that was run."""
    monkeypatch.chdir(tmp_path)
    options = small_month.fill_folder(tmp_path)
    small_month.draw_month(small_month.open_folder(tmp_path))
    return lambda *words, today="2026-12-15": run_cli(*options, "--as", small_month.OPERATOR, "--today", today, *words)


def _visits(cli: Cli) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(cli("visit", "list", SLOT, "--json").out)
    return found


def _record(cli: Cli, visit: dict[str, Any]) -> None:
    results = [word for domain in visit["domains"] for word in ("--result", f"{domain}=1")]
    assert cli("visit", "record", visit["slot"], visit["entity"], *results, today="2026-12-31").status == 0


def _shown(path: Path) -> Any:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("disclosure.json"))


def test_nothing_may_be_shown_before_the_first_result(drawn: Cli, tmp_path: Path) -> None:
    """In the month, with no result recorded, the public bundle is refused, with the day from which on it is not; no file is written."""
    told = drawn("draw", "bundle", SLOT, "--public", "-o", "p.zip", today="2026-12-31")
    assert told.status == 4
    assert AFTER in told.err
    assert not (tmp_path / "p.zip").exists()


def test_recorded_visits_and_then_all(drawn: Cli, tmp_path: Path) -> None:
    """SHOW-2: what is recorded is shown, after the month all; the bundle is the same bytes each time and is verified."""
    visits = _visits(drawn)
    _record(drawn, visits[0])
    assert drawn("draw", "bundle", SLOT, "--public", "-o", "p.zip").status == 0
    assert [visit["row"]["id"] for visit in _shown(tmp_path / "p.zip")["visits"]] == [visits[0]["entity"]]
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert archive.namelist() == ["commitment.json", "disclosure.json", "verify.py", "verify.html", "README.txt"]
    assert drawn("verify", "p.zip").status == 0
    assert drawn("draw", "bundle", SLOT, "--public", "-o", "all.zip", today=AFTER).status == 0
    assert len(_shown(tmp_path / "all.zip")["visits"]) == sum(visit["day"] is not None for visit in visits)
    again = drawn("draw", "bundle", SLOT, "--public", "-o", "all.zip", today="2027-05-01")
    assert (again.status, "holds this very bundle already" in again.err) == (0, True)


def test_everybody_is_refused_in_the_same_words(drawn: Cli) -> None:
    """SHOW-3: in the month a refusal is the same for who was drawn, not drawn, left out and unknown; with a result it is no refusal."""
    visits = _visits(drawn)
    names = [f"E{number:02}" for number in range(1, 11)]
    told = {name: drawn("draw", "receipt", SLOT, name, "-o", "r.json") for name in (*names, OUTSIDE)}
    assert {one.status for one in told.values()} == {4}
    assert len({one.err for one in told.values()}) == 1
    _record(drawn, visits[0])
    for name in (*names, OUTSIDE):
        status = drawn("draw", "receipt", SLOT, name, "-o", f"{name}.json").status
        assert status == (0 if name == visits[0]["entity"] else 4)


def test_after_the_month_every_company_has_its_receipt(drawn: Cli) -> None:
    """Drawn or not, each receipt is verified, in both languages; a number that the draw does not know is a mistake of usage."""
    selected = {visit["entity"] for visit in _visits(drawn)}
    for number in range(1, 11):
        name = f"E{number:02}"
        assert drawn("draw", "receipt", SLOT, name, "-o", f"{name}.json", today=AFTER).status == 0
        told = drawn("verify", f"{name}.json", "--json")
        data = json.loads(told.out)
        assert (told.status, data["format"], data["level"], data["entity"]) == (0, "receipt-v1", None, name)
        assert bool(data["drawn"]) == (name in selected)
        page = drawn("verify", f"{name}.json").out
        assert ("drawn for " in page) == (name in selected)
        assert "sha256sum" in page
        assert "TICKET-1" in drawn("--lang", "zh", "verify", f"{name}.json").out
    unknown = drawn("draw", "receipt", SLOT, OUTSIDE, "-o", "x.json", today=AFTER)
    assert unknown.status == 2
    assert "was not registered" in unknown.err


def test_by_a_number_of_today(drawn: Cli) -> None:
    """A company that changed its number since has its receipt by either, under the number that the draw froze."""
    changed = drawn("entity", "renumber", "E01", "91350100M000100Y43", "--reason", "三证合一", "--yes")
    assert changed.status == 0, changed.err
    assert drawn("draw", "receipt", SLOT, "E01", "-o", "old.json", today=AFTER).status == 0
    assert drawn("draw", "receipt", SLOT, "91350100M000100Y43", "-o", "old.json", today=AFTER).status == 0
    assert json.loads(drawn("verify", "old.json", "--json").out)["entity"] == "E01"


def test_under_several_numbers(drawn: Cli) -> None:
    """Two rows of the draw that are one company by now have a receipt each, and the number of today is told which they are."""
    number = "91350100M000100Y43"
    assert drawn("entity", "renumber", "E01", number, "--reason", "三证合一", "--yes").status == 0
    joined = drawn("entity", "renumber", "E02", number, "--merge", "--reason", "同一企业", "--yes")
    assert joined.status == 0, joined.err
    told = drawn("draw", "receipt", SLOT, number, "-o", "r.json", today=AFTER)
    assert (told.status, "E01" in told.err, "E02" in told.err) == (2, True, True)
    assert drawn("draw", "receipt", SLOT, "E02", "-o", "r.json", today=AFTER).status == 0


def test_who_was_left_out_reads_why(run_cli: Cli, tmp_path: Path) -> None:
    """A receipt of an excluded company, or of a domain that is left out, says the reason in words, and holds."""
    out = [builders.excluded(f"X{place}", reason) for place, reason in enumerate(Reason)]
    row = builders.entity("E01", "labour")
    lists = builders.frame(
        [row],
        [builders.inspector(f"R{n}", "labour") for n in (1, 2)],
        [builders.excluded("E01", domain="safety"), *out],
    )
    draw = builders.drawn(lists)
    pages = set()
    for one in lists.excluded:
        path = tmp_path / f"{one.id}.json"
        path.write_bytes(receipt_bytes(draw, one.id))
        told = run_cli("verify", path)
        assert (told.status, "What it shows holds" in told.out) == (0, True)
        pages.add(
            next(
                line
                for line in told.out.splitlines()
                if ": " in line and ("left out" in line or "not in the frame" in line)
            )
        )
        data = json.loads(run_cli("verify", path, "--json").out)
        assert data["excluded"] == [{"domain": one.domain, "reason": one.reason.value}]
    assert len(pages) == len(lists.excluded)


def test_void_and_not_drawn_yet(drawn: Cli, tmp_path: Path, run_cli: Cli) -> None:
    """Of a void draw nothing is shown, nor of one that was not run; a slot that is not there is a mistake of usage."""
    assert drawn("draw", "bundle", "2026-12/9", "--public", "-o", "x").status == 2
    assert drawn("draw", "receipt", "2026-12/9", "E01", "-o", "x").status == 2
    approval = ("--approver", small_month.APPROVER, "--reason", "wrong-file", "--yes")
    assert drawn("draw", "void", SLOT, *approval).status == 0
    for words in (("bundle", SLOT, "--public"), ("receipt", SLOT, "E01")):
        told = drawn("draw", *words, "-o", "x", today=AFTER)
        assert (told.status, "void" in told.err) == (4, True)
    other = tmp_path / "other"
    other.mkdir()
    options = small_month.fill_folder(other)
    small_month.commit(small_month.open_folder(other))
    for words in (("bundle", SLOT, "--public"), ("receipt", SLOT, "E01")):
        told = run_cli(*options, "--today", AFTER, "draw", *words, "-o", "x")
        assert (told.status, "is not drawn yet" in told.err) == (4, True)


def test_what_was_changed_is_found_out(drawn: Cli, tmp_path: Path) -> None:
    """A changed row is a MISMATCH, status 6; what is no disclosure is refused, 3; a level is never reached, 7."""
    assert drawn("draw", "bundle", SLOT, "--public", "-o", "p.zip", today=AFTER).status == 0
    folder = tmp_path / "p"
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        archive.extractall(folder)
    assert drawn("verify", folder).status == 0
    assert drawn("verify", folder, "--level", "0").status == 7
    data = (folder / "disclosure.json").read_bytes()
    (folder / "disclosure.json").write_bytes(data.replace(b'"shown":', b'"shown":1'))
    told = drawn("verify", folder, "--json")
    assert (told.status, [one["id"] for one in json.loads(told.out)["checks"] if one["verdict"] == "MISMATCH"]) == (
        6,
        ["CUTOFF-1"],
    )
    assert "What it shows holds" not in drawn("verify", folder).out
    (folder / "disclosure.json").write_bytes(data + b"\n")
    told = drawn("verify", folder)
    assert (told.status, told.out) == (3, "")
    (folder / "disclosure.json").write_bytes(data)
    (folder / "result.json").write_bytes(b"{}")
    assert drawn("verify", folder).status == 3
    (tmp_path / "r.json").write_bytes(b"{")
    assert drawn("verify", "r.json").status == 3


def test_a_supplement_names_whom_it_draws_again(drawn: Cli, tmp_path: Path) -> None:
    """SHOW-4: nothing of a supplement is shown in the month before all its visits are recorded; then no row that names a team is."""
    store = small_month.open_folder(tmp_path)
    person = next(visit for visit in _visits(drawn) if visit["day"] not in {None, "2026-12-01"})
    team = json.loads(drawn("schedule", "show", SLOT, "--json").out)
    gone = next(one["team"][0]["id"] for one in team if one["entity"] == person["entity"])
    second = supplement(store, order(away=(away(gone),)))
    changed = [visit for visit in _visits(drawn) if visit["slot"] == second]
    assert changed
    early = drawn("draw", "receipt", second, changed[0]["entity"], "-o", "s.json")
    assert (early.status, "names all companies" in early.err) == (4, True)
    assert drawn("draw", "bundle", second, "--public", "-o", "s.zip").status == 4
    for visit in changed:
        _record(drawn, visit)
    assert drawn("draw", "receipt", second, changed[0]["entity"], "-o", "s.json").status == 0
    assert drawn("verify", "s.json").status == 0
    assert drawn("draw", "bundle", second, "--public", "-o", "s.zip", today=AFTER).status == 0
    told = drawn("verify", "s.zip", "--json")
    assert {one["id"]: one["verdict"] for one in json.loads(told.out)["checks"]}["AMEND-1"] == "NOT CHECKED"
    assert all("team" not in visit["row"] for visit in _shown(tmp_path / "s.zip")["visits"])
    # Its first draw shows the visits that are recorded by now, under the day that it drew.
    assert drawn("draw", "bundle", SLOT, "--public", "-o", "f.zip").status == 0
    assert {visit["row"]["id"] for visit in _shown(tmp_path / "f.zip")["visits"]} == {one["entity"] for one in changed}


def test_whose_line_was_taken_away_is_only_counted(drawn: Cli, tmp_path: Path) -> None:
    """SHOW-5: who was withdrawn from the notice of results is not named by the public bundle beside it, which is verified all the same."""
    shown, withdrawn = _visits(drawn)[:2]
    for visit in (shown, withdrawn):
        _record(drawn, visit)

    def acted(name: str, *words: str) -> None:
        done = drawn("--as", name, *words, today="2026-12-31")
        assert done.status == 0, done.err

    acted(small_month.APPROVER, "visit", "approve", SLOT, "--all", "--yes")
    acted(small_month.PUBLISHER, "notice", "publish", "result", SLOT, "--yes")
    why = ("--reason", "申诉成立", "--basis", "复核意见", "--approver", small_month.APPROVER)
    acted(small_month.PUBLISHER, "notice", "withdraw", "示综执抽查〔2026〕1号", withdrawn["entity"], *why, "--yes")
    told = drawn("draw", "bundle", SLOT, "--public", "-o", "p.zip", today="2026-12-31")
    assert (told.status, "the notices do not name them: 1" in told.err) == (0, True)
    assert [visit["row"]["id"] for visit in _shown(tmp_path / "p.zip")["visits"]] == [shown["entity"]]
    assert drawn("verify", "p.zip").status == 0
    assert drawn("draw", "receipt", SLOT, withdrawn["entity"], "-o", "r.json").status == 0


def test_a_masked_sole_trader_is_only_counted(drawn: Cli, tmp_path: Path) -> None:
    """SHOW-5: whose name the settings mask in notices stands in no public bundle, nor one of a supplement whose commitment names it."""
    settings = tmp_path / "inspect.toml"
    settings.write_text(settings.read_text("utf-8").replace('sole_traders = "full"', 'sole_traders = "first"'), "utf-8")
    store = small_month.open_folder(tmp_path)
    visits = [visit for visit in _visits(drawn) if visit["day"] is not None]
    with store.transaction() as session:
        trader = next(one for one in find_entities(session) if one.id == visits[-1]["entity"])
        update_entities(session, (replace(trader, size="个体工商户"),))
    assert drawn("draw", "bundle", SLOT, "--public", "-o", "p.zip", today=AFTER).status == 0
    assert {visit["row"]["id"] for visit in _shown(tmp_path / "p.zip")["visits"]} == {
        visit["entity"] for visit in visits[:-1]
    }
    team = json.loads(drawn("schedule", "show", SLOT, "--json").out)
    gone = next(one["team"][0]["id"] for one in team if one["entity"] == trader.id)
    second = supplement(store, order(away=(away(gone),)))
    told = drawn("draw", "bundle", second, "--public", "-o", "s.zip", today=AFTER)
    assert (told.status, "names a company that the notices do not name" in told.err) == (4, True)
