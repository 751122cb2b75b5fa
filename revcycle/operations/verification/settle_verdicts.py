"""Give encounters the verdict of their primary coverage."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.tables import Coverage, EligibilityCheck
from models.values.periods import coverages_on
from revcycle.store import eligibility, patients


def settle_verdicts(session: Session, act: Act, checks: Sequence[EligibilityCheck]) -> int:
    """Put the verdict of the first coverage in line on each waiting encounter of these checks.

    The primary coverage decides whether the claim may leave; an answer about a second coverage
    is kept on its check and says nothing about the encounter. Returns how many were settled.
    """
    answered = {(check.coverage_id, check.service_date): check for check in checks}
    asked = eligibility.list_coverages_by_id(
        session, act.client_id, {check.coverage_id for check in checks}
    )
    held = _coverages_by_patient(session, act.client_id, asked)
    settled = 0
    for encounter in eligibility.list_encounters_waiting_for(session, act.client_id, asked):
        if encounter.service_date is None or encounter.patient_id is None:
            continue
        on_day = coverages_on(held[encounter.patient_id], encounter.service_date)
        if not on_day:
            continue
        check = answered.get((on_day[0].id, encounter.service_date))
        if check is not None:
            encounter.verdict = check.verdict
            encounter.verdict_reason = check.reason
            settled += 1
    return settled


def _coverages_by_patient(
    session: Session, client_id: UUID, asked: Sequence[Coverage]
) -> dict[UUID, list[Coverage]]:
    held = defaultdict(list)
    ids = {coverage.patient_id for coverage in asked}
    for coverage in patients.list_coverages(session, client_id, ids):
        held[coverage.patient_id].append(coverage)
    return held
