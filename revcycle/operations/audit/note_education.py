"""Note that a coder has read what an audit teaches."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError
from revcycle.store import audited_cases
from revcycle.store.audit import record_act


def note_education(session: Session, act: Act, case_id: UUID) -> None:
    """Note it once; reading again changes nothing.

    Raises:
        NotFoundError: this practice has no such case of this coder.
    """
    case = audited_cases.get_case(session, act.client_id, case_id)
    if case.coder != act.actor or not case.education:
        msg = f"no audited case {case_id}"
        raise NotFoundError(msg)
    if case.education_seen_at is None:
        case.education_seen_at = act.at
        record_act(session, act.client_id, act, "read_education", "audited_case", case_id)
