"""The words for domains, kinds of visit and weights of matters."""

from __future__ import annotations

import pytest

from inspect_cli.core.bureau import DomainLabel
from inspect_cli.core.names import Domain
from inspect_cli.core.registry.ledger import VisitKind
from inspect_cli.core.registry.words import (
    domain_words,
    parse_domain,
    parse_domains,
    parse_risk_class,
    parse_visit_kind,
    parse_weight,
)
from inspect_cli.errors import InputError

LABOUR, SAFETY = Domain("labour"), Domain("safety")
WORDS = domain_words(
    (
        DomainLabel(domain=SAFETY, zh="安全", en="safety", aliases=("安全生产", "应急管理")),
        DomainLabel(domain=LABOUR, zh="劳动", en="labour", aliases=("人社", "安全")),
    )
)


def test_domains_are_sorted_and_counted_once() -> None:
    """REG-12: names, labels and aliases name the same domain, and the tuple is sorted."""
    assert parse_domains("安全生产、劳动；safety，人社", WORDS) == (LABOUR, SAFETY)


def test_words_are_compared_as_read() -> None:
    """REG-14: width, case, blanks and invisible characters make no difference."""
    assert parse_domain(" ＬＡＢＯＵＲ\u200b ", WORDS) == LABOUR
    assert parse_domain("安 全", WORDS) == SAFETY


def test_shared_word_names_the_first() -> None:
    """REG-12: an alias that is another domain's label keeps that label's meaning."""
    assert parse_domain("安全", WORDS) == SAFETY


def test_unknown_domain_is_refused_with_those_that_exist() -> None:
    """REG-12: an unknown word is named, and so are the domains of the bureau, by their Chinese labels."""
    with pytest.raises(InputError, match="消防 is no domain") as caught:
        parse_domains("安全、消防", WORDS)
    assert "安全, 劳动" in str(caught.value.hint)
    with pytest.raises(InputError, match="no domain is named"):
        parse_domains(" 、", WORDS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("综合检查", VisitKind.COMBINED),
        ("日常检查", VisitKind.ROUTINE),
        ("双随机抽查", VisitKind.ROUTINE),
        ("专项检查", VisitKind.SPECIAL),
        ("投诉举报", VisitKind.COMPLAINT),
        ("上级交办", VisitKind.ASSIGNED),
        ("监测线索", VisitKind.TIP),
        ("整改复查", VisitKind.RECHECK),
        ("Re-Check", VisitKind.RECHECK),
        ("企业申请", VisitKind.REQUEST),
        ("许可核查", VisitKind.LICENSING),
        ("应急处置", VisitKind.EMERGENCY),
        *((kind.value, kind) for kind in VisitKind),
    ],
)
def test_kind_of_visit(text: str, kind: VisitKind) -> None:
    """REG-13: the field's words and the code's names for each kind are understood."""
    assert parse_visit_kind(text) is kind


def test_unknown_kind_is_refused() -> None:
    """REG-13: a kind that is not known is never taken for one that does not count."""
    with pytest.raises(InputError, match="串门 is no kind of visit"):
        parse_visit_kind("串门")


def test_weight_of_a_matter() -> None:
    """REG-14: 重点 is key, 一般 is ordinary, and anything else is refused."""
    assert parse_weight("重点检查事项")
    assert parse_weight(" 重 点")
    assert not parse_weight("一般")
    with pytest.raises(InputError, match="neither an ordinary nor a key"):
        parse_weight("其他")


@pytest.mark.parametrize(
    ("text", "risk_class"),
    [("A", "A"), (" b ", "B"), ("Ｃ级", "C"), ("d类", "D"), ("E", "E"), ("较高\u200b风险", "较高风险")],
)
def test_risk_class(text: str, risk_class: str) -> None:
    """REG-15: A to D are their letters in every dress, and other classes stay what they are."""
    assert parse_risk_class(text) == risk_class
