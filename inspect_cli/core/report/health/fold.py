"""How names, places and numbers are compared when twins and look-alikes are sought. Nothing that is kept is changed by it.

Rules:

HEALTH-7  Names and addresses are compared without regard to width, case, traditional characters, white space, brackets and other
          punctuation; names also without 有限公司, 有限责任公司, 公司 or 个体工商户 at their end, unless nothing else is left.
HEALTH-8  Zones are compared so too, and without the zeros before a number: 网格1 looks like 网格01.
HEALTH-9  Numbers are compared without case and punctuation, O as 0, I and L as 1.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.traditional import simplify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MARKS: Final = re.compile(r"[\W_]+")
_FORM: Final = re.compile(r"(?:(?:有限责任|责任有限|有限)?公司|个体工商户)$")
_ZEROS: Final = re.compile(r"(?<![0-9])0+(?=[0-9])")
_LIKENESS: Final = str.maketrans("oil", "011")


def fold_text(text: str) -> str:
    """Return an address or another text as it is compared (HEALTH-7)."""
    return _MARKS.sub("", simplify(unicodedata.normalize("NFKC", text).casefold()))


def fold_name(text: str) -> str:
    """Return a company's name as it is compared (HEALTH-7)."""
    folded = fold_text(text)
    return _FORM.sub("", folded) or folded


def fold_zone(text: str) -> str:
    """Return a zone's name as it is compared (HEALTH-8)."""
    return _ZEROS.sub("", fold_text(text))


def fold_number(text: str) -> str:
    """Return a number on the roster or on the list as a tired eye reads it (HEALTH-9)."""
    return fold_text(text).translate(_LIKENESS)


def find_likeness(word: str, listed: Iterable[str]) -> str | None:
    """Find the first of ``listed`` that looks like a zone that is not among them (HEALTH-8)."""
    folded = fold_zone(word)
    return next((one for one in listed if folded and fold_zone(one) == folded), None)


def find_likenesses(counts: Mapping[str, int], listed: tuple[str, ...]) -> dict[str, str | None]:
    """Find the zones in use that are not ``listed``, sorted, each with the listed one that it looks like.

    Where the settings list none, the one of several look-alikes that most rows use stands for a listed one, and no other is told.
    """
    if listed:
        known = frozenset(listed)
        return {zone: find_likeness(zone, listed) for zone in sorted(counts, key=str.encode) if zone not in known}
    first: dict[str, str] = {}
    for zone in sorted(counts, key=lambda one: (-counts[one], one.encode())):
        first.setdefault(fold_zone(zone), zone)
    likely = {zone: first[fold_zone(zone)] for zone in sorted(counts, key=str.encode)}
    return {zone: like for zone, like in likely.items() if like != zone}
