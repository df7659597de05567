"""What the public may see of a draw. Every number was counted by hand on the page of the sample draw."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from inspect_cli.core.canonical import digest
from inspect_cli.core.draw.ceremony import Ceremony
from inspect_cli.core.draw.commitment import Combine, render_commitment
from inspect_cli.core.draw.promise import (
    DicePromise,
    DrandPromise,
    LotteryPromise,
    NistPromise,
    SourceKind,
    TextPromise,
)
from inspect_cli.core.draw.result import render_result
from inspect_cli.core.draw.rows import Reason
from inspect_cli.core.names import EntityId
from inspect_cli.core.publish import change_view, lines, matter_list, month_notice, plan_notice, view
from inspect_cli.core.publish.dossier import Listing
from inspect_cli.core.publish.labels import REASONS, SOURCES
from inspect_cli.core.publish.notice import view_commitment, view_draw, view_result
from inspect_cli.core.report.month import DrawCount
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import InputError
from tests.sample_draw import BUREAU, FURTHER, make_committed, make_drawn, make_outcome, make_sample

PERIODIC = {
    name: kind
    for module in (matter_list, plan_notice, month_notice)
    for name, kind in vars(module).items()
    if name.endswith(("Line", "View"))
}
PUBLIC = {**vars(view), **vars(change_view), **vars(lines), **PERIODIC, "DrawCount": DrawCount}
SOME = {EntityId("E-3"): make_outcome("2026-12-01", labour=5, safety=1)}
BOTH = SOME | {EntityId("E-1"): make_outcome("2026-12-01", labour=1, safety=1)}


def _texts(value: object) -> set[str]:
    """Collect every text that a view holds, however deep."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, tuple):
        return {text for part in value for text in _texts(part)}
    if is_dataclass(value) and not isinstance(value, type):
        return {text for field in fields(value) for text in _texts(getattr(value, field.name))}
    return set()


def _published(**plan: Any) -> Any:
    return make_sample(further={"plan": {**FURTHER["plan"], **plan}})


def test_the_commitment_is_shown_whole() -> None:
    """PUBLISH-4: slot, roots and counts, digest, sources and when they come to be, and where anybody complains."""
    sample = make_sample()
    shown = view_commitment(make_committed(sample))
    assert (shown.head.slot, shown.head.month) == ("2026-12/1", lines.Month(year=2026, month=12))
    assert shown.head.commitment == digest(render_commitment(sample.commitment))
    frame = shown.head.frame
    assert (frame.entities.count, frame.inspectors.count, frame.excluded.count) == (4, 4, 4)
    assert frame.entities.root == sample.commitment.frame.entities.root
    assert (shown.head.publisher.telephone, shown.head.publisher.address) == ("0510-86000000", "示例镇人民路1号")
    assert [source.promise.name for source in shown.sources] == ["商会见证人", "镇政府大厅掷骰"]
    assert shown.last_source.isoformat() == "2026-11-30T09:00:00+08:00"
    assert [source.value for source in shown.sources] == [None, None]
    assert (shown.team_min, shown.team_max, shown.checks_all) == (2, 4, True)
    assert shown.expert_domains == (Label(zh="安全", en="Safety"),)
    assert (shown.first_day, shown.last_day, shown.working_days) == (date(2026, 12, 1), date(2026, 12, 2), 2)


def test_the_plan_is_shown_as_it_was_committed() -> None:
    """The head shows the committed plan, its kind and its matters with the domains' labels."""
    plan = view_commitment(make_committed()).head.plan
    assert (plan.name, plan.digest, plan.is_targeted) == ("2026年12月双随机抽查计划", "ab" * 32, False)
    assert plan.matters[0] == view.PublicMatter(id="L-01", name="劳动合同检查", domain=Label(zh="劳动", en="Labour"))
    assert view_commitment(make_committed(_published(type="targeted"))).head.plan.is_targeted


def test_base_and_due_are_the_commitments() -> None:
    """PUBLISH-6: before the draw a notice has base and due by stratum and by domain, and nothing drawn."""
    shown = view_commitment(make_committed())
    labels = [(line.domain.zh, line.stratum.zh, line.base, line.due, line.drawn) for line in shown.quotas]
    assert labels == [("劳动", "A", 3, 1, None), ("安全", "A", 2, 1, None), ("安全", "B", 1, 1, None)]
    domains = [(line.domain.zh, line.base, line.due, line.drawn, line.checked) for line in shown.domains]
    assert domains == [("劳动", 3, 1, None, None), ("安全", 3, 2, None, None)]


