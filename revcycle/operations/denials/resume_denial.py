"""Go on with a denial whose payer promised money that did not come."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from models.errors import RejectedError
from revcycle.operations.denials.withdraw_appeal import work_denial_again
from revcycle.store import appeals, denials
from revcycle.store.audit import record_act


def resume_denial(session: Session, act: Act, denial_id: UUID, *, plays: Sequence[Play]) -> None:
    """Open an appealed denial again after its appeal was won and nothing was paid.

    Raises:
        NotFoundError: this client has no such denial.
        IllegalTransitionError: the denial is not appealed.
        RejectedError: the appeal is not answered yet: it is withdrawn or lost, not given up so.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    if appeals.lock_undecided_appeals(session, act.client_id, [denial_id]):
        msg = f"the appeal of denial {denial_id} is not answered yet"
        raise RejectedError(msg)
    work_denial_again(session, act, denial, plays=plays, resolution="money did not come")
    record_act(session, act.client_id, act, "resume_denial", "denial", denial_id)
