"""An explanation on the screen: drawn or not, which day, which inspectors, and the lines that prove each number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.commands.draw.explain_words import day_words, named_tickets, obstacle_words, open_words, staying
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.draw.ticket import shell_line
from inspect_cli.core.publish.labels import REASONS
from inspect_cli.core.schedule import find_name
from inspect_cli.errors import say
from inspect_cli.language import _, current, translate
from inspect_cli.widths import cut, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspect_cli.core.draw.explain import Explanation
    from inspect_cli.core.draw.explain_visit import Candidate, ExpertStep, SeatStep, VisitExplanation
    from inspect_cli.core.draw.supplement.standing import FinishedDraw
    from inspect_cli.core.names import Domain, EntityId

_SHOWN_DIGITS = 16
_SHOWN_CELLS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person calls things: the company's frozen name, and the domains' labels where the settings are at hand."""

    name: str
    label: Callable[[Domain], str]


def frozen_name(draw: FinishedDraw, entity: EntityId) -> str:
    """Give the name that was frozen with the entity; nothing where it is not in the frame."""
    return next((find_name(row) for row in draw.frame.entities if row.id == entity), "")


def show_explanation(console: Console, explanation: Explanation, words: Words) -> None:
    """Print an explanation from the selection to the lines for the hand."""
    _show_selection(console, explanation, words)
    if explanation.visit is not None:
        _show_days(console, explanation.visit)
        stay = staying(explanation.visit)
        if stay:
            console.show_line(say("The supplementary draw names who stays on the team: {people}.", people=stay))
        for number, seat in enumerate(explanation.visit.seats, start=len(stay) + 1):
            _show_seat(console, number, seat, words)
        if explanation.visit.expert is not None:
            _show_expert(console, explanation.visit.expert, words)
    _show_by_hand(console, explanation)


def _show_selection(console: Console, explanation: Explanation, words: Words) -> None:
    """Say whether the entity was drawn, for what, and by which ticket."""
    who = f"{explanation.entity} {cut(visible(words.name), _SHOWN_CELLS)}".strip()
    console.show_line(say("{entity}: was it drawn?", entity=who), Tone.HEADING)
    for row in explanation.excluded:
        reason = REASONS[row.reason].text(current())
        if row.domain is None:
            console.show_line(say("Not in the frame, so it could not be drawn: {reason}.", reason=reason))
        else:
            console.show_line(
                say("{domain} was left out this time: {reason}.", domain=words.label(row.domain), reason=reason)
            )
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
            words.label(place.quota.domain),
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


def _show_seat(console: Console, number: int, seat: SeatStep, words: Words) -> None:
    """Say why a seat went to whom it went."""
    console.show_line()
    console.show_line(say("Why this inspector? Seat {number}", number=number), Tone.HEADING)
    console.show_line(
        say("Still to be covered: {domains}.", domains=tuple(map(words.label, seat.need)))
        if seat.need
        else say("All domains of the visit are covered already.")
    )
    if seat.lead_wanted:
        console.show_line(say("Somebody who may lead is still wanted."))
    _show_candidates(console, seat.candidates)


def _show_expert(console: Console, step: ExpertStep, words: Words) -> None:
    """Say why an expert joins, or none does."""
    console.show_line()
    console.show_line(
        say("Why this expert? Wanted for {domains}", domains=tuple(map(words.label, step.domains))), Tone.HEADING
    )
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
