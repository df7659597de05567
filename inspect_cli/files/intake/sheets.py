"""The kinds of sheet that bureaus exchange, each with its fields and their headers.

What lives here: words only. How they are matched is ``headers``' matter, what the cells say their readers'.
"""

from __future__ import annotations

from typing import Final

from inspect_cli.errors import say
from inspect_cli.files.intake.headers import Sheet

_CREDIT_CODE: Final = (
    "统一社会信用代码/注册号",
    "统一社会信用代码",
    "统一社会信用代码或注册号",
    "社会信用代码",
    "统一信用代码",
    "统一社会信用码",
    "统一代码",
    "统一社会信用代码、注册号",
    "信用代码",
    "unified social credit code",
    "credit code/registration number",
    "entity",
)
_REGISTRATION_NUMBER: Final = ("注册号", "工商注册号", "营业执照注册号", "registration no")
_INSPECTOR: Final = ("编号", "人员编号", "执法人员编号", "检查人员编号", "工号", "roster number", "inspector", "id")
_EARLIER: Final = dict.fromkeys(
    ("上次抽查日期", "上次检查日期", "最近抽查日期", "最近检查日期", "last visit", "last inspected"),
    say("earlier visits are kept in the ledger: import them with inspect-cli visit import"),
)
_ZONE: Final = (
    "网格",
    "片区",
    "所属网格",
    "所属片区",
    "责任网格",
    "负责网格",
    "网格名称",
    "所在网格",
    "网格编号",
    "zone",
    "grid",
)
_TELEPHONE: Final = ("联系方式", "手机号", "联系电话", "电话", "手机", "手机号码", "phone", "mobile")

ENTITIES: Final = Sheet(
    fields={
        "name": (
            "企业名称",
            "市场主体名称",
            "经营主体名称",
            "检查对象",
            "检查对象名称",
            "单位名称",
            "名称",
            "企业全称",
            "市场主体",
            "经营主体",
            "对象名称",
            "企业(机构)名称",
            "company name",
            "company",
            "entity name",
            "enterprise name",
        ),
        "credit_code": (*_CREDIT_CODE, "id"),
        "registration_number": _REGISTRATION_NUMBER,
        "legal_representative": (
            "法定代表人",
            "法人代表",
            "法人",
            "法定代表人/负责人",
            "法定代表人姓名",
            "负责人姓名",
            "负责人",
            "经营者",
        ),
        "address": (
            "住所",
            "注册地址",
            "经营场所",
            "住所/经营场所",
            "经营地址",
            "企业地址",
            "地址",
            "企业住所",
            "登记住所",
            "生产经营地址",
            "实际经营地址",
            "详细地址",
            "registered address",
        ),
        "registration_authority": ("登记机关", "registered with"),
        "supervising_unit": (
            "管辖单位",
            "管辖机关",
            "监管单位",
            "主管单位",
            "管辖部门",
            "监管部门",
            "管辖所",
            "监管所",
            "属地监管所",
            "jurisdiction",
        ),
        "industry": (
            "行业",
            "行业代码",
            "行业类别",
            "行业门类",
            "所属行业",
            "行业名称",
            "国民经济行业",
            "国民经济行业代码",
            "所属行业代码",
            "industry code",
        ),
        "size": ("企业规模", "规模", "规模类型", "enterprise size"),
        "risk_class": (
            "信用风险等级",
            "风险分类",
            "信用风险分类",
            "信用风险分类等级",
            "风险等级",
            "信用等级",
            "信用分类",
            "信用风险",
            "企业信用风险分类",
            "企业信用风险等级",
            "信用风险分类结果",
            "credit risk class",
            "credit risk level",
            "risk level",
        ),
        "zone": _ZONE,
        "registration_status": ("登记状态", "经营状态", "企业状态", "市场主体状态", "主体状态", "营业状态", "status"),
        "established": ("成立日期", "成立时间", "设立日期", "注册日期", "date of establishment", "date established"),
        "contact": ("联系人", "联系人姓名", "contact person"),
        "telephone": _TELEPHONE,
        "risk_class_date": ("评定日期", "分类日期", "风险分类日期", "信用风险分类日期", "定级日期", "date of class"),
        "group": ("所属集团", "集团", "集团名称", "关联企业组", "company group"),
        "tags": ("标签", "企业标签", "特征标签", "tag"),
        "domains": ("适用领域", "监管领域", "检查领域", "涉及领域", "执法领域", "领域", "applicable domains", "domain"),
    },
    required=(("name",), ("credit_code", "registration_number"), ("domains",)),
    ways_out={
        "domains": say(
            "add it, say with --map HEADER=domains which column holds it, or let [[applicable]] rules of inspect.toml give the domains"
        ),
    },
    apart=_EARLIER,
)

