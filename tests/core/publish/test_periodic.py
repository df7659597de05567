"""What the public may see of the list of matters, of plans and of a month; expected by hand from what is set down here."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from inspect_cli.core.bureau import Caps, Limit
from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.commitment import Quota
from inspect_cli.core.names import MatterId, Period
from inspect_cli.core.plan.plan import Plan, Rounding, Scope, Share, StratumField
from inspect_cli.core.plan.year.progress import Target, YearPlan
from inspect_cli.core.publish.deadline import Punctuality
from inspect_cli.core.publish.lines import Month
from inspect_cli.core.publish.matter_list import MattersView, ScopeLine, TargetLine, view_matters
from inspect_cli.core.publish.month_notice import CountedMonth, MonthNumbers, MonthView, render_percent, view_month
from inspect_cli.core.publish.plan_notice import KeptYear, PlannedDraw, PlanView, ShareLine, view_plan, view_year_plan
from inspect_cli.core.registry.matter import Matter
from inspect_cli.core.report.month import DomainDone, MonthChain, MonthEnd, MonthVisit, count_month
from inspect_cli.core.visit.result import Label, ResultClass
from inspect_cli.core.visit.steps import FollowUpState
from tests.sample_draw import BUREAU, LABOUR, SAFETY, make_sample

SAMPLE = make_sample()
ALL = Label(zh="全部", en="all")
LABOUR_WORD, SAFETY_WORD = Label(zh="劳动", en="Labour"), Label(zh="安全", en="Safety")
YEAR_PLAN = YearPlan(
    year=2026,
    first_month=1,
    last_month=11,
    strata=(StratumField.RISK_CLASS,),
    targets=(
        Target(domain=SAFETY, stratum="A", basis="年度计划第一条", ratio="0.03"),
        Target(domain=SAFETY, stratum="*", basis="年度计划第二条", number=12),
    ),
)


def make_matter(id: str, **changes: Any) -> Matter:
    """Make a matter for labour that is always valid and says nothing of itself."""
    return replace(Matter(id=MatterId(id), domain=LABOUR, name=f"{id}检查", basis="《示例法》第一条"), **changes)


def make_plan(**changes: Any) -> Plan:
    """Make the plan of the sample draw: labour by a number, safety by ratios."""
    plan = Plan(
        period=Period("2026-12"),
        name="计划文件里的名称",
        slot_number=None,
        combine="applicable",
        rounding=Rounding.CEIL,
        strata=(StratumField.RISK_CLASS,),
        scope=Scope(),
        team=BUREAU.team,
        shares=(
            Share(domain=LABOUR, stratum="A", number=1),
            Share(domain=SAFETY, stratum="A", ratio="0.5"),
            Share(domain=SAFETY, stratum="*", ratio="0.125"),
        ),
        matters=(),
        days_off=(),
        promises=(),
        names_published=False,
        text=b"",
    )
    return replace(plan, **changes)


def list_matters(*listed: Matter, period: str = "2026", plan: YearPlan | None = None, **settings: Any) -> MattersView:
    """View a list of matters under changed settings."""
    return view_matters(replace(BUREAU, **settings), period, listed, plan)


def show_plan(**changes: Any) -> PlanView:
    """View the sample draw's plan."""
    drawn = PlannedDraw(commitment=SAMPLE.commitment, plan=make_plan(**changes))
    return view_plan(BUREAU, Period("2026-12"), (drawn,))


def make_numbers(*visits: MonthVisit, punctuality: Punctuality | None = None) -> MonthNumbers:
    """Count a month of the sample draw with these visits."""
    chain = MonthChain(commitment=SAMPLE.commitment, result=SAMPLE.result, visits=visits)
    return MonthNumbers(
        counts=count_month((chain,)), punctuality=punctuality or Punctuality(in_time=0, late=0, open_late=0)
    )


DONE = MonthVisit(
    end=MonthEnd.RESULT,
    domains=(LABOUR, SAFETY),
    done=(
        DomainDone(domain=LABOUR, result=ResultClass.ORDERED_TO_RECTIFY, state=FollowUpState.ORDERED),
        DomainDone(domain=SAFETY, result=ResultClass.NO_PROBLEM),
    ),
    is_published=True,
)
PLANNED = MonthVisit(end=MonthEnd.PLANNED, domains=(SAFETY,))


def show_month(before: MonthNumbers | None = None) -> MonthView:
    """View the sample's month with one visit done and one planned."""
    now = make_numbers(DONE, PLANNED, punctuality=Punctuality(in_time=1, late=2, open_late=1))
    return view_month(
        BUREAU,
        CountedMonth(
            period=Period("2026-12"),
            period_before=Period("2025-12"),
            as_of=date(2027, 1, 8),
            now=now,
            before=before,
            void=1,
            pending=2,
        ),
    )


