"""Write down the limits of visits that payers' answers name."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.authorization import NewAuthorization
from models.documents.eligibility import EligibilityAnswer
from models.states.eligibility import EligibilityVerdict
from models.tables import Coverage, EligibilityCheck, VisitAuthorization
from models.values.authorized import AuthorizationSource
from revcycle.operations.verification.keep_authorizations import KeptCount, keep_authorizations
from revcycle.rules.verification.told_limits import ToldLimit, list_told_limits
from revcycle.store import eligibility
from revcycle.store.authorizations import find_authorizations

IN_FORCE: Final = frozenset(
    {
        EligibilityVerdict.ACTIVE,
        EligibilityVerdict.OTHER_PAYER,
        EligibilityVerdict.LIMIT_REACHED,
    }
)


def keep_told_limits(
    session: Session,
    act: Act,
    answered: Mapping[UUID, EligibilityAnswer],
    checks: Mapping[UUID, EligibilityCheck],
    inbound_file_id: UUID,
) -> KeptCount:
    """Keep what answers say of visits, for coverages that are in force.

    What an answer about an earlier day says never takes the place of a later one.

    Args:
        session: The open transaction.
        act: Who reads the answers.
        answered: Answers by the id of their check.
        checks: These checks by id.
        inbound_file_id: The 271.
    """
    told = {
        check_id: list_told_limits(answer, service_date=checks[check_id].service_date)
        for check_id, answer in answered.items()
        if checks[check_id].verdict in IN_FORCE
    }
    wanted = {checks[one].coverage_id for one, limits in told.items() if limits}
    if not wanted:
        return KeptCount()
    rows = eligibility.list_coverages_by_id(session, act.client_id, wanted)
    coverages = {row.id: row for row in rows}
    held = find_authorizations(session, act.client_id, {row.patient_id for row in rows})
    new = [
        one
        for check_id, limits in told.items()
        for limit in limits
        if not _is_older(one := _new(coverages[checks[check_id].coverage_id], limit), held)
    ]
    return keep_authorizations(
        session, act, new, source=AuthorizationSource.PAYER, inbound_file_id=inbound_file_id
    )


def _new(coverage: Coverage, told: ToldLimit) -> NewAuthorization:
    return NewAuthorization(
        patient_id=coverage.patient_id,
        payer_id=coverage.payer_id,
        number=told.number,
        allowed=told.allowed,
        procedures=told.procedures,
        valid_from=told.valid_from,
        valid_to=told.valid_to,
        counted_from=told.counted_from,
        limit_of=told.limit_of,
    )


def _is_older(
    new: NewAuthorization, held: Mapping[tuple[UUID, UUID, str], VisitAuthorization]
) -> bool:
    row = held.get((new.patient_id, new.payer_id, new.key))
    if row is None or row.counted_from is None:
        return False
    return new.counted_from is None or new.counted_from < row.counted_from
