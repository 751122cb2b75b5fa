"""Write down an insurance that the practice did not know of."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError, RejectedError
from models.states.encounter import EncounterState
from models.tables import Coverage
from revcycle.store import clients, patients
from revcycle.store.audit import record_act
from revcycle.store.encounters import list_encounters_of_patient

UNBILLED = (
    EncounterState.NEEDS_FIX,
    EncounterState.REGISTERED,
    EncounterState.CODING,
    EncounterState.QUERIED,
    EncounterState.CODED,
)


@dataclass(frozen=True, slots=True, repr=False)
class NewCoverage:
    """What the patient's card says; the patient is the subscriber.

    Attributes:
        rank: 1 for the payer that is asked first.
        valid_from: The first day in force; None when nobody knows.
        valid_to: The last day in force; None when it goes on.
    """

    payer_key: str
    member_id: str
    rank: int = 1
    group_number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def add_coverage(session: Session, act: Act, patient_id: UUID, new: NewCoverage) -> int:
    """Add a coverage, or renew one the practice knew; visits that are not billed ask it anew.

    Returns how many visits lost their verdict and will be verified again.

    Raises:
        NotFoundError: this practice has no such patient or payer.
        RejectedError: the member id is empty, or the coverage would end before it begins.
    """
    payer = clients.find_payers(session, act.client_id).get(new.payer_key)
    if payer is None:
        msg = f"the practice has no payer {new.payer_key}"
        raise NotFoundError(msg)
    if patients.get_patient(session, act.client_id, patient_id) is None:
        msg = f"no patient {patient_id}"
        raise NotFoundError(msg)
    _refuse_nonsense(new)
    _write(session, act, patient_id, payer.id, new)
    record_act(session, act.client_id, act, "add_coverage", "patient", patient_id)
    return _forget_verdicts(session, act, patient_id, new)


def _refuse_nonsense(new: NewCoverage) -> None:
    if not new.member_id.strip():
        msg = "a coverage needs a member id"
        raise RejectedError(msg)
    if new.valid_from and new.valid_to and new.valid_to < new.valid_from:
        msg = "a coverage cannot end before it begins"
        raise RejectedError(msg)


def _write(session: Session, act: Act, patient_id: UUID, payer_id: UUID, new: NewCoverage) -> None:
    held = patients.list_coverages(session, act.client_id, [patient_id])
    member_id = new.member_id.strip()
    row = next(
        (one for one in held if (one.payer_id, one.member_id) == (payer_id, member_id)), None
    )
    if row is None:
        row = Coverage(
            client_id=act.client_id,
            patient_id=patient_id,
            payer_id=payer_id,
            rank=new.rank,
            member_id=member_id,
        )
    row.rank, row.group_number = new.rank, new.group_number or row.group_number
    row.valid_from, row.valid_to = new.valid_from, new.valid_to
    session.add(row)


def _forget_verdicts(session: Session, act: Act, patient_id: UUID, new: NewCoverage) -> int:
    rows = [
        row
        for row in list_encounters_of_patient(session, act.client_id, patient_id, UNBILLED)
        if row.service_date is not None
        and (new.valid_from is None or new.valid_from <= row.service_date)
        and (new.valid_to is None or row.service_date <= new.valid_to)
    ]
    for row in rows:
        row.verdict, row.verdict_reason = None, ""
    return len(rows)
