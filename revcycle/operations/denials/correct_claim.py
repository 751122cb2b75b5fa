"""Ask a payer again with other data."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.claim import FrequencyCode
from models.errors import RejectedError
from models.states.claim import CLAIM_TRANSITIONS, ClaimEvent
from models.states.denial import DENIAL_TRANSITIONS, DenialEvent, DenialState
from models.states.work_item import WorkItemEvent
from models.tables import Charge, Claim, ClaimLine, Denial
from models.values.accounts import receivable_of
from models.values.money import ZERO, total
from revcycle.operations.denials.move_denied_money import move_denied_money
from revcycle.operations.denials.rebook_charges import rebook_charges
from revcycle.rules.denials.ask_again_as import frequency_for
from revcycle.store import appeals, claims, denials, encounters, remittances, work_items
from revcycle.store.audit import record_act
from revcycle.store.state_changes import move


@dataclass(frozen=True, slots=True)
class CorrectedClaim:
    """What the next version of a claim will say of itself."""

    frequency_code: FrequencyCode
    denials_corrected: int


def correct_claim(
    session: Session,
    act: Act,
    claim_id: UUID,
    *,
    takes_replacements: bool,
    voids: bool = False,
) -> CorrectedClaim:
    """Make a claim a draft again, with the charges as they are coded now.

    A payer that decided before gets a replacement under its own number, if it takes any; a claim
    that never entered adjudication goes out as an original. Open denials of the claim are
    answered by it: the payer owes their amounts again.

    Args:
        session: The open transaction.
        act: Who corrects.
        claim_id: The claim.
        takes_replacements: Whether this payer takes frequency code 7.
        voids: Take the claim back as a whole (frequency code 8) instead of correcting it.

    Raises:
        NotFoundError: this client has no such claim.
        IllegalTransitionError: the claim is under way, or closed.
        RejectedError: a letter about the claim is not answered, its payer is not asked twice; or
            the payer has no claim that could be taken back.
    """
    if appeals.has_undecided_appeal(session, act.client_id, claim_id):
        msg = f"a letter about claim {claim_id} is not answered: withdraw the appeal first"
        raise RejectedError(msg)
    claim = claims.get_claim(session, act.client_id, claim_id)
    was_decided = bool(remittances.decided_claim_ids(session, act.client_id, [claim_id]))
    move(session, act.client_id, act, claim, CLAIM_TRANSITIONS, ClaimEvent.CORRECT)
    denied = _open_denials(session, act, claim)
    _say_what_it_is(claim, denied, replaces=was_decided and takes_replacements, voids=voids)
    _refresh_lines(session, act, claim)
    corrected = _answer_denials(session, act, claim, denied)
    rebook_charges(
        session,
        act,
        encounters.list_charges(session, act.client_id, [claim.encounter_id]),
        patient_id=denials.patient_of_claim(session, act.client_id, claim_id),
        payer_rank=claim.payer_rank,
    )
    causes = [f"{cause}:{claim_id}" for cause in ("rejection", "scrub")]
    causes += [f"denial:{denial.id}" for denial in corrected]
    work_items.close_work_items(
        session,
        act.client_id,
        act,
        causes,
        resolution="claim taken back" if voids else "corrected claim",
        event=WorkItemEvent.COMPLETE,
    )
    action = "void_claim" if voids else "correct_claim"
    record_act(session, act.client_id, act, action, "claim", claim_id)
    return CorrectedClaim(FrequencyCode(claim.frequency_code), len(corrected))


def _open_denials(session: Session, act: Act, claim: Claim) -> list[Denial]:
    return [
        denial
        for denial in denials.denials_of_claims(session, act.client_id, [claim.id])
        if denial.state == DenialState.OPEN
    ]


def _say_what_it_is(claim: Claim, denied: Sequence[Denial], *, replaces: bool, voids: bool) -> None:
    number = claim.payer_claim_control_number
    remarks = {remark for denial in denied for remark in denial.remarks.split(":")}
    try:
        code = frequency_for(remarks, payer_number=number, replaces=replaces, voids=voids)
    except ValueError as error:
        raise RejectedError(str(error)) from error
    claim.frequency_code = code
    claim.original_reference = "" if code is FrequencyCode.ORIGINAL else number


def _refresh_lines(session: Session, act: Act, claim: Claim) -> None:
    """Say the charges anew; a line keeps its number, by which the payer's answers find it."""
    charges = encounters.list_charges(session, act.client_id, [claim.encounter_id])
    lines = claims.list_lines(session, act.client_id, [claim.id])
    by_charge = {line.charge_id: line for line in lines}
    for charge in charges:
        line = by_charge.get(charge.id)
        if line is None:
            line = _new_line(claim, charge, list(by_charge.values()))
            session.add(line)
            by_charge[charge.id] = line
        line.procedure_code = charge.procedure_code
        line.modifiers = charge.modifiers
        line.units = charge.units
        line.diagnosis_pointers = charge.diagnosis_pointers
        line.service_date = charge.service_date
        line.charge = charge.amount or line.charge
    claim.charge_total = total(line.charge for line in by_charge.values())


def _new_line(claim: Claim, charge: Charge, lines: Sequence[ClaimLine]) -> ClaimLine:
    return ClaimLine(
        client_id=claim.client_id,
        claim_id=claim.id,
        charge_id=charge.id,
        number=max((line.number for line in lines), default=0) + 1,
        procedure_code=charge.procedure_code,
        units=charge.units,
        service_date=charge.service_date,
        revenue_code=charge.revenue_code,
        charge=charge.amount or ZERO,
    )


def _answer_denials(session: Session, act: Act, claim: Claim, denied: list[Denial]) -> list[Denial]:
    for denial in denied:
        move(session, act.client_id, act, denial, DENIAL_TRANSITIONS, DenialEvent.CORRECT)
        move_denied_money(session, act, denial, receivable_of(claim.payer_rank))
    return denied
