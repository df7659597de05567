"""What a notice must say, counted anew from the frozen bytes of its draw and from the results: the digests and the rows of its tables.

Nothing here goes through the views that notices are made from (``core.publish.view``): a mistake there is found here. What does not live
here: comparing (``papers``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspect_cli.core.bureau import SoleTraders
from inspect_cli.core.draw.commitment import commitment_digest
from inspect_cli.core.draw.result import result_digest
from inspect_cli.core.period import ENGLISH_MONTHS
from inspect_cli.core.publish.labels import REASONS, label_stratum
from inspect_cli.core.publish.naming import name_company
from inspect_cli.core.publish.proof.paper import Cell, Wanted, find_digests
from inspect_cli.core.visit.result import Label, find_worst

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.result import Result
    from inspect_cli.core.draw.rows import EntityRow, ExcludedRow
    from inspect_cli.core.names import Domain
    from inspect_cli.core.visit.outcome import Outcome

LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenDraw:
    """A draw's bundle as values: ``frozen`` are the bytes of commitment, entropy and result; ``result`` None: not drawn."""

    commitment: Commitment
    entities: tuple[EntityRow, ...]
    excluded: tuple[ExcludedRow, ...]
    result: Result | None
    frozen: tuple[bytes, ...]

    @property
    def is_supplement(self) -> bool:
        """Say whether it draws visits of another draw again."""
        return self.commitment.amends is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How the bureau's words are written in a paper: the names of its domains, and ``show``, which makes a text visible."""

    domains: Mapping[Domain, Label]
    show: Callable[[str], str]

    def domain(self, domain: Domain, language: str) -> str:
        """Say a domain."""
        return self.show(self.domains.get(domain, Label(zh=domain, en=domain)).text(language)).strip()

    def one(self, text: str) -> Cell:
        """Make a cell of a text."""
        return Cell(texts=(self.show(text).strip(),))


def own_digests(draw: ProvenDraw) -> dict[str, str]:
    """Give the digests that a notice of a draw may name as its own, by what they are of."""
    frame = draw.commitment.frame
    found = {
        "commitment.json": commitment_digest(draw.commitment),
        "entities.jsonl": frame.entities.root,
        "inspectors.jsonl": frame.inspectors.root,
        "excluded.jsonl": frame.excluded.root,
    }
    if draw.result is not None:
        found |= {"seed": draw.result.seed, "result.json": result_digest(draw.result)}
    return found


def known_digests(draws: Iterable[ProvenDraw]) -> frozenset[str]:
    """Give every digest that stands in the bundles of a chain."""
    found: set[str] = set()
    for draw in draws:
        found.update(own_digests(draw).values(), *map(find_digests, draw.frozen))
    return frozenset(found)


def want_domains(draw: ProvenDraw, words: Words, language: str, *, is_drawn: bool) -> tuple[Wanted, ...]:
    """Count base, due and, once drawn, drawn and checked of each domain; of a supplement how many it draws again."""
    due: Counter[Domain] = Counter()
    for quota in draw.commitment.quotas:
        due[quota.domain] += quota.take
    base = Counter(domain for row in draw.entities for domain in row.domains)
    result = draw.result if is_drawn else None
    drawn = Counter(domain for one in (result.selection if result else ()) for domain in one.drawn)
    checked = Counter(domain for visit in (result.visits if result else ()) for domain in visit.domains)
    rows = []
    for domain in sorted(due):
        numbers = [base[domain], due[domain], *((drawn[domain], checked[domain]) if result else ())]
        if draw.is_supplement:
            numbers = [drawn[domain] if result else due[domain]]
        rows.append((words.one(words.domain(domain, language)), *map(_number, numbers)))
    return tuple(rows)


def want_quotas(draw: ProvenDraw, words: Words, language: str, *, is_drawn: bool) -> tuple[Wanted, ...]:
    """Count base, due and, once drawn, drawn of each stratum, in the order of the quotas."""
    strata = {(row.id, domain): s for row in draw.entities for domain, s in zip(row.domains, row.strata, strict=True)}
    base = Counter((domain, stratum) for (_, domain), stratum in strata.items())
    result = draw.result if is_drawn else None
    chosen = [(one.entity, domain) for one in (result.selection if result else ()) for domain in one.drawn]
    drawn = Counter((domain, strata[entity, domain]) for entity, domain in chosen)
    return tuple(
        (
            words.one(words.domain(quota.domain, language)),
            words.one(label_stratum(quota.stratum).text(language)),
            _number(base[quota.domain, quota.stratum]),
            _number(quota.take),
            *((_number(drawn[quota.domain, quota.stratum]),) if result else ()),
        )
        for quota in draw.commitment.quotas
    )


def want_exclusions(draw: ProvenDraw, language: str) -> tuple[Wanted, ...]:
    """Count who was left out, by reason: whole, and single domains."""
    counts = Counter((row.reason, row.domain is None) for row in draw.excluded)
    return tuple(
        (Cell(texts=(label.text(language),)), _number(counts[reason, True]), _number(counts[reason, False]))
        for reason, label in REASONS.items()
        if counts[reason, True] or counts[reason, False]
    )


def want_lists(draw: ProvenDraw) -> dict[str, tuple[str, str]]:
    """Give how many rows each frozen list has, with its root."""
    frame = draw.commitment.frame
    return {
        name: (str(one.count), one.root)
        for name, one in (
            ("entities.jsonl", frame.entities),
            ("inspectors.jsonl", frame.inspectors),
            ("excluded.jsonl", frame.excluded),
        )
    }


def want_classes(outcomes: Iterable[Outcome], language: str) -> tuple[Wanted, ...]:
    """Count companies by their worst result."""
    worst = Counter(find_worst(each.result for each in outcome.domains) for outcome in outcomes)
    return tuple(
        (_number(each), Cell(texts=(each.label.text(language),)), _number(worst[each])) for each in sorted(worst)
    )


def want_result(outcome: Outcome, words: Words, language: str) -> tuple[Cell, Cell, Cell]:
    """Say day, results and methods of a line; a joined cell's marks are the template's."""
    said = "".join(words.domain(each.domain, language) + each.result.label.text(language) for each in outcome.domains)
    methods = "".join(dict.fromkeys(each.method.label.text(language) for each in outcome.domains))
    return want_day(outcome.visited_on), Cell(texts=(said,), is_joined=True), Cell(texts=(methods,), is_joined=True)


def want_told(outcome: Outcome, words: Words, language: str) -> Cell:
    """Say all of an outcome in the one cell in which a notice of a correction has it."""
    day, said, methods = want_result(outcome, words, language)
    return Cell(texts=tuple(text + said.texts[0] + methods.texts[0] for text in day.texts), is_joined=True)


def want_company(row: EntityRow, name: str, words: Words) -> tuple[Cell, Cell]:
    """Say name and number of a company: in full, or as any setting for sole traders lets them be said."""
    found = [name_company(row.id, name, rule) for rule in SoleTraders]
    names = [one.name.text(each) if isinstance(one.name, Label) else one.name for one in found for each in LANGUAGES]
    return (
        Cell(texts=tuple(words.show(each).strip() for each in (name, *names))),
        Cell(texts=tuple(words.show(each).strip() for each in (row.id, *(one.id for one in found)))),
    )


def want_day(day: date) -> Cell:
    """Say a day in each of the forms that papers write it in."""
    english = f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return Cell(texts=(day.isoformat(), f"{day.year}年{day.month}月{day.day}日", english))


def _number(value: int) -> Cell:
    return Cell(texts=(str(int(value)),))
