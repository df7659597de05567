"""The words by which registry files name domains, kinds of visit, and the weight of a matter.

What lives here: Chinese and English words, folded to what they mean. What does not: the words of headers (``files.intake``)
and of notices (templates).

REG-12 A domain is named by its name, its label in either language, or an alias of the bureau's; an unknown word is refused. Where every
       part is such a word, a blank, ``/``, ``+``, ``&``, ``·``, 和, 与 or 及 joins domains too.
REG-13 A visit's kind is named by the words below; an unknown word is refused, for the kind decides whether the visit counts.
REG-14 Words are compared without regard to width, case, white space, invisible characters, and simplified or traditional script.
REG-15 A risk class A to D is its letter, also when it is written a, A级, A类 or A级企业; any other class is kept as a label.
REG-21 A size is 大, 中, 小 or 微, also when it is written 大型, 中型企业 or micro; any other, such as 小微, is kept as a label.
REG-22 A company whose registration status says 注销, 吊销, 撤销, 迁出, 停业, 歇业, 关闭 or 清算, or so in English, is told; 未注销 alone
       says nothing. Its row stays until somebody retires it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from inspect_cli.core.glyphs import drop_variants
from inspect_cli.core.registry.fields import parse_code, parse_label, parse_list
from inspect_cli.core.registry.ledger import VisitKind
from inspect_cli.core.registry.traditional import simplify
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspect_cli.core.bureau import DomainLabel
    from inspect_cli.core.names import Domain

VISIT_WORDS: Final[Mapping[VisitKind, tuple[str, ...]]] = {
    VisitKind.COMBINED: ("综合检查", "综合查一次", "综合", "联合检查", "联合抽查", "联合", "combined visit"),
    VisitKind.ROUTINE: (
        "日常检查",
        "日常",
        "例行检查",
        "常规检查",
        "双随机",
        "双随机检查",
        "双随机抽查",
        "随机抽查",
        "routine visit",
    ),
    VisitKind.SPECIAL: ("专项检查", "专项", "专项整治", "special check"),
    VisitKind.COMPLAINT: ("投诉举报", "举报投诉", "投诉", "举报", "投诉举报核查"),
    VisitKind.ASSIGNED: ("上级交办", "交办", "转办", "交办转办", "转办交办", "assigned case"),
    VisitKind.TIP: ("监测线索", "线索", "监测预警", "线索核查", "tip from monitoring"),
    VisitKind.RECHECK: ("整改复查", "复查", "re-check"),
    VisitKind.REQUEST: ("企业申请", "申请检查", "依申请", "own request"),
    VisitKind.LICENSING: ("许可核查", "许可", "行政许可", "许可现场核查"),
    VisitKind.EMERGENCY: ("应急处置", "应急", "突发事件"),
}
"""Each kind's words; its own name is one too."""


def fold_word(text: str) -> str:
    """Return ``text`` as words are compared (REG-14)."""
    return simplify(unicodedata.normalize("NFKC", drop_variants(parse_code(text)))).casefold()


_KINDS: Final = {fold_word(word): kind for kind, words in VISIT_WORDS.items() for word in (kind.value, *words)}
_RISK_CLASS: Final = re.compile(r"([a-d])[级类等]?(?:企业)?")
_SIZE: Final = re.compile(r"([大中小微])型?(?:企业)?")
_SIZES: Final = {"large": "大", "medium": "中", "medium-sized": "中", "small": "小", "micro": "微"}
_GONE: Final = re.compile(
    r"(?<!未)注销|吊销|撤销|迁出|停业|歇业|关闭|清算|deregister|revoked|cancel|closed|moved(?:away|out)|dissol|liquidat"
)
_LOOSE_JOINT: Final = re.compile(r"[\s/／\\＼+＋&＆·・和与與及]+")
_KEY: Final = frozenset({"重点", "重点检查", "重点检查事项", "重点事项", "key"})
_ORDINARY: Final = frozenset({"一般", "一般检查", "一般检查事项", "一般事项", "ordinary", "general"})


def domain_words(labels: tuple[DomainLabel, ...]) -> dict[str, Domain]:
    """Return every word that names a domain, folded; where two domains share a word, it names the first (REG-12)."""
    words: dict[str, Domain] = {}
    for label in labels:
        for word in (label.domain, label.zh, label.en, *label.aliases):
            words.setdefault(fold_word(word), label.domain)
    return words


def parse_domains(text: str, words: Mapping[str, Domain]) -> tuple[Domain, ...]:
    """Read the domains that a cell names, sorted, each once (REG-12); ``words`` come from ``domain_words``."""
    domains = {domain for value in parse_list(text) for domain in _split_domains(value, words)}
    if not domains:
        raise InputError(
            say("no domain is named"), hint=say("name at least one of {domains}", domains=_domain_names(words))
        )
    return tuple(sorted(domains))


def parse_domain(text: str, words: Mapping[str, Domain]) -> Domain:
    """Read the one domain that a cell names (REG-12)."""
    domain = words.get(fold_word(text))
    if domain is None:
        raise InputError(
            say("{text} is no domain of the bureau", text=text.strip()),
            hint=say(
                "name one of {domains}, or add the word to the domain's aliases in inspect.toml",
                domains=_domain_names(words),
            ),
        )
    return domain


def _split_domains(text: str, words: Mapping[str, Domain]) -> tuple[Domain, ...]:
    """Read one word, or several that only a blank or a slash joins, all of them known (REG-12)."""
    if fold_word(text) not in words:
        parts = tuple(words.get(fold_word(part)) for part in _LOOSE_JOINT.split(text) if part)
        known = tuple(part for part in parts if part is not None)
        if len(known) == len(parts) > 1:
            return known
    return (parse_domain(text, words),)


def parse_visit_kind(text: str) -> VisitKind:
    """Read why somebody came (REG-13)."""
    kind = _KINDS.get(fold_word(text))
    if kind is None:
        raise InputError(
            say("{text} is no kind of visit", text=text.strip()),
            hint=say("name one of {kinds}", kinds=tuple(words[0] for words in VISIT_WORDS.values())),
        )
    return kind


def parse_weight(text: str) -> bool:
    """Read whether a matter is a key one (重点) rather than an ordinary one (一般)."""
    word = fold_word(text)
    if word in _KEY:
        return True
    if word in _ORDINARY:
        return False
    raise InputError(
        say("{text} is neither an ordinary nor a key matter", text=text.strip()), hint=say("write 一般 or 重点")
    )


def parse_risk_class(text: str) -> str:
    """Read a credit risk class (REG-15)."""
    found = _RISK_CLASS.fullmatch(fold_word(text))
    return found[1].upper() if found else parse_label(text)


def parse_size(text: str) -> str:
    """Read the size of an enterprise (REG-21)."""
    word = fold_word(text)
    found = _SIZE.fullmatch(word)
    return found[1] if found else _SIZES.get(word) or parse_label(text)


@lru_cache(maxsize=1024)
def is_gone(status: str) -> bool:
    """Say whether a registration status means that the company is there no more (REG-22)."""
    return _GONE.search(fold_word(status)) is not None


def _domain_names(words: Mapping[str, Domain]) -> tuple[str, ...]:
    """Name the domains by the words that come right after their names: the Chinese labels."""
    shown: dict[Domain, str] = {}
    for word, domain in words.items():
        if domain not in shown or shown[domain] == domain:
            shown[domain] = word
    return tuple(shown.values())
