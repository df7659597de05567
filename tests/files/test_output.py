"""A finished file is written whole, and never over another one unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.files.output import write_output

if TYPE_CHECKING:
    from pathlib import Path


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
