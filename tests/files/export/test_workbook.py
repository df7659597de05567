"""Exported workbooks: text alone, the same bytes for the same rows, and bounds that are told."""

from __future__ import annotations

import re
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from inspect_cli.core.names import EntityId
from inspect_cli.errors import RefusedError, UsageMistake
from inspect_cli.files.export import workbook
from inspect_cli.files.export.layouts import Wanted, entity_layout, matter_layout, recusal_layout
from inspect_cli.files.export.table import Table, Written, write_table
from tests.files.export.raw_sheets import HOSTILE
from tests.files.intake.files import BUREAU
from tests.registry_rows import a_matter, an_entity

XLSX = Path("out.xlsx")


def write(table: Table[Any], path: Path = XLSX) -> tuple[bytes, Written]:
    """Write a table into memory."""
    stream = BytesIO()
    written = write_table(stream, path, table)
    return stream.getvalue(), written


def read_cells(data: bytes) -> list[list[Any]]:
    """Read the one sheet of a workbook by an independent reader."""
    return python_calamine.load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def part(data: bytes, name: str) -> str:
    """Give one part of a workbook as text."""
    return zipfile.ZipFile(BytesIO(data)).read(name).decode()


def test_every_cell_is_a_text_and_none_a_formula() -> None:
    """Whatever a name looks like it is written as a string: no formula, no link, no number, and an independent reader finds it."""
    layout = entity_layout(Wanted(bureau=BUREAU))
    names = [text for text in HOSTILE if text.strip() == text]
    rows = [an_entity(id=EntityId(f"{number}"), name=name) for number, name in enumerate(names)]
    data, written = write(Table(layout=layout, rows=rows))
    assert written.rows == len(rows)
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert "<f>" not in xml
    assert "<f " not in xml
    assert "<hyperlink" not in xml
    assert set(re.findall(r'<c [^>]*?t="(\w+)"', xml)) == {"s", "inlineStr"}  # shared and own
    assert len(re.findall(r"<c ", xml)) == len(re.findall(r"<c [^>]*? t=", xml))
    assert not [name for name in zipfile.ZipFile(BytesIO(data)).namelist() if "external" in name.lower()]
    assert [row[1] for row in read_cells(data)[1:]] == names


def test_the_same_rows_give_the_same_bytes() -> None:
    """A file that is written twice is the same file, whenever that is done."""
    table = Table(layout=matter_layout(Wanted(bureau=BUREAU)), rows=(a_matter(),))
    assert write(table)[0] == write(table)[0]


def test_nothing_is_left_among_the_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook takes its own files away, also where it is refused half-way."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    write(Table(layout=entity_layout(Wanted(bureau=BUREAU)), rows=(an_entity(),)))
    with pytest.raises(RefusedError):
        write(Table(layout=entity_layout(Wanted(bureau=BUREAU)), rows=(an_entity(address="长" * 40_000),)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("text", "fits"), [("长" * 32_767, True), ("长" * 32_768, False), ("😀" * 16_384, False)])
def test_a_text_too_long_for_a_cell_is_refused_with_its_place(text: str, *, fits: bool) -> None:
    """A cell takes 32,767 UTF-16 units; CSV takes any length."""
    table = Table(layout=entity_layout(Wanted(bureau=BUREAU)), rows=(an_entity(), an_entity(address=text)))
    if fits:
        assert read_cells(write(table)[0])[2][3] == text
        return
    with pytest.raises(RefusedError) as caught:
        write(table)
    assert "row 3, 住所" in str(caught.value)
    assert ".csv" in str(caught.value.hint)
    assert text in write(table, Path("out.csv"))[0].decode("utf-8-sig")


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows that would not fit are not silently dropped."""
    monkeypatch.setattr(workbook, "ROW_LIMIT", 3)
    layout = entity_layout(Wanted(bureau=BUREAU))
    assert write(Table(layout=layout, rows=[an_entity()] * 2))[1].rows == 2
    with pytest.raises(RefusedError):
        write(Table(layout=layout, rows=[an_entity()] * 3))


def test_what_xml_cannot_hold_is_told() -> None:
    """Two code points are lost in a workbook, which stays readable; CSV keeps them."""
    table = Table(layout=entity_layout(Wanted(bureau=BUREAU)), rows=(an_entity(name="a\uffffb"),))
    data, written = write(table)
    assert read_cells(data)[1][1] == "a\ufffdb"
    ((notice),) = written.notices
    assert (notice.where.row, notice.where.column) == (2, "企业名称")
    data, written = write(table, Path("out.csv"))
    assert written.notices == ()
    assert "a\uffffb" in data.decode("utf-8-sig")


def test_a_value_that_would_be_read_otherwise_is_told() -> None:
    """A domain that the settings no longer have, and a name that is blank to a reader, are named with row and column."""
    rows = (an_entity(), an_entity(domains=("mining",)), an_entity(name="-"))
    written = write(Table(layout=entity_layout(Wanted(bureau=BUREAU)), rows=rows))[1]
    assert [(one.where.row, one.where.column, one.value) for one in written.notices] == [
        (3, "适用领域", "mining"),
        (4, "企业名称", "-"),
    ]


def test_an_empty_sheet_guides_and_offers_choices() -> None:
    """Guidance stands above the header, drop-down lists below it, and every column is formatted as text."""
    data, written = write(Table(layout=recusal_layout(Wanted(bureau=BUREAU)), rows=(), is_template=True))
    assert written.rows == 0
    guides, header = read_cells(data)
    assert header[0] == "编号"
    assert guides[0].startswith("必填")
    xml = part(data, "xl/worksheets/sheet1.xml")
    assert '<formula1>"亲属关系,' in xml
    assert 'sqref="E3:E1048576"' in xml
    assert 'numFmtId="49"' in part(data, "xl/styles.xml")


def test_choices_that_a_list_cannot_hold_are_not_offered() -> None:
    """A zone with a comma or a quotation mark, or more zones than a list takes, leave the column free."""
    for zones in (("甲,乙",), ('甲"乙',), tuple(f"网格{number:03}" for number in range(100))):
        wanted = Wanted(
            bureau=BUREAU.__class__(**{name: getattr(BUREAU, name) for name in BUREAU.__slots__} | {"zones": zones})
        )
        data = write(Table(layout=entity_layout(wanted), rows=()))[0]
        assert zones[0] not in part(data, "xl/worksheets/sheet1.xml")


def test_another_ending_is_a_mistake_of_usage() -> None:
    """The end of the name says the form, in letters of any size; any other is refused."""
    table = Table(layout=entity_layout(Wanted(bureau=BUREAU)), rows=())
    assert write(table, Path("A.CSV"))[0].startswith(b"\xef\xbb\xbf")
    with pytest.raises(UsageMistake):
        write(table, Path("out.xls"))
