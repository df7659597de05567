"""A notice as a web page: alone, without script or request, and with the numbers that were counted by hand."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.core.names import EntityId
from inspect_cli.core.publish.blocks import Column, Document, Front, Span, Table
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from inspect_cli.files.documents.html import render_fragment, render_page
from inspect_cli.widths import visible
from tests.files.documents.pages import Page
from tests.files.documents.papers import make_page, read
from tests.files.documents.test_text import HOSTILE
from tests.sample_draw import BUREAU, FURTHER, make_committed, make_drawn, make_outcome, make_sample

if TYPE_CHECKING:
    from inspect_cli.core.publish.all_views import NoticeView
    from inspect_cli.core.publish.dossier import Drawn

DONE = {
    EntityId("E-3"): make_outcome("2026-12-01", labour=5, safety=1),
    EntityId("E-1"): make_outcome("2026-12-02", labour=1, safety=1),
}
LANGUAGES = ("zh", "en")


def _page(kind: str, language: str, **changes: Any) -> str:
    view = make_view(kind, make_drawn(outcomes=DONE, **changes))
    return make_page(kind, view, language)


def make_view(kind: str, drawn: Drawn) -> NoticeView:
    """Make the view of one kind of notice."""
    match kind:
        case "commitment":
            return view_commitment(drawn.committed)
        case "draw":
            return view_draw(drawn)
        case _:
            return view_result(drawn)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["commitment", "draw", "result"])
def test_a_page_stands_alone(kind: str, language: str) -> None:
    """No script, link, image or frame; the policy allows the page's own style sheet by its hash and nothing else."""
    html = _page(kind, language)
    page = Page(html)
    assert set(page.tags) <= {
        *(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "main",
            "article",
            "header",
            "h1",
            "h2",
            "h3",
            "p",
            "br",
            "ul",
            "ol",
            "li",
        ),
        *("div", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "strong", "blockquote"),
    }
    attributes = {name for _tag, found in page.elements for name in found}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "scope"}
    assert "://" not in html
    assert "url(" not in html
    assert "@import" not in html
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(found["content"] for tag, found in page.elements if found.get("http-equiv"))
    assert policy == f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize(("language", "code"), [("zh", "zh-CN"), ("en", "en")])
def test_a_page_says_its_language_and_title(language: str, code: str) -> None:
    """The page names its language for screen readers, its encoding first of all, and the notice's title."""
    html = _page("draw", language)
    page = Page(html)
    assert html.startswith("<!DOCTYPE html>\n")
    assert page.elements[0] == ("html", {"lang": code})
    assert ("meta", {"charset": "utf-8"}) in page.elements[:3]
    title = re.search(r"<title>(.*)</title>", html)
    assert title is not None
    expected = {
        "zh": "示例镇综合行政执法局关于2026年12月随机抽查抽取结果的公告",
        "en": "Sample Township Enforcement Bureau: Result of the draw for the random inspections of December 2026",
    }
    assert title[1] == expected[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["commitment", "draw", "result"])
def test_every_notice_says_where_to_complain_and_how_to_verify(kind: str, language: str) -> None:
    """PUBLISH-4: telephone, address and the verifying command stand on every notice in both languages."""
    text = Page(_page(kind, language)).text
    assert "0510-86000000" in text
    assert "示例镇人民路1号" in text
    assert "inspect-cli verify" in text


def test_the_tables_of_the_draw_are_counted_right() -> None:
    """PUBLISH-6, PUBLISH-7: the published tables hold the numbers that were counted by hand."""
    page = Page(_page("draw", "zh"))
    assert page.table("领域", number=0) == [["劳动", "3", "1", "1", "2"], ["安全", "3", "2", "2", "3"]]
    assert page.table("领域", number=1) == [
        ["劳动", "A", "3", "1", "1"],
        ["安全", "A", "2", "1", "1"],
        ["安全", "B", "1", "1", "1"],
    ]
    assert page.table("原因") == [["已退出名录库", "2", "0"], ["已达年度检查频次上限", "1", "1"]]
    assert [row[1:] for row in page.table("序号")] == [
        ["密封文字：商会见证人", "2026年11月29日 17:00（UTC+08:00）", "风调雨顺"],
        ["公开掷骰：镇政府大厅掷骰", "2026年11月30日 09:00（UTC+08:00）", "31415"],
    ]
    assert [row[1] for row in page.table("名单")] == ["4", "4", "4"]
    assert "抽中检查对象：3 户" in page.text
    assert "共检查 5 项次（一户一领域计一项次）" in page.text


def test_the_tables_of_the_results_are_counted_right() -> None:
    """PUBLISH-2, PUBLISH-9: two recorded visits by day, one open, and the classes that companies count in."""
    page = Page(_page("result", "zh"))
    assert page.table("抽中检查对象（户）") == [["3", "2", "0", "0", "1", "0", "0"]]
    assert page.table("序号") == [
        ["1", "丙厂", "E-3", "2026年12月1日", "劳动：发现问题已责令改正；安全：未发现问题", "实地检查"],
        ["2", "甲厂", "E-1", "2026年12月2日", "劳动：未发现问题；安全：未发现问题", "实地检查"],
    ]
    assert page.table("类别") == [["1", "未发现问题", "1"], ["5", "发现问题已责令改正", "1"]]


