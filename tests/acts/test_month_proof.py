"""``prove_month``: an honest month holds, and whatever is changed behind the commands' back is found by the rule that it breaks."""

from __future__ import annotations

import re
import shutil
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.publish.check import prove_month
from inspect_cli.acts.publish.check_month import count_month_anew
from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.core.names import Period
from inspect_cli.core.publish.issued import NoticeKind, Subject
from inspect_cli.core.publish.proof.figures import Timely
from inspect_cli.core.publish.proof.paper import read_paper
from inspect_cli.core.publish.proof.report import Findings, ProofId, Standing
from inspect_cli.core.publish.proof.stands import exactly
from inspect_cli.core.publish.proof.statistics import RATES, compare_month
from inspect_cli.errors import UsageMistake
from inspect_cli.files.documents.reading import read_document
from inspect_cli.storage.act_log import Act, add_act
from inspect_cli.storage.notices import find_issued_versions, find_notices
from tests import published_month, small_month
from tests.small_supplement import away, in_force, order, people_of, supplement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.publish.proof.paper import Paper
    from inspect_cli.core.publish.proof.report import MonthProof
    from inspect_cli.core.publish.proof.statistics import ProvenMonth

PLACES = {
    "SEED": "(SELECT seed FROM draw)",
    "ONE": "(SELECT min(entity) FROM notice_entry)",
    "GONE": "(SELECT entity FROM visit_change WHERE kind = 'cancelled')",
    "RESULTS": "notice = (SELECT number FROM notice WHERE kind = 'result')",
    "DRAWN": "notice = (SELECT number FROM notice WHERE kind = 'draw')",
}
"""Whom and what a change in the store is about: a company with a result, one whose visit was cancelled, a notice."""


OWN = replace(small_month.BUREAU.documents, templates="own")


def _prove(folder: Path, bureau: Bureau = small_month.BUREAU) -> MonthProof:
    return prove_month(small_month.open_folder(folder), bureau, Period("2026-12"), lambda _: None)


def _drop_tables(folder: Path) -> None:
    with sqlite3.connect(folder / "inspect.db") as store:
        for number, zh, en in store.execute("SELECT notice, zh, en FROM notice_version").fetchall():
            plain = ("\n".join(line for line in text.splitlines() if line[:1] != "|") for text in (zh, en))
            store.execute("UPDATE notice_version SET zh = ?, en = ? WHERE notice = ?", (*plain, number))
    store.close()


def _broken(proof: MonthProof) -> set[ProofId]:
    return {one.id for one in proof.proofs if one.differences}


def _tamper(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "inspect.db") as store:
        for statement in statements:
            assert store.execute(statement.format(**PLACES)).rowcount, statement
    store.close()


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """Give the folder of the published month."""
    published_month.fill_folder(tmp_path)
    return tmp_path


