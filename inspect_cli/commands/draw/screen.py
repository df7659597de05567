"""A draw as tables on the screen; as data it is ``data``'s matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from inspect_cli.acts.draw.frozen import stored_entropy
from inspect_cli.commands.draw.data import count_exclusions, count_open, draw_data
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import Combine, parse_commitment
from inspect_cli.core.draw.promise import DrandPromise, NistPromise, kind_of
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import Reason
from inspect_cli.core.draw.strength import find_weaknesses
from inspect_cli.core.publish.further import provisional_years
from inspect_cli.core.publish.labels import REASONS, SOURCES, label_stratum
from inspect_cli.core.report.steps import notice_command
from inspect_cli.errors import Message, say
from inspect_cli.language import _, current
from inspect_cli.storage.draws import DrawLine, DrawRecord, DrawState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.acts.draw.steps import Recorded
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment, Listing
    from inspect_cli.core.draw.promise import Promise
    from inspect_cli.core.draw.result import Result
    from inspect_cli.core.names import Slot


def state_text(record: DrawRecord | DrawLine) -> Message:
    """Say where a draw stands."""
    match record.state:
        case DrawState.COMMITTED:
            return say("committed, waits for its seed")
        case DrawState.SEEDED:
            return say("has its seed, not drawn yet")
        case DrawState.DRAWN:
            return say("has been drawn")
        case DrawState.VOID:
            return say("void: {reason}", reason=record.void_reason)
        case _:
            assert_never(record.state)


def show_draw(console: Console, record: DrawRecord, bureau: Bureau) -> None:
    """Print a draw: its head, quotas, exclusions, sources, and what came of it."""
    commitment = parse_commitment(record.commitment)
    console.show_line(say("Draw {slot} of {bureau}", slot=record.slot, bureau=commitment.bureau), Tone.HEADING)
    frame = commitment.frame
    console.show_pairs(
        [
            (_("state"), state_text(record)),
            (_("commitment"), digest(record.commitment)),
            *_listing_pairs(_("entities"), frame.entities),
            *_listing_pairs(_("inspectors"), frame.inspectors),
            *_listing_pairs(_("excluded"), frame.excluded),
            (
                _("days"),
                say(
                    "{count}, from {first} to {last}",
                    count=len(commitment.days),
                    first=commitment.days[0],
                    last=commitment.days[-1],
                ),
            ),
            (_("checked"), _checked(commitment)),
        ]
    )
    if provisional := provisional_years(commitment):
        console.show_line(say("made with a provisional calendar of working days: {years}", years=provisional), Tone.BAD)
    _show_quotas(console, commitment, bureau)
    _show_exclusions(console, record)
    _show_sources(console, record, commitment)
    if record.seed is not None:
        console.show_pairs([(_("seed"), record.seed)])
    if record.result is not None:
        _show_result(console, parse_result(record.result))


def _listing_pairs(name: str, listing: Listing) -> tuple[tuple[str, str], ...]:
    """Show a frozen list by its count, and under it the root that binds it."""
    return (name, str(listing.count)), ("", listing.root)


def _checked(commitment: Commitment) -> Message:
    match commitment.combine:
        case Combine.APPLICABLE:
            return say("everything that applies to a company, once somebody comes")
        case Combine.DRAWN:
            return say("only what a company was drawn for")
        case _:
            assert_never(commitment.combine)


def _show_quotas(console: Console, commitment: Commitment, bureau: Bureau) -> None:
    columns = [
        Column(title=_("domain")),
        Column(title=_("stratum")),
        Column(title=_("base"), is_number=True),
        Column(title=_("due"), is_number=True),
    ]
    rows = [
        (
            bureau.domain_label(one.domain, current()),
            label_stratum(one.stratum).text(current()),
            str(one.size),
            str(one.take),
        )
        for one in commitment.quotas
    ]
    console.show_line()
    console.show_table(_("Quotas"), columns, rows)


def _show_exclusions(console: Console, record: DrawRecord) -> None:
    excluded = count_exclusions(record)
    if not excluded:
        return
    columns = [Column(title=_("reason")), Column(title=_("rows"), is_number=True)]
    rows = [(REASONS[Reason(reason)].text(current()), str(count)) for reason, count in excluded.items()]
    console.show_line()
    console.show_table(_("Excluded"), columns, rows)


def _show_sources(console: Console, record: DrawRecord, commitment: Commitment) -> None:
    values = [entry.value for entry in stored_entropy(record)] or [_("not known yet")] * len(commitment.sources)
    console.show_line()
    console.show_line(_("Sources of the seed"), Tone.HEADING)
    for source, value in zip(commitment.sources, values, strict=True):
        name = say("{kind}: {name}", kind=SOURCES[kind_of(source)].text(current()), name=source.name)
        console.show_pairs(
            [(_("source"), name), (_("known from"), source.at), *_beacon_pairs(source), (_("value"), value)]
        )


def _beacon_pairs(source: Promise) -> tuple[tuple[str, str], ...]:
    """Show by which numbers a beacon's value is found."""
    match source:
        case DrandPromise():
            return (_("chain"), source.chain), (_("round"), str(source.round))
        case NistPromise():
            return (_("chain"), str(source.chain)), (_("pulse"), str(source.pulse))
        case _:
            return ()


def _show_result(console: Console, result: Result) -> None:
    checks = sum(len(visit.domains) for visit in result.visits)
    drawn = sum(len(selected.drawn) for selected in result.selection)
    console.show_line(
        say(
            "{visits} visits, drawn for {drawn} checks of a domain, {checks} are made; {open} visits are open",
            visits=len(result.visits),
            drawn=drawn,
            checks=checks,
            open=count_open(result),
        )
    )


def show_recorded(console: Console, recorded: Recorded, bureau: Bureau, *, as_json: bool) -> None:
    """Show the draw after an act, and whether the act had been done before."""
    if not recorded.is_new:
        console.show_note(say("this was done before; here is what is recorded"))
    if as_json:
        console.show_json(draw_data(recorded.draw))
    else:
        show_draw(console, recorded.draw, bureau)


def show_weaknesses(console: Console, sources: Sequence[Promise]) -> None:
    """Warn of sources that are weak, or all in the bureau's own hands, before somebody commits to them."""
    for weakness in find_weaknesses(sources):
        console.show_note(say("Note: {what}", what=weakness))


def show_after_commit(console: Console, slot: Slot) -> None:
    """Name what is to be done once something is committed: publish it, keep its salts safe, and wait for its sources."""
    console.show_note(say("publish it now: {command}", command=notice_command(slot, "commitment")))
    console.show_note(say("keep a copy of the store, for its salts cannot be made again: inspect-cli db backup FILE"))
    console.show_note(say("when its sources are known: inspect-cli draw seed {slot}", slot=slot))
