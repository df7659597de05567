"""Who acts, when, and by whose leave: roles, the person who acts, and the second person whom some acts need."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inspect_cli.errors import RefusedError, UsageMistake, say

if TYPE_CHECKING:
    from datetime import date, datetime


class Role(StrEnum):
    """What a person of the bureau may do."""

    OPERATOR = "operator"
    APPROVER = "approver"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom ``inspect.toml`` names, with their roles."""

    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: the name (a claim), the machine's clock (aware), and the day that the rules use."""

    name: str
    clock: datetime
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The second person's leave for an act, with the reason's code."""

    approver: str
    reason: str


def require_role(people: tuple[Person, ...], name: str, role: Role) -> None:
    """Refuse (``RefusedError``) unless ``name`` is listed with ``role``; with an empty list anybody may act."""
    if not people:
        return
    for person in people:
        if person.name == name:
            if role in person.roles:
                return
            raise RefusedError(
                say("{name} does not have the role {role}", name=name, role=role.value),
                hint=say(
                    "name somebody who has it with --as or --approver, or add the role to [people] in inspect.toml"
                ),
            )
    raise RefusedError(
        say("{name} is not listed among the people of the bureau", name=name),
        hint=say("add the name under [people] in inspect.toml, or name somebody listed with --as or --approver"),
    )


def require_second_person(people: tuple[Person, ...], actor: Actor, approval: Approval) -> None:
    """Refuse (``RefusedError``) unless the approver is another person than the actor and has the role of approver.

    Raises ``UsageMistake`` where the approval names nobody or no reason.
    """
    if not approval.approver.strip() or not approval.reason.strip():
        raise UsageMistake(
            say("an approval names a person and a reason"), hint=say("give both: --approver NAME --reason CODE")
        )
    if is_same_person(approval.approver, actor.name):
        raise RefusedError(
            say("{name} cannot approve an act of their own", name=actor.name),
            hint=say("an act that needs a second person takes --approver NAME with another name"),
        )
    require_role(people, approval.approver, Role.APPROVER)


def is_same_person(one: str, other: str) -> bool:
    """Say whether two names are one person's, however they are spaced and whatever size or width their letters have."""
    return _fold(one) == _fold(other)


def _fold(name: str) -> str:
    """Give a name as it is compared, so that nobody becomes a second person by another space, size or width of letters."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
