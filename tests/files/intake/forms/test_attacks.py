"""Hostile workbooks: each is refused with what to do, within bounds, or read as what it is; the process lives."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from inspect_cli.files.intake.forms import sheet_xml
from inspect_cli.files.intake.opening import open_book
from tests.files.intake.forms.workbooks import (
    FLAGS_AT,
    MAIN,
    METHOD_AT,
    SAMPLES,
    SHEET,
    SIZE_AT,
    VERSION_AT,
    pack,
    read,
    refuse,
    rename_stream,
    set_field,
    sheet,
    unpack,
    workbook,
)

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = (SAMPLES / "plain.xlsx").read_bytes()
OLD = (SAMPLES / "biff.xls").read_bytes()
LAUGHS = '<!DOCTYPE a [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def cell(reference: str, inner: str = "<v>1</v>", more: str = "") -> str:
    """Give a cell in a row of its own."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{reference}"{more}>{inner}</c></row>'


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048577", "AMK1", "NTP1", "ZZZZZZ1", "A99999999999999999999"])
def test_far_cell(tmp_path: Path, reference: str) -> None:
    """A value beyond the rows or the columns is refused; NTP is column 10,000."""
    error = refuse(tmp_path, workbook(sheet=sheet(cell("A1") + cell(reference))))
    assert "beyond" in str(error)
    assert error.where is not None
    assert error.where.sheet == "名录"


def test_far_cell_without_references(tmp_path: Path) -> None:
    """Cells that do not say where they stand are counted."""
    assert "beyond" in str(refuse(tmp_path, workbook(sheet=sheet("<row>" + "<c><v>1</v></c>" * 10_000 + "</row>"))))


def test_wide_and_long_sheet(tmp_path: Path) -> None:
    """A sheet whose corners stand within the bounds, and that would take gigabytes between them, is refused."""
    assert "larger than" in str(refuse(tmp_path, workbook(sheet=sheet(cell("A1") + cell("AMJ1048576")))))


@pytest.mark.parametrize(
    "rows",
    [
        '<x:row xmlns:x="{0}" r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
        "<row r='1'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c\n r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c s="0" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>',
    ],
)
def test_far_cell_in_other_spellings(tmp_path: Path, rows: str) -> None:
    """However the cell is spelled, the file is refused, if not by the scan then by the end of the child."""
    refuse(tmp_path, workbook(sheet=sheet(rows.replace("{0}", "urn:x"))))


def test_blank_cells_may_stand_anywhere(tmp_path: Path) -> None:
    """Styled blank cells out to the last corner, and a dimension that claims it, change nothing."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    data = workbook(sheet=sheet(rows, before='<dimension ref="A1:XFD1048576"/>'))
    assert read(tmp_path, data) == [[(1, ["1"])]]


def test_million_empty_rows(tmp_path: Path) -> None:
    """A million styled rows without a cell are no rows."""
    rows = "".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(2, 1_000_002))
    assert read(tmp_path, workbook(sheet=sheet(cell("A1") + rows))) == [[(1, ["1"])]]


@pytest.mark.parametrize("part", ["sheet", "workbook", "strings", "styles"])
def test_entities(tmp_path: Path, part: str) -> None:
    """A document type with entities is refused in whatever part."""
    data = f'<?xml version="1.0"?>{LAUGHS}<worksheet xmlns="urn:x"><b>&b;</b></worksheet>'.encode()
    assert "entities" in str(refuse(tmp_path, workbook(**{part: data})))


def test_entities_in_another_encoding(tmp_path: Path) -> None:
    """A part in UTF-16, in which the declaration is not to be seen, is refused."""
    data = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<sst/>'.encode("utf-16")
    refuse(tmp_path, workbook(strings=data))
    refuse(tmp_path, workbook(sheet=data))


def test_claim_of_two_gigabytes(tmp_path: Path) -> None:
    """A member that claims more than the bounds is refused before it is unpacked."""
    data = set_field(PLAIN, SHEET, SIZE_AT, struct.pack("<I", 2_000_000_000))
    assert "unpacks to more than 1500000000 bytes" in str(refuse(tmp_path, data))


def test_bomb_with_a_small_claim(tmp_path: Path) -> None:
    """A member that unpacks to more than it claims is refused at the first byte too many."""
    data = workbook(sheet=sheet(" " * 50_000_000))
    assert len(data) < 100_000
    data = set_field(data, SHEET, SIZE_AT, struct.pack("<I", 1_000))
    assert "more than it claims" in str(refuse(tmp_path, data))


@pytest.mark.parametrize("name", ["plain.xlsx", "plain.ods"])
@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_truncated_zip(tmp_path: Path, name: str, part: float) -> None:
    """A zip that is cut off anywhere is refused."""
    data = (SAMPLES / name).read_bytes()
    refuse(tmp_path, data[: int(len(data) * part)])


@pytest.mark.parametrize("part", [0.01, 0.1, 0.5, 0.9])
def test_truncated_old_workbook(tmp_path: Path, part: float) -> None:
    """So is an old workbook."""
    refuse(tmp_path, OLD[: int(len(OLD) * part)])


@pytest.mark.parametrize(
    "name", ["/xl/a.xml", "../a.xml", "xl/../../a.xml", "C:/a.xml", "xl/a\x01.xml", "XL/WORKBOOK.XML"]
)
def test_names_that_no_program_writes(tmp_path: Path, name: str) -> None:
    """A path that leads out, a control character in a name, and one name twice, are refused."""
    refuse(tmp_path, pack({**unpack(PLAIN), name: b"<a/>"}))


def test_name_with_nul(tmp_path: Path) -> None:
    """A name that goes on behind a NUL is refused."""
    data = pack({**unpack(PLAIN), "xl/aXb.xml": b"<a/>"}).replace(b"xl/aXb.xml", b"xl/a\0b.xml")
    assert "no name" in str(refuse(tmp_path, data))


def test_too_many_members(tmp_path: Path) -> None:
    """More members than any workbook has are refused by the directory's own count."""
    assert "more than 10000" in str(refuse(tmp_path, pack({f"a{number}": b"" for number in range(10_001)})))


