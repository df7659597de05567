"""What stands in the store about a draw, as ``--json`` shows it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from inspect_cli.acts.draw.freeze import chance_data
from inspect_cli.acts.draw.frozen import stored_entropy
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.promise import promise_values
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.draw.rows import Reason, parse_excluded_rows
from inspect_cli.core.publish.further import provisional_years

if TYPE_CHECKING:
    from inspect_cli.core.draw.result import Result
    from inspect_cli.storage.draws import DrawRecord


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
        "excluded": dict(count_exclusions(record)),
        "quotas": [
            {"domain": one.domain, "stratum": one.stratum, "size": one.size, "take": one.take}
            for one in commitment.quotas
        ],
        "combine": commitment.combine.value,
        "days": list(commitment.days),
        "sources": [promise_values(source) for source in commitment.sources],
        "chance": chance_data(commitment.sources),
    }
    if provisional := provisional_years(commitment):
        data["provisional"] = list(provisional)
    if record.seed is not None:
        data["values"] = [entry.value for entry in stored_entropy(record)]
        data["seed"] = record.seed
    if record.result is not None:
        result = parse_result(record.result)
        data |= {"drawn": len(result.selection), "visits": len(result.visits), "open": count_open(result)}
    if record.void_reason is not None:
        data["void_reason"] = record.void_reason
    return data


def count_exclusions(record: DrawRecord) -> dict[str, int]:
    """Count a draw's excluded rows by reason, reasons that do not occur left out."""
    found = Counter(row.reason for row in parse_excluded_rows(record.excluded))
    return {reason.value: found[reason] for reason in Reason if found[reason]}


def count_open(result: Result) -> int:
    """Count the visits that have no day."""
    return sum(visit.open is not None for visit in result.visits)
