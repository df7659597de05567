"""``prove_month`` on notices that were corrected: what stands is compared with what the store held when it was corrected."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.check import prove_month
from inspect_cli.core.names import Domain, Period
from inspect_cli.core.publish.proof.report import ProofId
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.registries import update_matters
from tests import published_month, small_month

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.publish.proof.report import Proof

RESULTS, PERIODIC = "示综执抽查〔2026〕3号", "示综执抽查〔2026〕4号"
LEAVE = ("--basis", "b", "--approver", small_month.APPROVER, "--yes")
WHY = ("--reason", "r", *LEAVE)
VISIT = (published_month.SLOT, "--result", "labour=2", "--result", "safety=1", "--reason", "re-examined", *LEAVE)


def _find(folder: Path) -> dict[ProofId, Proof]:
    """Prove the month; give what was found by each rule."""
    proof = prove_month(small_month.open_folder(folder), small_month.BUREAU, Period("2026-12"), lambda _: None)
    return {one.id: one for one in proof.proofs}


def _hold(folder: Path, id: ProofId) -> Proof:
    """Prove the month, which holds; give what a rule compared."""
    found = _find(folder)
    assert [one.differences for one in found.values() if one.differences] == []
    return found[id]


def _notice(folder: Path, day: str, *words: str) -> None:
    published_month.run(folder, small_month.PUBLISHER, day, "notice", *words)


def _rewrite(folder: Path, before: str, after: str) -> None:
    """Change Chinese words of the correction of the fourth notice behind the commands' back."""
    place = "version = 2 AND notice = (SELECT number FROM notice WHERE document = ?)"
    with sqlite3.connect(folder / "inspect.db") as store:
        ((zh,),) = store.execute(f"SELECT zh FROM notice_version WHERE {place}", (PERIODIC,))  # noqa: S608
        assert before in zh
        store.execute(f"UPDATE notice_version SET zh = ? WHERE {place}", (zh.replace(before, after), PERIODIC))  # noqa: S608
    store.close()


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish statistics, withdraw what they count as published, and correct them."""
    folder = tmp_path_factory.mktemp("corrected")
    published_month.fill_folder(folder)
    _notice(folder, "2026-12-31", "publish", "statistics", "2026-12", "--yes")
    _notice(folder, "2027-01-04", "withdraw", RESULTS, "--all", *WHY)
    _notice(folder, "2027-01-06", "correct", PERIODIC, *WHY)
    return folder


def test_statistics_that_were_corrected_hold(corrected: Path) -> None:
    """PROOF-10, AMEND-1: after a withdrawal the corrected statistics say that none of four results is published, and that is so."""
    proof = _hold(corrected, ProofId.MONTH)
    assert (proof.unchecked, proof.compared > 0) == ((), True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("| 0 | 6 | 0\\.0% |", "| 4 | 6 | 66\\.7% |"),
        ("| 已取消 | 1 |", "| 已取消 | 2 |"),
        ("其中逾期公示 0 户次", "其中逾期公示 1 户次"),
    ],
)
def test_false_figures_of_corrected_statistics_are_found(
    corrected: Path, tmp_path: Path, before: str, after: str
) -> None:
    """PROOF-10: a figure of the correction that is not that of its day is found, be it the one that was true before."""
    folder = shutil.copytree(corrected, tmp_path / "x")
    _rewrite(folder, before, after)
    assert {one.where for one in _find(folder)[ProofId.MONTH].differences} == {f"{PERIODIC} (zh)"}


def test_corrected_statistics_count_what_was_published_since(tmp_path: Path) -> None:
    """PROOF-10: a result that was withdrawn, corrected, and published in a notice after the statistics is published in their correction."""
    published_month.fill_folder(tmp_path)
    ordered = published_month.entities_of(tmp_path)[2]
    _notice(tmp_path, "2026-12-31", "publish", "statistics", "2026-12", "--yes")
    _notice(tmp_path, "2027-01-04", "withdraw", RESULTS, ordered, *WHY)
    slot, *words = VISIT
    published_month.run(tmp_path, small_month.OPERATOR, "2027-01-05", "visit", "correct", slot, ordered, *words)
    published_month.run(tmp_path, small_month.APPROVER, "2027-01-05", "visit", "approve", slot, "--all", "--yes")
    _notice(tmp_path, "2027-01-05", "publish", "result", slot, "--yes")
    _notice(tmp_path, "2027-01-06", "correct", PERIODIC, *WHY)
    _hold(tmp_path, ProofId.MONTH)
    _rewrite(tmp_path, "| 4 | 6 | 66\\.7% |", "| 3 | 6 | 50\\.0% |")
    assert _find(tmp_path)[ProofId.MONTH].differences != ()


def test_statistics_that_were_dated_back_hold(tmp_path: Path) -> None:
    """PROOF-10: what an earlier number withdrew is not published in statistics, also where they bear an earlier day."""
    published_month.fill_folder(tmp_path)
    _notice(tmp_path, "2027-01-06", "withdraw", RESULTS, published_month.entities_of(tmp_path)[2], *WHY)
    _notice(tmp_path, "2027-01-05", "publish", "statistics", "2026-12", "--yes")
    _hold(tmp_path, ProofId.MONTH)


def test_a_list_of_matters_that_was_corrected_is_compared(tmp_path: Path) -> None:
    """PROOF-11: after its correction a list is compared with the registry again, until the next change of a matter."""
    published_month.fill_folder(tmp_path)
    _notice(tmp_path, "2026-12-29", "publish", "matters", "2026", "--yes")
    _change_matter(tmp_path, "2026-12-30", "新的名称")
    assert len(_hold(tmp_path, ProofId.LISTS).unchecked) == 1
    _notice(tmp_path, "2026-12-31", "correct", PERIODIC, *WHY)
    proof = _hold(tmp_path, ProofId.LISTS)
    assert (proof.unchecked, proof.compared > 0) == ((), True)
    folder = shutil.copytree(tmp_path, tmp_path / "x")
    _rewrite(folder, "新的名称", "L-01检查")
    assert len(_find(folder)[ProofId.LISTS].differences) == 1
    _change_matter(tmp_path, "2027-01-04", "又一名称")
    assert len(_hold(tmp_path, ProofId.LISTS).unchecked) == 1


def _change_matter(folder: Path, day: str, name: str) -> None:
    matter = replace(small_month.make_matter("L-01", Domain("labour")), name=name)
    with small_month.open_folder(folder).transaction() as session:
        update_matters(session, [matter])
        add_act(session, small_month.actor_on(day), Act(act="matter import", subject="L-01", detail={}))
