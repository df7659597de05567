"""Domains by the rules of the settings."""

from __future__ import annotations

import pytest

from inspect_cli.core.bureau import Applicable
from inspect_cli.core.names import Domain
from inspect_cli.core.registry.applicable import lay_out_rules
from inspect_cli.core.registry.criteria import Kind
from inspect_cli.errors import InputError

LABOUR, SAFETY, HEALTH, FIRE = map(Domain, ("labour", "safety", "health", "fire"))
RULES = lay_out_rules(
    (
        Applicable(industries=("C", "E47"), domains=(LABOUR, SAFETY)),
        Applicable(industries=("H",), sizes=("大", "中"), domains=(HEALTH,)),
        Applicable(sizes=("大",), domains=(FIRE,)),
        Applicable(tags=("危化品", "高危"), domains=(FIRE, SAFETY)),
        Applicable(industries=("五金店",), domains=(HEALTH,)),
    )
)


def kind(industry: str | None = None, size: str | None = None, *tags: str) -> Kind:
    """Give what a rule can ask for."""
    return Kind(industry=industry, size=size, tags=tags)


@pytest.mark.parametrize(
    ("asked", "domains"),
    [
        (kind("C33金属制品业", "小"), (LABOUR, SAFETY)),
        (kind("E4710"), (LABOUR, SAFETY)),
        (kind("E50"), ()),
        (kind("H62餐饮业", "中"), (HEALTH,)),
        (kind("H62餐饮业", "小"), ()),
        (kind("H62餐饮业"), ()),
        (kind("H62餐饮业", "大"), (FIRE, HEALTH)),
        (kind(None, "大型"), (FIRE,)),
        (kind("C制造业", "大", "危化品"), (FIRE, LABOUR, SAFETY)),
        (kind(None, None, "老字号", "危化品"), (FIRE, SAFETY)),
        (kind(None, None, "危化 品"), (FIRE, SAFETY)),
        (kind("五金店"), (HEALTH,)),
        (kind("CNC加工"), ()),
        (kind(), ()),
    ],
)
def test_domains_of_all_rules_that_hold(asked: Kind, domains: tuple[Domain, ...]) -> None:
    """APPLY-1, APPLY-2, APPLY-3: each condition is met by one of its values, codes by prefix; what holds is taken together, sorted."""
    assert RULES.derive_domains(asked) == domains
    assert RULES.derive_domains(asked) == domains


def test_rule_that_names_nothing_holds_for_all() -> None:
    """APPLY-1: a rule without conditions gives its domains to everybody."""
    rules = lay_out_rules((Applicable(domains=(SAFETY,)),))
    assert rules.derive_domains(kind()) == rules.derive_domains(kind("A01", "微", "x")) == (SAFETY,)


def test_no_rule_is_no_domain() -> None:
    """APPLY-4: an entity that no file and no rule gives a domain is refused, with both ways out."""
    assert RULES.require_domains(kind("C33")) == (LABOUR, SAFETY)
    with pytest.raises(InputError, match="no rule") as caught:
        RULES.require_domains(kind("A01"))
    assert "适用领域" in str(caught.value.hint)
    assert "inspect.toml" in str(caught.value.hint)


def test_rules_do_not_share_what_they_know() -> None:
    """Two sets of rules answer each for itself."""
    assert lay_out_rules((Applicable(domains=(SAFETY,)),)).derive_domains(kind("C33")) == (SAFETY,)
    assert lay_out_rules(()).derive_domains(kind("C33")) == ()
