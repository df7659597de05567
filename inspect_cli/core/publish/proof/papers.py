"""The notices of a draw as they were published against their bundle and the results: PROOF-5 to PROOF-9. The rules stand in ``report``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.issued import NoticeKind
from inspect_cli.core.publish.proof import expected
from inspect_cli.core.publish.proof.paper import Cell, Paper, find_table, says_row
from inspect_cli.core.publish.proof.report import Findings, ProofId
from inspect_cli.core.publish.proof.stands import Bounds, Moment, count_ends, count_in_force, find_stands
from inspect_cli.core.report.month import MonthEnd
from inspect_cli.core.visit.result import Label
from inspect_cli.core.visit.review import ReviewState, find_approved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.draw.rows import EntityRow
    from inspect_cli.core.names import EntityId, Slot
    from inspect_cli.core.publish.issued import Entry, Issued, IssuedVersion
    from inspect_cli.core.publish.proof.expected import ProvenDraw, Words
    from inspect_cli.core.publish.proof.paper import Row, Wanted
    from inspect_cli.core.publish.proof.stands import CountedVisit
    from inspect_cli.core.publish.proof.visits import TracedVisit
    from inspect_cli.core.visit.review import OutcomeVersion

_DIGESTS: Final = Label(zh="核验包中没有的摘要", en="digests that the bundle does not have")
_DOMAINS: Final = Label(zh="按领域的数量", en="numbers by domain")
_STRATA: Final = Label(zh="按分层的数量", en="numbers by stratum")
_EXCLUSIONS: Final = Label(zh="未列入的数量", en="exclusions")
_LISTS: Final = Label(zh="名单条数和根摘要", en="lists with their roots")
_PROGRESS: Final = Label(zh="检查进展", en="progress")
_CLASSES: Final = Label(zh="结果分类", en="results by class")
_LINES: Final = Label(zh="检查结果条目", en="lines of results")
_CHANGES: Final = Label(zh="更正前后的内容", en="what a correction changes")
_GONE: Final = Label(zh="已停止公示的检查对象", en="a company that is no longer shown")
_LEAVE: Final = Label(zh="经审核的检查结果", en="an approved result")
_NAMED: Final = Label(zh="没有经审核结果而被列名的检查对象", en="companies that are named without an approved result")
_TABLES: Final = Label(zh="表中的数字", en="numbers in the tables")
_BOTH: Final = Label(zh="摘要", en="digests")
_NUMBER: Final = Label(zh="文号", en="document number")
_ENDS: Final = (
    MonthEnd.RESULT,
    MonthEnd.AWAITING,
    MonthEnd.PLANNED,
    MonthEnd.OPEN,
    MonthEnd.CANCELLED,
    MonthEnd.CARRIED_OVER,
)
"""Where the visits in force stand, in the order in which a notice of results has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenNotice:
    """A published notice: all its versions, its entries in their places, and its newest version read in each language."""

    notice: Issued
    versions: tuple[IssuedVersion, ...]
    entries: tuple[Entry, ...]
    papers: Mapping[str, Paper]
    is_whole: bool = True
    """False where it was withdrawn whole: it shows its number and title alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenChain:
    """A chain of draws and what the store knows of it. ``has_own_templates``: a table that is not found is told as not compared.

    ``names`` are the frozen names of its entities, ``visits`` all visits of its draws that are not void, ``counted`` those that were drawn.
    """

    draws: Mapping[Slot, ProvenDraw]
    names: Mapping[EntityId, str]
    visits: tuple[TracedVisit, ...]
    words: Words
    has_own_templates: bool = False
    rows: Mapping[EntityId, EntityRow] = field(default_factory=dict)
    counted: tuple[CountedVisit, ...] = ()

    def find_version(self, entry: Entry) -> OutcomeVersion | None:
        """Find the version of a result that an entry names."""
        versions = (one for visit in self.visits for one in visit.versions if visit.slot == entry.slot)
        wanted = (entry.entity, entry.outcome_version)
        return next((one for one in versions if (one.entity, one.version) == wanted), None)


@dataclass(frozen=True, slots=True)
class _Case:
    """One language of one notice that is compared."""

    findings: Findings
    chain: ProvenChain
    proven: ProvenNotice
    language: str

    @property
    def paper(self) -> Paper:
        return self.proven.papers[self.language]

    @property
    def where(self) -> str:
        return f"{self.proven.notice.document} ({self.language})"

    def compare_table(self, id: ProofId, what: Label, wanted: tuple[Wanted, ...]) -> None:
        """Compare a table row by row with what it must say."""
        if not wanted:
            return
        table = find_table(self.paper, wanted)
        if table is None and self.chain.has_own_templates:
            self.findings.leave(id, f"{self.where} {what.text(self.language)}")
            return
        for row, line in zip_longest(table or (), wanted):
            self.findings.compare(id, self.where, what, _pair(row, line))


def compare_notice(findings: Findings, chain: ProvenChain, proven: ProvenNotice) -> None:
    """Compare a notice in both languages with its draw's bundle and with the results."""
    for entry in proven.entries:
        version = chain.find_version(entry)
        state = None if version is None else version.state
        where = f"{proven.notice.document} {entry.entity}"
        findings.compare(ProofId.NAMED, where, _LEAVE, (ReviewState.APPROVED.value, state and state.value))
    for language in expected.LANGUAGES:
        case = _Case(findings, chain, proven, language)
        number = chain.words.show(proven.notice.document).strip()
        findings.compare(ProofId.NUMBERS, case.where, _NUMBER, (number, case.paper.number))
        _compare_unshown(case)
        _compare_named(case)
        if proven.is_whole and proven.notice.kind is NoticeKind.CHANGE:
            _compare_changes(case)
        elif proven.is_whole:
            _compare_draw(case)
    _compare_languages(findings, proven)