def test_a_draw_without_a_result_yet_says_so() -> None:
    """A result notice before the first record has no table of companies, and says that there is nothing yet."""
    empty = make_drawn(excluded=())
    page = Page(make_page("result", view_result(empty), "zh"))
    assert page.text.count("尚无已经审核的检查结果。") == 2
    draw = Page(make_page("draw", view_draw(empty), "zh"))
    assert "名录库中的检查对象全部列入抽取。" in draw.text


@pytest.mark.parametrize(("language", "word"), [("zh", "本次抽取已经作废。"), ("en", "This draw is void.")])
def test_a_void_draw_says_so_first(language: str, word: str) -> None:
    """PUBLISH-5: the notice of a void draw begins with that, and gives the reason."""
    committed = make_committed(void_reason="dice read wrongly")
    for kind in ("commitment", "draw", "result"):
        page = Page(_page(kind, language, committed=committed))
        assert page.text.index(word) < page.text.index("2026年12月双随机抽查计划")
        assert "dice read wrongly" in page.text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_shown_as_text(name: str) -> None:
    """A company, matter, plan, bureau, source or reason of any wording adds no element to the page, and is read as it stands."""
    further = {
        "plan": {**FURTHER["plan"], "name": name, "names_published": True},
        "matters": [{"id": name, "name": name, "domain": name}],
        "software": name,
    }
    sample = make_sample({"E-3": name}, further)
    sources = tuple(replace(source, name=name) for source in sample.commitment.sources)
    quotas = tuple(replace(quota, stratum=name) for quota in sample.commitment.quotas[:1])
    rows = tuple(replace(row, strata=(name,) * len(row.domains)) for row in sample.frame.entities)
    complaints = replace(BUREAU.complaints, telephone=name, address=name)
    bureau = replace(BUREAU, name=name, name_en=name, complaints=complaints)
    commitment = replace(sample.commitment, sources=sources, quotas=quotas, bureau=name)
    committed = make_committed(commitment=commitment, bureau=bureau, void_reason=name)
    plain_void = make_committed(
        make_sample(further={"plan": {**FURTHER["plan"], "names_published": True}, "matters": FURTHER["matters"][:1]}),
        void_reason="x",
    )
    plain = replace(plain_void, commitment=replace(plain_void.commitment, quotas=plain_void.commitment.quotas[:1]))
    for kind in ("commitment", "draw", "result"):
        page = Page(_page(kind, "zh", committed=committed, entities=rows))
        expected = Page(_page(kind, "zh", committed=plain))
        assert page.tags == expected.tags
        assert [len(table) for table in page.tables] == [len(table) for table in expected.tables]
        assert page.comments == []
        assert visible(name).strip() in page.text
        assert "\u202e" not in page.text


def test_markup_in_markdown_is_not_believed() -> None:
    """Raw HTML, links and images in Markdown stay text, even if a template let them through."""
    page = Page(render_page(read("<b>x</b> [y](https://example.com) ![z](z.png) <https://example.com>\n")))
    assert not {"b", "a", "img"} & set(page.tags)
    assert "<b>x</b> [y](https://example.com) ![z](z.png) <https://example.com>" in page.text


def test_emphasis_works_beside_chinese_marks() -> None:
    """据**《法》**的 has a bold middle, which plain CommonMark would not give."""
    assert "据<strong>《法》</strong>的" in render_page(read("据**《法》**的\n", "zh"))


def test_short_cells_stay_on_one_line() -> None:
    """A cell as long as a credit code is kept whole, a longer one may be broken, numbers keep to the right."""
    html = render_page(read("| a | b |\n| --- | ---: |\n| 91350100M000100Y43 | 1 |\n| 91350100M000100Y430 | 2 |\n"))
    assert '<td class="short">91350100M000100Y43</td>' in html
    assert "<td>91350100M000100Y430</td>" in html
    assert '<td class="right short">1</td>' in html
    assert '<th scope="col" class="short">a</th>' in html


def test_room_to_write_in() -> None:
    """A column that is filled in by hand has its room, by the page's own style sheet or by an attribute of a fragment."""
    heads = tuple(
        Column(head=(Span(text=text),), room=room) for text, room in (("事项", 0), ("检查情况", 16), ("意见", 60))
    )
    table = Table(columns=heads, rows=(((Span(text="甲"),), (), ()),))
    document = Document(language="zh", front=Front(title=("甲",)), blocks=(table,))
    page, fragment = render_page(document), render_fragment(document)
    assert 'class="short room-16"' in page
    assert "th.room-16 { min-width: 16em; }" in page
    assert "th.room-40 { min-width: 40em; }" in page
    assert 'width="256"' in fragment
    assert 'width="640"' in fragment
    assert "class=" not in fragment


def test_a_table_without_a_head() -> None:
    """A table whose heads are empty has none."""
    table = Table(columns=(Column(head=()), Column(head=())), rows=(((Span(text="甲"),), ()),))
    document = Document(language="zh", front=Front(title=("甲",)), blocks=(table,))
    assert "<th" not in render_fragment(document)
