"""WordprocessingML as text: elements, their properties in the order that the standard fixes, and foreign text as nothing but text.

What does not live here: what a paper looks like (``styles``), and which blocks become which elements (``blocks``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from inspect_cli.widths import visible

if TYPE_CHECKING:
    from inspect_cli.core.publish.blocks import Line

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES: Final = f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Properties: TypeAlias = Mapping[str, str]
"""Properties of a paragraph or a run: each element under its name, in any order; ``render_properties`` brings them into the standard's."""

PARAGRAPH_ORDER: Final = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers"),
    *(
        "pBdr",
        "shd",
        "tabs",
        "suppressAutoHyphens",
        "kinsoku",
        "wordWrap",
        "overflowPunct",
        "topLinePunct",
        "autoSpaceDE",
    ),
    *("autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
    *("suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle"),
    *("rPr", "sectPr", "pPrChange"),
)
"""ECMA-376 part 1, CT_PPr: Word refuses a file in which they stand otherwise."""
RUN_ORDER: Final = (
    *(
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "strike",
        "dstrike",
        "outline",
        "shadow",
        "emboss",
    ),
    *(
        "imprint",
        "noProof",
        "snapToGrid",
        "vanish",
        "webHidden",
        "color",
        "spacing",
        "w",
        "kern",
        "position",
        "sz",
        "szCs",
    ),
    *("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
    *("specVanish", "oMath"),
)
"""ECMA-376 part 1, EG_RPrBase."""
_PLACES: Final = {
    "pPr": {name: place for place, name in enumerate(PARAGRAPH_ORDER)},
    "rPr": {name: place for place, name in enumerate(RUN_ORDER)},
}
QUOTE: Final = {'"': "&quot;"}
_MACHINE: Final = "Consolas"


def tag(name: str, inner: str = "", /, **attributes: str | int) -> str:
    """Return an element of Word's namespace with its attributes, around ``inner``, which already is markup."""
    said = "".join(f' w:{key}="{escape(str(value), QUOTE)}"' for key, value in attributes.items())
    return f"<w:{name}{said}>{inner}</w:{name}>" if inner else f"<w:{name}{said}/>"


def render_properties(name: str, properties: Properties) -> str:
    """Return ``pPr`` or ``rPr`` with its properties in the standard's order; nothing where there are none."""
    if not properties:
        return ""
    places = _PLACES[name]
    return tag(name, "".join(properties[key] for key in sorted(properties, key=lambda key: places[key])))


def render_paragraph(properties: Properties, runs: str) -> str:
    """Return a paragraph."""
    return f"<w:p>{render_properties('pPr', properties)}{runs}</w:p>"


def render_text(text: str) -> str:
    """Return text as the content of a run; what XML forbids or nobody sees is shown by its code point: ``⟨U+202E⟩``."""
    return f'<w:t xml:space="preserve">{escape(visible(text))}</w:t>'


def render_run(text: str, properties: Properties, language: str = "zh") -> str:
    """Return a run of text; in Chinese papers a mark of either width (quotes, dashes) is set in the Chinese face."""
    if language == "zh" and any(east_asian_width(char) == "A" for char in text):
        fonts = properties.get("rFonts", "<w:rFonts/>")
        properties = {**properties, "rFonts": fonts.replace("<w:rFonts", '<w:rFonts w:hint="eastAsia"', 1)}
    return f"<w:r>{render_properties('rPr', properties)}{render_text(text)}</w:r>"


def render_size(half_points: int) -> dict[str, str]:
    """Return the properties that give a run its size."""
    return {"sz": tag("sz", val=half_points), "szCs": tag("szCs", val=half_points)}


def render_line(line: Line, properties: Properties, language: str) -> str:
    """Return the runs of a line, one a span."""
    runs: list[str] = []
    for span in line:
        more: dict[str, str] = {}
        if span.is_strong:
            more["b"] = tag("b")
        if span.is_code:
            more["rFonts"] = tag("rFonts", ascii=_MACHINE, hAnsi=_MACHINE)
        if span.text:
            runs.append(render_run(span.text, {**properties, **more}, language))
    return "".join(runs)


def plain(line: Line) -> str:
    """Return a line's text as it is shown."""
    return visible("".join(span.text for span in line))
