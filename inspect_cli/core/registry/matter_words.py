"""What the free texts of a matter list say plainly: methods, ratios, how often a year, and where the power comes from.

What lives here: reading words that bureaus write, each kept as it is written as well. What does not: to whom a matter applies
(``applies``), and whether a visit keeps to its cap (``core.plan.frame.caps``).

Rules:

MATTER-4  A method is one of the words below; several stand joined (REG-7). Another word is kept, and told.
MATTER-5  A ratio names a share: 3%, 2‰, 0.03, 1/3, 百分之三, 全覆盖. Another text is kept, and told.
MATTER-6  How often a year an entity may be checked is read from the frequency (抽查频次) where the file has no column for it
          (每年上限), and only from what says it plainly: 2次/年, 每年2次, 每年不超过2次. What names a least number, another time or a ratio
          says nothing.
MATTER-7  A source of power is 法定, 赋权 or 委托, by one of the words below. Another word is kept, and told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.fields import parse_label, parse_list
from inspect_cli.core.registry.words import fold_word

if TYPE_CHECKING:
    from collections.abc import Mapping

METHODS: Final = (
    *("实地检查", "实地核查", "实地", "现场检查", "现场核查", "现场", "on site", "on-site"),
    *("书面检查", "书面核查", "书面审查", "书面", "written", "in writing"),
    *("网络监测", "网络检查", "网上检查", "线上检查", "在线监测", "网络", "非现场检查", "非现场监管", "online"),
    *("检验检测", "抽样检测", "抽样检验", "抽检", "检测", "检验", "监督抽检", "检验、检测", "testing"),
    *("委托专业机构", "专业机构核查", "委托核查", "其他部门检查结果", "其他单位结果", "采用其他部门结果", "结果互认"),
    "other bodies' results",
)  # fmt: skip
"""The methods by which a matter is checked (MATTER-4)."""

POWER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "法定": ("法定", "法定职权", "法定权力", "法律法规规定", "法律法规授权", "法律授权", "statutory", "by law"),
    "赋权": ("赋权", "赋权事项", "下放", "下放赋权", "县级赋权", "省级赋权", "授予", "conferred", "assigned"),
    "委托": ("委托", "委托执法", "受委托", "委托事项", "entrusted", "delegated"),
}
"""The sources of power, each with its words (MATTER-7)."""

_METHODS: Final = frozenset(map(fold_word, METHODS))
_POWERS: Final = {fold_word(word): power for power, words in POWER_WORDS.items() for word in words}
_RATIO: Final = re.compile(
    r"[0-9](?:\.[0-9]+)?[%‰]|(?<![0-9.])0?\.[0-9]|[0-9]/[0-9]|百分之|千分之|分之|全覆盖|全部|逐户"
)
_NUMBER: Final = r"(?:[0-9]{1,3}|[一二两三四五六七八九十])"
_AT_MOST: Final = r"(?:≤|<=|不超过|不得超过|不多于|不高于|至多|最多|不大于)?"
_WHOM: Final = r"(?:每户|每家|每企|每企业|每个企业|每家企业|同一企业|同一对象|同一检查对象|对同一对象)?"
_TIMES: Final = rf"{_AT_MOST}{_NUMBER}次(?:以内|以下)?"
_A_YEAR: Final = re.compile(
    rf"{_WHOM}(?:{_TIMES}[/每]+(?:一|1)?年(?:度)?|{_AT_MOST}(?:每|一|1)(?:个)?(?:自然)?年(?:度)?{_WHOM}(?:抽查|检查|开展|实施)?{_TIMES})"
)
_NUMBERED: Final = re.compile(rf"({_NUMBER})次")
_CHINESE: Final = {character: number for number, character in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}


def find_strange_methods(text: str) -> tuple[str, ...]:
    """Find the words of a method that are none of the known ones (MATTER-4), in their order."""
    if fold_word(text) in _METHODS:
        return ()
    return tuple(
        word for word in parse_list(text.replace("+", "、").replace("/", "、")) if fold_word(word) not in _METHODS
    )


def is_ratio(text: str) -> bool:
    """Say whether a text names a ratio (MATTER-5)."""
    return _RATIO.search(fold_word(text)) is not None


def find_visits_a_year(frequency: str) -> int | None:
    """Find how often a year an entity may be checked, where a frequency says it plainly (MATTER-6); at least 1."""
    found = _A_YEAR.fullmatch(fold_word(frequency).rstrip("。.;"))
    if found is None:
        return None
    number = _NUMBERED.findall(found[0])[-1]
    return (_CHINESE[number] if number in _CHINESE else int(number)) or None


def parse_power(text: str) -> str:
    """Read a source of power: its own word where one of the words names it, else the text as it stands (MATTER-7)."""
    return _POWERS.get(fold_word(text)) or parse_label(text)
