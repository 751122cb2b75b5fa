"""Ask the patient for a claim whose insurance turned out not to be in force."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import LedgerSubject
from models.errors import RejectedError
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.tables import Encounter
from models.values.accounts import Account, receivable_of
from models.values.money import Money, total
from models.values.periods import coverages_on
from revcycle.operations.submission.unsent_claims import (
    close_claim_work,
    get_unsent_claim,
    owed_on_claim,
)
from revcycle.rules.ledger.movements import transfer_entry
from revcycle.store import encounters, ledger, patients
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def bill_claim_to_patient(session: Session, act: Act, claim_id: UUID) -> Money:
    """Close a held or rejected claim and let the patient owe it; return how much.

    A claim that is late or faulty is our fault and stays ours: the patient is asked only when no
    coverage was in force on the day.

    Raises:
        NotFoundError: this practice has no such claim.
        RejectedError: the claim is under way or was decided, or a coverage is in force.

    Source:
        Provider agreements forbid billing members for what the provider failed to file in time.
    """
    claim = get_unsent_claim(session, act.client_id, claim_id)
    encounter = encounters.get_encounter(session, act.client_id, claim.encounter_id)
    if is_covered(session, act.client_id, encounter):
        msg = f"a coverage is in force for claim {claim_id}: the patient does not owe it"
        raise RejectedError(msg)
    owed = owed_on_claim(session, act.client_id, claim)
    entries = [
        transfer_entry(
            f"claim_to_patient:{claim_id}:{charge_id}",
            act.today,
            LedgerSubject(encounter.patient_id, charge_id, claim_id),
            amount,
            from_account=receivable_of(claim.payer_rank),
            to_account=Account.AR_PATIENT,
        )
        for charge_id, amount in owed.items()
    ]
    move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.CLOSE)
    ledger.insert_entries(session, act.client_id, act, entries)
    close_claim_work(session, act, claim_id, resolution="billed to the patient")
    record_act(session, act.client_id, act, "bill_claim_to_patient", "claim", claim_id)
    return total(owed.values())


def is_covered(session: Session, client_id: UUID, encounter: Encounter) -> bool:
    """Tell whether a coverage was in force on the day; true where nobody can say."""
    if encounter.patient_id is None or encounter.service_date is None:
        return True  # nobody can say; a person must find out first
    held = patients.list_coverages(session, client_id, [encounter.patient_id])
    return bool(coverages_on(held, encounter.service_date))
