"""Every attack on a bundle's container by its name: each is refused as input, with the reason that its row states.

Attacks that plain files can show are folders beside this file; the others are built here, byte by byte or by the system.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from pathlib import Path

import pytest

from inspect_cli.errors import InputError
from inspect_cli.files.bundle import read_bundle
from tests.attacks.zip_attacks import NOTE, SUMS, zip_attacks
from tests.attacks.zips import DEFLATED, MEMBERS, Header, Part, build_zip, deflate, honest_parts, with_part

HERE = Path(__file__).parent
FOLDERS = {
    "stray-member": "notes.txt is no member",
    "stray-folder": "photos/ is no member",
    "hidden-file": r"\.hidden is no member",
    "letters-of-another-size": "Commitment.json is no member",
    "amended-draw-with-signatures": "amends/signatures/ is no member",
}

ZIPS = zip_attacks(MEMBERS)


def require_refused(path: Path, reason: str) -> None:
    """Check that a bundle is refused for this reason, with its name and a way out."""
    with pytest.raises(InputError, match=reason) as caught:
        read_bundle(path)
    assert caught.value.where is not None
    assert caught.value.where.file == path.name
    assert caught.value.hint is not None


@pytest.mark.parametrize("name", FOLDERS)
def test_folder_with_an_attack_is_refused(name: str) -> None:
    """A folder with the attack that it is named for is refused."""
    require_refused(HERE / name, FOLDERS[name])


@pytest.mark.parametrize("name", ZIPS)
def test_zip_with_an_attack_is_refused(name: str, tmp_path: Path) -> None:
    """A zip file with the attack that it is named for is refused."""
    data, reason = ZIPS[name]
    path = tmp_path / f"{name}.zip"
    path.write_bytes(data)
    require_refused(path, reason)


def test_every_folder_here_is_an_attack_that_is_tried() -> None:
    """No attack's folder is forgotten."""
    found = {child.name for child in HERE.iterdir() if child.is_dir() and child.name != "__pycache__"}
    assert set(FOLDERS) <= found


def test_honest_bundle_of_the_same_make_is_read(tmp_path: Path) -> None:
    """The parts of which the attacks are built make a bundle that is read, so that each is refused for its attack alone."""
    path = tmp_path / "honest.zip"
    path.write_bytes(with_part(Part(name=b"log/a", data=NOTE, method=DEFLATED, flags=8, behind=b"PK\x07\x08" + SUMS)))
    with pytest.raises(InputError, match="does not end where it says"):  # SUMS are those of the unpacked note.
        read_bundle(path)
    packed = deflate(NOTE)
    sums = struct.pack("<3L", zlib.crc32(NOTE), len(packed), len(NOTE))
    silent = Header(crc=0, packed=0, size=0)
    for behind in (sums, b"PK\x07\x08" + sums):
        part = Part(name=b"log/a", data=NOTE, method=DEFLATED, flags=8, behind=behind, local=silent)
        path.write_bytes(with_part(part))
        assert read_bundle(path) == {**MEMBERS, "log/a": NOTE}


def test_every_cut_is_refused(tmp_path: Path) -> None:
    """A zip file that lacks its last bytes is refused, however many are missing."""
    whole = build_zip(honest_parts())
    path = tmp_path / "cut.zip"
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(InputError):
            read_bundle(path)


def test_every_flipped_bit_is_refused_or_harmless(tmp_path: Path) -> None:
    """No flipped bit of a zip file changes what is read: it is refused, or stands where nothing is read (dates, rights)."""
    parts = [*honest_parts(), Part(name=b"log/a", data=NOTE * 9, method=DEFLATED)]
    whole = build_zip(parts)
    path = tmp_path / "flipped.zip"
    for place in range(len(whole)):
        for bit in (0, 3, 7):
            data = bytearray(whole)
            data[place] ^= 1 << bit
            path.write_bytes(data)
            try:
                members = read_bundle(path)
            except InputError:
                continue
            assert members == {**MEMBERS, "log/a": NOTE * 9}


def _honest_folder(path: Path) -> Path:
    path.mkdir()
    for name, data in MEMBERS.items():
        (path / name).write_bytes(data)
    return path


@pytest.mark.parametrize("target", ["commitment.json", "missing", "/etc/passwd"])
def test_link_in_a_folder_is_refused(target: str, tmp_path: Path) -> None:
    """A symbolic link among the members is refused, wherever it leads."""
    folder = _honest_folder(tmp_path / "linked-member")
    (folder / "README.txt").symlink_to(target)
    require_refused(folder, "README.txt is a link or a device")


def test_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    """A symbolic link in the place of a folder of members is refused, and a loop of folders never entered."""
    folder = _honest_folder(tmp_path / "linked-folder")
    (folder / "amends").symlink_to(folder, target_is_directory=True)
    require_refused(folder, "amends is a link or a device")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_in_a_folder_is_refused(tmp_path: Path) -> None:
    """A named pipe among the members is refused, and so is one in the place of the bundle, without waiting."""
    folder = _honest_folder(tmp_path / "piped-member")
    os.mkfifo(folder / "README.txt")
    require_refused(folder, "README.txt is a link or a device")
    pipe = tmp_path / "pipe.zip"
    os.mkfifo(pipe)
    require_refused(pipe, "neither a folder nor a plain file")


def test_names_in_a_folder_that_are_no_text(tmp_path: Path) -> None:
    """A name that is not UTF-8 is refused with a message that can be printed."""
    folder = _honest_folder(tmp_path / "name-not-text")
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff")).write_bytes(b"")
    except OSError:
        pytest.skip("the file system takes text alone")
    with pytest.raises(InputError) as caught:
        read_bundle(folder)
    assert re.search(r"\\udcff", str(caught.value).encode().decode())


def test_sparse_member_beyond_the_bound_is_refused(tmp_path: Path) -> None:
    """A member of a folder that is larger than the bound is refused before it is read."""
    folder = _honest_folder(tmp_path / "huge-member")
    with (folder / "README.txt").open("wb") as stream:
        stream.truncate(1_000_000_001)
    require_refused(folder, "README.txt is larger than 1000000000 bytes")


def test_folder_of_many_members_is_refused(tmp_path: Path) -> None:
    """Members that are each within the bound are refused together when they pass the bound for all."""
    folder = _honest_folder(tmp_path / "huge-folder")
    for name in ("README.txt", "verify.py", "verify.html"):
        with (folder / name).open("wb") as stream:
            stream.truncate(900_000_000)
    require_refused(folder, "it is larger than 2000000000 bytes")
