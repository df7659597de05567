"""What a database complains of is said in words that name what to do: real complaints of real databases."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from inspect_cli.errors import StoreError
from inspect_cli.storage.engine import Store


def _complain(store: Store, statement: str) -> StoreError:
    with pytest.raises(StoreError) as caught, store.transaction() as session:
        session.connection().execute(text(statement))
    return caught.value


def test_a_complaint_without_a_name_of_its_own_is_quoted(store_url: str) -> None:
    """What nobody foresaw is quoted, with the state of things and the next step."""
    error = _complain(Store.create(store_url), "SELECT nonsense FROM nowhere")
    assert "nowhere" in str(error)
    assert "db check" in str(error.hint)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("53100", "the disk is full"),
        ("53300", "the server does not serve it"),
        ("57P01", "the server does not serve it"),
        ("40001", "somebody else is writing"),
        ("40P01", "somebody else is writing"),
        ("42501", "access is denied"),
        ("25006", "may not be written"),
        ("23514", "its own rules refuse this"),
        ("XX001", "the database says"),
    ],
)
def test_a_servers_complaints_are_told_by_their_codes(server_url: str, code: str, words: str) -> None:
    """Each class of PostgreSQL's error codes (its manual, appendix A) has its sentence; the server itself raises them here."""
    error = _complain(Store.create(server_url), f"DO $$ BEGIN RAISE EXCEPTION 'boom' USING ERRCODE = '{code}'; END $$")
    assert words in str(error)
    assert error.hint is not None


def test_somebody_without_access_is_told(postgres_server: str) -> None:
    """A user whom the server does not know."""
    with pytest.raises(StoreError, match='role "stranger" does not exist'):
        Store.open(postgres_server.replace("//tests@", "//stranger@"))
