"""What an import asks about, what it retires, and what it remembers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry import taking
from inspect_cli.acts.registry.availability import import_leave
from inspect_cli.acts.registry.entities import import_entities, restore_entity, retire_entity
from inspect_cli.acts.registry.inspectors import import_inspectors
from inspect_cli.acts.registry.ledger import import_visits
from inspect_cli.acts.registry.matters import import_matters
from inspect_cli.core.names import EntityId, InspectorId, MatterId
from inspect_cli.errors import InputError, RefusedError, UsageMistake
from inspect_cli.files.intake.book import Form
from inspect_cli.files.intake.located import Located
from inspect_cli.files.intake.understood import Understood
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.history import find_value_changes
from inspect_cli.storage.imports import find_header_maps, find_taken_file
from inspect_cli.storage.ledger import find_ledger
from inspect_cli.storage.registries import find_entities, find_entity, find_inspector, find_inspectors, find_matters
from tests.registry_rows import (
    TODAY,
    a_leave,
    a_matter,
    a_row_order,
    a_visit,
    an_actor,
    an_entity,
    an_inspector,
    an_intake,
    an_order,
)

if TYPE_CHECKING:
    from inspect_cli.core.registry.entity import Entity
    from inspect_cli.storage.engine import Store

E1, E2, E3 = map(EntityId, ("E1", "E2", "E3"))
OLD, NEW = EntityId("350100400012349"), EntityId("91350100M000100Y43")


def _entities(store: Store) -> dict[str, Entity]:
    with store.reading() as session:
        return {row.id: row for row in find_entities(session, include_retired=True)}


def test_import_5_a_key_field_wants_a_yes(store: Store) -> None:
    """IMPORT-5: with --update alone a change of name is refused with its row, and taken with --yes; a change of zone needs none."""
    import_entities(store, an_actor(), an_order(an_entity()))
    changed = an_order(an_entity(name="改名", zone="网格02"), update=True)
    with pytest.raises(RefusedError, match="change key fields: 1") as caught:
        import_entities(store, an_actor(), changed)
    assert [(one.where.row, one.where.column, one.value) for one in caught.value.mistakes] == [(2, "企业名称", None)]
    assert "改名" in str(caught.value.mistakes[0].what)
    assert "--yes" in str(caught.value.hint)
    assert _entities(store) == {an_entity().id: an_entity()}
    assert import_entities(store, an_actor(), an_order(an_entity(zone="网格02"), update=True)).updated == 1
    assert import_entities(store, an_actor(), replace(changed, yes=True)).updated == 1


def test_import_6_what_was_shown_is_done_or_nothing(store: Store) -> None:
    """IMPORT-6: the digest of what was shown lets exactly that happen; when somebody else was faster, nothing happens."""
    import_entities(store, an_actor(), an_order(an_entity()))
    order = an_order(an_entity(name="改名"), update=True)
    looked = import_entities(store, an_actor(), replace(order, dry_run=True))
    confirmed = replace(order, seen=looked.comparison.seen)
    import_entities(store, an_actor(), an_order(an_entity(name="别名"), update=True, yes=True))
    with pytest.raises(RefusedError, match="changed while you were asked"):
        import_entities(store, an_actor(), confirmed)
    assert _entities(store)[an_entity().id].name == "别名"
    import_entities(store, an_actor(), an_order(an_entity(), update=True, yes=True))
    assert import_entities(store, an_actor(), confirmed).updated == 1


def test_import_3_whom_the_file_lacks_is_retired_when_asked(store: Store) -> None:
    """IMPORT-3: the active rows that a file lacks are counted, refused without a yes, and retired with the reason and a history."""
    import_entities(store, an_actor(), an_order(*(an_entity(id=key) for key in (E1, E2, E3))))
    retire_entity(store, an_actor(), a_row_order(E3, "注销"))
    order = an_order(an_entity(id=E1), leaving="missing in rows.csv")
    told = import_entities(store, an_actor(), replace(order, dry_run=True, leaving=None))
    assert [row.id for row in told.comparison.missing.first] == [E2]
    with pytest.raises(RefusedError, match="retire: 1") as caught:
        import_entities(store, an_actor(), order)
    assert [one.value for one in caught.value.mistakes] == [E2]
    later = an_actor(day=TODAY + timedelta(days=2))
    import_entities(store, later, replace(order, yes=True))
    rows = _entities(store)
    assert (rows[E2].retired, rows[E2].retired_reason) == (later.day, "missing in rows.csv")
    assert (rows[E1].retired, rows[E3].retired_reason) == (None, "注销")
    with store.reading() as session:
        assert [one.change.field for one in find_value_changes(session, "entity", E2)] == ["retired", "retired_reason"]
        assert json.loads(find_acts(session)[-1].detail)["retired"] == 1
    assert import_entities(store, later, replace(order, yes=True)).comparison.missing.count == 0


def test_a_certificate_passes_on_from_whom_the_file_lacks(store: Store) -> None:
    """Who leaves gives a certificate free for who comes with the same file, and so does who gets another one."""
    gone, stays, comes = (an_inspector(id=InspectorId(key), certificate=key) for key in ("R1", "R2", "R3"))
    import_inspectors(store, an_actor(), an_order(gone, stays))
    rows = (replace(stays, certificate="R9"), replace(comes, certificate="R1"))
    with pytest.raises(InputError, match="1"):
        import_inspectors(store, an_actor(), an_order(*rows, update=True, yes=True))
    import_inspectors(store, an_actor(), an_order(*rows, update=True, yes=True, leaving="名单外"))
    fourth = an_inspector(id=InspectorId("R4"), certificate="R9")
    import_inspectors(store, an_actor(), an_order(replace(stays, certificate="R8"), fourth, update=True, yes=True))
    with store.reading() as session:
        assert {one.id: one.certificate for one in find_inspectors(session)} == {"R2": "R8", "R3": "R1", "R4": "R9"}
        assert find_inspector(session, InspectorId("R1")) == replace(gone, retired=TODAY, retired_reason="名单外")


def test_import_7_out_of_service_without_a_certificate(store: Store) -> None:
    """IMPORT-7: a row without a certificate takes who is on the roster out of service, certificate kept; nobody else may have that."""
    import_inspectors(store, an_actor(), an_order(an_inspector()))
    gone = an_inspector(certificate=None, skills=(), in_service=False)
    stranger = replace(gone, id=InspectorId("R9"))
    done = import_inspectors(store, an_actor(), an_order(gone, stranger, update=True, yes=True))
    assert (done.new, done.updated, done.comparison.left_out.first) == (0, 1, ("R9",))
    with store.reading() as session:
        assert find_inspectors(session) == (an_inspector(in_service=False),)
    heir = an_inspector(id=InspectorId("R2"))
    with pytest.raises(InputError) as caught:
        import_inspectors(store, an_actor(), an_order(gone, heir, update=True, yes=True))
    assert [(one.where.row, one.value) for one in caught.value.mistakes] == [(3, "C-1")]


def test_orders_that_contradict_themselves(store: Store) -> None:
    """Nobody is retired by a file whose rows are left out, nor by an import of leave."""
    with pytest.raises(UsageMistake, match="retired as missing"):
        import_entities(store, an_actor(), an_order(an_entity(), leaving="x", partial=True))
    with pytest.raises(UsageMistake, match="nobody is retired"):
        import_leave(store, an_actor(), an_order(a_leave(), leaving="x"))


def test_rows_that_the_registry_cannot_hold_are_left_out_when_asked(store: Store) -> None:
    """With --partial a row of a stranger is left out and told, and the others are taken."""
    import_entities(store, an_actor(), an_order(an_entity()))
    done = import_visits(store, an_actor(), an_order(a_visit(entity=E1), a_visit(), partial=True))
    assert (done.new, [one.where.row for one in done.mistakes]) == (1, [2])
    with store.reading() as session:
        assert find_ledger(session) == (a_visit(),)


def test_batches_of_any_size_do_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is compared some rows at a time: what is new, changed, unchanged and missing does not depend on how many."""
    monkeypatch.setattr(taking, "BATCH", 2)
    import_matters(store, an_actor(), an_order(*(a_matter(id=MatterId(f"M{number}")) for number in range(7))))
    rows = [a_matter(id=MatterId(f"M{number}"), remarks="改" if number % 2 else None) for number in range(2, 9)]
    done = import_matters(store, an_actor(), an_order(*rows, update=True, yes=True, leaving="名单外"))
    assert (done.new, done.updated, done.unchanged, done.comparison.missing.count) == (2, 2, 3, 2)
    with store.reading() as session:
        assert [row.id for row in find_matters(session)] == [f"M{number}" for number in range(2, 9)]


