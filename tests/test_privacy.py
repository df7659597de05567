"""What nobody outside may learn is planted in every free field, and everything that is handed out of the month is searched for it.

The first test that looks is one that must find: a searcher who finds nothing anywhere proves nothing.
"""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import Boolean, Date, Integer

from inspect_cli.storage.tables import Row
from tests.planted import CODES, NAMES, SLOT, SUPPLEMENT, PlantedMonth
from tests.searching import find_parts, read_texts
from tests.small_month import APPROVER, OPERATOR, OTHER_OPERATOR, PUBLISHER

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.untraced

FORMATS: Final = ("html", "fragment", "md", "docx", "pdf", "csv", "xlsx", "json")
LAST: Final = "2026-12-31"
PLANTED: Final = re.compile("密[0-9]{3}|13900000[0-9]{3}|99010119710305|暗巷|1971年3月5日|1971-03-05|某某")
NAMED: Final = re.compile(f"明[0-9]{{3}}|{'|'.join(CODES)}")
STAFF: Final = re.compile(f"{OPERATOR}|{OTHER_OPERATOR}|{APPROVER}|{PUBLISHER}")


KNOWN: Final = {
    "numbers, codes, states, days, digests, and lists of them": """
        act.act act.subject act.clock allowance.entity allowance.period allowance.rule attachment.slot attachment.entity attachment.sha256
        blackout.zone blackout.entity draw.slot draw.period draw.state draw.commitment draw.entities draw.inspectors draw.excluded
        draw.entropy draw.seed draw.result draw.void_reason draw.amends entity.id entity.domains entity.zone entity.risk_class
        entity.industry entity.size entity.successor follow_up_step.slot follow_up_step.entity follow_up_step.domain follow_up_step.step
        follow_up_step.clock header_map.noun header_map.shape inspector.id inspector.skills inspector.zones leave.inspector ledger.entity
        ledger.kind ledger.domains ledger.source ledger.matters matter.id matter.domain matter.of_industries matter.of_sizes
        matter.of_risk_classes notice.kind notice.slot notice.period notice.series notice.document notice_entry.slot notice_entry.entity
        notice_entry.state notice_entry.naming notice_version.action notice_version.clock outcome.slot outcome.entity outcome.domain
        outcome.method outcome.follow_up outcome.matters outcome_version.slot outcome_version.entity outcome_version.state
        outcome_version.clock outcome_version.reason recusal.inspector recusal.entity recusal.reason taken_file.noun taken_file.sha256
        taken_file.understood value_change.noun value_change.key value_change.field value_change.before visit.slot visit.entity
        visit.state visit.open_reason visit_change.slot visit_change.entity visit_change.kind visit_change.clock visit_change.by_slot
        visit_change.to_period year_notice.days_off year_notice.make_up_days""",
    "whoever acts, searched for by name": """
        act.actor act.approver allowance.actor allowance.approver attachment.added_by follow_up_step.actor notice_version.publisher
        notice_version.approver outcome.recorded_by outcome_version.recorded_by outcome_version.reviewed_by outcome_version.approver
        visit_change.actor visit_change.approver""",
    "published by its nature": """
        entity.name matter.name matter.content matter.basis matter.method matter.object_type matter.ratio matter.frequency
        matter.source_of_power matter.remarks notice_version.reason notice_version.basis notice_version.zh notice_version.en
        year_notice.title""",
}
"""Columns of text in which nothing is planted, by what they hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was handed out before anything was recorded, between that and approval, and at the end; who is shown, who was withdrawn."""

    before: dict[str, str]
    between: dict[str, str]
    after: dict[str, str]
    month: PlantedMonth
    shown: tuple[str, ...]
    withdrawn: str


def _hand_out(month: PlantedMonth, folder: Path, day: str) -> dict[str, str]:
    """Write what may leave the bureau: notices in all formats and both languages, drafts, reminders, the credit system's sheet."""
    folder.mkdir()
    words = [word for form in FORMATS for word in ("--format", form)]
    for language in ("zh", "en"):
        month.operate(day, "notice", "write", "--all", "2026-12", *words, "--lang", language, "-o", folder / language)
    month.operate(day, "notice", "ics", "-o", folder / "due.ics")
    month.operate(day, "notice", "export", "--platform", "credit", "2026-12", "-o", folder / "credit.xlsx")
    for kind in ("commitment", "draw", "result"):
        month.operate(day, "notice", "render", SLOT, kind, "-o", folder / f"draft-{kind}.html")
    for form in ("docx", "xlsx", "md"):
        draft = folder / f"draft.{form}"
        month.operate(day, "notice", "render", SLOT, "result", "--format", form, "-o", draft)
    return read_texts(folder)


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """Play the month with a supplement, all notices, a correction and a withdrawal, and hand out whatever may be handed out."""
    folder = tmp_path_factory.mktemp("privacy")
    month = PlantedMonth(folder=folder)
    month.begin()
    month.draw()
    month.move()
    for kind in ("commitment", "draw"):
        month.publish("2026-12-01", kind, SLOT)
    month.supplement()
    for kind in ("commitment", "draw"):
        month.publish("2026-12-03", kind, SUPPLEMENT)
    before = _hand_out(month, folder / "before", "2026-12-03")
    shown = month.end_two()
    month.record(shown)
    between = _hand_out(month, folder / "between", LAST)
    shown_inside = month.run(PUBLISHER, LAST, "notice", "preview", "draw", SLOT, "--json")
    assert find_parts({"preview": shown_inside}, PLANTED) == set()
    month.approve(shown)
    document = month.publish(LAST, "result", SLOT)
    month.correct(shown[0])
    month.run(PUBLISHER, LAST, "notice", "correct", document, "--yes")
    why = ("--reason", "公示有误", "--basis", "复核意见", "--approver", APPROVER, "--yes")
    month.run(PUBLISHER, LAST, "notice", "withdraw", document, shown[1], *why)
    for kind, about in (("matters", "2026"), ("statistics", "2026-12")):
        month.publish(LAST, kind, about)
    site = folder / "after"
    _hand_out(month, site, LAST)
    month.operate(LAST, "draw", "bundle", SLOT, "--public", "-o", site / "public.zip")
    for entity in (shown[0], CODES[11]):
        month.operate("2027-02-01", "draw", "receipt", SLOT, entity, "-o", site / f"{entity}.json")
    return Handed(before=before, between=between, after=read_texts(site), month=month, shown=shown, withdrawn=shown[1])


