"""``notice render`` where things went wrong: a chain made by the acts themselves, and a search of all that is published of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.draw import steps as draw
from inspect_cli.acts.draw.supplement import commit_supplement
from inspect_cli.acts.draw.supplement_order import Away, Closure, Days, SupplementOrder
from inspect_cli.core.draw.promise import DicePromise
from inspect_cli.core.names import Period
from inspect_cli.core.people import Approval
from inspect_cli.core.visit.change import ChangeKind, VisitChange
from inspect_cli.storage.visits import add_visit_changes, find_visits
from tests import small_month
from tests.files.documents.pages import Page
from tests.small_month import APPROVER, BUREAU, OPERATOR, actor_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspect_cli.core.names import Slot
    from inspect_cli.storage.engine import Store
    from inspect_cli.storage.visits import VisitRecord
    from tests.conftest import Outcome

    Cli = Callable[..., Outcome]

KINDS = ("commitment", "draw", "result")
REASONS = ("其配偶持股三成", "厂区疫情封闭", "文件拿错了", "停产半年", "突发心脏病")
PRIVATE = (
    "示例第",
    "工业路",
    "检查员",
    "专家01",
    "法人0",
    "联系人0",
    "0000-0000",
    "0000-1000",
    "0000-2000",
    "示执",
    APPROVER,
)
IDS = ("E0", "E10", "R0", "X01")


def _order(slot: Slot, at: str, reason: str, **parts: object) -> SupplementOrder:
    order = {
        "bureau": BUREAU,
        "slot": slot,
        "sources": (DicePromise(name="再次掷骰", at=at, count=5, sides=10),),
        "approval": Approval(approver=APPROVER, reason=reason),
        "software": "tests 1",
        "salts": small_month.salt_of,
    }
    return SupplementOrder(**{**order, **parts})  # type: ignore[arg-type]  # a test names the parts that it means


def _supplement(store: Store, day: str, order: SupplementOrder) -> Slot:
    """Commit a supplement on a day, and draw it an hour after its source."""
    slot = commit_supplement(store, actor_on(day, "08:00"), order).draw.slot
    draw.keep_values(store, actor_on(day, "12:00"), draw.SeedOrder(bureau=BUREAU, slot=slot, values=("31415",)))
    draw.run(store, actor_on(day, "12:30"), draw.RunOrder(bureau=BUREAU, slot=slot))
    return slot


def _visits(store: Store, slot: Slot) -> tuple[VisitRecord, ...]:
    with store.reading() as session:
        return tuple(sorted(find_visits(session, slot), key=lambda visit: str(visit.day)))


def _end(store: Store, visit: VisitRecord, to: str | None) -> None:
    change = VisitChange(
        slot=visit.slot,
        entity=visit.entity,
        kind=ChangeKind.CANCELLED if to is None else ChangeKind.CARRIED_OVER,
        clock="2026-12-02T10:00:00+08:00",
        day=date(2026, 12, 2),
        actor=OPERATOR,
        reason=REASONS[3],
        from_day=visit.day,
        to_period=None if to is None else Period(to),
        approver=APPROVER,
    )
    with store.transaction() as session:
        add_visit_changes(session, (change,))


@pytest.fixture
def month(tmp_path: Path, run_cli: Cli) -> Cli:
    """Play a month in which much goes wrong: /2 is void, /3 and /4 are drawn, one visit is cancelled, one is carried over."""
    text = small_month.plan_text(labour=6, head="names_published = true")
    options = (*small_month.fill_folder(tmp_path, text), "--as", OPERATOR)
    store = small_month.open_folder(tmp_path)
    first = small_month.draw_month(store, text)
    *_others, carried, cancelled, shut = _visits(store, first)
    assert shut.day is not None
    closed = Closure(entity=shut.entity, days=Days(first=shut.day, last=shut.day))
    order = _order(first, "2026-12-01T09:00:00+08:00", REASONS[1], closed=(closed,))
    void = commit_supplement(store, actor_on("2026-12-01", "08:00"), order).draw.slot
    approval = Approval(approver=APPROVER, reason="wrong-file")
    draw.void(store, actor_on("2026-12-01", "08:10"), draw.VoidOrder(bureau=BUREAU, slot=void, approval=approval))
    again = _order(first, "2026-12-01T10:00:00+08:00", REASONS[0], closed=(closed,))
    third = _supplement(store, "2026-12-01", again)
    _end(store, cancelled, None)
    _end(store, carried, "2027-01")
    (anew,) = _visits(store, third)
    assert anew.day is not None
    last = Days(first=anew.day, last=anew.day)
    whole = Closure(entity=anew.entity, days=last)
    away = Away(who="R05", days=last)
    ill = _order(first, "2026-12-02T09:00:00+08:00", REASONS[4], closed=(whole,), away=(away,))
    assert _supplement(store, "2026-12-02", ill) == "2026-12/4"
    return lambda *arguments: run_cli(*options, "--today", "2026-12-31", *arguments)


def _render(month: Cli, folder: Path, slot: str, kind: str, *options: str) -> str:
    path = folder / f"notice{len(list(folder.iterdir()))}"
    called = month("notice", "render", slot, kind, *options, "-o", str(path))
    assert (called.status, called.err) == (0, "")
    return path.read_text("utf-8")


def test_nothing_private_is_in_any_notice_of_a_chain(month: Cli, tmp_path: Path) -> None:
    """PUBLISH-1, PUBLISH-10: in no notice of no draw, language or format stands a reason, a person, a company, an id or a telephone."""
    wanted = [(f"2026-12/{slot}", kind) for slot in (1, 3, 4) for kind in KINDS] + [("2026-12/2", "commitment")]
    forms = [("--lang", lang, "--format", form) for lang in ("zh", "en") for form in ("html", "md")]
    for slot, kind in wanted:
        for form in forms:
            text = _render(month, tmp_path, slot, kind, *form)
            assert [word for word in (*REASONS, *PRIVATE, *IDS) if word in text] == [], (slot, kind, form)


def test_the_notices_of_a_chain_add_up(month: Cli, tmp_path: Path) -> None:
    """PUBLISH-12: after two supplements, a cancellation and a visit carried over, the results of each draw have the same numbers."""
    pages = [Page(_render(month, tmp_path, f"2026-12/{slot}", "result")) for slot in (1, 3, 4)]
    ((drawn, *parts),) = pages[0].table("抽中检查对象（户）")
    assert [page.table("抽中检查对象（户）") for page in pages] == [[[drawn, *parts]]] * 3
    assert int(drawn) == sum(map(int, parts))
    assert parts[-2:] == ["1", "1"]
    assert "转入2027年1月 1 户" in pages[0].text


def test_a_recorded_visit_of_a_supplement_is_named_once(month: Cli, tmp_path: Path) -> None:
    """PUBLISH-2, PUBLISH-11: recorded under its supplement, a company is named by the first draw's notice and every result, no other."""
    (visit,) = _visits(small_month.open_folder(tmp_path), "2026-12/4")  # type: ignore[arg-type]  # a slot as it is typed
    domains = ("labour", "safety") if visit.entity <= "E06" else ("labour",)
    results = [word for domain in domains for word in ("--result", f"{domain}=1")]
    assert month("visit", "record", "2026-12/4", visit.entity, *results).status == 0
    assert month("--as", APPROVER, "visit", "approve", "2026-12/1", "--all", "--yes").status == 0
    name = f"示例第{int(visit.entity[1:])}厂"
    found = {
        (slot, kind): _render(month, tmp_path, f"2026-12/{slot}", kind).count(name)
        for slot in (1, 3, 4)
        for kind in KINDS
    }
    assert {place for place, times in found.items() if times} == {
        (1, "draw"),
        *((slot, "result") for slot in (1, 3, 4)),
    }
    assert set(found.values()) == {0, 1}


def test_a_supplement_that_was_never_drawn_has_a_commitment_only(month: Cli, tmp_path: Path) -> None:
    """PUBLISH-5: of the void supplement there is the commitment's notice, which says so; the others are refused."""
    assert "已经作废" in _render(month, tmp_path, "2026-12/2", "commitment")
    statuses = [month("notice", "render", "2026-12/2", kind, "-o", str(tmp_path / "x")).status for kind in KINDS[1:]]
    assert statuses == [4, 4]
    assert "2026-12/2（补充抽取，已作废）" in _render(month, tmp_path, "2026-12/4", "draw")
