"""A month's plan and the year's list of matters as they were published: PROOF-11. The rules stand in ``report``.

The plan is compared with the frozen commitments. Matters are compared with the registry, which is no longer that of the notice once a
matter was changed: whoever gathers them leaves them out then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from inspect_cli.core.publish.further import matter_names, plan_of
from inspect_cli.core.publish.labels import label_stratum
from inspect_cli.core.publish.proof.report import Findings, ProofId
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.publish.proof.expected import Words
    from inspect_cli.core.publish.proof.paper import Paper, Row
    from inspect_cli.core.registry.matter import Matter

_PLANS: Final = Label(zh="计划一览", en="the plans")
_SHARES: Final = Label(zh="计划的抽查基数和数量", en="bases and numbers of a plan")
_DIGEST: Final = Label(zh="计划文件摘要", en="digest of the plan")
_MATTERS: Final = Label(zh="清单中的事项", en="matters on the list")
_COUNT: Final = Label(zh="清单的项数", en="how many matters there are")
_INTEGER: Final = re.compile(r"[0-9]+")
_PLAN_WIDTH: Final = 8
_SHARE_WIDTH: Final = 5
_MATTER_WIDTH: Final = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenList:
    """A published plan or list of matters, read in each language; ``is_free``: the bureau's own template may leave its table out."""

    document: str
    papers: Mapping[str, Paper]
    words: Words
    is_free: bool = False


def compare_plans(findings: Findings, plan: ProvenList, commitments: Iterable[Commitment]) -> None:
    """Compare a month's plan in both languages with the commitments of the draws that it names, in their order."""
    commitments, words = tuple(commitments), plan.words
    for language, paper in plan.papers.items():
        place = f"{plan.document} ({language})"
        named = [one for one in commitments if one.slot in paper.text]
        shares = [table for table in paper.tables if table and len(table[0]) == _SHARE_WIDTH]
        if not shares and plan.is_free:
            findings.leave(ProofId.LISTS, place)
            continue
        for commitment, table in zip_longest(named, shares):
            wanted = None if commitment is None else _shares_of(commitment, words, language)
            found = None if table is None else tuple((*row[:2], *row[3:]) for row in table)
            findings.compare(ProofId.LISTS, place, _SHARES, (wanted, found))
        rows = [(row[3], row[6]) for table in paper.tables for row in table if len(row) == _PLAN_WIDTH]
        sums = [(str(len(matter_names(one))), str(sum(each.take for each in one.quotas))) for one in named]
        findings.compare(ProofId.LISTS, place, _PLANS, (tuple(sums), tuple(rows)))
        for commitment in named:
            digest = plan_of(commitment).digest("digest")
            findings.compare(ProofId.LISTS, place, _DIGEST, (True, digest in paper.digests))


def _shares_of(commitment: Commitment, words: Words, language: str) -> tuple[Row, ...]:
    return tuple(
        (
            words.domain(quota.domain, language),
            label_stratum(quota.stratum).text(language),
            str(quota.size),
            str(quota.take),
        )
        for quota in commitment.quotas
    )


def compare_matters(findings: Findings, listed: ProvenList, matters: Iterable[Matter]) -> None:
    """Compare the list of matters in both languages with those of the registry that are on it."""
    matters, words = tuple(matters), listed.words
    for language, paper in listed.papers.items():
        place = f"{listed.document} ({language})"
        rows = [row for table in paper.tables for row in table if len(row) == _MATTER_WIDTH]
        if not rows and listed.is_free:
            findings.leave(ProofId.LISTS, place)
            continue
        wanted = [_say_matter(one, words, language) for one in matters]
        found = [(*row[:3], *row[4:7]) for row in rows]
        for one, other in zip_longest(wanted, found):
            findings.compare(ProofId.LISTS, place, _MATTERS, (one, other))
        counts = {numbers[-1] for line in paper.prose if (numbers := _INTEGER.findall(line))}
        findings.compare(ProofId.LISTS, place, _COUNT, (True, str(len(matters)) in counts))


def _say_matter(matter: Matter, words: Words, language: str) -> Row:
    texts = (matter.content or "", matter.basis, matter.method or "")
    said = (words.domain(matter.domain, language), *(words.show(text).strip() for text in texts))
    return (words.show(matter.id).strip(), words.show(matter.name).strip(), *said)


def find_listed(matters: Iterable[Matter], period: str) -> tuple[Matter, ...]:
    """Find the matters that are on the list of a year (``2026``) or of a day, by number (PUBLISH-16)."""
    is_year = len(period) == len("2026")
    first = date(int(period), 1, 1) if is_year else date.fromisoformat(period)
    last = date(int(period), 12, 31) if is_year else first
    found = [
        one
        for one in matters
        if (one.valid_from or first) <= last
        and (one.valid_until or last) >= first
        and (one.retired is None or one.retired > last)
    ]
    return tuple(sorted(found, key=lambda one: one.id.encode()))
