"""The walk over a registry file: all mistakes at once with row and column, and notices for what is no mistake."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_cli.errors import InputError, InspectError
from inspect_cli.files.intake.book import Form
from inspect_cli.files.intake.choices import ReadChoices
from inspect_cli.files.intake.entities import read_entities
from inspect_cli.files.intake.inspectors import read_inspectors
from inspect_cli.files.intake.leave import read_leave
from inspect_cli.files.intake.visits import read_visits
from tests.files.intake.files import BUREAU, CODE, ENTITY_HEADER, INSPECTOR_HEADER, OTHER, VISIT_HEADER, told, write

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 21)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    """Each wrong cell of each row is told with row, column, value and remedy, and nothing is taken."""
    path = write(
        tmp_path,
        "企业名称,统一社会信用代码/注册号,成立日期,适用领域",
        f"甲,{CODE},2016-02-30,消防",
        f",{CODE[:-1]}A,,",
        f"乙\x07,{OTHER},2016-01-01,安全,落在表外",
        "丙,9.13501E+17,2016-01-01,安全",
    )
    with pytest.raises(InputError, match="mistakes in the file: 8; nothing is taken") as caught:
        read_entities(path, BUREAU)
    assert sorted((row, column) for row, column, _ in told(caught.value.mistakes) if column) == [
        (2, "成立日期"),
        (2, "适用领域"),
        (3, "企业名称"),
        (3, "统一社会信用代码/注册号"),
        (3, "适用领域"),
        (4, "企业名称"),
        (5, "统一社会信用代码/注册号"),
    ]
    assert (4, None, "the value stands under no header") in told(caught.value.mistakes)
    assert all(mistake.remedy is not None for mistake in caught.value.mistakes)
    assert [mistake.value for mistake in caught.value.mistakes if mistake.where.row == 5] == ["9.13501E+17"]


def test_missing_and_doubled_columns(tmp_path: Path) -> None:
    """Columns that are missing or doubled are told before any row, with the headers that were found."""
    path = write(tmp_path, "企业名称,行业,行业代码", "甲,C34,C34")
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    assert [(column, text) for _, column, text in told(caught.value.mistakes)] == [
        ("统一社会信用代码/注册号", "the column is missing"),
        ("适用领域", "the column is missing"),
        ("行业", "column B means the same as another one, 行业"),
        ("行业代码", "column C means the same as another one, 行业"),
    ]
    assert "企业名称, 行业, 行业代码" in str(caught.value.mistakes[0].remedy)
    assert "--map" in str(caught.value.mistakes[3].remedy)
    assert "--report" not in str(caught.value.hint)


def test_two_columns_of_one_header(tmp_path: Path) -> None:
    """Columns with the same header are told by their letters, and --map, which knows columns by headers, is not offered."""
    path = write(tmp_path, "企业名称,统一社会信用代码,适用领域,企业名称", "甲,91350100M000100Y43,安全,乙")
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    assert [text.split(" means")[0] for _, _, text in told(caught.value.mistakes)] == ["column A", "column D"]
    assert {str(mistake.remedy) for mistake in caught.value.mistakes} == {
        "keep one of the columns: they have the same header"
    }


def test_notices_about_columns(tmp_path: Path) -> None:
    """Identity numbers are dropped and unknown columns left out, and both are told; no value holds either."""
    path = write(
        tmp_path, "企业名称,统一社会信用代码,适用领域,法人身份证号,颜色", f"甲,{CODE},安全,110101190001010000,red"
    )
    intake = read_entities(path, BUREAU)
    assert told(intake.notices) == [
        (1, "法人身份证号", "numbers of identity cards are not stored"),
        (1, "颜色", "the column is not known, and is left out"),
    ]
    assert "110101190001010000" not in repr(intake)


def test_fields_are_those_that_the_file_speaks_of(tmp_path: Path) -> None:
    """An import knows which fields have a column, so that it leaves alone what the file says nothing about."""
    path = write(tmp_path, "企业名称,统一社会信用代码,适用领域,网格,颜色", f"甲,{CODE},安全,,red")
    assert read_entities(path, BUREAU).fields == {"name", "credit_code", "domains", "zone"}


def test_equal_cells_become_one_object(tmp_path: Path) -> None:
    """Zones, industries and lists of domains are kept once in memory, however many rows name them."""
    path = write(
        tmp_path,
        "企业名称,统一社会信用代码,适用领域,网格",
        f"甲,{CODE},安全、劳动,第1网格",
        f"乙,{OTHER},安全、劳动,第1网格",
    )
    one, other = read_entities(path, BUREAU).values
    assert one.zone is other.zone
    assert one.domains is other.domains


def test_blank_cells_and_short_rows(tmp_path: Path) -> None:
    """A cell of blanks or invisible characters alone is empty, and cells that a row lacks are too."""
    path = write(tmp_path, "企业名称,统一社会信用代码,适用领域,网格,住所", f"甲,{CODE},安全,\u3000\u200b")
    (entity,) = read_entities(path, BUREAU).values
    assert entity.zone is None
    assert entity.address is None


def test_table_that_breaks_off_tells_what_was_wrong_before(tmp_path: Path) -> None:
    """A broken row ends the reading, and the mistakes above it are told with it."""
    path = write(tmp_path, "企业名称,统一社会信用代码,适用领域", f",{CODE},安全", '"甲')
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    assert [row for row, _, _ in told(caught.value.mistakes)] == [2, 3]


def test_file_with_endless_mistakes_is_not_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound the refusal says that there are more, and holds one more than the bound."""
    monkeypatch.setattr("inspect_cli.files.intake.rows.MISTAKE_LIMIT", 3)
    path = write(tmp_path, "企业名称,统一社会信用代码,适用领域", *["甲,x,安全"] * 10)
    with pytest.raises(InputError, match="more than 3 mistakes") as caught:
        read_entities(path, BUREAU)
    assert len(caught.value.mistakes) == 4


