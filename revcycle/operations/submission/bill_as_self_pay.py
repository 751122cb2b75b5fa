"""Ask the patient, and no payer, for a visit."""

from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent, EncounterState
from models.states.transition import IllegalTransitionError
from models.states.work_item import WorkItemEvent
from models.values.money import Money, total
from revcycle.operations.submission.build_claims import (
    NO_COVERAGE,
    charges_to_book,
    load_billable,
    price_cause,
    price_charges,
    problem_of,
)
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.rules.ledger.charges import charge_entries
from revcycle.store import encounters, ledger, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


def bill_as_self_pay(
    session: Session, act: Act, encounter_id: UUID, *, policy: ClaimPolicy
) -> Money:
    """Bill a coded encounter to its patient, whatever coverages the patient holds.

    For a patient whose insurance had ended on the day, and for one who asked that no payer hear
    of the visit. Returns what the patient owes for it.

    Raises:
        NotFoundError: this practice has no such encounter.
        IllegalTransitionError: the encounter is not coded, or was billed already.
        RejectedError: it cannot be priced yet, or its claim waited for the new codes.

    Source:
        45 CFR 164.522(a)(1)(vi): a patient who pays in full may keep a visit from the health plan.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    found = load_billable(session, act.client_id, [encounter_id])
    if not found:
        raise IllegalTransitionError(EncounterState(encounter.state), EncounterEvent.BILL)
    (billable,) = found
    if billable.waiting is not None:
        msg = f"encounter {encounter_id} has a claim that goes on with the new codes"
        raise RejectedError(msg)
    price_charges(billable.charges, policy)
    problem = problem_of(billable)
    if problem is not None and problem[0] != NO_COVERAGE:
        msg = f"encounter {encounter_id} cannot be billed: {problem[0]}"
        raise RejectedError(msg)
    move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.BILL)
    session.flush()
    charges = list(charges_to_book(billable, first_rank=None))
    ledger.insert_entries(session, act.client_id, act, charge_entries(charges))
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [price_cause(encounter_id)],
        resolution="billed to the patient",
        event=WorkItemEvent.COMPLETE,
    )
    record_act(session, act.client_id, act, "bill_as_self_pay", "encounter", encounter_id)
    return total(charge.amount for charge in charges)
