"""Documents as a PDF, by one program of typst (``templates/typst/paper.typ``) that reads them as data.

What does not live here: the look (the program's matter), the data (``data``), and characters that the faces lack
(``files.documents.glyphs``).

Nothing outside is asked: no face of the system, no package, no file but the program; no clock, so that the same documents give the same
bytes. One paper is tagged for screen readers (PDF/UA-1, and PDF/A-2a where it bears its day). Papers in a batch are there to be printed:
they are not tagged, and typst sets some of them at a time, so that memory stays small and it is known how far the work has come.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Final

import typst
from pylopdf_fonts_zh_cn import serif_path

from inspect_cli import resources
from inspect_cli.files.documents.glyphs import require_glyphs
from inspect_cli.files.documents.pdf.data import find_title, make_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from typst import PDFStandard

    from inspect_cli.core.publish.blocks import Document

_AT_A_TIME: Final = 25
"""Documents that typst sets at once."""


def render_pdf(documents: Sequence[Document], progress: Callable[[int], None] | None = None) -> bytes:
    """Render documents (at least one) as one PDF, each on pages of its own that are numbered from 1.

    ``progress`` is told how many more of them are set, each time that some are. ``InputError`` before anything is set when a character is
    in neither face; ``ValueError`` without documents.
    """
    if not documents:
        raise ValueError("no documents")
    require_glyphs(documents)
    if len(documents) <= _AT_A_TIME:
        pdf = _compile(documents)
        if progress is not None:
            progress(len(documents))
        return pdf
    from inspect_cli.files.documents.pdf.joining import join  # noqa: PLC0415 - only a large batch waits for it

    return join(_compile_parts(documents, progress), find_title(documents[0]), documents[0].language)


def _compile_parts(documents: Sequence[Document], progress: Callable[[int], None] | None) -> Iterator[bytes]:
    for start in range(0, len(documents), _AT_A_TIME):
        part = documents[start : start + _AT_A_TIME]
        yield _compile(part)
        if progress is not None:
            progress(len(part))


def _compile(documents: Sequence[Document]) -> bytes:
    """Have typst set some documents; ``RuntimeError`` when it misses a face, for it would take another or print boxes."""
    batch = make_batch(documents)
    is_tagged = len(documents) == 1
    pdf, warnings = _compiler().compile_with_warnings(
        format="pdf",
        sys_inputs={"batch": json.dumps(batch, ensure_ascii=False, separators=(",", ":"))},
        pdf_standards=_find_standards(is_tagged=is_tagged, has_day=batch["date"] is not None),
        pdf_tags=is_tagged,
    )
    lacking = [warning.message for warning in warnings if "font" in warning.message]
    if lacking or not isinstance(pdf, bytes):
        raise RuntimeError(lacking)
    return pdf


def _find_standards(*, is_tagged: bool, has_day: bool) -> list[PDFStandard]:
    """Name the standards to keep: those for archives ask for a day. All of them refuse a character that would be printed as a box."""
    standards: list[PDFStandard] = ["ua-1"] if is_tagged else []
    if has_day:
        standards.append("a-2a" if is_tagged else "a-2b")
    return standards


@cache
def _compiler() -> typst.Compiler:
    # The faces that typst itself carries are taken for code alone; the program names each face that it uses, and no other is tried.
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(serif_path().parent)])
    program = resources.templates() / "typst" / "paper.typ"
    return typst.Compiler(program, root=program.parent, font_paths=fonts, ignore_system_fonts=True)
