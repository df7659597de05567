"""Why a result that was approved is corrected.

What does not live here: which results may be corrected, and when (``review``), what stays of what is not said anew (``completion``), and
what the public learns of it (``core.publish``).

Rules:

CORRECT-1  A correction has one of the reasons below, named by its code or by one of its words; an unknown one is refused. What it rests
           on in this case, its basis says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.core.registry.words import fold_word
from inspect_cli.core.visit.result import Label
from inspect_cli.errors import UsageMistake, say

if TYPE_CHECKING:
    from collections.abc import Mapping


class CorrectionReason(StrEnum):
    """Why an approved result is corrected (CORRECT-1)."""

    ENTRY_ERROR = "entry-error"
    WRONG_COMPANY = "wrong-company"
    OBJECTION = "objection"
    RE_EXAMINED = "re-examined"
    DECISION = "decision"
    OTHER = "other"

    @property
    def label(self) -> Label:
        """Say the reason in Chinese or English."""
        return _LABELS[self]


_LABELS: Final = {
    CorrectionReason.ENTRY_ERROR: Label(zh="录入有误", en="recorded wrongly"),
    CorrectionReason.WRONG_COMPANY: Label(zh="检查对象有误", en="recorded for the wrong company"),
    CorrectionReason.OBJECTION: Label(zh="异议成立", en="the company's objection holds"),
    CorrectionReason.RE_EXAMINED: Label(zh="复核后改变认定", en="found otherwise when it was re-examined"),
    CorrectionReason.DECISION: Label(zh="复议、诉讼或上级决定", en="decided by a court, a review or a superior body"),
    CorrectionReason.OTHER: Label(zh="其他", en="other"),
}

_WORDS: Final[Mapping[CorrectionReason, tuple[str, ...]]] = {
    CorrectionReason.ENTRY_ERROR: ("录入错误", "填写错误", "填写有误", "笔误", "entry error"),
    CorrectionReason.WRONG_COMPANY: ("对象有误", "对象错误", "企业有误", "另一家企业", "wrong company"),
    CorrectionReason.OBJECTION: ("申诉成立", "企业异议", "当事人异议", "异议"),
    CorrectionReason.RE_EXAMINED: ("复核", "复核改变", "重新核查", "re-examination"),
    CorrectionReason.DECISION: ("行政复议", "行政诉讼", "法院判决", "上级决定", "上级纠正", "上级责令纠正"),
    CorrectionReason.OTHER: ("其它", "其他原因"),
}
_REASONS: Final = {
    fold_word(word): reason
    for reason in CorrectionReason
    for word in (reason.value, reason.label.zh, reason.label.en, *_WORDS[reason])
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Why an approved result has another version (REVIEW-3): a reason, the rule or finding it rests on, and who gave leave."""

    reason: CorrectionReason
    basis: str
    approver: str


def parse_correction_reason(text: str) -> CorrectionReason:
    """Read why a result is corrected (CORRECT-1); the ``UsageMistake`` lists the codes."""
    reason = _REASONS.get(fold_word(text))
    if reason is None:
        known = tuple(say("{code} ({word})", code=one.value, word=one.label.term) for one in CorrectionReason)
        raise UsageMistake(
            say("{text} is no reason of a correction", text=text.strip()),
            hint=say("give --reason one of {reasons}; say in --basis what it rests on", reasons=known),
        )
    return reason
