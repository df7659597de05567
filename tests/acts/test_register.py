"""Files taken into the registries: whole or not at all, never over what stands unasked, one row of the log each."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli.acts.registry.availability import import_leave
from inspect_cli.acts.registry.entities import import_entities
from inspect_cli.acts.registry.inspectors import import_inspectors
from inspect_cli.acts.registry.ledger import import_visits
from inspect_cli.acts.registry.matters import import_matters
from inspect_cli.acts.registry.recusals import import_recusals
from inspect_cli.acts.registry.register import ImportOrder, render_value
from inspect_cli.core.names import EntityId, InspectorId, MatterId
from inspect_cli.core.people import Person, Role
from inspect_cli.core.registry.ledger import VisitKind
from inspect_cli.errors import InputError, RefusedError
from inspect_cli.storage.act_log import ActRecord, find_acts
from inspect_cli.storage.history import find_value_changes
from inspect_cli.storage.ledger import find_ledger
from inspect_cli.storage.registries import (
    find_entities,
    find_inspectors,
    find_leave,
    find_matters,
    find_recusals,
    update_entities,
)
from tests.registry_rows import (
    HOSTILE,
    TODAY,
    a_leave,
    a_matter,
    a_recusal,
    a_visit,
    an_actor,
    an_entity,
    an_inspector,
    an_intake,
    an_order,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.storage.engine import Store

AUDITOR = (Person(name="操作员甲", roles=(Role.AUDITOR,)),)


def _entities(store: Store) -> tuple[Entity, ...]:
    with store.reading() as session:
        return find_entities(session, include_retired=True)


def _acts(store: Store) -> tuple[ActRecord, ...]:
    with store.reading() as session:
        return find_acts(session)


def test_a_first_file_is_taken_and_logged(store: Store) -> None:
    """All rows are new; the log has the file's name, digest and counts, and no telephone number."""
    done = import_entities(store, an_actor(), an_order(an_entity(), an_entity(id=EntityId("E2"))))
    assert (done.new, done.updated, done.unchanged) == (2, 0, 0)
    assert len(_entities(store)) == 2
    (act,) = _acts(store)
    assert (act.act, act.subject, act.actor) == ("entity import", "rows.csv", "操作员甲")
    assert json.loads(act.detail) == {
        "file": "rows.csv", "sha256": "0" * 64, "new": 2, "updated": 0, "unchanged": 0, "values": 0,
        "retired": 0, "renumbered": 0,
    }  # fmt: skip


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    """A second import of the same rows finds them unchanged and writes no row of the log."""
    for _time in range(2):
        done = import_entities(store, an_actor(), an_order(an_entity()))
    assert (done.new, done.updated, done.unchanged) == (0, 0, 1)
    assert len(_acts(store)) == 1


def test_changes_are_refused_and_named(store: Store) -> None:
    """Without --update a file that would change rows is refused whole, with each field, both values, and the row; telephones unseen."""
    import_entities(store, an_actor(), an_order(an_entity(zone=None)))
    order = an_order(an_entity(id=EntityId("new")), an_entity(name="改名", telephone="1"))
    with pytest.raises(RefusedError) as caught:
        import_entities(store, an_actor(), order)
    told = {one.where.column: (one.where.row, str(one.what)) for one in caught.value.mistakes}
    assert told == {
        "企业名称": (3, "the file says “改名”, the registry holds “示例食品厂”"),
        "网格": (3, "the file says “网格01”, the registry holds nothing"),
        "联系方式": (3, "the registry holds another value"),
    }
    assert "--update" in str(caught.value.hint)
    assert _entities(store) == (an_entity(zone=None),)
    assert len(_acts(store)) == 1


def test_changes_are_taken_when_asked_and_kept_as_history(store: Store) -> None:
    """With --update the file's values stand; both values of each field are kept, telephones too, and the log has their number alone."""
    import_entities(store, an_actor(), an_order(an_entity()))
    order = an_order(an_entity(zone="网格02", telephone="13911111111"), update=True)
    done = import_entities(store, an_actor(), order)
    assert (done.new, done.updated, done.unchanged) == (0, 1, 0)
    assert _entities(store) == (an_entity(zone="网格02", telephone="13911111111"),)
    with store.reading() as session:
        told = find_value_changes(session, "entity", an_entity().id)
    assert [(one.change.field, one.change.before, one.change.after) for one in told] == [
        ("zone", '"网格01"', '"网格02"'),
        ("telephone", '"13900000000"', '"13911111111"'),
    ]
    act = _acts(store)[-1]
    assert {one.act for one in told} == {act}
    assert (json.loads(act.detail)["updated"], json.loads(act.detail)["values"]) == (1, 2)
    assert "139" not in act.detail


