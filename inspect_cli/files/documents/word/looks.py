"""How blocks look in a Word file: the properties of paragraphs and runs by what they are.

Our own papers name styles; a bureau's template gives the properties of the place where the text goes (``own``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.files.documents.word import measures
from inspect_cli.files.documents.word.markup import render_size, tag
from inspect_cli.files.documents.word.styles import Style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.files.documents.word.markup import Properties


class Role(StrEnum):
    """What a paragraph is."""

    TEXT = "text"
    HEADING_1 = "heading 1"
    HEADING_2 = "heading 2"
    HEADING_3 = "heading 3"
    ITEM = "item"
    CODE = "code"
    CELL = "cell"
    CELL_HEAD = "cell head"


HEADINGS: Final = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The properties of each role's paragraphs and runs, the language of the text, and how wide it may be, in twips.

    ``cell_size`` is the size that the text of cells has of itself, in half-points; None where it has to be said each time.
    ``is_form``: people fill the paper in, and have room for that.
    """

    language: str
    width: int
    paragraphs: Mapping[Role, Properties]
    runs: Mapping[Role, Properties]
    cell_size: int | None
    is_form: bool = False


_STYLES: Final = {
    Role.TEXT: Style.TEXT,
    Role.HEADING_1: Style.HEADING_1,
    Role.HEADING_2: Style.HEADING_2,
    Role.HEADING_3: Style.HEADING_3,
    Role.ITEM: Style.ITEM,
    Role.CODE: Style.CODE,
    Role.CELL: Style.CELL,
    Role.CELL_HEAD: Style.CELL_HEAD,
}


def name_style(style: Style) -> dict[str, str]:
    """Return the property that gives a paragraph its style."""
    return {"pStyle": tag("pStyle", val=style.value)}


def make_paper_look(page: measures.Page, language: str, *, is_form: bool = False) -> Look:
    """Return the official look; in English, text is not indented, and headings are bold, since Latin faces have no 黑体.

    A form is no official paper: its text is smaller, so that more of its page is there to be filled in.
    """
    paragraphs = {role: name_style(style) for role, style in _STYLES.items()}
    runs: dict[Role, Properties] = {role: {} for role in Role}
    if language == "en":
        paragraphs[Role.TEXT] = name_style(Style.ENGLISH_TEXT)
        for role in HEADINGS:
            paragraphs[role] |= {"ind": tag("ind", firstLineChars=0, firstLine=0), "jc": tag("jc", val="left")}
            runs[role] = {"b": tag("b")}
        runs[Role.CELL_HEAD] = {"b": tag("b")}
    if is_form:
        paragraphs[Role.TEXT] |= {
            "spacing": tag("spacing", before=60, after=60, line=measures.FORM_LINE, lineRule="exact")
        }
        runs[Role.TEXT] = render_size(measures.FORM_TEXT)
        for role in HEADINGS:
            runs[role] = {**runs[role], **render_size(measures.CELL_TEXT)}
    return Look(
        language=language,
        is_form=is_form,
        width=page.text_width,
        paragraphs=paragraphs,
        runs=runs,
        cell_size=measures.CELL_TEXT,
    )
