"""What stands in the store about draws: ``draw show`` and ``draw list``, as tables and as data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from inspect_cli.acts import draw as acts
from inspect_cli.command_line import Command, json_option
from inspect_cli.console import Column, Console, Tone
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import Combine, parse_commitment
from inspect_cli.core.draw.promise import kind_of, promise_values
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import Reason, parse_excluded_rows
from inspect_cli.core.names import Slot
from inspect_cli.core.publish.labels import REASONS, SOURCES
from inspect_cli.errors import Message, say
from inspect_cli.files.config import read_bureau
from inspect_cli.language import _, current, translate
from inspect_cli.storage.draws import DrawRecord, DrawState, find_draws
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from inspect_cli.app import App
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.draw.commitment import Commitment, Listing
    from inspect_cli.core.draw.result import Result


@click.command("list", cls=Command)
@json_option
@click.pass_obj
def list_draws(app: App, *, as_json: bool) -> None:
    """List the draws, void ones included.

    \b
    Example:
      inspect-cli draw list
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        records = find_draws(session)
    if as_json:
        console.show_json(
            [{"slot": one.slot, "state": one.state, "commitment": digest(one.commitment)} for one in records]
        )
        return
    columns = [Column(title=_("slot"), is_key=True), Column(title=_("state")), Column(title=_("commitment"))]
    console.show_table("", columns, [(one.slot, translate(state_text(one)), digest(one.commitment)) for one in records])


@click.command(cls=Command)
@click.argument("slot")
@json_option
@click.pass_obj
def show(app: App, slot: str, *, as_json: bool) -> None:
    """Show where a draw stands: commitment, quotas, sources, seed, result.

    \b
    Example:
      inspect-cli draw show 2026-12/1
    """
    console = Console(language=app.language)
    with Store.open(app.store_url).reading() as session:
        record = acts.require_draw(session, Slot(slot))
    if as_json:
        console.show_json(draw_data(record))
    else:
        show_draw(console, record, read_bureau(app.config))


def state_text(record: DrawRecord) -> Message:
    """Say where a draw stands."""
    match record.state:
        case DrawState.COMMITTED:
            return say("committed, waits for its seed")
        case DrawState.SEEDED:
            return say("has its seed, not drawn yet")
        case DrawState.DRAWN:
            return say("drawn")
        case DrawState.VOID:
            return say("void: {reason}", reason=record.void_reason)


def draw_data(record: DrawRecord) -> dict[str, Any]:
    """Give what ``--json`` shows of a draw: stable keys, documented in docs/json.md; absent where not known yet."""
    commitment = parse_commitment(record.commitment)
    frame = commitment.frame
    data: dict[str, Any] = {
        "slot": record.slot,
        "period": record.period,
        "state": record.state.value,
        "commitment": digest(record.commitment),
        "frame": {
            name: {"count": listing.count, "root": listing.root}
            for name, listing in (
                ("entities", frame.entities),
                ("inspectors", frame.inspectors),
                ("excluded", frame.excluded),
            )
        },
        "excluded": dict(_excluded(record)),
        "quotas": [
            {"domain": one.domain, "stratum": one.stratum, "size": one.size, "take": one.take}
            for one in commitment.quotas
        ],
        "combine": commitment.combine.value,
        "days": list(commitment.days),
        "sources": [promise_values(source) for source in commitment.sources],
    }
    if record.seed is not None:
        data["values"] = [entry.value for entry in acts.stored_entropy(record)]
        data["seed"] = record.seed
    if record.result is not None:
        result = parse_result(record.result)
        data |= {"drawn": len(result.selection), "visits": len(result.visits), "open": _open_count(result)}
    if record.void_reason is not None:
        data["void_reason"] = record.void_reason
    return data


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


def _show_quotas(console: Console, commitment: Commitment, bureau: Bureau) -> None:
    columns = [
        Column(title=_("domain")),
        Column(title=_("stratum")),
        Column(title=_("base"), is_number=True),
        Column(title=_("due"), is_number=True),
    ]
    rows = [
        (bureau.domain_label(one.domain, current()), one.stratum, str(one.size), str(one.take))
        for one in commitment.quotas
    ]
    console.show_line()
    console.show_table(_("Quotas"), columns, rows)


def _show_exclusions(console: Console, record: DrawRecord) -> None:
    excluded = _excluded(record)
    if not excluded:
        return
    columns = [Column(title=_("reason")), Column(title=_("rows"), is_number=True)]
    rows = [(REASONS[Reason(reason)].text(current()), str(count)) for reason, count in excluded.items()]
    console.show_line()
    console.show_table(_("Excluded"), columns, rows)


def _excluded(record: DrawRecord) -> dict[str, int]:
    found = Counter(row.reason for row in parse_excluded_rows(record.excluded))
    return {reason.value: found[reason] for reason in Reason if found[reason]}


def _show_sources(console: Console, record: DrawRecord, commitment: Commitment) -> None:
    values = [entry.value for entry in acts.stored_entropy(record)] or [_("not known yet")] * len(commitment.sources)
    console.show_line()
    console.show_line(_("Sources of the seed"), Tone.HEADING)
    for source, value in zip(commitment.sources, values, strict=True):
        kind = SOURCES[kind_of(source)].text(current())
        console.show_pairs([(_("source"), f"{kind}: {source.name}"), (_("known from"), source.at), (_("value"), value)])


def _show_result(console: Console, result: Result) -> None:
    checks = sum(len(visit.domains) for visit in result.visits)
    drawn = sum(len(selected.drawn) for selected in result.selection)
    console.show_line(
        say(
            "{visits} visits, drawn for {drawn} checks of a domain, {checks} are made; {open} visits are open",
            visits=len(result.visits),
            drawn=drawn,
            checks=checks,
            open=_open_count(result),
        )
    )


def _open_count(result: Result) -> int:
    return sum(visit.open is not None for visit in result.visits)
