"""The schema's history: it leads to the tables as they are, from every earlier version, and loses nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import inspect, text

from inspect_cli.acts.store import upgrade_store
from inspect_cli.core.names import Domain
from inspect_cli.core.registry.inspector import RecusalReason
from inspect_cli.core.registry.recusal_words import REASON_WORDS, parse_recusal_reason
from inspect_cli.core.visit.follow_up import FollowUp, FollowUpKind
from inspect_cli.core.visit.outcome import DomainOutcome, Outcome
from inspect_cli.core.visit.result import ResultClass
from inspect_cli.core.visit.review import ReviewState
from inspect_cli.errors import StoreError
from inspect_cli.storage.act_log import find_acts
from inspect_cli.storage.address import parse_address
from inspect_cli.storage.engine import Store
from inspect_cli.storage.migrations.run import find_differences, find_versions, migrate
from inspect_cli.storage.registries import find_entities, find_recusals
from inspect_cli.storage.results import find_outcome_versions
from inspect_cli.storage.tables import Row
from inspect_cli.storage.version import CURRENT, VERSION_TABLE, VERSIONS, Standing, standing_of
from inspect_cli.storage.visits import find_outcomes
from tests.registry_rows import an_actor, an_entity

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


OLD_ENTITY = """INSERT INTO entity (id, name, domains, zone, risk_class, established, contact, telephone) VALUES (
    '91350100M000100Y43', '示例食品厂', '["health","safety"]', '网格01', 'B', '2016-08-30', '联系人某某', '13900000000')"""
OLD_INSPECTOR = """INSERT INTO inspector (id, name, skills, certificate, is_expert, may_lead, zones) VALUES (
    'R001', '检查员001', '["health"]', 'C-1', false, false, '[]')"""
OLD_RECUSAL = """INSERT INTO recusal (inspector, entity, reason, start) VALUES (
    'R001', '91350100M000100Y43', :reason, :start)"""
OF_0004 = (
    "INSERT INTO recusal (inspector, entity, reason, note, start) VALUES ('R001', '91350100M000100Y43', {}, :start)"
)
CODED_RECUSAL = {
    "kin": OF_0004.format("'kin', NULL"),
    "亲属关系": OF_0004.format("'kin', NULL"),
    "是同学": OF_0004.format("'other', '是同学'"),
}
"""What a store of version 0004 keeps in place of the words: codes."""


def _make_at(url: str, version: str) -> Store:
    """Make a store as an earlier program would have."""
    store = Store(parse_address(url))
    with store._writing.begin() as connection:
        migrate(connection, version)
    return store


def _rules(connection: Connection) -> dict[str, set[tuple[str, str]]]:
    """Collect the CHECKs of all tables as the database states them."""
    looked = inspect(connection)
    return {
        name: {(str(rule["name"]), rule["sqltext"]) for rule in looked.get_check_constraints(name)}
        for name in looked.get_table_names()
        if name != VERSION_TABLE
    }


def test_the_versions_are_the_migrations() -> None:
    """What the program takes for its versions are the migrations in their order."""
    assert find_versions() == VERSIONS


def test_a_version_stands_where_the_list_says() -> None:
    """The last version is the current one, those before it are older, and an unknown one can only be newer."""
    assert standing_of(CURRENT) is Standing.CURRENT
    assert {standing_of(version) for version in VERSIONS[:-1]} == {Standing.OLDER}
    assert standing_of("9999") is Standing.NEWER


def test_migrations_lead_to_the_tables(store_url: str) -> None:
    """Tables, columns, types, keys and indices are those of ``storage.tables``."""
    with Store.create(store_url).reading() as session:
        assert find_differences(session.connection()) == ()


def test_migrations_lead_to_the_rules(store_places: Callable[[], str]) -> None:
    """The CHECKs, which alembic does not compare, are those of ``storage.tables`` word for word."""
    migrated = Store.create(store_places())
    made = Store(parse_address(store_places()))
    with made._writing.begin() as connection:
        Row.metadata.create_all(connection)
    with migrated.reading() as left, made.reading(any_version=True) as right:
        rules = _rules(left.connection())
        assert rules == _rules(right.connection())
    assert sum(map(len, rules.values())) > 30


@pytest.mark.parametrize("version", VERSIONS[:-1])
def test_every_earlier_version_is_upgraded(store_url: str, version: str) -> None:
    """A store of each earlier version keeps its rows, becomes the current one, and the log says so."""
    with _make_at(store_url, version)._writing.begin() as connection:
        connection.execute(text(OLD_ENTITY))
        connection.execute(text(OLD_INSPECTOR))
        for number, reason in enumerate(("kin", "亲属关系", "是同学")):
            values = {"reason": reason, "start": f"2026-01-0{number + 1}"}
            connection.execute(text(OLD_RECUSAL if version < "0004" else CODED_RECUSAL[reason]), values)
    done = upgrade_store(store_url, an_actor())
    assert (done.before, done.after) == (version, CURRENT)
    with Store.open(store_url).reading() as session:
        assert find_entities(session) == (an_entity(),)
        recusals = [(one.entity, one.reason.value, one.note, str(one.start)) for one in find_recusals(session)]
        assert sorted(recusals, key=lambda one: one[-1]) == [
            (an_entity().id, "kin", None, "2026-01-01"),
            (an_entity().id, "kin", None, "2026-01-02"),
            (an_entity().id, "other", "是同学", "2026-01-03"),
        ]
        assert [act.act for act in find_acts(session)] == ["db upgrade"]
        assert find_differences(session.connection()) == ()


def test_reasons_are_upgraded_as_an_import_reads_them(store_url: str) -> None:
    """A reason in the field's words becomes what the same file gives today, so that taking it again changes nothing."""
    words = [word for reason, known in REASON_WORDS.items() if reason is not RecusalReason.OTHER for word in known]
    with _make_at(store_url, "0003")._writing.begin() as connection:
        connection.execute(text(OLD_ENTITY))
        connection.execute(text(OLD_INSPECTOR))
        for number, word in enumerate(words, start=1):
            connection.execute(text(OLD_RECUSAL), {"reason": word, "start": f"20{number:02}-01-01"})
    upgrade_store(store_url, an_actor())
    with Store.open(store_url).reading() as session:
        kept = {str(one.start): (one.reason, one.note) for one in find_recusals(session)}
    expected = {f"20{number:02}-01-01": (parse_recusal_reason(word), None) for number, word in enumerate(words, 1)}
    assert kept == expected


