"""Zip files that are odd without being broken, and tricks of a second kind, around the members of a draw that verifies.

``HARMLESS`` are read by every verifier, and show the draw as it is; ``TRICKS`` are refused by every one.
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.attacks.zips import DEFLATED, End, Header, Part, build_zip, deflate, honest_parts, with_part

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER, LINK = 0o040755, 0o120777
END = struct.Struct("<4s4H2LH")


def described(name: str, data: bytes, *, marked: bool) -> Part:
    """Make a part whose sums stand behind it, as a program writes that does not know them beforehand."""
    packed = deflate(data)
    sums = struct.pack("<3L", zlib.crc32(data), len(packed), len(data))
    silent = Header(crc=0, packed=0, size=0)
    behind = b"PK\x07\x08" * marked + sums
    return Part(name=name.encode(), data=data, method=DEFLATED, flags=8, behind=behind, local=silent)


def written_by_python(members: Mapping[str, bytes], level: int) -> bytes:
    """Write a zip file as a common program does."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def listed_backwards(members: Mapping[str, bytes]) -> bytes:
    """List the members in another order than the one in which they lie."""
    there = [replace(part, is_listed=False) for part in honest_parts(members)]
    listed, offset = [], 0
    for part in there:
        listed.append(replace(part, is_listed=True, is_there=False, offset=offset))
        offset += 30 + len(part.name) + len(part.data)
    return build_zip([*there, *listed[::-1]])