def test_an_honest_month_holds(month: Path) -> None:
    """PROOF-1 to PROOF-9 hold for a month that went its way: six drawn, four results, one cancelled, one carried over, by hand.

    PROOF-10 and PROOF-11 compare nothing: neither statistics nor plan and matters are published yet.
    """
    proof = _prove(month)
    assert [one.differences for one in proof.proofs] == [()] * len(ProofId)
    assert [one.id for one in proof.proofs if not one.compared or one.unchecked] == [ProofId.MONTH, ProofId.LISTS]
    ends = {Standing.RESULT: 4, Standing.CANCELLED: 1, Standing.CARRIED_OVER: 1}
    assert proof.standings == {standing: ends.get(standing, 0) for standing in Standing}
    assert (proof.notices, proof.unpublished, proof.is_finished) == (3, 0, True)


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        pytest.param(("UPDATE outcome SET result_class = 2 WHERE entity = {ONE}",), {ProofId.VERSIONS}, id="result"),
        pytest.param(("UPDATE outcome SET finding = 'x' WHERE entity = {ONE}",), {ProofId.VERSIONS}, id="finding"),
        pytest.param(
            ("UPDATE outcome SET visited_on = '2026-12-05' WHERE entity = {ONE}",), {ProofId.VERSIONS}, id="day"
        ),
        pytest.param(("DELETE FROM outcome WHERE entity = {ONE}",), {ProofId.VERSIONS}, id="rows"),
        pytest.param(
            (
                """UPDATE outcome_version SET content = replace(content, '"result":5', '"result":2') WHERE entity = {ONE}""",
            ),
            {ProofId.VERSIONS, ProofId.LINES},
            id="version",
        ),
        pytest.param(
            ("DELETE FROM outcome_version WHERE entity = {ONE}",),
            {ProofId.ENDS, ProofId.VERSIONS, ProofId.COUNTS, ProofId.NAMED},
            id="no version",
        ),
        pytest.param(
            (
                "UPDATE outcome_version SET state = 'awaiting', reviewed_by = NULL, reviewed_on = NULL WHERE entity = {ONE}",
            ),
            {ProofId.NAMED, ProofId.COUNTS},
            id="not approved",
        ),
        pytest.param(("UPDATE visit SET state = 'planned' WHERE entity = {ONE}",), {ProofId.VERSIONS}, id="state"),
        pytest.param(
            (
                (
                    "INSERT INTO visit_change (slot, entity, kind, clock, day, actor, reason, approver) "
                    "VALUES ('2026-12/1', {ONE}, 'cancelled', '2026-12-02T10:00:00+08:00', '2026-12-02', 'x', 'y', 'z')"
                ),
            ),
            {ProofId.ENDS},
            id="two ends",
        ),
        pytest.param(
            ("UPDATE visit_change SET kind = 'replaced', by_slot = '2026-12/9' WHERE entity = {GONE}",),
            {ProofId.ENDS, ProofId.COUNTS},
            id="no such supplement",
        ),
        pytest.param(("DELETE FROM visit WHERE entity = {GONE}",), {ProofId.ENDS}, id="visit"),
        pytest.param(
            ("UPDATE notice_version SET zh = replace(zh, '发现问题已责令改正', '未发现问题') WHERE {RESULTS}",),
            {ProofId.LINES},
            id="text of a result",
        ),
        pytest.param(
            ("UPDATE notice_version SET en = replace(en, '示例第', '示范第') WHERE {RESULTS}",),
            {ProofId.LINES},
            id="name",
        ),
        pytest.param(
            ("UPDATE notice_version SET zh = replace(zh, '日 | 劳动', '日夜 | 劳动') WHERE {RESULTS}",),
            {ProofId.LINES},
            id="day in the text",
        ),
        pytest.param(
            ("UPDATE notice_version SET zh = replace(zh, '| 劳动 | 10 |', '| 劳动 | 11 |') WHERE {DRAWN}",),
            {ProofId.COUNTS, ProofId.LANGUAGES},
            id="count",
        ),
        pytest.param(
            ("UPDATE notice_version SET en = replace(en, {SEED}, substr({SEED}, 2) || 'a') WHERE {DRAWN}",),
            {ProofId.DIGESTS, ProofId.LANGUAGES},
            id="seed",
        ),
        pytest.param(("UPDATE notice_version SET zh = '---' WHERE {DRAWN}",), {ProofId.LANGUAGES}, id="no source"),
        pytest.param(
            ("DELETE FROM notice_entry WHERE entity = {ONE}",),
            {ProofId.NUMBERS, ProofId.LINES, ProofId.COUNTS},
            id="entry",
        ),
        pytest.param(
            ("UPDATE notice_entry SET place = 9 WHERE place = 2",), {ProofId.NUMBERS, ProofId.LINES}, id="place"
        ),
        pytest.param(
            ("UPDATE notice_entry SET state = 'withdrawn' WHERE place = 2",),
            {ProofId.NUMBERS, ProofId.LINES, ProofId.COUNTS},
            id="no such change",
        ),
        pytest.param(
            ("DELETE FROM notice_version WHERE notice = 1", "DELETE FROM notice WHERE serial = 1"),
            {ProofId.NUMBERS},
            id="serial",
        ),
        pytest.param(
            ("UPDATE notice SET serial = 7, document = replace(document, '2号', '7号') WHERE serial = 2",),
            {ProofId.NUMBERS},
            id="gap",
        ),
        pytest.param(
            (
                "UPDATE notice_version SET version = 2, action = 'corrected', reason = 'x', approver = 'y' WHERE {RESULTS}",
            ),
            {ProofId.NUMBERS},
            id="first version",
        ),
        pytest.param(("UPDATE notice_version SET by = 1 WHERE {RESULTS}",), {ProofId.NUMBERS}, id="by"),
        pytest.param(
            ("UPDATE draw SET result = CAST(replace(CAST(result AS TEXT), seed, substr(seed, 2) || 'a') AS BLOB)",),
            {ProofId.BUNDLE, ProofId.DIGESTS},
            id="bundle",
        ),
        pytest.param(
            ("UPDATE draw SET inspectors = CAST(replace(CAST(inspectors AS TEXT), 'R01', 'R09') AS BLOB)",),
            {ProofId.BUNDLE},
            id="damaged bundle",
        ),
    ],
)
def test_what_was_changed_is_found(month: Path, statements: tuple[str, ...], found: set[ProofId]) -> None:
    """Each change in the store is found, and by the rules that it breaks alone.

    PROOF-1 (ends), PROOF-2 (versions), PROOF-3 (bundle), PROOF-4 (numbers), PROOF-5 (digests), PROOF-6 (counts), PROOF-7 (lines),
    PROOF-8 (languages), PROOF-9 (approval).
    """
    _tamper(month, *statements)
    assert _broken(_prove(month)) == found


