"""The books and the trail of what happened are never edited (invariant I-M2)."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.values.identifiers import new_id
from revcycle.store.session import transaction
from tests.integration.database.example_rows import add_practice_with_a_row_of_every_table

CLIENT_ID = new_id()
CHANGES = {
    "ledger_entry": "kind = 'other'",
    "posting": "amount = 1",
    "audit_event": "actor = 'nobody'",
    "state_change": "to_state = 'paid'",
    "accounting_period": "closed_by = 'nobody'",
    "period_total": "balance = 1",
}


@pytest.fixture
def filled_url(either_database_url: str) -> str:
    with transaction(either_database_url, CLIENT_ID) as session:
        add_practice_with_a_row_of_every_table(session, "lakeside", CLIENT_ID)
    return either_database_url


@pytest.mark.parametrize("table", CHANGES)
def test_a_line_of_the_books_or_of_the_trail_cannot_be_changed(filled_url: str, table: str) -> None:
    with (
        pytest.raises(DBAPIError, match=f"{table} is append-only"),
        transaction(filled_url, CLIENT_ID) as session,
    ):
        session.execute(text(f"UPDATE {table} SET {CHANGES[table]}"))  # noqa: S608 - names of our tables


@pytest.mark.parametrize("table", CHANGES)
def test_a_line_of_the_books_or_of_the_trail_cannot_be_removed(filled_url: str, table: str) -> None:
    with (
        pytest.raises(DBAPIError, match=f"{table} is append-only"),
        transaction(filled_url, CLIENT_ID) as session,
    ):
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of our tables


@pytest.mark.parametrize("table", ["inbound_file", "outbound_file"])
@pytest.mark.parametrize("change", ["content = 'x'", "sha256 = 'x'"])
def test_the_bytes_of_a_file_never_change_while_its_state_does(
    filled_url: str, table: str, change: str
) -> None:
    with transaction(filled_url, CLIENT_ID) as session:
        session.execute(text(f"UPDATE {table} SET kind = 'TA1'"))  # noqa: S608 - names of our tables
    with (
        pytest.raises(DBAPIError, match=f"the bytes of {table} never change|is append-only"),
        transaction(filled_url, CLIENT_ID) as session,
    ):
        session.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608 - names of our tables
