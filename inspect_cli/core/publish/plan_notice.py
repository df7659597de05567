"""What the public may see of a plan (抽查工作计划), a month's as it was committed or a year's as it is kept, and making that.

What does not live here: the plans themselves (``core.plan``), and the words around them (``templates/notices``).

Rules:

PUBLISH-18  A month's plan is shown as its draw was committed: name, kind, matters, ratios or numbers with base and quantity, the first and
            the last day of visits, and the limits in force with their basis. Nobody is named: a draw that is targeted by numbers says how
            many they are.
PUBLISH-19  A year's plan is shown as it stands: ratios or numbers by domain and stratum with their basis, its months, the matters of the
            year, and the caps of today's settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import Combine
from inspect_cli.core.plan.quota import find_share, index_shares, render_ratio
from inspect_cli.core.plan.stratum import CARRIED_OVER
from inspect_cli.core.publish import lines
from inspect_cli.core.publish.counts import list_caps, list_limits
from inspect_cli.core.publish.dossier import Committed
from inspect_cli.core.publish.further import listed_matters, notice_month, plan_of
from inspect_cli.core.publish.labels import VISITS_A_YEAR, label_domain, label_stratum
from inspect_cli.core.publish.matter_list import (
    MatterLine,
    ScopeLine,
    TargetLine,
    plain_head,
    view_matters,
    view_targets,
)
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment, Quota
    from inspect_cli.core.names import Period
    from inspect_cli.core.plan.plan import Plan, Scope, Share
    from inspect_cli.core.plan.year.progress import YearPlan
    from inspect_cli.core.publish.lines import LimitLine, Month
    from inspect_cli.core.publish.view import PlainHead, PublicMatter
    from inspect_cli.core.registry.matter import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLine:
    """What a draw takes of a stratum for a domain: its ratio ("" where the plan gives a number), the base, and the quantity.

    ``is_carried``: visits that an earlier month carried over, all of which are made.
    """

    domain: Label
    stratum: Label
    ratio: str
    base: int
    quantity: int
    is_carried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A month's plan; ``quantity`` sums up its shares, ``named`` is how many entities it is targeted at by number.

    ``digest`` is the SHA-256 of the plan's file, as the commitment has it.
    """

    number: int
    slot: str
    name: str
    digest: str
    is_targeted: bool
    scopes: tuple[ScopeLine, ...]
    named: int
    matters: tuple[PublicMatter, ...]
    shares: tuple[ShareLine, ...]
    quantity: int
    checks_all: bool
    first_day: date
    last_day: date
    working_days: int
    limits: tuple[LimitLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """Notice ② of a month (抽查工作计划): the plans that were committed for it, void draws and supplements aside."""

    head: PlainHead
    month: Month
    plans: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlanView:
    """Notice ② of a year (年度抽查工作计划); ``version`` counts the plans of the year that were kept, ``digest`` is its file's SHA-256."""

    head: PlainHead
    year: int
    version: int
    digest: str
    first_month: Month
    last_month: Month
    targets: tuple[TargetLine, ...]
    limits: tuple[LimitLine, ...]
    matters: tuple[MatterLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDraw:
    """A committed draw with the plan that it follows."""

    commitment: Commitment
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptYear:
    """A year's plan that stands, with its bytes and the registry's matters."""

    plan: YearPlan
    version: int
    text: bytes
    matters: tuple[Matter, ...]


_SCOPES: Final = {
    "zone": Label(zh="网格", en="zone"),
    "industry": Label(zh="行业", en="industry"),
    "size": Label(zh="规模", en="size"),
    "risk_class": Label(zh="风险等级", en="risk class"),
}
"""The fields of ``SCOPE_FIELDS`` whose values are shown: all but the entities' numbers (PUBLISH-18)."""
_BY_NUMBER: Final = "id"


def view_plan(bureau: Bureau, period: Period, draws: tuple[PlannedDraw, ...]) -> PlanView:
    """Make the view of notice ② of a month; ``InputError`` when a commitment does not say what its plan is."""
    return PlanView(
        head=plain_head(bureau),
        month=notice_month(period),
        plans=tuple(_view_plan(number, one, bureau) for number, one in enumerate(draws, start=1)),
    )


def view_year_plan(bureau: Bureau, kept: KeptYear) -> YearPlanView:
    """Make the view of notice ② of a year (PUBLISH-19)."""
    plan = kept.plan
    return YearPlanView(
        head=plain_head(bureau),
        year=plan.year,
        version=kept.version,
        digest=digest(kept.text),
        first_month=lines.Month(year=plan.year, month=plan.first_month),
        last_month=lines.Month(year=plan.year, month=plan.last_month),
        targets=view_targets(bureau, plan),
        limits=tuple(
            lines.LimitLine(limit=label, number=limit.number, unit=VISITS_A_YEAR, basis=limit.basis)
            for label, limit in list_caps(bureau)
        ),
        matters=view_matters(bureau, str(plan.year), kept.matters, plan).matters,
    )


def _view_plan(number: int, drawn: PlannedDraw, bureau: Bureau) -> PlanLine:
    commitment, plan = drawn.commitment, drawn.plan
    said = plan_of(commitment)
    scopes, named = _view_scope(plan.scope)
    return PlanLine(
        number=number,
        slot=commitment.slot,
        name=said.text("name"),
        digest=said.digest("digest"),
        is_targeted=plan.scope.is_targeted,
        scopes=scopes,
        named=named,
        matters=listed_matters(commitment, bureau),
        shares=_view_shares(commitment, plan, bureau),
        quantity=sum(quota.take for quota in commitment.quotas),
        checks_all=commitment.combine is Combine.APPLICABLE,
        first_day=date.fromisoformat(commitment.days[0]),
        last_day=date.fromisoformat(commitment.days[-1]),
        working_days=len(commitment.days),
        limits=list_limits(Committed(bureau=bureau, commitment=commitment, void_reason=None)),
    )


def _view_scope(scope: Scope) -> tuple[tuple[ScopeLine, ...], int]:
    """Show at what a draw is targeted, and at how many entities by number, without the numbers (PUBLISH-18)."""
    fields = dict(scope.fields)
    shown = tuple(ScopeLine(field=label, values=fields[name]) for name, label in _SCOPES.items() if name in fields)
    return shown, len(set(fields.get(_BY_NUMBER, ())))


def _view_shares(commitment: Commitment, plan: Plan, bureau: Bureau) -> tuple[ShareLine, ...]:
    index = index_shares(plan.shares)
    return tuple(
        _view_share(quota, find_share(index, quota.domain, quota.stratum), bureau) for quota in commitment.quotas
    )


def _view_share(quota: Quota, share: Share | None, bureau: Bureau) -> ShareLine:
    is_carried = quota.stratum == CARRIED_OVER
    ratio = None if is_carried or share is None else share.ratio
    return ShareLine(
        domain=label_domain(bureau, quota.domain),
        stratum=label_stratum(quota.stratum),
        ratio="" if ratio is None else render_ratio(ratio),
        base=quota.size,
        quantity=quota.take,
        is_carried=is_carried,
    )
