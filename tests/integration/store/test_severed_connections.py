"""A database server that was restarted costs nobody a page."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from revcycle.store.session import asking, engine_for, reading, transaction

pytestmark = pytest.mark.postgres


def sever_others(url: str) -> None:
    """End every other connection of this role, as a restart of the server does."""
    with transaction(url) as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND usename = current_user"
                " AND datname = current_database()"
            )
        )


def test_a_connection_that_the_server_closed_is_not_lent_again(postgres_url: str) -> None:
    first, second = engine_for(postgres_url).connect(), engine_for(postgres_url).connect()
    first.close()
    second.close()
    sever_others(postgres_url)
    for _ in range(3):
        with transaction(postgres_url) as session, reading(postgres_url) as reader:
            assert session.execute(text("SELECT 1")).scalar_one() == 1
            assert reader.execute(text("SELECT 1")).scalar_one() == 1


def test_what_only_reads_cannot_write(postgres_url: str) -> None:
    with (
        pytest.raises(DBAPIError, match="read-only"),
        reading(postgres_url) as session,
    ):
        session.execute(text("DELETE FROM saved_view"))
    with transaction(postgres_url) as session:  # on the connection that only read before
        session.execute(text("DELETE FROM saved_view"))


def fail_halfway(url: str, connection: int) -> None:
    """Change something on a connection, and fail before the end."""
    with transaction(url) as session:
        assert session.execute(text("SELECT pg_backend_pid()")).scalar_one() == connection
        session.execute(text("CREATE TABLE half (done integer)"))
        session.execute(text("SELECT 1 / 0"))


def test_what_fails_after_a_question_that_stood_alone_is_undone(postgres_url: str) -> None:
    with asking(postgres_url) as session:
        asked_by = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with pytest.raises(DBAPIError):
        fail_halfway(postgres_url, asked_by)
    with transaction(postgres_url) as session:
        assert session.execute(text("SELECT to_regclass('half')")).scalar_one() is None
