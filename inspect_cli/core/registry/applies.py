"""Whether a matter (随机抽查事项) applies to an entity: the object filter of the list.

What lives here: for a list of matters, which do not apply to an entity. What does not: what it means to be an object that a matter asks for
(``criteria``), what a draw makes of it (``core.plan.frame.candidate``), and caps (``core.plan.frame.caps``).

Rules:

MATTER-1  A matter applies to an entity that has, for each of the industries, sizes, risk classes and tags that the matter names, one of
          the values; an entity of which the registry does not know the value has none. A matter that names nothing applies to all.
MATTER-2  An industry is also met by the codes beneath it (REG-20); sizes (REG-21), risk classes and tags are compared as words (REG-14).
MATTER-3  A domain is void for an entity when there are matters of the domain and none of them applies. Where the entities of a domain are
          counted, for shares and for targets, it is none of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from inspect_cli.core.registry.criteria import Criteria, Kind, fold_criteria

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.core.names import Domain, MatterId
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.core.registry.matter import Matter


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What does not apply to entities of one kind: single matters, and whole domains."""

    matters: frozenset[MatterId]
    domains: frozenset[Domain]


_ALL_APPLY = _Verdict(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class ObjectFilter:
    """A list of matters, made for asking of many entities what does not apply to them."""

    matters: tuple[Matter, ...]
    _filtered: tuple[tuple[MatterId, Criteria], ...]
    _known: dict[Kind, _Verdict] = field(default_factory=dict)

    def find_void_matters(self, entity: Entity) -> frozenset[MatterId]:
        """Find the matters that do not apply to an entity (MATTER-1)."""
        return self._judge(entity).matters

    def find_void_domains(self, entity: Entity) -> frozenset[Domain]:
        """Find the domains of which no matter applies to an entity (MATTER-3)."""
        return self._judge(entity).domains

    def _judge(self, entity: Entity) -> _Verdict:
        if not self._filtered:
            return _ALL_APPLY
        kind = Kind(industry=entity.industry, size=entity.size, risk_class=entity.risk_class, tags=entity.tags)
        verdict = self._known.get(kind)
        if verdict is None:
            void = frozenset(matter for matter, asked in self._filtered if not asked.are_met_by(kind))
            listed = {matter.domain for matter in self.matters}
            open_domains = {matter.domain for matter in self.matters if matter.id not in void}
            verdict = self._known[kind] = _Verdict(void, frozenset(listed - open_domains))
        return verdict


def filter_objects(matters: Iterable[Matter]) -> ObjectFilter:
    """Lay out a list of matters for asking to whom they apply."""
    listed = tuple(matters)
    return ObjectFilter(listed, tuple((one.id, _criteria(one)) for one in listed if is_filtered(one)))


def drop_void_domains(entities: Iterable[Entity], matters: Iterable[Matter]) -> tuple[Entity, ...]:
    """Give entities without the domains that are void for them (MATTER-3), in their order; some may have none left."""
    objects = filter_objects(matters)
    return tuple(
        replace(entity, domains=tuple(domain for domain in entity.domains if domain not in void))
        if not (void := objects.find_void_domains(entity)).isdisjoint(entity.domains)
        else entity
        for entity in entities
    )


def is_filtered(matter: Matter) -> bool:
    """Say whether a matter names the entities to which it applies (MATTER-1)."""
    return bool(matter.of_industries or matter.of_sizes or matter.of_risk_classes or matter.of_tags)


def _criteria(matter: Matter) -> Criteria:
    return fold_criteria(
        industries=matter.of_industries,
        sizes=matter.of_sizes,
        risk_classes=matter.of_risk_classes,
        tags=matter.of_tags,
    )
