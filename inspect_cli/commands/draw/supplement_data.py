"""What a supplement would be as data, and how its people and companies are called; on the screen it is ``supplement_screen``'s matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspect_cli.core.draw.supplement.reach import find_reach
from inspect_cli.core.schedule import find_name
from inspect_cli.storage.numbers import find_numbers
from inspect_cli.storage.registries import find_inspectors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from inspect_cli.acts.draw.prospect import Prospect
    from inspect_cli.core.draw.supplement.reach import Reach
    from inspect_cli.core.names import EntityId, InspectorId


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """How people and companies are called, by their ids."""

    people: Mapping[InspectorId, str]
    entities: Mapping[EntityId, str]

    def person(self, id: InspectorId) -> str:
        """Give somebody's number and name."""
        return f"{id} {self.people.get(id, '')}".strip()

    def entity(self, id: EntityId) -> str:
        """Give a company's id and frozen name."""
        return f"{id} {self.entities.get(id, '')}".strip()


def read_directory(session: Session, prospect: Prospect) -> Directory:
    """Read the names that go with a prospect; a company is named by its number of today too, which the books have."""
    numbers = find_numbers(session)
    names = {row.id: find_name(row) for row in prospect.chain.first.frame.entities}
    return Directory(
        people={person.id: person.name for person in find_inspectors(session, include_retired=True)},
        entities={numbers.current(number): name for number, name in names.items()} | names,
    )


def prospect_data(prospect: Prospect, directory: Directory) -> dict[str, Any]:
    """Give what ``--preview --json`` shows: stable keys, documented in docs/json.md."""
    reach, drawn = reach_of(prospect), prospect.drawn_days()
    return {
        "slot": prospect.slot,
        "amends": prospect.amends.slot,
        "days": list(prospect.affected.days),
        "visits": [
            {
                "entity": change.entity,
                "name": directory.entities.get(change.entity, ""),
                "day": drawn[change.entity],
                "left": list(change.left),
                "closed": list(change.closed),
                "reason": change.reason,
                "days": reach[change.entity].days,
                "possible": reach[change.entity].possible,
                "people": reach[change.entity].people,
            }
            for change in prospect.affected.changes
        ],
        "absent": [{"id": one.id, "days": list(one.days), "reason": one.reason} for one in prospect.affected.absent],
        "added": [one.row.id for one in prospect.request.added],
        "leave": [
            {"inspector": one.inspector, "first": one.first.isoformat(), "last": one.last.isoformat()}
            for one in prospect.leave
        ],
        "recusals": [{"inspector": one.inspector, "entity": one.entity} for one in prospect.recusals],
        "closures": [
            {"entity": one.entity, "first": one.first.isoformat(), "last": one.last.isoformat()}
            for one in prospect.closures
        ],
        "stuck": [{"entity": entity, "reason": reason} for entity, reason in prospect.affected.stuck],
        "unaided": [{"expert": expert, "entity": entity} for expert, entity in prospect.affected.unaided],
    }


def reach_of(prospect: Prospect) -> dict[EntityId, Reach]:
    """Find for each visit that is drawn again on how many days, and by how many people, it could be made."""
    made = prospect.supplement
    return {one.entity: one for one in find_reach(made.commitment, made.frame)}
