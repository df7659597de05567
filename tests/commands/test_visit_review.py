"""``visit approve``, ``return``, ``correct``, ``attach``, ``follow-up``, ``follow-ups`` and ``show`` as they are typed."""

from __future__ import annotations

import hashlib
import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.widths import cells
from tests.sample_store import fill_folder
from tests.terminal import sit_down

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

VISIT = ("2026-12/1", "E-1")
RECORD = (
    "visit",
    "record",
    *VISIT,
    "--result",
    "safety=1",
    "--result",
    "labour=5",
    "--follow-up",
    "labour=rectify:2026-12-31",
)
FINE = ("--result", "safety=1", "--result", "labour=1")
WHY = ("--approver", "审批人乙", "--reason", "wrong-company", "--basis", "复核笔录", "--yes")
APPROVE = ("visit", "approve", *VISIT, "--yes")
HOSTILE = (
    "[/red]",
    "<script>alert(1)</script>",
    "=cmd|'/c calc'!A1",
    "{name}%s",
    "示例\u202e司公",
    "长" * 4000,
    "a\x1b[2Jb",
)


@pytest.fixture
def month(tmp_path: Path, run_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give the command line in a folder with the sample draw, at 80 columns; ``person`` acts on ``today``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    options = fill_folder(tmp_path)

    def run(*words: str | Path, person: str = "操作员甲", today: str = "2026-12-04", lang: str = "en") -> Outcome:
        return run_cli(*options, "--lang", lang, "--as", person, "--today", today, *words)

    return run


def _approver(month: Cli, *words: str, **changes: Any) -> Outcome:
    return month(*words, person="审批人乙", **changes)


def _data(done: Outcome) -> Any:
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_a_result_goes_its_way(month: Cli) -> None:
    """Recorded, approved, corrected, returned: each call says what it did, and ``show`` has all versions."""
    assert month(*RECORD).status == 0
    approved = _approver(month, *APPROVE)
    assert "approved: 1, approved before: 0" in approved.out
    assert "Labour 5 problems found" in approved.out
    assert "inspect-cli notice publish result 2026-12/1" in approved.err
    corrected = month("visit", "correct", *VISIT, *FINE, *WHY)
    assert "kept version 2 of the result of E-1" in corrected.out
    assert "corrected already" in month("visit", "correct", *VISIT, *FINE, *WHY).out
    returned = _approver(month, "visit", "return", *VISIT, "--reason", "依据不足")
    assert "returned: 1, returned before: 0" in returned.out
    shown = month("visit", "show", *VISIT).out
    for text in ("version 1: approved", "version 2: returned", "依据不足", "复核笔录", "审批人乙, 2026-12-04"):
        assert text in shown
    listed = month("visit", "list", "2026-12/1").out
    assert "acorrectionwasreturned:依据不足" in "".join(listed.split())


def test_a_result_that_was_returned_is_recorded_as_the_next_version(month: Cli) -> None:
    """Whoever lists the visits reads why, and whoever records it anew is told the version."""
    month(*RECORD)
    _approver(month, "visit", "return", *VISIT, "--reason", "另一家企业")
    assert "returned: 另一家企业" in month("visit", "list", "2026-12/1", "--state", "unrecorded").out
    again = month("visit", "record", *VISIT, *FINE)
    assert "recorded the visit to E-1 anew: version 2; the version before was returned" in again.out
    assert _data(month("visit", "record", *VISIT, *FINE, "--json"))["version"] == 2


def test_approval_is_asked_about_what_is_shown(month: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The results stand above the question; no approves nothing, yes approves them, and nobody to ask is refused."""
    month(*RECORD)
    assert _approver(month, "visit", "approve", *VISIT).status == 4
    sit_down(monkeypatch, "n")
    refused = _approver(month, "visit", "approve", "2026-12/1", "--all")
    assert refused.status == 4
    assert "Labour 5" in refused.out
    sit_down(monkeypatch, "y")
    assert "approved: 1" in _approver(month, "visit", "approve", "2026-12/1", "--all").out
    nothing = _approver(month, "visit", "approve", "2026-12/1", "--all")
    assert (nothing.status, nothing.out) == (0, "no result of 2026-12/1 awaits approval\n")
    # Nothing is asked where nothing is left to approve.
    assert "approved: 0, approved before: 1" in _approver(month, "visit", "approve", *VISIT).out


def test_who_recorded_does_not_approve(month: Cli, tmp_path: Path) -> None:
    """Exit 4 with the way out; where inspect.toml allows one person two roles, it is done and shown."""
    config = tmp_path / "inspect.toml"
    text = config.read_text("utf-8").replace('approver = ["审批人乙"]', 'approver = ["审批人乙", "操作员甲"]')
    config.write_text(text, "utf-8")
    month(*RECORD)
    refused = month(*APPROVE)
    assert refused.status == 4
    assert "two_roles" in refused.err
    config.write_text(text.replace("two_roles = false", "two_roles = true"), "utf-8")
    done = month(*APPROVE)
    assert "recorded and approved by one person: E-1" in done.err
    assert "recorded and approved by one person" in month("visit", "show", *VISIT).out
    assert _data(month("visit", "show", *VISIT, "--json"))["versions"][0]["one_person"] is True


def test_which_results_is_said(month: Cli) -> None:
    """Neither names nor --all, or both, is a usage mistake; a stranger is one too."""
    for words in (("2026-12/1",), (*VISIT, "--all"), ("2026-12/1", "E-9")):
        assert _approver(month, "visit", "approve", *words, "--yes").status == 2


def test_a_correction_takes_a_second_person(month: Cli) -> None:
    """Without one, or before anything was approved, nothing is corrected."""
    month(*RECORD)
    assert month("visit", "correct", *VISIT, *FINE, "--basis", "x", "--yes").status == 2
    refused = month("visit", "correct", *VISIT, *FINE, *WHY)
    assert refused.status == 4
    assert "visit return" in refused.err


def test_results_by_matter_are_shown(month: Cli) -> None:
    """A matter's number stands for its domain; the domain has what its matters have."""
    done = month("visit", "record", *VISIT, "--result", "S-01=1", "--result", "L-01=8", "--finding", "L-01=欠薪")
    assert "8 problems found, still to be handled" in done.out
    assert "Labour: no follow-up is named" in done.err
    data = _data(month("visit", "show", *VISIT, "--json"))
    (labour, safety) = data["versions"][0]["outcome"]["domains"]
    assert labour["matters"] == [{"matter": "L-01", "result": 8, "method": "on-site", "finding": "欠薪"}]
    assert (labour["result"], safety["result"]) == (8, 1)
    assert month("visit", "record", *VISIT, "--result", "S-01=1", "--result", "L-01=1").status == 4


def test_files_are_noted(month: Cli, tmp_path: Path) -> None:
    """Name, size and SHA-256; in the same call as the record, or later; what cannot be read is told and keeps nothing."""
    photo, film = tmp_path / "照片[b].jpg", tmp_path / "b.mp4"
    photo.write_bytes(b"abc")
    film.write_bytes(b"")
    gone = month(*RECORD, "--attach", tmp_path / "none.jpg")
    assert (gone.status, "none.jpg" in gone.err) == (2, True)
    assert month(*RECORD, "--attach", tmp_path).status == 2
    assert month("visit", "attach", *VISIT, photo).status == 4
    recorded = _data(month(*RECORD, "--attach", photo, "--json"))
    digest = hashlib.sha256(b"abc").hexdigest()
    assert recorded["attachments"] == [{"name": "照片[b].jpg", "sha256": digest, "size": 3}]
    assert "files noted: 1, there already: 1" in month("visit", "attach", *VISIT, photo, film).out
    again = _data(month("visit", "attach", *VISIT, photo, film, "--json"))
    assert [(one["name"], one["size"], one["new"]) for one in again] == [
        ("照片[b].jpg", 3, False),
        ("b.mp4", 0, False),
    ]
    shown = month("visit", "show", *VISIT).out
    assert "照片[b].jpg" in shown
    assert digest in "".join(shown.split())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in the file system")
def test_a_pipe_is_no_file(month: Cli, tmp_path: Path) -> None:
    """What may have no end is not read."""
    os.mkfifo(tmp_path / "pipe")
    assert month(*RECORD, "--attach", tmp_path / "pipe").status == 2


def test_a_follow_up_is_followed(month: Cli) -> None:
    """Steps that the table allows are taken and told; the ledger counts what is open and overdue, by draw, month, or all."""
    month(*RECORD)
    step = ("visit", "follow-up", *VISIT, "劳动")
    refused = month(*step, "close")
    assert refused.status == 4
    assert "recheck-passed, recheck-failed, extend, transfer" in refused.err
    for words in ((), ("2026-12",), ("2026-12/1",)):
        ledger = month("visit", "follow-ups", *words, today="2027-01-04")
        assert "2026-12-31 late" in ledger.out
        assert "open follow-ups: 1, overdue: 1" in ledger.err
        assert "inspect-cli visit follow-up 2026-12/1 E-1 labour STEP" in " ".join(ledger.err.split())
        assert "recheck-passed, recheck-failed, extend, transfer" in " ".join(ledger.err.split())
    assert month(*step, "extend", today="2027-01-04").status == 2
    extended = month(*step, "extend", "--until", "2027-01-15", today="2027-01-04")
    assert "Labour of E-1: ordered to rectify" in extended.out
    (line,) = _data(month("visit", "follow-ups", "--json", today="2027-01-04"))
    assert (line["state"], line["until"], line["overdue"]) == ("ordered", "2027-01-15", False)
    passed = _data(month(*step, "recheck-passed", "--on", "2027-01-04", "--json", today="2027-01-06"))
    assert passed == {"state": "rectified", "since": "2027-01-04", "until": None}
    month(*step, "close", "--note", "已公示[/red]", today="2027-01-06")
    done = month("visit", "follow-ups", today="2027-01-06")
    assert (done.out, "open follow-ups: 0, overdue: 0" in done.err) == ("", True)
    shown = month("visit", "show", *VISIT).out
    for text in ("closed", "- term extended", "- re-check passed", "已公示[/red]"):
        assert text in shown


@pytest.mark.parametrize("words", [("labour", "dance"), ("fire", "close"), ("health", "close")])
def test_what_is_no_step_is_refused(month: Cli, words: tuple[str, ...]) -> None:
    """An unknown step, an unknown domain, and one that the visit does not check are usage mistakes."""
    month(*RECORD)
    assert month("visit", "follow-up", *VISIT, *words).status == 2


def test_a_corrected_order_leaves_its_steps_on_record(month: Cli) -> None:
    """They are shown, and count no more."""
    month(*RECORD)
    month("visit", "follow-up", *VISIT, "labour", "recheck-failed")
    _approver(month, *APPROVE)
    month("visit", "correct", *VISIT, *FINE, *WHY)
    assert "(correction awaiting approval)" in " ".join(month("visit", "follow-ups").out.split())
    _approver(month, *APPROVE)
    data = _data(month("visit", "show", *VISIT, "--json"))
    (line,) = data["follow_ups"]
    assert (line["state"], line["steps"]) == ("closed", [])
    assert [(step["step"], step["version"]) for step in line["earlier_steps"]] == [("recheck-failed", 1)]
    assert "before the correction" in month("visit", "show", *VISIT).out


def test_states_of_a_list(month: Cli) -> None:
    """``--state`` takes the states of visits and those of results."""
    month(*RECORD)
    assert _named(month, "recorded") == _named(month, "awaiting") == ["E-1"]
    assert (_named(month, "approved"), _named(month, "published")) == ([], [])
    _approver(month, *APPROVE)
    assert (_named(month, "awaiting"), _named(month, "approved")) == ([], ["E-1"])
    assert (_named(month, "planned"), _named(month, "unrecorded"), _named(month, "open")) == (["E-3"], ["E-3"], ["E-2"])
    (listed,) = _data(month("visit", "list", "2026-12/1", "--state", "recorded", "--json"))
    assert (listed["review"], listed["version"], "published" in listed) == ("approved", 1, False)


def _named(month: Cli, state: str) -> list[str]:
    return [each["entity"] for each in _data(month("visit", "list", "2026-12/1", "--state", state, "--json"))]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_texts_are_text(month: Cli, text: str, lang: str) -> None:
    """Findings, reasons, bases and notes are shown as they were typed, by no terminal obeyed, and no wider than it."""
    month(*RECORD, "--finding", f"labour={text}")
    month("visit", "follow-up", *VISIT, "labour", "transfer", "--note", text)
    _approver(month, *APPROVE)
    month("visit", "correct", *VISIT, *FINE, "--approver", "审批人乙", "--reason", "其他", "--basis", text, "--yes")
    asked = _approver(month, "visit", "approve", "2026-12/1", "--all", "--yes", lang=lang)
    for done in (asked, month("visit", "show", *VISIT, lang=lang), month("visit", "list", "2026-12/1", lang=lang)):
        assert done.status == 0
        assert not {"\x1b", "\u202e"} & set(done.out + done.err)
        # What stands beside a word is shown whole, and the terminal breaks it; tables keep to their columns.
        assert len(text) > 80 or [line for line in done.out.splitlines() if cells(line) > 80] == []
    first, second = _data(month("visit", "show", *VISIT, "--json"))["versions"]
    assert first["outcome"]["domains"][0]["finding"] == text
    assert (second["correction"]["reason"], second["correction"]["basis"]) == ("other", text)
    plain = "".join(month("visit", "show", *VISIT, lang=lang).out.split())
    assert text[:8] in plain or "\x1b" in text or "\u202e" in text


def test_everything_is_said_in_chinese(month: Cli) -> None:
    """No English sentence is left on the screens of results."""
    month(*RECORD)
    screens = [
        _approver(month, *APPROVE, lang="zh"),
        month("visit", "correct", *VISIT, *FINE, *WHY, lang="zh"),
        _approver(month, "visit", "return", *VISIT, "--reason", "依据不足", lang="zh"),
        month("visit", "follow-up", *VISIT, "劳动", "extend", "--until", "2027-01-15", lang="zh"),
        month("visit", "follow-ups", lang="zh"),
        month("visit", "show", *VISIT, lang="zh"),
        month("visit", "list", "2026-12/1", lang="zh"),
        month("status", "2026-12", lang="zh"),
    ]
    allowed = {"E", "wrong", "company", "today"}
    for done in screens:
        said = re.sub(r"inspect-cli [^）\n]+", "", done.out + done.err)
        assert {*re.findall("[A-Za-z]+", said)} <= allowed


def test_what_is_published_is_named(month: Cli) -> None:
    """The list and the visit say in which notice the result is, and that a correction of it is to be published."""
    assert "no result is recorded yet" in month("visit", "show", *VISIT).err
    month(*RECORD)
    _approver(month, *APPROVE)
    done = month("notice", "publish", "result", "2026-12/1", "--yes", person="公示员丙")
    assert done.status == 0, done.err
    assert _named(month, "published") == ["E-1"]
    (listed,) = _data(month("visit", "list", "2026-12/1", "--state", "published", "--json"))
    document = listed["published"]["document"]
    assert listed["published"] == {"document": document, "version": 1, "state": "published"}
    assert document in month("visit", "show", *VISIT).err
    assert f"published:{document}" in "".join(month("visit", "list", "2026-12/1").out.split())
    month("visit", "correct", *VISIT, *FINE, *WHY)
    _approver(month, *APPROVE)
    assert f"correction,version2;version1isin{document}" in "".join(month("visit", "list", "2026-12/1").out.split())
    (entry,) = _data(month("visit", "show", *VISIT, "--json"))["published"]
    assert (entry["document"], entry["version"], entry["place"]) == (document, 1, 1)
