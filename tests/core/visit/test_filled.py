"""What a visit sheet claims that was filled in, and every mistake in it with its cell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.names import MatterId
from inspect_cli.core.visit.filled import find_layout_mistakes, read_claims
from inspect_cli.core.visit.filled_words import parse_kind, parse_method, parse_result
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.result import Method, ResultClass
from inspect_cli.errors import InputError
from tests.visit_papers import LABOUR, PLACE, SAFETY, fill_row, fill_sheet, make_sheet

if TYPE_CHECKING:
    from inspect_cli.core.visit.filled import FilledSheet

SHEET = make_sheet()
GOOD = (fill_row("domain:labour", result="1"), fill_row("domain:safety", result="1"))


def _mistakes(filled: FilledSheet) -> list[tuple[str, int | None, str | None]]:
    """Give what is wrong: the sentence, the row and the column."""
    _claims, mistakes = read_claims(SHEET, SHEET.name, filled)
    return [(str(one.what), one.where.row, one.where.column) for one in mistakes]


@pytest.mark.parametrize("each", list(ResultClass))
def test_every_result_by_number_and_by_words(each: ResultClass) -> None:
    """FILLED-3: number, number as a spreadsheet writes it, words in either language, both, whatever their width and size."""
    zh, en = each.label.zh, each.label.en
    for text in (
        f"{each.value}",
        f"{each.value}.0",
        f"{each.value} {zh}",
        f"{each.value}.{en}",
        zh,
        en.upper(),
        f"{each.value}、{zh}",
    ):
        assert parse_result(text) is each
    assert parse_result("".join(chr(ord(digit) + 0xFEE0) for digit in str(each.value))) is each


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("无法联系", 4),
        ("责令改正", 5),
        ("不配合检查", 6),
        ("注销", 10),
        ("吊销", 11),
        ("cannot be reached", 4),
        ("8 发现问题", 8),
    ],
)
def test_a_part_of_the_words_that_only_one_result_has(text: str, each: int) -> None:
    """FILLED-3: a part is enough where no other result's words hold it."""
    assert parse_result(text) is ResultClass(each)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("0", "not the number"),
        ("14", "not the number"),
        ("1.5", "two different"),
        ("5 未发现问题", "two different"),
        ("发现问题", "several"),
        ("公示", "several"),
        ("题", "is no result"),
        ("很好", "is no result"),
        ("2026-12-01", "not the number"),
        ("1 2", "several"),
        ("1\n3", "several"),
        ("1　0", "several"),
        ("检查", "is no result"),
        ("情况", "is no result"),
        ("严重", "is no result"),
    ],
)
def test_what_is_no_result(text: str, word: str) -> None:
    """FILLED-3: other numbers, words of none or of several, and number and words that differ are refused."""
    with pytest.raises(InputError, match=word):
        parse_result(text)


def test_methods_and_follow_ups_by_their_words() -> None:
    """FILLED-3: a method or a follow-up is known by its word in either language and by its name on the command line."""
    for method in Method:
        assert {parse_method(word) for word in (method.value, method.label.zh, method.label.en.upper())} == {method}
    for kind in FollowUpKind:
        assert {parse_kind(word) for word in (kind.value, kind.label.zh, kind.label.en)} == {kind}
    for word, method in (("现场检查", Method.ON_SITE), ("网络", Method.ONLINE), ("on-site", Method.ON_SITE)):
        assert parse_method(word) is method
    for word, kind in (
        ("责令改正", FollowUpKind.RECTIFY),
        ("转日常监管", FollowUpKind.SUPERVISION),
        ("case", FollowUpKind.CASE),
    ):
        assert parse_kind(word) is kind
    for word in ("电话", "检", "检查", "查实地"):
        with pytest.raises(InputError, match="not a method"):
            parse_method(word)
    with pytest.raises(InputError, match="not a follow-up"):
        parse_kind("罚款")


def test_claims_by_domain_and_by_matter() -> None:
    """FILLED-2: a domain's row speaks for all of its matters that say nothing of their own."""
    matter = fill_row(
        "L-01", result="5", method="书面检查", finding="两份\n缺失", follow_up="责令限期改正", until="2026-12-31"
    )
    whole = fill_row("domain:labour", result="1", finding="无")
    claims, mistakes = read_claims(SHEET, SHEET.name, fill_sheet(whole, matter, GOOD[1], on="2026-12-01"))
    assert mistakes == ()
    assert claims.results == {LABOUR: ResultClass(1), SAFETY: ResultClass(1)}
    assert (claims.on, claims.methods, claims.findings, claims.follow_ups) == (date(2026, 12, 1), {}, {}, {})
    number = MatterId("L-01")
    assert claims.of_matters.results == {number: ResultClass(5)}
    assert claims.of_matters.methods == {number: Method.WRITTEN}
    assert claims.of_matters.findings == {number: "两份 缺失"}
    assert claims.of_matters.follow_ups == {number: FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, 31))}


