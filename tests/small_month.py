"""A month small enough to look through: ten companies, five inspectors, an expert; registries, settings and plans, valid by default.

Everything goes the way that the acts go: ``fill`` makes the store, ``commit``, ``seed`` and ``run`` bring a draw on its way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.freeze import CommitOrder
from inspect_cli.core.bureau import Complaints, new_bureau
from inspect_cli.core.canonical import digest
from inspect_cli.core.names import Domain, EntityId, InspectorId, MatterId
from inspect_cli.core.people import Actor, Person, Role
from inspect_cli.core.registry.entity import Entity
from inspect_cli.core.registry.inspector import Inspector
from inspect_cli.core.registry.matter import Matter
from inspect_cli.files.config_template import render_bureau
from inspect_cli.files.plan_file import parse_plan
from inspect_cli.storage.address import parse_address
from inspect_cli.storage.engine import Store
from inspect_cli.storage.registries import add_entities, add_inspectors, add_matters
from tests.stores import begin_store

if TYPE_CHECKING:
    from inspect_cli.acts.draw.steps import Recorded
    from inspect_cli.core.names import Slot
    from inspect_cli.core.plan.plan import Plan

LABOUR, SAFETY = Domain("labour"), Domain("safety")
OPERATOR, OTHER_OPERATOR, APPROVER, AUDITOR, PUBLISHER = "操作员甲", "操作员戊", "审批人乙", "审计员丁", "公示员丙"
BUREAU: Final = replace(
    new_bureau("示例镇综合行政执法局", "示综执"),
    complaints=Complaints(telephone="0000-12345", address="示例镇人民路1号"),
    people=(
        Person(name=OPERATOR, roles=(Role.OPERATOR,)),
        Person(name=OTHER_OPERATOR, roles=(Role.OPERATOR,)),
        Person(name=APPROVER, roles=(Role.APPROVER,)),
        Person(name=AUDITOR, roles=(Role.AUDITOR,)),
        Person(name=PUBLISHER, roles=(Role.PUBLISHER,)),
    ),
)
SEALED: Final = "瑞雪兆丰年"
VALUES: Final = (SEALED, "31415")
COMMIT_DAY, SEED_DAY = "2026-11-23", "2026-11-30"
TEXT: Final = f"""[[source]]
kind = "text"
name = "商会见证人"
at = "2026-11-30T09:00:00+08:00"
digest = "{digest(SEALED.encode())}"
"""
DICE: Final = """[[source]]
kind = "dice"
name = "镇政府大厅掷骰"
at = "2026-11-30T09:30:00+08:00"
count = 5
sides = 10
"""


def plan_text(*, labour: int = 3, safety: int = 2, **parts: str) -> str:
    """Write a plan for December that draws three companies for labour and two for safety; ``head`` and ``scope`` add keys."""
    parts = {"head": "", "scope": "", "sources": TEXT + DICE} | parts
    return f"""period = "2026-12"
name = "2026年12月双随机抽查计划"
strata = ["risk_class"]
{parts["head"]}
[scope]
{parts["scope"]}
[[share]]
domain = "labour"
stratum = "A"
number = {labour}

[[share]]
domain = "safety"
stratum = "A"
number = {safety}

{parts["sources"]}"""


def make_plan(text: str | None = None) -> Plan:
    """Read a plan as the command would."""
    return parse_plan((text or plan_text()).encode(), "plan.toml", BUREAU)


def salt_of(row: str) -> str:
    """Give the same salt to the same row every time, and another one to each row."""
    return sha256(row.encode()).hexdigest()[:32]


def make_order(text: str | None = None, **changes: Any) -> CommitOrder:
    """Make the order to commit a plan."""
    return replace(CommitOrder(plan=make_plan(text), bureau=BUREAU, software="tests 1", salts=salt_of), **changes)


def actor_on(day: str, time: str = "10:00", name: str = OPERATOR) -> Actor:
    """Make somebody who acts at a time of a day, China's time, for that very day."""
    clock = datetime.fromisoformat(f"{day}T{time}:00+08:00")
    return Actor(name=name, clock=clock, day=clock.date())


