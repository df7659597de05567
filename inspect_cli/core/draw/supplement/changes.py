"""What a supplementary draw names: the result that it amends, the visits that change, who cannot work, who is new.

What lives here: the form of the commitment's key ``amends``. What does not: whether what it names is true to the draws
before it (``amend``).

SUPP-1  ``amends`` names the digest of the last result, ``changes`` sorted by entity (each with who left and which days
        are closed, sorted lists, not both filled, and a reason), ``absent`` sorted by id (with at least one day, and a
        reason), ``added`` sorted by id (with a reason). No other keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.draw.fields import is_sorted
from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.errors import say

if TYPE_CHECKING:
    from inspect_cli.core.draw.fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A visit that is drawn again: for whoever ``left`` it, or as a whole where nobody did."""

    entity: EntityId
    reason: str
    left: tuple[InspectorId, ...] = ()
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody of the roster who cannot work on ``days``."""

    id: InspectorId
    days: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Somebody who is new on the roster; their row stands in the supplement's frame."""

    id: InspectorId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amends:
    """The key ``amends`` of a supplement's commitment."""

    result: str
    changes: tuple[Change, ...]
    absent: tuple[Absence, ...] = ()
    added: tuple[Addition, ...] = ()


def parse_amends(fields: Fields) -> Amends:
    """Read the key ``amends``; raises ``InputError`` where SUPP-1 does not hold."""
    fields.require_known(("result", "changes", "absent", "added"))
    changes = tuple(_parse_change(item) for item in fields.nested_list("changes"))
    absent = tuple(_parse_absence(item) for item in fields.nested_list("absent"))
    added = tuple(_parse_addition(item) for item in fields.nested_list("added"))
    for key, ids in (
        ("changes", [change.entity for change in changes]),
        ("absent", [absence.id for absence in absent]),
        ("added", [addition.id for addition in added]),
    ):
        if not is_sorted(ids):
            raise fields.fault(key, say("this list is not sorted, or names something twice"))
    return Amends(result=fields.digest("result"), changes=changes, absent=absent, added=added)


def amends_values(amends: Amends) -> dict[str, object]:
    """Give the keys of ``amends`` as a commitment holds them."""
    changes = [{"entity": c.entity, "left": c.left, "closed": c.closed, "reason": c.reason} for c in amends.changes]
    absent = [{"id": a.id, "days": a.days, "reason": a.reason} for a in amends.absent]
    added = [{"id": a.id, "reason": a.reason} for a in amends.added]
    return {"result": amends.result, "changes": changes, "absent": absent, "added": added}


def _parse_change(fields: Fields) -> Change:
    fields.require_known(("entity", "left", "closed", "reason"))
    change = Change(
        entity=EntityId(fields.identifier("entity")),
        reason=fields.text("reason"),
        left=tuple(map(InspectorId, fields.sorted_ids("left"))),
        closed=fields.sorted_days("closed"),
    )
    if change.left and change.closed:
        raise fields.fault("closed", say("a change names who left or which days are closed, not both"))
    return change


def _parse_absence(fields: Fields) -> Absence:
    fields.require_known(("id", "days", "reason"))
    identifier = InspectorId(fields.identifier("id"))
    return Absence(id=identifier, days=fields.sorted_days("days", least=1), reason=fields.text("reason"))


def _parse_addition(fields: Fields) -> Addition:
    fields.require_known(("id", "reason"))
    return Addition(id=InspectorId(fields.identifier("id")), reason=fields.text("reason"))