def with_times(members: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    """Write a zip file as Info-ZIP does, with the times of Unix behind each name, and perhaps a comment on each member."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2026, 11, 30, 9, 0, 0))
            info.extra, info.comment = struct.pack("<2sHBL", b"UT", 5, 1, 1_795_995_200), comment
            archive.writestr(info, data)
    return file.getvalue()


def harmless(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Build what every verifier reads."""
    honest = honest_parts(members)
    note = Part(name=b"log/a", data=b"hello")
    return {
        "stored": build_zip(honest),
        "hardly packed": written_by_python(members, 1),
        "well packed": written_by_python(members, 9),
        "backwards": build_zip(honest[::-1]),
        "with times": with_times(members),
        "with a comment on each member": with_times(members, b"hello"),
        "sums behind": build_zip([described(name, data, marked=False) for name, data in members.items()]),
        "sums before and behind": with_part(
            replace(described("log/a", b"hello", marked=True), local=Header()), members
        ),
        "sums behind a mark": build_zip([described(name, data, marked=True) for name, data in members.items()]),
        "rights of nobody": build_zip([Part(name=part.name, data=part.data, mode=0) for part in honest]),
        "rights of all": build_zip([Part(name=part.name, data=part.data, mode=0o107777) for part in honest]),
        "name said to be UTF-8": with_part(Part(name=b"log/a", data=b"x", flags=0x800), members),
        "packed with more care": with_part(Part(name=b"log/a", data=b"x" * 99, method=DEFLATED, flags=0x0006), members),
        "folders listed": build_zip(
            [Part(name=b"log/", mode=FOLDER), note, Part(name=b"signatures/", mode=FOLDER), *honest]
        ),
        "folder listed by a system without rights": build_zip([Part(name=b"log/", mode=0), note, *honest]),
        "folder of nothing": build_zip([Part(name=b"amends/", mode=FOLDER), *honest]),
        "a zip in a zip": with_part(Part(name=b"log/inner.zip", data=build_zip(honest)), members),
        "a bomb in a zip in a zip": with_part(
            Part(name=b"log/inner.zip", data=with_part(Part(name=b"a", data=bytes(10**7), method=DEFLATED))), members
        ),
        "an empty file": with_part(Part(name=b"log/empty", method=DEFLATED), members),
        "a thousand members": build_zip([*honest, *(Part(name=b"log/%d" % one, data=b"x") for one in range(1000))]),
        "a file that packs well": with_part(Part(name=b"log/a", data=bytes(10**6), method=DEFLATED), members),
        "a program beside it": with_part(Part(name=b"verify.py", data=b"import os"), members),
        "a page beside it": with_part(Part(name=b"verify.html", data=b"<script>alert(1)</script>"), members),
        "plain names in the log": build_zip(
            [
                *honest,
                *(Part(name=b"log/" + name, data=b"x") for name in (b"a..b", b"_", b"1-", b"console", b"x" * 100)),
            ]
        ),
        "deep in the log": with_part(Part(name=b"log/" + b"a/" * 7 + b"b", data=b"x"), members),
    }


def tricks(members: Mapping[str, bytes], receipt: bytes) -> dict[str, bytes]:
    """Build what every verifier refuses, beyond the attacks in ``zip_attacks``; a receipt is a file of its own."""
    honest, whole = honest_parts(members), build_zip(honest_parts(members))
    first = honest[0]
    composed, decomposed = ("log/" + unicodedata.normalize(form, "é") for form in ("NFC", "NFD"))
    return {
        "doubled with the same bytes": build_zip([*honest, first]),
        "doubled in front": build_zip([Part(name=first.name, data=b"{}"), *honest]),
        "listed twice": build_zip([*honest, Part(name=first.name, data=first.data, is_there=False, offset=0)]),
        "in capital letters": build_zip([Part(name=part.name.upper(), data=part.data) for part in honest]),
        "in two Unicode forms": build_zip(
            [*honest, *(Part(name=name.encode(), data=b"x", flags=0x800) for name in (composed, decomposed))]
        ),
        "in full-width letters": with_part(Part(name="ｒesult.json".encode(), data=b"{}", flags=0x800), members),
        "with a Kelvin sign": build_zip([*honest, Part(name=b"log/k"), Part(name="log/\u212a".encode(), flags=0x800)]),
        "turned round by a mark": with_part(Part(name="log/\u202enosj".encode(), flags=0x800), members),
        "blank behind a name": with_part(Part(name=b"result.json ", data=b"{}"), members),
        "dot behind a name": with_part(Part(name=b"result.json.", data=b"{}"), members),
        "share of a network": with_part(Part(name=b"\\\\server\\share\\a"), members),
        "drive and path": with_part(Part(name=b"C:\\log\\a"), members),
        "up by backslash": with_part(Part(name=b"log\\..\\..\\a"), members),
        "home": with_part(Part(name=b"~/a"), members),
        "folder like a member": with_part(Part(name=b"result.json/", mode=FOLDER), members),
        "folder in the place of a member": build_zip([*honest[:-1], Part(name=honest[-1].name + b"/", mode=FOLDER)]),
        "file in the place of a folder": with_part(Part(name=b"log", data=b"x"), members),
        "folder within a member": with_part(Part(name=b"result.json/a", data=b"x"), members),
        "unknown folder": with_part(Part(name=b"photos/", mode=FOLDER), members),
        "link in the place of a member": build_zip(
            [*honest[:-1], Part(name=honest[-1].name, data=b"/etc/passwd", mode=LINK)]
        ),
        "link to a folder": with_part(Part(name=b"amends/", data=b"..", mode=LINK), members),
        "deflate64": with_part(Part(name=b"log/a", data=b"x", method=9, packed=deflate(b"x")), members),
        "lzma": with_part(Part(name=b"log/a", data=b"x", method=14, packed=b"x"), members),
        "aes": with_part(Part(name=b"log/a", data=b"x", method=99, flags=1), members),
        "ten thousand members": build_zip([*honest, *(Part(name=b"log/%d" % one) for one in range(10_000))]),
        "bomb": with_part(Part(name=b"log/a", data=bytes(5 * 10**7), method=DEFLATED), members),
        "bomb in a member": build_zip(
            [*honest[:-1], Part(name=honest[-1].name, data=b" " * 5 * 10**7, method=DEFLATED)]
        ),
        "overlapping streams": overlapping(members),
        "listed backwards": listed_backwards(members),
        "sums half behind": with_part(
            replace(described("log/a", b"hello", marked=True), local=Header(packed=0, size=0)), members
        ),
        "a receipt in a zip": build_zip([Part(name=b"receipt", data=receipt)]),
        "a receipt in a bundle": with_part(Part(name=b"receipt", data=receipt), members),
        "device without a dot": with_part(Part(name=b"log/con"), members),
        "device of a port": with_part(Part(name=b"log/a/Lpt1.txt"), members),
        "like an option": with_part(Part(name=b"log/-rf"), members),
        "hidden": with_part(Part(name=b"log/.bashrc"), members),
        "part of 101 letters": with_part(Part(name=b"log/" + b"x" * 101), members),
        "nine parts deep": with_part(Part(name=b"log/" + b"a/" * 8 + b"b"), members),
        "a comment": build_zip(honest, End(note=b"hello")),
        "in two zips": whole + build_zip([Part(name=b"result.json", data=b"{}")]),
        "in two zips, the other first": build_zip([Part(name=b"result.json", data=b"{}")]) + whole,
        "zip64 end": with_wide_end(whole),
        "zip64 end, sizes kept": with_wide_end(whole, keep=True),
        "zip64 sizes": with_part(
            Part(name=b"log/a", data=b"x", central=Header(size=0xFFFFFFFF, packed=0xFFFFFFFF)), members
        ),
        "a public and a full bundle": with_part(Part(name=b"disclosure.json", data=b"{}"), members),
        "an end in an end": whole[:-22] + END.pack(b"PK\x05\x06", 0, 0, 0, 0, 0, len(whole) - 22, 0),
    }


def overlapping(members: Mapping[str, bytes]) -> bytes:
    """List a second name whose data are those of the first, read from a header within the data."""
    inner = build_zip([Part(name=b"log/b", data=b"hello")])[: 30 + 5 + 5]
    parts = [Part(name=b"log/a", data=inner), *honest_parts(members)]
    within = Part(name=b"log/b", data=b"hello", is_there=False, offset=30 + 5)
    return build_zip([*parts, within])


def with_wide_end(whole: bytes, *, keep: bool = False) -> bytes:
    """Put the end record of large files before the end record, which then says that all is there (or says it again)."""
    _, _, _, count, _, size, start, _ = END.unpack(whole[-22:])
    at = len(whole) - 22
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = whole[-22:] if keep else END.pack(b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return whole[:-22] + wide + locator + end
