"""Whether a database could not be asked just now."""

import sqlite3
from typing import Final

import psycopg
from sqlalchemy.exc import OperationalError

WAITED_IN_VAIN: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def is_busy(error: Exception) -> bool:
    """Tell whether asking again may help: another writer, a deadlock, a server that went away.

    Source:
        SQLite, "Result and Error Codes"; PEP 249, OperationalError: "not necessarily under the
        control of the programmer", which psycopg raises for connections, locks and deadlocks.
    """
    if not isinstance(error, OperationalError):
        return False
    cause = error.orig
    if isinstance(cause, sqlite3.OperationalError):
        # The low byte is the code, the others say more of it.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in WAITED_IN_VAIN
    return isinstance(cause, psycopg.OperationalError)
