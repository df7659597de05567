"""``notice render`` as it is typed: the whole way from the store to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlmodel import col, delete

from inspect_cli.storage.draws import DrawState, find_draw, keep_void
from inspect_cli.storage.engine import Store
from inspect_cli.storage.tables import ActRow, DrawRow
from tests.files.documents.pages import Page
from tests.sample_draw import FURTHER, NAMES, SLOT, make_sample
from tests.sample_store import SECRETS, fill_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

KINDS = ("commitment", "draw", "result")
NAMED = make_sample(further={"plan": {**FURTHER["plan"], "names_published": True}})


@pytest.fixture
def month(tmp_path: Path, run_cli: Cli) -> Cli:
    """Give the command line in a folder with the sample draw, whose plan publishes names, acting on 3 December."""
    options = (*fill_folder(tmp_path, NAMED), "--as", "操作员甲", "--today", "2026-12-03")
    return lambda *arguments: run_cli(*options, *arguments)


def _render(month: Cli, folder: Path, kind: str, *options: str) -> str:
    path = folder / f"{kind}{len(list(folder.iterdir()))}"
    called = month("notice", "render", "2026-12/1", kind, *options, "-o", str(path))
    assert (called.status, called.err) == (0, "")
    return path.read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "options", [("--lang", lang, "--format", form) for lang in ("zh", "en") for form in ("html", "md")]
)
def test_nobody_is_named_before_the_visit(month: Cli, tmp_path: Path, kind: str, options: tuple[str, ...]) -> None:
    """PUBLISH-1, PUBLISH-2: while nothing is recorded no notice names a company, its id, an inspector, or any secret of the store."""
    text = _render(month, tmp_path, kind, *options)
    words = (*NAMES.values(), *NAMES, "R-1", "R-2", "R-3", "X-1", *SECRETS, "的新名称", "示例镇E-")
    assert [word for word in words if word in text] == []


def test_a_recorded_visit_is_named_by_its_frozen_name(month: Cli, tmp_path: Path) -> None:
    """PUBLISH-2, REVIEW-4: once approved, the recorded company stands in both notices as it was frozen; all else stays out."""
    finding = "labour=举报人李某"
    called = month(
        *("visit", "record", "2026-12/1", "E-1", "--result", "safety=1", "--result", "labour=5", "--finding", finding),
        *("--follow-up", "labour=case"),
    )
    assert called.status == 0
    assert "甲厂" not in _render(month, tmp_path, "result")
    assert month("--as", "审批人乙", "visit", "approve", "2026-12/1", "--all", "--yes").status == 0
    for kind in ("draw", "result"):
        text = _render(month, tmp_path, kind)
        assert "甲厂" in text
        words = ("乙厂", "丙厂", "丁厂", "的新名称", "R-1", "X-1", "举报人", "移送", *SECRETS)
        assert [word for word in words if word in text] == []
    assert "甲厂" not in _render(month, tmp_path, "commitment")


def test_chinese_is_the_notices_language(month: Cli, tmp_path: Path) -> None:
    """A notice is Chinese whatever the screen speaks, and English when that is asked for."""
    assert Page(_render(month, tmp_path, "draw")).elements[0] == ("html", {"lang": "zh-CN"})
    assert Page(_render(month, tmp_path, "draw", "--lang", "en")).elements[0] == ("html", {"lang": "en"})


def test_the_same_store_gives_the_same_bytes(month: Cli, tmp_path: Path, run_cli: Cli) -> None:
    """PUBLISH-8: rendered on another day by somebody else, a notice is the same to the byte."""
    config, store = str(tmp_path / "inspect.toml"), str(tmp_path / "inspect.db")
    for kind in KINDS:
        first = _render(month, tmp_path, kind)
        path = tmp_path / f"later-{kind}"
        options = ("--config", config, "--store", store, "--today", "2027-05-05")
        assert run_cli(*options, "notice", "render", "2026-12/1", kind, "-o", str(path)).status == 0
        assert path.read_text("utf-8") == first


def test_a_notice_replaces_another_file_only_when_told(month: Cli, tmp_path: Path) -> None:
    """The same bytes are no conflict, other bytes are refused, ``--force`` replaces them."""
    path = tmp_path / "draw.html"
    arguments = ("notice", "render", "2026-12/1", "draw", "-o", str(path))
    assert "wrote" in month(*arguments).out
    assert "the same to the byte" in month(*arguments).out
    path.write_text("mine")
    assert month(*arguments).status == 4
    assert path.read_text() == "mine"
    assert month(*arguments, "--force").status == 0


def test_a_notice_has_its_time(month: Cli, tmp_path: Path) -> None:
    """Before the draw was run, which the log says too, there is a commitment's notice and no other; an unknown slot is a usage mistake."""
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").transaction() as session:
        row = session.get(DrawRow, SLOT)
        assert row is not None
        row.state, row.result = DrawState.SEEDED, None
        session.execute(delete(ActRow).where(col(ActRow.act) == "draw run"))
    statuses = {kind: month("notice", "render", "2026-12/1", kind, "-o", str(tmp_path / kind)).status for kind in KINDS}
    assert statuses == {"commitment": 0, "draw": 4, "result": 4}
    assert month("notice", "render", "2026-11/1", "draw", "-o", str(tmp_path / "x")).status == 2


def test_a_void_draw_says_so(month: Cli, tmp_path: Path) -> None:
    """PUBLISH-5: declared void, each of its notices says so with the reason."""
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").transaction() as session:
        keep_void(session, SLOT, reason="wrong-value")
        record = find_draw(session, SLOT)
    assert record is not None
    assert record.void_reason == "wrong-value"
    for kind in KINDS:
        assert "wrong-value" in _render(month, tmp_path, kind)
