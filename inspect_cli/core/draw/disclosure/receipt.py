"""``receipt-v1``: one company's own part of a draw, drawn, not drawn or excluded, in one small file.

What lives here: its values, from and to canonical bytes. What does not: when a company may have it (``acts.draw.disclose``), how it is
made (``disclose``), and whether what it says holds (``core.verify.disclosed``).

RECEIPT-1  One canonical object without other keys: format, the whole commitment, entropy and seed as in the result, the entity's id, and
           its rows. All rows are that entity's.
RECEIPT-2  In the frame it has its row, its ticket, what it was drawn for, and its standings sorted by domain; then its exclusions are
           domains that the row does not have, sorted. Not in the frame it has one exclusion, and that one names no domain (ROWS-7).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from inspect_cli.core.canonical import parse_canonical, render_canonical
from inspect_cli.core.draw.commitment import Commitment, parse_commitment, render_commitment
from inspect_cli.core.draw.disclosure.proof import (
    Excluded,
    Proved,
    parse_proved,
    parse_proved_exclusion,
    proved_values,
)
from inspect_cli.core.draw.fields import parse_object
from inspect_cli.core.draw.rows import excluded_order
from inspect_cli.core.draw.seed import Entropy, entropy_values, parse_entropy
from inspect_cli.core.names import Domain, EntityId
from inspect_cli.errors import say

if TYPE_CHECKING:
    from inspect_cli.core.draw.fields import Fields

RECEIPT = "receipt.json"
"""What a receipt is called in messages: it is one file, under whatever name."""

_KEYS = ("format", "commitment", "entropy", "seed", "entity", "frame", "excluded")


class ReceiptFormat(StrEnum):
    """The formats of a receipt."""

    RECEIPT_V1 = "receipt-v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the entity stands in a quota that takes somebody: its rank from 1, and the highest ticket that was drawn."""

    domain: Domain
    stratum: str
    rank: int
    cut_off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InFrame:
    """The entity in the frame: its row, its ticket, the domains that it was drawn for (perhaps none), its standings."""

    proved: Proved
    ticket: str
    drawn: tuple[Domain, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The values of a receipt. ``frame`` is None where the entity was not in the frame."""

    commitment: Commitment
    entropy: tuple[Entropy, ...]
    seed: str
    entity: EntityId
    frame: InFrame | None
    excluded: tuple[Excluded, ...]
    format: ReceiptFormat = ReceiptFormat.RECEIPT_V1


def parse_receipt(data: bytes) -> Receipt:
    """Read a receipt; raises ``InputError`` where RECEIPT-1, RECEIPT-2 or SHOWN-1 does not hold, or the commitment is refused."""
    fields = parse_object(data, RECEIPT)
    fields.require_known(_KEYS)
    sealed = fields.nested("commitment")
    commitment = parse_commitment(render_canonical(dict(sealed.values)))
    receipt = Receipt(
        format=fields.choice("format", ReceiptFormat),
        commitment=commitment,
        entropy=tuple(parse_entropy(item) for item in fields.nested_list("entropy")),
        seed=fields.digest("seed"),
        entity=EntityId(fields.identifier("entity")),
        frame=_parse_frame(fields.nested("frame"), commitment) if "frame" in fields.values else None,
        excluded=_parse_exclusions(fields),
    )
    _require_own(fields, receipt)
    return receipt


def render_receipt(receipt: Receipt) -> bytes:
    """Give the canonical bytes of a receipt."""
    values: dict[str, Any] = {
        "format": receipt.format,
        "commitment": parse_canonical(render_commitment(receipt.commitment)),
        "entropy": [entropy_values(entry) for entry in receipt.entropy],
        "seed": receipt.seed,
        "entity": receipt.entity,
    }
    if receipt.excluded:
        values["excluded"] = [proved_values(one) for one in receipt.excluded]
    frame = receipt.frame
    if frame is not None:
        values["frame"] = proved_values(frame.proved) | {
            "ticket": frame.ticket,
            "drawn": frame.drawn,
            "standings": [
                {"domain": one.domain, "stratum": one.stratum, "rank": one.rank, "cutoff": one.cut_off}
                for one in frame.standings
            ],
        }
    return render_canonical(values)


def _parse_frame(fields: Fields, commitment: Commitment) -> InFrame:
    fields.require_known(("row", "index", "path", "ticket", "drawn", "standings"))
    standings = []
    for item in fields.nested_list("standings"):
        item.require_known(("domain", "stratum", "rank", "cutoff"))
        standings.append(
            Standing(
                domain=Domain(item.text("domain")),
                stratum=item.text("stratum"),
                rank=item.whole("rank", least=1),
                cut_off=item.digest("cutoff"),
            )
        )
    if any(left.domain >= right.domain for left, right in pairwise(standings)):
        raise fields.fault("standings", say("this list is not sorted, or names something twice"))
    return InFrame(
        proved=parse_proved(fields, commitment),
        ticket=fields.digest("ticket"),
        drawn=tuple(map(Domain, fields.sorted_texts("drawn"))),
        standings=tuple(standings),
    )


def _parse_exclusions(fields: Fields) -> tuple[Excluded, ...]:
    if "excluded" not in fields.values:
        return ()
    excluded = tuple(parse_proved_exclusion(item) for item in fields.nested_list("excluded"))
    if not excluded:
        raise fields.fault("excluded", say("this list is empty"))
    return excluded


def _require_own(fields: Fields, receipt: Receipt) -> None:
    """Refuse rows of another entity, and rows that cannot stand beside each other (RECEIPT-2)."""
    rows = [one.row for one in receipt.excluded]
    inside = None if receipt.frame is None else receipt.frame.proved.row
    if any(row.id != receipt.entity for row in rows) or (inside is not None and inside.id != receipt.entity):
        raise fields.fault("entity", say("a row is that of another entity"))
    orders = [excluded_order(row) for row in rows]
    if any(left >= right for left, right in pairwise(orders)):
        raise fields.fault("excluded", say("this list is not sorted, or names something twice"))
    if inside is None:
        if [row.domain for row in rows] != [None]:
            raise fields.fault(
                "excluded", say("an entity that is not in the frame has one exclusion, without a domain")
            )
        return
    for row in rows:
        if row.domain is None:
            raise fields.fault("excluded", say("{entity} is both excluded and in the frame", entity=row.id))
        if row.domain in inside.domains:
            what = say(
                "the domain {domain} of {entity} is not left out of a row of the frame",
                domain=row.domain,
                entity=row.id,
            )
            raise fields.fault("excluded", what)
