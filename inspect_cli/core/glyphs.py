"""Characters that nobody sees, and characters that are another's wider form: what every reader of a cell takes out or folds.

What lives here: characters one by one. What does not: traditional characters (``registry.traditional``), words (``registry.words``), cells
(``registry.fields``).
"""

from __future__ import annotations

import unicodedata
from typing import Final

_FULL_WIDTH: Final = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
_VARIATION_SELECTORS: Final = dict.fromkeys(range(0xFE00, 0xFE10))


def drop_invisible(text: str) -> str:
    """Return ``text`` without formatting characters: zero-width ones, marks of direction, soft hyphens (category Cf)."""
    return text if text.isprintable() else "".join(c for c in text if unicodedata.category(c) != "Cf")


def fold_width(text: str) -> str:
    """Return ``text`` with full-width letters, digits and marks as ASCII has them."""
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def drop_variants(text: str) -> str:
    """Return ``text`` without variation selectors, which make a tick a picture of one."""
    return text if text.isascii() else text.translate(_VARIATION_SELECTORS)
