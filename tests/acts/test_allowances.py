"""Letting an entity be drawn although a rule keeps it out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.plan.allowances import AllowOrder, allow
from inspect_cli.core.canonical import parse_canonical
from inspect_cli.core.draw.rows import parse_entity_rows, parse_others
from inspect_cli.core.names import EntityId, Period
from inspect_cli.core.people import Approval
from inspect_cli.core.plan.allowance import AllowanceRule
from inspect_cli.core.registry.ledger import LedgerVisit, VisitKind
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.ledger import add_ledger_visits
from inspect_cli.storage.plans import find_allowances
from inspect_cli.storage.registries import find_entity, update_entities
from tests import small_month as month

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

ACTOR = month.actor_on("2026-11-20")
ORDER = AllowOrder(
    bureau=month.BUREAU,
    period=Period("2026-12"),
    entity=EntityId("E01"),
    rule=AllowanceRule.COOLING_OFF,
    approval=Approval(approver=month.APPROVER, reason="督办"),
)


@pytest.fixture
def store(store_url: str) -> Store:
    """Make a store with the small month's registries, on both databases."""
    return month.fill(store_url)


def test_kept_once(store: Store) -> None:
    """ALLOW-1: an allowance stands with who entered it, who approved it and why, and is one act of the log."""
    assert allow(store, ACTOR, ORDER)
    assert not allow(store, month.actor_on("2026-11-21", name=month.OTHER_OPERATOR), ORDER)
    with store.reading() as session:
        (one,) = find_allowances(session, ORDER.period)
        (act,) = find_acts(session, act="plan allow")
    assert (one.entity, one.rule, one.actor, one.approver, one.reason) == (
        "E01",
        AllowanceRule.COOLING_OFF,
        month.OPERATOR,
        month.APPROVER,
        "督办",
    )
    assert (act.subject, act.approver, act.reason) == ("2026-12 E01", month.APPROVER, "督办")
    assert json.loads(act.detail) == {"rule": "cooling-off"}


def test_the_other_rule(store: Store) -> None:
    """ALLOW-1: the other rule takes an allowance of its own."""
    assert allow(store, ACTOR, ORDER)
    assert allow(store, ACTOR, replace(ORDER, rule=AllowanceRule.CAP))


@pytest.mark.parametrize(
    ("order", "family"),
    [
        (replace(ORDER, entity=EntityId("E99")), UsageMistake),
        (replace(ORDER, period=Period("2026-10")), RefusedError),
        (replace(ORDER, approval=Approval(approver=month.OPERATOR, reason="督办")), RefusedError),
        (replace(ORDER, approval=Approval(approver=month.AUDITOR, reason="督办")), RefusedError),
        (replace(ORDER, approval=Approval(approver=month.APPROVER, reason=" ")), UsageMistake),
        (replace(ORDER, entity=EntityId("E02")), RefusedError),
    ],
)
def test_refused(store: Store, order: AllowOrder, family: type[Exception]) -> None:
    """ALLOW-1: for nobody, for a month that is over, for who has left, and without a second person and a reason nothing is lifted."""
    with store.transaction() as session:
        gone = find_entity(session, EntityId("E02"))
        assert gone is not None
        update_entities(session, (replace(gone, retired=date(2026, 12, 31), retired_reason="x"),))
    with pytest.raises(family):
        allow(store, ACTOR, order)
    with store.reading() as session:
        assert find_allowances(session, order.period) == ()
        assert find_acts(session, act="plan allow") == ()


def test_another_reason(store: Store) -> None:
    """ALLOW-1: what is allowed is not allowed again for another reason; an auditor allows nothing."""
    allow(store, ACTOR, ORDER)
    with pytest.raises(RefusedError, match="allowed already"):
        allow(store, ACTOR, replace(ORDER, approval=Approval(approver=month.APPROVER, reason="其他")))
    with pytest.raises(RefusedError):
        allow(store, month.actor_on("2026-11-20", name=month.AUDITOR), ORDER)


def test_frozen(store: Store) -> None:
    """EXCLUDE-9: the row says by which rule it is there, the commitment how many such rows there are; others say nothing."""
    visited = LedgerVisit(
        entity=ORDER.entity, day=date(2026, 11, 3), kind=VisitKind.ROUTINE, domains=(month.LABOUR,), department="别处"
    )
    with store.transaction() as session:
        add_ledger_visits(session, (visited, replace(visited, entity=EntityId("E02"))))
    allow(store, ACTOR, ORDER)
    record = month.commit(store).draw
    rows = {str(row.id): parse_others(row.others) for row in parse_entity_rows(record.entities)}
    assert rows["E01"]["allowed"] == ["cooling-off"]
    assert "E02" not in rows
    assert all("allowed" not in others for entity, others in rows.items() if entity != "E01")
    commitment = parse_canonical(record.commitment)
    assert isinstance(commitment, dict)
    assert commitment["allowances"] == 1
