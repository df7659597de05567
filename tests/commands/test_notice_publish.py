"""Publication as it is typed: preview, publish, list, show, write, and the later versions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.kept import read_notices
from tests import small_month
from tests.published import SLOT, approve, correct, make_store, record, visits_of
from tests.terminal import sit_down

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspect_cli.storage.engine import Store
    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

DOCUMENT = "示综执抽查〔2026〕1号"
WHY = ("--reason", "公示有误", "--basis", "复核意见", "--approver", small_month.APPROVER)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Make settings and a store with two approved results."""
    small_month.fill_folder(tmp_path)
    (tmp_path / "inspect.db").unlink()
    made = make_store(f"sqlite:///{(tmp_path / 'inspect.db').as_posix()}")
    for visit in visits_of(made)[:2]:
        record(made, visit)
    approve(made)
    return made


@pytest.fixture
def cli(tmp_path: Path, store: Store, run_cli: Cli) -> Cli:  # noqa: ARG001 (it stands in the folder)
    """Give the command line of the publisher on the last day of the month."""
    options = ("--config", str(tmp_path / "inspect.toml"), "--store", str(tmp_path / "inspect.db"))
    who = ("--as", small_month.PUBLISHER, "--today", "2026-12-31")
    return lambda *words: run_cli(*options, *who, *words)


def _publish(cli: Cli) -> None:
    assert cli("notice", "publish", "result", SLOT, "--yes").status == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_preview_names_who_would_be_named(cli: Cli, store: Store, lang: str) -> None:
    """Two companies by name, the numbers, and why the others are held back; nothing is published."""
    told = cli("--lang", lang, "notice", "preview", "result", SLOT)
    assert told.status == 0
    for visit in visits_of(store)[:2]:
        assert visit.entity in told.out
        assert f"示例第{int(visit.entity[1:])}厂" in told.out
    assert ("结果未录入" if lang == "zh" else "no result is recorded") in told.out
    assert max(len(line.encode("gb18030")) for line in told.out.splitlines()) <= 80
    assert read_notices(store) == ()
    data = json.loads(cli("notice", "preview", "result", SLOT, "--json").out)
    assert (len(data["named"]), data["numbers"]["approved"], data["document"]) == (2, 2, DOCUMENT)


def test_what_is_published_is_not_named_as_next(cli: Cli) -> None:
    """Shown again, a draw ends with the command that publishes its notice, and without it once that is done."""
    run = ("--lang", "en", "--as", small_month.OPERATOR, "draw", "run", SLOT)
    assert f"inspect-cli notice publish draw {SLOT}" in cli(*run).err
    assert cli("notice", "publish", "draw", SLOT, "--yes").status == 0
    again = cli(*run)
    assert (again.status, "notice publish" in again.err) == (0, False)
    assert f"inspect-cli schedule show {SLOT}" in again.err


def test_other_notices_have_a_preview_too(cli: Cli) -> None:
    """Commitment and draw name nobody here, and tell numbers."""
    for kind in ("commitment", "draw"):
        data = json.loads(cli("notice", "preview", kind, SLOT, "--json").out)
        assert (data["named"], bool(data["numbers"])) == ([], True)
        assert "No company is named." in cli("--lang", "en", "notice", "preview", kind, SLOT).out


