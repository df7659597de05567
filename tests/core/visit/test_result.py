"""Result classes, methods, and which result a company has."""

from __future__ import annotations

from itertools import combinations

import pytest

from inspect_cli.core.visit.result import SEVERITY, Label, Method, ResultClass, find_worst

# As the field writes them (检查结果公示); typed in from the published list, not from the code.
PUBLISHED = {
    1: "未发现问题",
    2: "未按规定公示应当公示的信息",
    3: "公示信息隐瞒真实情况、弄虚作假",
    4: "通过登记的住所(经营场所)无法联系",
    5: "发现问题已责令改正",
    6: "不配合检查情节严重",
    7: "未发现开展本次抽查涉及的经营活动",
    8: "发现问题待后续处理",
    9: "已关闭停业或正在组织清算",
    10: "注销",
    11: "被吊销",
    12: "被撤销",
    13: "迁出",
}


def test_classes_are_the_published_ones() -> None:
    """CLASS-1: thirteen classes, numbered and worded as the published list has them, each with an English name of its own."""
    assert {each.value: each.label.zh for each in ResultClass} == PUBLISHED
    assert len({each.label.en for each in ResultClass}) == 13


def test_every_class_has_one_place_in_the_order_of_severity() -> None:
    """CLASS-2: the order holds each class once, so that of any two results one is worse."""
    assert sorted(SEVERITY) == list(ResultClass)
    assert SEVERITY[0] is ResultClass.NO_PROBLEM
    assert SEVERITY[-1] is ResultClass.UNCOOPERATIVE


@pytest.mark.parametrize(
    ("results", "worst"),
    [
        ((1,), 1),
        ((1, 7), 7),
        ((1, 5), 5),
        ((5, 1, 8), 8),
        ((8, 3), 3),
        ((3, 6), 6),
        ((2, 5), 5),
        ((4, 5), 4),
        ((10, 10), 10),
    ],
)
def test_worst_result_wins(results: tuple[int, ...], worst: int) -> None:
    """CLASS-2: the company has the worst of its domains' results, in whatever order they stand."""
    assert find_worst(map(ResultClass, results)) == worst
    assert find_worst(map(ResultClass, reversed(results))) == worst


def test_the_worst_of_two_is_one_of_them() -> None:
    """CLASS-2: of every pair the worst is a member of the pair, and the same both ways round."""
    for left, right in combinations(ResultClass, 2):
        assert find_worst((left, right)) is find_worst((right, left))
        assert find_worst((left, right)) in {left, right}


def test_classes_of_a_company_that_is_gone() -> None:
    """CLASS-3: exactly the classes 9 to 13 say that the company itself is gone."""
    assert [each.value for each in ResultClass if each.is_gone] == [9, 10, 11, 12, 13]


def test_methods_have_official_words() -> None:
    """The methods of a check are called as the rules call them."""
    words = [method.label.zh for method in Method]
    assert words == ["实地检查", "书面检查", "网络监测", "检验检测", "采用其他机构的检查结果"]


def test_a_label_speaks_the_language_that_is_asked_for() -> None:
    """A label gives its Chinese word for zh and its English word for en."""
    label = Label(zh="注销", en="deregistered")
    assert (label.text("zh"), label.text("en")) == ("注销", "deregistered")
