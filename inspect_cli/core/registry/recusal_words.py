"""Why somebody must not visit a company (回避事由), in the words of files and of people.

What lives here: the words of each reason, and what a recusal must say to be one. What does not: whom it bars (``recused``), and what
ends it (``take_back``).

Rules:

RECUSE-2  A reason is named by its code or by one of the words below; words are compared as REG-14 has it, and an unknown one is refused.
RECUSE-3  ``other`` says nothing by itself: it stands with a note.
RECUSE-4  A recusal names one entity or one group of companies, and never both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.inspector import RecusalReason
from inspect_cli.core.registry.words import fold_word
from inspect_cli.errors import InputError, say

if TYPE_CHECKING:
    from collections.abc import Mapping

REASON_WORDS: Final[Mapping[RecusalReason, tuple[str, ...]]] = {
    RecusalReason.KIN: (
        "亲属关系",
        "亲属",
        "近亲属",
        "近亲属关系",
        "亲属任职",
        "配偶",
        "夫妻",
        "kinship",
        "relative",
        "family",
    ),
    RecusalReason.SHARES: (
        "持有股份",
        "持股",
        "股份",
        "入股",
        "出资",
        "投资",
        "投资入股",
        "经济利益",
        "利害关系",
        "share",
        "shareholding",
        "shareholder",
    ),
    RecusalReason.EMPLOYMENT: (
        "曾任职",
        "任职",
        "曾在该单位任职",
        "原单位",
        "原工作单位",
        "原任职单位",
        "兼职",
        "former employer",
        "employer",
    ),
    RecusalReason.OWN_REQUEST: ("本人申请", "本人申请回避", "自行回避", "主动回避", "自行申请", "own application"),
    RecusalReason.COMPANY_REQUEST: (
        "企业申请",
        "企业申请回避",
        "当事人申请",
        "申请回避",
        "对象申请",
        "company's application",
        "company application",
    ),
    RecusalReason.OTHER: ("其他", "其它", "其他原因", "其他情形", "其他关系"),
}
"""Each reason's words, the one to write first; its own code is one too."""

_REASONS: Final = {fold_word(word): reason for reason, words in REASON_WORDS.items() for word in (reason.value, *words)}


def parse_recusal_reason(text: str) -> RecusalReason:
    """Read why somebody must not visit a company (RECUSE-2); the refusal (``InputError``) lists the words."""
    reason = _REASONS.get(fold_word(text))
    if reason is None:
        known = tuple(f"{words[0]} ({one.value})" for one, words in REASON_WORDS.items())
        raise InputError(
            say("{text} is no reason of recusal", text=text.strip()), hint=say("write one of {reasons}", reasons=known)
        )
    return reason


def require_note(reason: RecusalReason | None, note: str | None) -> None:
    """Refuse (``InputError``) the reason ``other`` without a note (RECUSE-3)."""
    if reason is RecusalReason.OTHER and not (note or "").strip():
        raise InputError(
            say("another reason of recusal is said in words"),
            hint=say("write it as the note (回避说明); it stays inside the store"),
        )


def require_one_target(entity: str | None, group: str | None) -> None:
    """Refuse (``InputError``) a recusal that names neither an entity nor a group, or both (RECUSE-4)."""
    if (entity is None) == (group is None):
        raise InputError(
            say("a recusal names one company or one group of companies"),
            hint=say("write two recusals, where both are meant"),
        )
