"""Registry values through the store and back: the same values, in the same order, on both databases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.core.names import EntityId, InspectorId
from inspect_cli.core.registry.inspector import RecusalReason
from inspect_cli.core.registry.ledger import VisitKind
from inspect_cli.core.workdays import YearNotice
from inspect_cli.storage.calendar import add_year_notice, find_year_notices, update_year_notice
from inspect_cli.storage.ledger import add_ledger_visits, find_ledger
from inspect_cli.storage.registries import (
    add_entities,
    add_inspectors,
    add_leave,
    add_matters,
    add_recusals,
    find_entities,
    find_entity,
    find_entity_ids,
    find_inspector,
    find_inspector_ids,
    find_inspectors,
    find_leave,
    find_matter,
    find_matters,
    find_recusals,
    update_entities,
    update_inspectors,
    update_leave,
    update_matters,
)
from tests.registry_rows import (
    HEALTH,
    HOSTILE,
    SAFETY,
    TODAY,
    a_leave,
    a_matter,
    a_recusal,
    a_visit,
    an_entity,
    an_inspector,
)

if TYPE_CHECKING:
    from sqlmodel import Session

    from inspect_cli.storage.engine import Store


def _add_pair(session: Session) -> None:
    add_entities(session, [an_entity()])
    add_inspectors(session, [an_inspector()])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_comes_back_as_it_was(store: Store, name: str) -> None:
    """No name is anything but text, however it looks and however long it is."""
    entity = an_entity(name=name, address=name, zone=name, legal_representative=name)
    with store.transaction() as session:
        add_entities(session, [entity])
    with store.reading() as session:
        assert find_entity(session, entity.id) == entity


def test_every_field_comes_back(store: Store) -> None:
    """All fields of entities, inspectors and matters are kept, the far ends of the calendar included."""
    entity = an_entity(
        industry="C33", size="小", address="地址", registration_status="存续", established=date(1, 1, 1),
        retired=date(9999, 12, 31), retired_reason="注销", registration_authority="甲", supervising_unit="乙",
    )  # fmt: skip
    inspector = an_inspector(
        valid_until=date(9999, 9, 9), may_lead=True, zones=("网格01", "网格02"), day_cap=2, month_cap=0, unit="甲",
        squad="一", position="队员", issuing_authority="省", is_expert=True, retired=TODAY, retired_reason="调离",
    )  # fmt: skip
    matter = a_matter(
        content="内容", object_type="企业", method="实地", ratio="0.05", frequency="每年1次", is_key=True,
        source_of_power="法定", valid_until=TODAY, remarks="备注", retired=TODAY, retired_reason="废止",
    )  # fmt: skip
    with store.transaction() as session:
        add_entities(session, [entity])
        add_inspectors(session, [inspector])
        add_matters(session, [matter])
    with store.reading() as session:
        assert find_entity(session, entity.id) == entity
        assert find_inspector(session, inspector.id) == inspector
        assert find_matter(session, matter.id) == matter
        assert find_entity_ids(session) == {entity.id}
        assert find_inspector_ids(session) == {inspector.id}


def test_what_is_not_there_is_not_found(store: Store) -> None:
    """An unknown id finds nothing."""
    with store.reading() as session:
        assert find_entity(session, EntityId("x")) is None
        assert find_inspector(session, InspectorId("x")) is None


def test_rows_are_sorted_by_their_bytes(store: Store) -> None:
    """The order is that of UTF-8, whatever the database's collation: capitals first, the astral plane last."""
    ids = ["a", "B", "é", "字", "\uff21", "𠮷", "0", "b"]
    with store.transaction() as session:
        add_entities(session, [an_entity(id=EntityId(one)) for one in ids])
    with store.reading() as session:
        assert [one.id for one in find_entities(session)] == sorted(ids, key=str.encode)


def test_ids_that_differ_in_case_or_width_are_different(store: Store) -> None:
    """Text compares by its bytes: no collation takes two ids for one."""
    with store.transaction() as session:
        add_entities(session, [an_entity(id=EntityId(one)) for one in ("abc", "ABC", "ａｂｃ")])
    with store.reading() as session:
        assert find_entity(session, EntityId("abc")) == an_entity(id=EntityId("abc"))
        assert len(find_entities(session)) == 3


def test_the_retired_are_found_when_asked_for(store: Store) -> None:
    """A list leaves the retired out unless it is to have them."""
    gone = {"retired": TODAY, "retired_reason": "x"}
    with store.transaction() as session:
        add_entities(session, [an_entity(), an_entity(id=EntityId("gone"), **gone)])
        add_inspectors(session, [an_inspector(), an_inspector(id=InspectorId("gone"), **gone)])
        add_matters(session, [a_matter(), a_matter(id="gone", **gone)])
    with store.reading() as session:
        for find in (find_entities, find_inspectors, find_matters):
            assert len(find(session)) == 1
            assert [row.id for row in find(session, include_retired=True) if row.retired] == ["gone"]


