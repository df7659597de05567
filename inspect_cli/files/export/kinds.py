"""How each kind of value stands in a cell, and by which rule the import will read it.

What lives here: for a kind of field (a name, a code, a day, domains …) its text and the reader of that text, so that an export can say
beforehand whether a value comes back as it is. What does not: which columns a table has (``layouts``), and the files (``table``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from inspect_cli.core.registry import days, fields, words
from inspect_cli.core.registry.recusal_words import REASON_WORDS, parse_recusal_reason
from inspect_cli.errors import InputError
from inspect_cli.files.intake.cells import is_blank_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from inspect_cli.core.bureau import Bureau, DomainLabel
    from inspect_cli.core.names import Domain

JOINT: Final = {"zh": "、", "en": ", "}
LONG_TERM: Final = {"zh": "长期", "en": "long-term"}
_YES_NO: Final = {"zh": ("否", "是"), "en": ("no", "yes")}
_WEIGHTS: Final = {"zh": ("一般", "重点"), "en": ("ordinary", "key")}
_STANDINGS: Final = {"zh": ("失效", "有效"), "en": ("invalid", "valid")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of value: the texts that may stand for it, the best first, and how the import reads a text.

    ``choices`` are offered to whoever fills in a cell; ``is_closed``: no other value would be read. ``width`` is that of the column,
    in letters.
    """

    write: Callable[[Any], tuple[str, ...]]
    parse: Callable[[str], object]
    width: int = 14
    choices: tuple[str, ...] = ()
    is_closed: bool = False

    def express(self, value: object) -> tuple[str, bool]:
        """Give the first text that the import reads as ``value``, or the first of all; and whether the import does."""
        texts = self.write(value)
        for text in texts:
            if self._is_read_as(text, value):
                return text, True
        return texts[0], False

    def _is_read_as(self, text: str, value: object) -> bool:
        if text != text.strip() or is_blank_text(text) or fields.is_spreadsheet_error(text):
            return False
        try:
            return self.parse(text) == value
        except InputError:
            return False


def _plain(value: object) -> tuple[str, ...]:
    return (str(value),)


def _code(value: object) -> tuple[str, ...]:
    """Write a code; one that would lose its own mark, or looks rounded, is marked as text as a spreadsheet would (REG-3)."""
    return (f"{value}", f"'{value}", f'="{value}"')


TEXT: Final = Kind(write=_plain, parse=fields.parse_text, width=24)
PARAGRAPHS: Final = Kind(write=_plain, parse=fields.parse_paragraphs, width=36)
PERSON: Final = Kind(write=_plain, parse=fields.parse_text)
LABEL: Final = Kind(write=_plain, parse=fields.parse_label)
OFFICE: Final = Kind(write=_plain, parse=fields.parse_label, width=26)
SAID_TEXT: Final = Kind(write=_plain, parse=partial(fields.parse_or_none, parse=fields.parse_text), width=20)
SAID_LABEL: Final = Kind(write=_plain, parse=partial(fields.parse_or_none, parse=fields.parse_label))
"""Where 无 says that there is none (REG-17)."""
ENTITY: Final = Kind(write=_code, parse=fields.parse_entity_code, width=22)
INSPECTOR: Final = Kind(write=_code, parse=fields.parse_inspector_id, width=12)
MATTER: Final = Kind(write=_code, parse=fields.parse_matter_id, width=12)
CERTIFICATE: Final = Kind(write=_code, parse=fields.parse_certificate, width=20)
DAY: Final = Kind(write=_plain, parse=days.parse_day, width=12)
END: Final = Kind(write=_plain, parse=days.parse_end, width=12)
COUNT: Final = Kind(write=_plain, parse=fields.parse_count, width=10)
RISK_CLASS: Final = Kind(write=_plain, parse=words.parse_risk_class, width=14, choices=("A", "B", "C", "D"))
NOTHING_READ: Final = Kind(write=_plain, parse=str)
"""What only informs: the import passes such a column over."""


