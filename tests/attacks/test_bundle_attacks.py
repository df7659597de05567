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
from tests.attacks.zips import (
    DEFLATED,
    MEMBERS,
    End,
    Header,
    Part,
    build_zip,
    deflate,
    honest_parts,
    with_part,
)

HERE = Path(__file__).parent
ZEROS = bytes(2 * 1024 * 1024)
NOTE = b"hello"
SUMS = struct.pack("<3L", zlib.crc32(NOTE), len(NOTE), len(NOTE))

FOLDERS = {
    "stray-member": "notes.txt is no member",
    "stray-folder": "photos/ is no member",
    "hidden-file": r"\.hidden is no member",
    "letters-of-another-size": "Commitment.json is no member",
    "amended-draw-with-signatures": "amends/signatures/ is no member",
}

ZIPS = {
    # names
    "absolute-path": (with_part(Part(name=b"/etc/passwd")), "is no member"),
    "parent-path": (with_part(Part(name=b"log/../../escape")), "is no member"),
    "dot-path": (with_part(Part(name=b"log/./a")), "is no member"),
    "empty-part": (with_part(Part(name=b"log//a")), "is no member"),
    "backslash-path": (with_part(Part(name=b"log\\a")), "is no member"),
    "drive-letter": (with_part(Part(name=b"C:a")), "is no member"),
    "empty-name": (with_part(Part(name=b"")), "is no member"),
    "nul-in-name": (with_part(Part(name=b"result.json\0.txt")), "is no member"),
    "line-break-in-name": (with_part(Part(name=b"log/a\n")), "is no member"),
    "name-not-ascii": (with_part(Part(name="log/说明".encode(), flags=0x800)), "log/说明 is no member"),
    "name-not-text": (with_part(Part(name=b"log/\xff")), "is no member"),
    "device-name-of-windows": (with_part(Part(name=b"log/NUL.txt")), "is no member"),
    "trailing-dot": (with_part(Part(name=b"log/a.")), "is no member"),
    "name-too-long": (with_part(Part(name=b"log/" + b"a" * 102)), "is no member"),
    "folder-around-all": (
        build_zip([Part(name=b"bundle/" + name.encode(), data=data) for name, data in MEMBERS.items()]),
        "bundle/commitment.json is no member",
    ),
    "doubled-name": (with_part(Part(name=b"result.json", data=b"other")), "is there twice"),
    "doubled-in-letters-of-another-size": (
        build_zip([*honest_parts(), Part(name=b"log/a"), Part(name=b"log/A")]),
        "is there twice, or in letters",
    ),
    "file-and-folder": (
        build_zip([*honest_parts(), Part(name=b"log/a"), Part(name=b"log/a/b")]),
        "a file and a folder",
    ),
    "amends-too-deep": (with_part(Part(name=b"amends/" * 65 + b"result.json")), "is no member"),
    "log-too-deep": (with_part(Part(name=b"log/" + b"a/" * 9)), "is no member"),
    "too-many-members": (
        build_zip([*honest_parts(), *(Part(name=b"log/%d" % number) for number in range(10_000))]),
        "more than 10000 members",
    ),
    # kinds
    "symbolic-link": (with_part(Part(name=b"log/a", data=b"/etc/passwd", mode=0o120777)), "a link or a device"),
    "device": (with_part(Part(name=b"log/a", mode=0o020666)), "a link or a device"),
    "named-pipe": (with_part(Part(name=b"log/a", mode=0o010644)), "a link or a device"),
    "folder-without-slash": (with_part(Part(name=b"log/a", mode=0o040755)), "a link or a device"),
    "folder-with-content": (with_part(Part(name=b"log/", data=NOTE, mode=0o040755)), "is a folder and has content"),
    # ways of packing
    "encrypted": (with_part(Part(name=b"log/a", data=NOTE, flags=0x0001)), "is encrypted"),
    "strongly-encrypted": (with_part(Part(name=b"log/a", data=NOTE, flags=0x0041)), "is encrypted"),
    "encrypted-directory": (with_part(Part(name=b"log/a", data=NOTE, flags=0x2000)), "is encrypted"),
    "patched-data": (with_part(Part(name=b"log/a", data=NOTE, flags=0x0020)), "is packed in a way"),
    "method-bzip2": (with_part(Part(name=b"log/a", data=NOTE, method=12)), "is packed in a way"),
    "method-zstandard": (with_part(Part(name=b"log/a", data=NOTE, method=93)), "is packed in a way"),
    # bombs
    "bomb": (with_part(Part(name=b"log/a", data=ZEROS, method=DEFLATED)), "more than 100 times"),
    "bomb-declared-small": (
        with_part(
            Part(name=b"log/a", data=ZEROS[:100_000], method=DEFLATED, local=Header(size=9), central=Header(size=9))
        ),
        "is damaged",
    ),
    "member-declared-huge": (
        with_part(Part(name=b"log/a", data=NOTE, central=Header(size=0xFFFFFFFF))),
        "is larger than 1000000000 bytes",
    ),
    "all-declared-huge": (
        build_zip(
            [
                Part(name=b"log/%d" % number, data=NOTE, central=Header(packed=900_000_000, size=900_000_000))
                for number in range(3)
            ]
        ),
        "unpacks to more than 2000000000 bytes",
    ),
    "overlapping-members": (
        build_zip([Part(name=b"log/a", data=NOTE), Part(name=b"log/b", data=NOTE, is_there=False, offset=0)]),
        "overlap",
    ),
    "padded-stream": (
        with_part(Part(name=b"log/a", data=b"", method=DEFLATED, packed=b"\0\0\0\xff\xff" * 1000 + b"\x03\0")),
        "is packed in a way",
    ),
    # lies
    "size-too-small": (
        with_part(Part(name=b"log/a", data=NOTE, local=Header(size=4), central=Header(size=4))),
        "damaged",
    ),
    "size-too-large": (
        with_part(Part(name=b"log/a", data=NOTE, local=Header(size=6), central=Header(size=6))),
        "damaged",
    ),
    "unpacked-size-too-large": (
        with_part(Part(name=b"log/a", data=NOTE, method=DEFLATED, local=Header(size=6), central=Header(size=6))),
        "damaged",
    ),
    "packed-size-too-small": (
        with_part(Part(name=b"log/a", data=NOTE, local=Header(packed=4), central=Header(packed=4))),
        "does not end where it says",
    ),
    "packed-size-too-large": (
        with_part(Part(name=b"log/a", data=NOTE, local=Header(packed=999), central=Header(packed=999))),
        "does not end where it says",
    ),
    "check-sum-wrong": (
        with_part(Part(name=b"log/a", data=NOTE, local=Header(crc=1), central=Header(crc=1))),
        "damaged",
    ),
    "stream-is-noise": (with_part(Part(name=b"log/a", data=NOTE, method=DEFLATED, packed=b"\xff" * 9)), "damaged"),
    "stream-is-cut": (with_part(Part(name=b"log/a", data=NOTE, method=DEFLATED, packed=deflate(NOTE)[:-1])), "damaged"),
    "stream-with-a-tail": (
        with_part(Part(name=b"log/a", data=NOTE, method=DEFLATED, packed=deflate(NOTE) + b"tail")),
        "damaged",
    ),
    "two-names": (with_part(Part(name=b"log/a", local=Header(name=b"log/b"))), "is described in two ways"),
    "two-sizes": (with_part(Part(name=b"log/a", data=NOTE, local=Header(size=4))), "is described in two ways"),
    "two-check-sums": (with_part(Part(name=b"log/a", data=NOTE, local=Header(crc=4))), "is described in two ways"),
    "two-methods": (with_part(Part(name=b"log/a", data=NOTE, local=Header(method=8))), "is described in two ways"),
    "two-kinds-of-flags": (
        with_part(Part(name=b"log/a", data=NOTE, local=Header(flags=2))),
        "is described in two ways",
    ),
    "description-behind-lies": (
        with_part(Part(name=b"log/a", data=NOTE, flags=8, behind=bytes(12))),
        "does not end where it says",
    ),
    "description-behind-missing": (with_part(Part(name=b"log/a", data=NOTE, flags=8)), "does not end where it says"),
    "description-behind-unannounced": (
        with_part(Part(name=b"log/a", data=NOTE, behind=SUMS)),
        "does not end where it says",
    ),
    "member-not-listed": (
        build_zip([*honest_parts(), Part(name=b"log/hidden", data=NOTE, is_listed=False)]),
        "does not end where it says",
    ),
    "member-of-nowhere": (with_part(Part(name=b"log/a", is_there=False, offset=3)), "does not end where it says"),
    "member-behind-the-file": (with_part(Part(name=b"log/a", is_there=False, offset=10**9)), "overlap"),
    # the file as a whole
    "not-a-zip": (b"<html>404 Not Found</html>", "is no zip file"),
    "nothing": (b"", "is no zip file"),
    "data-before": (b"MZ" + build_zip(honest_parts()), "its directory is not where it says"),
    "data-before-and-counted": (build_zip(honest_parts(), End(before=b"#!/bin/sh\n")), "something stands before"),
    "data-before-nothing": (build_zip([], End(before=b"#!/bin/sh\n")), "something stands before"),
    "data-behind": (build_zip(honest_parts(), End(behind=b"tail")), "something behind its end"),
    "data-in-a-note": (build_zip(honest_parts(), End(note=b"tail")), "something behind its end"),
    "data-in-a-note-with-an-end": (
        build_zip(honest_parts(), End(note=b"PK\x05\x06" + bytes(18))),
        "its directory is not where it says",
    ),
    "data-between": (build_zip(honest_parts(), End(between=b"tail")), "does not end where it says"),
    "directory-elsewhere": (build_zip(honest_parts(), End(directory_start=0)), "its directory is not where it says"),
    "directory-longer": (build_zip(honest_parts(), End(count=4, count_here=4)), "its directory is damaged"),
    "directory-shorter": (build_zip(honest_parts(), End(count=6, count_here=6)), "its directory is damaged"),
    "directory-huge": (build_zip([], End(directory_size=2**30)), "more than 10000 members"),
    "several-disks": (build_zip(honest_parts(), End(disk=1)), "one part of several"),
    "counts-differ": (build_zip(honest_parts(), End(count_here=4)), "one part of several"),
    "member-on-another-disk": (with_part(Part(name=b"log/a", disk=1)), "is packed in a way"),
    "sizes-in-64-bits": (build_zip(honest_parts(), End(count=0xFFFF, count_here=0xFFFF)), "more than 10000 members"),
}


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
