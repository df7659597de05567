"""A finished file is written whole, and never over another one unasked."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from inspect_cli.errors import RefusedError, UsageMistake, say
from inspect_cli.files.output import write_large_output, write_output

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO


def test_a_new_file_is_written(tmp_path: Path) -> None:
    """What was asked for stands there, byte for byte, and nothing else."""
    assert write_output(tmp_path / "a.html", b"a\r\n", overwrite=False)
    assert (tmp_path / "a.html").read_bytes() == b"a\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_the_same_bytes_are_no_conflict(tmp_path: Path) -> None:
    """Asked again for what stands there already, nothing is written and nobody is stopped."""
    write_output(tmp_path / "a.html", b"a", overwrite=False)
    before = (tmp_path / "a.html").stat().st_mtime_ns
    assert not write_output(tmp_path / "a.html", b"a", overwrite=False)
    assert (tmp_path / "a.html").stat().st_mtime_ns == before


@pytest.mark.parametrize("other", [b"b", b"longer"])
def test_another_file_is_not_replaced_unasked(tmp_path: Path, other: bytes) -> None:
    """Other bytes stay, whether as long or not, until somebody says to overwrite them."""
    (tmp_path / "a.html").write_bytes(other)
    with pytest.raises(RefusedError):
        write_output(tmp_path / "a.html", b"a", overwrite=False)
    assert (tmp_path / "a.html").read_bytes() == other
    assert write_output(tmp_path / "a.html", b"a", overwrite=True)
    assert (tmp_path / "a.html").read_bytes() == b"a"


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    """A folder of that name is refused as anything else that is there, and cannot be overwritten either."""
    with pytest.raises(RefusedError):
        write_output(tmp_path, b"a", overwrite=False)
    with pytest.raises(UsageMistake):
        write_output(tmp_path, b"a", overwrite=True)


def _write(data: bytes) -> Callable[[BinaryIO], int]:
    return lambda stream: stream.write(data)


def test_a_large_file_is_written_and_compared_in_pieces(tmp_path: Path) -> None:
    """More than a piece of it: new, then the same, then other bytes of the same length, which stay until they may be replaced."""
    path, data = tmp_path / "a.csv", b"ab" * 700_000
    assert write_large_output(path, _write(data), overwrite=False) == (len(data), True)
    assert path.read_bytes() == data
    assert write_large_output(path, _write(data), overwrite=False) == (len(data), False)
    other = data[:-1] + b"c"
    with pytest.raises(RefusedError):
        write_large_output(path, _write(other), overwrite=False)
    assert write_large_output(path, _write(other), overwrite=True) == (len(data), True)
    assert path.read_bytes() == other
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_what_is_done_first_happens_before_the_file_stands_there(tmp_path: Path) -> None:
    """It is told what was written, only where a file is about to be new; where it fails there is no file."""
    path, told = tmp_path / "a.csv", []

    def tell(count: int) -> None:
        told.append((count, path.exists()))

    write_large_output(path, _write(b"abc"), overwrite=False, first=tell)
    write_large_output(path, _write(b"abc"), overwrite=False, first=tell)
    assert told == [(3, False)]

    def fail(_count: int) -> None:
        raise RefusedError(say("no"))

    with pytest.raises(RefusedError):
        write_large_output(tmp_path / "b.csv", _write(b"abc"), overwrite=False, first=fail)
    assert not (tmp_path / "b.csv").exists()


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """Where the temporary files find no room the person is told what cannot be written, and nothing is."""

    def write(_stream: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(UsageMistake, match="no temporary file can be written: the disk is full"):
        write_large_output(tmp_path / "a.csv", write, overwrite=False)
    assert list(tmp_path.iterdir()) == []
