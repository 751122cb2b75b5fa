"""What happens to a chart whose codes an audit found wrong."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_audit import AuditPolicy, JudgedCode
from models.states.encounter import ENCOUNTER_TRANSITIONS, EncounterEvent, EncounterState
from models.states.work_item import Queue
from models.tables import AuditedCase
from models.values.coding_audit import Gravity
from revcycle.operations.coding.reopen_for_coding import reopen_for_coding
from revcycle.operations.submission.send_back_to_coder import (
    WORDS_LENGTH_MAX,
    send_back_to_coder,
    why_not_back,
)
from revcycle.rules.audit.education import write_education
from revcycle.store import claims, encounters, work_items
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem

REOPENED: Final = "audit.findings"
CORRECTED_CLAIM: Final = "audit.corrected_claim"


def open_corrections(
    session: Session,
    act: Act,
    case: AuditedCase,
    wrong: Sequence[JudgedCode],
    policy: AuditPolicy,
) -> None:
    """Send a chart with a material mistake back; where a payer was told, ask for corrected claims.

    A chart without a claim goes back to the coders, and so does one whose claim no payer holds:
    the claim waits for the new codes. Once a claim left, its payer must hear of the change:
    whoever follows up decides how. Minor mistakes correct nothing: they are what the coder learns.
    """
    material = [one for one in wrong if one.weight is Gravity.MATERIAL]
    if not material:
        return
    encounter = encounters.get_encounter(session, act.client_id, case.encounter_id)
    if encounter.state == EncounterState.CODED:
        move(session, act.client_id, act, encounter, ENCOUNTER_TRANSITIONS, EncounterEvent.REOPEN)
        reopen_for_coding(
            session,
            act,
            encounter.id,
            reason=REOPENED,
            service_hours=policy.correction_hours,
        )
    elif (claim_id := _unsent_claim(session, act, encounter.id)) is not None:
        send_back_to_coder(
            session,
            act,
            claim_id,
            words=_words(material)[:WORDS_LENGTH_MAX],
            reason=REOPENED,
            service_hours=policy.correction_hours,
        )
    elif encounter.state == EncounterState.BILLED:
        items = _items(session, act, case, material, policy)
        work_items.open_work_items(session, act.client_id, act, items)


def _unsent_claim(session: Session, act: Act, encounter_id: UUID) -> UUID | None:
    """Find the one claim of a visit, if its chart can still be coded anew."""
    rows = claims.list_claims_of_encounters(session, act.client_id, [encounter_id])
    free = [row.id for row in rows if not why_not_back(session, act.client_id, row)]
    return free[0] if free else None


def _words(wrong: Sequence[JudgedCode]) -> str:
    return f"An audit found other codes: {write_education(wrong, '')}"


def _items(
    session: Session,
    act: Act,
    case: AuditedCase,
    wrong: Sequence[JudgedCode],
    policy: AuditPolicy,
) -> list[NewWorkItem]:
    """Write one item for each claim; one for the visit where only the patient was billed."""
    rows = claims.list_claims_of_encounters(session, act.client_id, [case.encounter_id])
    subjects = [("claim", row.id) for row in rows] or [("encounter", case.encounter_id)]
    return [
        NewWorkItem(
            queue=Queue.FOLLOW_UP,
            cause_key=f"audit_correction:{case.id}:{subject_id}",
            subject_kind=kind,
            subject_id=subject_id,
            reason=CORRECTED_CLAIM,
            detail=_words(wrong),
            service_hours=policy.correction_hours,
        )
        for kind, subject_id in subjects
    ]
