"""What ``verify --since`` shows of two draws: a table each for companies, people, quotas and rules, and a count."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from inspect_cli.commands.verify.shown import reason_words
from inspect_cli.commands.verify.since import ratio_text
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.verify.since import EntityAspect, RuleAspect
from inspect_cli.errors import Message, say
from inspect_cli.language import _, join_words, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.commands.verify.since import Compared
    from inspect_cli.core.draw.commitment import Quota
    from inspect_cli.core.draw.rows import Reason
    from inspect_cli.core.verify.since import EntityChange, EntityFacts, InspectorChange, InspectorFacts, Since

_SHOWN = 20

_Row = tuple[str, ...]


def show_differences(console: Console, compared: Compared, *, show_all: bool) -> None:
    """Print what changed from the old draw to the new one, each list cut unless all is asked for."""
    old, new, since = compared.old.commitment, compared.new.commitment, compared.since
    console.show_line()
    console.show_line(say("From draw {old} to draw {new}", old=old.slot, new=new.slot), Tone.HEADING)
    if old.bureau != new.bureau:
        console.show_line(say("The draws are of two bureaus: {old}, {new}", old=old.bureau, new=new.bureau))
    limit = None if show_all else _SHOWN
    what, then, now = Column(title=_("what"), is_key=True), _("in the old draw"), _("in the new draw")
    sides = [Column(title=then, is_wrapped=True), Column(title=now, is_wrapped=True)]
    company, person = Column(title=_("company"), is_key=True), Column(title=_("inspector"), is_key=True)
    _show_list(console, [what, company, *sides], _entity_lists(since), limit)
    _show_list(console, [what, person, *sides], _inspector_lists(since), limit)
    stratum = [Column(title=_("domain"), is_key=True), Column(title=_("stratum"), is_key=True)]
    quotas = [(one.domain, one.stratum, _quota(one.before), _quota(one.after)) for one in since.quotas]
    _show_list(console, [*stratum, *sides], [quotas], limit)
    rules = [(_rule(one.aspect), join_words(one.before), join_words(one.after)) for one in since.rules]
    _show_list(console, [what, *sides], [rules], limit)
    console.show_line()
    console.show_line(
        say(
            "Of the {count} changes of companies {untouched} touch companies that neither draw drew.",
            count=since.changes,
            untouched=since.changes_of_undrawn,
        )
    )


def _show_list(console: Console, columns: Sequence[Column], lists: Sequence[Sequence[_Row]], limit: int | None) -> None:
    """Print one table of several lists, the first of each, and how many more there are."""
    rows = [row for one in lists for row in one[:limit]]
    if not rows:
        return
    console.show_line()
    console.show_table("", columns, rows)
    more = sum(map(len, lists)) - len(rows)
    if more:
        console.show_line(say("… and {count} more: --all shows them", count=more))


def _entity_lists(since: Since) -> list[list[_Row]]:
    left, entered = _("left the frame"), _("entered the frame")
    return [
        [(left, one.id, _profile(one.facts), _outside(one.reason, _("not in the new registry"))) for one in since.left],
        [
            (entered, one.id, _outside(one.reason, _("not in the old registry")), _profile(one.facts))
            for one in since.entered
        ],
        *([_change_row(one, aspect) for one in since.entities if aspect in one.aspects] for aspect in EntityAspect),
    ]


def _outside(reason: Reason | None, unknown: str) -> str:
    return unknown if reason is None else translate(reason_words(reason))


def _profile(facts: EntityFacts) -> str:
    return join_words(map(" ".join, zip(facts.domains, facts.strata, strict=True)))


def _change_row(change: EntityChange, aspect: EntityAspect) -> _Row:
    before, after = change.before, change.after
    match aspect:
        case EntityAspect.ZONE:
            return (_("zone"), change.id, before.zone or _("none"), after.zone or _("none"))
        case EntityAspect.DOMAINS:
            why = [f"{domain}: {translate(reason_words(reason))}" for domain, reason in change.left_out]
            now = join_words(after.domains)
            return (_("domains"), change.id, join_words(before.domains), f"{now} ({join_words(why)})" if why else now)
        case EntityAspect.STRATA:
            return (_("stratum"), change.id, _profile(before), _profile(after))
        case EntityAspect.DAYS:
            return (_("days"), change.id, _days(before), _days(after))
        case _:
            assert_never(aspect)


def _days(facts: EntityFacts) -> str:
    return _("certain days only") if facts.has_days else _("all days")


def _inspector_lists(since: Since) -> list[list[_Row]]:
    came: list[_Row] = [
        (_("came"), one.id, "", _person(one.after)) for one in since.inspectors if one.after and not one.before
    ]
    went: list[_Row] = [
        (_("went"), one.id, _person(one.before), "") for one in since.inspectors if one.before and not one.after
    ]
    return [went, came, [row for one in since.inspectors for row in _person_rows(one)]]


def _person(facts: InspectorFacts) -> str:
    lead = [_("may lead")] if facts.lead else []
    bars = [translate(say("barred from {count}", count=len(facts.barred)))] if facts.barred else []
    return join_words([_role(facts), *facts.skills, *lead, *bars])


def _role(facts: InspectorFacts) -> str:
    return _("inspector") if facts.role.value == "inspector" else _("expert")


def _person_rows(change: InspectorChange) -> Iterator[_Row]:
    """Give a row for each thing that changed of somebody in both rosters; of skills and bars what was lost and gained."""
    before, after = change.before, change.after
    if before is None or after is None:
        return
    if before.role is not after.role:
        yield (_("role"), change.id, _role(before), _role(after))
    if before.lead != after.lead:
        yield (_("may lead"), change.id, *(_("yes") if one.lead else _("no") for one in (before, after)))
    if before.zones != after.zones:
        yield (_("zones"), change.id, _zones(before), _zones(after))
    for title, was, now in (
        (_("skills"), before.skills, after.skills),
        (_("bars"), before.barred, after.barred),
    ):
        if was != now:
            yield (title, change.id, _gone("−", was, now), _gone("+", now, was))


def _zones(facts: InspectorFacts) -> str:
    return _("any") if facts.zones is None else join_words(facts.zones) or _("none")


def _gone(sign: str, these: Sequence[str], others: Sequence[str]) -> str:
    """Give what only one side has: how many, and who; nothing where there is nobody."""
    missing = set(others)
    only = [one for one in these if one not in missing]
    return f"{sign}{len(only)} {join_words(only)}" if only else ""


def _quota(quota: Quota | None) -> str:
    return _("none") if quota is None else f"{quota.take} / {quota.size} ({ratio_text(quota)})"


def _rule(aspect: RuleAspect) -> str:
    return translate(_rule_words(aspect))


def _rule_words(aspect: RuleAspect) -> Message:
    match aspect:
        case RuleAspect.TEAM_MIN:
            return say("smallest team")
        case RuleAspect.TEAM_MAX:
            return say("largest team")
        case RuleAspect.EXPERT_DOMAINS:
            return say("domains that want an expert")
        case RuleAspect.COMBINE:
            return say("what a visit checks")
        case RuleAspect.SOURCES:
            return say("sources of the seed")
        case _:
            assert_never(aspect)