def test_packing_of_another_kind(tmp_path: Path) -> None:
    """A member packed in a way that no spreadsheet program uses is refused."""
    assert "packed" in str(refuse(tmp_path, set_field(PLAIN, SHEET, METHOD_AT, struct.pack("<H", 12))))


@pytest.mark.parametrize(
    "data",
    [
        set_field(PLAIN, SHEET, FLAGS_AT, b"\x01\x00"),
        rename_stream(OLD, "EncryptedPackage"),
        OLD.replace(struct.pack("<HHH", 0x0042, 2, 0x04B0), struct.pack("<HHH", 0x002F, 2, 0)),
    ],
    ids=["zip", "EncryptedPackage", "FILEPASS"],
)
def test_password(tmp_path: Path, data: bytes) -> None:
    """A file that is locked with a password says that it must be taken off."""
    error = refuse(tmp_path, data)
    assert "password" in str(error)
    assert "take the password off" in str(error.hint)


@pytest.mark.parametrize(
    "data",
    [OLD[:8] + b"\xff" * 5_000, OLD[:8], OLD[:512] + b"\0" * 5_000, rename_stream(OLD, "WordDocument")],
    ids=["garbage", "signature", "zeros", "document"],
)
def test_compound_file_that_is_no_workbook(tmp_path: Path, data: bytes) -> None:
    """A compound file of garbage, or of another program, is refused."""
    refuse(tmp_path, data)


def test_formula_in_each_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results that the file keeps are read; those that it does not keep are marked, and too many of them refused."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>1+1</f><v>2</v></c><c r="B{n}"><f>1+1</f></c>'
        f'<c r="C{n}" t="str"><f>""</f><v></v></c><c r="D{n}" t="e"><v>#REF!</v></c></row>'
        for n in (1, 3)
    )
    data = workbook(sheet=sheet(rows))
    assert read(tmp_path, data) == [[(n, ["2", "#FORMULA!", "", "#REF!"]) for n in (1, 3)]]
    monkeypatch.setattr(sheet_xml, "PATCH_LIMIT", 3)
    assert "too many" in str(refuse(tmp_path, data))


def test_rows_that_hold_errors_alone(tmp_path: Path) -> None:
    """Rows that are blank but for an error are rows, before and behind the others."""
    rows = cell("B1", "<v>#N/A</v>", ' t="e"') + cell("A2") + cell("C5", "<f>NOW()</f>")
    assert read(tmp_path, workbook(sheet=sheet(rows))) == [[(1, ["", "#N/A"]), (2, ["1"]), (5, ["", "", "#FORMULA!"])]]


def test_shared_strings_that_claim_much(tmp_path: Path) -> None:
    """A claim of four billion shared strings ends in a refusal: the memory for them is not to be had."""
    strings = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>甲</t></si></sst>'
    refuse(tmp_path, workbook(sheet=sheet(cell("A1", "<v>0</v>", ' t="s"')), strings=strings.encode()))


