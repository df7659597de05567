"""Every attack on the container of a bundle by its name, as zip files built byte by byte, each with the reason of its refusal."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from tests.attacks.zips import DEFLATED, End, Header, Part, build_zip, deflate, honest_parts, with_part

if TYPE_CHECKING:
    from collections.abc import Mapping

ZEROS = bytes(2 * 1024 * 1024)
NOTE = b"hello"
SUMS = struct.pack("<3L", zlib.crc32(NOTE), len(NOTE), len(NOTE))


def zip_attacks(members: Mapping[str, bytes]) -> dict[str, tuple[bytes, str]]:
    """Build each attack on a bundle of these members, with what the command says when it refuses it."""
    honest = honest_parts(members)

    def bundle_with(part: Part) -> bytes:
        return with_part(part, members)

    return {
        # names
        "absolute-path": (bundle_with(Part(name=b"/etc/passwd")), "is no member"),
        "parent-path": (bundle_with(Part(name=b"log/../../escape")), "is no member"),
        "dot-path": (bundle_with(Part(name=b"log/./a")), "is no member"),
        "empty-part": (bundle_with(Part(name=b"log//a")), "is no member"),
        "backslash-path": (bundle_with(Part(name=b"log\\a")), "is no member"),
        "drive-letter": (bundle_with(Part(name=b"C:a")), "is no member"),
        "empty-name": (bundle_with(Part(name=b"")), "is no member"),
        "nul-in-name": (bundle_with(Part(name=b"result.json\0.txt")), "is no member"),
        "line-break-in-name": (bundle_with(Part(name=b"log/a\n")), "is no member"),
        "name-not-ascii": (bundle_with(Part(name="log/说明".encode(), flags=0x800)), "log/说明 is no member"),
        "name-not-text": (bundle_with(Part(name=b"log/\xff")), "is no member"),
        "device-name-of-windows": (bundle_with(Part(name=b"log/NUL.txt")), "is no member"),
        "trailing-dot": (bundle_with(Part(name=b"log/a.")), "is no member"),
        "name-too-long": (bundle_with(Part(name=b"log/" + b"a" * 102)), "is no member"),
        "folder-around-all": (
            build_zip([Part(name=b"bundle/" + name.encode(), data=data) for name, data in members.items()]),
            "bundle/commitment.json is no member",
        ),
        "doubled-name": (bundle_with(Part(name=b"result.json", data=b"other")), "is there twice"),
        "doubled-in-letters-of-another-size": (
            build_zip([*honest, Part(name=b"log/a"), Part(name=b"log/A")]),
            "is there twice, or in letters",
        ),
        "file-and-folder": (
            build_zip([*honest, Part(name=b"log/a"), Part(name=b"log/a/b")]),
            "a file and a folder",
        ),
        "amends-too-deep": (bundle_with(Part(name=b"amends/" * 65 + b"result.json")), "is no member"),
        "log-too-deep": (bundle_with(Part(name=b"log/" + b"a/" * 9)), "is no member"),
        "too-many-members": (
            build_zip([*honest, *(Part(name=b"log/%d" % number) for number in range(10_000))]),
            "more than 10000 members",
        ),
        # kinds
        "symbolic-link": (bundle_with(Part(name=b"log/a", data=b"/etc/passwd", mode=0o120777)), "a link or a device"),
        "device": (bundle_with(Part(name=b"log/a", mode=0o020666)), "a link or a device"),
        "named-pipe": (bundle_with(Part(name=b"log/a", mode=0o010644)), "a link or a device"),
        "folder-without-slash": (bundle_with(Part(name=b"log/a", mode=0o040755)), "a link or a device"),
        "folder-with-content": (
            bundle_with(Part(name=b"log/", data=NOTE, mode=0o040755)),
            "is a folder and has content",
        ),
        # ways of packing
        "encrypted": (bundle_with(Part(name=b"log/a", data=NOTE, flags=0x0001)), "is encrypted"),
        "strongly-encrypted": (bundle_with(Part(name=b"log/a", data=NOTE, flags=0x0041)), "is encrypted"),
        "encrypted-directory": (bundle_with(Part(name=b"log/a", data=NOTE, flags=0x2000)), "is encrypted"),
        "patched-data": (bundle_with(Part(name=b"log/a", data=NOTE, flags=0x0020)), "is packed in a way"),
        "method-bzip2": (bundle_with(Part(name=b"log/a", data=NOTE, method=12)), "is packed in a way"),
        "method-zstandard": (bundle_with(Part(name=b"log/a", data=NOTE, method=93)), "is packed in a way"),
        # bombs
        "bomb": (bundle_with(Part(name=b"log/a", data=ZEROS, method=DEFLATED)), "more than 100 times"),
        "bomb-declared-small": (
            bundle_with(
                Part(name=b"log/a", data=ZEROS[:100_000], method=DEFLATED, local=Header(size=9), central=Header(size=9))
            ),
            "is damaged",
        ),
        "member-declared-huge": (
            bundle_with(Part(name=b"log/a", data=NOTE, central=Header(size=0xFFFFFFFF))),
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
            bundle_with(Part(name=b"log/a", data=b"", method=DEFLATED, packed=b"\0\0\0\xff\xff" * 1000 + b"\x03\0")),
            "is packed in a way",
        ),
        # lies
        "size-too-small": (
            bundle_with(Part(name=b"log/a", data=NOTE, local=Header(size=4), central=Header(size=4))),
            "damaged",
        ),
        "size-too-large": (
            bundle_with(Part(name=b"log/a", data=NOTE, local=Header(size=6), central=Header(size=6))),
            "damaged",
        ),
        "unpacked-size-too-large": (
            bundle_with(Part(name=b"log/a", data=NOTE, method=DEFLATED, local=Header(size=6), central=Header(size=6))),
            "damaged",
        ),
        "packed-size-too-small": (
            bundle_with(Part(name=b"log/a", data=NOTE, local=Header(packed=4), central=Header(packed=4))),
            "does not end where it says",
        ),
        "packed-size-too-large": (
            bundle_with(Part(name=b"log/a", data=NOTE, local=Header(packed=999), central=Header(packed=999))),
            "does not end where it says",
        ),
        "check-sum-wrong": (
            bundle_with(Part(name=b"log/a", data=NOTE, local=Header(crc=1), central=Header(crc=1))),
            "damaged",
        ),
        "stream-is-noise": (
            bundle_with(Part(name=b"log/a", data=NOTE, method=DEFLATED, packed=b"\xff" * 9)),
            "damaged",
        ),
        "stream-is-cut": (
            bundle_with(Part(name=b"log/a", data=NOTE, method=DEFLATED, packed=deflate(NOTE)[:-1])),
            "damaged",
        ),
        "stream-with-a-tail": (
            bundle_with(Part(name=b"log/a", data=NOTE, method=DEFLATED, packed=deflate(NOTE) + b"tail")),
            "damaged",
        ),
        "two-names": (bundle_with(Part(name=b"log/a", local=Header(name=b"log/b"))), "is described in two ways"),
        "two-sizes": (bundle_with(Part(name=b"log/a", data=NOTE, local=Header(size=4))), "is described in two ways"),
        "two-check-sums": (
            bundle_with(Part(name=b"log/a", data=NOTE, local=Header(crc=4))),
            "is described in two ways",
        ),
        "two-methods": (
            bundle_with(Part(name=b"log/a", data=NOTE, local=Header(method=8))),
            "is described in two ways",
        ),
        "two-kinds-of-flags": (
            bundle_with(Part(name=b"log/a", data=NOTE, local=Header(flags=2))),
            "is described in two ways",
        ),
        "description-behind-lies": (
            bundle_with(Part(name=b"log/a", data=NOTE, flags=8, behind=bytes(12))),
            "does not end where it says",
        ),
        "description-behind-missing": (
            bundle_with(Part(name=b"log/a", data=NOTE, flags=8)),
            "does not end where it says",
        ),
        "description-behind-unannounced": (
            bundle_with(Part(name=b"log/a", data=NOTE, behind=SUMS)),
            "does not end where it says",
        ),
        "member-not-listed": (
            build_zip([*honest, Part(name=b"log/hidden", data=NOTE, is_listed=False)]),
            "does not end where it says",
        ),
        "member-of-nowhere": (
            bundle_with(Part(name=b"log/a", is_there=False, offset=3)),
            "overlap, are listed in another order",
        ),
        "member-behind-the-file": (bundle_with(Part(name=b"log/a", is_there=False, offset=10**9)), "overlap"),
        # the file as a whole
        "not-a-zip": (b"<html>404 Not Found</html>", "is no zip file"),
        "nothing": (b"", "is no zip file"),
        "data-before": (b"MZ" + build_zip(honest), "its directory is not where it says"),
        "data-before-and-counted": (build_zip(honest, End(before=b"#!/bin/sh\n")), "something stands before"),
        "data-before-nothing": (build_zip([], End(before=b"#!/bin/sh\n")), "something stands before"),
        "data-behind": (build_zip(honest, End(behind=b"tail")), "something behind its end"),
        "data-in-a-note": (build_zip(honest, End(note=b"tail")), "something behind its end"),
        "data-in-a-note-with-an-end": (
            build_zip(honest, End(note=b"PK\x05\x06" + bytes(18))),
            "its directory is not where it says",
        ),
        "data-between": (build_zip(honest, End(between=b"tail")), "does not end where it says"),
        "directory-elsewhere": (build_zip(honest, End(directory_start=0)), "its directory is not where it says"),
        "directory-longer": (build_zip(honest, End(count=4, count_here=4)), "its directory is damaged"),
        "directory-shorter": (build_zip(honest, End(count=6, count_here=6)), "its directory is damaged"),
        "directory-huge": (build_zip([], End(directory_size=2**30)), "more than 10000 members"),
        "several-disks": (build_zip(honest, End(disk=1)), "one part of several"),
        "counts-differ": (build_zip(honest, End(count_here=4)), "one part of several"),
        "member-on-another-disk": (bundle_with(Part(name=b"log/a", disk=1)), "is packed in a way"),
        "sizes-in-64-bits": (build_zip(honest, End(count=0xFFFF, count_here=0xFFFF)), "more than 10000 members"),
    }
