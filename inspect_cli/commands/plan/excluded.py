"""Who is excluded from a plan, one by one and in words, and what earlier months left to it: carried-over and unended visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspect_cli.console import Column, Tone
from inspect_cli.core.draw.rows import Reason as PublicReason
from inspect_cli.core.plan.frame.exclusion import Reason
from inspect_cli.core.plan.frame.reasons import explain_exclusions
from inspect_cli.core.publish.counts import list_caps
from inspect_cli.core.publish.labels import REASONS
from inspect_cli.errors import Term, say
from inspect_cli.language import _, join_words, translate
from inspect_cli.widths import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.acts.plan.check import PlanCheck
    from inspect_cli.acts.visit.visits import UnendedVisit
    from inspect_cli.console import Console
    from inspect_cli.core.names import Domain, EntityId
    from inspect_cli.core.plan.frame.gathered import Carried
    from inspect_cli.errors import Message

_SHOWN = 12
_WIDTH = 80


def show_draws_in_the_way(console: Console, found: PlanCheck) -> None:
    """Print first of all what other draws hold: it explains much of what follows."""
    if found.gathered.undrawn:
        slots = tuple(draw.slot for draw in found.gathered.undrawn)
        console.show_line(say("Not drawn yet, and in the way of this plan: {slots}", slots=slots), Tone.BAD)
        console.show_line()


def show_excluded(console: Console, found: PlanCheck, language: str) -> None:
    """Print each exclusion with its reason in words; ``language`` (``zh``, ``en``) chooses the labels of domains."""
    names, bureau = {entity.id: entity.name for entity in found.gathered.entities}, found.gathered.bureau
    console.show_line()
    console.show_line(say("Who is excluded, and why"), Tone.HEADING)
    for row, why in explain_exclusions(found.gathered, found.frame):
        what = (
            row.reason.value
            if row.domain is None
            else f"{row.reason.value}, {bureau.domain_label(row.domain, language)}"
        )
        console.show_line(
            say("{entity} {name} ({reason}): {why}", entity=row.id, name=names[row.id], reason=what, why=why)
        )


def excluded_rows(found: PlanCheck) -> list[dict[str, str]]:
    """Give each exclusion with its reason in words as data."""
    return [
        {
            "id": str(row.id),
            **({} if row.domain is None else {"domain": str(row.domain)}),
            "reason": row.reason.value,
            "why": translate(why),
        }
        for row, why in explain_exclusions(found.gathered, found.frame)
    ]


def show_limits(console: Console, found: PlanCheck) -> None:
    """Print which number with which basis excludes, where one does, and how many are there in spite of it."""
    for text in _tell_limits(found):
        for line in wrap(translate(text), _WIDTH):
            console.show_line(line)
    for entity in found.frame.entities:
        if entity.allowed:
            rules = tuple(rule.value for rule in entity.allowed)
            console.show_line(
                say("{entity} is in the frame in spite of: {rules}", entity=entity.id, rules=rules), Tone.BAD
            )


def _tell_limits(found: PlanCheck) -> Iterator[Message]:
    reasons, cooling = {row.reason for row in found.frame.excluded}, found.gathered.bureau.cooling_off_months
    if Reason.CAP in reasons:
        for label, limit in list_caps(found.gathered.bureau):
            name = Term(zh=label.zh, en=label.en)
            yield say("{cap}: {number} a year ({basis})", cap=name, number=limit.number, basis=limit.basis)
    if Reason.COOLING_OFF in reasons:
        yield say("cooling-off: {number} months ({basis})", number=cooling.number, basis=cooling.basis)


def show_carried(console: Console, found: PlanCheck, language: str) -> None:
    """Print the visits that were carried over into the plan's month."""
    if not found.gathered.carried:
        return
    bureau, made = found.gathered.bureau, _made(found)
    columns = [
        Column(title=_("entity"), is_key=True),
        Column(title=_("drawn by")),
        Column(title=_("domains")),
        Column(title=_("in this plan"), is_wrapped=True),
    ]
    rows = [
        (
            one.entity,
            one.slot,
            join_words(bureau.domain_label(domain, language) for domain in one.domains),
            _("yes") if set(one.domains) <= made.get(one.entity, frozenset()) else _tell_why_not(found, one, language),
        )
        for one in found.gathered.carried
    ]
    console.show_line()
    console.show_table(_("Visits carried over into this month: all are drawn"), columns, rows)


def _tell_why_not(found: PlanCheck, carried: Carried, language: str) -> str:
    """Say that a visit is not in the plan, and the reasons for which the company, or a domain of the visit, is left out."""
    reasons = dict.fromkeys(
        REASONS[PublicReason(row.reason.value)].text(language)
        for row in found.frame.excluded
        if row.id == carried.entity and (row.domain is None or row.domain in carried.domains)
    )
    return translate(say("no: {reasons}", reasons=tuple(reasons))) if reasons else _("no")


def show_unended(console: Console, unended: Sequence[UnendedVisit]) -> None:
    """Print the visits of earlier months that have no end yet, each slot with the commands that end them."""
    if not unended:
        return
    console.show_line()
    console.show_line(say("{count} visits of earlier months have no end yet:", count=len(unended)), Tone.BAD)
    for visit in unended[:_SHOWN]:
        if visit.day is None:
            console.show_line(say("{slot} {entity}: open", slot=visit.slot, entity=visit.entity))
        else:
            day = visit.day.isoformat()
            console.show_line(say("{slot} {entity}: planned for {day}", slot=visit.slot, entity=visit.entity, day=day))
    if len(unended) > _SHOWN:
        console.show_line(say("… and {count} more", count=len(unended) - _SHOWN))
    for slot in sorted({visit.slot for visit in unended}, key=str.encode):
        console.show_note(
            say(
                "end each of {slot}: inspect-cli visit record {slot} ENTITY, visit carry-over {slot} ENTITY, or visit cancel {slot} ENTITY",
                slot=slot,
            )
        )


def earlier_data(found: PlanCheck, unended: Sequence[UnendedVisit]) -> dict[str, Any]:
    """Give what earlier months left to the plan as data."""
    made = _made(found)
    return {
        "carried_over": [
            {
                "slot": one.slot,
                "entity": one.entity,
                "domains": list(one.domains),
                "drawn": set(one.domains) <= made.get(one.entity, frozenset()),
            }
            for one in found.gathered.carried
        ],
        "unended": [
            {"slot": one.slot, "entity": one.entity, "day": None if one.day is None else one.day.isoformat()}
            for one in unended
        ],
    }


def _made(found: PlanCheck) -> dict[EntityId, frozenset[Domain]]:
    """Tell for which domains whom the plan takes because of a visit that was carried over."""
    return {entity.id: entity.carried for entity in found.frame.entities if entity.carried}
