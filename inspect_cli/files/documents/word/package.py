"""The parts of a Word file put together (ECMA-376 part 2): types, relations, one zip of fixed bytes.

A file says its title of itself and nothing more: no author, no program, no time. What does not live here: what the parts say.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from inspect_cli.files.archive import write_archive
from inspect_cli.files.documents.word.markup import HEAD, QUOTE
from inspect_cli.widths import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CORE_TYPE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_RELATION: Final = f"{_PACKAGE}/relationships/metadata/core-properties"
CORE_PATH: Final = "docProps/core.xml"
_LONGEST_TITLE: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part beside the document itself: its kind (``styles``), its file's name under ``word/``, its content, the id that names it."""

    kind: str
    file: str
    content: str
    relation: str


def render_package(document: str, parts: Sequence[Part], title: str) -> bytes:
    """Return a Word file of ``word/document.xml`` and its parts."""
    overrides = [("/word/document.xml", f"{_WORD_TYPE}.document.main+xml"), (f"/{CORE_PATH}", CORE_TYPE)]
    overrides += [(f"/word/{part.file}", f"{_WORD_TYPE}.{part.kind}+xml") for part in parts]
    types = "".join(f'<Override PartName="{path}" ContentType="{kind}"/>' for path, kind in overrides)
    types = (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    package = [("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"), ("rId2", CORE_RELATION, CORE_PATH)]
    relations = [(part.relation, f"{_OFFICE}/{part.kind}", part.file) for part in parts]
    members = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", render_relations(package)),
        (CORE_PATH, render_core(title)),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", render_relations(relations)),
        *((f"word/{part.file}", part.content) for part in parts),
    ]
    stream = BytesIO()
    write_archive(stream, ((name, text.encode()) for name, text in members))
    return stream.getvalue()


def render_core(title: str) -> str:
    """Return ``docProps/core.xml``: the title alone, cut to what Word shows."""
    shown = escape(visible(title)[:_LONGEST_TITLE])
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{shown}</dc:title></cp:coreProperties>'
    )


def render_relations(relations: Sequence[tuple[str, str, str]]) -> str:
    """Return a part of relations: each with its id, its type and its target."""
    said = "".join(
        f'<Relationship Id="{escape(name, QUOTE)}" Type="{escape(kind, QUOTE)}" Target="{escape(target, QUOTE)}"/>'
        for name, kind, target in relations
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{said}</Relationships>'
