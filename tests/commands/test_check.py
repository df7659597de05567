"""``entity check``, ``inspector check`` and ``matter check``: one screen, the same data, and an exit status for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from inspect_cli import language
from inspect_cli.acts.registry.entities import import_entities
from inspect_cli.acts.registry.inspectors import import_inspectors
from inspect_cli.acts.registry.matters import import_matters
from inspect_cli.core.names import EntityId, InspectorId, MatterId
from inspect_cli.core.report.health.finding import Ailment, Weight
from inspect_cli.screens.check_words import WEIGHTS, WORDS
from inspect_cli.storage.engine import Store
from inspect_cli.widths import cells
from tests.registry_rows import HOSTILE, a_matter, an_actor, an_entity, an_inspector, an_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

KEYS = {"kind", "weight", "of", "with", "zones", "what", "mend"}
FULL: dict[str, Any] = {"industry": "C14", "size": "小", "address": "甲路1号", "legal_representative": "王一"}


@pytest.fixture
def check(begun: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Work in a folder with settings and an empty store; give the checks as somebody calls them on the 20th of November 2026."""

    def call(noun: str, *words: str, lang: str = "en") -> Outcome:
        return begun("--lang", lang, "--today", "2026-11-20", noun, "check", *words)

    return call


def _keep(*entities: Any) -> None:
    import_entities(Store.open("inspect.db"), an_actor(), an_order(*entities))


def _crowd(count: int) -> None:
    """Keep entities of which each lacks its industry and nothing else."""
    names = (f"{number:03}号厂" for number in range(count))
    rows = (
        an_entity(**{**FULL, "id": EntityId(f"X{name}"), "name": name, "address": name, "industry": None})
        for name in names
    )
    _keep(*rows)


def _data(outcome: Outcome) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(outcome.out)
    return found


def test_every_kind_and_weight_has_its_words() -> None:
    """Nothing can be found that has no name and no way out."""
    assert set(WORDS) == set(Ailment)
    assert set(WEIGHTS) == set(Weight)


def test_nothing_found_is_said(check: Callable[..., Outcome]) -> None:
    """In a line, and as an empty list; no error, not even a strict one."""
    assert "nothing to see to among the entities: 0" in check("entity").out
    assert _data(check("entity", "--json")) == []
    assert check("entity", "--strict").status == 0


def test_counts_stand_first_and_long_lists_end_after_twenty(check: Callable[..., Outcome]) -> None:
    """With the option that shows the rest; data are always whole."""
    _crowd(23)
    shown = check("entity")
    head, _blank, rest = shown.out.partition("\n\n")
    assert shown.status == 0
    assert "no industry" in head
    assert "23" in head
    assert "entity import FILE --update" in head
    assert "… and 3 more: --kind no-industry --all" in rest
    assert rest.count("industry is missing") == 20
    assert "more: --kind no-industry" not in check("entity", "--all").out
    assert check("entity", "--all").out.count("industry is missing") == 23
    found = _data(check("entity", "--json", "--kind", "no-industry"))
    assert len(found) == 23
    assert set(found[0]) == KEYS
    assert (found[0]["weight"], found[0]["zones"]) == ("look", ["网格01"])


def test_findings_are_asked_for_by_kind_zone_and_weight(check: Callable[..., Outcome]) -> None:
    """And a kind of another registry is a usage mistake."""
    _crowd(2)
    assert {one["kind"] for one in _data(check("entity", "--json", "--kind", "old-number"))} == {"old-number"}
    assert {one["kind"] for one in _data(check("entity", "--json", "--weight", "serious"))} == {"unvisited-zone"}
    assert _data(check("entity", "--json", "--zone", "网格02")) == []
    assert len(_data(check("entity", "--json", "--zone", "网格01"))) == len(_data(check("entity", "--json")))
    assert check("entity", "--kind", "lapsed").status == 2


def test_strict_is_an_exit_status_for_scripts(check: Callable[..., Outcome]) -> None:
    """3 where something that was asked for is found, with the data all the same; 0 where nothing is."""
    _crowd(1)
    strict = check("entity", "--strict", "--json")
    assert strict.status == 3
    assert _data(strict)
    assert "with --strict that is an error" in strict.err
    assert check("entity", "--strict", "--kind", "same-name").status == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("noun", ["entity", "inspector", "matter"])
def test_eighty_columns_hold_whatever_is_found(
    check: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, noun: str, lang: str
) -> None:
    """Hostile names are text, the hidden characters in them are seen, and no line is wider than the screen."""
    monkeypatch.setenv("COLUMNS", "80")
    store = Store.open("inspect.db")
    names = list(enumerate(HOSTILE))
    _keep(*(an_entity(id=EntityId(f"E{n}"), name=name, zone=name, group=name) for n, name in names))
    people = (
        an_inspector(id=InspectorId(f"R{n}"), name=name, certificate=f"C{n}", zones=(f"{name}x",)) for n, name in names
    )
    import_inspectors(store, an_actor(), an_order(*people))
    import_matters(store, an_actor(), an_order(*(a_matter(id=MatterId(f"M{n}"), name=name) for n, name in names)))
    language.settle(lang)
    shown = check(noun, "--all", lang=lang)
    assert shown.status == 0
    assert "\u202e" not in shown.out
    assert "<script>" in shown.out
    assert [line for line in shown.out.splitlines() if cells(line) > 80] == []
    assert "13800000000" not in shown.out + check(noun, "--json", lang=lang).out
    assert HOSTILE[-1] in check(noun, "--json").out


def test_the_list_of_matters_is_looked_over(check: Callable[..., Outcome]) -> None:
    """Up to a day that can be named, with labels for domains; an earlier day than today is a usage mistake."""
    last = an_actor().day.replace(year=2027, month=6)
    import_matters(Store.open("inspect.db"), an_actor(), an_order(a_matter(valid_until=last)))
    kinds = {(one["kind"], one["of"]) for one in _data(check("matter", "--json"))}
    assert ("no-matter", "health") in kinds
    assert ("matter-lapses", "AQ-01") not in kinds
    late = _data(check("matter", "--json", "--until", "2027-12-31"))
    assert [one["day"] for one in late if one["kind"] == "matter-lapses"] == ["2027-06-20"]
    assert "Health" in check("matter").out
    assert check("matter", "--until", "2026-11-19").status == 2


def test_stale_rows_are_told_after_the_days_asked_for(check: Callable[..., Outcome]) -> None:
    """A row that a later file did not touch."""
    store = Store.open("inspect.db")
    first, second = an_entity(**FULL), an_entity(**{**FULL, "id": EntityId("E2"), "name": "乙厂"})
    import_entities(store, an_actor(day=an_actor().day.replace(month=1)), an_order(first))
    import_entities(store, an_actor(), an_order(second))
    assert _data(check("entity", "--json", "--kind", "stale")) == []
    (found,) = _data(check("entity", "--json", "--kind", "stale", "--stale-days", "100"))
    assert (found["of"], found["day"]) == (first.id, "2026-01-20")