def test_a_file_is_copied_before_it_is_upgraded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Beside the upgraded file stands the old one, and a second such copy takes another name."""
    folder = tmp_path_factory.mktemp("store")
    url = str(folder / "inspect.db")
    (folder / "inspect.db.0001.backup").write_bytes(b"an earlier try")
    _make_at(url, "0001")
    done = upgrade_store(url, an_actor())
    assert done.backup == folder / "inspect.db.0001.backup-2"
    assert Store(parse_address(str(done.backup))).version() == "0001"
    assert (folder / "inspect.db.0001.backup").read_bytes() == b"an earlier try"


def test_a_current_store_is_left_alone(store_url: str) -> None:
    """An upgrade with nothing to do copies nothing and writes no row of the log."""
    store = Store.create(store_url)
    assert upgrade_store(store_url, an_actor()).backup is None
    with store.reading() as session:
        assert find_acts(session) == ()


def test_a_later_store_is_not_upgraded(store_url: str) -> None:
    """A store of a later version, or none at all, is refused."""
    with pytest.raises(StoreError, match="there is no store"):
        upgrade_store(store_url, an_actor())
    store = Store.create(store_url)
    with store.transaction() as session:
        session.connection().execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608
    with pytest.raises(StoreError, match="later version"):
        upgrade_store(store_url, an_actor())


OLD_DRAW = """INSERT INTO draw (slot, period, state, plan, commitment, entities, inspectors, excluded) VALUES (
    '2026-12/1', '2026-12', 'committed', '', '', '', '', '')"""
OLD_VISIT = """INSERT INTO visit (slot, entity, day, state) VALUES ('2026-12/1', '91350100M000100Y43', '2026-12-08', 'recorded')"""
OLD_ACT = """INSERT INTO act (clock, day, actor, act, subject, detail) VALUES (
    '2026-12-10T09:30:00+08:00', '2026-12-10', '操作员甲', 'visit record', :subject, '{}')"""
OLD_OUTCOME = """INSERT INTO outcome (slot, entity, domain, result_class, method, finding, follow_up, visited_on, recorded_by) VALUES (
    '2026-12/1', '91350100M000100Y43', :domain, :number, 'on-site', :finding, :follow_up, '2026-12-09', '操作员甲')"""


@pytest.mark.parametrize("is_logged", [True, False])
def test_results_become_first_versions(store_url: str, is_logged: bool) -> None:
    """What was recorded before versions were kept is version 1, awaits approval, and has the time that the log knows."""
    with _make_at(store_url, "0004")._writing.begin() as connection:
        for statement in (OLD_ENTITY, OLD_DRAW, OLD_VISIT):
            connection.execute(text(statement))
        values = {"domain": "safety", "number": 5, "finding": "两份合同缺失", "follow_up": "rectify:2026-12-31"}
        connection.execute(text(OLD_OUTCOME), values)
        connection.execute(text(OLD_OUTCOME), {"domain": "health", "number": 1, "finding": None, "follow_up": None})
        if is_logged:
            connection.execute(text(OLD_ACT), {"subject": "2026-12/1 91350100M000100Y43"})
    upgrade_store(store_url, an_actor())
    expected = Outcome(
        visited_on=date(2026, 12, 9),
        domains=(
            DomainOutcome(domain=Domain("health"), result=ResultClass.NO_PROBLEM),
            DomainOutcome(
                domain=Domain("safety"),
                result=ResultClass.ORDERED_TO_RECTIFY,
                finding="两份合同缺失",
                follow_up=FollowUp(kind=FollowUpKind.RECTIFY, until=date(2026, 12, 31)),
            ),
        ),
    )
    with Store.open(store_url).reading() as session:
        (kept,) = find_outcome_versions(session)
        assert [one.matters for one in find_outcomes(session)] == ["[]", "[]"]
    assert (kept.version, kept.outcome, kept.state, kept.recorded_by) == (1, expected, ReviewState.AWAITING, "操作员甲")
    logged = ("2026-12-10T09:30:00+08:00", date(2026, 12, 10))
    assert (kept.clock, kept.day) == (logged if is_logged else ("2026-12-09T00:00:00+00:00", date(2026, 12, 9)))
