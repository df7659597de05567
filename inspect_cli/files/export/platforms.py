"""The sheets of other platforms: which columns they have, in which order, and what stands in each. Every cell is a text.

The headers are those of the platforms (docs/platforms.md says where they were found), whatever language the screen speaks. A result is
given by its number, as the published rules number it, and by its word; a platform that numbers otherwise goes by the word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from inspect_cli.core.publish.platform import CreditLine, Platform, ProvincialLine
from inspect_cli.files.export import kinds
from inspect_cli.files.export.layouts import Column, Layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from inspect_cli.core.publish.platform import PlatformTask

T = TypeVar("T")

_JOINT: Final = "、"
_CHECK: Final = "抽查"

_TASK: Final[tuple[tuple[str, Callable[[PlatformTask], object]], ...]] = (
    ("抽查计划名称", lambda one: one.plan),
    ("抽查任务编号", lambda one: one.slot),
    ("抽查类型", lambda one: "定向" if one.is_targeted else "不定向"),
)
_PROVINCIAL: Final[tuple[tuple[str, Callable[[ProvincialLine], object]], ...]] = (
    ("检查对象名称", lambda one: one.name),
    ("统一社会信用代码", lambda one: one.code),
    ("检查机关", lambda one: one.task.bureau),
    ("检查人员", lambda one: _JOINT.join(one.people)),
    ("执法证号", lambda one: _JOINT.join(one.certificates)),
    ("抽查领域", lambda one: one.domain),
    ("抽查事项编号", lambda one: one.matter),
    ("抽查事项", lambda one: one.matter_name),
    ("检查方式", lambda one: one.method.label.zh),
    ("检查日期", lambda one: one.finished.isoformat()),
    ("检查结果代码", lambda one: one.result.value),
    ("检查结果", lambda one: one.result.label.zh),
    ("发现问题情况", lambda one: one.finding),
    ("后续处置", lambda one: None if one.follow_up is None else one.follow_up.kind.label.zh),
    ("整改期限", lambda one: None if one.follow_up is None else one.follow_up.until),
    ("审核日期", lambda one: one.approved),
    ("公示日期", lambda one: one.published),
    ("公示文号", lambda one: one.document),
)
_CREDIT: Final[tuple[tuple[str, Callable[[CreditLine], object]], ...]] = (
    ("企业名称", lambda one: one.name),
    ("统一社会信用代码", lambda one: one.code),
    ("检查实施机关", lambda one: one.task.bureau),
    ("类型", lambda _: _CHECK),
    ("日期", lambda one: one.finished.isoformat()),
    ("结果", lambda one: one.result.label.zh),
    ("备注", lambda one: "；".join(one.results)),
    ("公示文号", lambda one: one.document),
    ("公示日期", lambda one: one.published.isoformat()),
)
_WIDE: Final = frozenset(
    {"抽查计划名称", "检查对象名称", "企业名称", "检查结果", "结果", "备注", "发现问题情况", "抽查事项"}
)

INTERNAL: Final = ("检查人员", "执法证号", "发现问题情况", "后续处置", "整改期限")
"""The columns of the provincial sheet that may never be public."""


def platform_layout(platform: Platform) -> Layout[Any]:
    """Give the sheet of a platform."""
    if platform is Platform.CREDIT:
        return Layout(title="抽查检查信息", columns=(*_tasks(CreditLine), *map(_column, _CREDIT)))
    return Layout(title="抽查检查结果", columns=(*_tasks(ProvincialLine), *map(_column, _PROVINCIAL)))


def _tasks(_: type[T]) -> tuple[Column[T], ...]:
    return tuple(_column((header, _of_task(value))) for header, value in _TASK)


def _of_task(value: Callable[[PlatformTask], object]) -> Callable[[Any], object]:
    return lambda one: value(one.task)


def _column(mapped: tuple[str, Callable[[Any], object]]) -> Column[Any]:
    header, value = mapped
    return Column(header=header, value=value, kind=kinds.PARAGRAPHS if header in _WIDE else kinds.TEXT, is_read=False)
