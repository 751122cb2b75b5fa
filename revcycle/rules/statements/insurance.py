"""Has insurance finished with an encounter?"""

from typing import Final

from models.documents.statement import EncounterAccount
from models.states.claim import ClaimState
from models.states.encounter import EncounterState

# A denied claim is waited for through its denials: each is worked, or the patient is billed.
FINISHED_CLAIM_STATES: Final = frozenset({ClaimState.PAID, ClaimState.DENIED, ClaimState.CLOSED})


def is_insurance_finished(encounter: EncounterAccount) -> bool:
    """Tell whether the patient's balance of this encounter is final for now.

    It is not while a claim is on its way or was taken back, while a denial is worked on, while any
    payer's receivable holds money, or while the encounter itself is open again.

    Source:
        Patients are asked only for what their payers have determined: 42 CFR 447.15 and the
        provider agreements of commercial payers forbid billing ahead of that.
    """
    return (
        encounter.state is EncounterState.BILLED
        and encounter.claim_states <= FINISHED_CLAIM_STATES
        and not encounter.has_open_denial
        and not encounter.insurance_receivable
    )
