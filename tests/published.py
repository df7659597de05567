"""The small month with results that were recorded, approved and published, the way that the acts go."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from inspect_cli.acts.publish.issue import PublishOrder, publish_notice
from inspect_cli.acts.publish.renewal import Papers
from inspect_cli.acts.visit.correcting import CorrectionOrder, correct_visit
from inspect_cli.acts.visit.recording import RecordOrder, record_visit
from inspect_cli.acts.visit.review import ReviewOrder, approve_visits
from inspect_cli.core.draw.result import parse_result
from inspect_cli.core.names import EntityId, Slot
from inspect_cli.core.people import Approval
from inspect_cli.core.publish.issued import NoticeKind, Subject
from inspect_cli.core.visit.recording import Claims
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.storage.address import parse_address
from inspect_cli.storage.draws import find_draw
from inspect_cli.storage.engine import Store
from tests import small_month
from tests.sample_draw import order_all
from tests.small_month import APPROVER, BUREAU, OPERATOR, PUBLISHER, actor_on
from tests.stores import copy_store

if TYPE_CHECKING:
    from inspect_cli.acts.publish.issue import Published
    from inspect_cli.core.draw.result import Visit

SLOT = Slot("2026-12/1")
PAPERS = Papers(bureau=BUREAU)
END = "2026-12-31"
YEAR_FILE = b"""year = 2026
first_month = 1
last_month = 11

[[target]]
domain = "safety"
ratio = "0.03"
basis = "plan of the year"
"""


def make_store(url: str, count: int = 0) -> Store:
    """Make a store whose month is drawn, and so many of its results published in one notice; a file is made once, and then copied."""
    if parse_address(url).path is None or not copy_store(_mould(count), url):
        return _prepare(url, count)
    return Store.open(url)


@cache
def _mould(count: int) -> str:
    url = f"sqlite:///{(Path(mkdtemp()) / 'inspect.db').as_posix()}"
    _prepare(url, count)
    return url


def _prepare(url: str, count: int) -> Store:
    store = small_month.fill(url)
    small_month.draw_month(store)
    if count:
        publish_results(store, count)
    return store


def visits_of(store: Store, slot: Slot = SLOT) -> tuple[Visit, ...]:
    """Give the visits of a draw that have a day, sorted by day and number."""
    with store.reading() as session:
        record = find_draw(session, slot)
    assert record is not None
    assert record.result is not None
    found = [visit for visit in parse_result(record.result).visits if visit.day is not None]
    return tuple(sorted(found, key=lambda visit: (visit.day or "", visit.entity)))


def record(store: Store, visit: Visit, result: int = 1, finding: str | None = None) -> EntityId:
    """Record the same result for all domains of a visit, and give its company."""
    record_visit(store, actor_on(END, name=OPERATOR), BUREAU, _order(visit, result, finding))
    return visit.entity


def correct(store: Store, visit: Visit, result: int, **said: Any) -> None:
    """Correct a visit's result, with a ``finding``, and have it approved on the same ``day`` unless ``is_approved`` is false."""
    day = said.get("day", END)
    order = CorrectionOrder(
        order=_order(visit, result, said.get("finding")),
        approval=Approval(approver=APPROVER, reason="re-examined"),
        basis="复核",
    )
    correct_visit(store, actor_on(day, name=OPERATOR), BUREAU, order)
    if said.get("is_approved", True):
        approve(store, day=day)


def approve(store: Store, *entities: EntityId, day: str = END, **who: Any) -> None:
    """Approve results, all that await it where none is named; ``name`` and ``bureau`` as in ``publish``."""
    order = ReviewOrder(bureau=who.get("bureau", BUREAU), slot=SLOT, entities=entities)
    approve_visits(store, actor_on(day, name=who.get("name", APPROVER)), order)


def publish(store: Store, kind: NoticeKind = NoticeKind.RESULT, day: str = END, **who: Any) -> Published:
    """Publish a notice of the first draw; ``name`` and ``bureau`` say by whom and under which settings."""
    order = PublishOrder(bureau=who.get("bureau", BUREAU), subject=Subject(kind=kind, slot=SLOT))
    return publish_notice(store, actor_on(day, "15:00", who.get("name", PUBLISHER)), order)


def publish_results(store: Store, count: int | None = None) -> Published:
    """Record, approve and publish the first results, or all."""
    named = [record(store, visit) for visit in visits_of(store)[:count]]
    approve(store, *named)
    return publish(store)


def _order(visit: Visit, result: int, finding: str | None) -> RecordOrder:
    results = dict.fromkeys(visit.domains, ResultClass(result))
    findings = {} if finding is None else {visit.domains[0]: finding}
    claims = Claims(results=results, methods={}, findings=findings, follow_ups=order_all(results))
    return RecordOrder(slot=SLOT, entity=visit.entity, claims=claims)
