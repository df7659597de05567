"""The chain that a draw belongs to: a first draw and its supplements, and what each of them changed, by reasons and numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from inspect_cli.commands.draw.cause_words import cause_words
from inspect_cli.commands.draw.screen import state_text
from inspect_cli.console import Column, Console
from inspect_cli.core.draw.commitment import parse_commitment, require_amends
from inspect_cli.core.draw.supplement.changes import amends_values
from inspect_cli.errors import Message, say
from inspect_cli.language import _, join_clauses, translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspect_cli.storage.draws import DrawRecord


def show_chain(console: Console, lineage: Sequence[DrawRecord]) -> None:
    """Print a chain of more than one draw: each with its state and what it changed."""
    if len(lineage) < 2:  # noqa: PLR2004 - a first draw alone is no chain
        return
    columns = [
        Column(title=_("slot"), is_key=True),
        Column(title=_("state"), is_wrapped=True),
        Column(title=_("what it changed"), is_wrapped=True),
    ]
    rows = [(record.slot, translate(state_text(record)), join_clauses(_what_it_changed(record))) for record in lineage]
    console.show_line()
    console.show_table(_("Chain of draws"), columns, rows)


def chain_data(lineage: Sequence[DrawRecord]) -> dict[str, Any]:
    """Give the chain as ``--json`` shows it; nothing for a first draw alone."""
    chain = [
        {"slot": record.slot, "state": record.state.value}
        | ({} if record.amends is None else {"amends": record.amends} | _counts(record))
        for record in lineage
    ]
    return {"chain": chain} if len(chain) > 1 else {}


def amends_data(record: DrawRecord) -> dict[str, Any]:
    """Give what a supplement names, as its commitment does, with the slot that it amends; nothing for a first draw."""
    if record.amends is None:
        return {}
    named = amends_values(require_amends(parse_commitment(record.commitment)))
    return {"amends": {"slot": record.amends} | named}


def _counts(record: DrawRecord) -> dict[str, Any]:
    amends = require_amends(parse_commitment(record.commitment))
    return {
        "visits": dict(sorted(Counter(change.reason for change in amends.changes).items())),
        "absent": dict(sorted(Counter(absence.reason for absence in amends.absent).items())),
        "added": len(amends.added),
    }


def _what_it_changed(record: DrawRecord) -> Iterator[Message]:
    if record.amends is None:
        yield say("first draw")
        return
    counts = _counts(record)
    for reason, count in counts["visits"].items():
        yield say("drawn again: {count} ({reason})", count=count, reason=cause_words(reason))
    for reason, count in counts["absent"].items():
        yield say("absent: {count} ({reason})", count=count, reason=cause_words(reason))
    if counts["added"]:
        yield say("new on the roster: {count}", count=counts["added"])
