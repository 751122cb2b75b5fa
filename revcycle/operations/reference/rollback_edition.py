"""Take an edition of reference data out of use, or into it again."""

from sqlmodel import Session

from models.documents.reference import EditionDocument
from models.documents.staff_act import StaffAct
from models.errors import NotFoundError, RejectedError
from models.values.reference import EditionState, ReferenceKind
from revcycle.operations.reference.project_codes import project_codes
from revcycle.store import imported_editions, staff_trail


def rollback_edition(
    session: Session, act: StaffAct, kind: ReferenceKind, name: str = ""
) -> EditionDocument | None:
    """Take an edition out of use: the one before it answers again. Its rows stay.

    Without a name it is the newest of its kind, whether or not it is in use: a command that runs
    twice takes back one edition, not two.

    Returns:
        The edition as it is now, or None if it was rolled back before: nothing changed.

    Raises:
        NotFoundError: there is no such edition.
        RejectedError: several editions have this name and are in use.
    """
    edition = _choose(session, kind, name, EditionState.IN_USE)
    return _move(session, act, edition, EditionState.ROLLED_BACK, "roll_back_reference")


def restore_edition(
    session: Session, act: StaffAct, kind: ReferenceKind, name: str = ""
) -> EditionDocument | None:
    """Take an edition that was rolled back into use again; without a name the newest of its kind.

    Returns:
        The edition as it is now, or None if it is in use: nothing changed.

    Raises:
        NotFoundError: there is no such edition.
        RejectedError: several editions have this name and are rolled back.
    """
    edition = _choose(session, kind, name, EditionState.ROLLED_BACK)
    return _move(session, act, edition, EditionState.IN_USE, "restore_reference")


def _choose(
    session: Session, kind: ReferenceKind, name: str, state: EditionState
) -> EditionDocument:
    editions = imported_editions.list_editions(session, kind)
    if not name and editions:
        return editions[0]
    named = [one for one in editions if name in (one.name, str(one.number))]
    if not named:
        msg = f"there is no edition {name} of {kind}" if name else f"nothing is imported of {kind}"
        raise NotFoundError(msg)
    fitting = [one for one in named if one.state == state]
    if len(fitting) > 1:
        numbers = ", ".join(str(one.number) for one in fitting)
        msg = f"several editions of {kind} are called {name}; give the number of one: {numbers}"
        raise RejectedError(msg)
    return fitting[0] if fitting else named[0]


def _move(
    session: Session,
    act: StaffAct,
    edition: EditionDocument,
    state: EditionState,
    action: str,
) -> EditionDocument | None:
    if edition.state == state:
        return None
    imported_editions.set_state(session, edition.number, state)
    project_codes(session, edition.kind)
    staff_trail.record_staff_act(
        session, act, f"{action}:{edition.kind}", None, outcome=str(edition.number)
    )
    return imported_editions.get_edition(session, edition.number)