def test_an_update_replaces_the_row_alone(store: Store) -> None:
    """The row with the id is replaced as a whole, and no other."""
    other = an_entity(id=EntityId("other"))
    with store.transaction() as session:
        add_entities(session, [an_entity(), other])
        add_matters(session, [a_matter()])
        update_entities(session, [an_entity(name="改名", zone=None)])
        update_matters(session, [a_matter(basis="新法")])
    with store.reading() as session:
        assert set(find_entities(session)) == {an_entity(name="改名", zone=None), other}
        assert find_matters(session) == (a_matter(basis="新法"),)


def test_two_certificates_can_be_exchanged(store: Store) -> None:
    """A correction that exchanges two people's certificates is possible although each certificate is unique."""
    one, two = an_inspector(), an_inspector(id=InspectorId("R002"), certificate="C-2")
    exchanged = (an_inspector(certificate="C-2"), an_inspector(id=InspectorId("R002"), certificate="C-1"))
    with store.transaction() as session:
        add_inspectors(session, [one, two])
        update_inspectors(session, exchanged)
        update_inspectors(session, ())
    with store.reading() as session:
        assert find_inspectors(session) == exchanged


def test_leave_is_found_by_the_days_it_touches(store: Store) -> None:
    """Leave from the 7th to the 11th touches the 7th and the 11th, and neither the 6th nor the 12th."""
    with store.transaction() as session:
        _add_pair(session)
        add_leave(session, [a_leave()])
        update_leave(session, [a_leave(reason="病假")])
    with store.reading() as session:
        for first, last, is_found in ((1, 6, False), (1, 7, True), (9, 9, True), (11, 30, True), (12, 30, False)):
            found = find_leave(session, first=date(2026, 12, first), last=date(2026, 12, last))
            assert found == ((a_leave(reason="病假"),) if is_found else ())
        assert find_leave(session, inspector=InspectorId("R002")) == ()


def test_recusals_are_found_by_inspector(store: Store) -> None:
    """A recusal with ends and one without are both kept as they are, and are of nobody else."""
    bounded = a_recusal(reason=RecusalReason.OWN_REQUEST, start=date(2026, 12, 1), end=date(2026, 12, 31))
    with store.transaction() as session:
        _add_pair(session)
        add_recusals(session, [bounded, a_recusal()])
    with store.reading() as session:
        assert find_recusals(session) == (a_recusal(), bounded)
        assert find_recusals(session, inspector=bounded.inspector) == (a_recusal(), bounded)
        assert find_recusals(session, inspector=InspectorId("R002")) == ()


def test_the_ledger_is_found_since_a_day(store: Store) -> None:
    """Visits come in the order of their days, from the day that is asked for, kinds and domains as they were."""
    early = a_visit(day=date(2025, 12, 31), kind=VisitKind.COMPLAINT, domains=(HEALTH, SAFETY))
    with store.transaction() as session:
        _add_pair(session)
        add_entities(session, [an_entity(id=EntityId("other"))])
        add_ledger_visits(session, [a_visit(), early, a_visit(entity=EntityId("other"))])
    with store.reading() as session:
        assert find_ledger(session) == (early, a_visit(), a_visit(entity=EntityId("other")))
        assert find_ledger(session, since=date(2026, 1, 1)) == (a_visit(), a_visit(entity=EntityId("other")))
        assert find_ledger(session)[0].kind is VisitKind.COMPLAINT


def test_year_notices_are_kept_by_year(store: Store) -> None:
    """A notice comes back with its days, and another takes its place."""
    notice = YearNotice(
        year=2027, title="2027.csv", days_off=(date(2027, 1, 1),), make_up_days=(date(2027, 2, 20),), provisional=True
    )
    final = YearNotice(year=2027, title="final.csv", days_off=(), make_up_days=())
    with store.transaction() as session:
        add_year_notice(session, notice)
        assert find_year_notices(session) == (notice,)
        update_year_notice(session, final)
    with store.reading() as session:
        assert find_year_notices(session) == (final,)


def test_many_rows_are_no_burden(store: Store) -> None:
    """Twelve thousand entities, more than one statement takes, are added and found."""
    with store.transaction() as session:
        add_entities(session, (an_entity(id=EntityId(f"E{number:05}")) for number in range(12_000)))
    with store.reading() as session:
        found = find_entities(session)
    assert len(found) == 12_000
    assert found[0].zone is found[-1].zone  # a word that many share is kept once
    assert found[0].domains is found[-1].domains