def test_a_change_of_number_keeps_the_company(store: Store) -> None:
    """NUMBER-7: a row with the old number beside the new one changes the number when asked; another change in it is one too."""
    import_entities(store, an_actor(), an_order(an_entity(id=OLD)))
    import_visits(store, an_actor(), an_order(a_visit(entity=OLD)))
    intake = an_intake(an_entity(id=NEW, zone="网格02"))
    rows = (replace(next(iter(intake.rows)), former=OLD),)
    order = replace(an_order(an_entity()), intake=replace(intake, rows=rows))
    with pytest.raises(RefusedError) as caught:
        import_entities(store, an_actor(), order)
    assert OLD in str(caught.value.mistakes[0].what)
    with pytest.raises(RefusedError, match="change numbers: 1"):
        import_entities(store, an_actor(), replace(order, update=True))
    done = import_entities(store, an_actor(), replace(order, update=True, yes=True, leaving="x"))
    assert (done.new, done.updated, done.comparison.renumbered.count, done.comparison.missing.count) == (0, 1, 1, 0)
    rows_now = _entities(store)
    assert (rows_now[OLD].successor, rows_now[NEW].zone, rows_now[NEW].retired) == (NEW, "网格02", None)
    with store.reading() as session:
        assert find_ledger(session) == (a_visit(entity=NEW),)
    again = import_visits(store, an_actor(), an_order(a_visit(entity=OLD), a_visit(entity=NEW)))
    assert (again.new, again.unchanged) == (0, 1)
    assert import_entities(store, an_actor(), an_order(an_entity(id=OLD, zone="网格02"))).unchanged == 1
    with pytest.raises(InputError, match="1") as both:
        import_entities(store, an_actor(), an_order(an_entity(id=OLD, zone="网格03"), an_entity(id=NEW, zone="网格02")))
    assert [one.where.row for one in both.value.mistakes] == [3]


