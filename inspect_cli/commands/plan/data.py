"""A plan's explanation as data, for ``--json``: stable keys, which ``docs/plan.md`` lists. Numbers that are means are texts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from inspect_cli.acts.draw.freeze import chance_data, read_promises
from inspect_cli.core.plan.frame.exclusion import Reason
from inspect_cli.core.plan.shortage.forecast import render_tenths
from inspect_cli.language import translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.acts.plan.check import PlanCheck
    from inspect_cli.core.plan.frame.exclusion import Exclusion
    from inspect_cli.core.plan.plan import Plan
    from inspect_cli.core.plan.quota import Quota
    from inspect_cli.core.plan.shortage.forecast import Staffing
    from inspect_cli.core.plan.shortage.proof import Shortage


def check_data(found: PlanCheck) -> dict[str, Any]:
    """Give the whole explanation."""
    frame = found.frame
    return {
        "valid": not found.faults,
        "plan": _plan_data(found.gathered.plan),
        "matters": [{"id": one.id, "domain": one.domain, "name": one.name} for one in frame.matters],
        "quotas": [_quota_data(quota) for quota in frame.computed],
        "entities": len(frame.entities),
        "excluded": {
            "entities": count_reasons(row for row in frame.excluded if row.domain is None),
            "domains": count_reasons(row for row in frame.excluded if row.domain is not None),
            "rows": [_exclusion_data(row) for row in frame.excluded],
        },
        "days": [day.isoformat() for day in frame.days],
        "staffing": _staffing_data(found.staffing),
        "sources": [dict(promise) for promise in found.gathered.plan.promises],
        "chance": chance_data(read_promises(found.gathered.plan)),
        "warnings": [translate(warning) for warning in found.warnings],
        "faults": [{"key": fault.key, "what": translate(fault.what)} for fault in found.faults],
        "shortages": [shortage_data(shortage) for shortage in found.shortages],
    }


def shortage_data(shortage: Shortage) -> dict[str, Any]:
    """Give a proof with all that it rests on."""
    return {
        "want": shortage.want.value,
        "domains": list(shortage.domains),
        "visits": shortage.visits.count,
        "wanted": shortage.wanted,
        "seats": shortage.seats,
        "inspectors": list(shortage.people),
        "zones": list(shortage.zones),
        "days": [day.isoformat() for day in shortage.days],
        "by_day": {day.isoformat(): most for day, most in shortage.by_day},
        "entities": [
            {"id": one.entity, "cause": one.cause.value, "domains": list(one.domains)} for one in shortage.obstacles
        ],
        "certain": [
            {
                "domain": ground.quota.domain,
                "stratum": ground.quota.stratum,
                "size": ground.quota.size,
                "take": ground.quota.take,
                "inside": ground.inside,
                "certain": ground.certain,
            }
            for ground in shortage.visits.grounds
        ],
        "saved": shortage.visits.saved,
    }


def count_reasons(rows: Iterable[Exclusion]) -> dict[str, int]:
    """Count exclusions by reason, in the order of precedence; reasons that nobody has are left out."""
    counts = Counter(row.reason for row in rows)
    return {reason.value: counts[reason] for reason in Reason if counts[reason]}


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {
        "period": plan.period,
        "name": plan.name,
        "type": "targeted" if plan.scope.is_targeted else "untargeted",
        "scope": {field: list(values) for field, values in plan.scope.fields},
        "combine": plan.combine,
        "rounding": plan.rounding.value,
        "strata": [field.value for field in plan.strata],
        "team": {"min": plan.team.min, "max": plan.team.max, "expert_domains": list(plan.team.expert_domains)},
        "names_published": plan.names_published,
    }


def _quota_data(quota: Quota) -> dict[str, Any]:
    share = {"number": quota.share.number} if quota.share.ratio is None else {"ratio": quota.share.ratio}
    return {"domain": quota.domain, "stratum": quota.stratum, "base": quota.size} | share | {"quota": quota.take}


def _exclusion_data(row: Exclusion) -> dict[str, str]:
    domain = {} if row.domain is None else {"domain": str(row.domain)}
    return {"id": str(row.id), **domain, "reason": row.reason.value}


def _staffing_data(staffing: Staffing) -> dict[str, Any]:
    visits = staffing.visits
    return {
        "visits": {"least": visits.least, "expected": render_tenths(visits.expected), "most": visits.most},
        "seats_wanted": render_tenths(staffing.seats_wanted),
        "seats": staffing.seats,
        "skills": [
            {
                "domain": one.domain,
                "wanted": render_tenths(one.wanted),
                "inspectors": one.inspectors,
                "seats": one.seats,
            }
            for one in staffing.skills
        ],
        "days": [
            {
                "day": one.day.isoformat(),
                "inspectors": one.inspectors,
                "seats": one.seats,
                "leaders": one.leaders,
                "skills": dict(one.by_skill),
            }
            for one in staffing.days
        ],
    }
