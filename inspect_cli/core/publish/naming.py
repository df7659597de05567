"""How a company is named in public: sole traders as the bureau's settings say.

Rules:

MASK-1  Where the settings say so, a sole trader is named by the first character of its name, or as a sole trader alone; of its number
        the last four characters are shown then, since the whole number tells the name. Companies are named in full.
MASK-2  A sole trader is what the registry's size calls so, and whoever has a unified code that begins with 92 (GB 32100-2015: 9 commerce
        and industry, 2 sole traders).
"""

from __future__ import annotations

from typing import Final, assert_never

from inspect_cli.core.bureau import SoleTraders
from inspect_cli.core.publish.lines import PublicCompany
from inspect_cli.core.visit.result import Label

SOLE_TRADER: Final = Label(zh="个体工商户", en="sole trader")

_WORDS: Final = frozenset({"个体", "个体户", "个体工商户", "soletrader", "sole trader"})
_KIND_OF_CODE: Final = "92"
_CODE_LENGTH: Final = 18
_SHOWN: Final = 4


def is_sole_trader(number: str, size: str | None) -> bool:
    """Say whether an entity is a sole trader (MASK-2); ``size`` is None where the registry knows none."""
    is_called_so = size is not None and size.strip().casefold() in _WORDS
    return is_called_so or (len(number) == _CODE_LENGTH and number.startswith(_KIND_OF_CODE))


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