def test_a_number_that_may_have_changed_is_suggested(store: Store) -> None:
    """NUMBER-8: a new row with a credit code, and the name and address of a company with a registration number, is told."""
    import_entities(store, an_actor(), an_order(an_entity(id=OLD, address="某路1号")))
    done = import_entities(store, an_actor(), an_order(an_entity(id=NEW, address="某路1号"), dry_run=True))
    assert done.suggested == ((OLD, NEW),)


def test_what_a_file_means_is_remembered(store: Store) -> None:
    """The mapping is kept under the file's shape with the act that used it, even when no row changed, and dropped when asked."""
    understood = Understood(form=Form.TEXT, encoding="utf-8", sheet=None, header_row=1, columns=(), shape="5" * 64)
    import_entities(store, an_actor(), an_order(an_entity()))
    intake = replace(an_intake(an_entity()), understood=understood)
    order = replace(an_order(an_entity()), intake=intake, mapping='[["企业","name"]]')
    import_entities(store, an_actor(), order)
    with store.reading() as session:
        assert find_header_maps(session, "entity") == {"5" * 64: '[["企业","name"]]'}
        assert find_header_maps(session, "matter") == {}
        assert len(find_acts(session)) == 2
    import_entities(store, an_actor(), replace(order, mapping=None, is_mapping_forgotten=True))
    with store.reading() as session:
        assert find_header_maps(session, "entity") == {}
        assert len(find_acts(session)) == 2


def test_the_file_that_was_taken_is_remembered(store: Store) -> None:
    """Its digest stands with the act that took it; a file that said nothing new stands with the registry's last act."""
    import_entities(store, an_actor(), an_order(an_entity(), understood="u1"))
    with store.reading() as session:
        first = find_taken_file(session, "entity")
    retire_entity(store, an_actor(), a_row_order(an_entity().id, "注销"))
    import_entities(store, an_actor(), an_order(an_entity(), understood="u0"))  # It names who has left, each time anew.
    restore_entity(store, an_actor(), a_row_order(an_entity().id, "误操作"))
    import_entities(store, an_actor(), an_order(an_entity(), understood="u2"))
    with store.reading() as session:
        second = find_taken_file(session, "entity")
        acts = find_acts(session)
    assert first is not None
    assert second is not None
    assert (first.understood, second.understood, first.sha256) == ("u1", "u2", "0" * 64)
    assert [first.act, second.act] == [acts[0].number, acts[-1].number]


def test_progress_is_told_of_every_row(store: Store) -> None:
    """The rows that are told as done add up to the file's."""
    told: list[int] = []
    rows = [an_entity(id=EntityId(f"E{number}")) for number in range(12)]
    import_entities(store, an_actor(), an_order(*rows, progress=told.append))
    assert sum(told) == len(rows)


def test_the_first_row_of_a_batch_is_located() -> None:
    """A row without an earlier number has none."""
    assert Located(value=an_entity(), row=2).former is None


def test_an_entity_keeps_who_added_it(store: Store) -> None:
    """A private value is in the history, and never in the log."""
    import_entities(store, an_actor(), an_order(an_entity()))
    import_entities(store, an_actor(), an_order(an_entity(contact="另一人", telephone="13911112222"), update=True))
    with store.reading() as session:
        assert find_entity(session, an_entity().id) == an_entity(contact="另一人", telephone="13911112222")
        log = "".join(act.detail for act in find_acts(session))
    assert "另一人" not in log
    assert "139" not in log
