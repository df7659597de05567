"""HTML that nobody vouches for as tags and texts, in time proportional to its length.

What lives here: just enough of the HTML standard (section 13.2.5, tokenization) to tell tags, texts and what is passed over. What does
not: tables (``html``). The standard library's parser is not used: markup that is never closed it reads again and again.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from inspect_cli.files.intake.forms.refusals import Reason, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG: Final = re.compile(r"""<(/?)([A-Za-z][^\s/>"'<]{0,63})((?:[^>"']|"[^"]*"|'[^']*')*+)>""")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]*))?""")
_NAME: Final = re.compile(r"""<(/?)([A-Za-z][^\s/>"'<]{0,63})""")
_OPENING: Final = re.compile("<[!?/A-Za-z]")
_TAG_LIMIT: Final = 16_384
_RAW: Final = ("script", "style", "title", "textarea", "xml")
_FAILURES: Final = 1_000
"""So many tags with quotation marks that do not match are borne."""
_SIGNS: Final = 100_000
"""So many signs of their own (less than), which a page would write otherwise."""


class Tag(NamedTuple):
    """A tag's name in small letters, whether it ends an element, and its attributes as written."""

    name: str
    is_end: bool
    attributes: str


def tokenize(text: str) -> Iterator[Tag | str]:
    """Give tags and texts in order; comments, declarations, scripts, styles and what is never closed are left out.

    Raises ``Unreadable`` for a text that is no markup.
    """
    place = failures = signs = 0
    while (start := text.find("<", place)) >= 0:
        if start > place:
            yield text[place:start]
        found = _TAG.match(text, start, start + _TAG_LIMIT) if failures < _FAILURES else None
        if found is None:
            place = _pass_over(text, start)
            name = _NAME.match(text, start)
            if place == start:  # A sign of its own: less than.
                place, signs = start + 1, signs + 1
                if signs > _SIGNS:
                    raise Unreadable(Reason.DAMAGED)
                yield "<"
            elif name is not None:  # Its quotation marks do not match.
                failures += 1
                yield Tag(name[2].lower(), name[1] == "/", "")
            continue
        place = found.end()
        tag = Tag(found[2].lower(), found[1] == "/", found[3])
        if tag.name in _RAW and not tag.is_end:
            end = re.compile(f"</{tag.name}", re.IGNORECASE).search(text, place)
            place = end.start() if end else len(text)
        else:
            yield tag
    if place < len(text):
        yield text[place:]


def _pass_over(text: str, start: int) -> int:
    """Return where a comment, a declaration or a broken tag ends; ``start`` when it is none of these."""
    if text.startswith("<!--", start):
        end, length = text.find("-->", start), 3
    elif _OPENING.match(text, start):
        end, length = text.find(">", start), 1
    else:
        return start
    return len(text) if end < 0 else end + length


def parse_attributes(text: str) -> dict[str, str]:
    """Return a tag's attributes, their names in small letters; of equal ones the first counts."""
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(text):
        value = found[2] or ""
        if value[:1] in {'"', "'"}:
            value = value[1:-1]
        attributes.setdefault(found[1].lower(), unescape(value))
    return attributes
