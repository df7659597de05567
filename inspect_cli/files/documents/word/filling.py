"""A paper's blocks in the place of ``{{ body }}`` in a bureau's template, in the look of that place.

Headings take the template's own heading styles; where it has none, they are bold and known to Word's navigation all the same. Text
takes the paragraph and the characters of the tag; tables, lists and signature cells are as in our own papers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from lxml import etree  # type: ignore[import-untyped] # ships no types

from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.documents.word import measures, styles
from inspect_cli.files.documents.word.blocks import lay_out, render_pieces
from inspect_cli.files.documents.word.looks import HEADINGS, Look, Role
from inspect_cli.files.documents.word.markup import HEAD, PARAGRAPH_ORDER, RUN_ORDER, WORD, tag
from inspect_cli.files.documents.word.template_package import refuse
from inspect_cli.files.documents.word.template_tags import BODY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.publish.blocks import Document
    from inspect_cli.files.documents.word.markup import Properties
    from inspect_cli.files.documents.word.template_package import Package

_W: Final = f"{{{WORD}}}"
_NOT_OURS: Final = frozenset(
    {"numPr", "sectPr", "pPrChange", "rPr", "pageBreakBefore", "outlineLvl", "framePr", "cnfStyle", "divId"}
)
_NO_INDENT: Final = {"left": 0, "firstLine": 0, "leftChars": 0, "firstLineChars": 0}
_LEAST_WIDTH: Final = 2_000
_DIGITS: Final = 6


def put_body(package: Package, document: Document, file: str) -> None:
    """Put the blocks where the tag was; ``InputError`` where it does not stand alone, or stands there twice."""
    tree = package.trees[package.main]
    places = [node for node in tree.iter() if BODY in (node.text or "") or BODY in (node.tail or "")]
    elsewhere = [
        path for path, other in package.trees.items() if path != package.main and BODY in "".join(other.itertext())
    ]
    if not places and not elsewhere:
        return
    place = places[0] if places else None
    if elsewhere or place is None or len(places) > 1 or not _stands_alone(place):
        raise InputError(
            say("{tag} does not stand once, and in a paragraph of its own of the text", tag="{{ body }}"),
            where=Position(file=file),
            hint=say("give {tag} a paragraph of its own, outside of headers, footers and loops", tag="{{ body }}"),
        )
    paragraph = next(place.iterancestors(f"{_W}p"))
    look = replace(_make_look(package, paragraph, document.language), is_form=document.is_form)
    markup = render_pieces(lay_out(document.blocks, look), last=_read_section(paragraph))
    stand_in = paragraph.makeelement(f"{_W}p")
    stand_in.text = BODY
    paragraph.getparent().replace(paragraph, stand_in)
    # As text: to move thousands of elements from one tree into another takes a time that grows with their square.
    before, sign, after = etree.tostring(tree, encoding="unicode").partition(f"<w:p>{BODY}</w:p>")
    if not sign or tree.nsmap.get("w") != WORD:
        refuse(say("this is no Word document (.docx)"), file)
    del package.trees[package.main]
    package.others[package.main] = (HEAD + before + markup + after).encode()


def _stands_alone(node: Any) -> bool:
    """Say whether a node holds the tag, and its paragraph nothing else that is shown, in the text or in a cell."""
    paragraph = next(node.iterancestors(f"{_W}p"), None)
    if paragraph is None or "".join(paragraph.itertext()).strip() != BODY:
        return False
    return paragraph.getparent().tag in {f"{_W}body", f"{_W}tc", f"{_W}sdtContent"}


def _read_section(paragraph: Any) -> str:
    """Return the end of a section that a paragraph carries, as markup; it goes to the last paragraph of the text."""
    section = paragraph.find(f"{_W}pPr/{_W}sectPr")
    return "" if section is None else etree.tostring(section, encoding="unicode", with_tail=False)


def _make_look(package: Package, paragraph: Any, language: str) -> Look:
    """Take the look of the tag's place for text, and the template's styles for headings."""
    text = _read_properties(paragraph.find(f"{_W}pPr"), PARAGRAPH_ORDER)
    run = _read_properties(next(paragraph.iter(f"{_W}rPr"), None), RUN_ORDER)
    cell = {
        **text,
        "snapToGrid": tag("snapToGrid", val=0),
        "spacing": styles.LOOSE_LINES,
        "ind": tag("ind", **_NO_INDENT),
        "jc": tag("jc", val="left"),
    }
    code = {
        **text,
        "wordWrap": tag("wordWrap", val=0),
        "ind": tag("ind", **(_NO_INDENT | {"left": 2 * measures.CHARACTER})),
        "jc": tag("jc", val="left"),
    }
    paragraphs: dict[Role, Properties] = {
        Role.TEXT: text,
        Role.ITEM: {**text, "ind": styles.HANGING, "jc": tag("jc", val="left")},
        Role.CODE: code,
        Role.CELL: cell,
        Role.CELL_HEAD: {**cell, "keepNext": tag("keepNext"), "jc": tag("jc", val="center")},
    }
    bold = {**run, "b": tag("b")}
    runs: dict[Role, Properties] = {**dict.fromkeys(Role, run), Role.CELL_HEAD: bold}
    runs[Role.CODE] = {**run, "rFonts": tag("rFonts", ascii="Consolas", hAnsi="Consolas"), "sz": tag("sz", val=21)}
    names = _find_styles(package)
    for level, role in enumerate(HEADINGS):
        if role.value in names:
            paragraphs[role], runs[role] = {"pStyle": tag("pStyle", val=names[role.value])}, {}
        else:
            outline = {"keepNext": tag("keepNext"), "outlineLvl": tag("outlineLvl", val=level)}
            paragraphs[role], runs[role] = {**text, **outline}, bold
    return Look(language=language, width=_find_width(paragraph), paragraphs=paragraphs, runs=runs, cell_size=None)


def _read_properties(node: Any, order: tuple[str, ...]) -> dict[str, str]:
    """Give the properties that a place has of itself, each as markup of Word's own namespace."""
    if node is None:
        return {}
    own = {child.tag.removeprefix(_W): child for child in node if child.tag.startswith(_W)}
    return {name: _render(child) for name, child in own.items() if name in order and name not in _NOT_OURS}


