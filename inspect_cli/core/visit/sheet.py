"""What the bureau's own papers show of visits that are still to be made, as values: they never leave the bureau by a notice.

What lives here: the views of the visit sheet (一企一表), of the notice to the company (检查通知书), of a team's run sheet and of the
record of a draw (抽取过程记录), and how visits are parted into them. What does not: what the public may see (``core.publish``), reading a
sheet that was filled in (``filled``), and the words around all of it (``templates/sheets``).

Rules:

SHEET-1  A paper is of a visit in force that has a day; an open visit has no paper, and how many there are is said.
SHEET-2  No view has a place for a recusal or its reason, a complaint or its source, a ticket, a finding or another company's visit on
         what a company is given. A company's contact and telephone stand on the run sheet alone.
SHEET-3  A sheet has for each of the visit's domains, in their order, a row of the domain as a whole, then one for each of its matters that
         the visit checks, in the plan's order.
SHEET-4  A run sheet is one team's one day; its visits stand in the schedule's order, and so do its teams.
SHEET-5  The names of sheets in a workbook and of files are made of a number that no other one has, and of what a company's name holds
         that a file system and a spreadsheet take.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.visit.follow_up import FollowUpKind
from inspect_cli.core.visit.result import Label, Method, ResultClass
from inspect_cli.errors import UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from inspect_cli.core.names import Domain, EntityId, InspectorId, MatterId, Slot

LAYOUT: Final = "visit-sheet-v1"
"""The version of the sheet that is filled in; another layout gets another one."""
DOMAIN_MARK: Final = "domain:"
"""What begins the key of a row that is a whole domain's; no matter's number holds a colon before a domain's name by chance."""

