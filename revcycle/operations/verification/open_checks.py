"""Open the insurance questions that encounters raise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.eligibility import EligibilityState, EligibilityVerdict
from models.tables import Coverage, EligibilityCheck, Encounter
from models.values.identifiers import new_id
from models.values.periods import coverages_on
from revcycle.operations.verification.settle_verdicts import settle_verdicts
from revcycle.store import eligibility, encounters, patients
from revcycle.store.state_changes import record_creation

TRACE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class OpenedChecks:
    """How many questions were opened, and how many encounters have none to ask."""

    opened: int
    not_verifiable: int


def open_checks(
    session: Session,
    act: Act,
    encounter_ids: Sequence[UUID],
    *,
    verifying_payer_ids: frozenset[UUID],
) -> OpenedChecks:
    """Open one check per coverage and date of service; two visits on one day share it.

    An encounter whose patient has no coverage on the day, or only payers that answer no 270, gets
    the verdict ``not_verifiable`` at once. Repeating it is safe: a check exists once.
    """
    rows = encounters.list_encounters(session, act.client_id, encounter_ids)
    rows = [row for row in rows if row.verdict is None and row.patient_id and row.service_date]
    held = _coverages_by_patient(session, act.client_id, rows)
    known = _known_checks(session, act.client_id, held.values())
    opened = not_verifiable = 0
    for encounter in rows:
        service_date = encounter.service_date
        if service_date is None:  # left out above; the type does not know
            continue
        on_day = coverages_on(held.get(encounter.patient_id, []), service_date)
        if not on_day or on_day[0].payer_id not in verifying_payer_ids:
            encounter.verdict = EligibilityVerdict.NOT_VERIFIABLE
            encounter.verdict_reason = "payer_without_270" if on_day else "no_coverage"
            not_verifiable += 1
        for coverage in on_day:
            key = (coverage.id, service_date)
            if coverage.payer_id in verifying_payer_ids and key not in known:
                known[key] = _check(act, *key)
                record_creation(session, act.client_id, act, known[key])
                opened += 1
    answered = [row for row in known.values() if row.state == EligibilityState.ANSWERED]
    settle_verdicts(session, act, answered)
    return OpenedChecks(opened, not_verifiable)


def _coverages_by_patient(
    session: Session, client_id: UUID, rows: Sequence[Encounter]
) -> dict[UUID | None, list[Coverage]]:
    held: dict[UUID | None, list[Coverage]] = {}
    ids = {row.patient_id for row in rows if row.patient_id is not None}
    for coverage in patients.list_coverages(session, client_id, ids):
        held.setdefault(coverage.patient_id, []).append(coverage)
    return held


def _known_checks(
    session: Session, client_id: UUID, held: Iterable[list[Coverage]]
) -> dict[tuple[UUID, date], EligibilityCheck]:
    ids = [coverage.id for coverages in held for coverage in coverages]
    return {
        (check.coverage_id, check.service_date): check
        for check in eligibility.find_checks(session, client_id, ids)
    }


def _check(act: Act, coverage_id: UUID, service_date: date) -> EligibilityCheck:
    check_id = new_id()
    return EligibilityCheck(
        client_id=act.client_id,
        id=check_id,
        coverage_id=coverage_id,
        service_date=service_date,
        trace_number=check_id.hex[-TRACE_LENGTH:].upper(),
        state=EligibilityState.OPEN,
    )
