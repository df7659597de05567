"""Small registry files, and what an import says about them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from inspect_cli.core.bureau import new_bureau

if TYPE_CHECKING:
    from pathlib import Path

    from inspect_cli.errors import Mistake

BUREAU = new_bureau("某镇综合执法局", "某")
CODE, OTHER = "91350100M000100Y43", "91330106673959654P"  # GB 32100's example, and one that python-stdnum documents.
ENTITY_HEADER = (
    "企业名称,统一社会信用代码/注册号,法定代表人,住所,登记机关,管辖单位,行业,企业规模,信用风险等级,网格,登记状态,成立日期,"
    "联系人,联系方式,适用领域"
)
INSPECTOR_HEADER = "编号,姓名,执法证号,有效期至,发证机关,单位,中队,职务,执法领域,是否专家,可任组长,网格,每日上限,每月上限,手机号,人员状态"
VISIT_HEADER = "统一社会信用代码/注册号,检查日期,检查类型,检查领域,检查部门"


def write(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Write a file of these lines."""
    path = folder / "对象.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def told(mistakes: tuple[Mistake, ...]) -> list[tuple[int | None, str | None, str]]:
    """Give row, column and English text of each mistake or notice."""
    return [(one.where.row, one.where.column, str(one.what)) for one in mistakes]
