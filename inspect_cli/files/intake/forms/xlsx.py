"""Workbooks of today (.xlsx, .xlsm): their parts are scanned here, their cells read by a child process.

What lives here: which sheets there are and in which parts (ECMA-376 part 1, 18.2; part 2, 9.3), and the choice of the scan. What does
not: the cells (``child``), and the members of the file (``container``).
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from inspect_cli.files.intake.forms.facts import SheetFacts
from inspect_cli.files.intake.forms.refusals import SHEET_LIMIT, Reason, Unreadable
from inspect_cli.files.intake.forms.sheet_xml import is_plain, scan_sheet
from inspect_cli.files.intake.forms.xml_walk import Depth, make_parser, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from inspect_cli.files.intake.forms.container import Container

Watch: TypeAlias = "Callable[[Iterator[bytes]], Iterator[bytes]]"

WORKBOOK_PART: Final = "xl/workbook.xml"
_RELATIONS_PART: Final = "xl/_rels/workbook.xml.rels"
_EXTERNAL: Final = "xl/externallinks/"
_XML_ENDINGS: Final = (".xml", ".rels")
_DECLARATIONS: Final = (b"<!DOCTYPE", b"<!ENTITY", b"\0")
_OVERLAP: Final = 16


@dataclass(slots=True, kw_only=True)
class WorkbookFacts:
    """What the scan of a workbook's parts found: facts by sheet name, how days are counted, whether values of other files are kept."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    is_1904: bool = False
    has_external_links: bool = False


def scan_xlsx(container: Container, watch: Watch = iter) -> WorkbookFacts:
    """Scan every part that is XML, as far as ``watch`` gives its pieces on.

    Raises ``InputError`` or ``Unreadable`` for what no spreadsheet program writes, and what is out of bounds.
    """
    facts = WorkbookFacts(has_external_links=any(name.casefold().startswith(_EXTERNAL) for name in container.members))
    parts = _find_sheets(container, facts)
    sheet_parts = set(parts.values())
    for name in container.members:
        if name.casefold().endswith(_XML_ENDINGS) and name not in sheet_parts:
            _require_no_declaration(watch(container.pieces(name)))
    for sheet, part in parts.items():
        facts.sheets[sheet] = _scan_part(partial(_read, container, part, watch), sheet)
    return facts


def _read(container: Container, part: str, watch: Watch) -> Iterator[bytes]:
    return watch(container.pieces(part))


def _scan_part(read: Callable[[], Iterator[bytes]], sheet: str) -> SheetFacts:
    if is_plain(read()):
        return SheetFacts()
    try:
        return scan_sheet(read())
    except Unreadable as error:
        raise Unreadable(error.reason, sheet=sheet, row=error.row) from error


def _require_no_declaration(pieces: Iterable[bytes]) -> None:
    """Refuse a part that declares a document type or entities, or hides them in another encoding."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        if any(word in text for word in _DECLARATIONS):
            raise Unreadable(Reason.ENTITIES)
        rest = text[-_OVERLAP:]


def _find_sheets(container: Container, facts: WorkbookFacts) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    workbook, relations = (container.find(path) for path in (WORKBOOK_PART, _RELATIONS_PART))
    if workbook is None or relations is None:
        raise Unreadable(Reason.DAMAGED)
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def take_relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and "Id" in attributes:
            targets[attributes["Id"]] = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))

    def take_sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            facts.is_1904 = attributes.get("date1904") in {"1", "true", "on"}
        elif name == "sheet":
            if len(sheets) >= SHEET_LIMIT:
                raise Unreadable(Reason.LARGE)
            sheets[attributes.get("name", "")] = next((v for k, v in attributes.items() if k.endswith("id")), "")

    _walk_elements(container.read(relations), take_relation)
    _walk_elements(container.read(workbook), take_sheet)
    found = {sheet: container.find(targets.get(relation, "").lstrip("/")) for sheet, relation in sheets.items()}
    parts = {sheet: part for sheet, part in found.items() if part is not None}
    if len(set(parts.values())) < len(parts):  # Each would be read anew, however large.
        raise Unreadable(Reason.DAMAGED)
    return parts


def _walk_elements(data: bytes, take: Callable[[str, dict[str, str]], None]) -> None:
    """Call ``take`` with each element's name without its prefix, and its attributes without their namespaces."""
    depth = Depth()
    parser = make_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        depth.enter()
        take(_local(name), {_local(key): value for key, value in attributes.items()})

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: depth.leave()
    walk(parser, (data,))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
