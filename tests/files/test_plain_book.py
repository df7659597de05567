"""The workbook that every writer of ours begins with."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from inspect_cli.files.plain_book import new_book
from tests.house.sources import PACKAGE, sources

HOSTILE = ["=1+1", "=cmd|'/c calc'!A1", "http://example.invalid/", "mailto:a@example.invalid", "0012", "1e5", "{=A1}"]


@pytest.mark.parametrize("settings", [{}, {"in_memory": False, "constant_memory": True}])
def test_what_somebody_typed_is_text(settings: dict[str, Any]) -> None:
    """Formulas, addresses and numbers in texts come back as the texts that they are, however the book is written."""
    stream = BytesIO()
    book = new_book(stream, "x", **settings)
    page = book.add_worksheet()
    for row, text in enumerate(HOSTILE):
        page.write(row, 0, text)
    book.close()
    with ZipFile(stream) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert not any(tag in sheet for tag in (b"<f>", b"<hyperlink", b"<v>12<"))
    stream.seek(0)
    assert CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0).to_python() == [[text] for text in HOSTILE]


def test_every_writer_begins_with_it() -> None:
    """No other module makes a workbook of its own, in which it could forget one of the three settings."""
    makers = [source.name for source in sources(PACKAGE) if " Workbook(" in source.path.read_text("utf-8")]
    assert makers == ["inspect_cli/files/plain_book.py"]
