"""Several PDFs as one: their pages and bookmarks in turn, a title and a language, and nothing of who made it, or when."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

if TYPE_CHECKING:
    from collections.abc import Iterable


def join(parts: Iterable[bytes], title: str, language: str) -> bytes:
    """Join PDFs in the order given; each is taken when the one before it is in."""
    writer = PdfWriter()
    for part in parts:
        writer.append(BytesIO(part))
    writer.metadata = {"/Title": title}
    writer.root_object[NameObject("/Lang")] = TextStringObject("zh-CN" if language == "zh" else "en-GB")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
