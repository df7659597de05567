"""The list of matters, the plans and a month's statistics whole, in both languages, and with names that programs like to obey."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from inspect_cli.core.bureau import Caps, Limit
from inspect_cli.core.names import Domain, MatterId, Period
from inspect_cli.core.plan.plan import Scope, Share
from inspect_cli.core.plan.year.progress import Target
from inspect_cli.core.publish.all_views import sign_view
from inspect_cli.core.publish.deadline import Punctuality
from inspect_cli.core.publish.matter_list import view_matters
from inspect_cli.core.publish.plan_notice import KeptYear, PlannedDraw, view_plan, view_year_plan
from inspect_cli.core.publish.view import Amendment
from inspect_cli.core.visit.result import Label
from inspect_cli.files.documents.formats import DocumentFormat, render_document
from inspect_cli.widths import visible
from tests.core.publish.test_periodic import (
    DONE,
    PLANNED,
    YEAR_PLAN,
    make_matter,
    make_numbers,
    make_plan,
    show_month,
)
from tests.files.documents.pages import Page
from tests.files.documents.papers import make_document, make_markdown, make_page
from tests.files.documents.test_html import LANGUAGES
from tests.files.documents.test_text import HOSTILE
from tests.sample_draw import BUREAU, FURTHER, SAFETY, make_sample

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from inspect_cli.core.publish.all_views import NoticeView

MATTERS: Final = (
    make_matter(
        "L-01",
        name="劳动用工检查",
        content="劳动合同签订、工资支付",
        object_type="用人单位",
        method="实地检查",
        ratio="3%",
        frequency="1次/年",
        source_of_power="法定",
        remarks="联合抽查",
        visits_a_year=2,
    ),
    make_matter(
        "S-01",
        domain=SAFETY,
        name="安全生产检查",
        is_key=True,
        of_industries=("C26",),
        of_tags=("危化",),
        valid_from=date(2026, 7, 1),
        remarks="新增",
    ),
    make_matter("S-02", domain=SAFETY, frequency="每年1次33%", visits_a_year=1, valid_until=date(2026, 9, 30)),
)
SCOPE: Final = Scope(fields=(("zone", ("东片",)), ("risk_class", ("C", "D")), ("id", ("E-1", "E-2"))))
NUMBERED: Final = ("matters", "plan", "year", "statistics")


def _plan_view(*scopes: Scope) -> NoticeView:
    draws = tuple(PlannedDraw(commitment=make_sample().commitment, plan=make_plan(scope=scope)) for scope in scopes)
    return view_plan(BUREAU, Period("2026-12"), draws)


def _year_view() -> NoticeView:
    caps = Caps(domains=((SAFETY, Limit(number=2, basis="安全规定")),))
    kept = KeptYear(plan=YEAR_PLAN, version=1, text=b"year", matters=MATTERS)
    return view_year_plan(replace(BUREAU, caps=caps), kept)


def make_periodic(kind: str) -> tuple[str, NoticeView]:
    """Make a view as it is published, and name its template."""
    match kind:
        case "matters":
            view: NoticeView = view_matters(BUREAU, "2026", MATTERS, YEAR_PLAN)
        case "plan":
            view = _plan_view(Scope(), SCOPE)
        case "year":
            view = _year_view()
        case _:
            before = make_numbers(DONE, PLANNED, PLANNED, punctuality=Punctuality(in_time=1, late=0, open_late=0))
            view = show_month(before)
    return "plan" if kind == "year" else kind, sign_view(view, "示综执抽查〔2026〕3号", date(2026, 12, 8))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NUMBERED)
def test_notices_as_markdown(kind: str, language: str, snapshot: SnapshotAssertion) -> None:
    """Each notice reads as it was last reviewed."""
    template, view = make_periodic(kind)
    assert make_markdown(template, view, language) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_drafts_with_nothing_beside_them(language: str, snapshot: SnapshotAssertion) -> None:
    """A list of one day without a year's plan, and a month with no year before it: no number, and no empty table."""
    views: dict[str, NoticeView] = {
        "matters": view_matters(BUREAU, "2026-08-01", (make_matter("L-01"), make_matter("L-02", ratio="5%")), None),
        "statistics": show_month(),
    }
    assert [make_markdown(kind, view, language) for kind, view in views.items()] == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NUMBERED)
def test_every_notice_says_where_to_complain_and_how_to_verify(kind: str, language: str) -> None:
    """PUBLISH-4: telephone, address and the verifying command, number, signature and date stand on each in both languages."""
    template, view = make_periodic(kind)
    document = make_document(template, view, language)
    text = Page(make_page(template, view, language)).text
    assert "0510-86000000" in text
    assert "示例镇人民路1号" in text
    assert "inspect-cli verify" in text
    assert document.front.number == "示综执抽查〔2026〕3号"
    assert document.front.signature == (BUREAU.name if language == "zh" else BUREAU.name_en)
    assert document.front.date == ("2026年12月8日" if language == "zh" else "8 December 2026")
    assert document.front.has_seal
    assert document.front.is_landscape is (kind == "matters")


