"""Searching files as a curious reader would: every byte, the members of every zip, the text and the metadata of every PDF, every name.

A text is searched without its white space, as it stands and as its format would show it: without the marks of XML, with entities and
JSON's escapes read, with folded lines unfolded.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

from pypdf import PdfReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_FOLD = re.compile(r"\r?\n[ \t]")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def read_texts(folder: Path) -> dict[str, str]:
    """Give all that can be found in each file below a folder, its name included, without white space."""
    return {
        path.relative_to(folder).as_posix(): _SPACE.sub("", "\n".join(_read(path.name, path.read_bytes())))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def find_parts(texts: dict[str, str], pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Find a pattern in texts: the file, and what was found."""
    return {(name, found) for name, text in texts.items() for found in pattern.findall(text)}


def _read(name: str, data: bytes) -> Iterator[str]:
    yield name
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment.decode("latin-1")
            for info in archive.infolist():
                yield from (info.comment + info.extra).decode("latin-1")
                yield from _read(info.filename, archive.read(info))
        return
    if data.startswith(b"%PDF"):
        yield from _read_pdf(data)
    text = data.decode("utf-8", "replace")
    for one in (text, _FOLD.sub("", text), _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)):
        yield one
        yield html.unescape(_TAG.sub("", one))
    if name.endswith(".json"):
        yield json.dumps(json.loads(data), ensure_ascii=False)


def _read_pdf(data: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(data))
    for page in reader.pages:
        yield page.extract_text()
    yield repr(reader.metadata)
    if reader.xmp_metadata is not None:
        yield reader.xmp_metadata.stream.get_data().decode()
    yield repr(reader.attachments)
