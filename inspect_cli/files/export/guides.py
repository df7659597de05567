"""One line for each column of an empty sheet: what whoever fills it in should write there, in Chinese and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspect_cli.errors import Term

if TYPE_CHECKING:
    from collections.abc import Mapping


def find_guide(noun: str, field: str, language: str) -> str:
    """Give the line of a sheet's column; the sheet's own stands before the one that all sheets share."""
    return (_GUIDES[noun].get(field) or _SHARED[field]).in_language(language)


_TAGS: Final = Term(zh="多个用、分隔", en="joined by commas")
_SHARED: Final[Mapping[str, Term]] = {
    "credit_code": Term(
        zh="必填。18位统一社会信用代码，或15位注册号", en="Needed. 18 characters, or a registration number of 15"
    ),
    "day": Term(zh="必填。如2026-03-05", en="Needed. As 2026-03-05"),
    "department": Term(zh="必填。谁去检查的", en="Needed. Who came"),
    "domains": Term(
        zh="必填，多个用、分隔；按本局规则确定的可不填",
        en="Needed, joined by commas, but where rules give them",
    ),
    "first": Term(zh="必填。如2026-03-05", en="Needed. As 2026-03-05"),
    "group": Term(zh="同一出资人或集团的企业填同一名称", en="The same name for all companies of one owner"),
    "inspector": Term(zh="必填。名录库中的人员编号", en="Needed. The number in the roster"),
    "last": Term(zh="必填。含当日", en="Needed. The day itself included"),
    "name": Term(zh="必填。与营业执照一致", en="Needed. As on the business licence"),
    "start": Term(zh="空白：自始", en="Empty: from ever"),
    "end": Term(zh="含当日；空白：长期", en="The day itself included; empty: for ever"),
    "tags": _TAGS,
    "telephone": Term(zh="仅供联系，不公示", en="For the bureau alone, never published"),
    "zone": Term(zh="所在网格", en="Where it lies"),
}

_GUIDES: Final[Mapping[str, Mapping[str, Term]]] = {
    "entity": {
        "legal_representative": Term(zh="法定代表人或负责人", en="Or who is in charge"),
        "address": Term(zh="住所或经营场所", en="Where it is registered, or works"),
        "registration_authority": Term(zh="营业执照上的登记机关", en="As on the business licence"),
        "supervising_unit": Term(zh="日常监管单位", en="Who supervises it day by day"),
        "industry": Term(zh="国民经济行业代码（GB/T 4754）", en="The code of GB/T 4754"),
        "size": Term(zh="大型、中型、小型或微型", en="Large, medium, small or micro"),
        "risk_class": Term(zh="A、B、C、D", en="A, B, C, D"),
        "risk_class_date": Term(zh="该等级的评定日期，如2026-03-05", en="The day on which it was set, as 2026-03-05"),
        "registration_status": Term(zh="如存续、在业", en="As the register has it"),
        "established": Term(zh="如2026-03-05", en="As 2026-03-05"),
        "contact": Term(zh="仅供联系，不公示", en="For the bureau alone, never published"),
    },
    "inspector": {
        "id": Term(zh="必填。每人一个，不重复", en="Needed. One a person"),
        "name": Term(zh="必填", en="Needed"),
        "certificate": Term(zh="专家以外必填", en="Needed but for experts"),
        "valid_until": Term(zh="如2026-03-05，或长期", en="As 2026-03-05, or long-term"),
        "issuing_authority": Term(zh="执法证的发证机关", en="Who issued the certificate"),
        "unit": Term(zh="所在单位或部门", en="Where the person works"),
        "squad": Term(zh="与本局设置中的名称一致", en="By the name in the bureau's settings"),
        "position": Term(zh="现任职务", en="The position held"),
        "skills": Term(zh="必填，多个用、分隔", en="Needed, joined by commas"),
        "is_expert": Term(zh="是或否；专家只协助", en="Yes or no; an expert only assists"),
        "may_lead": Term(zh="是或否", en="Yes or no"),
        "zones": Term(zh="多个用、分隔；空白：不限", en="Joined by commas; empty: any"),
        "day_cap": Term(zh="整数；空白：按本局设置", en="A whole number; empty: as the settings say"),
        "month_cap": Term(zh="整数；空白：按本局设置", en="A whole number; empty: as the settings say"),
        "in_service": Term(zh="有效或失效", en="Valid or invalid"),
    },
    "matter": {
        "id": Term(zh="必填。每项一个，不重复", en="Needed. One a matter"),
        "domain": Term(zh="必填。一项一个领域", en="Needed. One a matter"),
        "name": Term(zh="必填", en="Needed"),
        "content": Term(zh="检查什么", en="What is checked"),
        "basis": Term(zh="必填。法律法规名称和条款", en="Needed. The law and its article"),
        "object_type": Term(zh="文字说明，见于公告", en="In words, for the notices"),
        "method": Term(zh="如实地检查、书面检查", en="On site, by papers …"),
        "ratio": Term(zh="如5%", en="As 5%"),
        "frequency": Term(zh="如每年1次", en="As once a year"),
        "weight": Term(zh="一般或重点", en="Ordinary or key"),
        "source_of_power": Term(zh="法定、赋权或委托", en="By law, conferred or delegated"),
        "valid_from": Term(zh="如2026-03-05；空白：自始", en="As 2026-03-05; empty: from ever"),
        "valid_until": Term(zh="含当日；空白：长期", en="The day itself included; empty: for ever"),
        "visits_a_year": Term(zh="每户每年最多几次；空白：按本局设置", en="A whole number; empty: as the settings say"),
        "of_industries": Term(zh="行业代码，多个用、分隔；空白：不限", en="Codes joined by commas; empty: any"),
        "of_sizes": Term(zh="多个用、分隔；空白：不限", en="Joined by commas; empty: any"),
        "of_risk_classes": Term(zh="多个用、分隔；空白：不限", en="Joined by commas; empty: any"),
        "of_tags": Term(zh="多个用、分隔；空白：不限", en="Joined by commas; empty: any"),
        "remarks": Term(zh="可不填", en="May be empty"),
    },
    "visit": {
        "kind": Term(zh="必填。综合、日常、专项检查计入频次", en="Needed. Combined, routine and special ones count"),
        "domains": Term(zh="必填，多个用、分隔", en="Needed, joined by commas"),
        "matters": Term(zh="查了哪些事项，多个用、分隔", en="Which were checked, joined by commas"),
    },
    "leave": {"reason": Term(zh="仅供本局", en="For the bureau alone")},
    "recusal": {
        "credit_code": Term(zh="与所属集团二者填一", en="This, or the group"),
        "group": Term(zh="回避该集团全部企业", en="Bars all its companies"),
        "reason": Term(zh="必填。不公示", en="Needed. Never published"),
        "note": Term(zh="选“其他”时必填；不公示", en="Needed for another reason; never published"),
    },
}
