"""Let the statement of one account leave now, instead of with the next run."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.statement import StatementPolicy
from models.errors import RejectedError
from revcycle.operations.statements.account_pictures import load_pictures
from revcycle.operations.statements.draft_statements import draft_statements
from revcycle.operations.statements.release_statements import StatementSender, release_statements
from revcycle.rules.statements.release import check_release
from revcycle.store.statements import list_drafted_ids, lock_drafted


def release_account(
    session: Session,
    act: Act,
    patient_id: UUID,
    *,
    sender: StatementSender,
    policy: StatementPolicy,
) -> UUID:
    """Draft the statement if it is due, and put its mail into the outbox.

    Repeating it sends nothing twice: an account has one statement a period.

    Returns:
        The id of the statement that leaves.

    Raises:
        RejectedError: the safety gate says no, with its reasons; or there is nothing to draft.
    """
    draft_statements(session, act, [patient_id], policy=policy)
    drafted = list_drafted_ids(session, act.client_id)
    ours = [
        row.id
        for row in lock_drafted(session, act.client_id, drafted)
        if row.patient_id == patient_id
    ]
    if not ours:
        raise RejectedError(_why(session, act, patient_id, policy))
    count = release_statements(session, act, ours, sender=sender, policy=policy)
    if count.released != 1:
        raise RejectedError(_why(session, act, patient_id, policy))
    return ours[0]


def _why(session: Session, act: Act, patient_id: UUID, policy: StatementPolicy) -> str:
    pictures = load_pictures(session, act.client_id, [patient_id])
    found = [
        finding.message
        for picture in pictures
        for finding in check_release(picture.account, policy=policy, today=act.today)
    ]
    return "; ".join(found) or "the account had its statement of this period"
