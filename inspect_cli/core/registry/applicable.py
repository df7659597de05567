"""Which domains apply to an entity, where no file says it: the rules of ``[[applicable]]`` in the bureau's settings.

What lives here: the domains that rules give. What does not: whether an entity is one that a rule asks for (``criteria``), the settings
(``core.bureau``), what a file says under 适用领域 (``words``), and what an import makes of both (``comparison``).

APPLY-1 A rule holds for an entity that has, for each of the industries, sizes and tags that the rule names, one of the values; an entity
        of which the file does not know the value has none. A rule that names nothing holds for every entity.
APPLY-2 An entity has the domains of all rules that hold for it.
APPLY-3 An industry is also met by the codes beneath it (REG-20), and sizes and tags are compared as words (REG-14, REG-21).
APPLY-4 Domains that a file names stand before every rule. Where a file names none and no rule holds, the row is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspect_cli.core.registry.criteria import fold_criteria
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.core.bureau import Applicable
    from inspect_cli.core.names import Domain
    from inspect_cli.core.registry.criteria import Criteria, Kind


@dataclass(frozen=True, slots=True)
class DomainRules:
    """The rules of the settings, made for asking of many entities; equal kinds are worked out once."""

    rules: tuple[tuple[Criteria, tuple[Domain, ...]], ...]
    _known: dict[Kind, tuple[Domain, ...]] = field(default_factory=dict)

    def derive_domains(self, kind: Kind) -> tuple[Domain, ...]:
        """Return the domains of all rules that hold for an entity of this kind, sorted (APPLY-2); none where no rule holds."""
        domains = self._known.get(kind)
        if domains is None:
            domains = tuple(
                sorted({domain for asked, given in self.rules if asked.are_met_by(kind) for domain in given})
            )
            self._known[kind] = domains
        return domains

    def require_domains(self, kind: Kind) -> tuple[Domain, ...]:
        """Return the domains by rule; ``InputError`` where no rule gives one (APPLY-4)."""
        domains = self.derive_domains(kind)
        if not domains:
            raise InputError(
                say("no domain is named, and no rule of [[applicable]] holds for this entity"),
                hint=say("fill in 适用领域, or add a rule for its industry, size or tags to inspect.toml"),
            )
        return domains


def lay_out_rules(rules: Iterable[Applicable]) -> DomainRules:
    """Make the rules of the settings ready for asking."""
    return DomainRules(
        tuple(
            (fold_criteria(industries=rule.industries, sizes=rule.sizes, tags=rule.tags), rule.domains)
            for rule in rules
        )
    )