INSPECTORS: Final = Sheet(
    fields={
        "id": _INSPECTOR,
        "name": ("姓名", "人员姓名", "执法人员", "执法人员姓名", "检查人员姓名"),
        "certificate": (
            "执法证号",
            "执法证编号",
            "执法证件号",
            "执法证件编号",
            "行政执法证号",
            "行政执法证件号",
            "行政执法证件编号",
            "执法证号码",
            "执法证件号码",
            "执法证",
            "证号",
            "certificate number",
            "certificate no",
        ),
        "valid_until": (
            "有效期至",
            "执法证有效期",
            "执法证有效期至",
            "有效期",
            "执法证件有效期",
            "证件有效期",
            "证件有效期至",
            "有效期限",
            "到期日期",
            "有效截止日期",
            "valid to",
            "expiry date",
        ),
        "issuing_authority": ("发证机关", "颁发机关", "发证单位", "issued by"),
        "unit": (
            "单位",
            "部门",
            "所属单位",
            "工作单位",
            "单位/部门",
            "所在单位",
            "执法单位",
            "所属部门",
            "工作部门",
            "执法机关",
            "department",
        ),
        "squad": ("中队", "所属中队", "队伍"),
        "position": ("职务", "职务/岗位", "岗位", "title"),
        "skills": (
            "执法领域",
            "岗位资格",
            "执法事项范围",
            "专业领域",
            "检查领域",
            "业务领域",
            "执法类别",
            "岗位类别",
            "领域",
            "domains",
            "domain",
            "qualifications",
        ),
        "is_expert": ("是否专家", "专家", "expert"),
        "may_lead": ("可任组长", "是否可任组长", "组长", "是否组长", "team leader", "can lead"),
        "zones": (*_ZONE, "grids"),
        "day_cap": ("每日上限", "日上限", "visits a day", "daily cap"),
        "month_cap": ("每月上限", "月上限", "visits a month", "monthly cap"),
        "telephone": _TELEPHONE,
        "in_service": ("人员状态", "在岗状态", "证件状态", "状态", "执法证状态", "status"),
    },
    required=(("id",), ("name",), ("certificate",), ("skills",)),
    absent={
        "valid_until": say("without this column every certificate is taken as long-term"),
        "may_lead": say("without this column nobody may lead a team"),
    },
)

MATTERS: Final = Sheet(
    fields={
        "id": ("编号", "事项编号", "事项编码", "number", "matter number", "matter"),
        "domain": ("抽查领域", "所属领域", "检查领域", "执法领域", "领域"),
        "name": ("抽查事项", "抽查事项名称", "检查事项", "事项名称", "事项", "matter name"),
        "content": ("抽查内容", "抽查事项内容", "检查内容", "内容"),
        "basis": ("抽查依据", "检查依据", "法律依据", "执法依据", "依据", "legal basis"),
        "object_type": ("抽查对象", "检查对象", "对象", "objects"),
        "method": ("抽查方式", "检查方式", "方式"),
        "ratio": ("抽查比例", "检查比例", "比例"),
        "frequency": ("抽查频次", "检查频次", "频次", "抽查频率"),
        "visits_a_year": ("每年上限", "年频次上限", "频次上限", "每户每年次数", "visits a year at most"),
        "of_industries": ("适用行业", "对象行业", "行业范围", "industries"),
        "of_sizes": ("适用规模", "对象规模", "规模范围", "sizes"),
        "of_risk_classes": ("适用风险等级", "适用信用等级", "对象风险等级", "风险等级范围", "risk classes"),
        "of_tags": ("适用标签", "对象标签", "标签范围", "tags"),
        "weight": ("事项类别", "事项类别(一般/重点)", "事项类型", "类别", "category", "class"),
        "source_of_power": ("权力来源", "职权来源"),
        "valid_from": ("生效日期", "起始日期", "effective from"),
        "valid_until": ("失效日期", "终止日期", "有效期至", "effective until"),
        "remarks": ("备注", "说明", "remark", "notes"),
    },
    required=(("id",), ("domain",), ("name",), ("basis",)),
)

VISITS: Final = Sheet(
    fields={
        "credit_code": (*_CREDIT_CODE, "id"),
        "registration_number": _REGISTRATION_NUMBER,
        "day": ("检查日期", "检查完成时间", "完成日期", "检查时间", "检查完成日期", "日期", "date", "visit date"),
        "kind": ("检查类型", "检查类别", "检查性质", "kind of visit", "visit kind", "type"),
        "domains": ("检查领域", "抽查领域", "领域", "domain"),
        "department": ("检查部门", "检查机关", "检查单位", "检查主体", "实施部门", "部门"),
        "matters": ("抽查事项", "事项编号", "检查事项", "事项编码", "检查事项编号", "matter numbers", "matter number"),
    },
    required=(("credit_code", "registration_number"), ("day",), ("kind",), ("domains",), ("department",)),
)

LEAVE: Final = Sheet(
    fields={
        "inspector": _INSPECTOR,
        "first": ("开始日期", "起始日期", "首日", "first day", "start", "from"),
        "last": ("结束日期", "截止日期", "末日", "last day", "end", "until", "to"),
        "reason": ("原因", "请假原因", "事由"),
    },
    required=(("inspector",), ("first",), ("last",)),
)

RECUSALS: Final = Sheet(
    fields={
        "inspector": _INSPECTOR,
        "credit_code": _CREDIT_CODE,
        "registration_number": _REGISTRATION_NUMBER,
        "group": ("所属集团", "集团", "集团名称", "关联企业组", "company group"),
        "reason": ("回避原因", "回避事由", "原因", "事由", "recusal reason"),
        "note": ("回避说明", "具体情况", "说明", "备注", "remarks"),
        "start": ("开始日期", "起始日期", "first day", "first", "from"),
        "end": ("结束日期", "截止日期", "last day", "last", "until", "to"),
    },
    required=(("inspector",), ("credit_code", "registration_number", "group"), ("reason",)),
)