def test_a_dash_says_nothing() -> None:
    """FILLED-2: a sheet with dashes alone is an empty one, and an empty day is the planned one."""
    assert fill_sheet().is_blank
    assert fill_sheet(fill_row("L-01", result="-", finding="——", until="/")).is_blank
    assert not fill_sheet(fill_row("L-01", finding="门锁着")).is_blank
    claims, _none = read_claims(SHEET, SHEET.name, fill_sheet(*GOOD, on="—"))
    assert claims.on is None


def test_results_that_are_missing() -> None:
    """FILLED-2: a domain of which nothing is said is told once, in its own row; else each matter without a result."""
    told = "nothing says what was found in this domain"
    lacking = "the matter has no result, and its domain has none"
    assert _mistakes(fill_sheet(fill_row("L-01", 13, result="1"))) == [(lacking, 22, "result"), (told, 23, "result")]
    assert _mistakes(fill_sheet(GOOD[1])) == [(told, 20, "result")]
    assert _mistakes(fill_sheet(fill_row("L-01", 13, finding="缺"), GOOD[1])) == [
        (lacking, 13, "result"),
        (lacking, 22, "result"),
    ]


def test_deadlines_go_with_orders() -> None:
    """FILLED-4: an order without a day, a day without an order, a day beside another follow-up, and what is no written day are refused."""
    order = "责令限期改正"
    for texts, what, column in (
        ({"follow_up": order}, "an order to rectify has a last day", "until"),
        ({"until": "2026-12-31"}, "only an order to rectify has a last day", "until"),
        ({"follow_up": "无需后续处置", "until": "2026-12-31"}, "only an order to rectify has a last day", "until"),
        ({"follow_up": order, "until": "46387"}, "46387 is a spreadsheet's count of days", "until"),
        ({"follow_up": order, "until": "12-31"}, "12-31 is not a day", "until"),
    ):
        row = fill_row("domain:labour", 13, result="5", **texts)
        assert _mistakes(fill_sheet(row, GOOD[1])) == [(what, 13, column)]


def test_rows_that_are_not_the_visits() -> None:
    """FILLED-1: a row of another matter, one that is there twice and one that is missing are mistakes; so is another company's name."""
    strange = fill_sheet(*GOOD, fill_row("Z-99", 30, result="1"), fill_row("L-01", 31), fill_row("L-01", 32))
    assert _mistakes(strange) == [("the visit has no such row", 30, "key"), ("the row is there twice", 32, "key")]
    short = fill_sheet(*GOOD)
    short = type(short)(
        **{field: getattr(short, field) for field in ("where", "layout", "slot", "entity", "name", "on")},
        rows=short.rows[:-1],
    )
    assert _mistakes(short) == [("rows are missing: L-02", None, None)]
    assert _mistakes(fill_sheet(*GOOD, name="别家厂")) == [("the sheet was made for 示例第1厂", 2, "name")]


def test_a_sheet_of_another_layout_is_not_read() -> None:
    """FILLED-1: another layout, or key cells that are empty, are told before anything else."""
    assert find_layout_mistakes(fill_sheet()) == ()
    (other,) = find_layout_mistakes(fill_sheet(layout="visit-sheet-v2"))
    assert (str(other.what), other.value) == ("this is no visit sheet of the layout visit-sheet-v1", "visit-sheet-v2")
    empty = find_layout_mistakes(fill_sheet(slot="", entity=""))
    assert [(str(one.what), one.where.column) for one in empty] == [
        ("the cell is empty", "slot"),
        ("the cell is empty", "entity"),
    ]
    assert empty[0].where.sheet == PLACE.sheet


def test_a_control_character_in_a_finding_is_refused() -> None:
    """What is found is kept as it is written, so that what cannot be seen in it is a mistake."""
    (mistake,) = _mistakes(fill_sheet(fill_row("domain:labour", 13, result="1", finding="a\x07b"), GOOD[1]))
    assert mistake[1:] == (13, "finding")
