"""No practice sees or touches what belongs to another (invariants I-T1 and I-T2)."""

from uuid import UUID

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import Session, select

from models.tables import AuditEvent, LedgerEntry, Posting
from models.values.accounts import Account
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.store.session import engine_for, transaction
from tests.integration.database.example_rows import (
    NOON,
    OWNED_TABLES,
    add_practice_with_a_row_of_every_table,
)

LAKESIDE = new_id()
SUMMIT = new_id()


def tables_of_practices(url: str) -> list[str]:
    """Ask the database itself which tables have a client_id."""
    inspector = inspect(engine_for(url))
    return [
        table
        for table in inspector.get_table_names()
        if any(column["name"] == "client_id" for column in inspector.get_columns(table))
    ]


def owners_of(session: Session, table: str) -> set[UUID]:
    found = session.execute(text(f"SELECT client_id FROM {table}")).scalars()  # noqa: S608 - names of our tables
    return {UUID(str(one)) for one in found}


@pytest.fixture
def two_practices_url(postgres_url: str) -> str:
    for key, client_id in (("lakeside", LAKESIDE), ("summit", SUMMIT)):
        with transaction(postgres_url, client_id) as session:
            add_practice_with_a_row_of_every_table(session, key, client_id)
    return postgres_url


def test_every_table_of_a_practice_gets_an_example_row(
    either_database_url: str,
) -> None:
    with transaction(either_database_url, LAKESIDE) as session:
        add_practice_with_a_row_of_every_table(session, "lakeside", LAKESIDE)
    tables = tables_of_practices(either_database_url)
    assert sorted(OWNED_TABLES) == sorted(tables)
    with transaction(either_database_url, LAKESIDE) as session:
        for table in tables:
            assert owners_of(session, table) == {LAKESIDE}, table


@pytest.mark.postgres
def test_without_a_practice_no_row_of_any_table_is_seen(two_practices_url: str) -> None:
    with transaction(two_practices_url) as session:
        for table in tables_of_practices(two_practices_url):
            assert owners_of(session, table) == set(), table


@pytest.mark.postgres
@pytest.mark.parametrize("client_id", [LAKESIDE, SUMMIT], ids=["lakeside", "summit"])
def test_a_practice_sees_its_own_rows_of_every_table_and_no_other(
    two_practices_url: str, client_id: UUID
) -> None:
    with transaction(two_practices_url, client_id) as session:
        for table in tables_of_practices(two_practices_url):
            assert owners_of(session, table) == {client_id}, table


@pytest.mark.postgres
def test_the_practice_of_one_transaction_is_forgotten_by_the_next(two_practices_url: str) -> None:
    with transaction(two_practices_url, LAKESIDE) as session:
        connection_id = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with transaction(two_practices_url) as session:
        assert session.execute(text("SELECT pg_backend_pid()")).scalar_one() == connection_id
        assert owners_of(session, "patient") == set()


@pytest.mark.postgres
def test_the_rows_of_another_practice_can_be_neither_changed_nor_removed(
    two_practices_url: str,
) -> None:
    with transaction(two_practices_url, LAKESIDE) as session:
        for statement in (
            "UPDATE patient SET last_name = 'Taken' WHERE client_id = :other",
            "DELETE FROM claim_finding WHERE client_id = :other",
        ):
            touched = session.connection().execute(text(statement), {"other": SUMMIT})
            assert touched.rowcount == 0, statement


@pytest.mark.postgres
def test_a_row_cannot_be_written_into_another_practice(two_practices_url: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction(two_practices_url, LAKESIDE) as session,
    ):
        session.add(
            AuditEvent(
                client_id=SUMMIT, at=NOON, actor="ann", action="look", subject_kind="patient"
            )
        )


@pytest.mark.postgres
def test_the_application_is_no_superuser_and_every_policy_binds_the_owner(
    postgres_url: str,
) -> None:
    with transaction(postgres_url) as session:
        privileges = session.execute(
            text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        ).one()
        bound = session.execute(
            text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        ).scalars()
        assert tuple(privileges) == (False, False)
        assert sorted(bound) == sorted(tables_of_practices(postgres_url))


def test_a_row_cannot_point_into_another_practice(either_database_url: str) -> None:
    for key, client_id in (("lakeside", LAKESIDE), ("summit", SUMMIT)):
        with transaction(either_database_url, client_id) as session:
            add_practice_with_a_row_of_every_table(session, key, client_id)
    with transaction(either_database_url, SUMMIT) as session:
        theirs = session.exec(select(LedgerEntry).where(LedgerEntry.client_id == SUMMIT)).one()
    with (
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
        transaction(either_database_url, LAKESIDE) as session,
    ):
        session.add(
            Posting(
                client_id=LAKESIDE,
                ledger_entry_id=theirs.id,
                account=next(iter(Account)),
                amount=Money(1),
            )
        )