def _render(node: Any) -> str:
    """Return a property without what other namespaces add to it."""
    attributes = {key.removeprefix(_W): value for key, value in node.attrib.items() if key.startswith(_W)}
    return tag(node.tag.removeprefix(_W), "".join(map(_render, node)), **attributes)


def _find_styles(package: Package) -> Mapping[str, str]:
    """Give the ids of paragraph styles by their names: Word writes "heading 1" in every language."""
    return {
        name.get(f"{_W}val", "").casefold(): style.get(f"{_W}styleId", "")
        for path, tree in package.trees.items()
        if package.types[path].endswith(".styles+xml")
        for style in tree.iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph" and (name := style.find(f"{_W}name")) is not None
    }


def _find_width(paragraph: Any) -> int:
    """Find how wide a line may be: the width of the cell, or of the page of the section in which the paragraph stands."""
    for cell in paragraph.iterancestors(f"{_W}tc"):
        width = cell.find(f"{_W}tcPr/{_W}tcW")
        if width is not None and width.get(f"{_W}type") == "dxa":
            return max(_LEAST_WIDTH, _number(width, "w") - 216)
    section = next(iter(paragraph.xpath("descendant::w:sectPr | following::w:sectPr", namespaces={"w": WORD})), None)
    size, margins = (section.find(f"{_W}{name}") if section is not None else None for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return measures.PORTRAIT.text_width
    width = _number(size, "w") - _number(margins, "left") - _number(margins, "right") - _number(margins, "gutter")
    return max(_LEAST_WIDTH, width)


def _number(node: Any, name: str) -> int:
    """Read a measure in twips; what is written otherwise counts as nothing."""
    value = node.get(f"{_W}{name}", "0")
    return int(value) if value.isdecimal() and len(value) <= _DIGITS else 0
