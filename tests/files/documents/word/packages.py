"""Word files taken apart: members, trees, paragraphs; and put together again with some members changed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from lxml import etree  # type: ignore[import-untyped] # ships no types

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
PREFIXES = {"w": WORD}


def members(data: bytes) -> dict[str, bytes]:
    """Give the members of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes, path: str = "word/document.xml") -> Any:
    """Parse a part."""
    return etree.fromstring(members(data)[path])


def find(data: bytes, xpath: str, path: str = "word/document.xml") -> list[Any]:
    """Find elements or values of a part."""
    return list(tree(data, path).xpath(xpath, namespaces=PREFIXES))


def value(node: Any, name: str) -> str | None:
    """Give one of Word's attributes."""
    given: str | None = node.get(f"{W}{name}")
    return given


def read(data: bytes) -> Any:
    """Read a Word file by python-docx, a reader that is not ours."""
    return docx.Document(io.BytesIO(data))


def changed(data: bytes, changes: Mapping[str, bytes | tuple[str, str] | None]) -> bytes:
    """Return a zip file with members put in, left out (None), or with one text replaced by another."""
    content: dict[str, bytes] = members(data)
    for name, change in changes.items():
        if change is None:
            del content[name]
        elif isinstance(change, bytes):
            content[name] = change
        else:
            old, new = change
            assert old.encode() in content[name], old
            content[name] = content[name].replace(old.encode(), new.encode(), 1)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data_of in content.items():
            archive.writestr(name, data_of)
    return stream.getvalue()