def _compare_languages(findings: Findings, proven: ProvenNotice) -> None:
    """Compare the two languages with each other (PROOF-8)."""
    zh, en = (proven.papers[language] for language in expected.LANGUAGES)
    where = proven.notice.document
    findings.compare(ProofId.LANGUAGES, where, _BOTH, (zh.digests, en.digests))
    for one, other in zip_longest(zh.numbers, en.numbers, fillvalue=()):
        for row, line in zip_longest(one, other, fillvalue=()):
            findings.compare(ProofId.LANGUAGES, where, _TABLES, (_digits(row), _digits(line)))


def _compare_draw(case: _Case) -> None:
    """Compare what a notice of a draw says with the draw (PROOF-5 to PROOF-7)."""
    slot = case.proven.notice.slot
    draw = None if slot is None else case.chain.draws.get(slot)
    if draw is None:
        return
    kind = case.proven.notice.kind
    own = expected.own_digests(draw)
    names = {NoticeKind.RESULT: ["commitment.json"], NoticeKind.DRAW: list(own)}
    for name in names.get(kind, ["commitment.json", *expected.want_lists(draw)]):
        found = own[name] if own[name] in case.paper.digests else None
        case.findings.compare(ProofId.DIGESTS, case.where, Label(zh=name, en=name), (own[name], found))
    foreign = case.paper.digests - expected.known_digests(case.chain.draws.values())
    case.findings.compare(ProofId.DIGESTS, case.where, _DIGESTS, (frozenset(), foreign))
    if kind is NoticeKind.RESULT:
        _compare_results(case)
    else:
        _compare_counts(case, draw, is_drawn=kind is NoticeKind.DRAW)


def _compare_counts(case: _Case, draw: ProvenDraw, *, is_drawn: bool) -> None:
    """Compare the numbers of a commitment's or a draw's notice (PROOF-6)."""
    words, language = case.chain.words, case.language
    domains = expected.want_domains(draw, words, language, is_drawn=is_drawn)
    case.compare_table(ProofId.COUNTS, _DOMAINS, domains)
    if not draw.is_supplement:
        quotas = expected.want_quotas(draw, words, language, is_drawn=is_drawn)
        case.compare_table(ProofId.COUNTS, _STRATA, quotas)
        if is_drawn:
            case.compare_table(ProofId.COUNTS, _EXCLUSIONS, expected.want_exclusions(draw, language))
    lists = tuple((frozenset(pair), name) for name, pair in expected.want_lists(draw).items())
    for wanted, name in lists:
        said = any(wanted <= set(row) for table in case.paper.tables for row in table)
        found = wanted if said else None
        if found is None and case.chain.has_own_templates:
            case.findings.leave(ProofId.COUNTS, f"{case.where} {name}")
        else:
            case.findings.compare(ProofId.COUNTS, case.where, _LISTS, (wanted, found))


