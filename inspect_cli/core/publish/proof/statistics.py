"""A month's statistics as they were published against their figures counted anew: PROOF-10. The rules stand in ``report``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish import month_notice
from inspect_cli.core.publish.proof.report import Findings, ProofId
from inspect_cli.core.publish.proof.stands import Bounds, exactly
from inspect_cli.core.report.month import MonthEnd
from inspect_cli.core.visit.result import Label, ResultClass
from inspect_cli.core.visit.steps import FollowUpState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspect_cli.core.publish.proof.expected import Words
    from inspect_cli.core.publish.proof.figures import Figures
    from inspect_cli.core.publish.proof.paper import Paper, Row

_DRAWS: Final = Label(zh="各次抽取的数量", en="numbers of the draws")
_DOMAINS: Final = Label(zh="各领域的数量", en="numbers of the domains")
_ENDS: Final = Label(zh="检查的去向", en="what became of the visits")
_CLASSES: Final = Label(zh="检查结果分类", en="results by class")
_FOLLOW_UPS: Final = Label(zh="后续处置", en="follow-ups")
_RATES: Final = Label(zh="各率的分子和分母", en="numbers of a rate")
_PERCENT: Final = Label(zh="各率的数值", en="a rate")
_PROSE: Final = Label(zh="正文中的数字", en="numbers in the text")
_BEFORE: Final = Label(zh="与上年同月比较", en="numbers beside those of the year before")
RATES: Final = (month_notice.COMPLETED, month_notice.IN_TIME, month_notice.CLOSED, month_notice.COMBINED)
_NUMBERS: Final = (
    month_notice.DUE,
    month_notice.DRAWN,
    month_notice.IN_FORCE,
    month_notice.DONE,
    month_notice.SPARED,
)
_INTEGER: Final = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What rows of so many cells say that begin with ``key``; where the least of all figures is 0 the row may be missing."""

    what: Label
    key: Row
    figures: tuple[Bounds, ...]
    width: int

    @property
    def may_be_missing(self) -> bool:
        return not any(figure.least for figure in self.figures)

    def is_said_by(self, row: Row) -> bool:
        """Say whether the cells after the key are the figures."""
        cells = row[len(self.key) :]
        return all(figure.has(cell) for figure, cell in zip(self.figures, cells, strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenMonth:
    """A month's figures when its statistics were published, and those of the same month of the year before (None: no draw of it)."""

    now: Figures
    before: Figures | None
    words: Words
    has_own_templates: bool = False


def compare_month(findings: Findings, month: ProvenMonth, papers: Mapping[str, Paper], document: str) -> None:
    """Compare a month's statistics in both languages with the figures."""
    for language, paper in papers.items():
        where = f"{document} ({language})"
        for line in _list_lines(month, language):
            _compare_line(findings, (where, line), paper, is_free=month.has_own_templates)
        _compare_total(findings, (where, month), paper, language)
        _compare_rates(findings, (where, month), paper, language)
        _compare_prose(findings, (where, month), paper)
        _compare_before(findings, (where, month), paper, language)


def _list_lines(month: ProvenMonth, language: str) -> Iterator[_Line]:
    """Give every line of the tables of numbers; of results, ends and follow-ups also those that there are none of."""
    figures, words = month.now, month.words
    for slot, counts in figures.draws.items():
        yield _Line(what=_DRAWS, key=(slot,), figures=counts, width=6)
    for domain, numbers in figures.domains.items():
        name = words.domain(domain, language)
        known = (*map(exactly, numbers), figures.count_checked(domain), figures.count_done(domain))
        yield _Line(what=_DOMAINS, key=(name,), figures=known, width=6)
        for each in ResultClass:
            said = (name, str(each.value), each.label.text(language))
            yield _Line(what=_CLASSES, key=said, figures=(figures.count_results(domain, each.value),), width=4)
    for end in MonthEnd:
        yield _Line(what=_ENDS, key=(end.label.text(language),), figures=(figures.count_end(end),), width=2)
    for each in ResultClass:
        found = (str(each.value), each.label.text(language))
        yield _Line(what=_CLASSES, key=found, figures=(figures.count_worst(each.value),), width=3)
    for state in FollowUpState:
        counted = figures.count_follow_ups(state)
        yield _Line(what=_FOLLOW_UPS, key=(state.label.text(language),), figures=(counted,), width=2)


def _compare_line(findings: Findings, place: tuple[str, _Line], paper: Paper, *, is_free: bool) -> None:
    """Compare every row that begins like a line with it; ``is_free``: the bureau's own template may leave it out."""
    where, line = place
    rows = [row for row in _rows(paper, line.width) if row[: len(line.key)] == line.key]
    wanted = (*line.key, *map(str, line.figures))
    for row in rows:
        findings.compare(ProofId.MONTH, where, line.what, (row if line.is_said_by(row) else wanted, row))
    if not rows and is_free:
        findings.leave(ProofId.MONTH, f"{where} {' '.join(line.key)}")
    elif not rows:
        found = wanted if line.may_be_missing else None
        findings.compare(ProofId.MONTH, where, line.what, (wanted, found))


def _compare_total(findings: Findings, place: tuple[str, ProvenMonth], paper: Paper, language: str) -> None:
    """Compare the sum below the visits: the one row of two cells that has none of their labels."""
    where, month = place
    labels = (*(end.label for end in MonthEnd), *(state.label for state in FollowUpState))
    known = {label.text(language) for label in labels}
    visits = month.now.count(lambda one: one.end is not None)
    for _, cell in (row for row in _rows(paper, 2) if row[0] not in known and not month.has_own_templates):
        findings.compare(ProofId.MONTH, where, _ENDS, (cell if visits.has(cell) else str(visits), cell))


def _compare_rates(findings: Findings, place: tuple[str, ProvenMonth], paper: Paper, language: str) -> None:
    """Compare the numbers of each rate with the figures, and the rate with its own two numbers."""
    where, month = place
    for name, bounds in zip(RATES, month.now.rates, strict=True):
        rows = [row for row in _rows(paper, 5) if row[0] == name.text(language)]
        wanted = tuple(map(str, bounds))
        if not rows and month.has_own_templates:
            findings.leave(ProofId.MONTH, f"{where} {name.text(language)}")
        elif not rows:
            findings.compare(ProofId.MONTH, where, _RATES, (wanted, None))
        for *_, part, whole, percent in rows:
            is_said = bounds[0].has(part) and bounds[1].has(whole)
            findings.compare(ProofId.MONTH, where, _RATES, ((part, whole) if is_said else wanted, (part, whole)))
            findings.compare(ProofId.MONTH, where, _PERCENT, (_percent_of(part, whole), percent))


def _percent_of(part: str, whole: str) -> str:
    """Write a rate of two numbers (MONTH-6)."""
    if not (part.isdecimal() and whole.isdecimal() and int(whole)):
        return month_notice.NOTHING
    rate = Decimal(int(part) * 100) / Decimal(int(whole))
    return f"{rate.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _compare_prose(findings: Findings, place: tuple[str, ProvenMonth], paper: Paper) -> None:
    """Look for a paragraph of its own with just the numbers that the text has to say; the words are the template's matter."""
    where, month = place
    figures = month.now
    in_force, visits = figures.in_force, figures.count(lambda one: one.end is not None)
    *_, spared = _list_numbers(figures)
    said = [tuple(_INTEGER.findall(line)) for line in paper.prose]
    for wanted in (
        (visits,),
        (in_force,),
        (figures.count_follow_ups(None),),
        (exactly(figures.timely.late), figures.timely.overdue),
        (exactly(figures.alone), in_force, spared),
        *([(figures.timely.undated,)] if figures.timely.undated.least else []),
    ):
        found = next((each for each in said if _are_said(wanted, each)), None)
        if found is not None:
            said.remove(found)
        elif month.has_own_templates:
            findings.leave(ProofId.MONTH, f"{where} {' '.join(map(str, wanted))}")
            continue
        numbers = tuple(map(str, wanted))
        findings.compare(ProofId.MONTH, where, _PROSE, (numbers, None if found is None else numbers))


def _are_said(wanted: tuple[Bounds, ...], said: Row) -> bool:
    return len(wanted) == len(said) and all(each.has(text) for each, text in zip(wanted, said, strict=True))


def _compare_before(findings: Findings, place: tuple[str, ProvenMonth], paper: Paper, language: str) -> None:
    """Compare what stands beside the month for the year before, and each difference with its two numbers."""
    where, month = place
    if month.before is None:
        return
    for name, now, then in zip(_NUMBERS, _list_numbers(month.now), _list_numbers(month.before), strict=True):
        for _, one, other, change in (row for row in _rows(paper, 4) if row[0] == name.text(language)):
            for figure, cell in ((now, one), (then, other)):
                findings.compare(ProofId.MONTH, where, _BEFORE, (cell if figure.has(cell) else str(figure), cell))
            if one.isdecimal() and other.isdecimal():
                findings.compare(ProofId.MONTH, where, _BEFORE, (f"{int(one) - int(other):+d}", change))


def _list_numbers(figures: Figures) -> tuple[Bounds, ...]:
    """Give the numbers by which a month is compared: due, drawn, in force, approved, spared."""
    in_force = figures.in_force
    return (
        exactly(figures.alone),
        exactly(sum(drawn for _, _, drawn in figures.domains.values())),
        in_force,
        figures.count_end(MonthEnd.RESULT),
        Bounds(least=figures.alone - in_force.most, most=figures.alone - in_force.least),
    )


def _rows(paper: Paper, width: int) -> Iterator[Row]:
    return (row for table in paper.tables for row in table if len(row) == width)
