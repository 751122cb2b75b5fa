"""Put a file of reference data into the database as an edition."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from models.documents.reference import EditionDocument, EditionToImport
from models.documents.staff_act import StaffAct
from models.errors import RejectedError
from models.values.reference import PUBLIC_LICENCES, EditionState
from revcycle.operations.reference.project_codes import project_codes
from revcycle.store import imported_editions, reference_rows, staff_trail


@dataclass(frozen=True, slots=True)
class AlreadyImported:
    """The same content is there, so that nothing was written.

    Attributes:
        edition: The edition that holds it.
        is_restored: It had been rolled back and is in use again.
    """

    edition: EditionDocument
    is_restored: bool


def find_imported(
    session: Session, act: StaffAct, content: EditionToImport
) -> AlreadyImported | None:
    """Tell whether the same content is already there, and take it into use again if it is not.

    Raises:
        RejectedError: it is in use under another name or from another day on.
    """
    same = imported_editions.list_with_content(session, content.kind, content.sha256)
    facts = content.facts
    for edition in same:
        is_same = (edition.name, edition.effective_from) == (facts.name, facts.effective_from)
        if edition.state == EditionState.IN_USE and not is_same:
            msg = (
                f"this file is already in use as {edition.name} from {edition.effective_from} on; "
                "roll that edition back before it is imported otherwise"
            )
            raise RejectedError(msg)
        if is_same:
            return _again(session, act, edition)
    return None


def import_edition(
    session: Session,
    act: StaffAct,
    content: EditionToImport,
    *,
    attested_by: str = "",
    show: Callable[[int], None] = lambda _written: None,
) -> EditionDocument:
    """Write an edition and its rows, all or nothing; ``find_imported`` was asked before.

    Args:
        session: One transaction for all of it.
        act: Who imports it; the trail and the edition keep that.
        content: What the reader found.
        attested_by: Who says that the company may use the list; needed unless it is public or ours.
        show: Is told after each chunk how many rows are written.

    Raises:
        RejectedError: the file is wrong or empty, or nobody attested.
    """
    if content.licence not in PUBLIC_LICENCES and not attested_by.strip():
        msg = f"{content.kind} is licensed: somebody must attest that your company may use it"
        raise RejectedError(msg)
    number = imported_editions.insert_edition(session, act, content, attested_by.strip())
    written = 0
    for written in reference_rows.insert_edition_rows(session, content.kind, number, content.rows):
        show(written)
    if not written:
        msg = "the file holds no row; nothing was imported"
        raise RejectedError(msg)
    imported_editions.set_row_count(session, number, written)
    project_codes(session, content.kind)
    outcome = f"{number}: {written} rows"
    staff_trail.record_staff_act(
        session, act, f"import_reference:{content.kind}", None, outcome=outcome
    )
    return imported_editions.get_edition(session, number)


def _again(session: Session, act: StaffAct, edition: EditionDocument) -> AlreadyImported:
    is_rolled_back = edition.state == EditionState.ROLLED_BACK
    if is_rolled_back:
        imported_editions.set_state(session, edition.number, EditionState.IN_USE)
        project_codes(session, edition.kind)
        staff_trail.record_staff_act(
            session, act, f"restore_reference:{edition.kind}", None, outcome=str(edition.number)
        )
    return AlreadyImported(
        imported_editions.get_edition(session, edition.number), is_restored=is_rolled_back
    )
