"""``inspect-cli init``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.files.config import read_bureau
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.engine import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


def test_first_call(run_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """The first call writes settings that read back, makes the store, and logs one act."""
    done = run_cli("--as", "甲", "init", "--bureau", "示例局", "--short-name", "示")
    assert done.status == 0
    assert "wrote the settings inspect.toml" in done.out
    bureau = read_bureau(tmp_path / "inspect.toml")
    assert (bureau.name, bureau.short_name) == ("示例局", "示")
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").reading() as session:
        assert [(one.act, one.actor) for one in find_acts(session)] == [("init", "甲")]


def test_again(run_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """The same call again changes nothing, not even settings that were edited meanwhile, and says what is there."""
    run_cli("--as", "甲", "init")
    settings = tmp_path / "inspect.toml"
    settings.write_text(settings.read_text("utf-8").replace("visits_a_day = 2", "visits_a_day = 5"), "utf-8")
    before = settings.read_bytes()
    done = run_cli("--as", "乙", "init")
    assert done.status == 0
    assert "the settings are there already" in done.out
    assert "the store is there already" in done.out
    assert settings.read_bytes() == before
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").reading() as session:
        assert len(find_acts(session)) == 1


def test_other_bureau(run_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """Another bureau's name is refused where there are settings, and written anew with --force; the store stays."""
    run_cli("--as", "甲", "init", "--bureau", "一局")
    refused = run_cli("--as", "甲", "init", "--bureau", "二局")
    assert refused.status == 4
    assert "--force" in refused.err
    assert run_cli("--as", "甲", "init", "--bureau", "二局", "--force").status == 0
    assert read_bureau(tmp_path / "inspect.toml").name == "二局"
    assert run_cli("--as", "甲", "init", "--short-name", "三").status == 4


def test_nobody(run_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """Without a name nobody acts, and nothing is written."""
    assert run_cli("init").status == 2
    assert list(tmp_path.iterdir()) == []


def test_broken_settings(run_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """Settings with mistakes are told and left alone."""
    (tmp_path / "inspect.toml").write_text("[bureau]\nname = 1\n", "utf-8")
    refused = run_cli("--as", "甲", "init")
    assert refused.status == 3
    assert "bureau.name" in refused.err
    assert not (tmp_path / "inspect.db").exists()


@pytest.mark.parametrize("name", ["a\nb", "\x1b[31m", "一" * 4001])
def test_names_that_cannot_be_settings(run_cli: Callable[..., Outcome], tmp_path: Path, name: str) -> None:
    """A name that would not read back is refused before anything is written."""
    assert run_cli("--as", "甲", "init", "--bureau", name).status == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["<script>", "=cmd|'/c calc'!A1", "[/red]", "../../x", "\u202eabc"])
def test_hostile_names(run_cli: Callable[..., Outcome], tmp_path: Path, name: str) -> None:
    """A name that means something elsewhere is a name here."""
    assert run_cli("--as", "甲", "init", "--bureau", name).status == 0
    assert read_bureau(tmp_path / "inspect.toml").name == name


def test_language(run_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """The comments are in the language that was chosen, the settings are the same."""
    run_cli("--lang", "en", "--as", "甲", "--config", "en.toml", "--store", "en.db", "init")
    run_cli("--lang", "zh", "--as", "甲", "--config", "zh.toml", "--store", "zh.db", "init")
    assert read_bureau(tmp_path / "en.toml") == read_bureau(tmp_path / "zh.toml")
    assert "# The settings of the bureau." in (tmp_path / "en.toml").read_text("utf-8")


def test_other_program(run_cli: Callable[..., Outcome], tmp_path: Path) -> None:
    """A file that is no store of ours is not touched."""
    (tmp_path / "inspect.db").write_bytes(b"something else entirely, which is no database at all" * 100)
    before = (tmp_path / "inspect.db").read_bytes()
    assert run_cli("--as", "甲", "init").status == 5
    assert (tmp_path / "inspect.db").read_bytes() == before
