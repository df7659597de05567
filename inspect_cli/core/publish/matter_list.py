"""What the public may see of the matters on the list (随机抽查事项清单), and making that of the registry's matters.

What does not live here: the matters themselves (``core.registry.matter``), and the words around them (``templates/notices``).

Rules:

PUBLISH-16  The list of a day has the matters that are on it on that day; the list of a year those that are on it on some day of the
            year and were not taken off it by its end, each with the first and the last day where they lie within the year. Matters stand
            by number.
PUBLISH-17  A matter's ratio is its own, or else that of its domain in the year's plan, which the list shows besides; how often a year
            somebody is checked for it at most is the settings' cap, or else its own. To whom it applies is shown by its words, or else by
            industry, size and risk class; of a marker that the bureau sets itself only that there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from inspect_cli.core.plan.frame.caps import settle_caps
from inspect_cli.core.plan.quota import ANY_STRATUM, render_ratio
from inspect_cli.core.publish.labels import label_domain, label_stratum
from inspect_cli.core.publish.view import PlainHead, Publisher
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain, MatterId
    from inspect_cli.core.plan.year.progress import Target, YearPlan
    from inspect_cli.core.registry.matter import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeLine:
    """One condition of who is meant: the field, and the values that are (none: which is not said)."""

    field: Label
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """What a year draws from a stratum for a domain: a ratio ("" where it is a number), or a number; and by which rule."""

    domain: Label
    stratum: Label
    ratio: str
    quantity: int | None
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterLine:
    """A matter on the list; a text that the registry does not have is empty.

    ``has_target``: the year's plan has a ratio for its domain. ``since`` and ``until`` are the first and last day on the list where
    they lie within the year.
    """

    id: str
    name: str
    domain: Label
    object: str
    scopes: tuple[ScopeLine, ...]
    content: str
    basis: str
    method: str
    ratio: str
    has_target: bool
    frequency: str
    visits_a_year: int | None
    is_key: bool
    power: str
    remarks: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MattersView:
    """Notice ①, the list of matters (随机抽查事项清单) of a ``year``, or of a ``day`` in it; ``targets`` are those of the year's plan."""

    head: PlainHead
    year: int
    day: date | None
    matters: tuple[MatterLine, ...]
    targets: tuple[TargetLine, ...]


_INDUSTRY: Final = Label(zh="行业", en="industry")
_SIZE: Final = Label(zh="规模", en="size")
_RISK_CLASS: Final = Label(zh="风险等级", en="risk class")
_MARKED: Final = Label(zh="带有本机关设定的标记", en="marked by the bureau")
ALL_STRATA: Final = Label(zh="全部", en="all")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What a line says of a matter beside the registry: its cap, and whether the year's plan covers its domain."""

    bureau: Bureau
    year: int
    caps: Mapping[MatterId, int]
    covered: frozenset[Domain]


def view_matters(bureau: Bureau, period: str, listed: tuple[Matter, ...], plan: YearPlan | None) -> MattersView:
    """Make the view of notice ① of a year (``2026``) or a day (``2026-12-01``); ``plan`` is the year's that stands."""
    year = int(period[:4])
    day = date.fromisoformat(period) if len(period) > len("2026") else None
    first, last = (date(year, 1, 1), date(year, 12, 31)) if day is None else (day, day)
    matters = sorted((one for one in listed if _is_listed(one, first, last)), key=lambda one: one.id.encode())
    shown = _Shown(
        bureau=bureau,
        year=year,
        caps={matter: limit.number for matter, limit in settle_caps(bureau.caps, matters).matters},
        covered=frozenset() if plan is None else frozenset(target.domain for target in plan.targets),
    )
    return MattersView(
        head=plain_head(bureau),
        year=year,
        day=day,
        matters=tuple(_view_matter(one, shown) for one in matters),
        targets=() if plan is None else view_targets(bureau, plan),
    )


def plain_head(bureau: Bureau) -> PlainHead:
    """Make the head of a notice that is not about one draw: a draft's, without number and day."""
    return PlainHead(
        publisher=Publisher(
            name=Label(zh=bureau.name, en=bureau.name_en),
            telephone=bureau.complaints.telephone,
            address=bureau.complaints.address,
        )
    )


def view_targets(bureau: Bureau, plan: YearPlan) -> tuple[TargetLine, ...]:
    """Show what a year's plan draws, in its own order."""
    return tuple(_view_target(target, bureau) for target in plan.targets)


def _view_target(target: Target, bureau: Bureau) -> TargetLine:
    return TargetLine(
        domain=label_domain(bureau, target.domain),
        stratum=ALL_STRATA if target.stratum == ANY_STRATUM else label_stratum(target.stratum),
        ratio="" if target.ratio is None else render_ratio(target.ratio),
        quantity=target.number,
        basis=target.basis,
    )


def _is_listed(matter: Matter, first: date, last: date) -> bool:
    """Say whether a matter is on the list of the days from ``first`` to ``last`` (PUBLISH-16)."""
    return (
        (matter.valid_from is None or matter.valid_from <= last)
        and (matter.valid_until is None or matter.valid_until >= first)
        and (matter.retired is None or matter.retired > last)
    )


def _view_matter(matter: Matter, shown: _Shown) -> MatterLine:
    return MatterLine(
        id=matter.id,
        name=matter.name,
        domain=label_domain(shown.bureau, matter.domain),
        object=matter.object_type or "",
        scopes=() if matter.object_type else _scopes_of(matter),
        content=matter.content or "",
        basis=matter.basis,
        method=matter.method or "",
        ratio=matter.ratio or "",
        has_target=matter.domain in shown.covered,
        frequency=matter.frequency or "",
        visits_a_year=shown.caps.get(matter.id),
        is_key=matter.is_key,
        power=matter.source_of_power or "",
        remarks=matter.remarks or "",
        since=_within(matter.valid_from, shown.year),
        until=_within(matter.valid_until, shown.year),
    )


def _within(day: date | None, year: int) -> date | None:
    """Give a day on which something begins or ends within the year, its own first and last day aside."""
    if day is None or day.year != year or day in {date(year, 1, 1), date(year, 12, 31)}:
        return None
    return day


def _scopes_of(matter: Matter) -> tuple[ScopeLine, ...]:
    named = ((_INDUSTRY, matter.of_industries), (_SIZE, matter.of_sizes), (_RISK_CLASS, matter.of_risk_classes))
    lines = tuple(ScopeLine(field=field, values=values) for field, values in named if values)
    return (*lines, ScopeLine(field=_MARKED, values=())) if matter.of_tags else lines