def _compare_results(case: _Case) -> None:
    """Compare the lines, classes and progress of a notice of results (PROOF-6, PROOF-7)."""
    chain, words = case.chain, case.chain.words
    lines: list[Wanted] = []
    shown = []
    for entry in case.proven.entries:
        version, row = chain.find_version(entry), chain.rows.get(entry.entity)
        place = Cell(texts=(str(entry.place),))
        if not entry.is_shown or version is None or row is None:
            lines.append((place,))
            continue
        shown.append(version.outcome)
        company = expected.want_company(row, chain.names[entry.entity], words)
        lines.append((place, *company, *expected.want_result(version.outcome, words, case.language)))
    case.compare_table(ProofId.LINES, _LINES, tuple(lines))
    case.compare_table(ProofId.COUNTS, _CLASSES, expected.want_classes(shown, case.language))
    _compare_progress(case)


def _compare_changes(case: _Case) -> None:
    """Compare what a notice of a correction tells of each line with the version before and the one after (PROOF-7)."""
    chain, language = case.chain, case.language
    lines: list[Wanted] = []
    for entry in case.proven.entries:
        after, row = chain.find_version(entry), chain.rows.get(entry.entity)
        before = chain.find_version(replace(entry, outcome_version=entry.replaced or 0))
        place = Cell(texts=(str(entry.place),))
        if not entry.is_shown or before is None or after is None or row is None:
            lines.append((place,))
            continue
        company = expected.want_company(row, chain.names[entry.entity], chain.words)
        told = (expected.want_told(one.outcome, chain.words, language) for one in (before, after))
        lines.append((place, *company, *told))
    case.compare_table(ProofId.LINES, _CHANGES, tuple(lines))


def _compare_unshown(case: _Case) -> None:
    """Look whether anything is left of those that are no longer shown (PROOF-7)."""
    shown = {case.chain.names.get(entry.entity) for entry in case.proven.entries if entry.is_shown}
    for entry in case.proven.entries:
        name = case.chain.names.get(entry.entity)
        if entry.is_shown:
            continue
        cells = {cell for table in case.paper.tables for row in table for cell in row}
        said = [text for text in (entry.entity, name) if text and text not in shown and text in cells]
        case.findings.compare(ProofId.LINES, case.where, _GONE, ((), tuple(said)))


def _compare_named(case: _Case) -> None:
    """Look whether a table names a company that has no approved result (PROOF-9)."""
    cells = {cell for table in case.paper.tables for row in table for cell in row}
    approved = {visit.entity for visit in case.chain.visits if find_approved(visit.versions) is not None}
    named = frozenset(entity for entity in case.chain.rows if entity in cells) - approved
    case.findings.compare(ProofId.NAMED, case.where, _NAMED, (frozenset(), named))


def _compare_progress(case: _Case) -> None:
    """Compare how far the chain had come when the newest version was made (PROOF-6), each number with its least and its most."""
    newest = case.proven.versions[-1]
    moment = Moment(day=newest.day, clock=datetime.fromisoformat(newest.clock), number=newest.notice)
    stands = find_stands(case.chain.counted, moment)
    wanted = (count_in_force(stands), *(count_ends(stands, end) for end in _ENDS))
    rows = [
        table[0]
        for table in case.paper.tables
        if len(table) == 1 and len(table[0]) == len(wanted) and all(cell.isdecimal() for cell in table[0])
    ]
    if not rows and case.chain.has_own_templates:
        case.findings.leave(ProofId.COUNTS, f"{case.where} {_PROGRESS.text(case.language)}")
        return
    found = rows[0] if rows else None
    said = found is not None and all(map(Bounds.has, wanted, found))
    case.findings.compare(ProofId.COUNTS, case.where, _PROGRESS, (found if said else tuple(map(str, wanted)), found))
    total = None if found is None else sum(map(int, found[1:]))
    case.findings.compare(ProofId.COUNTS, case.where, _PROGRESS, (None if found is None else int(found[0]), total))


def _pair(row: Row | None, line: Wanted | None) -> tuple[object, object]:
    """Give what a row must say and what it says, of one length, so that they are equal where it says it."""
    wanted = None if line is None else tuple(map(str, line))
    if row is None or line is None:
        return wanted, row
    return (wanted, wanted) if says_row(row, line) else (wanted, row[: len(line)])


def _digits(row: Row) -> Row:
    return tuple(cell for cell in row if cell)
