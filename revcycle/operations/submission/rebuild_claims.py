"""Let claims whose charts were coded anew say the new codes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.tables import Charge, Claim, ClaimLine
from models.values.money import ZERO, total
from revcycle.operations.submission.claim_rows import line_rows
from revcycle.operations.submission.policies import ClaimPolicy
from revcycle.operations.submission.recharge_services import recharge_services
from revcycle.rules.ledger.charges import ChargeToBook
from revcycle.rules.submission.fee import ClaimedService, find_new_charge
from revcycle.store import claim_lines, encounters
from revcycle.store.state_changes import move


@dataclass(frozen=True, slots=True, repr=False)
class RecodedVisit:
    """A claim that waited for its coder, and what its chart says now.

    Attributes:
        lines: As the claim said them before.
    """

    claim: Claim
    patient_id: UUID | None
    charges: Sequence[Charge]
    lines: Sequence[ClaimLine]


def price_anew(visit: RecodedVisit, policy: ClaimPolicy) -> None:
    """Price the services of a visit; one that nobody has a price for is left without."""
    claimed = [
        ClaimedService(line.procedure_code, _split(line.modifiers), line.units, line.charge)
        for line in visit.lines
    ]
    for charge in visit.charges:
        charge.amount = find_new_charge(
            charge.procedure_code,
            _split(charge.modifiers),
            charge.units,
            claimed=claimed,
            fees=policy.fees,
        )


def forget_prices(visits: Iterable[RecodedVisit]) -> None:
    """Take new prices off visits that cannot be billed yet: their books still hold the old ones."""
    for visit in visits:
        for charge in visit.charges:
            charge.amount = None


def rebuild_claims(
    session: Session, act: Act, visits: Sequence[RecodedVisit], policy: ClaimPolicy
) -> None:
    """Make the same claims drafts again, with the services as they are coded and priced now.

    No second claim is made, and the number stays. The books take back what is not charged any
    more and book what is.

    Raises:
        IllegalTransitionError: a claim does not wait for its coder.
    """
    if not visits:
        return
    for visit in visits:
        move(session, act.client_id, act, visit.claim, CLAIM_TRANSITIONS, ClaimEvent.REBUILD)
        visit.claim.charge_total = total(one.amount or ZERO for one in visit.charges)
    claim_lines.replace_lines(
        session,
        act.client_id,
        [visit.claim.id for visit in visits],
        [line for visit in visits for line in _new_lines(visit, policy)],
    )
    _book(session, act, visits)


def _new_lines(visit: RecodedVisit, policy: ClaimPolicy) -> list[ClaimLine]:
    return line_rows(visit.claim, visit.charges, revenue_codes=policy.revenue_codes)


def _book(session: Session, act: Act, visits: Sequence[RecodedVisit]) -> None:
    ids = [visit.claim.encounter_id for visit in visits]
    ever: dict[UUID, list[Charge]] = {}
    for charge in encounters.list_charges_ever(session, act.client_id, ids):
        ever.setdefault(charge.encounter_id, []).append(charge)
    charges = [
        charge
        for visit in visits
        for charge in charges_of(visit.claim, visit.patient_id, ever[visit.claim.encounter_id])
    ]
    days = {line.charge_id: line.service_date for visit in visits for line in visit.lines}
    recharge_services(session, act, charges, days)


def charges_of(
    claim: Claim, patient_id: UUID | None, charges: Sequence[Charge]
) -> Iterator[ChargeToBook]:
    """Say what the books shall hold of charges; those without an amount are not charged."""
    for one in charges:
        yield ChargeToBook(
            one.id, patient_id, one.amount or ZERO, one.service_date, claim.payer_rank
        )


def _split(modifiers: str) -> tuple[str, ...]:
    return tuple(filter(None, modifiers.split(":")))