def test_the_list_of_a_day_has_what_is_on_it_that_day() -> None:
    """PUBLISH-16: from the first day to the last, both included, and not from the day on which a matter was taken off."""
    listed = (
        make_matter("L-2"),
        make_matter("L-10", valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 1)),
        make_matter("L-3", valid_from=date(2026, 12, 2)),
        make_matter("L-4", valid_until=date(2026, 11, 30)),
        make_matter("L-5", retired=date(2026, 12, 1)),
        make_matter("L-6", retired=date(2026, 12, 2)),
    )
    view = list_matters(*listed, period="2026-12-01")
    assert [matter.id for matter in view.matters] == ["L-10", "L-2", "L-6"]
    assert (view.year, view.day) == (2026, date(2026, 12, 1))


def test_the_list_of_a_year_has_what_is_on_it_on_some_day() -> None:
    """PUBLISH-16: with the days on which it begins and ends within the year; what was taken off by its end is not on it."""
    listed = (
        make_matter("A", valid_from=date(2026, 7, 1), valid_until=date(2027, 6, 30)),
        make_matter("B", valid_until=date(2026, 3, 31)),
        make_matter("C", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)),
        make_matter("D", valid_from=date(2027, 1, 1)),
        make_matter("E", valid_until=date(2025, 12, 31)),
        make_matter("F", retired=date(2026, 12, 31)),
        make_matter("G", retired=date(2027, 1, 1)),
    )
    view = list_matters(*listed)
    assert [(one.id, one.since, one.until) for one in view.matters] == [
        ("A", date(2026, 7, 1), None),
        ("B", None, date(2026, 3, 31)),
        ("C", None, None),
        ("G", None, None),
    ]
    assert (view.year, view.day) == (2026, None)


def test_a_matter_is_shown_with_all_its_words() -> None:
    """PUBLISH-16: what the registry says of a matter stands on the list, what it does not say is empty."""
    matter = make_matter(
        "L-1",
        content="合同签订",
        object_type="用人单位",
        method="实地检查",
        ratio="3%",
        frequency="1次/年",
        is_key=True,
        source_of_power="法定",
        remarks="联合抽查",
    )
    shown, bare = list_matters(matter, make_matter("L-2")).matters
    assert (shown.name, shown.domain, shown.basis) == ("L-1检查", LABOUR_WORD, "《示例法》第一条")
    assert (shown.content, shown.object, shown.method, shown.ratio) == ("合同签订", "用人单位", "实地检查", "3%")
    assert (shown.frequency, shown.is_key, shown.power, shown.remarks) == ("1次/年", True, "法定", "联合抽查")
    assert (bare.content, bare.object, bare.method, bare.ratio) == ("", "", "", "")
    assert (bare.frequency, bare.is_key, bare.power, bare.remarks, bare.scopes) == ("", False, "", "", ())


def test_the_years_plan_says_what_a_matter_does_not() -> None:
    """PUBLISH-17: the plan has ratios for safety alone; they are shown besides, in its order, as percentages or numbers."""
    view = list_matters(make_matter("L-1"), make_matter("S-1", domain=SAFETY), plan=YEAR_PLAN)
    assert [(one.id, one.has_target) for one in view.matters] == [("L-1", False), ("S-1", True)]
    assert view.targets == (
        TargetLine(
            domain=SAFETY_WORD, stratum=Label(zh="A", en="A"), ratio="3%", quantity=None, basis="年度计划第一条"
        ),
        TargetLine(domain=SAFETY_WORD, stratum=ALL, ratio="", quantity=12, basis="年度计划第二条"),
    )
    assert list_matters(make_matter("L-1")).targets == ()


def test_a_matters_cap_is_the_settings_or_its_own() -> None:
    """PUBLISH-17: the settings' two stand before the matter's own three."""
    caps = Caps(matters=((MatterId("L-1"), Limit(number=2, basis="局规定")),))
    listed = (make_matter("L-1", visits_a_year=3), make_matter("L-2", visits_a_year=3), make_matter("L-3"))
    assert [one.visits_a_year for one in list_matters(*listed, caps=caps).matters] == [2, 3, None]


def test_to_whom_a_matter_applies_is_shown_without_its_markers() -> None:
    """PUBLISH-17: industries, sizes and risk classes by value; of the bureau's own markers only that there is one."""
    matter = make_matter(
        "L-1", of_industries=("C33", "C34"), of_sizes=("大型",), of_risk_classes=("D",), of_tags=("多次被举报",)
    )
    assert list_matters(matter).matters[0].scopes == (
        ScopeLine(field=Label(zh="行业", en="industry"), values=("C33", "C34")),
        ScopeLine(field=Label(zh="规模", en="size"), values=("大型",)),
        ScopeLine(field=Label(zh="风险等级", en="risk class"), values=("D",)),
        ScopeLine(field=Label(zh="带有本机关设定的标记", en="marked by the bureau"), values=()),
    )
    assert list_matters(replace(matter, object_type="危化企业")).matters[0].scopes == ()


