"""Makes the sample files beside it: one table in every form in which bureaus exchange it. All data is invented.

Run it by hand from the root of the project: ``python tests/files/intake/samples/make.py``. Its inputs are
fixed; what it writes is committed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

HERE = Path(__file__).parent
HEADER = ("企业名称", "统一社会信用代码", "成立日期", "适用领域")
ROWS = (
    ("示例镇兴腾电镀集团有限公司", "91990100MAC4MAMD64", date(2016, 8, 30), "劳动、安全、环保"),
    ("示例镇德旺电镀有限公司", "9199010070427558XG", date(2000, 11, 17), "劳动、安全"),
    ("示例镇联奇机械加工厂", "91990100MADE8HJ71B", date(2023, 2, 4), "安全"),
)
TITLE, NOTE = "示例镇检查对象名录库", "填表说明:统一社会信用代码须为文本"
FIXED = datetime(2026, 3, 5)  # noqa: DTZ001 - a workbook knows no zone


def texts(separator: str, end: str) -> str:
    """Give the table as text."""
    lines = [separator.join(HEADER)] + [separator.join(map(str, row)) for row in ROWS]
    return "".join(line + end for line in lines)


def make_texts() -> None:
    """Write the table as text in each encoding."""
    files = {
        "utf-8.csv": texts(",", "\n").encode(),
        "utf-8-mark-crlf.csv": texts(",", "\r\n").encode("utf-8-sig"),
        "gb18030.csv": texts(",", "\r\n").encode("gb18030"),
        "semicolon.csv": texts(";", "\n").encode(),
        "utf-16-tab.txt": texts("\t", "\r\n").encode("utf-16"),
        "gbk-tab.xls": texts("\t", "\r\n").encode("gbk"),
        "titled.csv": (f"{TITLE},,,\r\n{NOTE},,,\r\n" + texts(",", "\r\n")).encode("gb18030"),
    }
    for name, data in files.items():
        (HERE / name).write_bytes(data)


def new_workbook(name: str, **options: Any) -> xlsxwriter.Workbook:
    """Begin a workbook whose bytes do not depend on the day."""
    book = xlsxwriter.Workbook(HERE / name, options)
    book.set_properties({"created": FIXED})
    return book


def fill(book: xlsxwriter.Workbook, sheet: Any, first: int = 0) -> None:
    """Write the table into a sheet, days as days."""
    day = book.add_format({"num_format": "yyyy/m/d"})
    sheet.write_row(first, 0, HEADER)
    for number, (name, code, established, domains) in enumerate(ROWS, start=first + 1):
        sheet.write_row(number, 0, (name, code))
        sheet.write_datetime(number, 2, established, day)
        sheet.write_string(number, 3, domains)


def make_xlsx() -> None:
    """Write the table as workbooks of today."""
    with new_workbook("plain.xlsx") as book:
        fill(book, book.add_worksheet("名录"))
    with new_workbook("titled.xlsx") as book:
        empty, sheet, _other = (book.add_worksheet(name) for name in ("Sheet1", "名录", "Sheet3"))
        empty.set_row(5, 30)
        sheet.merge_range(0, 0, 0, 3, TITLE)
        sheet.write_string(1, 0, NOTE)
        fill(book, sheet, first=2)
    with new_workbook("hidden.xlsx") as book:
        sheet, old = book.add_worksheet("名录"), book.add_worksheet("旧名录")
        fill(book, sheet)
        fill(book, old)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        old.hide()
    with new_workbook("days-1904.xlsx", date_1904=True) as book:
        fill(book, book.add_worksheet("名录"))


def make_cells() -> None:
    """Write a workbook with one cell of each kind a row."""
    with new_workbook("cells.xlsx") as book:
        sheet = book.add_worksheet("格")
        formats = ("0.00%", "¥#,##0.00", "yyyy-mm-dd hh:mm", 'yyyy"年"m"月"d"日"', "hh:mm")
        percent, money, moment, day, clock = (book.add_format({"num_format": text}) for text in formats)
        chinese = book.add_format()
        chinese.set_num_format(31)
        numbers: list[tuple[float, Any]] = [(7, None), (1.5, None), (911301067396599540, None), (0.05, percent)]
        numbers += [
            (12.5, money),
            (46086.5, moment),
            (46086, day),
            (46086, chinese),
            (0.5, clock),
            (123456789012345, None),
        ]
        for row, (number, style) in enumerate(numbers):
            sheet.write_number(row, 0, number, style)
        row = len(numbers)
        sheet.write_boolean(row, 0, True)  # noqa: FBT003 - the value of the cell
        sheet.write_formula(row + 1, 0, "=NA()", None, "#N/A")
        sheet.write_formula(row + 2, 0, "=1+1", None, 2)
        sheet.write_formula(row + 3, 0, '=A1&"户"', None, "7户")
        sheet.write_formula(row + 4, 0, "=1+1", None, "")
        sheet.write_string(row + 5, 0, "第一行\n第二行")
        sheet.write_string(row + 6, 0, "=cmd|'/c calc'!A1")


def make_xls() -> None:
    """Write the table as an old workbook (BIFF8), with a hidden row, a hidden column and a hidden sheet."""
    for name, is_hidden in (("biff.xls", False), ("hidden.xls", True)):
        book = xlwt.Workbook(encoding="utf-8")
        sheet = book.add_sheet("名录")
        style = xlwt.easyxf(num_format_str="yyyy/m/d")
        for column, text in enumerate(HEADER):
            sheet.write(0, column, text)
        for number, row in enumerate(ROWS, start=1):
            for column, value in enumerate(row):
                sheet.write(number, column, value, style if column == 2 else xlwt.Style.default_style)
        if is_hidden:
            sheet.row(2).hidden = True
            sheet.col(2).hidden = True
            other = book.add_sheet("旧名录")
            other.write(0, 0, "旧")
            other.row(1).set_cell_error(0, 0x2A)
            other.visibility = 1
        book.save(HERE / name)


SPREADSHEETML = """<?xml version="1.0"{encoding}?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Worksheet ss:Name="名录"><Table>
  <Column ss:Index="3" ss:Hidden="{hidden}"/>
  <Row><Cell ss:MergeAcross="3"><Data ss:Type="String">{title}</Data></Cell></Row>
  <Row ss:Index="3">{header}</Row>
  {rows}
 </Table></Worksheet>
 <Worksheet ss:Name="空"><Table/>
  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>
