"""What an import would do to a registry, by the rules IMPORT-1 to IMPORT-7."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from inspect_cli.core.names import EntityId
from inspect_cli.core.registry.comparison import KEPT, KEY_FIELDS, Batch, Change, Comparison, Counted, Pattern, compare
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.registry.number import NumberChange
from tests.registry_rows import SAFETY, a_leave, an_entity, an_inspector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspect_cli.core.registry.inspector import Leave

EVERY = frozenset(Entity.__dataclass_fields__)


def _pattern(told: frozenset[str] = EVERY) -> Pattern[Entity]:
    return Pattern(key=lambda one: one.id, told=told, key_fields=KEY_FIELDS["entity"])


def _compare(rows: Iterable[Entity], standing: Iterable[Entity], told: frozenset[str] = EVERY) -> Batch[Entity]:
    return compare(enumerate(rows, start=2), {one.id: one for one in standing}, _pattern(told))


def test_import_1_rows_are_new_changed_or_unchanged() -> None:
    """IMPORT-1: an unknown key is new, equal values are unchanged, all else is changed."""
    known, moved = an_entity(), an_entity(id=EntityId("moved"))
    found = _compare(
        [an_entity(id=EntityId("new")), known, an_entity(id=EntityId("moved"), zone="网格09")], [known, moved]
    )
    assert found.new == (an_entity(id=EntityId("new")),)
    assert found.unchanged == 1
    assert found.changed == (an_entity(id=EntityId("moved"), zone="网格09"),)
    assert found.changes == (Change(key="moved", field="zone", before="网格01", after="网格09", row=4),)


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
    """IMPORT-4: that a telephone number changed is to be told without either number; the same for a leave's reason."""
    found = _compare([an_entity(telephone="1", contact="2", zone="3")], [an_entity()])
    assert [(one.field, one.is_private) for one in found.changes] == [
        ("zone", False),
        ("contact", True),
        ("telephone", True),
    ]
    pattern: Pattern[Leave] = Pattern(key=lambda _leave: 1, told=frozenset({"reason"}))
    (change,) = compare([(2, a_leave(reason="病假"))], {1: a_leave()}, pattern).changes
    assert change.is_private
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


def test_import_2_a_rule_never_overrides_a_given_domain() -> None:
    """IMPORT-2: domains by rule change with the rule, whatever columns there are; domains that a file named stay against any rule."""
    ruled, other = an_entity(domains_by_rule=True), an_entity(domains=(SAFETY,), domains_by_rule=True)
    silent = EVERY - {"domains", "domains_by_rule"}
    assert _compare([other], [ruled], silent).changed == (other,)
    assert _compare([other], [an_entity()]).changed == ()
    given = an_entity(domains=(SAFETY,))
    assert _compare([given], [ruled], EVERY - {"domains_by_rule"}).changed == (given,)
    assert _compare([given], [ruled], silent).unchanged == 1


def test_import_5_key_changes_are_counted_apart() -> None:
    """IMPORT-5: a name is a key field, a zone is not; both are changes."""
    rows = [an_entity(name="改名", zone="网格02")]
    found = Comparison().plus(_compare(rows, [an_entity()]), _pattern())
    assert [one.field for one in found.changes.first] == ["name", "zone"]
    assert [one.field for one in found.key_changes.first] == ["name"]


def test_import_6_the_digest_tells_what_would_be_done() -> None:
    """IMPORT-6: the same work has the same digest; another new row, another value before or after, another number or leaver another one."""
    row, other = an_entity(zone="网格02"), an_entity(id=EntityId("E2"))
    change = NumberChange(was=an_entity(), standing=None, former=an_entity(), kept=other)
    batches = [
        _compare([row], [an_entity()]),
        _compare([row], [an_entity(zone="网格03")]),
        _compare([an_entity(zone="网格04")], [an_entity()]),
        _compare([row, other], [an_entity()]),
        replace(_compare([row], [an_entity()]), renumbered=(change,)),
    ]
    seen = [Comparison().plus(batch, _pattern()).seen for batch in batches]
    assert len(set(seen)) == len(seen)
    assert Comparison().plus(_compare([row], [an_entity()]), _pattern()).seen == seen[0]
    leaving, told = (Comparison().lacking([other], is_leaving=is_leaving) for is_leaving in (True, False))
    assert leaving.seen != told.seen
    assert leaving.missing == told.missing == Counted(count=1, first=(other,))
    assert not told.seen


def test_a_comparison_names_the_first_and_counts_the_rest() -> None:
    """However many rows a file has, a bounded number of them is held; batches of any size count the same."""
    rows = [an_entity(id=EntityId(f"E{number}")) for number in range(KEPT + 5)]
    whole = Comparison().plus(_compare(rows, []), _pattern())
    parts = Comparison()
    for start in range(0, len(rows), 300):
        parts = parts.plus(_compare(rows[start : start + 300], []), _pattern())
    assert whole.new == parts.new == Counted(count=KEPT + 5, first=tuple(rows[:KEPT]))
    assert not whole.is_nothing
    assert Comparison(unchanged=3).is_nothing


def _compare_people(row: Inspector, *standing: Inspector) -> Batch[Inspector]:
    pattern: Pattern[Inspector] = Pattern(key=lambda one: one.id, told=frozenset(Inspector.__dataclass_fields__))
    return compare([(2, row)], {one.id: one for one in standing}, pattern)


def test_import_7_whoever_is_out_of_service_keeps_what_the_row_leaves_blank() -> None:
    """IMPORT-7: 失效 with nothing but a name takes somebody out of service and nothing else; who is an expert stays one."""
    gone = an_inspector(certificate=None, skills=(), valid_until=None, in_service=False)
    person = an_inspector(valid_until=date(2027, 6, 30))
    assert _compare_people(gone, person).changed == (replace(person, in_service=False),)
    expert = replace(person, certificate=None, is_expert=True)
    assert _compare_people(gone, expert).changed == (replace(expert, in_service=False),)
    assert _compare_people(gone, replace(person, in_service=False)).unchanged == 1


def test_import_7_what_such_a_row_says_is_taken() -> None:
    """IMPORT-7: a row that says a certificate, its end, skills and no expert means them; in service a blank end means long-term."""
    standing = an_inspector(certificate="C-9", valid_until=date(2027, 6, 30), is_expert=True)
    told = an_inspector(skills=(SAFETY,), valid_until=date(2026, 1, 31), in_service=False)
    assert _compare_people(told, standing).changed == (told,)
    assert _compare_people(an_inspector(), standing).changed == (an_inspector(),)


def test_import_7_nobody_is_entered_without_a_certificate() -> None:
    """IMPORT-7: of a number that the registry does not hold such a row is left out and named; an expert's needs no certificate."""
    gone = an_inspector(certificate=None, in_service=False)
    found = _compare_people(gone)
    assert (found.new, found.left_out) == ((), (gone.id,))
    pattern: Pattern[Inspector] = Pattern(key=lambda one: one.id, told=frozenset())
    assert Comparison().plus(found, pattern).left_out == Counted(count=1, first=(gone.id,))
    for entered in (replace(gone, is_expert=True), replace(gone, certificate="C-1")):
        assert _compare_people(entered).new == (entered,)