def test_what_is_not_finished_is_no_difference(month: Path) -> None:
    """PROOF-1: a visit without an end is told as not finished; PROOF-6: the notice that counted it as cancelled differs."""
    _tamper(month, "DELETE FROM visit_change WHERE entity = {GONE}")
    proof = _prove(month)
    assert _broken(proof) == {ProofId.COUNTS}
    assert (proof.standings[Standing.PLANNED], proof.is_finished) == (1, False)


def test_a_company_that_is_named_too_early(month: Path) -> None:
    """PROOF-9: a table of the draw's notice with the number of a company whose visit was cancelled is found, in each language."""
    _tamper(
        month,
        "UPDATE notice_version SET zh = replace(zh, '| 劳动 | 10 |', "
        "'| 劳动 | ' || {GONE} || ' | 1 | 1 | 1 |' || char(10) || '| 劳动 | 10 |') WHERE {DRAWN}",
    )
    proof = _prove(month)
    named = next(one for one in proof.proofs if one.id is ProofId.NAMED)
    assert [one.found for one in named.differences] == [published_month.entities_of(month)[0]]


def test_later_versions_hold(month: Path) -> None:
    """A line that is withdrawn, then the whole notice, and statistics beside it, are as the store has them."""
    document, why = (
        "示综执抽查〔2026〕3号",
        ("--reason", "r", "--basis", "b", "--approver", small_month.APPROVER, "--yes"),
    )
    gone = published_month.entities_of(month)[2]
    publisher = (month, small_month.PUBLISHER, "2026-12-31", "notice")
    published_month.run(*publisher, "publish", "statistics", "2026-12", "--yes")
    published_month.run(*publisher, "withdraw", document, gone, *why)
    assert _broken(_prove(month)) == set()
    stub = "(SELECT entity FROM notice_entry WHERE state = 'withdrawn')"
    _tamper(month, f"UPDATE notice_version SET zh = replace(zh, '该条信息已停止公示', {stub}) WHERE version = 2")  # noqa: S608
    assert _broken(_prove(month)) == {ProofId.LINES}
    published_month.run(*publisher, "withdraw", document, "--all", *why)
    assert _broken(_prove(month)) == set()


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> tuple[ProvenMonth, dict[str, Paper]]:
    """Publish the statistics of the month; give its figures counted anew, and the notice in both languages."""
    folder = tmp_path_factory.mktemp("statistics")
    published_month.fill_folder(folder)
    publisher = (folder, small_month.PUBLISHER, "2026-12-31", "notice")
    published_month.run(*publisher, "publish", "statistics", "2026-12", "--yes")
    with small_month.open_folder(folder).reading() as session:
        (notice,) = find_notices(session, kind=NoticeKind.STATISTICS)
        (version,) = find_issued_versions(session, notice.number)
        month = count_month_anew(session, small_month.BUREAU, notice, version)
    assert month is not None
    sources = {"zh": version.zh, "en": version.en}
    return month, {language: read_paper(read_document(text, language)) for language, text in sources.items()}


