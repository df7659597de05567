"""A bureau's Word template as parts that may be in it (ECMA-376 part 2): read within bounds, refused where it does more.

Refused are macros, embedded objects, controls, documents that are taken in, and whatever leads out of the file (linked pictures,
templates, pages). Left out are the parts that tell of people: properties, comments, thumbnails, custom data. What does not live here:
what may stand within a part (``template_content``).
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, NoReturn
from xml.sax.saxutils import escape

from lxml import etree  # type: ignore[import-untyped] # ships no types

from inspect_cli.errors import InputError, Position, Term, say
from inspect_cli.files.archive import write_archive
from inspect_cli.files.documents.word.markup import HEAD, QUOTE, WORD
from inspect_cli.files.documents.word.package import CORE_PATH, CORE_RELATION, CORE_TYPE, render_core, render_relations
from inspect_cli.files.intake.forms.container import Bounds, Container
from inspect_cli.files.intake.forms.refusals import Unreadable
from inspect_cli.files.intake.forms.xml_walk import Depth, make_parser, walk
from inspect_cli.widths import cut, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.errors import Message

BOUNDS: Final = Bounds(
    members=500, directory_bytes=256 * 1024, total_bytes=64 * 1024 * 1024, whole_bytes=16 * 1024 * 1024
)
XML_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of one part of XML in a template: hundreds of pages; a filled part may have as much as is read whole."""

_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN_TYPE: Final = f"{_WORD_TYPE}document.main+xml"
_XML_TYPES: Final = frozenset(
    {
        _MAIN_TYPE,
        *(
            f"{_WORD_TYPE}{kind}+xml"
            for kind in ("styles", "settings", "fontTable", "numbering", "header", "footer", "footnotes", "endnotes")
        ),
        "application/vnd.openxmlformats-officedocument.theme+xml",
    }
)
_OTHER_TYPES: Final = frozenset(
    {
        *(f"image/{kind}" for kind in ("png", "jpeg", "jpg", "bmp")),
        "application/vnd.openxmlformats-officedocument.obfuscatedFont",
    }
)
_KEPT: Final = frozenset(
    {
        *(
            "officeDocument",
            "styles",
            "settings",
            "fontTable",
            "numbering",
            "header",
            "footer",
            "footnotes",
            "endnotes",
        ),
        *("theme", "image", "font"),
    }
)
_LEFT_OUT: Final = frozenset(
    {
        *("core-properties", "extended-properties", "custom-properties", "thumbnail", "comments", "commentsExtended"),
        *("commentsIds", "commentsExtensible", "people", "customXml", "glossaryDocument", "webSettings"),
        *("stylesWithEffects", "printerSettings", "keyMapCustomizations", "documenttasks"),
    }
)
_WORDS: Final = {
    "vbaProject": Term(zh="宏", en="macros"),
    "wordVbaData": Term(zh="宏", en="macros"),
    "attachedToolbars": Term(zh="宏的工具栏", en="toolbars of macros"),
    "oleObject": Term(zh="嵌入的对象", en="an embedded object"),
    "package": Term(zh="嵌入的文件", en="an embedded file"),
    "control": Term(zh="控件", en="a control"),
    "aFChunk": Term(zh="并入的另一个文件", en="another file that is taken in"),
    "subDocument": Term(zh="子文档", en="a subdocument"),
    "attachedTemplate": Term(zh="附加的模板", en="an attached template"),
    "hyperlink": Term(zh="超链接", en="a link"),
    "image": Term(zh="链接的图片", en="a linked picture"),
    "chart": Term(zh="图表", en="a chart"),
    "mailMergeSource": Term(zh="邮件合并的数据源", en="a source of a mail merge"),
}
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_SAVE_ANEW: Final = say("open it in Word, take that out, and save it anew as a Word document (.docx)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A part's relation to another one in the same file: its id, its type, and the other's path."""

    name: str
    kind: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts that are kept: the main one's path, trees of XML and other content by path, types, and relations by their source."""

    main: str
    trees: dict[str, etree._Element]
    others: dict[str, bytes]
    types: dict[str, str]
    relations: dict[str, tuple[Relation, ...]]


def read_package(data: bytes, file: str, *, is_filled: bool = False) -> Package:
    """Read a Word file that nobody vouches for; ``InputError`` says what is refused and where it stands."""
    if data.startswith(_OLD_OFFICE):
        refuse(say("this is no .docx: an old .doc, or locked with a password"), file)
    try:
        return _Reading(Container(data, file, BOUNDS), file, BOUNDS.whole_bytes if is_filled else XML_LIMIT).read()
    except Unreadable as error:
        raise InputError(error.as_error(file).what, where=Position(file=file), hint=_SAVE_ANEW) from error
    except InputError as error:
        raise InputError(error.what, where=error.where, hint=_SAVE_ANEW) from error


def write_package(package: Package, title: str) -> bytes:
    """Write the parts with a title and nothing else that tells of the file; the same parts give the same bytes."""
    content = {path: etree.tostring(tree, encoding="UTF-8") for path, tree in package.trees.items()}
    content = {path: HEAD.encode() + data for path, data in content.items()} | package.others
    types = {**package.types, CORE_PATH: CORE_TYPE}
    said = "".join(
        f'<Override PartName="/{escape(path, QUOTE)}" ContentType="{escape(types[path], QUOTE)}"/>'
        for path in sorted(types)
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    root = next(relation for relation in package.relations[""] if relation.path == package.main)
    members = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_TYPES}">{defaults}{said}</Types>'.encode(),
        "_rels/.rels": render_relations(
            [("rId1", root.kind, package.main), ("rId2", CORE_RELATION, CORE_PATH)]
        ).encode(),
        CORE_PATH: render_core(title).encode(),
    }
    for source in sorted(content):
        members[source] = content[source]
        if relations := package.relations.get(source):
            targets = [(one.name, one.kind, f"/{one.path}") for one in relations]
            members[_relations_of(source)] = render_relations(targets).encode()
    stream = BytesIO()
    write_archive(stream, members.items())
    return stream.getvalue()