def test_publishing_asks_at_a_terminal(cli: Cli, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal and --yes nothing happens; no is no; yes publishes what was shown, and says how to write it."""
    assert cli("notice", "publish", "result", SLOT).status == 4
    sit_down(monkeypatch, "n")
    assert cli("notice", "publish", "result", SLOT).status == 4
    assert read_notices(store) == ()
    sit_down(monkeypatch, "y")
    told = cli("--lang", "en", "notice", "publish", "result", SLOT)
    assert (told.status, f"published as {DOCUMENT}: 2 companies" in told.out) == (0, True)
    assert f"inspect-cli notice write {DOCUMENT}" in told.err
    again = cli("--lang", "en", "notice", "publish", "result", SLOT)
    assert (again.status, "published before" in again.out) == (0, True)
    assert "published before" in cli("--lang", "en", "notice", "preview", "result", SLOT).out


def test_publishing_says_when_it_is_late(cli: Cli) -> None:
    """The draw's last day is long over on 31 December."""
    told = cli("--lang", "en", "notice", "publish", "draw", SLOT, "--yes")
    assert "late: the last day was" in told.err
    listed = cli("--lang", "en", "notice", "list", "2026-12")
    assert (DOCUMENT in listed.out, "of them late: 1" in listed.out) == (True, True)


def test_what_a_notice_is_about_is_named(cli: Cli) -> None:
    """A kind without a subject is a usage mistake, an unknown draw too."""
    assert cli("notice", "publish", "draw", "--yes").status == 2
    assert cli("notice", "preview", "draw", "2026-12/9").status == 2


def test_kind_and_subject_stand_in_either_order(cli: Cli, tmp_path: Path) -> None:
    """Preview, publish and render take a draw before its kind or after it; what is no kind is told with all of them."""
    assert cli("notice", "preview", SLOT, "draw", "--json").out == cli("notice", "preview", "draw", SLOT, "--json").out
    for place, words in enumerate((("draw", SLOT), (SLOT, "draw"))):
        assert cli("notice", "render", *words, "-o", str(tmp_path / f"{place}.md")).status == 0
    assert (tmp_path / "0.md").read_bytes() == (tmp_path / "1.md").read_bytes()
    assert cli("notice", "publish", SLOT, "draw", "--yes").status == 0
    told = cli("--lang", "en", "notice", "preview", "drawing", SLOT)
    assert (told.status, "drawing is no kind of notice" in told.err, "statistics" in told.err) == (2, True, True)


def test_list_and_show(cli: Cli) -> None:
    """The list has the notice, and the notice its lines; before that there is nothing, and an unknown number is a usage mistake."""
    assert "Nothing was published." in cli("--lang", "en", "notice", "list").out
    _publish(cli)
    shown = cli("--lang", "en", "notice", "show", DOCUMENT)
    assert ("notice of results" in shown.out, "published" in shown.out, "示例第" in shown.out) == (True, True, True)
    entries = json.loads(cli("notice", "show", DOCUMENT, "--json").out)["entries"]
    assert [one["name"] for one in entries] == [f"示例第{int(one['entity'][1:])}厂" for one in entries]
    assert cli("notice", "show", "示综执抽查〔2026〕9号").status == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_says_how_many_lines_are_hidden(cli: Cli, store: Store, lang: str) -> None:
    """One of two lines, and then all of them; a notice of a change by what it did; no line is wider than 80 columns."""
    _publish(cli)
    words = {
        "zh": ("已停 1/2 条", "停止公示公告", "〔2026〕1号"),
        "en": ("lines no longer shown: 1 of 2", "withdrawal", "〔2026〕1号"),
    }
    first = visits_of(store)[0].entity
    assert cli("notice", "withdraw", DOCUMENT, first, *WHY, "--yes").status == 0
    listed = cli("--lang", lang, "notice", "list")
    told = " ".join(listed.out.split())
    assert [word for word in words[lang] if word.replace(" ", "") not in told.replace(" ", "")] == []
    assert max(len(line.encode("gb18030")) for line in listed.out.splitlines()) <= 80
    whole = cli("notice", "withdraw", DOCUMENT, "--all", *WHY, "--yes")
    assert (whole.status, "inspect-cli notice publish result 2026-12/1" in whole.err) == (0, True)
    assert "lines no longer shown" not in cli("--lang", "en", "notice", "list").out


def test_write_makes_files_of_what_was_published(cli: Cli, tmp_path: Path) -> None:
    """The newest version, the same bytes again; an earlier version begins with a warning; one file has one format."""
    _publish(cli)
    path = tmp_path / "r.md"
    words = ("notice", "write", DOCUMENT, "--format", "md", "-o", str(path))
    assert cli(*words).status == 0
    assert DOCUMENT in path.read_text("utf-8")
    assert "the same to the byte" in cli("--lang", "en", *words).out
    assert cli("notice", "withdraw", DOCUMENT, "--all", *WHY, "--yes").status == 0
    assert cli(*words, "--force").status == 0
    assert "已停止公示" in path.read_text("utf-8")
    assert "示例第" not in path.read_text("utf-8")
    assert "superseded" in cli("--lang", "en", *words, "--version", "1", "--force").err
    assert "示例第" in path.read_text("utf-8")
    assert "仅供内部查阅" in path.read_text("utf-8")
    for wrong in (("--version", "9"), ("--format", "pdf"), ("--all", "2026-12")):
        assert cli(*words, *wrong).status == 2


def test_the_files_name_says_its_format(cli: Cli, tmp_path: Path) -> None:
    """A file is written in the format that its name ends as, without an end as a page; as none or another it is refused."""
    _publish(cli)
    begins = {
        "a.docx": b"PK",
        "b.xlsx": b"PK",
        "c.htm": b"<!DOCTYPE",
        "d": b"<!DOCTYPE",
        "e.json": b"{",
        "f.md": "示例镇".encode(),
    }
    for command in (("write", DOCUMENT), ("render", SLOT, "result")):
        for name, begin in begins.items():
            path = tmp_path / f"{command[0]}-{name}"
            assert cli("notice", *command, "-o", str(path)).status == 0
            assert path.read_bytes().startswith(begin)
        for name, form in (("a.doc", ()), ("b.html", ("--format", "pdf")), ("c.docx", ("--format", "fragment"))):
            path = tmp_path / f"wrong-{name}"
            assert cli("notice", *command, *form, "-o", str(path)).status == 2
            assert not path.exists()
        assert cli("notice", *command, "--format", "fragment", "-o", str(tmp_path / f"{command[0]}.html")).status == 0


def test_a_month_is_written_whole(cli: Cli, tmp_path: Path) -> None:
    """Each notice in each format, and the two programs that verify; the same again writes nothing; an empty month is a mistake."""
    for kind in ("commitment", "result"):
        assert cli("notice", "publish", kind, SLOT, "--yes").status == 0
    assert cli("notice", "withdraw", DOCUMENT, "--all", *WHY, "--yes").status == 0
    folder = tmp_path / "site"
    words = (
        "--lang",
        "en",
        "notice",
        "write",
        "--all",
        "2026-12",
        "--format",
        "html",
        "--format",
        "csv",
        "-o",
        str(folder),
    )
    assert "6 files, of them new: 6" in cli(*words).out
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-001-commitment.zh.html",
        "2026-002-result.zh.csv",
        "2026-002-result.zh.html",
        "2026-003-change.zh.html",
        "verify.html",
        "verify.py",
    ]
    assert "of them new: 0" in cli(*words).out
    assert cli("notice", "write", "--all", "2025-12", "-o", str(folder)).status == 2


