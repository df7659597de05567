"""A visit's outcome as the text that a version of it is kept as, and back. Keeping it is ``storage``'s matter."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from inspect_cli.core.names import Domain, MatterId
from inspect_cli.core.visit.follow_up import parse_follow_up, render_follow_up
from inspect_cli.core.visit.outcome import DomainOutcome, MatterOutcome, Outcome
from inspect_cli.core.visit.result import Method, ResultClass

if TYPE_CHECKING:
    from collections.abc import Iterable


def render_outcome(outcome: Outcome) -> str:
    """Render an outcome as JSON: equal outcomes give equal texts."""
    domains = [
        {"domain": each.domain, **_plain(each), "matters": _plain_matters(each.matters)} for each in outcome.domains
    ]
    return _write({"visited_on": outcome.visited_on.isoformat(), "domains": domains})


def parse_outcome(text: str) -> Outcome:
    """Parse what ``render_outcome`` wrote."""
    kept = json.loads(text)
    return Outcome(
        visited_on=date.fromisoformat(kept["visited_on"]),
        domains=tuple(
            DomainOutcome(
                domain=Domain(each["domain"]), **_read(each), matters=tuple(map(_read_matter, each["matters"]))
            )
            for each in kept["domains"]
        ),
    )


def render_matters(matters: Iterable[MatterOutcome]) -> str:
    """Render the outcomes of a domain's matters as JSON."""
    return _write(_plain_matters(matters))


def parse_matters(text: str) -> tuple[MatterOutcome, ...]:
    """Parse what ``render_matters`` wrote."""
    return tuple(map(_read_matter, json.loads(text)))


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain_matters(matters: Iterable[MatterOutcome]) -> list[dict[str, object]]:
    return [{"matter": each.matter, **_plain(each)} for each in matters]


def _plain(each: DomainOutcome | MatterOutcome) -> dict[str, object]:
    return {
        "result": each.result.value,
        "method": each.method.value,
        "finding": each.finding,
        "follow_up": None if each.follow_up is None else render_follow_up(each.follow_up),
    }


def _read(kept: dict[str, Any]) -> dict[str, Any]:
    return {
        "result": ResultClass(kept["result"]),
        "method": Method(kept["method"]),
        "finding": kept["finding"],
        "follow_up": None if kept["follow_up"] is None else parse_follow_up(kept["follow_up"]),
    }


def _read_matter(kept: dict[str, Any]) -> MatterOutcome:
    return MatterOutcome(matter=MatterId(kept["matter"]), **_read(kept))
