"""Opening an outside file: what it is by its bytes, whatever its name says, and its grids by the reader of that form.

What lives here: one function a form that puts its book together. What does not: the forms, and how they are told apart (``forms``).
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import Message, say
from inspect_cli.files.intake.book import Book, Form, Grid
from inspect_cli.files.intake.encoding import decode_pieces, find_encoding, read_outside
from inspect_cli.files.intake.forms.container import Container
from inspect_cli.files.intake.forms.grids import make_grid, spool_here, tell_of_sheet
from inspect_cli.files.intake.forms.html import write_html
from inspect_cli.files.intake.forms.kinds import find_declared, find_form, find_zipped_form, is_zip
from inspect_cli.files.intake.forms.ods import write_ods
from inspect_cli.files.intake.forms.refusals import Reason, Unreadable
from inspect_cli.files.intake.forms.spreadsheetml import write_spreadsheetml
from inspect_cli.files.intake.forms.text import SEPARATORS, Text, read_records
from inspect_cli.files.intake.forms.workbook import CAN_BOUND, start_child
from inspect_cli.files.intake.forms.xlsx import WorkbookFacts, scan_xlsx
from inspect_cli.files.temporary import refuse_temporary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from inspect_cli.files.intake.forms.spool import SpoolReader

HTML_LIMIT: Final = 128 * 1024 * 1024
"""Bytes of a page, whose text is held as a whole."""
_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"


@contextmanager
def open_book(path: Path, encoding: str | None = None) -> Iterator[Book]:
    """Open a file for as long as its grids are read; ``InputError`` for what cannot be read, or not within bounds.

    Where temporary files find no room it is a ``UsageMistake``. Rows can turn out unreadable only when they are walked: that is
    refused in the same way.
    """
    data = read_outside(path)
    with ExitStack() as stack:
        try:
            book = _open(_Outside(data=data, file=path.name, encoding=encoding), stack)
        except Unreadable as error:
            raise error.as_error(path.name) from error
        except OSError as error:  # The room for what was read.
            raise refuse_temporary(error) from error
        try:
            yield book
        except Unreadable as error:
            raise error.as_error(path.name) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outside:
    """An outside file's bytes, its name, and the encoding that a person named."""

    data: bytes
    file: str
    encoding: str | None

    def find_encoding(self, declared: str | None = None) -> str:
        return find_encoding(self.data, encoding=self.encoding, file=self.file, declared=declared)

    def make_book(self, form: Form, grids: Iterable[Grid]) -> Book:
        digest = hashlib.sha256(self.data).hexdigest()
        return Book(file=self.file, digest=digest, form=form, grids=tuple(grids))


def _open(outside: _Outside, stack: ExitStack) -> Book:
    if is_zip(outside.data):
        container = Container(outside.data, outside.file)
        form = find_zipped_form(container, outside.file)
        return (_open_xlsx if form is Form.XLSX else _open_ods)(outside, container, stack)
    match find_form(outside.data, outside.file):
        case Form.XLS:
            with_child = stack.enter_context(start_child(outside.data))
            return _from_spool(outside, Form.XLS, with_child.wait(), WorkbookFacts())
        case Form.SPREADSHEETML:
            return _open_spreadsheetml(outside, stack)
        case Form.HTML:
            return _open_html(outside, stack)
        case Form.ODS:
            reader = stack.enter_context(spool_here(partial(write_ods, (outside.data,))))
            return _from_spool(outside, Form.ODS, reader, WorkbookFacts())
        case _:
            return _open_text(outside)


def _open_text(outside: _Outside) -> Book:
    encoding = outside.find_encoding()
    text = Text(data=outside.data, encoding=encoding, file=outside.file)
    lines = outside.data.count(b"\n")
    grids = (Grid(name=None, rows=partial(read_records, text, separator), row_count=lines) for separator in SEPARATORS)
    return replace(outside.make_book(Form.TEXT, grids), encoding=encoding, are_readings=True)


def _open_xlsx(outside: _Outside, container: Container, stack: ExitStack) -> Book:
    """Scan the parts while the child reads the cells, or before it does where nothing could stop it."""
    facts = None if CAN_BOUND else scan_xlsx(container)
    child = stack.enter_context(start_child(outside.data))
    facts = facts or scan_xlsx(container, child.watch)
    return _from_spool(outside, Form.XLSX, child.wait(), facts)


def _open_ods(outside: _Outside, container: Container, stack: ExitStack) -> Book:
    manifest, content = (container.find(name) for name in (_MANIFEST, _CONTENT))
    if manifest and b"encryption-data" in container.read(manifest):
        raise Unreadable(Reason.PASSWORD)
    pieces = container.pieces(content or _CONTENT)
    reader = stack.enter_context(spool_here(partial(write_ods, pieces)))
    return _from_spool(outside, Form.ODS, reader, WorkbookFacts())


def _open_spreadsheetml(outside: _Outside, stack: ExitStack) -> Book:
    encoding = outside.find_encoding(find_declared(outside.data))
    pieces = decode_pieces(outside.data, encoding)
    reader = stack.enter_context(spool_here(partial(write_spreadsheetml, pieces)))
    return replace(_from_spool(outside, Form.SPREADSHEETML, reader, WorkbookFacts()), encoding=encoding)


def _open_html(outside: _Outside, stack: ExitStack) -> Book:
    if len(outside.data) > HTML_LIMIT:
        raise Unreadable(Reason.LARGE)
    encoding = outside.find_encoding(find_declared(outside.data))
    text = "".join(decode_pieces(outside.data, encoding))
    reader = stack.enter_context(spool_here(partial(write_html, text)))
    return replace(_from_spool(outside, Form.HTML, reader, WorkbookFacts()), encoding=encoding)


def _from_spool(outside: _Outside, form: Form, reader: SpoolReader, known: WorkbookFacts) -> Book:
    """Put a book together from what was spooled and what the scan found beside it."""
    sheets = reader.read_sheets()
    if not sheets:
        raise Unreadable(Reason.EMPTY)
    notices: list[Message] = []
    for sheet in sheets:
        found = known.sheets.get(sheet.facts.name or "")
        if found is not None:
            sheet.facts.add(found)
        notices += tell_of_sheet(sheet.facts)
    is_1904 = known.is_1904 or any(sheet.facts.is_1904 for sheet in sheets)
    if is_1904:
        notices.append(say("the workbook counts its days from 1904"))
    if known.has_external_links:
        notices.append(
            say("the workbook has links to other files: the values that it keeps are read, the files are not")
        )
    book = outside.make_book(form, (make_grid(reader, sheet) for sheet in sheets))
    return replace(book, is_1904=is_1904, notices=tuple(notices))