def refuse(what: Message, file: str) -> NoReturn:
    """Refuse a template."""
    raise InputError(what, where=Position(file=file), hint=_SAVE_ANEW)


def refuse_kind(what: str | Term, part: str, file: str) -> NoReturn:
    """Refuse a template for what one of its parts holds."""
    refuse(say("{part} holds what a template may not hold: {what}", part=visible(part), what=what), file)


class _Reading:
    """One reading of a file, from its root along its relations."""

    def __init__(self, container: Container, file: str, limit: int) -> None:
        self._container = container
        self._file = file
        self._limit = limit
        self._types = self._read_types()
        self._package = Package(main="", trees={}, others={}, types={}, relations={})

    def read(self) -> Package:
        self._refuse_strangers()
        package = self._package
        package.relations[""] = tuple(self._read_relations(""))
        roots = [relation.path for relation in package.relations[""] if _last(relation.kind) == "officeDocument"]
        if len(roots) != 1 or self._types.get(roots[0]) != _MAIN_TYPE:
            refuse(say("this is no Word document (.docx)"), self._file)
        waiting = [roots[0]]
        while waiting:
            path = waiting.pop()
            if path in package.types:
                continue
            self._take(path)
            package.relations[path] = tuple(self._read_relations(path))
            waiting += [relation.path for relation in package.relations[path]]
        if package.trees[roots[0]].find(f"{{{WORD}}}body") is None:
            refuse(say("this is no Word document (.docx)"), self._file)
        return Package(
            main=roots[0], trees=package.trees, others=package.others, types=package.types, relations=package.relations
        )

    def _take(self, path: str) -> None:
        kind = self._types.get(path, "")
        if kind in _XML_TYPES:
            self._package.trees[path] = self._parse(path)
        elif kind in _OTHER_TYPES:
            self._package.others[path] = self._container.read(path)
        else:
            refuse_kind(kind or "?", path, self._file)
        self._package.types[path] = kind

    def _refuse_strangers(self) -> None:
        """Refuse a file that carries code or objects anywhere, even where no relation leads."""
        for path, kind in sorted(self._types.items()):
            said = f"{path} {kind}".casefold()
            for sign, what in (
                ("vba", _WORDS["vbaProject"]),
                ("macro", _WORDS["vbaProject"]),
                ("activex", _WORDS["control"]),
                ("oleobject", _WORDS["oleObject"]),
                ("embeddings/", _WORDS["package"]),
            ):
                if sign in said:
                    refuse_kind(what, path, self._file)

    def _read_types(self) -> dict[str, str]:
        """Give each member's type."""
        name = self._container.find("[Content_Types].xml")
        if name is None:
            refuse(say("this is no Word document (.docx)"), self._file)
        root = self._parse(name)
        by_path = {
            node.get("PartName", "").lstrip("/"): node.get("ContentType", "")
            for node in root.iter(f"{{{_TYPES}}}Override")
        }
        by_ending = {
            node.get("Extension", "").casefold(): node.get("ContentType", "")
            for node in root.iter(f"{{{_TYPES}}}Default")
        }
        members = (path for path in self._container.members if path != name and not path.endswith("/"))
        return {path: by_path.get(path) or by_ending.get(path.rpartition(".")[2].casefold(), "") for path in members}

    def _read_relations(self, source: str) -> Iterator[Relation]:
        """Give the relations of a part that are kept; one that leads out, or to what is not taken, refuses the file."""
        name = self._container.find(_relations_of(source))
        if name is None:
            return
        for node in self._parse(name).iter(f"{{{_RELATIONS}}}Relationship"):
            kind, target = node.get("Type", ""), node.get("Target", "")
            short = _last(kind)
            if node.get("TargetMode", "").casefold() == "external":
                said = say(
                    "{part} leads out of the file: {what} to {target}",
                    part=name,
                    what=_WORDS.get(short, short),
                    target=cut(visible(target), 80),
                )
                refuse(said, self._file)
            if short in _LEFT_OUT:
                continue
            if short not in _KEPT:
                refuse_kind(_WORDS.get(short, short), name, self._file)
            path = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
            found = self._container.find(path)
            if found is None:
                refuse(
                    say("{part} names a part that is not there: {target}", part=name, target=visible(target)),
                    self._file,
                )
            yield Relation(name=node.get("Id", ""), kind=kind, path=found)

    def _parse(self, path: str) -> etree._Element:
        data = self._container.read(path)
        if len(data) > self._limit:
            refuse(say("{member} is larger than {count} bytes", member=path, count=self._limit), self._file)
        _require_plain(data)
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        )


def _require_plain(data: bytes) -> None:
    """Raise ``Unreadable`` unless the data is XML without declarations and without endless nesting."""
    parser, depth = make_parser(), Depth()
    parser.StartElementHandler = lambda *_said: depth.enter()
    parser.EndElementHandler = lambda *_said: depth.leave()
    walk(parser, (data,))


def _relations_of(source: str) -> str:
    folder, _, name = source.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _last(kind: str) -> str:
    return kind.rpartition("/")[2]
