"""``disclosure.json`` of ``public-v1``: the visits of a draw that everybody may see, each with the proof of its row; the rest in numbers.

What lives here: its values, from and to canonical bytes. What does not: which visits may be shown (``acts.draw.disclose``), how it is
made from a draw (``disclose``), and whether what it says holds (``core.verify.disclosed``).

PUBLIC-1  One canonical object without other keys: format, the digests of commitment and result, entropy and seed as in the result,
          counts, cut-offs sorted by (domain, stratum), and visits in the order of their tickets, no ticket and no entity twice. No team.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from inspect_cli.core.canonical import render_canonical
from inspect_cli.core.draw.disclosure.proof import Proved, parse_proved, proved_values
from inspect_cli.core.draw.fields import parse_object
from inspect_cli.core.draw.seed import Entropy, entropy_values, parse_entropy
from inspect_cli.core.names import Domain
from inspect_cli.errors import say

if TYPE_CHECKING:
    from inspect_cli.core.draw.commitment import Commitment
    from inspect_cli.core.draw.fields import Fields

DISCLOSURE = "disclosure.json"

_KEYS = ("format", "commitment", "result", "entropy", "seed", "counts", "cutoffs", "visits")
_VISIT_KEYS = ("row", "index", "path", "ticket", "drawn", "domains", "day", "day_ticket")


class PublicFormat(StrEnum):
    """The formats of a public bundle."""

    PUBLIC_V1 = "public-v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many entities were drawn, how many visits follow, how many of them have no day, and how many visits are shown."""

    selected: int
    visits: int
    open: int
    shown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """The highest ticket that was drawn for a quota."""

    domain: Domain
    stratum: str
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVisit:
    """A visit with its entity's row, ticket, the domains that it was drawn for, those that are checked, day and day ticket."""

    proved: Proved
    ticket: str
    drawn: tuple[Domain, ...]
    domains: tuple[Domain, ...]
    day: str
    day_ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDisclosure:
    """The values of ``disclosure.json``; ``commitment`` and ``result`` are digests."""

    commitment: str
    result: str
    entropy: tuple[Entropy, ...]
    seed: str
    counts: Counts
    cut_offs: tuple[CutOff, ...]
    visits: tuple[ShownVisit, ...]
    format: PublicFormat = PublicFormat.PUBLIC_V1


def parse_disclosure(data: bytes, commitment: Commitment) -> PublicDisclosure:
    """Read ``disclosure.json`` beside its commitment; raises ``InputError`` where PUBLIC-1 or SHOWN-1 does not hold."""
    fields = parse_object(data, DISCLOSURE)
    fields.require_known(_KEYS)
    return PublicDisclosure(
        format=fields.choice("format", PublicFormat),
        commitment=fields.digest("commitment"),
        result=fields.digest("result"),
        entropy=tuple(parse_entropy(item) for item in fields.nested_list("entropy")),
        seed=fields.digest("seed"),
        counts=_parse_counts(fields.nested("counts")),
        cut_offs=_parse_cut_offs(fields),
        visits=_parse_visits(fields, commitment),
    )


def render_disclosure(disclosure: PublicDisclosure) -> bytes:
    """Give the canonical bytes of a disclosure."""
    counts = disclosure.counts
    values = {
        "format": disclosure.format,
        "commitment": disclosure.commitment,
        "result": disclosure.result,
        "entropy": [entropy_values(entry) for entry in disclosure.entropy],
        "seed": disclosure.seed,
        "counts": {
            "selected": counts.selected,
            "visits": counts.visits,
            "open": counts.open,
            "shown": counts.shown,
        },
        "cutoffs": [
            {"domain": one.domain, "stratum": one.stratum, "cutoff": one.ticket} for one in disclosure.cut_offs
        ],
        "visits": [_visit_values(visit) for visit in disclosure.visits],
    }
    return render_canonical(values)


def _parse_counts(fields: Fields) -> Counts:
    fields.require_known(("selected", "visits", "open", "shown"))
    return Counts(
        selected=fields.whole("selected", least=0),
        visits=fields.whole("visits", least=0),
        open=fields.whole("open", least=0),
        shown=fields.whole("shown", least=0),
    )


def _parse_cut_offs(fields: Fields) -> tuple[CutOff, ...]:
    found = []
    for item in fields.nested_list("cutoffs"):
        item.require_known(("domain", "stratum", "cutoff"))
        ticket = item.digest("cutoff")
        found.append(CutOff(domain=Domain(item.text("domain")), stratum=item.text("stratum"), ticket=ticket))
    if any((left.domain, left.stratum) >= (right.domain, right.stratum) for left, right in pairwise(found)):
        raise fields.fault("cutoffs", say("this list is not sorted, or names something twice"))
    return tuple(found)


def _parse_visits(fields: Fields, commitment: Commitment) -> tuple[ShownVisit, ...]:
    visits = tuple(_parse_visit(item, commitment) for item in fields.nested_list("visits"))
    is_sorted = all(left.ticket < right.ticket for left, right in pairwise(visits))
    if not is_sorted or len({visit.proved.row.id for visit in visits}) != len(visits):
        raise fields.fault("visits", say("this list is not sorted, or names something twice"))
    return visits


def _parse_visit(fields: Fields, commitment: Commitment) -> ShownVisit:
    fields.require_known(_VISIT_KEYS)
    return ShownVisit(
        proved=parse_proved(fields, commitment),
        ticket=fields.digest("ticket"),
        drawn=tuple(map(Domain, fields.sorted_texts("drawn"))),
        domains=tuple(map(Domain, fields.sorted_texts("domains"))),
        day=fields.day("day"),
        day_ticket=fields.digest("day_ticket"),
    )


def _visit_values(visit: ShownVisit) -> dict[str, Any]:
    return proved_values(visit.proved) | {
        "ticket": visit.ticket,
        "drawn": visit.drawn,
        "domains": visit.domains,
        "day": visit.day,
        "day_ticket": visit.day_ticket,
    }