def test_a_folder_is_brought_up_to_date(cli: Cli, store: Store, tmp_path: Path) -> None:
    """Once a line is taken away no file of the folder goes on naming the company, in whatever format and language it was written before."""
    _publish(cli)
    folder = tmp_path / "site"
    words = ("--lang", "en", "notice", "write", "--all", "2026-12", "-o", str(folder))
    for more in (("--format", "html", "--format", "csv"), ("--format", "md", "--lang", "en")):
        assert cli(*words, *more).status == 0
    named = {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name.startswith("2026")}
    first, second = (visit.entity for visit in visits_of(store)[:2])
    assert [name for name, text in named.items() if first not in text or second not in text] == []
    assert cli("notice", "repair", DOCUMENT, first, *WHY, "--yes").status == 0
    told = cli(*words)
    assert (told.status, "of them new: 1" in told.out) == (0, True), told
    assert "they showed an earlier version, and are replaced or removed" in told.out
    shown = {name: (folder / name).read_text("utf-8") for name in named}
    assert [name for name, text in shown.items() if first in text or second not in text] == []
    assert cli("notice", "withdraw", DOCUMENT, "--all", *WHY, "--yes").status == 0
    assert cli(*words).status == 0
    left = {name: (folder / name).read_text("utf-8") for name in named if (folder / name).exists()}
    assert [name for name, text in left.items() if second in text] == []