def _find_false(month: ProvenMonth, papers: dict[str, Paper]) -> bool:
    findings = Findings()
    compare_month(findings, month, papers, "x")
    return any(proof.differences for proof in findings.proofs())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_false_figure_is_found(counted: tuple[ProvenMonth, dict[str, Paper]], language: str) -> None:
    """PROOF-10: each number of each table of a month's statistics, and each in its text, one more than it is, is a difference."""
    month, papers = counted
    paper = papers[language]
    assert not _find_false(month, {language: paper})
    planted = 0
    for table, row, cell in _places(paper):
        more = re.sub("[0-9]+", lambda found: str(int(found[0]) + 1), paper.tables[table][row][cell], count=1)
        tables = [[list(each) for each in rows] for rows in paper.tables]
        tables[table][row][cell] = more
        false = replace(paper, tables=tuple(tuple(map(tuple, rows)) for rows in tables))
        assert _find_false(month, {language: false}), (table, row, cell)
        planted += 1
    for place, line in enumerate(paper.prose):
        for found in re.finditer("(?<![0-9])[0-9]{1,2}(?![0-9年月日])", line):
            if re.search(" (January|December) ", line[found.end() :]) or "December" in line:
                continue
            said = f"{line[: found.start()]}{int(found[0]) + 1}{line[found.end() :]}"
            prose = tuple(said if number == place else each for number, each in enumerate(paper.prose))
            assert _find_false(month, {language: replace(paper, prose=prose)}), said
            planted += 1
    assert planted > 50


def test_a_template_of_its_own_may_show_less(counted: tuple[ProvenMonth, dict[str, Paper]]) -> None:
    """PROOF-10: what the bureau's own template leaves out is told as not compared, and is a difference without one."""
    month, papers = counted
    bare = {"zh": replace(papers["zh"], tables=(), prose=())}
    assert _find_false(month, bare)
    findings = Findings()
    compare_month(findings, replace(month, has_own_templates=True), bare, "x")
    (proof,) = (one for one in findings.proofs() if one.id is ProofId.MONTH)
    assert (proof.differences, len(proof.unchecked) > 20) == ((), True)


def test_figures_beside_those_of_the_year_before(counted: tuple[ProvenMonth, dict[str, Paper]]) -> None:
    """PROOF-10, MONTH-6: both numbers and their difference are compared; a rate of nothing is a dash."""
    month, papers = counted
    paper, month = papers["zh"], replace(month, before=month.now)
    due = str(month.now.alone)
    for row, holds in (
        (("应抽取（户次）", due, due, "+0"), True),
        (("应抽取（户次）", due, due, "+1"), False),
        (("应抽取（户次）", due, "0", f"+{due}"), False),
        (("应抽取（户次）", "0", due, f"-{due}"), False),
        (("应抽取（户次）", "—", due, "—"), False),
        (("完成率", "100.0%", "100.0%", "+0.0"), True),
    ):
        assert _find_false(month, {"zh": replace(paper, tables=(*paper.tables, (row,)))}) is not holds, row
    none = replace(
        month,
        now=replace(
            month.now, stands=(), timely=Timely(in_time=exactly(0), late=0, overdue=exactly(0), undated=exactly(0))
        ),
    )
    for percent, holds in (("—", True), ("0.0%", False)):
        rates = tuple((name.text("zh"), "x", "0", "0", percent) for name in RATES)
        findings = Findings()
        compare_month(findings, none, {"zh": replace(paper, tables=(rates,))}, "x")
        said = {one.what.en for proof in findings.proofs() for one in proof.differences}
        assert ("a rate" not in said) is holds


def _places(paper: Paper) -> Iterator[tuple[int, int, int]]:
    for number, table in enumerate(paper.tables):
        for place, row in enumerate(table):
            yield from ((number, place, cell) for cell, text in enumerate(row) if re.fullmatch("[0-9.]+%?", text))


def test_statistics_of_a_busy_day_hold(month: Path) -> None:
    """PROOF-10: what was withdrawn, corrected, followed up and published on the very day of the statistics, before them and after, fits."""
    publisher, approver = (month, small_month.PUBLISHER, "2026-12-31"), (month, small_month.APPROVER, "2026-12-31")
    why = ("--reason", "r", "--basis", "b", "--approver", small_month.APPROVER, "--yes")
    corrected = ("--reason", "re-examined", *why[2:])
    ordered, second, third, _fourth = published_month.entities_of(month)[2:]
    operator = (month, small_month.OPERATOR, "2026-12-31", "visit")
    published_month.run(*publisher, "notice", "withdraw", "示综执抽查〔2026〕3号", second, *why)
    published_month.run(*operator, "follow-up", "2026-12/1", ordered, "labour", "recheck-passed")
    published_month.run(*publisher, "notice", "publish", "statistics", "2026-12", "--yes")
    published_month.run(*operator, "follow-up", "2026-12/1", ordered, "labour", "close")
    published_month.run(*publisher, "notice", "withdraw", "示综执抽查〔2026〕3号", third, *why)
    published_month.run(
        *operator, "correct", "2026-12/1", ordered, "--result", "labour=1", "--result", "safety=1", *corrected
    )
    published_month.run(*approver, "visit", "approve", "2026-12/1", "--all", "--yes")
    proof = _prove(month)
    assert [one.differences for one in proof.proofs if one.differences] == []


