"""A row that is shown alone, with its place in its list and the path that leads from it to the list's root.

What lives here: the values, from and to the keys of a disclosure, the form of a row that has no list around it, and whether rows
lead to the root of their list. What does not: what else is shown beside a row (``public``, ``receipt``), and verdicts (``core.verify``).

SHOWN-1  A shown row is a row of its list, whole: it keeps ROWS-2 or ROWS-4, its days are days of the commitment, and only in a
         supplementary draw does it name a team (of distinct people, at most ``team.max``) or an expert.
SHOWN-2  Beside it stand its index in the list, from 0, and its RFC 6962 audit path, nearest first.
SHOWN-3  It stands in its list when the path leads to the root that was committed to. Lists are sorted: of two shown rows of one list the
         later one in the order of ROWS-1 has the higher index.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from inspect_cli.core.canonical import parse_canonical
from inspect_cli.core.draw.entity_row import parse_entity, render_entity
from inspect_cli.core.draw.fields import is_digest
from inspect_cli.core.draw.rows import ENTITIES, EXCLUDED, excluded_order, parse_excluded, render_excluded
from inspect_cli.core.merkle import leaf, root_from_path
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspect_cli.core.draw.commitment import Commitment, Listing
    from inspect_cli.core.draw.entity_row import EntityRow
    from inspect_cli.core.draw.fields import Fields
    from inspect_cli.core.draw.rows import ExcludedRow
    from inspect_cli.errors import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row stands in its list: its index from 0, and the hashes from it to the root, nearest first (SHOWN-2)."""

    index: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """A row of the frame and its place."""

    row: EntityRow
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A row of ``excluded.jsonl`` and its place."""

    row: ExcludedRow
    place: Place


def parse_proved(fields: Fields, commitment: Commitment) -> Proved:
    """Read ``row``, ``index`` and ``path`` of an entity; raises ``InputError`` where SHOWN-1 or the form of SHOWN-2 does not hold."""
    inner = fields.nested("row")
    row = parse_entity(inner)
    for day in row.days or ():
        if day not in commitment.days:
            raise inner.fault("days", say("{day} is not a day of the commitment", day=day))
    team = row.team or ()
    if commitment.amends is None and (row.team is not None or row.expert is not None):
        key = "expert" if row.team is None else "team"
        raise inner.fault(key, say("only a supplementary draw can name a team or an expert"))
    if len(set(team)) != len(team) or len(team) > commitment.team.max:
        raise inner.fault("team", say("the team names somebody twice, or more people than a team can have"))
    return Proved(row=row, place=_parse_place(fields))


def parse_proved_exclusion(fields: Fields) -> Excluded:
    """Read ``row``, ``index`` and ``path`` of an exclusion, and nothing else; raises ``InputError``."""
    fields.require_known(("row", "index", "path"))
    return Excluded(row=parse_excluded(fields.nested("row")), place=_parse_place(fields))


def proved_values(proved: Proved | Excluded) -> dict[str, Any]:
    """Give the keys of a shown row."""
    return {"row": parse_canonical(_line(proved)), "index": proved.place.index, "path": proved.place.path}


def entities_fault(listing: Listing, shown: Sequence[Proved]) -> Message | None:
    """Say which shown entity does not stand in the list that was committed to (SHOWN-3), or None."""
    ordered = sorted(shown, key=lambda one: one.row.id)
    return _list_fault(ENTITIES, listing, ordered)


def exclusions_fault(listing: Listing, shown: Sequence[Excluded]) -> Message | None:
    """Say which shown exclusion does not stand in the list that was committed to (SHOWN-3), or None."""
    ordered = sorted(shown, key=lambda one: excluded_order(one.row))
    return _list_fault(EXCLUDED, listing, ordered)


def _list_fault(file: str, listing: Listing, ordered: Sequence[Proved | Excluded]) -> Message | None:
    for one in ordered:
        try:
            found = root_from_path(leaf(_line(one)), one.place.index, listing.count, one.place.path)
        except InputError as error:
            return say("the row of {entity} in {file}: {fault}", entity=one.row.id, file=file, fault=error.what)
        if found != listing.root:
            return say(
                "the row of {entity} leads to the root {found} of {file}, committed was {expected}",
                entity=one.row.id,
                found=found,
                file=file,
                expected=listing.root,
            )
    for left, right in pairwise(ordered):
        if left.place.index >= right.place.index:
            return say(
                "{file} is not sorted: {left} stands behind {right}", file=file, left=left.row.id, right=right.row.id
            )
    return None


def _line(proved: Proved | Excluded) -> bytes:
    """Give the canonical bytes of the row, of which its leaf is made."""
    return render_entity(proved.row) if isinstance(proved, Proved) else render_excluded(proved.row)


def _parse_place(fields: Fields) -> Place:
    path = fields.texts("path")
    if not all(map(is_digest, path)):
        raise fields.fault("path", say("this is not a SHA-256 digest of 64 lower-case hex digits"))
    return Place(index=fields.whole("index", least=0), path=path)