def test_a_searcher_finds_what_is_there(handed: Handed) -> None:
    """Public names are found in the notice of results in every format, and what is planted stands in what the bureau itself is shown."""
    name = f"明{list(NAMES).index(handed.shown[2]) + 1:03}"
    results = {path for path, found in find_parts(handed.after, NAMED) if found == name and "-result." in path}
    assert {path.partition("-result.")[2].partition(".")[2] for path in results} >= {
        "html",
        "part.html", "md", "docx", "pdf", "csv", "xlsx", "json",
    }  # fmt: skip
    everything = handed.month.operate("2027-01-04", "visit", "show", SLOT, handed.shown[0], "--json")
    assert "密" in everything
    assert len(handed.month.seeds.places) > 140


def test_every_column_is_planted_or_known(handed: Handed) -> None:
    """Each column of the store that holds text has something planted in it, or is listed here with what it holds instead.

    Who adds a column of words plants it too (``tests.planted``), or says here why nothing can be hidden in it.
    """
    columns = [
        (table.name, column.name)
        for table in Row.metadata.sorted_tables
        for column in table.columns
        if not isinstance(column.type, Integer | Date | Boolean)
    ]
    known = {tuple(name.split(".")) for names in KNOWN.values() for name in names.split()}
    with closing(sqlite3.connect(handed.month.folder / "inspect.db")) as store:
        planted = {
            (table, column)
            for table, column in columns
            if any(_is_planted(value) for (value,) in store.execute(f'SELECT "{column}" FROM "{table}"'))  # noqa: S608
        }
    assert sorted(set(columns) - planted - known) == []
    assert sorted(known & planted) == []
    assert sorted(known - set(columns)) == []


def _is_planted(value: object) -> bool:
    text = value.decode() if isinstance(value, bytes) else str(value)
    return re.search("密[0-9]{3}|139[0-9]{8}", text) is not None


def test_nothing_that_was_planted_comes_out(handed: Handed) -> None:
    """PUBLISH-1: no telephone, identity number, person, home, day of birth, reason or source of a complaint in any byte of any file."""
    stages = (handed.before, handed.between, handed.after)
    leaks = {leak for texts in stages for leak in find_parts(texts, PLANTED)}
    numbers = {int(found[1:]) for _, found in leaks if re.fullmatch("密[0-9]{3}", found)}
    assert (leaks, [handed.month.seeds.places[number] for number in sorted(numbers)]) == (set(), [])


def test_nobody_of_the_bureau_is_named(handed: Handed) -> None:
    """Who recorded, approved and published stays inside, in the metadata of files too."""
    for texts in (handed.before, handed.between, handed.after):
        assert find_parts(texts, STAFF) == set()


def test_no_company_is_named_before_its_visit_is_recorded(handed: Handed) -> None:
    """PUBLISH-2, PUBLISH-3, REVIEW-4: until it is approved no file and no draft has a drawn company's name or number."""
    assert find_parts(handed.before, NAMED) == set()
    assert find_parts(handed.between, NAMED) == set()


def test_only_results_are_named(handed: Handed) -> None:
    """REVIEW-4: whose visit was cancelled, carried over or not drawn is nowhere; whose line was withdrawn is in no notice."""
    public = {
        name: text for name, text in handed.after.items() if name.startswith(("zh/", "en/")) and "-draw." not in name
    }
    named = {found for _, found in find_parts(public, NAMED)}
    wanted = {*handed.shown} - {handed.withdrawn}
    assert {found for found in named if found in CODES} == wanted
    assert {found for found in named if found not in CODES} == {NAMES[code][:4] for code in wanted}


def test_the_names_of_files_tell_nothing(handed: Handed) -> None:
    """A file's name has kind, serial and language, and neither company nor person."""
    assert [name for name in handed.after if name.startswith(("zh/", "en/")) and NAMED.search(name)] == []


def test_the_month_holds(handed: Handed) -> None:
    """``notice check`` finds notices, store and bundles of such a month alike."""
    assert json.loads(handed.month.operate(LAST, "notice", "check", "2026-12", "--json"))["holds"] is True