def test_memory_of_cells_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells beyond those remembered are read all the same."""
    monkeypatch.setattr("inspect_cli.files.intake.cells._MEMORY_LIMIT", 1)
    path = write(tmp_path, "编号,开始日期,结束日期", "R1,2026-12-01,2026-12-01", "R2,2026-12-02,2026-12-03")
    assert [leave.last for leave in read_leave(path, BUREAU).values] == [date(2026, 12, 1), date(2026, 12, 3)]


def test_notices_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file with a notice for each row the first ones are kept, and the others counted."""
    monkeypatch.setattr("inspect_cli.files.intake.cells.NOTICE_LIMIT", 2)
    rows = "".join(f"旧企业{number},{3100000000000 + number},安全\n" for number in range(5))
    intake = read_entities(write(tmp_path, "企业名称,统一社会信用代码,适用领域\n" + rows), BUREAU)
    assert [str(one.what)[:13] for one in intake.notices] == ["3100000000000", "3100000000001"]
    assert (len(intake.rows), intake.further_notices) == (5, 3)


def test_empty_table_is_told(tmp_path: Path) -> None:
    """A header without rows gives no values and says so."""
    intake = read_leave(write(tmp_path, "编号,开始日期,结束日期"), BUREAU)
    assert intake.values == ()
    assert told(intake.notices) == [(None, None, "no row of the table was taken")]


def test_partial_gives_the_good_rows_and_every_mistake(tmp_path: Path) -> None:
    """With partial the rows without a mistake are given, in order, and the mistakes are those that the whole file would tell."""
    path = write(
        tmp_path, "企业名称,统一社会信用代码,适用领域", f"甲,{CODE},安全", f",{OTHER},消防", "丙,110108000000016,安全"
    )
    with pytest.raises(InputError) as caught:
        read_entities(path, BUREAU)
    intake = read_entities(path, BUREAU, ReadChoices(partial=True))
    assert [(row.row, row.value.name) for row in intake.rows] == [(2, "甲"), (4, "丙")]
    assert intake.mistakes == caught.value.mistakes
    assert [(row, column) for row, column, _ in told(intake.mistakes)] == [(3, "企业名称"), (3, "适用领域")]
    assert intake.rows_read == 3


def test_partial_does_not_forgive_a_header(tmp_path: Path) -> None:
    """A column that is missing leaves no good row, and refuses the file with partial too."""
    with pytest.raises(InputError, match="nothing is taken"):
        read_entities(write(tmp_path, "企业名称,网格", "甲,一"), BUREAU, ReadChoices(partial=True))


def test_first_of_two_equal_rows_is_good(tmp_path: Path) -> None:
    """Of rows that say the same number the first is taken, and each later one names it."""
    lines = [f"{name},{CODE},安全" for name in "甲乙丙"]
    intake = read_entities(
        write(tmp_path, "企业名称,统一社会信用代码,适用领域", *lines), BUREAU, ReadChoices(partial=True)
    )
    assert [row.row for row in intake.rows] == [2]
    assert [(row, what) for row, _column, what in told(intake.mistakes)] == [
        (3, "row 2 says the same"),
        (4, "row 2 says the same"),
    ]