def list_kind(language: str, parse_one: Callable[[str], Any] = fields.parse_label) -> Kind:
    """Make the kind of several values in one cell (REG-7), sorted as the registries keep them."""

    def parse(text: str) -> tuple[object, ...]:
        return tuple(sorted({parse_one(part) for part in fields.parse_list(text)}))

    return Kind(write=lambda values: (JOINT[language].join(map(str, values)),), parse=parse, width=18)


def end_kind(language: str) -> Kind:
    """Make the kind of a last day whose absence is said in words (REG-5)."""
    return Kind(write=lambda day: (LONG_TERM[language] if day is None else str(day),), parse=days.parse_end, width=12)


def yes_no_kind(language: str) -> Kind:
    """Make the kind of an answer (REG-6)."""
    return _pair(_YES_NO[language], fields.parse_yes_no)


def weight_kind(language: str) -> Kind:
    """Make the kind of a matter's weight: 一般 or 重点."""
    return _pair(_WEIGHTS[language], words.parse_weight)


def standing_kind(language: str) -> Kind:
    """Make the kind of somebody's standing (人员状态): 有效 or 失效."""
    pair = _STANDINGS[language]
    return _pair(pair, lambda text: text == pair[1])


def _pair(pair: tuple[str, str], parse: Callable[[str], object]) -> Kind:
    return Kind(write=lambda value: (pair[bool(value)],), parse=parse, width=12, choices=pair[::-1], is_closed=True)


def visit_kind(language: str) -> Kind:
    """Make the kind of why somebody came (REG-13)."""
    shown = {kind: (known[0] if language == "zh" else kind.value) for kind, known in words.VISIT_WORDS.items()}
    return Kind(
        write=lambda kind: (shown[kind],),
        parse=words.parse_visit_kind,
        choices=tuple(shown.values()),
        is_closed=True,
    )


def reason_kind(language: str) -> Kind:
    """Make the kind of a recusal's reason (RECUSE-2)."""
    shown = {reason: (known[0] if language == "zh" else reason.value) for reason, known in REASON_WORDS.items()}
    return Kind(
        write=lambda reason: (shown[reason],),
        parse=parse_recusal_reason,
        choices=tuple(shown.values()),
        is_closed=True,
    )


def domain_kind(bureau: Bureau, language: str) -> Kind:
    """Make the kind of one domain, by the label that names it and no other (REG-12)."""
    known = words.domain_words(bureau.domains)
    named = _domain_names(bureau, language)
    return Kind(
        write=lambda domain: (named.get(domain, domain),),
        parse=partial(words.parse_domain, words=known),
        choices=tuple(named.values()),
        is_closed=True,
    )


def domains_kind(bureau: Bureau, language: str) -> Kind:
    """Make the kind of several domains in one cell, by their labels."""
    known = words.domain_words(bureau.domains)
    named = _domain_names(bureau, language)
    return Kind(
        write=lambda domains: (JOINT[language].join(named.get(domain, domain) for domain in domains),),
        parse=partial(words.parse_domains, words=known),
        width=20,
        choices=tuple(named.values()),
    )


def _domain_names(bureau: Bureau, language: str) -> dict[Domain, str]:
    """Name each domain by the first of its words that an import reads as this domain alone."""
    known = words.domain_words(bureau.domains)
    named: dict[Domain, str] = {}
    for label in bureau.domains:
        readable = (word for word in _words_of(label, language) if _is_domain(word, label.domain, known))
        named.setdefault(label.domain, next(readable, label.domain))
    return named


def _words_of(label: DomainLabel, language: str) -> Iterable[str]:
    shown = (label.zh, label.en) if language == "zh" else (label.en, label.zh)
    return (*shown, label.domain, *label.aliases)


def _is_domain(word: str, domain: Domain, known: dict[str, Domain]) -> bool:
    try:
        return words.parse_domains(word, known) == (domain,)
    except InputError:
        return False
