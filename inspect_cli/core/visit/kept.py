"""A visit's outcome as the text that a version of it is kept as, and back. Keeping it is ``storage``'s matter."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from inspect_cli.core.names import Domain, MatterId
from inspect_cli.core.visit.follow_up import parse_follow_up, render_follow_up
from inspect_cli.core.visit.outcome import DomainOutcome, MatterOutcome, Outcome
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.errors import UsageMistake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Read = TypeVar("Read")


def render_outcome(outcome: Outcome) -> str:
    """Render an outcome as JSON: equal outcomes give equal texts."""
    domains = [
        {"domain": each.domain, **_plain(each), "matters": _plain_matters(each.matters)} for each in outcome.domains
    ]
    return _write({"visited_on": outcome.visited_on.isoformat(), "domains": domains})


def parse_outcome(text: str) -> Outcome:
    """Parse what ``render_outcome`` wrote; ``ValueError`` where it is something else, or has no domain."""
    return _parse(text, _read_outcome)


def render_matters(matters: Iterable[MatterOutcome]) -> str:
    """Render the outcomes of a domain's matters as JSON."""
    return _write(_plain_matters(matters))


def parse_matters(text: str) -> tuple[MatterOutcome, ...]:
    """Parse what ``render_matters`` wrote; ``ValueError`` where it is something else."""
    return _parse(text, lambda kept: tuple(map(_read_matter, kept)))


def _parse(text: str, read: Callable[[Any], Read]) -> Read:
    """Read a JSON text; whatever is wrong with it is a ``ValueError``."""
    try:
        return read(json.loads(text))
    except (KeyError, TypeError, RecursionError, UsageMistake) as error:
        raise ValueError(text) from error


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


def _read_outcome(kept: dict[str, Any]) -> Outcome:
    domains = tuple(map(_read_domain, kept["domains"]))
    if not domains:
        raise ValueError(kept)
    return Outcome(visited_on=date.fromisoformat(kept["visited_on"]), domains=domains)


def _read_domain(kept: dict[str, Any]) -> DomainOutcome:
    matters = tuple(map(_read_matter, kept["matters"]))
    return DomainOutcome(domain=Domain(_read_text(kept["domain"])), **_read(kept), matters=matters)


def _read_matter(kept: dict[str, Any]) -> MatterOutcome:
    return MatterOutcome(matter=MatterId(_read_text(kept["matter"])), **_read(kept))


def _read(kept: dict[str, Any]) -> dict[str, Any]:
    finding, follow_up = kept["finding"], kept["follow_up"]
    return {
        "result": ResultClass(kept["result"]),
        "method": Method(kept["method"]),
        "finding": None if finding is None else _read_text(finding),
        "follow_up": None if follow_up is None else parse_follow_up(_read_text(follow_up)),
    }


def _read_text(kept: object) -> str:
    if not isinstance(kept, str):
        raise TypeError(kept)
    return kept
