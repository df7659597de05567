"""``inspect-cli inspector``: the roster, leave, and recusals whose reasons nobody sees unasked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry.entities import import_entities
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import update_entities
from tests.registry_rows import an_actor, an_entity, an_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

CODE = an_entity().id
ROSTER = """编号,姓名,执法证号,有效期至,中队,执法领域,可任组长,是否专家,负责网格,手机号
R001,张一,C-1,长期,一中队,安全、卫生,是,否,,13800000000
R002,李二,C-2,2027-06-30,二中队,安全,否,否,网格01,
X001,赵专家,,,,环保,否,是,,
"""


@pytest.fixture
def inspector(begun: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Outcome]:
    """Work in a folder with settings, a store and a roster; give ``inspector`` as 甲 calls it."""
    import_entities(Store.open("inspect.db"), an_actor(), an_order(an_entity()))
    (tmp_path / "roster.csv").write_text(ROSTER, "gb18030")

    def call(*words: str) -> Outcome:
        return begun("--as", "甲", "inspector", *words)

    done = call("import", "roster.csv")
    assert "new 3" in done.out, done.err
    return call


def test_the_roster_is_listed(inspector: Callable[..., Outcome]) -> None:
    """Roles, squads, skills, zones and validity are shown, telephones only to whoever asks; filters work."""
    listed = inspector("list")
    for word in ("R001", "张一", "may lead", "long-term", "2027-06-30", "expert"):
        assert word in listed.out
    assert "inspectors: 2, experts: 1" in listed.err
    assert "13800000000" not in listed.out
    assert "13800000000" in inspector("list", "--private").out
    ids = {words: [one["id"] for one in json.loads(inspector("list", "--json", *words).out)] for words in (
        ("--domain", "环保"), ("--zone", "网格02"), ("--domain", "安全"))}  # fmt: skip
    assert list(ids.values()) == [["X001"], ["R001", "X001"], ["R001", "R002"]]


def test_leave_is_added_imported_and_shown(inspector: Callable[..., Outcome], tmp_path: Path) -> None:
    """Leave comes from the command line and from a file; entered twice it is said; the wrong order of days is a usage mistake."""
    days = ("--from", "2026-12-07", "--to", "2026-12-11")
    assert "leave entered" in inspector("leave", "add", "R001", *days, "--reason", "年休假").out
    assert "entered before" in inspector("leave", "add", "R001", *days, "--reason", "年休假").out
    assert inspector("leave", "add", "R001", *days, "--reason", "病假").status == 4
    assert inspector("leave", "add", "R001", "--from", "2026-12-07", "--to", "2026-12-01").status == 2
    assert inspector("leave", "add", "R9", *days).status == 2
    (tmp_path / "leave.csv").write_text("编号,开始日期,结束日期,原因\nR001,2026-12-24,2026-12-25,\n", "utf-8")
    assert "new 1" in inspector("leave", "import", "leave.csv").out
    shown = inspector("show", "R001")
    assert "2026-12-11" in shown.out
    assert "2026-12-25" in shown.out
    assert "年休假" not in shown.out + inspector("show", "R001", "--json").out
    assert "年休假" in inspector("show", "R001", "--private").out
    assert json.loads(inspector("show", "R001", "--private", "--json").out)["leave"] == [
        {"first": "2026-12-07", "last": "2026-12-11", "reason": "年休假"},
        {"first": "2026-12-24", "last": "2026-12-25", "reason": ""},
    ]


def test_a_recusals_reason_is_shown_only_when_asked(inspector: Callable[..., Outcome], tmp_path: Path) -> None:
    """The pair is shown, its reason with --private alone, and neither report nor log ever says it."""
    added = inspector(
        "recuse", "add", "R001", CODE, "--reason", "kin", "--note", "sister-in-law", "--from", "2026-01-01"
    )
    assert "recusal entered" in added.out
    assert (
        "entered before"
        in inspector(
            "recuse", "add", "R001", CODE, "--reason", "kin", "--note", "sister-in-law", "--from", "2026-01-01"
        ).out
    )
    (tmp_path / "recusals.csv").write_text(
        f"编号,统一社会信用代码,回避原因,回避说明\nR002,{CODE},其他,sister-in-law\n", "utf-8"
    )
    taken = inspector("recuse", "import", "recusals.csv")
    assert "new 1" in taken.out
    shown = inspector("show", "R001")
    assert CODE in shown.out
    assert "--private" in shown.err
    data = inspector("show", "R001", "--json").out
    assert json.loads(data)["recusals"] == [{"entity": CODE, "group": None, "start": "2026-01-01", "end": None}]
    assert "sister-in-law" not in shown.out + data + added.out + taken.out
    assert "sister-in-law" in inspector("show", "R001", "--private").out
    assert "sister-in-law" in inspector("show", "R001", "--private", "--json").out
    assert inspector("recuse", "add", "R001", "E9", "--reason", "kin").status == 2


def test_a_recusal_from_a_group(inspector: Callable[..., Outcome], tmp_path: Path) -> None:
    """RECUSE-5: how many companies it bars is told, or that there is none; it is shown, ended and imported like any other."""
    added = inspector("recuse", "add", "R001", "--group", "某某集团", "--reason", "持有股份")
    assert "R001 does not visit 某某集团" in added.out
    assert "no company of the registry is in the group 某某集团 by now" in added.err
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").transaction() as session:
        update_entities(session, [an_entity(group="某某集团")])
    again = inspector("recuse", "add", "R001", "--group", "某某集团", "--reason", "持有股份")
    assert "entered before" in again.out
    assert "in the group 某某集团: 1" in again.err
    for wrong in ((), (CODE, "--group", "某某集团")):
        assert inspector("recuse", "add", "R001", *wrong, "--reason", "kin").status == 2
    assert "亲属关系 (kin)" in inspector("recuse", "add", "R001", CODE, "--reason", "neighbour").err
    assert "--group '某某集团'" in inspector("recuse", "end", "R001", CODE, "--on", "2026-12-31", "--reason", "x").err
    ended = inspector("recuse", "end", "R001", "--group", "某某集团", "--on", "2026-12-31", "--reason", "sold")
    assert "R001 may visit 某某集团 after 2026-12-31" in ended.out
    assert "某某集团" in inspector("show", "R001").out
    shown = json.loads(inspector("show", "R001", "--private", "--json").out)["recusals"]
    assert shown == [
        {"entity": None, "group": "某某集团", "start": None, "end": "2026-12-31", "reason": "shares", "note": None}
    ]


def test_a_group_of_a_file_that_nobody_belongs_to_is_told(inspector: Callable[..., Outcome], tmp_path: Path) -> None:
    """RECUSE-5: after an import each group without companies is named; control characters in a note are a mistake of use."""
    with Store.open(f"sqlite:///{tmp_path / 'inspect.db'}").transaction() as session:
        update_entities(session, [an_entity(group="某某集团")])
    (tmp_path / "recusals.csv").write_text("编号,所属集团,回避原因\nR001,某某集团,入股\nR001,另一集团,入股\n", "utf-8")
    told = inspector("recuse", "import", "recusals.csv").err
    assert "in the group 另一集团 by now" in told
    assert "in the group 某某集团 by now" not in told
    wrong = inspector("recuse", "add", "R001", CODE, "--reason", "other", "--note", "a\x07b")
    assert wrong.status == 2
    assert inspector("recuse", "add", "R001", CODE, "--reason", "other", "--note", "无").status == 2


def test_whoever_is_out_of_service_is_listed_as_such(inspector: Callable[..., Outcome], tmp_path: Path) -> None:
    """人员状态 失效 is a value of the row: told at the import, asked about as a change, and shown in the list."""
    (tmp_path / "roster.csv").write_text(
        "编号,姓名,执法证号,有效期至,执法领域,人员状态\nR900,甲,苏900,长期,安全,失效\n", "utf-8"
    )
    taken = inspector("import", "roster.csv")
    assert "seated in no draw" in taken.out + taken.err
    assert "out of service" in next(line for line in inspector("list").out.splitlines() if "R900" in line)
    assert [one["in_service"] for one in json.loads(inspector("list", "--json").out) if one["id"] == "R900"] == [False]


def test_out_of_service_without_a_certificate(inspector: Callable[..., Outcome], tmp_path: Path) -> None:
    """A row 失效 without certificate takes who is on the roster out of service; of somebody unknown it is left out, and told."""
    roster, later = tmp_path / "roster.csv", tmp_path / "later.csv"
    roster.write_text("编号,姓名,执法证号,有效期至,执法领域\nR900,甲,苏900,2027-06-30,安全\n", "utf-8")
    later.write_text("编号,姓名,执法证号,有效期至,执法领域,人员状态\nR900,甲,,,,失效\nR901,乙,,,,失效\n", "utf-8")
    assert inspector("import", "roster.csv").status == 0
    taken = inspector("import", "later.csv", "--update", "--yes", "--json")
    data = json.loads(taken.out)
    assert (data["new"], data["updated"], data["left_out"]) == (0, 1, 1)
    assert "R901" in taken.err
    rows = {one["id"]: one for one in json.loads(inspector("list", "--json").out)}
    assert "R901" not in rows
    assert [rows["R900"][name] for name in ("in_service", "certificate", "valid_until", "skills")] == [
        False,
        "苏900",
        "2027-06-30",
        ["safety"],
    ]


def test_retire_and_restore(inspector: Callable[..., Outcome]) -> None:
    """Whoever is retired is listed only when asked for, and comes back."""
    assert "is retired since" in inspector("retire", "R002", "--reason", "调离").out
    assert "R002" not in inspector("list").out
    assert "retired" in inspector("list", "--retired").out
    assert inspector("restore", "R002", "--reason", "返岗").status == 0
    assert "R002" in inspector("list").out
    assert inspector("show", "R9").status == 2


def test_leave_is_taken_back(inspector: Callable[..., Outcome]) -> None:
    """The days that were taken back are told for each leave; the rest of it stays."""
    inspector("leave", "add", "R001", "--from", "2026-12-07", "--to", "2026-12-11", "--reason", "年休假")
    done = inspector("leave", "remove", "R001", "2026-12-10", "2026-12-31", "--reason", "提前返岗")
    assert "no longer on leave: R001, 2026-12-10 to 2026-12-11" in done.out
    assert json.loads(inspector("show", "R001", "--json").out)["leave"] == [
        {"first": "2026-12-07", "last": "2026-12-09"}
    ]
    again = inspector("leave", "remove", "R001", "2026-12-10", "2026-12-31", "--reason", "提前返岗")
    assert (again.status, "no leave on these days" in again.err) == (2, True)


def test_a_recusal_is_ended(inspector: Callable[..., Outcome]) -> None:
    """It ends with the day, is shown with it, and the same again changes nothing."""
    inspector("recuse", "add", "R001", CODE, "--reason", "kin")
    words = ("recuse", "end", "R001", CODE, "--on", "2026-12-31", "--reason", "term-over")
    assert "recusal ended" in inspector(*words).out
    assert "ended before" in inspector(*words).out
    assert json.loads(inspector("show", "R001", "--json").out)["recusals"] == [
        {"entity": CODE, "group": None, "start": None, "end": "2026-12-31"}
    ]


def test_the_roster_is_looked_over(inspector: Callable[..., Outcome], run_cli: Callable[..., Outcome]) -> None:
    """What lapses and what is thin is a table, with labels for domains, and data; nothing found is said, and no error either way."""
    shown = inspector("check", "--until", "2027-07-01")
    assert shown.status == 0
    assert "2027-06-30  R002" in shown.out
    assert "thin skill" in shown.out
    assert "Health" in shown.out
    kinds = {(one["kind"], one["of"]) for one in json.loads(inspector("check", "--json", "--until", "2027-07-01").out)}
    assert {("lapses", "R002"), ("thin-skill", "health"), ("no-skill", "labour")} <= kinds
    assert ("lapses", "R002") not in {(one["kind"], one["of"]) for one in json.loads(inspector("check", "--json").out)}
    early = run_cli("--as", "甲", "--today", "2027-07-01", "inspector", "check", "--until", "2027-06-30")
    assert early.status == 2
    Path("two.csv").write_text(TWO, "utf-8")
    inspector("import", "two.csv")
    for name in ("R002", "X001"):
        inspector("retire", name, "--reason", "调离")
    assert "nothing to see to" in inspector("check", "--weight", "look").out


TWO = """编号,姓名,执法证号,有效期至,执法领域,可任组长
R003,王三,C-3,长期,劳动、安全、环保、卫生,是
R004,赵四,C-4,长期,劳动、安全、环保、卫生,是
"""
