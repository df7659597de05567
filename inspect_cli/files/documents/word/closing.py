"""Where signature and date stand under an official paper (GB/T 9704-2012, 7.3.5): measured in characters from the right.

With a seal (7.3.5.1), the date ends four characters from the right, and the signature is centred above it; the seal covers both, so
there is room above. Without one (7.3.5.2), the signature ends two characters from the right, and the date begins two characters right
of where the signature began; where the date is the longer one, it ends two characters from the right, and the signature gives way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.files.documents.word import measures
from inspect_cli.files.documents.word.blocks import Words
from inspect_cli.files.documents.word.looks import name_style
from inspect_cli.files.documents.word.markup import render_run, tag
from inspect_cli.files.documents.word.styles import Style
from inspect_cli.widths import cells, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspect_cli.core.publish.blocks import Front

_WITH_SEAL: Final = 8
_WITHOUT_SEAL: Final = 4
_ROOM_FOR_SEAL: Final = 2


def lay_out_closing(front: Front, language: str) -> Iterator[Words]:
    """Give signature and date, as far as the paper has them."""
    signature_indent, date_indent = find_indents(front)
    room = _ROOM_FOR_SEAL if front.has_seal else 1
    spacing = tag("spacing", before=room * measures.LINE)
    for style, text, indent in (
        (Style.SIGNATURE, front.signature, signature_indent),
        (Style.DATE, front.date, date_indent),
    ):
        if text:
            words = Words(properties=name_style(style), runs=render_run(text, {}, language))
            words = words.having("ind", tag("ind", rightChars=indent * 50, right=indent * measures.CHARACTER // 2))
            yield words.having("spacing", spacing) if style is Style.SIGNATURE or not front.signature else words


def find_indents(front: Front) -> tuple[int, int]:
    """Return how far signature and date end from the right, in half characters."""
    signature, date = cells(visible(front.signature)), cells(visible(front.date))
    if not front.signature or not front.date:
        indent = _WITH_SEAL if front.has_seal else _WITHOUT_SEAL
        indents = (indent, indent)
    elif front.has_seal:
        middle = _WITH_SEAL + (date - signature) // 2
        indents = (max(0, middle), _WITH_SEAL + max(0, -middle))
    elif date > signature:
        indents = (_WITHOUT_SEAL * 2 + date - signature, _WITHOUT_SEAL)
    else:
        indents = (_WITHOUT_SEAL, signature - date)
    # A signature that takes a whole line and more has no room to give.
    room = 2 * measures.CHARACTERS
    return min(indents[0], max(0, room - signature)), min(indents[1], max(0, room - date))
