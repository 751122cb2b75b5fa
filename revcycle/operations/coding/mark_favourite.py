"""Give a code a star, or take it away."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.values.billing_codes import CodeSystem
from revcycle.store import audit, billing_codes, favourite_codes

FAVOURITES_MAX = 200  # more is a list to search again


def mark_favourite(
    session: Session, client_id: UUID, act: Act, code: str, *, is_of_practice: bool
) -> None:
    """Give a code a star; one that has it keeps it, and nothing is written.

    Args:
        session: The database.
        client_id: The practice at which the code is wanted.
        act: Who wants it.
        code: Without a dot; a loaded list must have it.
        is_of_practice: For everybody at this practice, or for whoever acts alone.

    Raises:
        RejectedError: no list has the code, or there are too many stars.
    """
    system = _system_of(session, code)
    person = "" if is_of_practice else act.actor
    have = favourite_codes.list_favourites(session, client_id, act.actor)
    if any(one.code == code and one.is_of_practice is is_of_practice for one in have):
        return
    if len(have) >= FAVOURITES_MAX:
        msg = f"{FAVOURITES_MAX} codes have a star already; take one away first"
        raise RejectedError(msg)
    favourite_codes.insert_favourite(session, client_id, person, system, code)
    audit.record_act(session, client_id, act, "mark_favourite", "favourite_code", None)


def unmark_favourite(
    session: Session, client_id: UUID, act: Act, code: str, *, is_of_practice: bool
) -> None:
    """Take the star of a code away; one without a star is no error."""
    person = "" if is_of_practice else act.actor
    for system in CodeSystem:
        favourite_codes.delete_favourite(session, client_id, person, system, code)
    audit.record_act(session, client_id, act, "unmark_favourite", "favourite_code", None)


def _system_of(session: Session, code: str) -> CodeSystem:
    known = billing_codes.list_by_codes(session, frozenset(CodeSystem), [code])
    if not known:
        msg = f"no list that is loaded has the code {code[:7]}"
        raise RejectedError(msg)
    return known[0].system
