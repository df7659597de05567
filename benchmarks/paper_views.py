"""A month of invented visits as the views of which the bureau's own papers are made, for ``documents``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from inspect_cli.core.names import Domain, EntityId, InspectorId, MatterId, Slot
from inspect_cli.core.visit.result import Label
from inspect_cli.core.visit.sheet import PaperHead, PaperPerson, RunSheet, RunStop, SheetRow, VisitSheet
from inspect_cli.files.documents.reading import read_document
from inspect_cli.files.documents.template import render_source

if TYPE_CHECKING:
    from inspect_cli.core.publish.blocks import Document

VISITS, TEAMS, DAYS = 300, 10, 21
DOMAINS = (
    (Domain("safety"), Label(zh="安全", en="Safety")),
    (Domain("labour"), Label(zh="劳动", en="Labour")),
    (Domain("environment"), Label(zh="环保", en="Environment")),
)
HEAD = PaperHead(
    bureau=Label(zh="示例镇综合行政执法局", en="Sample bureau"),
    telephone="0000-12345",
    address="示例镇人民路1号",
    slot=Slot("2026-12/1"),
    month=Label(zh="2026年12月", en="December 2026"),
    plan="2026年12月双随机抽查计划",
    is_targeted=False,
)


def make_views(share: int) -> list[tuple[str, VisitSheet | RunSheet]]:
    """Make the run sheets of the teams and the sheets of their visits, each with the name of its template."""
    visits = [_make_visit(number) for number in range(VISITS // share)]
    runs: dict[tuple[date, int], list[VisitSheet]] = {}
    for number, visit in enumerate(visits):
        runs.setdefault((visit.day, number % TEAMS), []).append(visit)
    return [*(("run", _make_run(stops)) for stops in runs.values()), *(("sheet", visit) for visit in visits)]


def make_documents(views: list[tuple[str, VisitSheet | RunSheet]]) -> list[Document]:
    """Make the papers of views as the program does: template, source, document."""
    return [read_document(render_source(kind, view, "zh"), "zh") for kind, view in views]


def _make_visit(number: int) -> VisitSheet:
    """Make a visit of three domains with ten matters each."""
    rows = []
    for domain, label in DOMAINS:
        rows.append(SheetRow(matter=None, domain=domain, domain_label=label, name=Label(zh="本领域各事项", en="all")))
        for place in range(10):
            name = f"{label.zh}检查事项第{place + 1}项落实情况的检查"
            matter = MatterId(f"{domain[:2].upper()}{place + 1:02}")
            content = "制度建立情况、台账记录情况和现场情况"
            rows.append(
                SheetRow(
                    matter=matter, domain=domain, domain_label=label, name=Label(zh=name, en=name), content=content
                )
            )
    code = EntityId(f"91990100MA{number:06}X1")
    team = number % TEAMS
    return VisitSheet(
        head=HEAD,
        slot=HEAD.slot,
        entity=code,
        number=code,
        name=f"示例镇第{number}号精密机械有限公司",
        address=f"示例镇工业路{number}号",
        zone=f"网格{team:02}",
        day=date(2026, 12, number // TEAMS % DAYS + 1),
        place=team + 1,
        people=tuple(_make_person(2 * team + seat) for seat in range(2)),
        rows=tuple(rows),
    )


def _make_person(number: int) -> PaperPerson:
    return PaperPerson(
        id=InspectorId(f"R{number:03}"),
        name=f"检查员{number:03}",
        certificate=f"示执{number:05}",
        role=Label(zh="组员", en="member"),
    )


def _make_run(stops: list[VisitSheet]) -> RunSheet:
    return RunSheet(
        head=HEAD,
        day=stops[0].day,
        people=stops[0].people,
        stops=tuple(
            RunStop(
                place=place,
                number=stop.number,
                name=stop.name,
                address=stop.address,
                zone=stop.zone,
                contact=f"联系人{place}",
                telephone="0000-00000",
                domains=stop.domains,
            )
            for place, stop in enumerate(stops, start=1)
        ),
    )
