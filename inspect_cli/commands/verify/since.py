"""``verify NEW --since OLD``: both bundles verified, and what changed from the one to the other, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspect_cli.commands.verify.whole import whole_data
from inspect_cli.core.draw.disclosure.public import DISCLOSURE
from inspect_cli.core.verify.checks import judge
from inspect_cli.core.verify.shape import members_of
from inspect_cli.core.verify.since import find_since, first_of
from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.bundle import read_bundle
from inspect_cli.files.receipt import find_receipt
from inspect_cli.proofs import PROVERS

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.core.draw.commitment import Quota
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.verify.checks import Judged
    from inspect_cli.core.verify.since import Crossing, EntityChange, EntityFacts, InspectorFacts, Since


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two first draws, and what changed from the old one to the new one."""

    old: FinishedDraw
    new: FinishedDraw
    since: Since


def judge_bundle(path: Path) -> Judged:
    """Read a whole bundle and run its checks; raises ``InputError`` where it is refused, or is a disclosure."""
    files = {} if find_receipt(path) is not None else read_bundle(path)
    if not files or DISCLOSURE in files:
        raise InputError(
            say("a public bundle or a receipt does not show a whole frame: it cannot be compared"),
            where=Position(file=path.name),
            hint=say("compare two whole bundles, or leave --since out"),
        )
    return judge(members_of(files), PROVERS)


def compare(old: Judged, new: Judged) -> Compared | None:
    """Compare two bundles, None where one has a mismatch: what does not hold is not compared."""
    if old.report.mismatches or new.report.mismatches:
        return None
    before, after = first_of(old.draws), first_of(new.draws)
    return Compared(old=before, new=after, since=find_since(before, after))


def both_data(old: Judged, new: Judged, compared: Compared | None) -> dict[str, Any]:
    """Give what ``--json`` shows: the new bundle's report as without ``--since``, the old one's, and the differences whole."""
    return {
        "format": "bundle-v1",
        **whole_data(new),
        "old": whole_data(old),
        "since": None if compared is None else _since_data(compared),
    }


def _since_data(compared: Compared) -> dict[str, Any]:
    since = compared.since
    draws = (("old", compared.old.commitment), ("new", compared.new.commitment))
    return {
        "draws": {name: {"slot": one.slot, "bureau": one.bureau, "period": one.period} for name, one in draws},
        "left": [_crossing_data(one) for one in since.left],
        "entered": [_crossing_data(one) for one in since.entered],
        "entities": [_entity_data(one) for one in since.entities],
        "inspectors": [
            {"id": one.id, "before": _inspector_data(one.before), "after": _inspector_data(one.after)}
            for one in since.inspectors
        ],
        "quotas": [
            {
                "domain": one.domain,
                "stratum": one.stratum,
                "before": _quota_data(one.before),
                "after": _quota_data(one.after),
            }
            for one in since.quotas
        ],
        "rules": [{"rule": one.aspect, "before": one.before, "after": one.after} for one in since.rules],
        "changes": since.changes,
        "changes_of_undrawn": since.changes_of_undrawn,
    }


def _crossing_data(one: Crossing) -> dict[str, Any]:
    return {"id": one.id, "reason": one.reason, "facts": _facts_data(one.facts)}


def _entity_data(one: EntityChange) -> dict[str, Any]:
    return {
        "id": one.id,
        "changed": one.aspects,
        "before": _facts_data(one.before),
        "after": _facts_data(one.after),
        "left_out": [{"domain": domain, "reason": reason} for domain, reason in one.left_out],
    }


def _facts_data(facts: EntityFacts) -> dict[str, Any]:
    strata = zip(facts.domains, facts.strata, strict=True)
    return {
        "zone": facts.zone,
        "strata": [{"domain": domain, "stratum": stratum} for domain, stratum in strata],
        "certain_days": facts.has_days,
    }


def _inspector_data(facts: InspectorFacts | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {
        "role": facts.role,
        "lead": facts.lead,
        "skills": facts.skills,
        "zones": facts.zones,
        "barred": facts.barred,
    }


def _quota_data(quota: Quota | None) -> dict[str, Any] | None:
    if quota is None:
        return None
    return {"size": quota.size, "take": quota.take, "ratio": ratio_text(quota)}


def ratio_text(quota: Quota) -> str:
    """Give take of size in per cent with two decimals, rounded half up."""
    hundredths = (quota.take * 20000 + quota.size) // (2 * quota.size)
    return f"{hundredths // 100}.{hundredths % 100:02}%"