def fill(url: str) -> Store:
    """Make a store with the registries of the month; its log has one row, of its making. A file is made once, and then copied."""
    path = parse_address(url).path
    if path is None:
        return _fill(url)
    path.write_bytes(_filled_file())
    return Store.open(url)


@cache
def _filled_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "inspect.db"
        _fill(f"sqlite:///{path.as_posix()}")
        return path.read_bytes()


def _fill(url: str) -> Store:
    store = begin_store(url, actor_on("2026-11-20"))
    with store.transaction() as session:
        add_entities(session, map(make_entity, range(1, 11)))
        add_inspectors(session, (*map(make_inspector, range(1, 6)), make_expert()))
        add_matters(session, (make_matter("L-01", LABOUR), make_matter("S-01", SAFETY)))
    return store


def fill_folder(folder: Path, text: str | None = None) -> tuple[str, ...]:
    """Make settings, plan and store in a folder, and give the options that name them."""
    (folder / "inspect.toml").write_text(render_bureau(BUREAU, str), encoding="utf-8")
    (folder / "plan.toml").write_text(text or plan_text(), encoding="utf-8")
    fill(f"sqlite:///{folder / 'inspect.db'}")
    return ("--config", str(folder / "inspect.toml"), "--store", str(folder / "inspect.db"))


def open_folder(folder: Path) -> Store:
    """Open the store that ``fill_folder`` has made."""
    return Store.open(f"sqlite:///{(folder / 'inspect.db').as_posix()}")


def commit(store: Store, text: str | None = None) -> Recorded:
    """Commit a plan in good time."""
    return draw.commit(store, actor_on(COMMIT_DAY), make_order(text))


def seed(store: Store, slot: Slot, values: tuple[str, ...] = VALUES) -> Recorded:
    """Keep the values of a draw's sources when they are known."""
    return draw.keep_values(store, actor_on(SEED_DAY), draw.SeedOrder(bureau=BUREAU, slot=slot, values=values))


def run(store: Store, slot: Slot) -> Recorded:
    """Draw."""
    return draw.run(store, actor_on(SEED_DAY, "11:00"), draw.RunOrder(bureau=BUREAU, slot=slot))


def draw_month(store: Store, text: str | None = None) -> Slot:
    """Bring a plan from its commitment to its result, and give its slot."""
    slot = commit(store, text).draw.slot
    seed(store, slot)
    run(store, slot)
    return slot


def make_entity(number: int) -> Entity:
    """Make a company; labour law applies to all, safety law to the first six."""
    return Entity(
        id=EntityId(f"E{number:02}"),
        name=f"示例第{number}厂",
        domains=(LABOUR, SAFETY) if number <= 6 else (LABOUR,),
        zone="东片",
        industry="C33",
        risk_class="A",
        address=f"示例镇工业路{number}号",
        legal_representative=f"法人{number:02}",
        contact=f"联系人{number:02}",
        telephone=f"0000-00000{number:02}",
    )


def make_inspector(number: int) -> Inspector:
    """Make an inspector who knows both domains; the first two may lead."""
    return Inspector(
        id=InspectorId(f"R{number:02}"),
        name=f"检查员{number:02}",
        skills=(LABOUR, SAFETY),
        certificate=f"示执{number:02}",
        valid_until=date(2030, 1, 1),
        may_lead=number <= 2,
        telephone=f"0000-10000{number:02}",
    )


def make_expert() -> Inspector:
    """Make an expert for safety."""
    return Inspector(id=InspectorId("X01"), name="专家01", skills=(SAFETY,), is_expert=True, telephone="0000-2000001")


def make_matter(name: str, domain: Domain) -> Matter:
    """Make a matter that is always valid."""
    return Matter(id=MatterId(name), domain=domain, name=f"{name}检查", basis="《示例法》第一条")