def test_drawn_and_checked_are_both_shown() -> None:
    """PUBLISH-6: one was drawn for labour and two for safety, but two and three visits check them."""
    shown = view_draw(make_drawn())
    assert [line.drawn for line in shown.quotas] == [1, 1, 1]
    domains = [(line.domain.zh, line.base, line.due, line.drawn, line.checked) for line in shown.domains]
    assert domains == [("劳动", 3, 1, 1, 2), ("安全", 3, 2, 2, 3)]
    assert (shown.checks, shown.checks_all) == (5, True)


def test_only_what_was_drawn_for_is_checked_where_the_plan_says_so() -> None:
    """PUBLISH-6: the notice knows whether visits check all that applies or only what was drawn for."""
    sample = make_sample()
    drawn_only = replace(sample, commitment=replace(sample.commitment, combine=Combine.DRAWN))
    assert not view_draw(make_drawn(drawn_only)).checks_all
    assert not view_commitment(make_committed(drawn_only)).checks_all


def test_exclusions_are_counted_by_reason() -> None:
    """PUBLISH-7: two retired, and by the cap one entity whole and one single domain; reasons without a case are left out."""
    shown = [(line.reason, line.entities, line.domains) for line in view_draw(make_drawn()).exclusions]
    assert shown == [(REASONS[Reason.RETIRED], 2, 0), (REASONS[Reason.CAP], 1, 1)]
    assert view_draw(make_drawn(excluded=())).exclusions == ()


def test_the_seed_is_shown_with_what_it_came_from() -> None:
    """PUBLISH-4: values by source, the seed, and a shell line that prints it."""
    sample = make_sample()
    shown = view_draw(make_drawn(sample))
    assert [(source.kind_label.zh, source.value) for source in shown.sources] == [
        ("密封文字", "风调雨顺"),
        ("公开掷骰", "31415"),
    ]
    assert shown.seed == sample.result.seed
    commitment = digest(render_commitment(sample.commitment))
    assert shown.seed_command == (
        rf"printf '%s\n%s\n%s\n%s' draw-v1/seed {commitment} 'text:风调雨顺' dice:31415 | sha256sum"
    )
    assert shown.result == digest(render_result(sample.result))


def test_nobody_is_named_before_the_visit_is_recorded() -> None:
    """PUBLISH-2, PUBLISH-3: without a record no view holds the name, the id or an inspector of any visit, whatever the plan says."""
    sample = _published(names_published=True)
    for shown in (
        view_commitment(make_committed(sample)),
        view_draw(make_drawn(sample)),
        view_result(make_drawn(sample)),
    ):
        texts = "\n".join(sorted(_texts(shown)))
        assert [word for word in ("甲厂", "乙厂", "丙厂", "E-1", "E-2", "E-3", "R-1", "X-1") if word in texts] == []


def test_no_view_has_a_planned_day() -> None:
    """PUBLISH-2: the only days that a view holds are those of the whole draw and of recorded checks."""
    days = {
        f"{name}.{field.name}"
        for name, kind in PUBLIC.items()
        if isinstance(kind, type) and is_dataclass(kind)
        for field in fields(kind)
        if "date" in str(field.type)
    }
    assert days == {
        "Stamp.at",
        "Stamp.day",
        "Head.signed",  # the day of publication, as are the next three
        "PlainHead.signed",
        "Amendment.day",
        "ChangeView.published",
        "PublicSource.at",
        "CommitmentView.last_source",
        "CommitmentView.first_day",
        "CommitmentView.last_day",
        "ResultView.until",
        "ResultLine.finished",
        "MatterLine.since",  # days of the list of matters
        "MatterLine.until",
        "MattersView.day",
        "PlanLine.first_day",
        "PlanLine.last_day",
        "MonthView.as_of",
    }