def test_a_file_without_a_column_leaves_the_field(store: Store) -> None:
    """A file that does not speak of zones and telephones is no reason to forget them."""
    import_entities(store, an_actor(), an_order(an_entity()))
    intake = an_intake(an_entity(zone=None, telephone=None), silent=("zone", "telephone"))
    assert import_entities(store, an_actor(), ImportOrder(intake=intake, people=())).unchanged == 1
    assert _entities(store) == (an_entity(),)


def test_a_dry_run_tells_and_does_nothing(store: Store) -> None:
    """A dry run gives counts and changes, also those that would be refused, and touches neither rows nor log."""
    import_entities(store, an_actor(), an_order(an_entity()))
    order = an_order(an_entity(name="改名"), an_entity(id=EntityId("new")), dry_run=True)
    done = import_entities(store, an_actor(), order)
    assert (done.new, done.updated, done.is_dry_run) == (1, 1, True)
    assert [change.field for change in done.changes] == ["name"]
    assert _entities(store) == (an_entity(),)
    assert len(_acts(store)) == 1


def test_the_retired_are_told_and_stay(store: Store) -> None:
    """A file that still lists a retired entity does not bring it back."""
    gone = an_entity(retired=TODAY, retired_reason="注销")
    import_entities(store, an_actor(), an_order(an_entity()))
    with store.transaction() as session:
        update_entities(session, [gone])
    done = import_entities(store, an_actor(), an_order(an_entity()))
    assert (done.unchanged, done.retired) == (1, (gone.id,))
    assert _entities(store) == (gone,)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_taken_as_text(store: Store, name: str) -> None:
    """Names that look like code are stored, compared and named in refusals as they are."""
    import_entities(store, an_actor(), an_order(an_entity(name=name)))
    assert _entities(store)[0].name == name
    with pytest.raises(RefusedError) as caught:
        import_entities(store, an_actor(), an_order(an_entity(name="x")))
    assert f"the registry holds “{name}”" in str(caught.value.mistakes[0].what)


def test_inspectors_are_taken_and_a_certificate_is_one_persons(store: Store) -> None:
    """A file that gives a new person somebody's certificate is refused with the row; exchanged ones within a file are taken."""
    two = an_inspector(id=InspectorId("R002"), certificate="C-2")
    import_inspectors(store, an_actor(), an_order(an_inspector(), two))
    with pytest.raises(InputError) as caught:
        import_inspectors(store, an_actor(), an_order(an_inspector(id=InspectorId("R003"))))
    (mistake,) = caught.value.mistakes
    assert (mistake.where.row, mistake.where.column, mistake.value) == (2, "执法证号", "C-1")
    assert "R001" in str(mistake.what)
    swapped = an_order(
        an_inspector(certificate="C-2"), an_inspector(id=two.id, certificate="C-1"), update=True, yes=True
    )
    assert import_inspectors(store, an_actor(), swapped).updated == 2
    with store.reading() as session:
        assert [one.certificate for one in find_inspectors(session)] == ["C-2", "C-1"]


def test_matters_are_taken_with_their_weight(store: Store) -> None:
    """The sheet calls a matter's weight by another name than the value does; a change of it is told under its header."""
    import_matters(store, an_actor(), an_order(a_matter()))
    intake = replace(an_intake(a_matter(is_key=True)), fields=frozenset({"id", "weight"}))
    with pytest.raises(RefusedError) as caught:
        import_matters(store, an_actor(), ImportOrder(intake=intake, people=()))
    (mistake,) = caught.value.mistakes
    assert (mistake.where.column, str(mistake.what)) == ("事项类别", "the file says “yes”, the registry holds “no”")
    with store.reading() as session:
        assert find_matters(session) == (a_matter(),)