def test_a_months_plan_is_shown_as_it_was_committed() -> None:
    """PUBLISH-18: name and digest are the commitment's, ratios the plan's, base and quantity the quotas'."""
    (plan,) = show_plan().plans
    assert (plan.number, plan.slot, plan.name, plan.digest) == (1, "2026-12/1", "2026年12月双随机抽查计划", "ab" * 32)
    assert (plan.is_targeted, plan.scopes, plan.named, plan.checks_all) == (False, (), 0, True)
    assert (plan.first_day, plan.last_day, plan.working_days) == (date(2026, 12, 1), date(2026, 12, 2), 2)
    letter_a, letter_b = Label(zh="A", en="A"), Label(zh="B", en="B")
    assert plan.shares == (
        ShareLine(domain=LABOUR_WORD, stratum=letter_a, ratio="", base=3, quantity=1),
        ShareLine(domain=SAFETY_WORD, stratum=letter_a, ratio="50%", base=2, quantity=1),
        ShareLine(domain=SAFETY_WORD, stratum=letter_b, ratio="12.5%", base=1, quantity=1),
    )
    assert plan.quantity == 3
    assert [(matter.id, matter.domain) for matter in plan.matters] == [("L-01", LABOUR_WORD), ("S-01", SAFETY_WORD)]
    assert [line.number for line in plan.limits] == [4, 3]


def test_visits_that_were_carried_over_are_all_made() -> None:
    """PUBLISH-18: their stratum has no ratio, although the plan's share * would name one."""
    commitment = replace(SAMPLE.commitment, quotas=(Quota(domain=SAFETY, stratum="carried-over", size=2, take=2),))
    view = view_plan(BUREAU, Period("2026-12"), (PlannedDraw(commitment=commitment, plan=make_plan()),))
    (share,) = view.plans[0].shares
    assert (share.stratum.zh, share.ratio, share.is_carried, share.quantity) == ("结转", "", True, 2)


def test_a_stratum_that_no_share_names_has_no_ratio() -> None:
    """PUBLISH-18: a plan that is read anew under other settings never stops its own notice."""
    assert [share.ratio for share in show_plan(shares=()).plans[0].shares] == ["", "", ""]


def test_a_targeted_plan_says_at_what_and_never_at_whom() -> None:
    """PUBLISH-18: zones and classes by value, entities by how many they are, each once."""
    scope = Scope(
        fields=(("id", ("91350100M000100Y43", "E-1", "E-1")), ("risk_class", ("C", "D")), ("zone", ("东片",)))
    )
    (plan,) = show_plan(scope=scope).plans
    assert (plan.is_targeted, plan.named) == (True, 2)
    assert plan.scopes == (
        ScopeLine(field=Label(zh="网格", en="zone"), values=("东片",)),
        ScopeLine(field=Label(zh="风险等级", en="risk class"), values=("C", "D")),
    )
    assert not {"91350100M000100Y43", "E-1"} & texts_of(plan)


def test_a_years_plan_is_shown_as_it_stands() -> None:
    """PUBLISH-19: targets, months, version and digest of its file, the caps of the settings, and the matters of that year."""
    matters = (make_matter("L-1"), make_matter("L-2", valid_from=date(2027, 1, 1)))
    caps = Caps(domains=((SAFETY, Limit(number=2, basis="安全规定")),))
    view = view_year_plan(
        replace(BUREAU, caps=caps), KeptYear(plan=YEAR_PLAN, version=2, text=b"year = 2026", matters=matters)
    )
    assert (view.year, view.version, view.digest) == (2026, 2, digest(b"year = 2026"))
    assert (view.first_month, view.last_month) == (Month(year=2026, month=1), Month(year=2026, month=11))
    assert [(line.stratum.zh, line.ratio, line.quantity) for line in view.targets] == [
        ("A", "3%", None),
        ("全部", "", 12),
    ]
    assert [(line.limit.zh, line.number, line.unit.zh, line.basis) for line in view.limits] == [
        ("年度检查频次上限", 4, "次／年", BUREAU.visits_a_year.basis),
        ("安全领域年度检查频次上限", 2, "次／年", "安全规定"),
    ]
    assert [matter.id for matter in view.matters] == ["L-1"]


