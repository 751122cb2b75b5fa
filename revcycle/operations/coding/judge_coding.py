"""Judge codes by all that is known of their encounter."""

from uuid import UUID

from sqlmodel import Session

from models.documents.coding import CodingDocument
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Finding
from models.tables import Encounter
from revcycle.operations.coding.gather_cases import gather_cases
from revcycle.rules.coding import check_coding
from revcycle.rules.coding.judge_typed import judge_typed
from revcycle.rules.coding.typed_coding import TypedCoding, read_coding
from revcycle.store import encounters


def judge_coding(
    session: Session,
    client_id: UUID,
    encounter: Encounter,
    coding: CodingDocument,
    policy: CodingPolicy,
) -> tuple[Finding, ...]:
    """Judge codes that need not be stored."""
    wanted = {encounter.id: coding}
    case = gather_cases(session, client_id, [encounter], wanted, policy.form)[encounter.id]
    return check_coding(case, policy)


def judge_typed_codes(
    session: Session,
    client_id: UUID,
    encounter_id: UUID,
    typed: TypedCoding,
    policy: CodingPolicy,
) -> tuple[Finding, ...]:
    """Judge what stands on a coder's page; nothing is locked or stored.

    An encounter without a date of service has no finding: intake asks for the date first.

    Raises:
        NotFoundError: this practice has no such encounter.
    """
    encounter = encounters.see_encounter(session, client_id, encounter_id)
    if encounter.service_date is None:
        return ()
    coding, unreadable = read_coding(typed, encounter.service_date)
    wanted = {encounter_id: coding}
    case = gather_cases(session, client_id, [encounter], wanted, policy.form)[encounter_id]
    return judge_typed(case, unreadable, policy)
