"""How a company is named in public: sole traders as the bureau's settings say.

Rules:

MASK-1  Where the settings say so, a sole trader is named by the first character of its name, or as a sole trader alone; of its number
        the last four characters are shown then, since the whole number tells the name. Companies are named in full.
MASK-2  A sole trader is what the registry's size calls so, with whatever behind the word, and whoever has a number that says so: a
        unified code that begins with 92 (GB 32100-2015: 9 commerce and industry, 2 sole traders), or a registration number of 15 digits
        whose seventh is 6 to 9 (GS 15-2006, 4.3: 0 to 3 domestic enterprises, 4 and 5 foreign ones, 6 to 9 sole traders).
MASK-3  The notices of a draw and its supplements go on naming whom one of them named as the first of them did, whatever the registry and
        the settings say later; so do the years for which a line is shown.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, assert_never

from inspect_cli.core.bureau import SoleTraders
from inspect_cli.core.publish.lines import PublicCompany
from inspect_cli.core.visit.result import Label

SOLE_TRADER: Final = Label(zh="个体工商户", en="sole trader")

_WORDS: Final = ("个体", "soletrader")
_NUMBERS: Final = re.compile(r"92[0-9A-Z]{16}|[0-9]{6}[6-9][0-9]{8}")
_SHOWN: Final = 4


def is_sole_trader(number: str, size: str | None) -> bool:
    """Say whether an entity is a sole trader (MASK-2); ``size`` is None where the registry knows none."""
    word = "".join(unicodedata.normalize("NFKC", size or "").casefold().split())
    return word.startswith(_WORDS) or _NUMBERS.fullmatch(number) is not None


def name_company(number: str, name: str, rule: SoleTraders | None) -> PublicCompany:
    """Name a company in full (None), or a sole trader as the rule says (MASK-1)."""
    match rule:
        case None | SoleTraders.FULL:
            return PublicCompany(id=number, name=name)
        case SoleTraders.FIRST:
            return PublicCompany(id=_mask(number), name=f"{name[:1]}**")
        case SoleTraders.CODE:
            return PublicCompany(id=_mask(number), name=SOLE_TRADER)
        case _:
            assert_never(rule)


def _mask(number: str) -> str:
    """Show the last four characters, and nothing of a number that is hardly longer."""
    return f"****{number[-_SHOWN:]}" if len(number) > 2 * _SHOWN else "****"
