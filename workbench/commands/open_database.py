"""The database that a command works on."""

from models.errors import NotFoundError
from revcycle.settings import settings
from revcycle.store.schema import is_database_ready


def require_database() -> str:
    """Return the address of the database.

    Raises:
        NotFoundError: there is none yet.
    """
    if not is_database_ready(settings().database):
        msg = "there is no database yet; run revcycle demo, or revcycle db upgrade"
        raise NotFoundError(msg)
    return settings().database