def test_the_notice_of_the_draw_tells_how_it_was_held() -> None:
    """CEREMONY-1: place and witnesses stand in ④ as they were said, and nothing where nothing was said."""
    assert (view_draw(make_drawn()).place, view_draw(make_drawn()).witnesses) == (None, ())
    shown = view_draw(make_drawn(ceremony=Ceremony(place="一楼大厅", witnesses=("商会", "代表"))))
    assert (shown.place, shown.witnesses) == ("一楼大厅", ("商会", "代表"))


def test_no_view_has_a_place_for_what_is_never_public() -> None:
    """PUBLISH-1: all names of fields that hold a text are on this list, which has nothing of contacts, people or findings."""
    texts = {
        field.name
        for kind in PUBLIC.values()
        if isinstance(kind, type) and is_dataclass(kind)
        for field in fields(kind)
        if str(field.type) in {"str", "str | None", "Label", "tuple[Label, ...]", "Slot", "EntityId"}
    }
    assert texts == {
        "name",  # of the bureau, the plan, a matter, or a company whose visit is recorded
        "number",  # of the document
        "document",  # the number of another one
        "title",  # of another one
        "titles",
        "action",  # the kind of a change
        "telephone",  # of the bureau
        "address",  # of the bureau
        "id",  # of a matter, or of a company whose visit is recorded
        "digest",
        "root",
        "slot",
        "commitment",
        "protocol",
        "software",
        "void_reason",
        "kind_label",
        "value",
        "domain",
        "stratum",
        "reason",  # a class of reasons, for a number of entities
        "limit",  # what a limit is called, and what it is counted in
        "unit",
        "first",  # the slot of a chain's first draw
        "state",  # how far a draw of a chain has come
        "result",
        "methods",
        "basis",
        "expert_domains",
        "seed",
        "seed_command",
        *("object", "content", "method", "ratio", "frequency", "power", "remarks"),  # of a matter on the published list
        "field",  # by which a draw is targeted
        "place",  # where a draw was held
        "end",  # where a number of visits stands
        *("part", "after"),  # of an earlier notice without results: what it said, and says, itself public
        *("formula", "percent", "now", "before", "change"),  # of a rate or number of a month
    }


def test_findings_and_follow_ups_stay_inside() -> None:
    """PUBLISH-1: what was found in words, and what follows from it, is in no view."""
    plain = make_outcome("2026-12-01", labour=5, safety=1)
    said = replace(plain, domains=tuple(replace(each, finding="举报人王某反映") for each in plain.domains))
    texts = _texts(view_result(make_drawn(outcomes={EntityId("E-3"): said})))
    assert not any("举报人" in text for text in texts)


def test_the_draws_notice_names_companies_where_the_plan_says_so() -> None:
    """PUBLISH-3: with names published the recorded company is listed, and only that one; without it nobody is."""
    named = view_draw(make_drawn(_published(names_published=True), outcomes=SOME))
    assert named.companies == (lines.PublicCompany(id=EntityId("E-3"), name="丙厂"),)
    assert view_draw(make_drawn(outcomes=SOME)).companies == ()
    unshown = Listing(entities=(EntityId("E-3"),), unshown=frozenset({EntityId("E-3")}))
    ended = view_draw(replace(make_drawn(_published(names_published=True), outcomes=SOME), listing=unshown))
    assert (named.named, ended.named, ended.companies) == (1, 0, (lines.StubLine(number=1),))


def test_results_list_recorded_visits() -> None:
    """PUBLISH-2: the recorded company has a row with its results; the planned and the open one are numbers."""
    shown = view_result(make_drawn(outcomes=SOME))
    (row,) = shown.rows
    assert isinstance(row, lines.ResultLine)
    assert (row.number, row.company.name, row.company.id, row.finished) == (1, "丙厂", "E-3", date(2026, 12, 1))
    assert [(each.domain.zh, each.result.zh) for each in row.results] == [
        ("劳动", "发现问题已责令改正"),
        ("安全", "未发现问题"),
    ]
    assert [method.zh for method in row.methods] == ["实地检查"]
    assert shown.progress == lines.Progress(drawn=3, recorded=1, planned=1, open=1)
    assert (shown.until, shown.term.working_days) == (date(2026, 12, 1), 20)


def _places(shown: view.ResultView) -> list[tuple[int, str]]:
    return [(row.number, row.company.id) for row in shown.rows if isinstance(row, lines.ResultLine)]


