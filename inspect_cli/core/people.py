"""Who acts, when, and by whose leave: roles, the person who acts, and the second person whom some acts need."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import RefusedError, Term, UsageMistake, say

if TYPE_CHECKING:
    from datetime import date, datetime

    from inspect_cli.errors import Message


class Role(StrEnum):
    """What a person of the bureau may do."""

    OPERATOR = "operator"
    APPROVER = "approver"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"

    @property
    def word(self) -> Term:
        """Give the role as a person reads it."""
        return _WORDS[self]


_FILLERS: Final = "\u115f\u1160\u3164"
"""Letters by their category (fillers of Hangul) of which nothing is seen."""

_WORDS: Final = {
    Role.OPERATOR: Term(zh="操作员", en="operator"),
    Role.APPROVER: Term(zh="审批人", en="approver"),
    Role.PUBLISHER: Term(zh="公示员", en="publisher"),
    Role.AUDITOR: Term(zh="审计员", en="auditor"),
}


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
                say("{name} does not have the role {role}", name=name, role=role.word), hint=_who_else(people, role)
            )
    raise RefusedError(
        say("{name} is not listed among the people of the bureau", name=name), hint=_who_else(people, role)
    )


def _who_else(people: tuple[Person, ...], role: Role) -> Message:
    """Say who has a role, and how one gets it."""
    holders = tuple(person.name for person in people if role in person.roles)
    if not holders:
        return say("nobody has the role {role}: add it under [people] in inspect.toml", role=role.value)
    return say(
        "who has it: {names}; name one with --as or --approver, or add the role {role} under [people] in inspect.toml",
        names=holders,
        role=role.value,
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
    """Say whether two names are one person's, however they are spaced, pointed and sized, and whatever in them cannot be seen."""
    return _fold(one) == _fold(other)


def _fold(name: str) -> str:
    """Give a name as it is compared: its letters and digits alone, so that no space, width or invisible sign makes a second person."""
    signs = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in signs if sign.isalnum() and sign not in _FILLERS)
