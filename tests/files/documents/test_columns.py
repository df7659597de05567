"""The widths of columns, which PDF and Word share: codes stay whole, and who writes by hand has room."""

from __future__ import annotations

import pytest

from inspect_cli.core.publish.blocks import Column, Span, Table
from inspect_cli.files.documents.columns import Place, fit_columns
from inspect_cli.files.documents.measuring import Setter
from tests.files.documents.pdf.sheets import line, table

TEXT_AREA = 156 / 25.4 * 72
"""Points of a line of an official paper."""
HEADS = ("序号", "检查对象", "统一社会信用代码（注册号）", "检查完成日期", "各领域检查结果", "备注")
RESULTS = "环保：发现问题已责令改正；卫生：未发现问题；劳动：发现问题待后续处理；安全：未发现问题"


def _fit(rows: list[tuple[str, ...]], setter: Setter) -> tuple[float, tuple[float, ...]]:
    fitting = fit_columns(table(HEADS, *rows), Place(room=TEXT_AREA, language="zh", is_form=False, setter=setter))
    return fitting.size, fitting.widths


@pytest.mark.parametrize("setter", Setter)
def test_result_notice(setter: Setter) -> None:
    """In the six columns of a result notice a code of eight capitals has the room that Times New Roman takes, and results have the most."""
    row = ("1", "示例镇通宙印刷有限公司", "91990100MAUL7KGPX4", "2026年12月1日", RESULTS, "实地检查")
    size, widths = _fit([row] * 60, setter)
    assert size == 9.0
    # M 0.889, A U L K G P X 0.722, 0.722, 0.611, 0.722, 0.722, 0.556, 0.722, and ten digits of half an em.
    assert widths[2] >= 5 + 0.889 + 4 * 0.722 + 0.611 + 0.722 + 0.556
    assert max(widths) == widths[4] or setter is Setter.WORD
    assert widths[0] >= 2
    assert widths[5] >= 4


def test_a_day_gives_way_before_the_results_do() -> None:
    """Typst is told where a day may be broken, so that it needs the room of its month and day alone; Word is not."""
    row = ("1", "示例镇通宙印刷有限公司", "91990100MAUL7KGPX4", "2026年12月16日", RESULTS, "实地检查")
    _size, broken = _fit([row] * 60, Setter.TYPST)
    _size, whole = _fit([row] * 60, Setter.WORD)
    assert broken[3] < 7 < whole[3]


@pytest.mark.parametrize("setter", Setter)
def test_room_to_write_in(setter: Setter) -> None:
    """A column without a text that asks for room is much wider than its neighbours; one with a text gets none for asking."""
    asking = Table(
        columns=tuple(
            Column(head=line(head), room=room) for head, room in (("事项", 0), ("情况", 16), ("意见", 10), ("结果", 0))
        ),
        rows=((line("危险化学品储存场所安全管理情况，重大危险源辨识和评估情况，应急预案"), (), (), ()),) * 20,
    )
    place = Place(room=500, language="zh", is_form=True, setter=setter)
    _matter, found, handled, result = fit_columns(asking, place).widths
    assert found > handled > result >= 4.5
    filled = Table(columns=asking.columns, rows=tuple((row[0], *[(Span(text="有"),)] * 3) for row in asking.rows))
    assert len(set(fit_columns(filled, place).widths[1:])) == 1


def test_heads_alone() -> None:
    """A table without rows has columns as its heads want, and none of them is a place to write in."""
    fitting = fit_columns(table(("甲", "乙乙乙乙")), Place(room=400, language="zh", is_form=True))
    assert fitting.widths[1] > fitting.widths[0] > 0


def test_widths_fill_the_room() -> None:
    """The columns in points, with their padding, are exactly as wide as their place."""
    fitting = fit_columns(
        table(HEADS, ("1", "a", "b", "c", "d", "e")), Place(room=TEXT_AREA, language="en", is_form=False)
    )
    assert sum(fitting.scale_widths(TEXT_AREA)) == pytest.approx(TEXT_AREA)
