"""The bureau's own papers as values: what they have a place for, how visits are parted, and names that are safe."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import get_args

import pytest

from inspect_cli.core.names import InspectorId
from inspect_cli.core.visit import sheet as papers
from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.errors import UsageMistake
from tests.visit_papers import LABOUR, SAFETY, make_person, make_row, make_sheet

VIEWS = [kind for kind in vars(papers).values() if isinstance(kind, type) and is_dataclass(kind)]
HOSTILE = (
    "../../x",
    "..\\..\\x",
    "CON",
    "nul.txt",
    "[a]:*?/\\'b'",
    "=cmd|'/c calc'!A1",
    "\u202egnp.exe",
    "厂" * 4000,
    "😀" * 40,
    "a\x00b\nc",
    ".",
    "",
    "<script>",
    "History",
)


def test_no_view_has_a_place_for_what_stays_secret() -> None:
    """SHEET-2: no view has a field for a recusal, a complaint, a ticket or a finding; a company's contact is a run's alone."""
    names = {(kind.__name__, field.name) for kind in VIEWS for field in fields(kind)}
    secret = ("recus", "complain", "source_of", "ticket", "salt", "finding", "reason", "legal", "note")
    assert [name for name in names if any(word in name[1] for word in secret)] == []
    assert {kind for kind, name in names if name == "contact"} == {"RunStop"}
    # The head's telephone is the bureau's own.
    assert {kind for kind, name in names if name == "telephone"} == {"RunStop", "PaperHead"}
    assert not any(papers.RunStop in get_args(field.type) for field in fields(papers.VisitSheet))


def test_a_row_is_known_by_its_matter_or_domain() -> None:
    """SHEET-3: a matter's number is its row's key; a whole domain's is marked, so that no matter is taken for it."""
    assert make_row(LABOUR, "labour").key == "labour"
    assert make_row(LABOUR).key == "domain:labour"


def test_a_company_is_told_matters_and_domains_without_any() -> None:
    """SHEET-3: what a company is told leaves the rows of domains out, but where a domain has no matter."""
    sheet = make_sheet()
    assert [row.key for row in sheet.matters] == ["L-01", "L-02", "domain:safety"]
    assert [label.zh for label in sheet.domains] == [LABOUR, SAFETY]


def test_the_legend_has_all_words() -> None:
    """The words that can be chosen are those of the rules, in their order."""
    sheet = make_sheet()
    assert [word.number for word in sheet.results] == list(range(1, 14))
    assert [word.label for word in sheet.results] == [each.label for each in ResultClass]
    assert sheet.methods == tuple(each.label for each in Method)
    assert sheet.follow_ups == tuple(each.label for each in FollowUpKind)


def test_sheets_are_chosen_by_day_and_people() -> None:
    """All the people who are named go on each visit that is kept; no visit is a mistake."""
    first, second = make_sheet(), make_sheet(day=date(2026, 12, 2), people=(make_person(1),))
    choose = papers.choose_sheets
    assert choose((first, second), papers.PaperChoice()) == (first, second)
    assert choose((first, second), papers.PaperChoice(day=date(2026, 12, 2))) == (second,)
    assert choose((first, second), papers.PaperChoice(team=(InspectorId("R01"), InspectorId("R02")))) == (first,)
    with pytest.raises(UsageMistake, match="no visit"):
        choose((first,), papers.PaperChoice(team=(InspectorId("R03"),)))


def test_a_run_is_one_teams_day() -> None:
    """SHEET-4: visits of one team and day are together in their order, those of another team or day apart."""
    first = make_sheet()
    other_team = replace(first, place=2, people=(make_person(3),))
    third = replace(first, place=3)
    next_day = replace(first, day=date(2026, 12, 2))
    runs = papers.part_runs((first, other_team, third, next_day))
    assert [(day.day, len(people), visits) for day, people, visits in runs] == [
        (1, 2, (first, third)),
        (1, 1, (other_team,)),
        (2, 2, (next_day,)),
    ]
    assert papers.part_days((next_day, first)) == {first.day: (first,), next_day.day: (next_day,)}
    assert list(papers.part_days((next_day, first))) == [first.day, next_day.day]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_sheets_and_files_are_safe(name: str) -> None:
    """SHEET-5: whatever a company is called, its sheet has a name that Excel takes, and its file lies in the folder that was named."""
    sheet = papers.name_worksheet(7, name)
    assert sheet.startswith("07")
    assert len(sheet.encode("utf-16-le")) <= 2 * 31
    assert not set(sheet) & set("[]:*?/\\'")
    assert sheet.isprintable()
    file = papers.name_file(date(2026, 12, 1), 7, name)
    assert file.startswith("2026-12-01-07")
    assert len(file.encode()) <= 200
    assert not set(file) & set('<>:"/\\|?*')
    assert file.isprintable()
    assert ".." not in file
    assert not file.endswith((" ", "."))


def test_names_alike_are_told_apart() -> None:
    """SHEET-5: companies of one name, or of names that begin alike, have sheets and files of their own."""
    names = ["厂" * 50, "厂" * 51, "厂*" * 50, "", ".."]
    assert len({papers.name_worksheet(place, name).casefold() for place, name in enumerate(names)}) == len(names)
    assert len({papers.name_file(date(2026, 12, 1), place, name) for place, name in enumerate(names)}) == len(names)
