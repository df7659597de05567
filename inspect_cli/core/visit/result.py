"""Result classes (检查结果) and methods of a check, in the words of the published rules. What follows from a result is ``follow_up``.

Rules:

CLASS-1  A result is one of thirteen classes; they are numbered as the platforms number them.
CLASS-2  For a company the worst result of its domains stands; all of them are listed.
CLASS-3  Classes 9 to 13 say that the company itself is gone, so they hold for each of a visit's domains or for none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Final

from inspect_cli.errors import Term

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """An official word in Chinese, as the rules write it, and in English."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """Say the word in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en

    @property
    def term(self) -> Term:
        """Give the word as a message's value."""
        return Term(zh=self.zh, en=self.en)


class ResultClass(IntEnum):
    """What a check found (CLASS-1)."""

    NO_PROBLEM = 1
    NOT_DISCLOSED = 2
    DISCLOSED_FALSELY = 3
    UNREACHABLE = 4
    ORDERED_TO_RECTIFY = 5
    UNCOOPERATIVE = 6
    NO_SUCH_BUSINESS = 7
    TO_BE_HANDLED = 8
    CLOSED = 9
    DEREGISTERED = 10
    LICENCE_REVOKED = 11
    REGISTRATION_RESCINDED = 12
    MOVED_AWAY = 13

    @property
    def is_gone(self) -> bool:
        """Say whether the class means that the company itself is gone (CLASS-3)."""
        return self >= ResultClass.CLOSED

    @property
    def label(self) -> Label:
        """Say the class in the words of the rules."""
        return _RESULT_LABELS[self]


_RESULT_LABELS: Final = {
    ResultClass.NO_PROBLEM: Label(zh="未发现问题", en="no problem found"),
    ResultClass.NOT_DISCLOSED: Label(
        zh="未按规定公示应当公示的信息", en="information that must be disclosed was not disclosed"
    ),
    ResultClass.DISCLOSED_FALSELY: Label(
        zh="公示信息隐瞒真实情况、弄虚作假", en="disclosed information conceals the facts or is false"
    ),
    ResultClass.UNREACHABLE: Label(
        zh="通过登记的住所(经营场所)无法联系", en="cannot be reached at the registered address (place of business)"
    ),
    ResultClass.ORDERED_TO_RECTIFY: Label(zh="发现问题已责令改正", en="problems found, ordered to rectify"),
    ResultClass.UNCOOPERATIVE: Label(zh="不配合检查情节严重", en="serious refusal to cooperate with the check"),
    ResultClass.NO_SUCH_BUSINESS: Label(
        zh="未发现开展本次抽查涉及的经营活动", en="the business that this check concerns is not carried on"
    ),
    ResultClass.TO_BE_HANDLED: Label(zh="发现问题待后续处理", en="problems found, still to be handled"),
    ResultClass.CLOSED: Label(zh="已关闭停业或正在组织清算", en="closed down or being wound up"),
    ResultClass.DEREGISTERED: Label(zh="注销", en="deregistered"),
    ResultClass.LICENCE_REVOKED: Label(zh="被吊销", en="business licence revoked"),
    ResultClass.REGISTRATION_RESCINDED: Label(zh="被撤销", en="registration rescinded"),
    ResultClass.MOVED_AWAY: Label(zh="迁出", en="moved to another district"),
}

SEVERITY: Final = (
    # Nothing was found, or nothing that could have been found.
    ResultClass.NO_PROBLEM,
    ResultClass.NO_SUCH_BUSINESS,
    # The company is gone: of its own will, then by an authority's act against its registration, then as a penalty.
    ResultClass.MOVED_AWAY,
    ResultClass.DEREGISTERED,
    ResultClass.CLOSED,
    ResultClass.REGISTRATION_RESCINDED,
    ResultClass.LICENCE_REVOKED,
    # A fault that the company can still put right within a term.
    ResultClass.NOT_DISCLOSED,
    ResultClass.ORDERED_TO_RECTIFY,
    # Entered in the list of abnormal operations at once (经营异常名录).
    ResultClass.UNREACHABLE,
    # Open, a penalty is possible; then deceit; then resistance, which leaves everything else unchecked.
    ResultClass.TO_BE_HANDLED,
    ResultClass.DISCLOSED_FALSELY,
    ResultClass.UNCOOPERATIVE,
)
"""The classes from the mildest to the worst, by what follows for the company. The numbers are names and no order of severity."""


def find_worst(results: Iterable[ResultClass]) -> ResultClass:
    """Find the worst of at least one result (CLASS-2)."""
    return max(results, key=SEVERITY.index)


class Method(StrEnum):
    """How a domain was checked."""

    ON_SITE = "on-site"
    WRITTEN = "written"
    ONLINE = "online"
    TESTING = "testing"
    OTHER_BODY = "other-body"

    @property
    def label(self) -> Label:
        """Say the method in the words of the rules."""
        return _METHOD_LABELS[self]


_METHOD_LABELS: Final = {
    Method.ON_SITE: Label(zh="实地检查", en="on-site check"),
    Method.WRITTEN: Label(zh="书面检查", en="check of documents"),
    Method.ONLINE: Label(zh="网络监测", en="online monitoring"),
    Method.TESTING: Label(zh="检验检测", en="inspection and testing"),
    Method.OTHER_BODY: Label(zh="采用其他机构的检查结果", en="results of another body"),
}
