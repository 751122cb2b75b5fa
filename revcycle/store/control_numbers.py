"""The numbers that partners see on our files: each is used once."""

from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, select

from models.errors import RejectedError
from models.tables import ControlNumber
from models.values.identifiers import new_id

INTERCHANGE = "interchange"
INTERCHANGE_NUMBER_MAX = 999_999_999  # ISA13 has nine digits


def lock_control_number(
    session: Session, client_id: UUID, connection_id: UUID, kind: str = INTERCHANGE
) -> ControlNumber:
    """Lock the counter towards a partner until this transaction ends; make it if there is none.

    Whoever holds it may raise ``last_value`` by one, in the transaction that writes the file.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    key = {"client_id": client_id, "connection_id": connection_id, "kind": kind}
    session.execute(
        dialect.insert(ControlNumber)
        .values(**key, id=new_id(), last_value=0)
        .on_conflict_do_nothing(index_elements=list(key))
    )
    return session.exec(
        select(ControlNumber)
        .where(
            ControlNumber.client_id == client_id,
            ControlNumber.connection_id == connection_id,
            ControlNumber.kind == kind,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def following_number(counter: ControlNumber) -> int:
    """Return the number that comes next, without taking it.

    Raises:
        RejectedError: nine digits are used up.
    """
    if counter.last_value >= INTERCHANGE_NUMBER_MAX:
        msg = f"the control numbers of connection {counter.connection_id} are used up"
        raise RejectedError(msg)
    return counter.last_value + 1


def next_control_number(
    session: Session, client_id: UUID, connection_id: UUID, kind: str = INTERCHANGE
) -> int:
    """Take the next number; a rolled back transaction gives it back, so there are no gaps.

    Raises:
        RejectedError: nine digits are used up.
    """
    counter = lock_control_number(session, client_id, connection_id, kind)
    counter.last_value = following_number(counter)
    session.flush()
    return counter.last_value
