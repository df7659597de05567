"""Telling the forms of outside files apart by their bytes; the name of a file says nothing.

What does not live here: the readers of the forms.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.intake.book import Form
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable
from inspect_cli.files.intake.forms.spreadsheetml import NAMESPACE as SPREADSHEETML

if TYPE_CHECKING:
    from inspect_cli.files.intake.forms.container import Container

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: Final = {
    b"%PDF-": "PDF",
    b"Rar!\x1a": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b\x08": "gzip",
    b"PK\x05\x06": "zip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}
_HEAD: Final = 8_192
_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|meta|body|table|style|script|title|div|center|font|form|p|h[1-6]|tr)[\s>/]|<!--"
)
_PAGE: Final = re.compile(r"<(?:html|table)[\s>]")
_DECLARED: Final = re.compile(
    r"(?:<\?xml[^>]*\bencoding|<meta\b[^>]*\bcharset)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_SPREADSHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_FLAT_SPREADSHEET: Final = _SPREADSHEET.decode()
_OTHER_DOCUMENTS: Final = ("word/document.xml", "ppt/presentation.xml", "visio/document.xml")


def find_form(data: bytes, file: str) -> Form:
    """Return what a file is, a zip aside; ``InputError`` for what holds no table."""
    for mark, name in _FOREIGN.items():
        if data.startswith(mark):
            raise InputError(
                say("this is a file of the form {form}, and not a table", form=name),
                where=Position(file=file),
                hint=say("ask for the workbook, or the sheet as CSV; what is packed must be unpacked first"),
            )
    if data.startswith(_OLE):
        return Form.XLS
    head = read_head(data).lower()
    if head.startswith("mime-version:"):
        raise InputError(
            say("this is a web page in one file (MHTML), and not a table"),
            where=Position(file=file),
            hint=say("open it in the spreadsheet program and save it as .xlsx"),
        )
    return _find_markup(head, file) if head.startswith("<") else Form.TEXT


def _find_markup(head: str, file: str) -> Form:
    if SPREADSHEETML in head and "workbook" in head:
        return Form.SPREADSHEETML
    if _FLAT_SPREADSHEET in head:
        return Form.ODS
    if _HTML.match(head) or _PAGE.search(head):
        return Form.HTML
    if head.startswith("<?xml"):
        raise InputError(
            say("this is XML, but no workbook"),
            where=Position(file=file),
            hint=say("ask for the workbook, or the sheet as CSV"),
        )
    return Form.TEXT


def is_zip(data: bytes) -> bool:
    """Say whether a file is a zip, and so perhaps a workbook."""
    return data.startswith(_ZIP)


def find_zipped_form(container: Container, file: str) -> Form:
    """Return what a zip is; ``InputError`` or ``Unreadable`` for one that is no workbook that is read here."""
    if container.find("xl/workbook.xml"):
        return Form.XLSX
    mimetype = container.find("mimetype")
    kind = container.read(mimetype) if mimetype else b""
    if kind.startswith(_SPREADSHEET) and container.find("content.xml"):
        return Form.ODS
    if kind or any(map(container.find, _OTHER_DOCUMENTS)):
        raise Unreadable(Reason.OTHER_OFFICE)
    if container.find("xl/workbook.bin"):
        raise InputError(
            say("this is a binary workbook (.xlsb), which is not read here"),
            where=Position(file=file),
            hint=say("open it in the spreadsheet program and save it as .xlsx"),
        )
    raise InputError(
        say("this is an archive, and no workbook"),
        where=Position(file=file),
        hint=say("unpack it, and name the file in it"),
    )


def read_head(data: bytes) -> str:
    """Return the first characters, good enough to see markup in."""
    head = data[:_HEAD]
    for mark, name in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(name, errors="replace").lstrip()
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()


def find_declared(data: bytes) -> str | None:
    """Return the encoding that markup says it is in."""
    found = _DECLARED.search(read_head(data))
    return found[1] if found else None