SHEET_NAME_LIMIT: Final = 31
"""UTF-16 units of a sheet's name."""
_FILE_NAME_LIMIT: Final = 40
_UNFIT: Final = re.compile(r"[\[\]:*?/\\'\"<>|]+")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class PaperKind(StrEnum):
    """The bureau's own papers."""

    SHEET = "sheet"
    RUN = "run"
    NOTICE = "notice"
    RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """What all papers begin with: whose they are, of which draw and plan, and where the bureau is reached."""

    bureau: Label
    telephone: str
    address: str
    slot: Slot
    month: Label
    plan: str
    is_targeted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPerson:
    """Somebody on a visit, with the number of the certificate that is shown to the company; an expert may have none."""

    id: InspectorId
    name: str
    certificate: str | None
    role: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One line of a sheet: a matter, or a whole domain (``matter`` None), with what is to be checked and by which law."""

    matter: MatterId | None
    domain: Domain
    domain_label: Label
    name: Label
    content: str | None = None
    basis: str | None = None

    @property
    def key(self) -> str:
        """Give what tells the row from the others of its sheet: the matter's number, or the domain's name behind a mark."""
        return f"{DOMAIN_MARK}{self.domain}" if self.matter is None else self.matter


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultWord:
    """A result that can be chosen: its number and its words."""

    number: int
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSheet:
    """One visit on a day: the sheet that is filled in there, and what the notice to the company says.

    ``slot`` is the draw of the visit, ``entity`` the drawn number, ``number`` today's; ``place`` counts the day's visits from 1.
    """

    head: PaperHead
    slot: Slot
    entity: EntityId
    number: EntityId
    name: str
    address: str | None
    zone: str | None
    day: date
    place: int
    people: tuple[PaperPerson, ...]
    rows: tuple[SheetRow, ...]

    @property
    def domains(self) -> tuple[Label, ...]:
        """Give the domains that the visit checks, each once."""
        return tuple({row.domain: row.domain_label for row in self.rows}.values())

    @property
    def results(self) -> tuple[ResultWord, ...]:
        """Give the results that can be chosen, for the sheet's legend."""
        return tuple(ResultWord(number=each.value, label=each.label) for each in ResultClass)

    @property
    def methods(self) -> tuple[Label, ...]:
        """Give the methods that can be chosen."""
        return tuple(each.label for each in Method)

    @property
    def follow_ups(self) -> tuple[Label, ...]:
        """Give the follow-ups that can be chosen."""
        return tuple(each.label for each in FollowUpKind)

    @property
    def matters(self) -> tuple[SheetRow, ...]:
        """Give the rows of matters, and of a domain without any its own: what a company is told that is checked."""
        named = {row.domain for row in self.rows if row.matter is not None}
        return tuple(row for row in self.rows if row.matter is not None or row.domain not in named)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStop:
    """One visit of a team's day. ``again`` is the supplement that drew the visit, ``moved_from`` the day for which it was drawn."""

    place: int
    number: EntityId
    name: str
    address: str | None
    zone: str | None
    contact: str | None
    telephone: str | None
    domains: tuple[Label, ...]
    again: Slot | None = None
    moved_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSheet:
    """One team's one day (SHEET-4)."""

    head: PaperHead
    day: date
    people: tuple[PaperPerson, ...]
    stops: tuple[RunStop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSource:
    """A source of the seed, with the value that it gave; ``at`` is aware."""

    kind: Label
    name: str
    at: datetime
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """The recording of a draw: the file's name, SHA-256 and bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRecordSheet:
    """The record of a draw (抽取过程记录), to be signed. Digests are SHA-256.

    ``drawn_at`` is aware, ``day`` is the day that the rules used. ``base`` counts the entities of the frame, ``open`` the visits that got
    no day or team.
    """

    head: PaperHead
    drawn_at: datetime
    day: date
    operator: str
    sources: tuple[PaperSource, ...]
    seed: str
    commitment: str
    result: str
    base: int
    visits: int
    open: int
    place: str | None = None
    host: str | None = None
    witnesses: tuple[str, ...] = ()
    film: Film | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChoice:
    """Which visits somebody wants papers of: those of a day, and those on which all these people go; None and empty are any."""

    day: date | None = None
    team: tuple[InspectorId, ...] = ()


def choose_sheets(sheets: Iterable[VisitSheet], choice: PaperChoice) -> tuple[VisitSheet, ...]:
    """Keep the visits that somebody wants papers of, in their order; ``UsageMistake`` where there is none."""
    chosen = tuple(
        sheet
        for sheet in sheets
        if (choice.day is None or sheet.day == choice.day)
        and {person.id for person in sheet.people}.issuperset(choice.team)
    )
    if not chosen:
        raise UsageMistake(
            say("there is no visit of that day and those people"),
            hint=say("see who goes where with: inspect-cli schedule show"),
        )
    return chosen


def part_runs(
    sheets: Iterable[VisitSheet],
) -> tuple[tuple[date, tuple[PaperPerson, ...], tuple[VisitSheet, ...]], ...]:
    """Part visits by day and team, in the order in which they come (SHEET-4)."""
    runs: dict[tuple[date, tuple[InspectorId, ...]], list[VisitSheet]] = {}
    for sheet in sheets:
        runs.setdefault((sheet.day, tuple(person.id for person in sheet.people)), []).append(sheet)
    return tuple((day, visits[0].people, tuple(visits)) for (day, _team), visits in runs.items())


def part_days(sheets: Iterable[VisitSheet]) -> dict[date, tuple[VisitSheet, ...]]:
    """Part visits by day, in order."""
    days: dict[date, list[VisitSheet]] = {}
    for sheet in sheets:
        days.setdefault(sheet.day, []).append(sheet)
    return {day: tuple(days[day]) for day in sorted(days)}


def name_worksheet(place: int, name: str) -> str:
    """Name a sheet of a workbook: a number, then what fits of the company's name (SHEET-5)."""
    units = f"{place:02} {_fit(name)}".encode("utf-16-le")[: 2 * SHEET_NAME_LIMIT]
    return units.decode("utf-16-le", "ignore").strip()


def name_file(day: date, place: int, name: str) -> str:
    """Name a visit's file, without its end: the day, a number, then what fits of the company's name (SHEET-5)."""
    return f"{day.isoformat()}-{place:02}-{_fit(name)[:_FILE_NAME_LIMIT]}".strip(" .-")


def _fit(name: str) -> str:
    """Drop of a name what a spreadsheet or a file system does not take, what hides or turns text, and dots that climb folders."""
    shown = "".join(
        " " if unicodedata.category(char) in _HIDDEN else char for char in unicodedata.normalize("NFC", name)
    )
    return " ".join(_UNFIT.sub(" ", shown).split()).replace("..", "").strip(" .")