def test_statistics_that_are_no_more(month: Path) -> None:
    """PROOF-10: where a draw that was counted is declared void afterwards, the statistics are told as not compared."""
    publisher = (month, small_month.PUBLISHER, "2026-12-31", "notice")
    published_month.run(*publisher, "publish", "statistics", "2026-12", "--yes")
    with small_month.open_folder(month).transaction() as session:
        add_act(session, small_month.actor_on("2026-12-31"), Act(act="draw void", subject="2026-12/1", detail={}))
    _tamper(month, "UPDATE draw SET state = 'void', void_reason = 'x'")
    found = {one.id: one.unchecked for one in _prove(month).proofs}
    assert len(found[ProofId.MONTH]) == 1


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish plan and list of matters of the month, correct two results in it by one notice, and give the folder."""
    folder = tmp_path_factory.mktemp("announced")
    published_month.fill_folder(folder)
    publisher, operator = (folder, small_month.PUBLISHER, "2026-12-31"), (folder, small_month.OPERATOR, "2026-12-31")
    for kind, about in (("plan", "2026-12"), ("matters", "2026")):
        published_month.run(*publisher, "notice", "publish", kind, about, "--yes")
    corrected = ("--reason", "re-examined", "--basis", "b", "--approver", small_month.APPROVER, "--yes")
    for entity in published_month.entities_of(folder)[2:4]:
        published_month.run(*operator, "visit", "correct", "2026-12/1", entity, "--result", "labour=2", *corrected)
    published_month.run(folder, small_month.APPROVER, "2026-12-31", "visit", "approve", "2026-12/1", "--all", "--yes")
    published_month.run(*publisher, "notice", "correct", "示综执抽查〔2026〕3号", "--yes")
    return folder


def _copy(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target


@pytest.mark.parametrize(
    "case",
    [
        ("plan", "| A | 固定数量 | 10 |", "| A | 固定数量 | 11 |", {ProofId.LISTS, ProofId.LANGUAGES}),
        ("plan", "不超过 1 次 | 9 |", "不超过 1 次 | 8 |", {ProofId.LISTS, ProofId.LANGUAGES}),
        ("matters", "| L-01 |", "| L-09 |", {ProofId.LISTS}),
        ("matters", "共 2 项", "共 3 项", {ProofId.LISTS}),
        ("result", "实地检查", "书面检查", {ProofId.LINES}),
        ("change", "未按规定公示应当公示的信息", "未发现问题", {ProofId.LINES}),
        ("change", "发现问题已责令改正", "注销", {ProofId.LINES}),
    ],
)
def test_false_words_of_a_notice_are_found(
    announced: Path, tmp_path: Path, case: tuple[str, str, str, set[ProofId]]
) -> None:
    """PROOF-7, PROOF-11: bases, numbers and matters of plan and list, how a result was found, and what a correction changes."""
    kind, before, after, found = case
    folder = _copy(announced, tmp_path / "x")
    assert _broken(_prove(folder)) == set()
    where = f"notice IN (SELECT number FROM notice WHERE kind = '{kind}')"  # noqa: S608
    with sqlite3.connect(folder / "inspect.db") as store:
        texts = store.execute(f"SELECT zh FROM notice_version WHERE {where}").fetchall()  # noqa: S608
        assert any(before in text for (text,) in texts), texts
        store.execute(f"UPDATE notice_version SET zh = replace(zh, ?, ?) WHERE {where}", (before, after))  # noqa: S608
    store.close()
    assert _broken(_prove(folder)) == found


def test_a_correction_of_what_is_withdrawn_holds(announced: Path, tmp_path: Path) -> None:
    """PROOF-7: once corrected lines are withdrawn they are stubs in the notice of the correction too, and both hold, one by one."""
    folder = _copy(announced, tmp_path / "x")
    why = ("--reason", "r", "--basis", "b", "--approver", small_month.APPROVER, "--yes")
    publisher = (folder, small_month.PUBLISHER, "2026-12-31")
    for entity in published_month.entities_of(folder)[2:4]:
        published_month.run(*publisher, "notice", "withdraw", "示综执抽查〔2026〕3号", entity, *why)
        assert _broken(_prove(folder)) == set()


def test_a_plan_and_a_list_without_tables(announced: Path, tmp_path: Path) -> None:
    """PROOF-11: what the bureau's own template leaves out of plan and list is told as not compared, and is a difference without one."""
    folder = _copy(announced, tmp_path / "x")
    _drop_tables(folder)
    proofs = {one.id: one for one in _prove(folder, replace(small_month.BUREAU, documents=OWN)).proofs}
    assert (proofs[ProofId.LISTS].differences, len(proofs[ProofId.LISTS].unchecked)) == ((), 4)
    assert ProofId.LISTS in _broken(_prove(folder))


