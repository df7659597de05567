"""The official words of a draw's notices, in both languages: reasons for which somebody was left out, kinds of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.core.draw.promise import SourceKind
from inspect_cli.core.draw.rows import Reason
from inspect_cli.core.draw.supplement.amend import STRATUM
from inspect_cli.core.plan.stratum import CARRIED_OVER
from inspect_cli.core.visit.result import Label

if TYPE_CHECKING:
    from inspect_cli.core.bureau import Bureau
    from inspect_cli.core.names import Domain

REASONS: Final = {
    Reason.RETIRED: Label(zh="已退出名录库", en="no longer in the registry"),
    Reason.MONTH: Label(zh="本月已抽中或已受检查", en="already drawn or visited this month"),
    Reason.CAP: Label(zh="已达年度检查频次上限", en="yearly cap of visits reached"),
    Reason.COOLING_OFF: Label(zh="处于检查冷却期内", en="within the cooling-off time after a visit"),
    Reason.FILTER: Label(zh="不在本次抽查范围内", en="outside the scope of this plan"),
    Reason.OTHER_SLOT: Label(zh="已列入其他抽查任务", en="held by another draw"),
}
"""Why an entity, or one of its domains, is not in the frame; no reason says anything about a single company."""

SOURCES: Final = {
    SourceKind.TEXT: Label(zh="密封文字", en="sealed text"),
    SourceKind.DICE: Label(zh="公开掷骰", en="dice rolled in public"),
    SourceKind.LOTTERY: Label(zh="公开彩票开奖号码", en="public lottery numbers"),
    SourceKind.DRAND: Label(zh="drand 公共随机信标", en="drand randomness beacon"),
    SourceKind.NIST: Label(zh="NIST 公共随机信标", en="NIST randomness beacon"),
}

COOLING_OFF: Final = Label(zh="检查冷却期", en="Cooling-off time after a visit")
VISITS_A_YEAR: Final = Label(zh="次／年", en="a year")
MONTHS: Final = Label(zh="个月", en="months")

DRAWN: Final = Label(zh="已抽取", en="drawn")
PENDING: Final = Label(zh="已承诺，尚未抽取", en="committed, not drawn yet")
VOID: Final = Label(zh="已作废", en="void")


_STRATA: Final = {
    STRATUM: Label(zh="补充抽取", en="supplement"),
    CARRIED_OVER: Label(zh="结转", en="carried over"),
}


def label_stratum(stratum: str) -> Label:
    """Say a stratum in both languages: one that the rules make by its word, any other by its name in the registry."""
    return _STRATA.get(stratum, Label(zh=stratum, en=stratum))


def label_domain(bureau: Bureau, domain: Domain) -> Label:
    """Say a domain in both languages, as the bureau's settings do."""
    return Label(zh=bureau.domain_label(domain, "zh"), en=bureau.domain_label(domain, "en"))


def label_cap(of: Label | None = None) -> Label:
    """Say a yearly cap in both languages: the bureau's own, or that of a domain, a class or a matter."""
    if of is None:
        return Label(zh="年度检查频次上限", en="Cap of visits")
    return Label(zh=f"{of.zh}年度检查频次上限", en=f"Cap of visits for {of.en}")
