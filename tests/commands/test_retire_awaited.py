"""Companies that leave the registry although a drawn visit is still to be made there, as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.storage.registries import find_entities
from inspect_cli.storage.visits import find_unended_visits
from tests.small_month import OPERATOR, SAFETY, draw_month, fill_folder, open_folder
from tests.terminal import sit_down

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome


@pytest.fixture
def drawn(tmp_path: Path, run_cli: Callable[..., Outcome]) -> tuple[Callable[..., Outcome], list[str], list[str]]:
    """Give an operator's command line after a draw, whom it has drawn, and whom it has not."""
    options = fill_folder(tmp_path)
    store = open_folder(tmp_path)
    draw_month(store)
    with store.reading() as session:
        waiting = sorted({str(visit.entity) for visit in find_unended_visits(session)})
        others = sorted({str(row.id) for row in find_entities(session)} - set(waiting))
    assert waiting
    assert others
    return lambda *words: run_cli(*options, "--as", OPERATOR, "--lang", "en", *words), waiting, others


def test_retire_tells_of_a_visit_to_be_made(drawn: tuple[Callable[..., Outcome], list[str], list[str]]) -> None:
    """The visit is told for whom it concerns, and for nobody else."""
    call, waiting, others = drawn
    assert (
        f"a drawn visit is still to be made at {waiting[0]}"
        in call("entity", "retire", waiting[0], "--reason", "x").err
    )
    assert call("entity", "retire", others[0], "--reason", "x").err == ""


def test_an_import_tells_whose_visits_are_to_be_made(
    tmp_path: Path, drawn: tuple[Callable[..., Outcome], list[str], list[str]]
) -> None:
    """With --retire-missing those of the missing are named before and afterwards, and not where nobody is to leave."""
    call, waiting, _others = drawn
    file = tmp_path / "new.csv"
    file.write_text(f"企业名称,统一社会信用代码,适用领域\n甲厂,91350100M000100Y43,{SAFETY}\n", encoding="utf-8")
    told = f"a drawn visit is still to be made at {len(waiting)} of them: {', '.join(waiting)}"
    assert "drawn visit" not in call("entity", "import", file, "--dry-run").err
    for last in ("--dry-run", "--yes"):
        done = call("entity", "import", file, "--retire-missing", last)
        assert done.status == 0
        assert told in " ".join(done.err.split())


def test_whoever_is_asked_is_told(
    tmp_path: Path, drawn: tuple[Callable[..., Outcome], list[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question whether they are to be retired names whose visits are still to be made, and a no leaves all as it is."""
    call, waiting, _others = drawn
    file = tmp_path / "new.csv"
    file.write_text(f"企业名称,统一社会信用代码,适用领域\n甲厂,91350100M000100Y43,{SAFETY}\n", encoding="utf-8")
    sit_down(monkeypatch, "n")
    done = call("entity", "import", file, "--retire-missing")
    assert done.status == 4
    assert f"still to be made at {len(waiting)} of them" in done.err
