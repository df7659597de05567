"""What an import would do to a registry, by the rules IMPORT-1 to IMPORT-4."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.comparison import Change, Comparison, compare
from inspect_cli.core.registry.entity import Entity
from tests.registry_rows import a_leave, an_entity

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERY = frozenset(Entity.__dataclass_fields__)


def _compare(rows: Iterable[Entity], standing: Iterable[Entity], told: frozenset[str] = EVERY) -> Comparison[Entity]:
    return compare(rows, {one.id: one for one in standing}, key=lambda one: one.id, told=told)


def test_import_1_rows_are_new_changed_or_unchanged() -> None:
    """IMPORT-1: an unknown key is new, equal values are unchanged, all else is changed."""
    known, moved = an_entity(), an_entity(id=EntityId("moved"))
    found = _compare(
        [an_entity(id=EntityId("new")), known, an_entity(id=EntityId("moved"), zone="网格09")], [known, moved]
    )
    assert found.new == (an_entity(id=EntityId("new")),)
    assert found.unchanged == 1
    assert found.changed == (an_entity(id=EntityId("moved"), zone="网格09"),)
    assert found.changes == (Change(key="moved", field="zone", before="网格01", after="网格09"),)


def test_import_2_a_silent_file_changes_nothing() -> None:
    """IMPORT-2: a field without a column keeps its value; one whose column is blank loses it."""
    row = an_entity(zone=None, risk_class=None)
    assert _compare([row], [an_entity()], EVERY - {"zone", "risk_class"}).unchanged == 1
    found = _compare([row], [an_entity()], EVERY - {"zone"})
    assert found.changed == (an_entity(risk_class=None),)


def test_import_3_the_retired_stay_retired() -> None:
    """IMPORT-3: a retired row is named and keeps its retirement, changed or not, although the file knows nothing of it."""
    gone = an_entity(retired=date(2026, 1, 1), retired_reason="注销")
    assert _compare([an_entity()], [gone]).retired == (gone.id,)
    assert _compare([an_entity()], [gone]).unchanged == 1
    (changed,) = _compare([an_entity(name="改名")], [gone]).changed
    assert (changed.name, changed.retired, changed.retired_reason) == ("改名", gone.retired, "注销")


def test_import_4_private_values_are_not_named() -> None:
    """IMPORT-4: that a telephone number changed is told, and neither number is; the same for a leave's reason."""
    found = _compare([an_entity(telephone="1", contact="2")], [an_entity()])
    assert [(one.field, one.before, one.after, one.is_private) for one in found.changes] == [
        ("contact", None, None, True),
        ("telephone", None, None, True),
    ]
    leave = a_leave()
    changes = compare([a_leave(reason="病假")], {1: leave}, key=lambda _leave: 1, told=frozenset({"reason"})).changes
    assert changes[0].is_private
    assert not Change(key=1, field="zone", before="a", after="b").is_private


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True), st.data())
def test_every_row_is_counted_once_and_taking_them_leaves_nothing_to_take(
    rows: list[str], standing: list[str], data: st.DataObject
) -> None:
    """New, changed and unchanged are all rows; after they are taken, the same file finds every row unchanged."""
    zones = st.sampled_from(["1", "2"])
    told = [an_entity(id=EntityId(one), zone=data.draw(zones)) for one in rows]
    before = {EntityId(one): an_entity(id=EntityId(one), zone=data.draw(zones)) for one in standing}
    found = _compare(told, before.values())
    assert len(found.new) + len(found.changed) + found.unchanged == len(rows)
    after = before | {one.id: one for one in (*found.new, *found.changed)}
    again = _compare(told, after.values())
    assert (again.new, again.changed, again.unchanged) == ((), (), len(rows))
