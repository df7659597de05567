"""Roles, and the second person whom some acts need."""

from __future__ import annotations

from datetime import datetime

import pytest

from inspect_cli.core.people import Actor, Approval, Person, Role, require_role, require_second_person
from inspect_cli.errors import RefusedError, UsageMistake

PEOPLE = (
    Person(name="甲", roles=(Role.OPERATOR,)),
    Person(name="乙", roles=(Role.APPROVER, Role.PUBLISHER)),
    Person(name="Li Wei", roles=(Role.OPERATOR, Role.APPROVER)),
)


INVISIBLE = "\u200b\u200d\ufeff\u00ad\u202e\ufe0f\u3164\uffa0\u115f\u0000\u00b7"
"""Signs of which a reader sees nothing, or next to nothing."""


def _actor(name: str = "甲") -> Actor:
    clock = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
    return Actor(name=name, clock=clock, day=clock.date())


def _approval(approver: str = "乙", reason: str = "seed-mistyped") -> Approval:
    return Approval(approver=approver, reason=reason)


@pytest.mark.parametrize("role", [Role.APPROVER, Role.PUBLISHER])
def test_somebody_listed_with_the_role_may_act(role: Role) -> None:
    """Each role of a person counts, not only the first."""
    require_role(PEOPLE, "乙", role)


def test_somebody_without_the_role_is_refused() -> None:
    """A person who is listed with other roles is told which one is missing."""
    with pytest.raises(RefusedError, match="甲 does not have the role approver") as refused:
        require_role(PEOPLE, "甲", Role.APPROVER)
    assert str(refused.value.hint).startswith("who has it: 乙, Li Wei; name one with --as")


def test_a_role_that_nobody_has_is_told() -> None:
    """Where there is nobody to turn to, the settings are named."""
    with pytest.raises(RefusedError) as refused:
        require_role(PEOPLE, "甲", Role.AUDITOR)
    assert str(refused.value.hint) == "nobody has the role auditor: add it under [people] in inspect.toml"


@pytest.mark.parametrize("name", ["丙", "", "甲 ", "li wei"])
def test_somebody_who_is_not_listed_is_refused(name: str) -> None:
    """A name counts as it is written in the settings, to the letter."""
    with pytest.raises(RefusedError, match="not listed"):
        require_role(PEOPLE, name, Role.OPERATOR)


def test_where_nobody_is_listed_anybody_may_act() -> None:
    """A bureau that has not listed its people yet can work."""
    require_role((), "丙", Role.OPERATOR)


def test_a_listed_approver_other_than_the_actor_may_approve() -> None:
    """Two people, the second an approver, are enough."""
    require_second_person(PEOPLE, _actor(), _approval())


@pytest.mark.parametrize("people", [PEOPLE, ()], ids=["listed", "nobody-listed"])
@pytest.mark.parametrize(
    "approver", ["Li Wei", "li wei", " Li  Wei ", "Ｌｉ Ｗｅｉ", *(f"Li Wei{sign}" for sign in INVISIBLE)]
)
def test_nobody_approves_an_act_of_their_own(people: tuple[Person, ...], approver: str) -> None:
    """The actor's own name does not become another person's by its spaces, its size, its width or what cannot be seen in it."""
    with pytest.raises(RefusedError, match="cannot approve an act of their own"):
        require_second_person(people, _actor("Li Wei"), _approval(approver))


def test_the_second_person_needs_the_role_of_an_approver() -> None:
    """An operator cannot approve another operator's act."""
    with pytest.raises(RefusedError, match="甲 does not have the role approver"):
        require_second_person(PEOPLE, _actor("Li Wei"), _approval("甲"))


@pytest.mark.parametrize("approval", [_approval(approver=" "), _approval(reason=""), _approval(reason="\u3000")])
def test_an_approval_names_a_person_and_a_reason(approval: Approval) -> None:
    """An approval without a name or without a reason is none, even where nobody is listed."""
    with pytest.raises(UsageMistake, match="names a person and a reason"):
        require_second_person((), _actor(), approval)