def test_what_is_no_version_of_ours_is_told_and_never_replaced(cli: Cli, store: Store, tmp_path: Path) -> None:
    """A file that somebody edited keeps standing: refused before anything is written where it is in the way, else pointed out."""
    _publish(cli)
    folder = tmp_path / "site"
    words = ("--lang", "en", "notice", "write", "--all", "2026-12", "-o", str(folder))
    assert cli(*words, "--format", "html", "--format", "md").status == 0
    (edited,) = folder.glob("*.md")
    edited.write_text("our own words", "utf-8")
    assert cli("notice", "repair", DOCUMENT, visits_of(store)[0].entity, *WHY, "--yes").status == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    refused = cli(*words, "--format", "md", "--format", "html")
    assert (refused.status, edited.name in refused.err) == (4, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    told = cli(*words, "--format", "html")
    assert (told.status, "may still show" in told.err, edited.name in told.err) == (0, True, True)
    assert edited.read_text("utf-8") == "our own words"
    assert cli(*words, "--format", "md", "--force").status == 0
    assert DOCUMENT in edited.read_text("utf-8")


def test_a_correction_is_shown_and_asked_for(cli: Cli, store: Store) -> None:
    """Nothing new is said to be nothing; a corrected result is shown with its versions and published by a notice of its own."""
    _publish(cli)
    assert "was corrected since" in cli("--lang", "en", "notice", "correct", DOCUMENT).out
    correct(store, visits_of(store)[0], 5)
    assert cli("notice", "correct", DOCUMENT).status == 4
    told = cli("--lang", "en", "notice", "correct", DOCUMENT, "--yes")
    assert "announced by 示综执抽查〔2026〕2号" in told.out
    shown = cli("--lang", "en", "notice", "show", DOCUMENT)
    assert "corrected" in shown.out
    assert "changes" in cli("--lang", "en", "notice", "show", "示综执抽查〔2026〕2号").out


def test_what_ends_is_shown_before_it_is_asked(cli: Cli, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Number, company and result of each line that would go; no is no; whoever has not the role is not asked at all."""
    _publish(cli)
    first, second = (visit.entity for visit in visits_of(store)[:2])
    sit_down(monkeypatch, "n")
    for ended in (("repair", DOCUMENT, first), ("withdraw", DOCUMENT, "--all")):
        told = cli("--lang", "zh", "notice", *ended, *WHY)
        assert told.status == 4
        assert (f"示例第{int(first[1:])}厂" in told.out, "未发现问题" in told.out) == (True, True)
        assert (second in told.out) is ("--all" in ended)
        assert max(len(line.encode("gb18030")) for line in told.out.splitlines()) <= 80
    for words in (
        ("publish", "draw", SLOT),
        ("correct", DOCUMENT),
        ("repair", DOCUMENT, first, *WHY),
        ("withdraw", DOCUMENT, "--all", *WHY),
        ("expire",),
    ):
        told = cli("--as", small_month.OPERATOR, "--lang", "en", "notice", *words)
        assert (told.status, "does not have the role" in told.err, told.out) == (4, True, "")
    assert len(read_notices(store)) == 1


def test_a_plan_that_changed_is_corrected(cli: Cli, store: Store) -> None:
    """Published again it says that the plan has changed and how to correct; the correction shows the lines, asks, and is announced."""
    assert cli("notice", "publish", "plan", "2026-12", "--yes").status == 0
    assert "corrected since" in cli("--lang", "en", "notice", "correct", DOCUMENT).out
    small_month.commit(store, small_month.plan_text(labour=1, safety=1))
    again = cli("--lang", "en", "notice", "publish", "plan", "2026-12")
    assert ("published before" in again.out, f"notice correct {DOCUMENT}" in again.err) == (True, True)
    assert json.loads(cli("notice", "publish", "plan", "2026-12", "--json").out)["outdated"] is True
    preview = cli("--lang", "en", "notice", "preview", "plan", "2026-12")
    assert ("all of this part" in preview.out, f"notice correct {DOCUMENT}" in preview.err) == (True, True)
    words = ("notice", "correct", DOCUMENT, "--reason", "计划调整", "--basis", "调整批准文件")
    assert cli(*words, "--yes").status == 2
    assert cli(*words, "--approver", small_month.APPROVER).status == 4
    told = cli("--lang", "en", *words, "--approver", small_month.APPROVER, "--yes")
    assert ("all of this part" in told.out, "announced by 示综执抽查〔2026〕2号" in told.out) == (True, True)


def test_the_preview_says_how_much_time_is_left(cli: Cli) -> None:
    """DUE-2, DUE-5: the draw of 30 November was due on 7 December, the statistics are due in January; a year that is unknown has no day."""
    late = cli("--lang", "en", "notice", "preview", "draw", SLOT)
    assert "late by 18 working days" in late.out
    data = json.loads(cli("notice", "preview", "draw", SLOT, "--json").out)
    assert (data["late"], data["days_left"], data["due"]) == (True, -18, "2026-12-07")
    early = cli("--lang", "en", "--today", "2026-12-02", "notice", "preview", "draw", SLOT)
    assert "working days left: 3" in early.out
    assert json.loads(cli("notice", "preview", "statistics", "2026-12", "--json").out)["days_left"] is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_preview_shows_rows_and_figures(cli: Cli, lang: str) -> None:
    """Matters by name, the month's plan, and what became of the month's visits; no line is wider than 80 columns."""
    wanted = {"matters": ("L-01", "matters"), "plan": ("2026-12/1", "quantity"), "statistics": ("", "visits")}
    for kind, (row, figure) in wanted.items():
        about = "2026" if kind == "matters" else "2026-12"
        told = cli("--lang", lang, "notice", "preview", kind, about)
        assert (told.status, row in told.out, "No company" in told.out) == (0, True, False)
        assert max(len(line.encode("gb18030")) for line in told.out.splitlines()) <= 80
        assert not re.search(r"[一-鿿][;:] ", told.out)
        data = json.loads(cli("notice", "preview", kind, about, "--json").out)
        assert (data["rows"] != [], data["numbers"][figure] > 0) == (True, True)


def test_lines_are_taken_away(cli: Cli, store: Store) -> None:
    """Repair names whom it means or --all; the same again is told; what is over its years goes by expire."""
    _publish(cli)
    entity = visits_of(store)[0].entity
    assert cli("notice", "repair", DOCUMENT, *WHY, "--yes").status == 2
    assert cli("notice", "repair", DOCUMENT, entity, *WHY).status == 4
    assert "lines changed: 1" in cli("--lang", "en", "notice", "repair", DOCUMENT, entity, *WHY, "--yes").out
    assert "done before" in cli("--lang", "en", "notice", "repair", DOCUMENT, entity, *WHY, "--yes").out
    assert cli("notice", "withdraw", DOCUMENT, "--all", *WHY).status == 4
    assert "No line's years are over." in cli("--lang", "en", "notice", "expire").out
    assert json.loads(cli("notice", "expire", "--json").out) == []
    assert "lines changed: 1" in cli("--lang", "en", "--today", "2032-01-01", "notice", "expire", "--yes").out
