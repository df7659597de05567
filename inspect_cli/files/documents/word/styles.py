"""The styles, faces and settings of a Word file in the official layout (GB/T 9704-2012, 7.2 and 7.3).

The faces are the official ones, by name; no face is carried along. Headings are Word's own heading styles, so that its navigation, a
table of contents and a reader for the blind find them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from inspect_cli.files.documents.word import measures
from inspect_cli.files.documents.word.markup import HEAD, NAMESPACES, Properties, render_properties, render_size, tag

SONG: Final = "宋体"
TITLE_SONG: Final = "方正小标宋简体"
FANG: Final = "仿宋_GB2312"
HEI: Final = "黑体"
KAI: Final = "楷体_GB2312"
LATIN: Final = "Times New Roman"
_MACHINE: Final = "Consolas"
_OTHER_NAMES: Final = {TITLE_SONG: "FZXiaoBiaoSong-B05S", FANG: "仿宋", HEI: "SimHei", KAI: "楷体", SONG: "SimSun"}
"""The same faces by their other names, for Word to look under."""


class Style(StrEnum):
    """The styles of paragraphs, by their ids."""

    NORMAL = "Normal"
    TITLE = "Title"
    NUMBER = "DocumentNumber"
    ADDRESSEE = "Addressee"
    TEXT = "BodyText"
    ENGLISH_TEXT = "EnglishText"
    HEADING_1 = "Heading1"
    HEADING_2 = "Heading2"
    HEADING_3 = "Heading3"
    ITEM = "ListParagraph"
    CODE = "CommandLine"
    CELL = "TableText"
    CELL_HEAD = "TableHead"
    SIGNATURE = "Signature"
    DATE = "Date"
    FOOTER = "Footer"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Definition:
    """What a style says: the name that Word shows, the style it builds on, and its properties."""

    name: str
    based_on: Style | None = Style.NORMAL
    following: Style | None = None
    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)


def _face(name: str) -> dict[str, str]:
    return {"rFonts": tag("rFonts", ascii=LATIN, eastAsia=name, hAnsi=LATIN, cs=LATIN)}


def _spacing(line: int = measures.LINE, before: int = 0, after: int = 0) -> dict[str, str]:
    return {"spacing": tag("spacing", before=before, after=after, line=line, lineRule="exact")}


def _first_line(characters: int) -> dict[str, str]:
    width = characters * measures.CHARACTER
    return {"ind": tag("ind", firstLineChars=characters * 100, firstLine=width)}


def _jc(value: str) -> dict[str, str]:
    return {"jc": tag("jc", val=value)}


_PITCH: Final = {"spacing": tag("spacing", val=measures.PITCH)}
"""The grid is stated for Word's dialogue, and text keeps its pitch by itself: LibreOffice gives a character two places of a
narrower grid."""
_KEEPS: Final = {"keepNext": tag("keepNext"), "keepLines": tag("keepLines")}
_OFF_GRID: Final = {"adjustRightInd": tag("adjustRightInd", val=0), "snapToGrid": tag("snapToGrid", val=0)}
LOOSE_LINES: Final = tag("spacing", before=20, after=20, line=240, lineRule="auto")
"""In a table's cells the lines are as high as their type."""
HANGING: Final = tag("ind", leftChars=300, left=3 * measures.CHARACTER, hangingChars=100, hanging=measures.CHARACTER)
CODE_LINES: Final = tag("spacing", before=60, after=120, line=320, lineRule="atLeast")
CODE_INDENT: Final = tag("ind", left=2 * measures.CHARACTER, firstLine=0)


def _heading(level: int, face: str) -> _Definition:
    outline = {"outlineLvl": tag("outlineLvl", val=level - 1)}
    return _Definition(
        name=f"heading {level}",
        following=Style.TEXT,
        paragraph={**_KEEPS, **_first_line(2), **outline},
        run={**(_face(face) if face != FANG else {}), **_PITCH},
    )


