"""What ``plan check`` and ``plan allow`` say of caps, allowances, days without visits, and what earlier months left."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.registry.blackouts import close_days
from inspect_cli.acts.visit.endings import EndOrder, carry_over_visits
from inspect_cli.core.canonical import parse_canonical
from inspect_cli.core.draw.commitment import parse_commitment
from inspect_cli.core.draw.rows import parse_entity_rows, parse_others
from inspect_cli.core.names import EntityId, MatterId, Period, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.registry.blackout import Blackout
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.core.workdays import YearNotice
from inspect_cli.storage.calendar import add_year_notice
from inspect_cli.storage.draws import find_draw
from inspect_cli.storage.ledger import add_ledger_visits
from inspect_cli.storage.registries import find_entity, update_entities
from inspect_cli.storage.visits import find_visits
from tests import small_month as month

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspect_cli.storage.engine import Store
    from tests.conftest import Outcome

TODAY = ("--today", "2026-11-20")
MATTER_CAP = '\n[limits.matters]\n"S-01" = { number = 1, basis = "专项" }\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the small month's settings, plan and store, and an expectation of 2027."""
    month.fill_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    notice = YearNotice(year=2027, title="预估", days_off=(), make_up_days=(), provisional=True)
    with month.open_folder(tmp_path).transaction() as session:
        add_year_notice(session, notice)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Store:
    """Open the folder's store."""
    return month.open_folder(folder)


def visited(entity: str, **change: Any) -> LedgerVisit:
    """Build a visit of October for safety."""
    visit = LedgerVisit(
        entity=EntityId(entity),
        day=date(2026, 10, 9),
        kind=VisitKind.ROUTINE,
        domains=(month.SAFETY,),
        department="区应急管理局",
    )
    return replace(visit, **change)


def check(run_cli: Callable[..., Outcome], *options: str) -> dict[str, Any]:
    """Give what the check says as data."""
    found: dict[str, Any] = json.loads(run_cli(*TODAY, "plan", "check", "plan.toml", "--json", *options).out)
    return found


def test_who_is_excluded_and_why(run_cli: Callable[..., Outcome], store: Store) -> None:
    """EXCLUDE-5: with --excluded each exclusion stands with its reason, on the screen and as data, and the basis stands in any case."""
    with store.transaction() as session:
        add_ledger_visits(session, (visited("E01"),))
    why = "visited on 2026-10-09; the 3 months of cooling-off end on 2027-01-09"
    rows = check(run_cli, "--excluded")["excluded"]["rows"]
    assert [(row["id"], row["reason"]) for row in rows] == [("E01", "cooling-off")]
    assert rows[0]["why"].startswith(why)
    assert "why" not in check(run_cli)["excluded"]["rows"][0]
    shown = run_cli(*TODAY, "plan", "check", "plan.toml", "--excluded").out
    assert f"E01 示例第1厂 (cooling-off): {why}" in shown
    plain = run_cli(*TODAY, "plan", "check", "plan.toml").out
    assert "cooling-off: 3 months (本单位随机抽查工作细则（请核实）)" in plain
    assert why not in plain


def test_an_allowance_from_the_plan_to_verify(run_cli: Callable[..., Outcome], folder: Path, store: Store) -> None:
    """ALLOW-1, QUESTION-1: what is allowed is listed, shown with the plan, frozen, and asked about by verify."""
    with store.transaction() as session:
        add_ledger_visits(session, (visited("E01"),))
    words = (
        "plan",
        "allow",
        "2026-12",
        "E01",
        "--rule",
        "cooling-off",
        "--approver",
        month.APPROVER,
        "--reason",
        "督办",
    )
    done = run_cli("--as", month.OPERATOR, *TODAY, *words)
    assert (done.status, "E01 may be drawn in 2026-12" in done.out) == (0, True)
    again = json.loads(run_cli("--as", month.OPERATOR, *TODAY, *words, "--json").out)
    assert again == {"period": "2026-12", "entity": "E01", "rule": "cooling-off", "new": False}
    assert "allowed before" in run_cli("--as", month.OPERATOR, *TODAY, *words).out
    listed = json.loads(run_cli("plan", "allow", "2026-12", "--list", "--json").out)
    assert [(row["entity"], row["approver"], row["reason"]) for row in listed] == [("E01", month.APPROVER, "督办")]
    assert month.APPROVER in run_cli("plan", "allow", "2026-12", "--list").out
    assert "E01 is in the frame in spite of: cooling-off" in run_cli(*TODAY, "plan", "check", "plan.toml").out
    slot = month.draw_month(store, (folder / "plan.toml").read_text("utf-8"))
    assert run_cli("draw", "bundle", slot, "-o", "bundle.zip").status == 0
    asked = run_cli("verify", "bundle.zip").out
    assert "drawn in spite of a rule" in asked
    assert "cooling-off" in asked
    assert "made with a provisional calendar of working days  2027" in asked


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "words",
    [
        ("2026-12",),
        ("2026-12", "E01"),
        ("2026-12", "E01", "--rule", "cap"),
        ("2026-12", "E01", "--rule", "cap", "--approver", month.APPROVER),
        ("2026-12", "E01", "--rule", "month", "--approver", month.APPROVER, "--reason", "督办"),
        ("2026-12", "", "--rule", "cap", "--approver", month.APPROVER, "--reason", "督办"),
    ],
)
def test_half_an_allowance(run_cli: Callable[..., Outcome], words: tuple[str, ...]) -> None:
    """ALLOW-1: without an entity, a rule that can be lifted, an approver and a reason there is no allowance."""
    assert run_cli("--as", month.OPERATOR, *TODAY, "plan", "allow", *words).status == 2