def test_progress_is_told_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits hears how many rows are done, batch by batch, to the last one, and about how many there are."""
    monkeypatch.setattr("inspect_cli.files.intake.rows._BATCH", 2)
    heard: list[tuple[int, int | None]] = []
    path = write(tmp_path, "编号,开始日期,结束日期", *[f"R{n},2026-12-01,2026-12-02" for n in range(5)])
    intake = read_leave(path, BUREAU, ReadChoices(progress=lambda done, whole: heard.append((done, whole))))
    assert heard == [(2, 5), (4, 5), (5, 5)]
    assert [row.row for row in intake.rows] == [2, 3, 4, 5, 6]


def test_what_was_understood(tmp_path: Path) -> None:
    """The preview names each column with its header, its field and a first value; identity numbers are never shown."""
    path = write(tmp_path, "名录,,,", "企业名称,,身份证号,备注,注册号", "甲,,110101199001010000,,", "乙,,1,b,")
    with pytest.raises(InputError):
        read_entities(path, BUREAU)
    path = write(tmp_path, "名录,,,", "企业名称,身份证号,备注,注册号,领域", ",110101199001010000,,110108000000016,安全")
    intake = read_entities(path, BUREAU, ReadChoices(partial=True))
    understood = intake.understood
    assert understood is not None
    assert (understood.form, understood.sheet, understood.header_row) == (Form.TEXT, None, 2)
    assert [(one.place, one.header, one.field, one.example) for one in understood.columns] == [
        (0, "企业名称", "name", None),
        (1, "身份证号", None, None),
        (2, "备注", None, None),
        (3, "注册号", "registration_number", "110108000000016"),
        (4, "领域", "domains", "安全"),
    ]
    assert [one.is_identity for one in understood.columns] == [False, True, False, False, False]


def test_misspelt_column_is_named(tmp_path: Path) -> None:
    """A required column under a misspelt header is told with that header and the way to map it."""
    with pytest.raises(InputError) as caught:
        read_entities(write(tmp_path, "企业名称,统一社会信用代吗,适用领域", f"甲,{CODE},安全"), BUREAU)
    (mistake,) = caught.value.mistakes
    assert str(mistake.remedy) == (
        "did you mean 统一社会信用代吗? correct it, or add --map 统一社会信用代吗=credit_code"
    )


def test_misspelt_column_that_is_not_required(tmp_path: Path) -> None:
    """An unknown column that misses a known header by a character is left out with the question whether that was meant."""
    intake = read_entities(
        write(tmp_path, "企业名称,统一社会信用代码,适用领域,法定代理人", f"甲,{CODE},安全,乙"), BUREAU
    )
    assert "the column is not known, and is left out; did you mean 法定代表人?" in [
        what for _row, _column, what in told(intake.notices)
    ]


@given(data=st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_bytes_are_read_or_refused(data: bytes, tmp_path: Path) -> None:
    """No bytes, alone or below a header, raise anything but an error of ours."""
    path = tmp_path / "a.csv"
    for start in (b"", f"{ENTITY_HEADER}\n".encode(), f"{ENTITY_HEADER}\n".encode("gbk")):
        path.write_bytes(start + data)
        with suppress(InspectError):
            read_entities(path, BUREAU, ReadChoices(today=TODAY))


@given(
    cells=st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\0'), max_size=12), max_size=16
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arbitrary_cells_are_read_or_refused(cells: list[str], tmp_path: Path) -> None:
    """No row of any sheet raises anything but an error of ours."""
    row = ",".join(f'"{cell}"' for cell in cells)
    for header, read in (
        (ENTITY_HEADER, lambda path: read_entities(path, BUREAU, ReadChoices(today=TODAY))),
        (INSPECTOR_HEADER, lambda path: read_inspectors(path, BUREAU, ReadChoices(today=TODAY))),
        (VISIT_HEADER, lambda path: read_visits(path, BUREAU, ReadChoices(today=TODAY))),
    ):
        with suppress(InspectError):
            read(write(tmp_path, header, row))


def test_column_without_a_header_is_left_out(tmp_path: Path) -> None:
    """A column between others that has no header is told once, by its letter, and is no mistake of any row."""
    path = write(
        tmp_path,
        "企业名称,统一社会信用代码,,适用领域",
        f"甲,{CODE},,安全",
        f"乙,{OTHER},v,安全",
        "丙,110108000000016,w,安全",
    )
    intake = read_entities(path, BUREAU)
    assert len(intake.rows) == 3
    assert [(one.where.row, str(one.what), one.value) for one in intake.notices] == [
        (3, "the column C has no header, and is left out", "v")
    ]
