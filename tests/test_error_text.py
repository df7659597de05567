"""What is wrong, where, what to do."""

from __future__ import annotations

from inspect_cli import language
from inspect_cli.error_text import MISTAKES_SHOWN, render_error, render_mistake
from inspect_cli.errors import InputError, Mistake, Position, say


def _mistake(row: int, **changes: object) -> Mistake:
    values = {"what": say("the check character is wrong"), "where": Position(file="对象.csv", row=row, column="注册号")}
    return Mistake(**{**values, **changes})  # type: ignore[arg-type]


def test_an_error_has_three_parts() -> None:
    """The first line says what is wrong, the second where, the third what to do."""
    error = InputError(say("row {row}", row=1), where=Position(file="a.toml"), hint=say("interrupted"))
    assert render_error(error) == ["Error: row 1", "Where: a.toml", "What to do: interrupted"]
    language.settle("zh")
    assert render_error(error) == ["错误：第1行", "位置：a.toml", "办法：已中断"]


def test_parts_that_nobody_knows_are_left_out() -> None:
    """Without a place and a hint the error is one line."""
    assert render_error(InputError(say("interrupted"))) == ["Error: interrupted"]


def test_mistakes_name_row_column_and_value() -> None:
    """Each mistake of the file is one line; the file is named once, a remedy that many share once."""
    remedy = say("interrupted")
    mistakes = (_mistake(3, value="91\u202e", remedy=remedy), _mistake(17, remedy=remedy))
    error = InputError(say("row {row}", row=1), where=Position(file="对象.csv"), hint=say("yes/no"), mistakes=mistakes)
    assert render_error(error) == [
        "Error: row 1",
        "Where: 对象.csv",
        "  row 3, 注册号: “91⟨U+202E⟩”: the check character is wrong",
        "  row 17, 注册号: the check character is wrong",
        "What to do: interrupted",
        "What to do: yes/no",
    ]


def test_remedy_of_one_mistake_stands_beneath_it() -> None:
    """Of several mistakes one that has a remedy of its own has it right beneath; a single mistake's stands with the error's."""
    shared, own = say("interrupted"), say("row {row}", row=9)
    mistakes = (_mistake(3, remedy=shared), _mistake(4, remedy=own), _mistake(5, remedy=shared), _mistake(6))
    assert render_error(InputError(say("yes/no"), where=Position(file="对象.csv"), mistakes=mistakes))[2:] == [
        "  row 3, 注册号: the check character is wrong",
        "  row 4, 注册号: the check character is wrong",
        "    What to do: row 9",
        "  row 5, 注册号: the check character is wrong",
        "  row 6, 注册号: the check character is wrong",
        "What to do: interrupted",
    ]
    alone = InputError(say("yes/no"), where=Position(file="对象.csv"), mistakes=(_mistake(3, remedy=own),))
    assert render_error(alone)[2:] == ["  row 3, 注册号: the check character is wrong", "What to do: row 9"]


def test_a_mistake_elsewhere_names_its_file() -> None:
    """A mistake in another file than the error's names it; a value of any length is quoted short."""
    where = Position(file="b\n.csv")
    error = InputError(say("interrupted"), mistakes=(_mistake(1, where=where, value="长" * 4000),))
    (line,) = render_error(error)[1:]
    assert line.startswith("  b⟨U+000A⟩.csv: “长")
    assert line.endswith("…”: the check character is wrong")
    assert len(line) < 100


def test_a_thousand_mistakes_are_counted() -> None:
    """The first fifty are shown, and how many more there are."""
    error = InputError(say("interrupted"), mistakes=tuple(_mistake(row) for row in range(1, 1001)))
    lines = render_error(error)
    assert len(lines) == 1 + MISTAKES_SHOWN + 1
    assert lines[-1] == "  … and 950 more"


def test_the_sheet_of_a_workbook_is_named_once() -> None:
    """The sheet stands in the head, and before a row only where that is on another sheet than the head's."""
    places = [Position(file="对象.xlsx", sheet=sheet, row=17, column="统一社会信用代码") for sheet in ("名录", "其他")]
    mistakes = tuple(Mistake(what=say("interrupted"), where=where) for where in places)
    error = InputError(say("interrupted"), where=Position(file="对象.xlsx", sheet="名录"), mistakes=mistakes)
    assert render_error(error)[1:] == [
        "Where: 对象.xlsx, sheet 名录",
        "  row 17, 统一社会信用代码: interrupted",
        "  sheet 其他, row 17, 统一社会信用代码: interrupted",
    ]
    language.settle("zh")
    assert render_mistake(mistakes[0], None) == "对象.xlsx，工作表 名录，第17行，统一社会信用代码：已中断"


def test_a_value_is_quoted_once() -> None:
    """A value that the sentence itself quotes is not put before it as well."""
    where = Position(file="对象.csv", row=2, column="适用领域")
    head = Position(file="对象.csv")
    for quoted, line in (("消防", "row 2, 适用领域: “消防” again"), ("水", "row 2, 适用领域: “水”: “消防” again")):
        mistake = Mistake(what=say("“{word}” again", word="消防"), where=where, value=quoted)
        assert render_mistake(mistake, head) == line
