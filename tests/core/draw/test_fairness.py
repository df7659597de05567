"""Equal chances, counted over thousands of draws, and nobody's guess better than the published ratios.

Seeds and salts are hashes of small numbers, so that each run counts the same. Bounds are the chi-square distribution's upper 0.1 % points
(NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4) and, for guesses, 3.3 standard deviations.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from math import sqrt
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.draw.commitment import TeamRule, render_commitment
from inspect_cli.core.draw.outcome import staff_selection
from inspect_cli.core.draw.selection import select
from inspect_cli.core.names import Domain
from tests.core.draw.builders import DAYS, commitment, entity, frame, inspector, quotas_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from inspect_cli.core.draw.rows import EntityRow

CHI_SQUARE = {4: 18.467, 5: 20.515, 14: 36.123, 29: 58.301}
"""Upper 0.1 % points by degrees of freedom."""


def seed(number: int) -> str:
    """Give the seed with a number."""
    return sha256(f"seed {number}".encode()).hexdigest()


def chi_square(counts: Iterable[int], expected: float) -> float:
    """Give the statistic of counts that should all be the same."""
    return sum((count - expected) ** 2 / expected for count in counts)


class TestEntities:
    """DRAW-3: every entity of a stratum is as likely to be drawn as every other, in each domain."""

    ROWS = tuple(
        entity(f"E{number:02}", *(("health", "safety") if number % 2 else ("safety",)), stratum="AB"[number % 3 == 0])
        for number in range(45)
    )

    @pytest.mark.parametrize(("domain", "stratum", "size"), [("safety", "A", 30), ("health", "A", 15)])
    def test_a_stratum_s_entities_are_equally_likely(self, domain: str, stratum: str, size: int) -> None:
        """Over 4,000 seeds the counts fit equal chances (drawing without replacement: variance np(1-p), one degree less)."""
        quotas, draws, take = quotas_for(self.ROWS, 6), 4000, 6
        places = {row.id: dict(zip(row.domains, row.strata, strict=True)) for row in self.ROWS}
        counts = Counter({name: 0 for name, of in places.items() if of.get(Domain(domain)) == stratum})
        for number in range(draws):
            for one in select(quotas, self.ROWS, seed(number)):
                if domain in one.drawn and one.entity in counts:
                    counts[one.entity] += 1
        assert len(counts) == size
        chance = take / size
        scale = (size - 1) / size / (draws * chance * (1 - chance))
        statistic = scale * sum((count - draws * chance) ** 2 for count in counts.values())
        assert statistic < CHI_SQUARE[size - 1]

    def test_pairs_of_entities_are_equally_likely(self) -> None:
        """Two of six are drawn 3,000 times: each of the fifteen pairs as often as the others."""
        rows = [entity(f"E{number}") for number in range(6)]
        quotas = quotas_for(rows, 2)
        counts = Counter(tuple(sorted(one.entity for one in select(quotas, rows, seed(n)))) for n in range(3000))
        assert len(counts) == 15
        assert chi_square(counts.values(), 3000 / 15) < CHI_SQUARE[14]


class TestInspectors:
    """STAFF-3: pairs of equal inspectors are equally likely, and so are a visit's days."""

    def test_pairs_and_days(self) -> None:
        """Three visits a draw, 1,500 draws, six equal inspectors: fifteen pairs and five days, each as often as the others."""
        lists = frame(
            [entity(f"E{number}") for number in range(3)], [inspector(f"R{number}", cap=9) for number in range(6)]
        )
        made = commitment(lists, team=TeamRule(min=2, max=4))
        pairs: Counter[tuple[str, ...]] = Counter()
        days: Counter[str | None] = Counter()
        leaders: Counter[str] = Counter()
        for number in range(1500):
            drawn = select(made.quotas, lists.entities, seed(number))
            visits = staff_selection(made, lists, drawn, seed(number))
            pairs.update(tuple(sorted(visit.team)) for visit in visits)
            leaders.update(visit.team[0] for visit in visits)
            days[visits[0].day] += 1
        assert (len(pairs), len(days), len(leaders)) == (15, 5, 6)
        assert chi_square(pairs.values(), 4500 / 15) < CHI_SQUARE[14]
        assert chi_square(days.values(), 1500 / 5) < CHI_SQUARE[4]
        assert chi_square(leaders.values(), 4500 / 6) < CHI_SQUARE[5]


def sha(*lines: str) -> str:
    """Give the SHA-256 of lines."""
    return sha256("\n".join(lines).encode()).hexdigest()


