"""What may stand within a bureau's Word template, and what is taken out of it before anything is written.

Refused are fields other than page numbers (a field can fetch a file or start a program), objects, controls, documents taken in, and
whatever names a place outside. Taken out is what tells of people: comments, tracked changes (as if all were accepted), who may edit
what, revision marks, alternative texts and names of pictures, which often are a path on somebody's machine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from inspect_cli.errors import Term, say
from inspect_cli.files.documents.word.markup import WORD
from inspect_cli.files.documents.word.picture import strip_picture
from inspect_cli.files.documents.word.template_package import refuse, refuse_kind
from inspect_cli.widths import cut, visible

if TYPE_CHECKING:
    from inspect_cli.files.documents.word.template_package import Package

_W: Final = f"{{{WORD}}}"
_FIELD: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)(?:\s+\\\*\s*[A-Za-z0-9]{1,20})*\s*", re.IGNORECASE)
_REFUSED: Final = {
    "altChunk": Term(zh="并入的另一个文件", en="another file that is taken in"),
    "subDoc": Term(zh="子文档", en="a subdocument"),
    "object": Term(zh="嵌入的对象", en="an embedded object"),
    "OLEObject": Term(zh="嵌入的对象", en="an embedded object"),
    "control": Term(zh="控件", en="a control"),
    "entryMacro": Term(zh="宏", en="macros"),
    "exitMacro": Term(zh="宏", en="macros"),
    "mailMerge": Term(zh="邮件合并", en="a mail merge"),
    "attachedTemplate": Term(zh="附加的模板", en="an attached template"),
    "webVideoPr": Term(zh="网络视频", en="a video on the web"),
    "cellDel": Term(zh="单元格的修订", en="tracked changes of cells"),
    "cellMerge": Term(zh="单元格的修订", en="tracked changes of cells"),
}
_PLACES: Final = frozenset({"src", "href"})
_DROPPED: Final = frozenset(
    {
        *(
            "commentRangeStart",
            "commentRangeEnd",
            "commentReference",
            "annotationRef",
            "permStart",
            "permEnd",
            "proofErr",
        ),
        *(
            "docVars",
            "rsids",
            "rsid",
            "docId",
            "dataBinding",
            "trackRevisions",
            "documentProtection",
            "writeProtection",
        ),
        *("attachedSchema", "schemaLibrary", "saveThroughXslt", "removePersonalInformation", "removeDateAndTime"),
        *("fldData", "cellIns", "numberingChange", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
        *("moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"),
        *("customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    }
)
_UNDONE: Final = frozenset({"del", "moveFrom"})
_ACCEPTED: Final = frozenset({"ins", "moveTo"})
_TOLD: Final = frozenset({"author", "date", "initials", "userId", "paraId", "textId", "durableId", "alt"})
_PICTURE_NAMES: Final = frozenset({"docPr", "cNvPr"})


def refuse_content(package: Package, file: str) -> None:
    """Raise ``InputError`` for what no template may hold, with the part that holds it."""
    for path, tree in package.trees.items():
        _refuse_fields(tree, path, file)
        for node in tree.iter():
            name = _name(node)
            if name in _REFUSED:
                refuse_kind(_REFUSED[name], path, file)
            for key, value in node.attrib.items():
                if _local(key) in _PLACES and value:
                    what = say("{part} leads out of the file: {target}", part=path, target=cut(visible(value), 80))
                    refuse(what, file)


def _refuse_fields(tree: Any, path: str, file: str) -> None:
    """Refuse every field but a page number, however it is put together."""
    open_fields: list[list[str]] = []
    for node in tree.iter(f"{_W}fldSimple", f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText"):
        name, kind = _name(node), node.get(f"{_W}fldCharType")
        if name == "fldSimple":
            _require_page_number(node.get(f"{_W}instr", ""), path, file)
        elif name != "fldChar":
            if not open_fields:
                _require_page_number(node.text or "", path, file)
            else:
                open_fields[-1].append(node.text or "")
        elif kind == "begin":
            if open_fields:
                refuse_kind(Term(zh="域中的域", en="a field within a field"), path, file)
            open_fields.append([])
        elif kind == "end" and open_fields:
            _require_page_number("".join(open_fields.pop()), path, file)
    for pieces in open_fields:
        _require_page_number("".join(pieces), path, file)


def _require_page_number(instruction: str, path: str, file: str) -> None:
    if not _FIELD.fullmatch(instruction):
        shown = cut(visible(instruction.strip()), 60)
        refuse_kind(
            Term(zh=f"域“{shown}”，只允许页码", en=f"the field “{shown}”; only page numbers may be"), path, file
        )


def clean_content(package: Package) -> None:
    """Take out of all parts what tells of people."""
    for path, tree in package.trees.items():
        _accept_changes(tree)
        for node in list(tree.iter()):
            _clean_node(node)
        if package.types[path].endswith(".settings+xml"):
            _settle(tree)
    for path, data in package.others.items():
        package.others[path] = strip_picture(data)


def _clean_node(node: Any) -> None:
    name = _name(node)
    if (name in _DROPPED or name.endswith("Change")) and node.getparent() is not None:
        _drop(node)
        return
    for key in list(node.attrib):
        local = _local(key)
        if local in _TOLD or local.startswith("rsid") or (local == "title" and key != local):
            del node.attrib[key]
    if name in _PICTURE_NAMES:
        for key in ("descr", "title"):
            node.attrib.pop(key, None)
        if "name" in node.attrib:
            node.set("name", name)


def _accept_changes(tree: Any) -> None:
    """Leave what was inserted and drop what was deleted, as Word's "accept all changes" does."""
    for row in list(tree.iter(f"{_W}tr")):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            row.getparent().remove(row)
    for paragraph in list(tree.iter(f"{_W}p")):
        if paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            _join_following(paragraph)
    for node in list(tree.iter()):
        name = _name(node)
        if node.getparent() is None or not node.tag.startswith(_W):
            continue
        if name in _UNDONE:
            _drop(node)
        elif name in _ACCEPTED:
            _unwrap(node)


def _join_following(paragraph: Any) -> None:
    """Move a paragraph whose end was deleted into the one behind it, if there is one."""
    following = paragraph.getnext()
    if following is None or following.tag != f"{_W}p":
        return
    place = 1 if following.find(f"{_W}pPr") is not None else 0
    for child in reversed([child for child in paragraph if child.tag != f"{_W}pPr"]):
        following.insert(place, child)
    paragraph.getparent().remove(paragraph)


def _unwrap(node: Any) -> None:
    parent = node.getparent()
    place = parent.index(node)
    for child in reversed(list(node)):
        parent.insert(place, child)
    parent.remove(node)


def _drop(node: Any) -> None:
    """Remove an element; what is written behind it stays."""
    parent, before = node.getparent(), node.getprevious()
    if node.tail:
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _settle(settings: Any) -> None:
    """Tell Word to keep no name of whoever saves the file again."""
    first = [child for child in settings if _name(child) in {"view", "zoom"}]
    place = settings.index(first[-1]) + 1 if first else 0
    for name in ("removeDateAndTime", "removePersonalInformation"):
        settings.insert(place, settings.makeelement(f"{_W}{name}"))


def _name(node: Any) -> str:
    return _local(node.tag)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
