"""``draw explain``: why somebody was drawn or not, why that day, why those inspectors, in words and with the lines that prove it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from inspect_cli.acts.draw import read_drawn
from inspect_cli.command_line import Command, json_option
from inspect_cli.commands.draw.explain_words import (
    day_words,
    explanation_data,
    named_tickets,
    obstacle_words,
    open_words,
)
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.draw.explain import Explanation
from inspect_cli.core.draw.explain import explain as explain_draw
from inspect_cli.core.draw.ticket import shell_line
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.publish.labels import REASONS
from inspect_cli.core.schedule import find_name
from inspect_cli.core.verify.shape import members_of, parse_draw
from inspect_cli.errors import UsageMistake, say
from inspect_cli.files.bundle import read_bundle
from inspect_cli.language import _, current, translate
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.app import App
    from inspect_cli.core.draw.explain_visit import Candidate, ExpertStep, SeatStep, VisitExplanation
    from inspect_cli.core.draw.standing import DrawRecord

_SHOWN_DIGITS = 16


@click.command(cls=Command)
@click.argument("slot")
@click.argument("entity")
@click.option(
    "--bundle", type=click.Path(path_type=Path), metavar="PATH", help="Explain from a bundle, with no store at all."
)
@json_option
@click.pass_obj
def explain(app: App, slot: str, entity: str, *, bundle: Path | None, as_json: bool) -> None:
    """Explain what became of an entity: drawn or not, why that day, why those inspectors.

    Everybody with a lower ticket who was passed over is named with the reason. At the end stands, for each number, the line
    that reproduces it.

    \b
    Example:
      inspect-cli draw explain 2026-12/1 91350100M000100Y43
      inspect-cli draw explain 2026-12/1 91350100M000100Y43 --bundle december.zip
    """
    console = Console(language=app.language)
    drawn = _read(app, Slot(slot), bundle)
    explanation = explain_draw(drawn, EntityId(entity))
    if as_json:
        console.show_json(explanation_data(explanation))
        return
    _show_selection(console, explanation, _name(drawn, explanation.entity))
    if explanation.visit is not None:
        _show_days(console, explanation.visit)
        for number, seat in enumerate(explanation.visit.seats, start=1):
            _show_seat(console, number, seat)
        if explanation.visit.expert is not None:
            _show_expert(console, explanation.visit.expert)
    _show_by_hand(console, explanation)


def _read(app: App, slot: Slot, bundle: Path | None) -> DrawRecord:
    """Read the draw from the store, or from a bundle that must be of the same slot."""
    if bundle is None:
        return read_drawn(Store.open(app.store_url), slot)
    draw = parse_draw(members_of(read_bundle(bundle)))
    if draw.commitment.slot != slot:
        raise UsageMistake(
            say("the bundle is of the draw {found}, not {slot}", found=draw.commitment.slot, slot=slot),
            hint=say("name the slot that the bundle is of"),
        )
    return draw


def _name(draw: DrawRecord, entity: EntityId) -> str:
    """Give the name that was frozen with the entity; nothing where it is not in the frame."""
    return next((find_name(row) for row in draw.frame.entities if row.id == entity), "")


def _show_selection(console: Console, explanation: Explanation, name: str) -> None:
    """Say whether the entity was drawn, for what, and by which ticket."""
    who = f"{explanation.entity} {name}".strip()
    console.show_line(say("{entity}: was it drawn?", entity=who), Tone.HEADING)
    for row in explanation.excluded:
        reason = REASONS[row.reason].text(current())
        if row.domain is None:
            console.show_line(say("Not in the frame, so it could not be drawn: {reason}.", reason=reason))
        else:
            console.show_line(say("{domain} was left out this time: {reason}.", domain=row.domain, reason=reason))
    if explanation.ticket is None:
        return
    console.show_pairs([(_("its ticket"), explanation.ticket.ticket)])
    columns = [
        Column(title=_("domain")),
        Column(title=_("stratum")),
        Column(title=_("base"), is_number=True),
        Column(title=_("due"), is_number=True),
        Column(title=_("its rank"), is_number=True),
        Column(title=_("last ticket drawn")),
        Column(title=_("drawn")),
    ]
    rows = [
        (
            place.quota.domain,
            place.quota.stratum,
            str(place.quota.size),
            str(place.quota.take),
            str(place.rank),
            _head(place.cut_off or ""),
            _("yes") if place.is_drawn else _("no"),
        )
        for place in explanation.places
    ]
    console.show_table("", columns, rows)
    console.show_line(say("In each stratum the lowest tickets are drawn, as many as are due."))


def _show_days(console: Console, visit: VisitExplanation) -> None:
    """Say why the visit has its day, or none."""
    console.show_line()
    console.show_line(_("Why this day?"), Tone.HEADING)
    console.show_line(
        say(
            "Its turn was number {place} of {count}. Days that held fewer than {light} visits by then came first, each group "
            "by ticket; the first day on which a team can be made is taken.",
            place=visit.place,
            count=visit.count,
            light=visit.light,
        )
    )
    columns = [
        Column(title=_("day"), is_key=True),
        Column(title=_("visits by then"), is_number=True),
        Column(title=_("ticket")),
        Column(title=_("outcome")),
    ]
    rows = [
        (step.day, str(step.load), _head(step.ticket.ticket), translate(day_words(step.outcome))) for step in visit.days
    ]
    console.show_table("", columns, rows)
    if visit.visit.open is not None:
        console.show_line(open_words(visit.visit.open))


def _show_seat(console: Console, number: int, seat: SeatStep) -> None:
    """Say why a seat went to whom it went."""
    console.show_line()
    console.show_line(say("Why this inspector? Seat {number}", number=number), Tone.HEADING)
    console.show_line(
        say("Still to be covered: {domains}.", domains=seat.need)
        if seat.need
        else say("All domains of the visit are covered already.")
    )
    if seat.lead_wanted:
        console.show_line(say("Somebody who may lead is still wanted."))
    _show_candidates(console, seat.candidates)


def _show_expert(console: Console, step: ExpertStep) -> None:
    """Say why an expert joins, or none does."""
    console.show_line()
    console.show_line(say("Why this expert? Wanted for {domains}", domains=step.domains), Tone.HEADING)
    if step.is_named:
        console.show_line(say("The supplementary draw names the expert who stays."))
        return
    _show_candidates(console, step.candidates)
    if not any(candidate.passed_over is None for candidate in step.candidates):
        console.show_line(say("Nobody could join, so nobody does."))


def _show_candidates(console: Console, candidates: Sequence[Candidate]) -> None:
    columns = [Column(title=_("in ticket order"), is_key=True), Column(title=_("ticket")), Column(title=_("outcome"))]
    rows = [
        (candidate.person, _head(candidate.ticket.ticket), translate(obstacle_words(candidate.passed_over)))
        for candidate in candidates
    ]
    console.show_table("", columns, rows)


def _show_by_hand(console: Console, explanation: Explanation) -> None:
    """Print, for each number above, the line that anybody can type."""
    lines = named_tickets(explanation)
    if not lines:
        return
    console.show_line()
    console.show_line(_("By hand: each line prints one of the tickets above"), Tone.HEADING)
    for name, shown in lines:
        console.show_line(f"# {name}: {_head(shown.ticket)}", Tone.QUIET)
        console.show_verbatim(shell_line(shown.lines))


def _head(ticket: str) -> str:
    """Show the first digits of a ticket: enough to tell it apart, short enough for a table."""
    return f"{ticket[:_SHOWN_DIGITS]}…" if ticket else ""