def test_leave_and_recusals_want_known_people(store: Store) -> None:
    """Rows of strangers are told with their row, all at once; the known are taken, and taken once; no reason is logged."""
    import_entities(store, an_actor(), an_order(an_entity()))
    import_inspectors(store, an_actor(), an_order(an_inspector()))
    with pytest.raises(InputError) as caught:
        import_leave(store, an_actor(), an_order(a_leave(), a_leave(inspector="R9")))
    assert [(one.where.row, one.value) for one in caught.value.mistakes] == [(3, "R9")]
    with pytest.raises(InputError) as caught:
        import_recusals(store, an_actor(), an_order(a_recusal(inspector="R9", entity="E9")))
    assert [one.value for one in caught.value.mistakes] == ["R9", "E9"]
    for _time in range(2):
        leave = import_leave(store, an_actor(), an_order(a_leave()))
        recusals = import_recusals(store, an_actor(), an_order(a_recusal(), a_recusal(reason="shares")))
    assert (leave.unchanged, recusals.unchanged) == (1, 2)
    with store.reading() as session:
        assert find_leave(session) == (a_leave(),)
        assert find_recusals(session) == (a_recusal(), a_recusal(reason="shares"))
    assert not any("kin" in act.detail or "shares" in act.detail for act in _acts(store))
    private = [act for act in _acts(store) if act.act in {"inspector leave import", "inspector recuse import"}]
    assert [set(json.loads(act.detail)) for act in private] == [{"file", "new", "updated", "unchanged", "values"}] * 2


def test_leave_for_another_reason_is_a_change(store: Store) -> None:
    """The same days with another reason are refused, and taken when asked; the reasons stay out of report and log."""
    import_inspectors(store, an_actor(), an_order(an_inspector()))
    import_leave(store, an_actor(), an_order(a_leave()))
    with pytest.raises(RefusedError) as caught:
        import_leave(store, an_actor(), an_order(a_leave(reason="病假")))
    assert str(caught.value.mistakes[0].what) == "the registry holds another value"
    import_leave(store, an_actor(), an_order(a_leave(reason="病假"), update=True))
    with store.reading() as session:
        assert find_leave(session) == (a_leave(reason="病假"),)
    assert not any("病假" in act.detail for act in _acts(store))


def test_what_a_visit_checked_can_be_told_later(store: Store) -> None:
    """CAP-3: the same visit with its matters is no second visit: it is a change, refused until it is asked for."""
    import_entities(store, an_actor(), an_order(an_entity()))
    other = a_visit(day=date(2026, 4, 1))
    import_visits(store, an_actor(), an_order(a_visit(), other))
    known = a_visit(matters=(MatterId("M1"), MatterId("M2")))
    with pytest.raises(RefusedError):
        import_visits(store, an_actor(), an_order(known))
    done = import_visits(store, an_actor(), an_order(known, update=True))
    assert (done.new, done.updated) == (0, 1)
    assert [change.field for change in done.changes] == ["matters"]
    with store.reading() as session:
        assert find_ledger(session) == (known, other)


def test_visits_are_taken_once_and_of_known_entities(store: Store) -> None:
    """A visit that the ledger holds is not taken twice, also when it was our own; a stranger's is told."""
    import_entities(store, an_actor(), an_order(an_entity()))
    other = a_visit(kind=VisitKind.COMPLAINT)
    assert import_visits(store, an_actor(), an_order(a_visit())).new == 1
    done = import_visits(store, an_actor(), an_order(a_visit(), other))
    assert (done.new, done.unchanged) == (1, 1)
    with pytest.raises(InputError) as caught:
        import_visits(store, an_actor(), an_order(a_visit(entity="E9")))
    assert "entity import" in str(caught.value.mistakes[0].remedy)
    with store.reading() as session:
        assert set(find_ledger(session)) == {a_visit(), other}


def test_values_are_rendered_for_the_log() -> None:
    """Nothing, truth, days, choices and lists have one form each."""
    values = (None, True, False, TODAY, VisitKind.TIP, ("a", "b"), 3, "x")
    assert [render_value(value) for value in values] == ["", "yes", "no", "2026-11-20", "tip", "a,b", "3", "x"]


@pytest.mark.parametrize(
    ("act", "value"),
    [
        (import_entities, an_entity()),
        (import_inspectors, an_inspector()),
        (import_matters, a_matter()),
        (import_leave, a_leave()),
        (import_recusals, a_recusal()),
        (import_visits, a_visit()),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_only_an_operator_imports(store: Store, act: Callable[..., Any], value: Any, dry_run: bool) -> None:
    """Where the bureau lists its people, others are refused by the act itself, even when they only want to be told."""
    order = replace(an_order(value, dry_run=dry_run), people=AUDITOR)
    with pytest.raises(RefusedError, match="operator"):
        act(store, an_actor(), order)
    assert _acts(store) == ()
