"""A month whose registries, results and acts hold what nobody outside may ever learn, planted in every free field by real commands."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from stdnum.cn import uscc

from inspect_cli.files.config_template import render_bureau
from tests import small_month
from tests.small_month import APPROVER, OPERATOR, PUBLISHER
from tests.stores import begin_store
from tests.terminal import call

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SLOT: Final = "2026-12/1"
SUPPLEMENT: Final = "2026-12/2"
CODES: Final = tuple(
    body + uscc.calc_check_digit(body) for body in (f"91990100MA{number:07}" for number in range(1, 13))
)
NAMES: Final = {code: f"明{number:03}示例制造有限公司" for number, code in enumerate(CODES, start=1)}
"""What becomes public once a visit is recorded and approved, and not before; each name is known by its number."""
_INSPECTORS: Final = tuple(f"R{number:02}" for number in range(1, 9))
_PLAN: Final = f"""# {{}}
period = "2026-12"
name = "2026年12月双随机抽查计划"
names_published = true

[[share]]
domain = "labour"
number = 8

[[share]]
domain = "safety"
number = 4

{small_month.DICE}"""


@dataclass(slots=True)
class Seeds:
    """What was planted, by its number."""

    places: list[str] = field(default_factory=list)

    def text(self, place: str) -> str:
        """Give a text for a field that takes any: each of its parts is searched for by itself."""
        number = self._next(place)
        return (
            f"密{number:03}某某，电话139{number:08}，身份证99010119710305{number:04}，"
            f"家住暗巷{number:03}号，生于1971年3月5日"
        )

    def telephone(self, place: str) -> str:
        """Give a telephone number."""
        return f"139{self._next(place):08}"

    def name(self, place: str) -> str:
        """Give a person's name."""
        return f"密{self._next(place):03}"

    def _next(self, place: str) -> int:
        self.places.append(place)
        return len(self.places) - 1


