"""What differs between two plans, key by key; nothing is said about which is right. Reading them is ``files.plan_file``'s matter.

Rules:

DIFF-1  Two plans differ in a key when the values that the file leads to differ: order, spelling of ratios and comments are no difference.
DIFF-2  Shares are compared by domain and stratum, sources by kind and name (the n-th of the same kind and name with the n-th), matters and
        days off each by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from inspect_cli.core.names import Domain, MatterId
    from inspect_cli.core.plan.plan import Plan, Share

Plain: TypeAlias = "str | int | bool | tuple[str, ...] | None"
"""A value of one key; None where the plan does not have it."""
_SourceKey: TypeAlias = "tuple[str, str, int]"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDifference:
    """One key with its two values."""

    key: str
    before: Plain
    after: Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareDifference:
    """One domain and stratum with its two shares; None where a plan has none."""

    domain: Domain
    stratum: str
    before: Share | None
    after: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDifference:
    """One source with the keys that differ; ``before`` or ``after`` None where a plan does not have the source."""

    kind: str
    name: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None

    @property
    def keys(self) -> tuple[str, ...]:
        """Name the keys whose values differ, sorted; none where one plan does not have the source at all."""
        if self.before is None or self.after is None:
            return ()
        both = {*self.before, *self.after}
        return tuple(sorted(key for key in both if self.before.get(key) != self.after.get(key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """Everything in which two plans differ; all lists are sorted, those of sources in the plans' order."""

    keys: tuple[KeyDifference, ...]
    shares: tuple[ShareDifference, ...]
    sources: tuple[SourceDifference, ...]
    matters_added: tuple[MatterId, ...]
    matters_removed: tuple[MatterId, ...]
    days_off_added: tuple[date, ...]
    days_off_removed: tuple[date, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether the two plans do not differ."""
        lists = (self.keys, self.shares, self.sources, self.matters_added, self.matters_removed)
        return not any((*lists, self.days_off_added, self.days_off_removed))


def compare_plans(before: Plan, after: Plan) -> PlanDifference:
    """Compare two plans (DIFF-1, DIFF-2)."""
    return PlanDifference(
        keys=_compare_keys(_plain_keys(before), _plain_keys(after)),
        shares=_compare_shares(before.shares, after.shares),
        sources=_compare_sources(before.promises, after.promises),
        matters_added=tuple(sorted({*after.matters} - {*before.matters})),
        matters_removed=tuple(sorted({*before.matters} - {*after.matters})),
        days_off_added=tuple(sorted({*after.days_off} - {*before.days_off})),
        days_off_removed=tuple(sorted({*before.days_off} - {*after.days_off})),
    )


def _plain_keys(plan: Plan) -> dict[str, Plain]:
    """Lay out the keys that hold one value, in the file's order."""
    return {
        "period": plan.period,
        "name": plan.name,
        "slot_number": plan.slot_number,
        "combine": plan.combine,
        "rounding": plan.rounding.value,
        "strata": tuple(field.value for field in plan.strata),
        "names_published": plan.names_published,
        **{f"scope.{field}": tuple(sorted(values)) for field, values in plan.scope.fields},
        "team.min": plan.team.min,
        "team.max": plan.team.max,
        "team.expert_domains": tuple(sorted(plan.team.expert_domains)),
    }


def _compare_keys(before: dict[str, Plain], after: dict[str, Plain]) -> tuple[KeyDifference, ...]:
    return tuple(
        KeyDifference(key=key, before=before.get(key), after=after.get(key))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    )


def _compare_shares(before: Iterable[Share], after: Iterable[Share]) -> tuple[ShareDifference, ...]:
    old = {(share.domain, share.stratum): share for share in before}
    new = {(share.domain, share.stratum): share for share in after}
    return tuple(
        ShareDifference(domain=key[0], stratum=key[1], before=old.get(key), after=new.get(key))
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key)
    )


def _compare_sources(
    before: Iterable[Mapping[str, object]], after: Iterable[Mapping[str, object]]
) -> tuple[SourceDifference, ...]:
    old, new = _index_sources(before), _index_sources(after)
    return tuple(
        SourceDifference(kind=key[0], name=key[1], before=old.get(key), after=new.get(key))
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    )


def _index_sources(sources: Iterable[Mapping[str, object]]) -> dict[_SourceKey, Mapping[str, object]]:
    """Lay out sources by kind, name, and a count of those that share both."""
    seen: Counter[tuple[str, str]] = Counter()
    index: dict[_SourceKey, Mapping[str, object]] = {}
    for source in sources:
        name = (str(source["kind"]), str(source["name"]))
        seen[name] += 1
        index[(*name, seen[name])] = source
    return index
