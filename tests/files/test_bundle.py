"""Bundles to the disk and back: the same bytes on every machine, and nothing but a bundle is read."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import io
import os
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_cli.errors import InputError, InspectError, RefusedError
from inspect_cli.files import bundle
from inspect_cli.files.archive import BOUNDS
from inspect_cli.files.bundle import read_bundle, write_bundle
from tests.attacks.zips import MEMBERS, Part, build_zip

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = {
    **MEMBERS,
    **{f"amends/{name}": data for name, data in MEMBERS.items()},
    **{f"amends/amends/{name}": data for name, data in MEMBERS.items()},
    "signatures/operator.json": b"{}",
    "log/checkpoint": b"log\n1\n",
    "log/tile/0/000": b"\x00",
    "verify.py": b"pass\n",
    "verify.html": b"<!doctype html>",
    "README.txt": "如何核验\n".encode(),
}


def write_folder(root: Path, members: dict[str, bytes]) -> Path:
    """Lay members out as a folder."""
    for name, data in members.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return root


def test_zip_is_the_format_byte_for_byte(tmp_path: Path) -> None:
    """The file is what the format's description gives for stored members of 1980-01-01, built here without a library."""
    path = tmp_path / "b.zip"
    write_bundle(path, MEMBERS)
    assert path.read_bytes() == build_zip([Part(name=name.encode(), data=data) for name, data in MEMBERS.items()])


def test_order_of_members_does_not_matter(tmp_path: Path) -> None:
    """Members given in another order make the same file, and come back in the order in which a person reads them."""
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    write_bundle(one, EVERYTHING)
    write_bundle(other, dict(reversed(EVERYTHING.items())))
    assert one.read_bytes() == other.read_bytes()
    assert list(read_bundle(other))[:6] == [*MEMBERS, "amends/commitment.json"]
    assert list(read_bundle(other))[-1] == "README.txt"


def test_zip_and_folder_give_the_same(tmp_path: Path) -> None:
    """Whatever is written is read back, and a folder with the same files is the same bundle."""
    path = tmp_path / "b.zip"
    write_bundle(path, EVERYTHING)
    folder = write_folder(tmp_path / "b", EVERYTHING)
    assert read_bundle(path) == read_bundle(folder) == EVERYTHING
    assert list(read_bundle(path)) == list(read_bundle(folder))


def test_zip_of_other_programs_is_read(tmp_path: Path) -> None:
    """A folder packed by an ordinary program, with compression, times, rights and entries for folders, is the same bundle."""
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("amends/", "amends/amends/", "signatures/", "log/", "log/tile/", "log/tile/0/"):
            archive.mkdir(folder)
        for name, data in EVERYTHING.items():
            archive.writestr(name, data)
    assert read_bundle(path) == EVERYTHING


def test_zip_from_a_pipe_is_read(tmp_path: Path) -> None:
    """A zip file written by a program that could not seek, so that sizes stand behind the data, is the same bundle."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    stream = Pipe()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in EVERYTHING.items():
            archive.writestr(name, data)
    path = tmp_path / "b.zip"
    path.write_bytes(stream.getvalue())
    assert read_bundle(path) == EVERYTHING


def test_other_programs_read_our_zip(tmp_path: Path) -> None:
    """An ordinary program finds every member whole."""
    path = tmp_path / "b.zip"
    write_bundle(path, EVERYTHING)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == EVERYTHING


def test_empty_bundle_is_read_as_such(tmp_path: Path) -> None:
    """A zip file and a folder without members give no members; what is missing is told by who needs it."""
    write_bundle(tmp_path / "b.zip", {})
    (tmp_path / "b").mkdir()
    assert read_bundle(tmp_path / "b.zip") == read_bundle(tmp_path / "b") == {}


def test_sixty_four_amended_draws_are_read(tmp_path: Path) -> None:
    """The deepest chain that is allowed is read from a zip file and from a folder."""
    members = {**MEMBERS, "amends/" * 64 + "result.json": b"{}"}
    write_bundle(tmp_path / "b.zip", members)
    assert read_bundle(tmp_path / "b.zip") == members
    assert read_bundle(write_folder(tmp_path / "b", members)) == members


@pytest.mark.parametrize("name", ["notes.txt", "../result.json", "log/a.", "amends/verify.py", "log/", "log", "amends"])
def test_stray_member_is_not_written(name: str, tmp_path: Path) -> None:
    """What would be refused by the reader is not written."""
    path = tmp_path / "b.zip"
    with pytest.raises(InputError):
        write_bundle(path, {name: b"x"})
    assert not path.exists()


def test_bundle_in_place_is_not_replaced(tmp_path: Path) -> None:
    """A bundle that is there already stays, unless it is to be overwritten."""
    path = tmp_path / "b.zip"
    write_bundle(path, MEMBERS)
    with pytest.raises(RefusedError):
        write_bundle(path, EVERYTHING)
    assert read_bundle(path) == MEMBERS
    write_bundle(path, EVERYTHING, overwrite=True)
    assert read_bundle(path) == EVERYTHING


def test_larger_than_the_bounds_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle beyond the bounds of the reader is refused by the writer."""
    for change in ({"member_bytes": 3}, {"total_bytes": 30}, {"members": 4}):
        monkeypatch.setattr("inspect_cli.files.bundle.BOUNDS", dataclasses.replace(BOUNDS, **change))
        with pytest.raises(InputError):
            write_bundle(tmp_path / "b.zip", MEMBERS)


def test_missing_path_is_input(tmp_path: Path) -> None:
    """A path that names nothing, or that no file system takes, is refused with a way out."""
    for path in (tmp_path / "missing.zip", tmp_path / "a\0b", tmp_path / ("x" * 5000)):
        with pytest.raises(InputError, match="cannot be read") as caught:
            read_bundle(path)
        assert caught.value.hint is not None


def test_a_million_entities_fit_the_bounds() -> None:
    """The bounds leave room for the rows of a million entities, of some 250 bytes each."""
    assert BOUNDS.member_bytes >= 4 * 250 * 1_000_000 // 2
    assert BOUNDS.total_bytes < 2**31


@given(data=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_bytes_are_refused(data: bytes, start: bytes, tmp_path: Path) -> None:
    """No bytes raise anything but an error of ours."""
    path = tmp_path / hashlib.sha256(start + data).hexdigest()
    path.write_bytes(start + data)
    with suppress(InspectError):
        read_bundle(path)


@given(
    place=st.integers(0, 10_000),
    junk=st.binary(max_size=40),
    cut=st.integers(0, 40),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_bundle_is_refused_or_whole(place: int, junk: bytes, cut: int, tmp_path: Path) -> None:
    """Bytes replaced anywhere in a bundle are noticed, or change nothing that is read."""
    path = tmp_path / "b.zip"
    write_bundle(path, MEMBERS, overwrite=True)
    whole = path.read_bytes()
    place %= len(whole)
    path.write_bytes(whole[:place] + junk + whole[place + cut :])
    with suppress(InspectError):
        assert read_bundle(path) == MEMBERS


def test_member_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    """A file that grew after its size was seen is not read as if it were the whole."""
    (tmp_path / "result.json").write_bytes(b"{}")
    with pytest.raises(InputError, match="changed while it was read"):
        bundle._read_plain(tmp_path, "result.json", 1)


def test_member_that_cannot_be_read_is_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the system does not open is refused with the system's reason."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "not for you")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(InputError, match="cannot be read: no permission"):
        read_bundle(tmp_path)