GUESSES: dict[str, Callable[[str, EntityRow], str]] = {
    "without-salt": lambda seed, row: sha(seed, "entity", row.id),
    "empty-salt": lambda seed, row: sha(seed, "entity", row.id, ""),
    "zero-salt": lambda seed, row: sha(seed, "entity", row.id, "0" * 32),
    "last-month-s-salt": lambda seed, row: sha(seed, "entity", row.id, salted(row, "last month").salt),
    "salt-from-id": lambda seed, row: sha(seed, "entity", row.id, sha256(row.id.encode()).hexdigest()[:32]),
    "order-of-ids": lambda _, row: row.id,
    "always-the-same": lambda _, row: sha("favourites", row.id),
}


def salted(row: EntityRow, month: object) -> EntityRow:
    """Give a row with the salt of a month, which nobody but the frame knows."""
    return replace(row, salt=sha(f"secret of {month}", row.id)[:32])


ROWS = tuple(entity(f"E{number:03}", stratum="ABCD"[number % 4]) for number in range(120))
TAKE, DRAWS = 6, 1500


def guessed() -> Counter[str]:
    """Count whom each way to guess names rightly: in each stratum the lowest by the attacker's own tickets."""
    quotas, hits = quotas_for(ROWS, TAKE), Counter[str]()
    for number in range(DRAWS):
        drawn = {one.entity for one in select(quotas, [salted(row, number) for row in ROWS], seed(number))}
        for name, guess in GUESSES.items():
            tickets = {row.id: guess(seed(number), row) for row in ROWS}
            for place in range(4):
                named = sorted((row.id for row in ROWS[place::4]), key=tickets.__getitem__)[:TAKE]
                hits[name] += sum(one in drawn for one in named)
    return hits


class TestSecrecy:
    """DRAW-2: from seed, commitment, all ids and classes nobody names the drawn better than the ratios allow."""

    @pytest.mark.untraced
    def test_no_guess_is_better_than_the_ratio(self) -> None:
        """Each way to guess names as many as chance would (hypergeometric: six named of thirty, six drawn), over 6,000 strata."""
        size, strata = 30, DRAWS * 4
        ratio = TAKE / size
        variance = TAKE * ratio * (1 - ratio) * (size - TAKE) / (size - 1)
        hits = guessed()
        assert set(hits) == set(GUESSES)
        for name, found in hits.items():
            deviation = (found - strata * TAKE * ratio) / sqrt(strata * variance)
            assert abs(deviation) < 3.3, name

    def test_whoever_has_the_rows_can_check(self) -> None:
        """With the salts the same attack names everybody: it is the salts that hide them, not the attack's weakness."""
        quotas = quotas_for(ROWS, TAKE)
        rows = [salted(row, 0) for row in ROWS]
        drawn = {one.entity for one in select(quotas, rows, seed(0))}
        for stratum in "ABCD":
            known = [row for row in rows if row.strata == (stratum,)]
            named = sorted(known, key=lambda row: sha(seed(0), "entity", row.id, row.salt))[:TAKE]
            assert {row.id for row in named} <= drawn

    def test_no_guess_at_days_or_people(self) -> None:
        """Who knows that an entity is drawn names its day once in five and its leader once in six, without the salt."""
        people = [inspector(f"R{number}", cap=9) for number in range(6)]
        made, draws = commitment(frame([entity()], people)), 1500
        days = leaders = 0
        for number in range(draws):
            row = salted(entity(), number)
            lists = frame([row], people)
            visit = staff_selection(made, lists, select(made.quotas, lists.entities, seed(number)), seed(number))[0]
            days += visit.day == lowest(DAYS, seed(number), "day", row.id)
            leaders += visit.team[0] == lowest([person.id for person in people], seed(number), "inspector", row.id)
        assert abs(days - draws / 5) < 3.3 * sqrt(draws * 0.2 * 0.8)
        assert abs(leaders - draws / 6) < 3.3 * sqrt(draws / 6 * 5 / 6)

    def test_the_commitment_shows_no_salt(self) -> None:
        """What is published before the draw holds roots, and nothing of the rows."""
        lists = frame([salted(entity(f"E{number}"), 0) for number in range(9)])
        shown = render_commitment(commitment(lists)).decode()
        secrets = [(row.id, row.salt) for row in lists.entities] + [(row.id, row.salt) for row in lists.inspectors]
        assert not any(text in shown for pair in secrets for text in pair)


def lowest(names: Sequence[str], seed: str, purpose: str, name: str) -> str:
    """Give whom a guess without the salt would name."""
    return min(names, key=lambda one: sha(seed, purpose, name, one))
