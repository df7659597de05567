"""A rehearsal as data, for ``--json``: stable keys, which ``docs/plan.md`` lists. Numbers that are means or shares are texts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from inspect_cli.core.draw.rehearsal.tally import odds_bound
from inspect_cli.core.plan.shortage.forecast import render_tenths
from inspect_cli.language import translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.acts.plan.rehearse import Stage
    from inspect_cli.core.draw.rehearsal.remedy import Tried
    from inspect_cli.core.draw.rehearsal.tally import Group, Rehearsal, Spread


def rehearsal_data(stage: Stage, found: Rehearsal, tried: Iterable[Tried]) -> dict[str, Any]:
    """Give everything that a rehearsal tells."""
    return {
        "period": stage.gathered.plan.period,
        "name": stage.gathered.plan.name,
        "seeds": found.seeds,
        "failed": len(found.failed),
        "odds": render_share(found),
        "failed_seeds": list(found.failed),
        "visits": _spread_data(found.visits),
        "open": _spread_data(found.open) | {"reasons": {reason.value: count for reason, count in found.reasons}},
        "unaided": _spread_data(found.unaided),
        "lacks": [
            {"missing": lack.missing.value, "domain": lack.domain, "visits": count} for lack, count in found.lacks
        ],
        "open_entities": [{"id": one.id, "drawn": one.drawn, "open": one.open} for one in found.open_entities],
        "remedies": [
            {
                "change": one.change.value,
                "detail": one.detail,
                "seeds": one.seeds,
                "mended": one.mended,
                "open_before": one.before,
                "open_after": one.after,
            }
            for one in tried
        ],
        "inspectors": [
            {"id": one.id, "role": one.role.value, "month_cap": one.month_cap, "day_caps": one.day_caps}
            | _spread_data(one.visits)
            for one in found.people
        ],
        "days": [{"day": day} | _spread_data(visits) for day, visits in found.days],
        "strata": [{"stratum": group.name} | _group_data(group) for group in found.strata],
        "zones": [{"zone": group.name or ""} | _group_data(group) for group in found.zones],
        "shortages": [translate(fault.what) for fault in stage.shortages],
    }


def render_share(found: Rehearsal) -> str:
    """Render the share of seeds that leave a visit open; where none does, what it is below."""
    if not found.failed:
        return f"<{render_per_cent(odds_bound(found.seeds))}"
    return render_per_cent(Fraction(len(found.failed), found.seeds))


def render_per_cent(share: Fraction) -> str:
    """Render a share with one decimal."""
    return f"{render_tenths(share * 100)}%"


def _spread_data(spread: Spread) -> dict[str, Any]:
    return {"least": spread.least, "median": spread.median, "most": spread.most, "mean": render_tenths(spread.mean)}


def _group_data(group: Group) -> dict[str, Any]:
    return {
        "entities": group.entities,
        "visits": group.visits,
        "open": group.open,
        "chance": render_per_cent(group.chance),
    }
