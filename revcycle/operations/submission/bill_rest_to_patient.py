"""Ask the patient for what a next payer, whom nobody knows, would owe."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.ledger import EntryDraft, LedgerSubject
from models.errors import RejectedError
from models.states.work_item import WorkItemEvent
from models.values.accounts import Account, receivable_of
from models.values.identifiers import new_id
from models.values.money import ZERO, Money, total
from revcycle.operations.submission.build_secondary_claims import LATER_RANKS, secondary_cause
from revcycle.rules.ledger.movements import transfer_entry
from revcycle.store import encounters, ledger, work_items
from revcycle.store.audit import record_act
from revcycle.store.claims import list_claims_of_encounters


def bill_rest_to_patient(session: Session, act: Act, encounter_id: UUID) -> Money:
    """Move what stands at payers without a claim of theirs to the patient; return how much.

    Raises:
        NotFoundError: this practice has no such encounter.
        RejectedError: no later payer owes anything that is not claimed.
    """
    encounter = encounters.get_encounter(session, act.client_id, encounter_id)
    claimed = {
        claim.payer_rank
        for claim in list_claims_of_encounters(session, act.client_id, [encounter_id])
    }
    unclaimed = [receivable_of(rank) for rank in LATER_RANKS if rank not in claimed]
    entries = list(_transfers(session, act, encounter_id, encounter.patient_id, unclaimed))
    if not entries:
        msg = f"no later payer owes a part of encounter {encounter_id} that it was not asked for"
        raise RejectedError(msg)
    ledger.insert_entries(session, act.client_id, act, entries)
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        [secondary_cause(encounter_id)],
        resolution="billed to the patient",
        event=WorkItemEvent.COMPLETE,
    )
    record_act(session, act.client_id, act, "bill_rest_to_patient", "encounter", encounter_id)
    return total(
        posting.amount
        for entry in entries
        for posting in entry.postings
        if posting.account is Account.AR_PATIENT
    )


def _transfers(
    session: Session,
    act: Act,
    encounter_id: UUID,
    patient_id: UUID | None,
    unclaimed: list[Account],
) -> Iterator[EntryDraft]:
    charges = encounters.list_charges(session, act.client_id, [encounter_id])
    balances = ledger.balances_of_charges(session, act.client_id, [charge.id for charge in charges])
    cause = new_id()  # the books then hold zero, so that a second time finds nothing to move
    for charge_id, held in balances.items():
        for account in unclaimed:
            if (amount := held.get(account, ZERO)) > ZERO:
                yield transfer_entry(
                    f"to_patient:{cause}:{charge_id}:{account}",
                    act.today,
                    LedgerSubject(patient_id, charge_id),
                    amount,
                    from_account=account,
                    to_account=Account.AR_PATIENT,
                )
