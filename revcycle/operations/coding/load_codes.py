"""Put a public list of codes into the database."""

from collections.abc import Generator, Sequence

from sqlmodel import Session

from models.documents.billing_code import BillingCodeDocument
from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.values.billing_codes import SYSTEM_LABELS, CodeSystem
from revcycle.store import billing_codes, staff_trail


def load_codes(
    session: Session, act: StaffAct, system: CodeSystem, codes: Sequence[BillingCodeDocument]
) -> Generator[int]:
    """Replace one list by another edition of it; the others stay. Loading twice changes nothing.

    Args:
        session: The database.
        act: Who loads it; the trail keeps that.
        system: Whose list.
        codes: All of it, in the order in which they are to be found.

    Yields:
        How many codes are written so far.

    Raises:
        RejectedError: the list is empty, or holds one period of a code twice.
    """
    if not codes:
        msg = f"no code of {SYSTEM_LABELS[system]} was found; the list stays as it is"
        raise RejectedError(msg)
    if len({(code.code, code.valid_from) for code in codes}) < len(codes):
        msg = f"the list of {SYSTEM_LABELS[system]} holds a code twice; it stays as it is"
        raise RejectedError(msg)
    yield from billing_codes.replace_codes(session, system, codes)
    outcome = f"{len(codes)} codes"
    staff_trail.record_staff_act(session, act, f"load_codes:{system}", None, outcome=outcome)