def test_what_is_frozen(run_cli: Callable[..., Outcome], folder: Path, store: Store) -> None:
    """BLACK-2, CAP-3, PLAN-17: days and matters stand in the row, provisional years in the commitment."""
    settings = folder / "inspect.toml"
    settings.write_text(settings.read_text("utf-8").replace("\n[deadlines]", f"{MATTER_CAP}\n[deadlines]"), "utf-8")
    (folder / "plan.toml").write_text(month.plan_text(labour=3, safety=1), "utf-8")
    early = visited("E01", day=date(2026, 2, 2), matters=(MatterId("S-01"),))
    with store.transaction() as session:
        add_ledger_visits(session, (early, replace(early, entity=EntityId("E02"), domains=(month.LABOUR,))))
    away = Blackout(first=date(2026, 12, 1), last=date(2026, 12, 30), reason="停产", entity=EntityId("E03"))
    close_days(store, month.actor_on("2026-11-20"), month.BUREAU, away)
    words = ("--as", month.OPERATOR, "--today", month.COMMIT_DAY, "draw", "commit", "plan.toml", "--yes")
    assert run_cli(*words).status == 0
    with store.reading() as session:
        record = find_draw(session, Slot("2026-12/1"))
    assert record is not None
    rows = {row.id: row for row in parse_entity_rows(record.entities)}
    assert rows[EntityId("E03")].days == ("2026-12-31",)
    assert [id for id, row in rows.items() if row.days is not None] == ["E03"]
    # S-01 is the only matter for safety: where it is at its cap, so is the domain.
    assert [id for id, row in rows.items() if row.domains == (month.LABOUR,)] == [
        "E01",
        "E02",
        "E07",
        "E08",
        "E09",
        "E10",
    ]
    assert all("without_matters" not in parse_others(row.others) for row in rows.values())
    commitment = parse_canonical(record.commitment)
    assert isinstance(commitment, dict)
    assert commitment["calendar"] == {"provisional": [2027]}
    assert "allowances" not in commitment
    assert parse_commitment(record.commitment).days[-1] == "2026-12-31"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_earlier_months_left(run_cli: Callable[..., Outcome], folder: Path, store: Store, lang: str) -> None:
    """CARRY-1: January's check lists what was carried over to it, and what December left without an end, with the commands."""
    slot = month.draw_month(store)
    with store.reading() as session:
        visits = find_visits(session, slot)
    order = EndOrder(
        bureau=month.BUREAU,
        slot=slot,
        approval=Approval(approver=month.APPROVER, reason="停业"),
        entities=(visits[0].entity,),
        to_period=Period("2027-01"),
    )
    carry_over_visits(store, month.actor_on("2026-12-28"), order)
    text = month.plan_text().replace("2026-12", "2027-01").replace("2026-11-30", "2026-12-31")
    (folder / "plan.toml").write_text(text, "utf-8")
    words = ("--lang", lang, "--today", "2026-12-30", "plan", "check", "plan.toml")
    data = json.loads(run_cli(*words, "--json").out)
    assert data["carried_over"] == [
        {"slot": slot, "entity": visits[0].entity, "domains": data["carried_over"][0]["domains"], "drawn": True}
    ]
    assert [one["entity"] for one in data["unended"]] == [
        one.entity for one in visits[1:] if one.day is None or one.day < date(2026, 12, 30)
    ]
    done = run_cli(*words)
    assert visits[0].entity in done.out
    assert f"visit carry-over {slot}" in done.err
    assert {"en": "carried over", "zh": "结转"}[lang] in done.out
    with store.transaction() as session:
        entity = find_entity(session, visits[0].entity)
        assert entity is not None
        update_entities(session, [replace(entity, retired=date(2027, 1, 4), retired_reason="注销")])
    table = run_cli(*words).out.partition({"en": "Visits carried over", "zh": "结转到本月"}[lang])[2]
    (row,) = (line for line in table.splitlines() if visits[0].entity in line and slot in line)
    assert row.endswith({"en": "no: no longer in the registry", "zh": "否：已退出名录库"}[lang])


def test_planned_visits_on_closed_days(run_cli: Callable[..., Outcome], store: Store) -> None:
    """BLACK-2: who closes days is told which visits are planned on them, and what to do."""
    slot = month.draw_month(store)
    with store.reading() as session:
        visit = next(one for one in find_visits(session, slot) if one.day is not None)
    words = ("workdays", "close", str(visit.day), "--entity", visit.entity, "--reason", "停产")
    closed = run_cli("--as", month.OPERATOR, "--today", "2026-11-30", *words)
    assert f"entity {visit.entity}" in closed.out
    assert f"planned on {visit.day} is a visit to {visit.entity} ({slot})" in closed.out
    assert "schedule move" in closed.err


def test_a_draw_in_the_way(run_cli: Callable[..., Outcome], folder: Path, store: Store) -> None:
    """PLAN-16: a draw that is not drawn yet is named first, and the way out is that draw, not the scope."""
    month.commit(store)
    (folder / "plan.toml").write_text(month.plan_text(labour=2), "utf-8")
    refused = run_cli(*TODAY, "plan", "check", "plan.toml")
    assert refused.status == 3
    assert refused.out.splitlines()[0] == "Not drawn yet, and in the way of this plan: 2026-12/1"
    assert "draw 2026-12/1 first" in refused.err
    first = check(run_cli)["warnings"][0]
    assert "draw run 2026-12/1" in first
    assert "draw void 2026-12/1" in first