def test_a_months_lines_are_its_counts() -> None:
    """PUBLISH-20: each number once under its official word: one done, one planned; ordered for labour, nothing found for safety."""
    view = show_month()
    assert (view.month, view.before, view.as_of) == (
        Month(year=2026, month=12),
        Month(year=2025, month=12),
        date(2027, 1, 8),
    )
    assert (view.due, view.drawn, view.visits, view.in_force, view.done) == (3, 3, 2, 2, 1)
    assert (view.void, view.pending, view.late, view.overdue) == (1, 2, 2, 1)
    assert [(line.end.zh, line.visits) for line in view.ends] == [
        ("已有审核结果", 1),
        ("结果待审核", 0),
        ("尚待检查", 1),
        ("未能排定", 0),
        ("已补充抽取", 0),
        ("已取消", 0),
        ("转入以后月份", 0),
    ]
    assert [(line.domain.zh, line.base, line.due, line.drawn, line.checked, line.done) for line in view.domains] == [
        ("劳动", 3, 1, 1, 1, 1),
        ("安全", 3, 2, 2, 2, 1),
    ]
    assert [(line.number, line.companies) for line in view.classes] == [(5, 1)]
    assert [(line.domain.zh, line.number, line.checks) for line in view.domain_classes] == [
        ("劳动", 5, 1),
        ("安全", 1, 1),
    ]
    assert [(line.state.zh, line.checks) for line in view.follow_ups] == [("责令改正中", 1)]
    assert (view.unfollowed, view.alone, view.spared) == (1, 3, 1)


def test_each_rate_stands_beside_its_two_numbers() -> None:
    """PUBLISH-20, PUBLISH-21: one of two published; one in time of four due, two late and one not published; none closed; one combined."""
    rates = [(line.name.zh, line.part, line.whole, line.percent) for line in show_month().rates]
    assert rates == [
        ("完成率", 1, 2, "50.0%"),
        ("公示率", 1, 4, "25.0%"),
        ("完结率", 0, 1, "0.0%"),
        ("联合率", 1, 2, "50.0%"),
    ]
    assert all(line.formula.zh and line.formula.en for line in show_month().rates)


def test_the_month_of_the_year_before_stands_beside_it() -> None:
    """PUBLISH-22: numbers with their difference, rates in points; of a rate of nothing there is no difference."""
    before = make_numbers(PLANNED, PLANNED, DONE, punctuality=Punctuality(in_time=0, late=0, open_late=0))
    compared = {line.name.zh: (line.now, line.before, line.change) for line in show_month(before).compared}
    assert compared == {
        "应抽取（户次）": ("3", "3", "+0"),
        "实抽取（户次）": ("3", "3", "+0"),
        "抽中户次": ("2", "3", "-1"),
        "已有审核结果（户次）": ("1", "1", "+0"),
        "减少上门（户次）": ("1", "0", "+1"),
        "完成率": ("50.0%", "33.3%", "+16.7"),
        "公示率": ("25.0%", "—", "—"),
        "完结率": ("0.0%", "0.0%", "+0.0"),
        "联合率": ("50.0%", "33.3%", "+16.7"),
    }
    worse = view_month(
        BUREAU,
        CountedMonth(
            period=Period("2026-12"),
            period_before=Period("2025-12"),
            as_of=date(2027, 1, 8),
            now=before,
            before=make_numbers(DONE, PLANNED),
        ),
    )
    assert {line.name.zh: line.change for line in worse.compared}["完成率"] == "-16.7"
    assert show_month().compared == ()


@pytest.mark.parametrize(("tenths", "text"), [(None, "—"), (0, "0.0%"), (5, "0.5%"), (833, "83.3%"), (1000, "100.0%")])
def test_rates_are_written_with_one_decimal(tenths: int | None, text: str) -> None:
    """PUBLISH-20: tenths of a percent as people read them."""
    assert render_percent(tenths) == text


def test_nobody_is_named_by_a_months_statistics() -> None:
    """PUBLISH-20: no company and no inspector of the sample is in any text of the view."""
    texts = texts_of(show_month(make_numbers(DONE)))
    assert not {"甲厂", "乙厂", "丙厂", "E-1", "E-2", "E-3", "R-1", "X-1"} & texts


def test_every_view_says_where_to_complain() -> None:
    """PUBLISH-4: telephone and address of the bureau, in a draft without number and day."""
    kept = KeptYear(plan=YEAR_PLAN, version=1, text=b"", matters=())
    for view in (list_matters(), show_plan(), view_year_plan(BUREAU, kept), show_month()):
        publisher = view.head.publisher
        assert (publisher.telephone, publisher.address) == ("0510-86000000", "示例镇人民路1号")
        assert publisher.name == Label(zh=BUREAU.name, en=BUREAU.name_en)
        assert (view.head.number, view.head.signed) == ("", None)


def texts_of(value: object) -> set[str]:
    """Collect every text that a view holds, however deep."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, tuple):
        return {text for part in value for text in texts_of(part)}
    if is_dataclass(value) and not isinstance(value, type):
        return {text for field in fields(value) for text in texts_of(getattr(value, field.name))}
    return set()
