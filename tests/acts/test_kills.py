"""Acts on the registries, stopped at every point, and two at once. Killed commands are in ``tests/commands``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry.entities import import_entities, retire_entity
from inspect_cli.acts.registry.inspectors import import_inspectors
from inspect_cli.acts.store import create_store
from inspect_cli.core.names import EntityId
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import find_entities
from tests.kills import Scene, needs_fork, race, stop_at_each_point
from tests.registry_rows import a_row_order, an_actor, an_entity, an_inspector, an_order
from tests.stores import begin_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspect_cli.core.registry.entity import Entity

pytestmark = [needs_fork, pytest.mark.untraced]


def _numbered(prefix: str, count: int) -> list[Entity]:
    return [an_entity(id=EntityId(f"{prefix}{number:05}"), name=f"示例企业{number}") for number in range(count)]


def _prepare(url: str) -> None:
    store = begin_store(url, an_actor())
    import_entities(store, an_actor(), an_order(*_numbered("A", 3)))
    import_inspectors(store, an_actor(), an_order(an_inspector()))


def _import_new_and_changed(url: str) -> None:
    changed = [an_entity(id=entity.id, name="改名") for entity in _numbered("A", 2)]
    import_entities(Store.open(url), an_actor(), an_order(*changed, *_numbered("B", 3), update=True, yes=True))


def _import_many(url: str) -> None:
    import_entities(Store.open(url), an_actor(), an_order(*_numbered("M", 2000)))


def _retire(url: str) -> None:
    retire_entity(Store.open(url), an_actor(), a_row_order("A00001", "注销"))


def test_an_import_stopped_at_any_point_leaves_nothing_of_itself(store_places: Callable[[], str]) -> None:
    """Before each statement and before the commit of an import that adds and changes: an error or a death undoes all of it."""
    points = stop_at_each_point(Scene(places=store_places, prepare=_prepare, act=_import_new_and_changed))
    assert points >= 6  # the version, the turn, the registry, rows added, rows changed, the log, the commit


def test_a_retirement_stopped_at_any_point_leaves_nothing_of_itself(store_places: Callable[[], str]) -> None:
    """The same for an act that changes one row."""
    assert stop_at_each_point(Scene(places=store_places, prepare=_prepare, act=_retire)) >= 5


def test_a_store_is_made_whole_or_not_at_all(store_places: Callable[[], str]) -> None:
    """The making of a store, stopped between any two of its tables (every eighth point), leaves no table, and can be repeated."""

    def nothing(_url: str) -> None:
        """Leave the place empty."""

    def init(url: str) -> None:
        create_store(url, an_actor())

    assert stop_at_each_point(Scene(places=store_places, prepare=nothing, act=init), step=8) >= 11


def test_two_imports_of_one_file_at_once(store_places: Callable[[], str]) -> None:
    """Of two processes that import the same file one takes it, and the other finds it taken: nothing is doubled."""
    url = store_places()
    _prepare(url)
    assert race(url, _import_many, _import_many) == (0, 0)
    with Store.open(url).reading() as session:
        assert len(find_entities(session)) == 2003
        assert len(find_acts(session, act="entity import")) == 2


def test_two_imports_of_different_files_at_once(store_places: Callable[[], str]) -> None:
    """Of two processes that import different files each takes its own: nothing is lost."""

    def import_others(url: str) -> None:
        import_entities(Store.open(url), an_actor(), an_order(*_numbered("N", 2000)))

    url = store_places()
    _prepare(url)
    assert race(url, _import_many, import_others) == (0, 0)
    with Store.open(url).reading() as session:
        assert len(find_entities(session)) == 4003
        assert len(find_acts(session, act="entity import")) == 3


def test_two_changes_of_one_row_at_once(store_places: Callable[[], str]) -> None:
    """Of two processes that retire the same entity for different reasons one does, and the other is told."""

    def retire_otherwise(url: str) -> None:
        retire_entity(Store.open(url), an_actor(), a_row_order("A00001", "迁出"))

    url = store_places()
    _prepare(url)
    assert sorted(race(url, _retire, retire_otherwise)) == [0, 4]
    with Store.open(url).reading() as session:
        assert len(find_acts(session, act="entity retire")) == 1
