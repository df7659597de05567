"""How many visits are certain among some entities, whatever the seed says. Whether they can be staffed: ``proof``.

Rules:

SHORTAGE-6  Of a quota's ``take`` of ``size`` entities at least take − (size − inside) fall on the ``inside`` that one looks at. An entity
            that is drawn for several domains is visited once: quotas of several domains together lead at least to the sum of these
            numbers, less one for each further of these domains that an entity has. Strata without a common entity add up; of the
            domains of a stratum those are taken that prove most.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inspect_cli.core.names import Domain
    from inspect_cli.core.plan.frame.build import Frame
    from inspect_cli.core.plan.quota import Quota, StratumKey

Profile = tuple[tuple["Domain", ...], tuple[str, ...]]
"""The domains of an entity and their strata."""
T = TypeVar("T")

_ALL_SUBSETS: Final = 6
"""Things of which every selection is looked at; of more only single ones, pairs, and all together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one quota proves: ``certain`` of its ``take`` fall on the ``inside`` of its ``size`` entities that one looks at."""

    quota: Quota
    inside: int
    certain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertainVisits:
    """A number of visits that no seed goes below: the sum over the grounds, less what entities of several domains may save."""

    count: int
    grounds: tuple[Ground, ...]
    saved: int


def selections(things: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Give the selections of things that are looked at: all of them, or of many things the single ones, pairs, and all."""
    sizes = range(1, len(things) + 1) if len(things) <= _ALL_SUBSETS else (1, 2, len(things))
    for size in sizes:
        yield from combinations(things, size)


class Certainty:
    """The quotas of a frame, sorted into families of strata that have no entity in common; made for many questions."""

    def __init__(self, frame: Frame) -> None:
        """Sort the quotas."""
        self._families: list[list[Quota]] = []
        family = _unite_strata((entity.strata for entity in frame.entities), (one.stratum for one in frame.quotas))
        for name in sorted(set(family.values())):
            self._families.append([quota for quota in frame.quotas if family[quota.stratum] == name])

    def at_most(self, profiles: Mapping[Profile, int], domains: Iterable[Domain]) -> int:
        """Tell a number, quickly found, that ``count_certain`` never exceeds."""
        inside, wanted = _count_inside(profiles), frozenset(domains)
        quotas = (quota for family in self._families for quota in family if quota.domain in wanted)
        return sum(_certain(quota, inside[quota.domain, quota.stratum]) for quota in quotas)

    def count_certain(self, profiles: Mapping[Profile, int], domains: Iterable[Domain]) -> CertainVisits:
        """Count the visits drawn for one of ``domains`` that are certain among entities, counted by profile (SHORTAGE-6)."""
        inside, wanted = _count_inside(profiles), frozenset(domains)
        found = [self._best(family, inside, profiles, wanted) for family in self._families]
        return CertainVisits(
            count=sum(one.count for one in found),
            grounds=tuple(ground for one in found for ground in one.grounds),
            saved=sum(one.saved for one in found),
        )

    @staticmethod
    def _best(
        family: Iterable[Quota], inside: Counter[StratumKey], profiles: Mapping[Profile, int], wanted: frozenset[Domain]
    ) -> CertainVisits:
        """Find the selection of a family's domains that proves most."""
        grounds = [
            Ground(quota=quota, inside=count, certain=certain)
            for quota in family
            if quota.domain in wanted and (certain := _certain(quota, count := inside[quota.domain, quota.stratum]))
        ]
        best = CertainVisits(count=0, grounds=(), saved=0)
        for domains in selections(sorted({ground.quota.domain for ground in grounds})):
            chosen = tuple(ground for ground in grounds if ground.quota.domain in domains)
            saved = _count_saved(profiles, {(one.quota.domain, one.quota.stratum) for one in chosen})
            count = sum(ground.certain for ground in chosen) - saved
            if count > best.count:
                best = CertainVisits(count=count, grounds=chosen, saved=saved)
        return best


def _certain(quota: Quota, inside: int) -> int:
    return max(0, min(inside, quota.take - (quota.size - inside)))


def _count_inside(profiles: Mapping[Profile, int]) -> Counter[StratumKey]:
    inside: Counter[StratumKey] = Counter()
    for (domains, strata), count in profiles.items():
        for key in zip(domains, strata, strict=True):
            inside[key] += count
    return inside


def _count_saved(profiles: Mapping[Profile, int], keys: set[StratumKey]) -> int:
    """Count how often an entity can be drawn for a further quota of ``keys`` without a further visit."""
    return sum(
        count * max(0, sum(key in keys for key in zip(*profile, strict=True)) - 1)
        for profile, count in profiles.items()
    )


def _unite_strata(rows: Iterable[tuple[str, ...]], names: Iterable[str]) -> dict[str, str]:
    """Give each stratum the name of its family: strata of one entity (for several domains) belong together."""
    family = {name: name for name in names}
    for strata in set(rows):
        least = min(family[name] for name in strata)
        for old in {family[name] for name in strata} - {least}:
            family.update({name: least for name, now in family.items() if now == old})
    return family
