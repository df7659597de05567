"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.files.atomic import write_bytes, write_text, writing

if TYPE_CHECKING:
    from pathlib import Path


def test_text_is_utf8_with_its_own_line_ends(tmp_path: Path) -> None:
    """No line end is changed, on any system, and no mark is added."""
    path = tmp_path / "公告.md"
    write_text(path, "一\r\n二\n")
    assert path.read_bytes() == b"\xe4\xb8\x80\r\n\xe4\xba\x8c\n"


def test_what_is_there_stays_unless_told(tmp_path: Path) -> None:
    """A file is replaced only when that is asked for, a broken link and a folder included."""
    path = tmp_path / "a"
    write_bytes(path, b"first")
    with pytest.raises(RefusedError, match="is there already"):
        write_bytes(path, b"second")
    assert path.read_bytes() == b"first"
    write_bytes(path, b"second", overwrite=True)
    assert path.read_bytes() == b"second"
    assert [child.name for child in tmp_path.iterdir()] == ["a"]


def test_failed_block_leaves_no_trace(tmp_path: Path) -> None:
    """When the block fails, the old file stands as it was and nothing lies beside it."""
    path = tmp_path / "a"
    write_bytes(path, b"old")

    def fail_halfway() -> None:
        with writing(path, overwrite=True) as stream:
            stream.write(b"half of the new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert path.read_bytes() == b"old"
    assert [child.name for child in tmp_path.iterdir()] == ["a"]


def test_who_comes_second_is_told(tmp_path: Path) -> None:
    """A file that another process wrote while this one was writing is not replaced."""
    path = tmp_path / "a"

    def be_overtaken() -> None:
        with writing(path) as stream:
            stream.write(b"ours")
            path.write_bytes(b"theirs")

    with pytest.raises(RefusedError):
        be_overtaken()
    assert path.read_bytes() == b"theirs"
    assert [child.name for child in tmp_path.iterdir()] == ["a"]


def test_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are no hard links a file is written all the same, and what is there is not replaced."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a"
    write_bytes(path, b"ours")
    assert path.read_bytes() == b"ours"
    late = tmp_path / "b"
    with pytest.raises(RefusedError), writing(late):
        late.write_bytes(b"theirs")
    assert late.read_bytes() == b"theirs"


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder that is not there, or a folder's own name, is a mistake of the command line with a way out."""
    for path, overwrite in ((tmp_path / "missing" / "a", False), (tmp_path, True), (tmp_path / ("x" * 5000), False)):
        with pytest.raises(UsageMistake, match="cannot be written") as caught:
            write_bytes(path, b"data", overwrite=overwrite)
        assert caught.value.hint is not None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """A written file can be read by whom the system's settings say, not by its owner alone."""
    ordinary = tmp_path / "ordinary"
    ordinary.write_bytes(b"")
    write_bytes(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == ordinary.stat().st_mode
