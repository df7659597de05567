"""Where tags stand in a bureau's Word template: in the text of paragraphs, each whole and short, however Word has split it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from inspect_cli.errors import InputError, Position, say
from inspect_cli.files.documents.word.markup import WORD
from inspect_cli.widths import cut, visible

if TYPE_CHECKING:
    from inspect_cli.errors import Message
    from inspect_cli.files.documents.word.template_package import Package

TAG_LIMIT: Final = 200
"""Characters of one tag."""
COUNT_LIMIT: Final = 2_000
"""Tags of one part."""

_W: Final = f"{{{WORD}}}"
_ENDS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_SIGN: Final = re.compile(r"\{[{%#]")
_SHOWN: Final = 60


def require_tags(package: Package, file: str) -> None:
    """Raise ``InputError`` for a tag that is not complete within its paragraph, too long, or outside of text."""
    for path, tree in package.trees.items():
        count = 0
        for paragraph in tree.iter(f"{_W}p"):
            text = "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))
            shown = cut(visible(text[: 2 * _SHOWN]), _SHOWN)
            lengths = _measure_tags(text)
            if lengths is None:
                _refuse(say("{part}: a tag is not closed within its paragraph: “{text}”", part=path, text=shown), file)
            if any(length > TAG_LIMIT for length in lengths):
                _refuse(
                    say(
                        "{part}: a tag is longer than {count} characters: “{text}”",
                        part=path,
                        count=TAG_LIMIT,
                        text=shown,
                    ),
                    file,
                )
            count += len(lengths)
        if count > COUNT_LIMIT:
            _refuse(say("{part}: there are more than {count} tags", part=path, count=COUNT_LIMIT), file)
        if any(map(_has_tag_outside, tree.iter())):
            _refuse(say("{part}: a tag stands outside of text", part=path), file)


def _measure_tags(text: str) -> list[int] | None:
    """Give the length of each tag; None where one is not closed. A text of signs alone is given up at the first of them."""
    lengths: list[int] = []
    place = 0
    while sign := _SIGN.search(text, place):
        end = text.find(_ENDS[sign[0]], sign.end())
        if end < 0:
            return None
        place = end + 2
        lengths.append(place - sign.start())
    return lengths


def _has_tag_outside(node: Any) -> bool:
    if any(_SIGN.search(value) for value in node.attrib.values()) or _SIGN.search(node.tail or ""):
        return True
    return node.tag != f"{_W}t" and _SIGN.search(node.text or "") is not None


def _refuse(what: Message, file: str) -> NoReturn:
    raise InputError(what, where=Position(file=file), hint=say("correct the template in Word, and save it again"))
