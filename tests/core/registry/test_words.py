"""The words for domains, kinds of visit and weights of matters."""

from __future__ import annotations

import pytest

from inspect_cli.core.bureau import DomainLabel
from inspect_cli.core.names import Domain
from inspect_cli.core.registry.ledger import VisitKind
from inspect_cli.core.registry.words import (
    domain_words,
    fold_word,
    is_gone,
    parse_domain,
    parse_domains,
    parse_risk_class,
    parse_size,
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


@pytest.mark.parametrize(
    "text",
    [
        "安全 劳动",
        "劳动/安全生产",
        "劳动＋人社＋应急管理",
        "安全和劳动",
        "勞動與安全",
        "安全\n劳动",
        "安全 /\u3000劳动、安全",
        "safety & labour",
        "·安全·劳动·",
    ],
)
def test_domains_are_joined_by_less_where_all_are_known(text: str) -> None:
    """REG-12: a blank, a slash or an "and" joins domains where every part is a known word."""
    assert parse_domains(text, WORDS) == (LABOUR, SAFETY)


@pytest.mark.parametrize("text", ["安全 消防", "劳动/消防", "安全和", "和"])
def test_unknown_part_is_refused_as_a_whole(text: str) -> None:
    """REG-12: where one part is unknown the word is refused as it stands, and none of it is taken."""
    with pytest.raises(InputError, match="is no domain"):
        parse_domains(text, WORDS)


def test_word_that_holds_a_joint_is_itself() -> None:
    """REG-12: an alias with a slash or a blank in it is that alias first."""
    words = domain_words((DomainLabel(domain=SAFETY, zh="安全", en="work and safety", aliases=("劳动/安全",)),))
    assert parse_domains("劳动/安全", words) == parse_domains("Work and Safety", words) == (SAFETY,)


def test_words_are_compared_in_either_script() -> None:
    """REG-14: traditional characters name what the simplified ones name, and a picture of a tick is the tick."""
    assert parse_domain("勞動", WORDS) == LABOUR
    assert parse_domain("應急管理", WORDS) == SAFETY
    assert parse_visit_kind("專項檢查") is VisitKind.SPECIAL
    assert parse_weight("重點事項")
    assert fold_word("✔\ufe0f ＡＢ網格") == "✔ab网格"


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
    [
        ("A", "A"),
        (" b ", "B"),
        ("Ｃ级", "C"),
        ("d類", "D"),
        ("A级企业", "A"),
        ("E", "E"),
        ("AA", "AA"),
        ("较高\u200b风险", "较高风险"),
    ],
)
def test_risk_class(text: str, risk_class: str) -> None:
    """REG-15: A to D are their letters in every dress, and other classes stay what they are."""
    assert parse_risk_class(text) == risk_class


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("大", "大"), ("大型", "大"), ("中型企业", "中"), ("小企业", "小"), (" 微 型", "微"), ("微型企業", "微"),
        ("Medium", "中"), ("MICRO", "微"),
        ("小微", "小微"), ("规模以上", "规模以上"), ("个体\u200b工商户", "个体工商户"),
    ],
)  # fmt: skip
def test_size(text: str, size: str) -> None:
    """REG-21: the four sizes in every dress, and other words as labels: 小微 is not guessed to be one of the two."""
    assert parse_size(text) == size


@pytest.mark.parametrize(
    ("status", "gone"),
    [
        ("存续", False), ("在业", False), ("开业", False), ("正常", False), ("active", False), ("迁入", False),
        ("注销", True), ("已註銷", True), ("吊销，未注销", True), ("撤销登记", True),
        ("存续（未注销）", False), ("迁出", True), ("停业", True), ("歇业", True), ("Revoked", True),
        ("被撤銷", True), ("已关闭停业或正在组织清算", True), ("Deregistered", True), ("Moved out", True), ("In liquidation", True),
    ],
)  # fmt: skip
def test_status(status: str, gone: bool) -> None:
    """REG-22: what means that a company is there no more is known, in either script."""
    assert is_gone(status) == gone