_DEFINITIONS: Final = {
    Style.NORMAL: _Definition(
        name="Normal",
        based_on=None,
        paragraph={"widowControl": tag("widowControl", val=0), **_OFF_GRID, **_spacing(), **_jc("both")},
        run=render_size(measures.TEXT),
    ),
    Style.TITLE: _Definition(
        name="Title",
        following=Style.TEXT,
        paragraph={
            **_KEEPS,
            **_spacing(700, 0, measures.LINE),
            **_jc("center"),
            "outlineLvl": tag("outlineLvl", val=0),
        },
        run={**_face(TITLE_SONG), **render_size(measures.TITLE)},
    ),
    Style.NUMBER: _Definition(
        name="Document Number",
        following=Style.TEXT,
        paragraph={**_KEEPS, **_spacing(measures.LINE, 0, measures.LINE), **_jc("center")},
        run=_PITCH,
    ),
    Style.ADDRESSEE: _Definition(name="Addressee", following=Style.TEXT, paragraph=_jc("left"), run=_PITCH),
    Style.TEXT: _Definition(name="Body Text", paragraph=_first_line(2), run=_PITCH),
    Style.ENGLISH_TEXT: _Definition(name="English Text", paragraph={**_spacing(440, 0, 140), **_jc("left")}),
    Style.HEADING_1: _heading(1, HEI),
    Style.HEADING_2: _heading(2, KAI),
    Style.HEADING_3: _heading(3, FANG),
    Style.ITEM: _Definition(name="List Paragraph", paragraph={"ind": HANGING, **_jc("left")}, run=_PITCH),
    Style.CODE: _Definition(
        name="Command Line",
        paragraph={
            "wordWrap": tag("wordWrap", val=0),
            "spacing": CODE_LINES,
            "ind": CODE_INDENT,
            **_jc("left"),
        },
        run={
            "rFonts": tag("rFonts", ascii=_MACHINE, eastAsia=FANG, hAnsi=_MACHINE, cs=_MACHINE),
            "noProof": tag("noProof"),
            **render_size(21),
        },
    ),
    Style.CELL: _Definition(
        name="Table Text",
        paragraph={"spacing": LOOSE_LINES, **_jc("left")},
        run=render_size(measures.CELL_TEXT),
    ),
    Style.CELL_HEAD: _Definition(
        name="Table Head", based_on=Style.CELL, paragraph={"keepNext": tag("keepNext"), **_jc("center")}, run=_face(HEI)
    ),
    Style.SIGNATURE: _Definition(
        name="Signature", following=Style.DATE, paragraph={**_KEEPS, **_jc("right")}, run=_PITCH
    ),
    Style.DATE: _Definition(name="Date", paragraph={"keepLines": tag("keepLines"), **_jc("right")}, run=_PITCH),
    Style.FOOTER: _Definition(
        name="footer",
        paragraph=_spacing(measures.PAGE_NUMBER * 10),
        run={
            "rFonts": tag("rFonts", ascii=SONG, eastAsia=SONG, hAnsi=SONG, cs=LATIN),
            **render_size(measures.PAGE_NUMBER),
        },
    ),
}
_FIRST_NAMES: Final = {Style.TITLE, Style.TEXT, Style.HEADING_1, Style.HEADING_2, Style.HEADING_3, Style.NORMAL}
"""Those that Word offers first."""
_OWN_NAMES: Final = {Style.NUMBER, Style.ADDRESSEE, Style.ENGLISH_TEXT, Style.CODE, Style.CELL, Style.CELL_HEAD}
"""Those that Word does not know of itself."""


def render_styles() -> str:
    """Return ``word/styles.xml``."""
    language = tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    defaults = render_properties("rPr", {**_face(FANG), **render_size(measures.TEXT), "lang": language})
    styles = "".join(_render_style(style, _DEFINITIONS[style]) for style in Style)
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    content = tag("docDefaults", tag("rPrDefault", defaults) + tag("pPrDefault")) + styles + table
    return f"{HEAD}<w:styles {NAMESPACES}>{content}</w:styles>"


def _render_style(style: Style, said: _Definition) -> str:
    attributes = {"type": "paragraph", "styleId": style.value}
    if style is Style.NORMAL:
        attributes["default"] = "1"
    if style in _OWN_NAMES:
        attributes["customStyle"] = "1"
    parts = [tag("name", val=said.name)]
    if said.based_on is not None:
        parts.append(tag("basedOn", val=said.based_on.value))
    if said.following is not None:
        parts.append(tag("next", val=said.following.value))
    if style in _FIRST_NAMES:
        parts.append(tag("qFormat"))
    parts += [render_properties("pPr", said.paragraph), render_properties("rPr", said.run)]
    return tag("style", "".join(parts), **attributes)


def render_faces() -> str:
    """Return ``word/fontTable.xml``: each face by its other name too, and what kind of face stands in where it is missing."""
    chinese = "".join(
        tag(
            "font",
            tag("altName", val=other)
            + tag("charset", val="86")
            + tag("family", val="auto")
            + tag("pitch", val="variable"),
            name=name,
        )
        for name, other in _OTHER_NAMES.items()
    )
    latin = tag(
        "font", tag("charset", val="00") + tag("family", val="roman") + tag("pitch", val="variable"), name=LATIN
    )
    machine = tag(
        "font", tag("charset", val="00") + tag("family", val="modern") + tag("pitch", val="fixed"), name=_MACHINE
    )
    return f"{HEAD}<w:fonts {NAMESPACES}>{chinese}{latin}{machine}</w:fonts>"


def render_settings() -> str:
    """Return ``word/settings.xml``: page numbers on the outer side, and no name of whoever saves the file again."""
    modern = tag("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    compatible = ("balanceSingleByteDoubleByteWidth", "doNotExpandShiftReturn", "useFELayout")
    content = (
        tag("zoom", percent=100)
        + tag("removePersonalInformation")
        + tag("removeDateAndTime")
        + tag("defaultTabStop", val=420)
        + tag("evenAndOddHeaders")
        + tag("characterSpacingControl", val="compressPunctuation")
        + tag("compat", "".join(tag(name) for name in compatible) + modern)
        + tag("themeFontLang", val="en-US", eastAsia="zh-CN")
        + tag("decimalSymbol", val=".")
        + tag("listSeparator", val=",")
    )
    return f"{HEAD}<w:settings {NAMESPACES}>{content}</w:settings>"
