"""A plan's explanation as tables for a person."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from inspect_cli.commands.plan.excluded import show_draws_in_the_way, show_limits
from inspect_cli.console import Column, Tone
from inspect_cli.core.draw.promise import SourceKind
from inspect_cli.core.draw.rows import Reason as PublicReason
from inspect_cli.core.plan.frame.exclusion import Reason
from inspect_cli.core.plan.shortage.forecast import render_tenths
from inspect_cli.core.publish.labels import REASONS, SOURCES, label_stratum
from inspect_cli.errors import say
from inspect_cli.language import _, translate

if TYPE_CHECKING:
    from inspect_cli.acts.plan.check import PlanCheck
    from inspect_cli.console import Console
    from inspect_cli.core.plan.plan import Share


def show_check(console: Console, found: PlanCheck, language: str) -> None:
    """Print the whole explanation; ``language`` (``zh``, ``en``) chooses the labels of domains."""
    show_draws_in_the_way(console, found)
    _show_head(console, found)
    _show_matters(console, found, language)
    _show_quotas(console, found, language)
    _show_exclusions(console, found, language)
    show_limits(console, found)
    _show_skills(console, found, language)
    _show_days(console, found, language)
    _show_sources(console, found, language)
    for warning in found.warnings:
        console.show_line(say("Note: {what}", what=warning), Tone.BAD)


def _show_head(console: Console, found: PlanCheck) -> None:
    plan, days, visits = found.gathered.plan, found.frame.days, found.staffing.visits
    kind = say("targeted (定向)") if plan.scope.is_targeted else say("untargeted (不定向)")
    checked = {
        "applicable": say("all domains that apply to whoever is visited"),
        "drawn": say("the domains drawn for"),
    }
    span = None if days else say("none")
    console.show_pairs(
        [
            (_("plan"), plan.name),
            (_("period"), plan.period),
            (_("type"), kind),
            (_("checked"), checked[plan.combine]),
            (
                _("days"),
                span
                or say(
                    "{count}, from {first} to {last}",
                    count=len(days),
                    first=days[0].isoformat(),
                    last=days[-1].isoformat(),
                ),
            ),
            (_("can be drawn"), say("{count} entities", count=len(found.frame.entities))),
            (
                _("visits"),
                say(
                    "about {expected}, at least {least}, at most {most}",
                    expected=render_tenths(visits.expected),
                    least=visits.least,
                    most=visits.most,
                ),
            ),
        ]
    )


def _show_matters(console: Console, found: PlanCheck, language: str) -> None:
    bureau = found.gathered.bureau
    rows = [
        (
            bureau.domain_label(domain, language),
            str(count),
            " ".join(matter.id for matter in found.frame.matters if matter.domain == domain),
        )
        for domain, count in sorted(Counter(matter.domain for matter in found.frame.matters).items())
    ]
    columns = [
        Column(title=_("domain"), is_key=True),
        Column(title=_("matters"), is_number=True),
        Column(title=_("numbers")),
    ]
    console.show_line()
    console.show_table(_("Matters that may be inspected"), columns, rows)


def _show_quotas(console: Console, found: PlanCheck, language: str) -> None:
    bureau = found.gathered.bureau
    columns = [
        Column(title=_("domain"), is_key=True),
        Column(title=_("stratum")),
        Column(title=_("base"), is_number=True),
        Column(title=_("ratio or number"), is_number=True),
        Column(title=_("quota"), is_number=True),
    ]
    rows = [
        (
            bureau.domain_label(one.domain, language),
            label_stratum(one.stratum).text(language),
            str(one.size),
            _share_text(one.share),
            str(one.take),
        )
        for one in found.frame.computed
    ]
    total = (_("all"), "", "", "", str(sum(quota.take for quota in found.frame.computed)))
    console.show_line()
    console.show_table(_("Quotas"), columns, [*rows, total])


def _share_text(share: Share) -> str:
    return str(share.number) if share.ratio is None else f"{(Decimal(share.ratio) * 100).normalize():f}%"


def _show_exclusions(console: Console, found: PlanCheck, language: str) -> None:
    if not found.frame.excluded:
        return
    whole = Counter(row.reason for row in found.frame.excluded if row.domain is None)
    single = Counter(row.reason for row in found.frame.excluded if row.domain is not None)
    rows = [
        (REASONS[PublicReason(reason.value)].text(language), reason.value, str(whole[reason]), str(single[reason]))
        for reason in Reason
        if whole[reason] or single[reason]
    ]
    columns = [
        Column(title=_("reason")),
        Column(title=_("code"), is_key=True),
        Column(title=_("entities"), is_number=True),
        Column(title=_("single domains"), is_number=True),
    ]
    console.show_line()
    console.show_table(_("Excluded (--excluded lists each with its reason)"), columns, rows)


def _show_skills(console: Console, found: PlanCheck, language: str) -> None:
    staffing, bureau = found.staffing, found.gathered.bureau
    columns = [
        Column(title=_("domain"), is_key=True),
        Column(title=_("visits that want it"), is_number=True),
        Column(title=_("inspectors"), is_number=True),
        Column(title=_("their seats"), is_number=True),
    ]
    rows = [
        (bureau.domain_label(one.domain, language), render_tenths(one.wanted), str(one.inspectors), str(one.seats))
        for one in staffing.skills
    ]
    console.show_line()
    title = say(
        "Seats wanted: {wanted} with teams of {size}; seats there are: {seats}",
        wanted=render_tenths(staffing.seats_wanted),
        size=found.gathered.plan.team.min,
        seats=staffing.seats,
    )
    console.show_table(translate(title), columns, rows)


def _show_days(console: Console, found: PlanCheck, language: str) -> None:
    bureau = found.gathered.bureau
    columns = [
        Column(title=_("day"), is_key=True),
        Column(title=_("inspectors"), is_number=True),
        Column(title=_("may lead"), is_number=True),
        Column(title=_("seats"), is_number=True),
        *(Column(title=bureau.domain_label(one.domain, language), is_number=True) for one in found.staffing.skills),
    ]
    rows = [
        (
            one.day.isoformat(),
            str(one.inspectors),
            str(one.leaders),
            str(one.seats),
            *(str(seats) for _domain, seats in one.by_skill),
        )
        for one in found.staffing.days
    ]
    console.show_line()
    console.show_table(_("Seats by day, and by skill (one seat counts for each skill of its holder)"), columns, rows)


def _show_sources(console: Console, found: PlanCheck, language: str) -> None:
    columns = [Column(title=_("kind")), Column(title=_("source")), Column(title=_("known from"), is_key=True)]
    rows = [
        (SOURCES[SourceKind(str(one["kind"]))].text(language), str(one["name"]), str(one["at"]))
        for one in found.gathered.plan.promises
    ]
    console.show_line()
    console.show_table(_("Sources of the seed"), columns, rows)
    console.show_line()
