"""The act of taking private fields out of a registry: who took them, when, which and how many. An export without them is no act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspect_cli.core.people import Role, require_role
from inspect_cli.storage.act_log import Act, add_act

if TYPE_CHECKING:
    from inspect_cli.core.people import Actor, Person
    from inspect_cli.storage.act_log import JSON
    from inspect_cli.storage.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What leaves the store: the command's noun, the file's name, how many rows, and which private fields."""

    noun: str
    file: str
    rows: int
    fields: tuple[str, ...]


def require_exporter(people: tuple[Person, ...], actor: Actor) -> None:
    """Refuse (``RefusedError``) whoever is no operator: telephones and reasons are the operators' business alone."""
    require_role(people, actor.name, Role.OPERATOR)


def log_export(store: Store, actor: Actor, people: tuple[Person, ...], taken: Taken) -> None:
    """Write into the log that private fields were taken out; the values themselves are not in it. Raises as ``require_exporter``."""
    require_exporter(people, actor)
    with store.transaction() as session:
        detail: dict[str, JSON] = {"rows": taken.rows, "fields": list(taken.fields)}
        add_act(session, actor, Act(act=f"{taken.noun} export", subject=taken.file, detail=detail))
