"""Ask payers again about the coverage of the day, where a denial says that there was none."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.errors import RejectedError
from models.states.eligibility import EligibilityState
from models.tables import EligibilityCheck
from models.values.identifiers import new_id
from revcycle.operations.verification.ask_again import ask_again
from revcycle.operations.verification.open_checks import TRACE_LENGTH
from revcycle.rules.denials.coverage_reasons import COVERAGE_REASONS
from revcycle.store import denials, encounters
from revcycle.store.audit import record_act
from revcycle.store.claims import get_claim
from revcycle.store.denial_coverage import (
    UnverifiedDenial,
    list_coverage_checks,
    list_unverified_denials,
)
from revcycle.store.state_changes import record_creation


def verify_denied_coverages(
    session: Session, act: Act, *, verifying_payer_keys: Collection[str]
) -> int:
    """Open a question for each new coverage denial; the next batch of 270s carries it.

    Two denials of one visit share their question. Repeating it is safe: what was asked since the
    denial came is left alone. Returns how many questions were opened.
    """
    waiting = list_unverified_denials(
        session, act.client_id, COVERAGE_REASONS, verifying_payer_keys
    )
    by_question = {(one.coverage_id, one.service_date): one for one in waiting}
    for one in by_question.values():
        _ask(session, act, one)
        record_act(session, act.client_id, act, "verify_denied_coverage", "denial", one.denial_id)
    return len(by_question)


def verify_again(session: Session, act: Act, denial_id: UUID, *, coverage_id: UUID) -> None:
    """Open a question about one of the patient's coverages on the day of a denied service.

    Raises:
        NotFoundError: this client has no such denial.
        RejectedError: the patient has no such coverage, the day is not known, or the question is
            on its way.
    """
    denial = denials.lock_denial(session, act.client_id, denial_id)
    claim = get_claim(session, act.client_id, denial.claim_id)
    encounter = encounters.get_encounter(session, act.client_id, claim.encounter_id)
    known = list_coverage_checks(session, act.client_id, encounter.id)
    found = next((one for one in known if one.coverage_id == coverage_id), None)
    if found is None or encounter.service_date is None:
        msg = "the patient has no such coverage, or the day of the service is not known"
        raise RejectedError(msg)
    if found.state in {EligibilityState.OPEN, EligibilityState.ASKED}:
        msg = "the payer is being asked: its answer has not come yet"
        raise RejectedError(msg)
    waiting = UnverifiedDenial(denial_id, coverage_id, encounter.service_date, found.check_id)
    _ask(session, act, waiting)
    record_act(session, act.client_id, act, "verify_denied_coverage", "denial", denial_id)


def _ask(session: Session, act: Act, waiting: UnverifiedDenial) -> None:
    if waiting.check_id is not None:
        ask_again(session, act, waiting.check_id)
        return
    check_id = new_id()
    check = EligibilityCheck(
        client_id=act.client_id,
        id=check_id,
        coverage_id=waiting.coverage_id,
        service_date=waiting.service_date,
        trace_number=check_id.hex[-TRACE_LENGTH:].upper(),
        state=EligibilityState.OPEN,
    )
    record_creation(session, act.client_id, act, check)