@pytest.mark.parametrize(("language", "word"), [("zh", "（草稿，未编号）"), ("en", "(draft, without number)")])
def test_a_draft_says_that_it_is_one(language: str, word: str) -> None:
    """A view that was not published has no number, and its paper says so."""
    kept = KeptYear(plan=YEAR_PLAN, version=1, text=b"", matters=())
    drafts = (
        ("matters", view_matters(BUREAU, "2026", MATTERS, None)),
        ("plan", _plan_view(Scope())),
        ("plan", view_year_plan(BUREAU, kept)),
        ("statistics", show_month()),
    )
    assert {make_document(kind, view, language).front.number for kind, view in drafts} == {word}


@pytest.mark.parametrize(("language", "word"), [("zh", "停止公示"), ("en", "withdrawn")])
@pytest.mark.parametrize("kind", NUMBERED)
def test_a_later_version_says_so(kind: str, language: str, word: str) -> None:
    """ISSUE-3: what changed a notice since stands on it before all else."""
    template, view = make_periodic(kind)
    amendment = Amendment(
        day=date(2027, 1, 8), action=Label(zh="停止公示", en="withdrawn"), document="示综执抽查〔2027〕1号"
    )
    amended = replace(view, head=replace(view.head, amendments=(amendment,)))  # type: ignore[arg-type]  # each has its own kind of head
    text = Page(make_page(template, amended, language)).text
    assert word in text
    assert "示综执抽查〔2027〕1号" in text


def test_the_tables_of_a_month_are_counted_right() -> None:
    """PUBLISH-20: the published tables hold the numbers that were counted by hand, and the ends add up to what was drawn."""
    _, view = make_periodic("statistics")
    page = Page(make_page("statistics", view, "zh"))
    assert page.table("抽查任务") == [["2026-12/1", "4", "3", "3", "3", "0"]]
    ends = page.table("去向")
    assert ends[-1] == ["合计", "2"]
    assert sum(int(count) for _, count in ends[:-1]) == 2
    assert page.table("指标")[0] == ["完成率", "已公示的检查结果 ÷ 抽中户次", "1", "2", "50.0%"]
    assert page.table("指标", number=1)[0] == ["应抽取（户次）", "3", "3", "+0"]


def test_a_plan_names_nobody() -> None:
    """PUBLISH-18: a draw that is targeted by number says how many, in both languages, and no number stands on the paper."""
    for language, words in (
        ("zh", "按编号选定的 2 户（不公布名单）"),
        ("en", "2 objects chosen by number (not published)"),
    ):
        text = Page(make_page("plan", _plan_view(SCOPE), language)).text
        assert words in text
        assert "E-1" not in text
        assert "E-2" not in text


def _hostile_views(name: str) -> dict[str, NoticeView]:
    """Put a name into every text that somebody can write."""
    settings = replace(
        BUREAU,
        name=name,
        name_en=name,
        complaints=replace(BUREAU.complaints, telephone=name, address=name),
        visits_a_year=Limit(number=4, basis=name),
    )
    words = dict.fromkeys(("name", "basis", "content", "object_type", "method", "ratio", "frequency", "remarks"), name)
    matter = make_matter("x", **words, source_of_power=name)
    matters = (replace(matter, id=MatterId(name), domain=Domain(name)), make_matter("y", of_sizes=(name,)))
    target = Target(domain=Domain(name), stratum=name, basis=name, ratio="0.05")
    year = replace(YEAR_PLAN, targets=(target,))
    further = {
        "plan": {**FURTHER["plan"], "name": name, "type": "targeted"},
        "matters": [{"id": name, "name": name, "domain": name}],
    }
    commitment = make_sample(further=further).commitment
    quota = replace(commitment.quotas[0], domain=Domain(name), stratum=name)
    plan = make_plan(
        scope=Scope(fields=(("zone", (name,)), ("size", (name,)))),
        shares=(Share(domain=Domain(name), stratum=name, ratio="0.05"),),
    )
    draw = PlannedDraw(commitment=replace(commitment, quotas=(quota,)), plan=plan)
    kept = KeptYear(plan=year, version=1, text=b"", matters=matters)
    return {
        "matters": view_matters(settings, "2026", matters, year),
        "plan": view_plan(settings, Period("2026-12"), (draw,)),
        "year": view_year_plan(settings, kept),
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_shown_as_text(name: str) -> None:
    """A matter, plan, zone, stratum, basis or bureau of any wording adds no element to the page, and is read as it stands."""
    plain = _hostile_views("x")
    for kind, view in _hostile_views(name).items():
        template = "plan" if kind == "year" else kind
        page, expected = Page(make_page(template, view, "zh")), Page(make_page(template, plain[kind], "zh"))
        assert page.tags == expected.tags
        assert [len(table) for table in page.tables] == [len(table) for table in expected.tables]
        assert page.comments == []
        assert visible(name).strip() in page.text
        assert "\u202e" not in page.text


@pytest.mark.parametrize("kind", NUMBERED)
def test_every_format_can_be_made(kind: str) -> None:
    """Each notice is made in each format, twice to the same bytes (PUBLISH-8)."""
    template, view = make_periodic(kind)
    documents = (make_document(template, view, "zh"),)
    for form in DocumentFormat:
        if form is not DocumentFormat.PDF:  # which has its own tests, and takes a second
            assert render_document(documents, form) == render_document(documents, form)
