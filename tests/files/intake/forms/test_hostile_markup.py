"""OpenDocument, SpreadsheetML and HTML that nobody vouches for: read within bounds, or refused with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspect_cli.files.intake.book import Form
from inspect_cli.files.intake.forms import html
from inspect_cli.files.intake.forms.markup import Tag, parse_attributes, tokenize
from inspect_cli.files.intake.forms.refusals import Unreadable
from inspect_cli.files.intake.opening import open_book
from tests.files.intake.forms.workbooks import SAMPLES, pack, read, refuse

if TYPE_CHECKING:
    from pathlib import Path

_SPACES = ("office", "table", "text", "style", "draw")
_NAMESPACES = " ".join(f'xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for space in _SPACES)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def ods(rows: str, *, start: str = "") -> bytes:
    """Give an OpenDocument spreadsheet with one sheet of these rows."""
    content = (
        f'<?xml version="1.0"?>{start}<office:document-content {_NAMESPACES} {_CALC}><office:body><office:spreadsheet>'
        f'<table:table table:name="甲">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def ods_row(cells: str, more: str = "") -> str:
    """Give a row of an OpenDocument sheet."""
    return f"<table:table-row {more}>{cells}</table:table-row>"


def ods_cell(kind: str, value: str, shown: str = "") -> str:
    """Give a cell with a typed value."""
    name = {"float": "value", "percentage": "value"}.get(kind, f"{kind}-value")
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"><text:p>{shown}</text:p></table:table-cell>'


def sheet_xml(rows: str, *, before: str = "") -> bytes:
    """Give a SpreadsheetML workbook with one sheet of these rows."""
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'{before}<Worksheet ss:Name="甲"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def data(kind: str, text: str) -> str:
    """Give a SpreadsheetML cell."""
    return f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>'


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (ods_cell("float", "7"), "7"),
        (ods_cell("float", "123456789012345678", "1.2E+17"), "1.23456789012346E+17"),
        (ods_cell("percentage", "0.05", "5%"), "0.05"),
        (ods_cell("float", "x", "七"), "七"),
        (ods_cell("date", "2026-03-05", "5/3"), "2026-03-05"),
        (ods_cell("date", "2026-03-05T12:30:00"), "2026-03-05 12:30:00"),
        (ods_cell("date", "30-12-1899", "长期"), "长期"),
        (ods_cell("time", "PT36H05M09S"), "36:05:09"),
        (ods_cell("time", "-PT1H"), "-01:00:00"),
        (ods_cell("time", "noon", "中午"), "中午"),
        (ods_cell("boolean", "true"), "TRUE"),
        (ods_cell("boolean", "false"), "FALSE"),
        (
            "<table:table-cell><text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p></table:table-cell>",
            "a   b\tc\nd",
        ),
        ("<table:table-cell>\n <text:p>一 \n 二</text:p>\n <text:p>三</text:p></table:table-cell>", "一 二\n三"),
        (
            "<table:table-cell><office:annotation><text:p>批</text:p></office:annotation><text:p>注</text:p></table:table-cell>",
            "注",
        ),
        ('<table:table-cell table:formula="of:=NOW()"/>', "#FORMULA!"),
        (
            '<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>#N/A</text:p></table:table-cell>',
            "#N/A",
        ),
        (
            '<table:table-cell calcext:value-type="error" office:value-type="string"><text:p>Err:502</text:p></table:table-cell>',
            "#VALUE!",
        ),
    ],
)
def test_opendocument_cells(tmp_path: Path, cell: str, text: str) -> None:
    """Each type of OpenDocument cell is given as a person reads it; one that is no such value, as it is shown."""
    assert read(tmp_path, ods(ods_row(cell))) == [[(1, [text])]]


def test_opendocument_repeats(tmp_path: Path) -> None:
    """Repeated rows and cells are as many; blank ones may be as many as they like."""
    repeated = '<table:table-cell table:number-columns-repeated="2"'
    cells = f"{repeated}/>{repeated}><text:p>x</text:p></table:table-cell>"
    rows = ods_row('<table:table-cell table:number-columns-repeated="99999999"/>', 'table:number-rows-repeated="3"')
    rows += ods_row(cells, 'table:number-rows-repeated="2"')
    assert read(tmp_path, ods(rows)) == [[(4, ["", "", "x", "x"]), (5, ["", "", "x", "x"])]]


@pytest.mark.parametrize(
    ("columns", "rows", "what"),
    [(1_025, 1, "beyond"), (1, 1_048_577, "beyond"), (99_999_999, 99_999_999, "beyond"), (1_024, 1_048_576, "larger")],
)
def test_opendocument_repeats_beyond_the_bounds(tmp_path: Path, columns: int, rows: int, what: str) -> None:
    """A cell with a value that is repeated beyond the bounds is refused."""
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell>'
    assert what in str(refuse(tmp_path, ods(ods_row(cell, f'table:number-rows-repeated="{rows}"'))))


@pytest.mark.parametrize(
    ("rows", "start", "what"),
    [
        ("", '<!DOCTYPE a [<!ENTITY b "c">]>', "entities"),
        ("<a>" * 300 + "</a>" * 300, "", "deep"),
        ("<table:table-row>", "", "damaged"),
        (ods_row("<table:table-cell><table:table/></table:table-cell>"), "", "damaged"),
        (ods_row(f"<table:table-cell><text:p>{'x' * 131_073}</text:p></table:table-cell>"), "", "larger"),
    ],
)
def test_hostile_opendocument(tmp_path: Path, rows: str, start: str, what: str) -> None:
    """Entities, deep nesting, broken markup, tables in cells and endless texts are refused."""
    assert what in str(refuse(tmp_path, ods(rows, start=start)))


def test_opendocument_with_a_password(tmp_path: Path) -> None:
    """A document whose manifest speaks of encryption is locked."""
    manifest = b'<manifest><encryption-data checksum=""/></manifest>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    members = {"mimetype": kind, "content.xml": b"\x01\x02", "META-INF/manifest.xml": manifest}
    assert "password" in str(refuse(tmp_path, pack(members)))


def test_flat_opendocument(tmp_path: Path) -> None:
    """The same document in one XML file is read, too."""
    kind = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    table = f'<table:table table:name="甲">{ods_row(ods_cell("float", "7"))}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0"?><office:document {_NAMESPACES} {kind}>{body}</office:document>'
    assert read(tmp_path, content.encode()) == [[(1, ["7"])]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (data("Number", "7.0"), "7"),
        (data("Number", "x"), "x"),
        (data("Number", "911301067396599540"), "9.11301067396600E+17"),
        (data("DateTime", "2026-03-05T00:00:00.000"), "2026-03-05"),
        (data("DateTime", "1899-12-31T12:30:00.000"), "12:30:00"),
        (data("DateTime", "soon"), "soon"),
        (data("Boolean", "1"), "TRUE"),
        (data("Boolean", "0"), "FALSE"),
        (data("Error", "#DIV/0!"), "#DIV/0!"),
        (data("String", "a&#10;b<B xmlns='http://www.w3.org/TR/REC-html40'>c</B>"), "a\nbc"),
        ('<Cell ss:Formula="=RC"/>', "#FORMULA!"),
    ],
)
def test_spreadsheetml_cells(tmp_path: Path, cell: str, text: str) -> None:
    """Each type of SpreadsheetML cell is given as a person reads it."""
    assert read(tmp_path, sheet_xml(f"<Row>{cell}</Row>")) == [[(1, [text])]]


def test_spreadsheetml_places(tmp_path: Path) -> None:
    """Indexes, spans and merged cells put what follows in its place."""
    rows = (
        f'<Row ss:Index="2" ss:Span="2">{data("String", "a")}</Row>'
        f'<Row><Cell ss:Index="2" ss:MergeAcross="2"><Data ss:Type="String">b</Data></Cell>{data("String", "c")}</Row>'
    )
    assert read(tmp_path, sheet_xml(rows)) == [[(2, ["a"]), (5, ["", "b", "", "", "c"])]]


def test_spreadsheetml_counts_days(tmp_path: Path) -> None:
    """A workbook that counts its days from 1904 says so."""
    path = tmp_path / "a.xls"
    path.write_bytes(
        sheet_xml(f"<Row>{data('Number', '1')}</Row>", before="<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>")
    )
    with open_book(path) as book:
        assert (book.form, book.is_1904) == (Form.SPREADSHEETML, True)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (f'<Row><Cell ss:Index="1025"><Data ss:Type="String">x</Data></Cell></Row>{""}', "beyond"),
        (f'<Row ss:Index="1048577">{data("String", "x")}</Row>', "beyond"),
        (f'<Row>{data("String", "x")}<Cell ss:Index="1"><Data ss:Type="String">y</Data></Cell></Row>', "damaged"),
        (f'<Row ss:Index="3">{data("String", "x")}</Row><Row ss:Index="2"/>', "damaged"),
        (f"<Row>{data('String', 'x' * 200_000)}</Row>", "larger"),
        ("<a>" * 300 + "</a>" * 300, "deep"),
        ("<Row>", "damaged"),
        ("&b;", "damaged"),
    ],
)
def test_hostile_spreadsheetml(tmp_path: Path, rows: str, what: str) -> None:
    """Far cells, cells over cells, endless texts, deep nesting and broken markup are refused."""
    assert what in str(refuse(tmp_path, sheet_xml(rows)))


def test_spreadsheetml_with_entities(tmp_path: Path) -> None:
    """A document type is refused."""
    text = sheet_xml("<Row/>").replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook')
    assert "entities" in str(refuse(tmp_path, text))


@pytest.mark.parametrize(
    ("page", "tables"),
    [
        ("<table><tr><td>a<td>b<tr><td>c</table>", [[(1, ["a", "b"]), (2, ["c"])]]),
        ("<table><tr><td colspan=2>a</td><td>b</td></tr></table>", [[(1, ["a", "", "b"])]]),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d</table>", [[(1, ["a", "b"]), (2, ["", "c"]), (3, ["d"])]]),
        ("<table><tr><td colspan=x rowspan=0>a</td><td>b</table>", [[(1, ["a", "b"])]]),
        ("<table><tr><td> a \n b <br> c&nbsp;&lt;&#20013;</td></tr></table>", [[(1, ["a b\nc\xa0<中"])]]),
        ("<table><tr><td>a<script>'<td>x'</script><style>td</style>b</table>", [[(1, ["ab"])]]),
        ("<table><tr><td>a<table><tr><td>b</table>c</table>", [[(1, ["ac"])], [(1, ["b"])]]),
        ("<table><tr><td>1 < 2 & 3 > 2</table>", [[(1, ["1 < 2 & 3 > 2"])]]),
        ("<table><tr><td title='>'>a</td><td title=\"</td>\">b</table>", [[(1, ["a", "b"])]]),
        ("<table><tr><td title='>a</td><td>b</table>", [[(1, ["a", "b"])]]),
        ("<table><!-- <tr><td>x --><tr><td>a</td></tr><!-- <tr><td>never closed</table>", [[(1, ["a"])]]),
        ("<table><td>a</table>", [[(1, ["a"])]]),
        ("<table></td></tr><tr><td>a", [[(1, ["a"])]]),
        ("</table><table></table><table><tr><td>a</table>", [[(1, ["a"])]]),
    ],
)
def test_pages(tmp_path: Path, page: str, tables: list[list[tuple[int, list[str]]]]) -> None:
    """Pages are read as browsers read them, well formed or not."""
    assert read(tmp_path, f"<html><body>{page}".encode()) == tables


def test_what_a_page_hides(tmp_path: Path) -> None:
    """Rows and columns that a page does not show are told."""
    page = (
        "<table><col><col span=2 style='display: none'><col><tr><td>a<td>b<td>c<td>d</tr>"
        "<tr hidden><td>e<td>f<td>g<td>h</tr></table>"
    )
    path = tmp_path / "a.xls"
    path.write_bytes(page.encode())
    with open_book(path) as book:
        assert (book.grids[0].hidden_rows, book.grids[0].hidden_columns) == ((2,), (1, 2))


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<table><tr><td colspan=1000>a<td colspan=1000>b</table>", "beyond"),
        ("<table><tr><td rowspan=1048576 colspan=1000>a" + "<tr>" * 200, "larger"),
        ("<table>" * 100, "deep"),
        ("<table><tr><td>a</table>" * 1_001, "larger"),
        ("<table><tr>" + "<tr>" * 1_001, "beyond"),
        ("<p>no table</p>", "no sheet"),
    ],
)
def test_hostile_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, what: str) -> None:
    """Pages with spans, nesting or tables beyond the bounds (here small ones), and those without a table, are refused."""
    monkeypatch.setattr(html, "CELL_LIMIT", 100_000)
    monkeypatch.setattr(html, "ROW_LIMIT", 1_000)
    assert what in str(refuse(tmp_path, f"<html><body>{page}".encode()))


@pytest.mark.parametrize("piece", ["<!--", "<a ", '<a "', "<a '", "</", "<!", "&", "<table", "<script>", "<td title='"])
def test_markup_that_is_never_closed(piece: str) -> None:
    """Half a megabyte of markup that never ends is read in one pass: the test would run for hours otherwise."""
    assert sum(1 for _token in tokenize(piece * (500_000 // len(piece)))) <= 500_001


@pytest.mark.parametrize("piece", ["<", "< ", "<1", "甲<"])
def test_text_full_of_signs(piece: str) -> None:
    """A sign of less than is text; a text full of them, which a page would write otherwise, is given up."""
    assert "".join(map(str, tokenize(piece * 100_000))) == piece * 100_000
    with pytest.raises(Unreadable):
        list(tokenize(piece * 100_001))


def test_sign_before_a_chinese_character(tmp_path: Path) -> None:
    """A sign before a letter that no tag begins with is text: what follows it is not swallowed with the end of its cell."""
    page = "<html><table><tr><td>资本<一百万</td><td>乙</td></tr></table></html>"
    assert read(tmp_path, page.encode()) == [[(1, ["资本<一百万", "乙"])]]


def test_attributes() -> None:
    """Attributes are read with each kind of quotation mark, and of equal ones the first counts."""
    (tag,) = tokenize("<TD a=1 B='2 &amp; 3' c=\"4\" d a=5>")
    assert tag == Tag("td", is_end=False, attributes=" a=1 B='2 &amp; 3' c=\"4\" d a=5")
    assert parse_attributes(tag.attributes) == {"a": "1", "b": "2 & 3", "c": "4", "d": ""}


@pytest.mark.parametrize(
    ("data_", "what"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"MIME-Version: 1.0\r\n", "MHTML"),
        (b'<?xml version="1.0"?><plan/>', "no workbook"),
    ],
)
def test_other_files(tmp_path: Path, data_: bytes, what: str) -> None:
    """Files of other forms are refused as what they are."""
    assert what in str(refuse(tmp_path, data_))


def test_text_that_begins_like_markup(tmp_path: Path) -> None:
    """A text whose first name is hostile is a text."""
    path = tmp_path / "a.csv"
    path.write_text("<b>企业名称</b>,编号\n", encoding="utf-8")
    with open_book(path) as book:
        assert book.form is Form.TEXT


def test_encodings_that_pages_declare(tmp_path: Path) -> None:
    """A declared encoding is believed where the bytes are text in it and no UTF-8; else the cascade decides."""
    page = '<html><meta charset="{}"><table><tr><td>臺灣</td></tr></table>'
    cases = (
        ("big5", "big5", "big5"),
        ("gb2312", "utf-8", "utf-8"),
        ("no-such", "gb18030", "gb18030"),
        ("latin-1", "gbk", "gb18030"),
    )
    for declared, true, found in cases:
        path = tmp_path / f"{declared}.xls"
        path.write_bytes(page.format(declared).encode(true))
        with open_book(path) as book:
            assert (book.encoding, [cells for _n, cells in book.grids[0].rows()]) == (found, [["臺灣"]])


def test_samples_are_none_of_these() -> None:
    """Each sample is read."""
    assert sum(1 for _path in SAMPLES.glob("*.[oxc]*")) >= 15