def test_a_list_is_not_compared_with_another_registry(announced: Path, tmp_path: Path) -> None:
    """PROOF-11: once a matter was changed the registry is not the one that was published, and the list is told as not compared."""
    folder = _copy(announced, tmp_path / "x")
    with small_month.open_folder(folder).transaction() as session:
        add_act(session, small_month.actor_on("2027-01-04"), Act(act="matter retire", subject="L-01", detail={}))
    (proof,) = (one for one in _prove(folder).proofs if one.id is ProofId.LISTS)
    assert len(proof.unchecked) == 1


def test_a_bureaus_own_templates_may_leave_tables_out(month: Path) -> None:
    """What a bureau's own template does not show is told as not compared; without one it is a difference."""
    _drop_tables(month)
    proof = _prove(month, replace(small_month.BUREAU, documents=OWN))
    assert [one.id for one in proof.proofs if one.unchecked] == [ProofId.COUNTS, ProofId.LINES]
    assert not {ProofId.COUNTS, ProofId.LINES} & _broken(proof)
    assert {ProofId.COUNTS, ProofId.LINES} <= _broken(_prove(month))


def test_a_month_with_a_supplement_holds(tmp_path: Path) -> None:
    """PROOF-1: what a supplement draws again has its end there; its notices name digests of the chain alone."""
    store = small_month.fill(f"sqlite:///{tmp_path / 'inspect.db'}")
    first = small_month.draw_month(store, small_month.plan_text(labour=6, safety=3))
    person = people_of(next(visit for visit in in_force(store).values() if visit.day is not None))[0]
    second = supplement(store, order(away=(away(person),)))
    publisher = small_month.actor_on("2026-12-02", name=small_month.PUBLISHER)
    for slot in (first, second):
        for kind in (NoticeKind.COMMITMENT, NoticeKind.DRAW):
            publish_notice(
                store, publisher, PublishOrder(bureau=small_month.BUREAU, subject=Subject(kind=kind, slot=slot))
            )
    proof = _prove(tmp_path)
    assert _broken(proof) == set()
    assert proof.standings[Standing.SUPPLEMENT] > 0
    assert (proof.notices, proof.is_finished) == (4, False)


def test_a_month_that_is_not_drawn_yet_holds(tmp_path: Path) -> None:
    """A commitment that was published before anything is drawn holds: its notice has the digests that there are."""
    store = small_month.fill(f"sqlite:///{tmp_path / 'inspect.db'}")
    subject = Subject(kind=NoticeKind.COMMITMENT, slot=small_month.commit(store).draw.slot)
    publisher = small_month.actor_on(small_month.COMMIT_DAY, name=small_month.PUBLISHER)
    publish_notice(store, publisher, PublishOrder(bureau=small_month.BUREAU, subject=subject))
    proof = _prove(tmp_path)
    assert (_broken(proof), proof.notices, sum(proof.standings.values())) == (set(), 1, 0)


def test_a_month_without_a_draw(month: Path) -> None:
    """A month in which nothing was drawn is a usage mistake."""
    with pytest.raises(UsageMistake):
        prove_month(small_month.open_folder(month), small_month.BUREAU, Period("2026-11"), lambda _: None)
