"""The calendar that everybody uses: the library's years, and the notices that were imported."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from inspect_cli.acts.registry.calendar import NoticeOrder, calendar_of, import_notice
from inspect_cli.core.people import Person, Role
from inspect_cli.core.workdays import YearNotice, is_working_day
from inspect_cli.errors import InputError, RefusedError
from inspect_cli.files.workday_notice import NoticeFile
from inspect_cli.storage.act_log import find_acts
from tests.registry_rows import an_actor

if TYPE_CHECKING:
    from inspect_cli.storage.engine import Store

NOTICE = YearNotice(year=2027, title="2027.csv", days_off=(date(2027, 1, 1),), make_up_days=(date(2027, 1, 9),))


def _order(notice: YearNotice, *, update: bool = False, dry_run: bool = False) -> NoticeOrder:
    return NoticeOrder(
        file=NoticeFile(notice=notice, digest="0" * 64, notices=()), people=(), update=update, dry_run=dry_run
    )


def _is_working_day(store: Store, day: date) -> bool:
    with store.reading() as session:
        return is_working_day(calendar_of(session), day)


def test_a_year_is_known_once_its_notice_is_imported(store: Store) -> None:
    """Before the import the year is refused; after it, its days are the notice's."""
    with pytest.raises(InputError, match="2027"):
        _is_working_day(store, date(2027, 1, 4))
    taken = import_notice(store, an_actor(), _order(NOTICE))
    assert (taken.is_new, taken.is_updated, taken.stands_before_library) == (True, False, False)
    assert not _is_working_day(store, date(2027, 1, 1))
    assert _is_working_day(store, date(2027, 1, 9))
    with store.reading() as session:
        (act,) = find_acts(session)
    assert (act.act, act.subject) == ("workdays import", "2027")
    assert json.loads(act.detail) == {"file": "2027.csv", "sha256": "0" * 64, "provisional": False}


def test_an_imported_notice_stands_before_the_library(store: Store) -> None:
    """2026-01-01 is a holiday by the library; a notice that makes it a working day wins, and says whom it stands before."""
    assert not _is_working_day(store, date(2026, 1, 1))
    taken = import_notice(store, an_actor(), _order(YearNotice(year=2026, title="x", days_off=(), make_up_days=())))
    assert taken.stands_before_library
    assert _is_working_day(store, date(2026, 1, 1))


def test_the_same_days_again_change_nothing(store: Store) -> None:
    """A file of another name with the same days is no other notice, and writes no row of the log."""
    import_notice(store, an_actor(), _order(NOTICE))
    taken = import_notice(store, an_actor(), _order(replace(NOTICE, title="copy.csv")))
    assert (taken.is_new, taken.is_updated) == (False, False)
    with store.reading() as session:
        assert len(find_acts(session)) == 1


def test_another_notice_of_the_year_wants_update(store: Store) -> None:
    """Other days are refused with the days that differ, told by a dry run, and taken when asked."""
    other = replace(NOTICE, title="final.csv", days_off=(date(2027, 1, 1), date(2027, 2, 8)), make_up_days=())
    import_notice(store, an_actor(), _order(replace(NOTICE, provisional=True)))
    with pytest.raises(RefusedError) as caught:
        import_notice(store, an_actor(), _order(other))
    assert "2027-02-08" in str(caught.value)
    assert "2027-01-09" in str(caught.value)
    assert "2027-01-01" not in str(caught.value)
    assert import_notice(store, an_actor(), _order(other, dry_run=True)).is_updated
    assert _is_working_day(store, date(2027, 2, 8))
    assert import_notice(store, an_actor(), _order(other, update=True)).is_updated
    assert not _is_working_day(store, date(2027, 2, 8))
    with store.reading() as session:
        assert json.loads(find_acts(session)[-1].detail)["replaces"] == "2027.csv"


def test_only_an_operator_imports_a_notice(store: Store) -> None:
    """Where the bureau lists its people, others are refused by the act itself, even when they only want to be told."""
    people = (Person(name="操作员甲", roles=(Role.AUDITOR,)),)
    for order in (_order(NOTICE), _order(NOTICE, dry_run=True)):
        with pytest.raises(RefusedError, match="operator"):
            import_notice(store, an_actor(), replace(order, people=people))
    with store.reading() as session:
        assert find_acts(session) == ()