@dataclass(slots=True)
class PlantedMonth:
    """The folder of the month, what was planted, and how far it has come."""

    folder: Path
    seeds: Seeds = field(default_factory=Seeds)
    group: str = ""

    def run(self, name: str, day: str, *words: str | Path) -> str:
        """Call a command as somebody on a day; give what it shows."""
        store, config = self.folder / "inspect.db", self.folder / "inspect.toml"
        options = ("--lang", "en", "--store", store, "--config", config, "--as", name, "--today", day)
        status, out, err = call(*options, *words)
        assert status == 0, (words, err)
        return out

    def operate(self, day: str, *words: str | Path) -> str:
        """Call a command as the operator."""
        return self.run(OPERATOR, day, *words)

    def publish(self, day: str, kind: str, about: str) -> str:
        """Publish a notice; give its document number."""
        out = self.run(PUBLISHER, day, "notice", "publish", kind, about, "--yes", "--json")
        return str(json.loads(out)["document"])

    def begin(self) -> None:
        """Fill the registries from files, and enter whatever takes a word before a draw."""
        begin_store(f"sqlite:///{self.folder / 'inspect.db'}", small_month.actor_on("2026-11-10"))
        (self.folder / "inspect.toml").write_text(render_bureau(small_month.BUREAU, str), "utf-8")
        (self.folder / "plan.toml").write_text(_PLAN.replace("{}", self.seeds.text("comment of the plan"), 1), "utf-8")
        day, say = "2026-11-16", self.seeds.text
        unknown = self.seeds.name("header")
        for words, rows in (
            (("entity", "import", "--map", f"{unknown}=-"), self._entities(unknown)),
            (("inspector", "import"), self._inspectors()),
            (("matter", "import"), self._matters()),
            (("visit", "import"), self._ledger()),
            (("inspector", "leave", "import"), self._leave()),
            (("inspector", "recuse", "import"), self._recusals()),
        ):
            self.operate(day, *words, _write(self.folder / f"{words[0]}{len(words)}.csv", rows))
        self.operate(day, "inspector", "recuse", "add", "R02", CODES[1], "--reason", "other", "--note", say("recusal"))
        self.operate(
            day,
            "inspector",
            "leave",
            "add",
            "R03",
            "--from",
            "2026-12-01",
            "--to",
            "2026-12-02",
            "--reason",
            say("leave"),
        )
        self.operate(day, "workdays", "close", "2026-12-30", "--entity", CODES[2], "--reason", say("closed day"))
        for noun, id in (("entity", CODES[11]), ("inspector", "R08"), ("matter", "L-09")):
            self.operate(day, noun, "retire", id, "--reason", say(f"retirement of {noun}"))
        self.operate(day, "inspector", "recuse", "add", "R04", "--group", self.group, "--reason", "shares")
        leave = ("--rule", "cap", "--approver", APPROVER, "--reason", say("allowance"))
        self.operate(day, "plan", "allow", "2026-12", CODES[4], *leave)
        self._keep_year(day)

    def _keep_year(self, day: str) -> None:
        """Keep a plan of a year, and change it for a reason."""
        year = self.folder / "year.toml"
        self.operate(day, "plan", "year", "2026", "-o", year)
        self.operate(day, "plan", "year", "2026", "--file", year)
        year.write_text(f"# {self.seeds.text('comment of the year')}\n{year.read_text('utf-8')}", "utf-8")
        self.operate(day, "plan", "year", "2026", "--file", year, "--reason", self.seeds.text("change of the year"))

    def move(self) -> None:
        """Move a visit to another day, for a reason in words."""
        day = "2026-12-01"
        for visit in json.loads(self.operate(day, "schedule", "show", SLOT, "--json")):
            days = json.loads(self.operate(day, "schedule", "move", SLOT, visit["entity"], "--days", "--json"))
            free = [one["day"] for one in days if one["possible"]]
            if free:
                to = str(free[0])
                self.operate(day, "schedule", "move", SLOT, visit["entity"], to, "--reason", self.seeds.text("move"))
                return
        raise AssertionError("no visit can be moved")

    def draw(self) -> None:
        """Commit and draw; a person falls out and a recusal is granted afterwards, so that a supplement follows."""
        self.operate("2026-11-16", "draw", "commit", self.folder / "plan.toml", "--yes")
        self._seed(SLOT)

    def supplement(self) -> None:
        """Draw again what a person's absence and a late recusal touch, with reasons in words."""
        visits = json.loads(self.operate("2026-12-01", "schedule", "show", SLOT, "--json"))
        planned = [visit for visit in visits if visit.get("day", "") >= "2026-12-10"]
        person, entity = planned[0]["team"][0], planned[0]["entity"]
        person = person if isinstance(person, str) else person["id"]
        words = ("--recuse", f"{person}={entity}", "--note", self.seeds.text("late recusal"), "--approver", APPROVER)
        sources = ("--dice", "2026-12-02T16:00", "--reason", "other", "--yes")
        self.operate("2026-12-01", "draw", "supplement", SLOT, *words, *sources)
        self._seed(SUPPLEMENT, "2026-12-03")

    def _seed(self, slot: str, day: str = "2026-12-01") -> None:
        value = "31415" if slot == SLOT else "27182818284590452353"
        self.operate(day, "draw", "seed", slot, "--value", value, "--confirm", value, "--yes")
        self.operate(day, "draw", "run", slot, "--yes")

    def end_two(self) -> tuple[str, ...]:
        """Cancel one visit and carry one over; give the others, in force."""
        visits = json.loads(self.operate("2026-12-03", "visit", "list", SLOT, "--json"))
        planned = sorted({one["entity"] for one in visits if one["state"] == "planned"})
        leave = ("--approver", APPROVER, "--yes")
        self.operate("2026-12-03", "visit", "cancel", SLOT, planned[0], "--reason", self.seeds.text("cancel"), *leave)
        self.operate(
            "2026-12-03", "visit", "carry-over", SLOT, planned[1], "--reason", self.seeds.text("carry-over"), *leave
        )
        return tuple(planned[2:])

    def record(self, entities: tuple[str, ...]) -> None:
        """Record, attach, return and record anew, with a word wherever one is taken."""
        day, seeds = "2026-12-31", self.seeds
        paper = self.folder / f"{seeds.name('attachment')}.txt"
        paper.write_text("x", "utf-8")
        for number, entity in enumerate(entities):
            self._record_one(entity, seeds.text("finding"), 5 if number == 0 else 1)
        self.operate(day, "visit", "attach", SLOT, entities[0], paper)
        self.run(APPROVER, day, "visit", "return", SLOT, entities[0], "--reason", seeds.text("return"))
        self._record_one(entities[0], seeds.text("finding anew"), 5)

    def approve(self, entities: tuple[str, ...]) -> None:
        """Approve what is recorded, and take a step after it."""
        day, seeds = "2026-12-31", self.seeds
        self.run(APPROVER, day, "visit", "approve", SLOT, "--all", "--yes")
        note = ("--until", "2027-01-15", "--note", seeds.text("follow-up"))
        self.operate(day, "visit", "follow-up", SLOT, entities[0], "labour", "extend", *note)

    def correct(self, entity: str) -> None:
        """Correct a result that was published, with a basis in words that stay inside."""
        day, say = "2026-12-31", self.seeds.text
        words = (
            "--reason",
            "entry-error",
            "--basis",
            say("basis of a correction"),
            "--approver",
            APPROVER,
            "--yes",
        )
        results = [word for domain in self._domains(entity) for word in ("--result", f"{domain}=2")]
        self.operate(day, "visit", "correct", SLOT, entity, *results, *words)
        self.run(APPROVER, day, "visit", "approve", SLOT, entity, "--yes")

    def _record_one(self, entity: str, finding: str, result: int) -> None:
        words: list[str] = []
        for domain in self._domains(entity):
            words += ["--result", f"{domain}={result}", "--finding", f"{domain}={finding}"]
            words += ["--follow-up", f"{domain}=rectify:2027-01-05"] if result == 5 else []
        self.operate("2026-12-31", "visit", "record", SLOT, entity, *words)

    def _domains(self, entity: str) -> list[str]:
        visits = json.loads(self.operate("2026-12-31", "visit", "list", SLOT, "--json"))
        return next(list(one["domains"]) for one in visits if one["entity"] == entity)

    def _entities(self, unknown: str) -> list[tuple[str, ...]]:
        say, head = self.seeds.text, (*_ENTITY, unknown)
        rows = [
            (
                name,
                code,
                *(say(f"entity {field}") for field in _ENTITY[2:5]),
                self.seeds.telephone("entity telephone"),
                *(say(f"entity {field}") for field in _ENTITY[6:10]),
                "C33",
                "劳动、安全" if number < 6 else "劳动",
                say("entity registration status"),
                say("left out"),
            )
            for number, (code, name) in enumerate(NAMES.items())
        ]
        self.group = rows[5][8]
        return [head, *rows]

    def _matters(self) -> list[tuple[str, ...]]:
        head = ("编号", "抽查事项", "领域", "抽查依据", "适用标签")
        tagged = ("L-09", "劳动用工检查", "劳动", "《示例法》第三条", self.seeds.name("tag of a matter"))
        return [head, *((*matter, "") for matter in _MATTERS), tagged]

    def _inspectors(self) -> list[tuple[str, ...]]:
        seeds = self.seeds
        rows = [
            (
                id,
                seeds.name("inspector name"),
                seeds.text("inspector certificate"),
                *(seeds.text(f"inspector {field}") for field in _INSPECTOR[3:6]),
                "劳动、安全",
                "是",
                seeds.telephone("inspector telephone"),
                seeds.text("inspector issuing authority"),
            )
            for id in _INSPECTORS
        ]
        return [_INSPECTOR, *rows]

    def _ledger(self) -> list[tuple[str, ...]]:
        head = ("统一社会信用代码", "检查日期", "检查类型", "检查领域", "检查部门")
        return [head, (CODES[3], "2026-03-02", "投诉举报", "劳动", self.seeds.text("complaint's source"))]

    def _leave(self) -> list[tuple[str, ...]]:
        return [("编号", "开始日期", "结束日期", "原因"), ("R01", "2026-12-01", "2026-12-01", self.seeds.text("leave"))]

    def _recusals(self) -> list[tuple[str, ...]]:
        head = ("编号", "统一社会信用代码", "回避原因", "回避说明")
        return [head, ("R01", CODES[0], "亲属关系", self.seeds.text("recusal"))]


_ENTITY: Final = (
    "企业名称",
    "统一社会信用代码",
    "法定代表人",
    "住所",
    "联系人",
    "联系方式",
    "登记机关",
    "管辖单位",
    "所属集团",
    "标签",
    "行业",
    "适用领域",
    "登记状态",
)
_INSPECTOR: Final = ("编号", "姓名", "执法证号", "单位", "中队", "职务", "执法领域", "可任组长", "手机号", "发证机关")
_MATTERS: Final[tuple[tuple[str, ...], ...]] = (
    ("L-01", "劳动合同检查", "劳动", "《示例法》第一条"),
    ("S-01", "安全生产检查", "安全", "《示例法》第二条"),
)


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