def test_deep_nesting(tmp_path: Path) -> None:
    """Elements in elements without end are refused where the scan must follow them, and passed over where it need not."""
    deep = "<a>" * 300_000 + "</a>" * 300_000
    assert "deep" in str(refuse(tmp_path, workbook(sheet=sheet(cell("A1", more=' t="e"') + deep))))
    read(tmp_path, workbook(sheet=sheet(cell("A1"), before=deep)))


def test_endless_cell(tmp_path: Path) -> None:
    """A text longer than any cell's is refused."""
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"甲" * 1_000_000}</t></is></c></row>'
    assert "larger than" in str(refuse(tmp_path, workbook(sheet=sheet(rows))))


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"word/document.xml": b"<a/>"}, "another office program"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}, "another office program"),
        ({"xl/workbook.bin": b""}, "binary workbook"),
        ({"名录.csv": b""}, "archive"),
        ({"xl/workbook.xml": b"<a/>"}, "damaged"),
    ],
)
def test_zip_that_is_no_workbook(tmp_path: Path, members: dict[str, bytes], what: str) -> None:
    """Documents, binary workbooks and archives are refused as what they are."""
    assert what in str(refuse(tmp_path, pack(members)))


def test_external_links_are_told(tmp_path: Path) -> None:
    """The values that a workbook keeps of other files are read, and that it has links is told."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(pack({**unpack(PLAIN), "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}))
    with open_book(path) as book:
        assert [str(notice) for notice in book.notices] == [
            "the workbook has links to other files: the values that it keeps are read, the files are not"
        ]


def test_damaged_member(tmp_path: Path) -> None:
    """A member whose packed bytes are no such thing, or end too soon, is refused."""
    packed = zlib.compress(unpack(PLAIN)[SHEET])[2:20]
    assert packed in PLAIN
    refuse(tmp_path, PLAIN.replace(packed, b"\xff" * len(packed)))


def test_part_that_is_read_whole(tmp_path: Path) -> None:
    """A list of sheets larger than any is refused."""
    error = refuse(tmp_path, workbook(workbook=b"<workbook>" + b" " * 17_000_000 + b"</workbook>"))
    assert "larger than" in str(error)


def test_more_sheets_than_any_workbook_has(tmp_path: Path) -> None:
    """So is a list of more sheets than the bound."""
    sheets = b"".join(b'<sheet name="%d" sheetId="1"/>' % number for number in range(1_001))
    assert "larger than" in str(
        refuse(tmp_path, workbook(workbook=b"<workbook><sheets>" + sheets + b"</sheets></workbook>"))
    )


def test_zip_whose_end_lies(tmp_path: Path) -> None:
    """A directory that is not where the end says is refused."""
    place = PLAIN.rindex(b"PK\x05\x06")
    refuse(tmp_path, PLAIN[: place + 16] + struct.pack("<I", 3) + PLAIN[place + 20 :])
    refuse(tmp_path, PLAIN[: place + 12] + struct.pack("<I", 5_000_000) + PLAIN[place + 16 :])


def test_chart_sheet_is_no_table(tmp_path: Path) -> None:
    """A sheet that is a chart is passed over."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("名录").write(0, 0, 7)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=名录!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(chart)
    with open_book(path) as opened:
        assert [(grid.name, list(grid.rows())) for grid in opened.grids] == [("名录", [(1, ["7"])])]


def test_name_that_is_no_utf_8(tmp_path: Path) -> None:
    """A member whose name says that it is UTF-8 and is not: a damaged directory."""
    data = set_field(PLAIN, SHEET, FLAGS_AT, struct.pack("<H", 0x800))
    place = data.rindex(SHEET.encode())
    refuse(tmp_path, data[:place] + b"\xff" + data[place + 1 :])


def test_version_that_nobody_knows(tmp_path: Path) -> None:
    """A member that wants version 12.7 of the zip format, where 6.3 is the newest."""
    refuse(tmp_path, set_field(PLAIN, SHEET, VERSION_AT, struct.pack("<H", 127)))


@pytest.mark.parametrize("encoding", ["klingon", "gb2312", "hex", "idna", "rot13"])
def test_encoding_that_no_parser_knows(tmp_path: Path, encoding: str) -> None:
    """A part whose encoding has no name, several bytes a letter, or is no encoding of text, is damaged; no break of the program."""
    data = f'<?xml version="1.0" encoding="{encoding}"?><sst/>'.encode()
    refuse(tmp_path, workbook(strings=data))
