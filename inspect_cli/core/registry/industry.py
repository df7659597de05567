"""Industries by GB/T 4754-2017: the code at the beginning of what a file says, and what lies beneath a code.

What lives here: sections and their divisions, the reading of an industry, and the match of one against a filter. What does not: the
names of divisions, groups and classes, which a file may write after the code as it likes.

REG-19 An industry begins with its code of GB/T 4754-2017, a section's letter alone or with two to four digits, and keeps the words that
       stand after it. Two or four digits get the letter of the section that their division belongs to; three digits alone may have lost a
       leading zero, and are refused. The name of a section alone gets its letter. Other words are kept as they are, and told.
REG-20 A filter that begins with a code holds for every code beneath it; a filter of other words holds for what begins with them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from inspect_cli.core.glyphs import fold_width
from inspect_cli.core.registry.fields import parse_label
from inspect_cli.core.registry.traditional import simplify
from inspect_cli.errors import InputError, Message, say


class Section(NamedTuple):
    """A section (门类) of GB/T 4754-2017 with the first and the last of its divisions (大类)."""

    letter: str
    name: str
    first: int
    last: int


SECTIONS: Final = (
    Section("A", "农、林、牧、渔业", 1, 5),
    Section("B", "采矿业", 6, 12),
    Section("C", "制造业", 13, 43),
    Section("D", "电力、热力、燃气及水生产和供应业", 44, 46),
    Section("E", "建筑业", 47, 50),
    Section("F", "批发和零售业", 51, 52),
    Section("G", "交通运输、仓储和邮政业", 53, 60),
    Section("H", "住宿和餐饮业", 61, 62),
    Section("I", "信息传输、软件和信息技术服务业", 63, 65),
    Section("J", "金融业", 66, 69),
    Section("K", "房地产业", 70, 70),
    Section("L", "租赁和商务服务业", 71, 72),
    Section("M", "科学研究和技术服务业", 73, 75),
    Section("N", "水利、环境和公共设施管理业", 76, 79),
    Section("O", "居民服务、修理和其他服务业", 80, 82),
    Section("P", "教育", 83, 83),
    Section("Q", "卫生和社会工作", 84, 85),
    Section("R", "文化、体育和娱乐业", 86, 90),
    Section("S", "公共管理、社会保障和社会组织", 91, 96),
    Section("T", "国际组织", 97, 97),
)
"""The sections of GB/T 4754-2017 (国民经济行业分类), table 1, with the divisions of each; the amendment of 2019 changed none of them."""

_JOINTS: Final = re.compile(r"[、,，和与及\s]")
_MARK: Final = r"[\s:：.、,，_/|—-]"
_LETTERED: Final = re.compile(r"([A-Ta-t])[ -]?([0-9]{2,4})(?![0-9A-Za-z])")
_DIGITS: Final = re.compile(rf"([0-9]{{2,4}})(?=$|{_MARK})")
_LETTER: Final = re.compile(rf"([A-Ta-t])(?:$|{_MARK}*)")
_CODE: Final = re.compile(r"[A-T](?:[0-9]{2,4})?(?![0-9A-Za-z])")
_BY_LETTER: Final = {section.letter: section for section in SECTIONS}
_BY_NAME: Final = {_JOINTS.sub("", section.name): section for section in SECTIONS}


def parse_industry(text: str) -> str:
    """Read an industry (REG-19); ``InputError`` for three digits without a letter."""
    label = parse_label(text)
    folded = fold_width(label)
    if found := _LETTERED.match(folded):
        return found[1].upper() + found[2] + label[found.end() :]
    if section := _BY_NAME.get(_fold_name(folded)):
        return section.letter + label
    if section := _find_lettered(folded):
        return section.letter + _LETTER.sub("", folded, count=1)
    if found := _DIGITS.match(folded):
        if len(found[1]) == 3:  # noqa: PLR2004
            raise InputError(
                say("{code} may be a group of three digits, or a class whose leading zero is lost", code=found[1]),
                hint=say("write it with the letter of its section: C331, or A0331"),
            )
        letter = _letter_of(found[1])
        return letter + found[1] + label[found.end() :] if letter else label
    return label


def parse_industry_filter(text: str) -> str:
    """Read what a filter asks of an industry (REG-20): its code alone, or other words."""
    industry = parse_industry(text)
    return find_industry_code(industry) or industry


def find_industry_code(industry: str) -> str | None:
    """Return the code at the beginning of an industry of the registry; None where it has none."""
    found = _CODE.match(industry)
    if found is None or (len(found[0]) == 1 and _find_lettered(industry) is None):
        return None
    return found[0]


@lru_cache(maxsize=65_536)
def is_industry_within(industry: str, wanted: str) -> bool:
    """Say whether an industry of the registry meets what a filter asks for (REG-20)."""
    section = _BY_NAME.get(_fold_name(wanted))
    code = section.letter if section else find_industry_code(wanted)
    return industry.startswith(wanted) if code is None else (find_industry_code(industry) or "").startswith(code)


def find_industry_notice(industry: str) -> Message | None:
    """Return what a person should know of an industry of the registry: it has no code, or one that does not exist (REG-19)."""
    code = find_industry_code(industry)
    if code is None:
        return say("the industry has no code of GB/T 4754: rules by code pass it over")
    if len(code) > 1 and _letter_of(code[1:]) != code[0]:
        section = _BY_LETTER[code[0]]
        return say(
            "section {letter} of GB/T 4754 has the divisions {first} to {last}, and not {division}",
            letter=section.letter,
            first=f"{section.first:02}",
            last=f"{section.last:02}",
            division=code[1:3],
        )
    return None


def _find_lettered(text: str) -> Section | None:
    """Find the section that a letter names, alone or before the section's own name."""
    found = _LETTER.match(text)
    if found is None:
        return None
    section, name = _BY_LETTER[found[1].upper()], _fold_name(text[found.end() :])
    return section if not name or _BY_NAME.get(name) is section else None


def _fold_name(text: str) -> str:
    return _JOINTS.sub("", simplify(text))


def _letter_of(digits: str) -> str:
    """Return the letter of the section that holds the division of a code's digits; none where there is no such division."""
    division = int(digits[:2])
    return next((section.letter for section in SECTIONS if section.first <= division <= section.last), "")
