"""What is asked of an entity by industry, size, risk class and tags, and whether it meets that: by a matter or by a rule of the settings.

What lives here: the one meaning of such a question. What does not: what follows from it, for matters (``applies``, MATTER-1 and
MATTER-2), for domains (``applicable``, APPLY-1 and APPLY-3) and for a plan's scope (``exclusion``, EXCLUDE-6).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from inspect_cli.core.registry.industry import is_industry_within
from inspect_cli.core.registry.words import fold_word, parse_risk_class, parse_size

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """All of an entity that can be asked for; None is what nobody knows."""

    industry: str | None
    size: str | None
    risk_class: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked for, as words are compared; nothing asked of one field is met by every entity."""

    industries: tuple[str, ...]
    sizes: frozenset[str]
    risk_classes: frozenset[str]
    tags: frozenset[str]

    def are_met_by(self, kind: Kind) -> bool:
        """Say whether an entity has, of each field that is asked for, one of the values; what nobody knows is none of them."""
        return (
            (not self.industries or any(is_industry_within(kind.industry or "", wanted) for wanted in self.industries))
            and (not self.sizes or _fold_size(kind.size or "") in self.sizes)
            and (not self.risk_classes or fold_word(kind.risk_class or "") in self.risk_classes)
            and (not self.tags or not self.tags.isdisjoint(map(fold_word, kind.tags)))
        )


def fold_criteria(
    *,
    industries: tuple[str, ...] = (),
    sizes: Iterable[str] = (),
    risk_classes: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> Criteria:
    """Lay out what is asked for: industries by code (REG-20), sizes (REG-21), risk classes and tags as words (REG-14)."""
    return Criteria(
        industries,
        sizes=frozenset(map(_fold_size, sizes)),
        risk_classes=frozenset(map(fold_word, risk_classes)),
        tags=frozenset(map(fold_word, tags)),
    )


@lru_cache(maxsize=1024)
def is_same_size(size: str, other: str) -> bool:
    """Say whether two words name one size of enterprise (REG-21)."""
    return _fold_size(size) == _fold_size(other)


@lru_cache(maxsize=1024)
def is_same_class(risk_class: str, other: str) -> bool:
    """Say whether two words name one risk class (REG-15)."""
    return fold_word(parse_risk_class(risk_class)) == fold_word(parse_risk_class(other))


def _fold_size(size: str) -> str:
    return fold_word(parse_size(size))