def test_results_stand_by_day_and_id() -> None:
    """PUBLISH-9: E-1 before E-3 of the same day; a later day comes after, and tickets decide nothing."""
    assert _places(view_result(make_drawn(outcomes=BOTH))) == [(1, "E-1"), (2, "E-3")]
    later = BOTH | {EntityId("E-1"): make_outcome("2026-12-02", labour=1, safety=1)}
    shown = view_result(make_drawn(outcomes=later))
    assert _places(shown) == [(1, "E-3"), (2, "E-1")]
    assert shown.until == date(2026, 12, 2)


def test_companies_are_counted_by_their_worst_result() -> None:
    """CLASS-2: E-1 found without fault and E-3 ordered to rectify for one of its domains: one company in each class."""
    classes = view_result(make_drawn(outcomes=BOTH)).classes
    assert [(line.number, line.result.zh, line.companies) for line in classes] == [
        (1, "未发现问题", 1),
        (5, "发现问题已责令改正", 1),
    ]


def test_an_open_visit_that_was_recorded_is_no_longer_open() -> None:
    """PUBLISH-2: the numbers count each drawn company once, a recorded one as recorded."""
    outcomes = SOME | {EntityId("E-2"): make_outcome("2026-12-02", safety=1)}
    assert view_result(make_drawn(outcomes=outcomes)).progress == lines.Progress(drawn=3, recorded=2, planned=1, open=0)


def test_a_void_draw_says_so_everywhere() -> None:
    """PUBLISH-5: the reason stands in the head of every view of a void draw."""
    void = make_committed(void_reason="wrong-value")
    drawn = make_drawn(committed=void)
    assert view_commitment(void).head.void_reason == "wrong-value"
    assert view_draw(drawn).head.void_reason == view_result(drawn).head.void_reason == "wrong-value"


def test_times_are_the_recorded_ones_at_the_bureau() -> None:
    """PUBLISH-8: an instant recorded in UTC is shown at the bureau's distance, and the day only where it is another."""
    instant = datetime(2026, 11, 30, 1, 12, 5, tzinfo=UTC)
    shown = view_draw(make_drawn(drawn_at=instant, day=date(2026, 11, 30)))
    assert shown.drawn_at.at.isoformat() == "2026-11-30T09:12:05+08:00"
    assert shown.drawn_at.day is None
    assert view_draw(make_drawn(day=date(2026, 12, 1))).drawn_at.day == date(2026, 12, 1)
    assert shown.head.made == view.Stamp(at=datetime.fromisoformat("2026-11-20T10:00:00+08:00"))
    assert view_result(make_drawn()).until == date(2026, 11, 30)


def test_the_committed_name_of_the_bureau_stands() -> None:
    """A bureau that was renamed since is called as it was committed, also in English, where nobody knows the old name's."""
    renamed = view_commitment(make_committed(bureau=replace(BUREAU, name="新名称")))
    assert renamed.head.publisher.name == Label(zh=BUREAU.name, en=BUREAU.name)
    assert view_commitment(make_committed()).head.publisher.name == Label(zh=BUREAU.name, en=BUREAU.name_en)


def test_every_kind_of_source_has_its_label() -> None:
    """A notice can show each kind of source; the label goes with the kind."""
    at = "2026-11-30T09:00:00z"
    promises = (
        TextPromise(name="a", at=at, digest="0" * 64),
        DicePromise(name="b", at=at, count=1, sides=6),
        LotteryPromise(name="c", at=at, groups=("前区",)),
        DrandPromise(name="d", at=at, chain="0" * 64, round=1),
        NistPromise(name="e", at=at, chain=2, pulse=3),
    )
    sample = make_sample()
    committed = make_committed(commitment=replace(sample.commitment, sources=promises))
    assert [source.kind for source in view_commitment(committed).sources] == list(SourceKind)
    assert [source.kind_label for source in view_commitment(committed).sources] == [
        SOURCES[kind] for kind in SourceKind
    ]


@pytest.mark.parametrize("key", ["plan", "matters", "software", "made", "day"])
def test_a_commitment_that_says_nothing_of_its_plan_has_no_notice(key: str) -> None:
    """A commitment without the keys that tell a person what it is for is refused with the missing key."""
    sample = make_sample(further={key: 7})
    with pytest.raises(InputError):
        view_commitment(make_committed(sample))