"""


def data(value: object) -> str:
    """Give a SpreadsheetML value."""
    if isinstance(value, date):
        return f'<Data ss:Type="DateTime">{value}T00:00:00.000</Data>'
    return f'<Data ss:Type="String">{escape(str(value))}</Data>'


def make_spreadsheetml() -> None:
    """Write the table as SpreadsheetML 2003 under the name of a workbook: without a hidden row in UTF-8, with one in GB2312."""
    header = "".join(f"<Cell>{data(text)}</Cell>" for text in HEADER)
    for name, encoding, hidden in (("spreadsheetml.xls", "UTF-8", 0), ("spreadsheetml-gb2312.xls", "GB2312", 1)):
        rows = [
            f'<Row ss:Hidden="{hidden if number == 1 else 0}">'
            f'<Cell>{data(row[0])}</Cell><Cell>{data(row[1])}</Cell><Cell ss:Index="3">{data(row[2])}</Cell><Cell>{data(row[3])}'
            f"<Comment><Data>批注</Data></Comment></Cell></Row>"
            for number, row in enumerate(ROWS)
        ]
        text = SPREADSHEETML.format(
            encoding=f' encoding="{encoding}"', hidden=hidden, title=TITLE, header=header, rows="\n".join(rows)
        )
        (HERE / name).write_bytes(text.encode(encoding))


def make_html() -> None:
    """Write the table as the page that platforms call a workbook."""
    head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; charset={}">'
    style = "<style>td {{mso-number-format:'\\@';}} table {{display:none}}</style></head><body>"
    header = "".join(f"<th>{text}</th>" for text in HEADER)
    hidden, as_text = ' style="display:none"', " style=\"mso-number-format:'\\@'\""
    rows = "".join(
        f"<tr{hidden if number == 1 else ''}><td>{row[0]}</td><td{as_text}>&nbsp;{row[1]}</td>"
        f"<td x:num=42612>{row[2]}</td><td>{row[3]}<br>\n</td></tr>\n"
        for number, row in enumerate(ROWS)
    )
    body = f"<!-- <table><tr><td>x --><table border=1><tr><td colspan=4>{TITLE}</td></tr>\n<tr>{header}</tr>\n{rows}</table></body></html>"
    for name, charset in (("html.xls", "utf-8"), ("html-gbk.xls", "gb2312")):
        (HERE / name).write_bytes((head.format(charset) + style.format() + body).encode(charset))


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3">
<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="名录"><table:table-column table:number-columns-repeated="2"/>
<table:table-column table:visibility="{column}"/><table:table-column table:number-columns-repeated="16381"/>
<table:table-row><table:table-cell table:number-columns-spanned="4"><text:p>{title}</text:p></table:table-cell>
<table:covered-table-cell table:number-columns-repeated="3"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
{rows}
<table:table-row table:number-rows-repeated="1048569"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table><table:table table:name="空" table:style-name="ta2"/></office:spreadsheet></office:body></office:document-content>
"""


def cell(value: object) -> str:
    """Give an OpenDocument cell."""
    if isinstance(value, date):
        start = f'<table:table-cell office:value-type="date" office:date-value="{value}">'
        return f"{start}<text:p>{value:%y/%m/%d}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def write_ods(name: str, content: str) -> None:
    """Write an OpenDocument spreadsheet of this content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = zipfile.ZipInfo("mimetype", date_time=(1980, 1, 1, 0, 0, 0))
        archive.writestr(kind, "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(zipfile.ZipInfo("content.xml", date_time=(1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    (HERE / name).write_bytes(buffer.getvalue())


def make_ods() -> None:
    """Write the table as OpenDocument, once with a filtered row and a hidden column."""
    for name, row_state, column_state in (("plain.ods", "visible", "visible"), ("hidden.ods", "filter", "collapse")):
        states = ("visible", "visible", row_state, "visible")
        rows = "\n".join(
            f'<table:table-row table:visibility="{state}">{"".join(map(cell, row))}</table:table-row>'
            for state, row in zip(states, (HEADER, *ROWS), strict=True)
        )
        write_ods(name, ODS.format(column=column_state, title=TITLE, rows=rows))


if __name__ == "__main__":
    make_texts()
    make_xlsx()
    make_cells()
    make_xls()
    make_spreadsheetml()
    make_html()
    make_ods()
