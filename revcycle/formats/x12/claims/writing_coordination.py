"""Coordination of benefits (2320, 2330, 2430), written; it must add up."""

from models.documents.claim import (
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.claim_supplements import DecidedService, OtherPayerSupplement
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.claims.writing_adjudication import (
    put_adjustments,
    put_inpatient,
    put_outpatient,
)
from revcycle.formats.x12.claims.writing_details import put_amount
from revcycle.formats.x12.claims.writing_names import (
    put_address,
    put_number,
    put_organization_name,
    put_person_name,
    put_references,
)
from revcycle.formats.x12.claims.writing_pen import Pen
from revcycle.formats.x12.claims.writing_procedures import procedure_of

PAYER_ROLES = {
    ClaimForm.PROFESSIONAL: ("DN", "P3", "82", "77", "DQ", "85"),
    ClaimForm.INSTITUTIONAL: ("71", "72", "ZZ", "77", "82", "DN", "85"),
}
NO_SUCH_PAYER = "line {}: the payer that decided it is not one other payer of the claim"
AMOUNTS = {
    ClaimForm.PROFESSIONAL: ("D", "A8", "EAF"),
    ClaimForm.INSTITUTIONAL: ("D", "EAF", "A8"),
}


def put_subscriber_information(
    pen: Pen, payer: ClaimPayer, subscriber: Subscriber, relationship: str
) -> None:
    """SBR; the group's name only where it has no number, as the guide wants."""
    number = name = ""
    if subscriber.group_number:
        number = pen.text(subscriber.group_number, 50, "group number")
    if subscriber.group_name and (pen.as_it_stands or not number):
        name = pen.text(subscriber.group_name, 60, "group name")
    responsibility = pen.code(payer.responsibility, 1, "payer responsibility")
    filing = pen.optional_code(payer.filing_indicator, 2, "claim filing indicator")
    kind = pen.optional_code(payer.insurance_type, 3, "insurance type")
    pen.out.append(
        f"SBR*{responsibility}*{relationship}*{number}*{name}*{kind}****{filing}".rstrip("*")
    )


def put_payer(pen: Pen, payer: ClaimPayer) -> None:
    """NM1*PR with its address; the references follow where the loop has them."""
    if pen.as_it_stands and not (payer.name or payer.payer_id):
        return
    number = pen.party_id(payer.payer_id, "payer id")
    put_organization_name(pen, "PR", payer.name, pen.code(payer.id_qualifier, 2, "NM108"), number)
    if payer.address is not None:
        put_address(pen, payer.address, "payer")


def put_other_payers(pen: Pen, claim: ClaimDocument) -> None:
    """Write one loop 2320 per other payer."""
    _refuse_imbalance(pen, claim)
    for other in claim.other_payers:
        _put_other_payer(pen, claim, other)


def _refuse_imbalance(pen: Pen, claim: ClaimDocument) -> None:
    """Refuse what an earlier payer decided where it does not add up.

    Source:
        005010X222A1 and 005010X223A2, section 1.4.1 (coordination of benefits): the charge of the
        claim less all adjustments of a payer is what it paid; so is what it paid for the lines
        less what it adjusted on the claim as a whole.
    """
    ids = [other.payer.payer_id for other in claim.other_payers]
    for line in claim.lines:
        for decision in line.adjudications:
            if ids.count(decision.payer_id) != 1:
                pen.refuse(NO_SUCH_PAYER.format(line.number))
    for other in claim.other_payers:
        decisions = decisions_of(claim, other)
        if other.paid is None:
            if decisions or other.adjustments:
                pen.refuse("an other payer that decided the claim must say what it paid")
            continue
        of_claim = total(adjustment.amount for adjustment in other.adjustments)
        of_lines = total(_sum(decision) for decision in decisions)
        gap = claim.charge_total - of_claim - of_lines - other.paid
        if gap != ZERO:
            pen.refuse(f"other payer: charge less adjustments is not what it paid, by {gap}")
        paid_for_lines = total(decision.paid for decision in decisions)
        if decisions and paid_for_lines - of_claim != other.paid:
            pen.refuse("other payer: what it paid for the lines is not what it paid for the claim")


def decisions_of(claim: ClaimDocument, other: OtherPayer) -> list[LineAdjudication]:
    """List what another payer decided line by line."""
    payer_id = other.payer.payer_id
    return [
        decision
        for line in claim.lines
        for decision in line.adjudications
        if decision.payer_id == payer_id
    ]


def _sum(decision: LineAdjudication) -> Money:
    return total(adjustment.amount for adjustment in decision.adjustments)


def _put_other_payer(pen: Pen, claim: ClaimDocument, other: OtherPayer) -> None:
    subscriber, extra = other.subscriber, other.supplement
    relationship = pen.code(subscriber.relationship, 2, "relationship to the other subscriber")
    put_subscriber_information(pen, other.payer, subscriber, relationship)
    put_adjustments(pen, other.adjustments)
    amounts = {"D": other.paid, "A8": extra.non_covered, "EAF": extra.patient_liability}
    for qualifier in AMOUNTS[claim.form]:
        put_amount(pen, qualifier, amounts[qualifier])
    _put_insurance(pen, extra)
    if extra.inpatient is not None:
        put_inpatient(pen, extra.inpatient)
    if extra.outpatient is not None:
        put_outpatient(pen, extra.outpatient)
    _put_subscriber(pen, subscriber, extra)
    put_payer(pen, other.payer)
    has_date = extra.is_date_on_claim or not decisions_of(claim, other)
    if other.paid_on is not None and has_date:
        pen.out.append(f"DTP*573*D8*{pen.day(other.paid_on)}")
    put_references(pen, other.payer.references, "other payer")
    put_number(pen, "G1", extra.prior_authorization, "other payer prior authorization")
    put_number(pen, "9F", extra.referral_number, "other payer referral number")
    put_number(pen, "T4", extra.adjustment_indicator, "other payer adjustment indicator")
    put_number(pen, "F8", other.payer_claim_control_number, "other payer claim number")
    _put_providers(pen, claim.form, extra)


def _put_insurance(pen: Pen, extra: OtherPayerSupplement) -> None:
    if extra.release_of_information or extra.benefits_assigned:
        assigned = pen.optional_code(extra.benefits_assigned, 1, "benefits assigned")
        signature = pen.optional_code(extra.patient_signature_source, 1, "patient signature")
        release = pen.optional_code(extra.release_of_information, 1, "release of information")
        pen.put("OI", "", "", assigned, signature, "", release)
    else:
        pen.refuse("other payer: assignment of benefits and release of information are missing")


def _put_subscriber(pen: Pen, subscriber: Subscriber, extra: OtherPayerSupplement) -> None:
    member_id = pen.party_id(subscriber.member_id, "other member id")
    qualifier = pen.code(subscriber.id_qualifier, 2, "NM108")
    put_person_name(pen, "IL", subscriber.person, qualifier, member_id)
    if subscriber.person.address is not None:
        put_address(pen, subscriber.person.address, "other subscriber")
    put_references(pen, extra.subscriber_references, "other subscriber")


def _put_providers(pen: Pen, form: ClaimForm, extra: OtherPayerSupplement) -> None:
    roles = PAYER_ROLES[form]
    known = sorted(
        extra.providers,
        key=lambda one: roles.index(one.role) if one.role in roles else len(roles),
    )
    for one in known:
        if one.role not in roles or not one.references:
            pen.refuse("other payer: a provider needs a role of the guide and a number")
        pen.put("NM1", pen.code(one.role, 3, "role"), "2" if one.is_organization else "1")
        put_references(pen, one.references, "other payer's provider")


def put_line_adjudications(pen: Pen, claim: ClaimDocument, line: ClaimDocumentLine) -> None:
    """Write one loop 2430 per payer that decided this line."""
    if not claim.other_payers:
        pen.refuse(NO_SUCH_PAYER.format(line.number))
    for decision in line.adjudications:
        procedure, revenue, units, bundled = _decided_service(pen, line, decision.decided)
        payer_id = pen.party_id(decision.payer_id, "other payer id")
        paid = pen.amount(decision.paid)
        pen.put("SVD", payer_id, paid, procedure, revenue, units, bundled)
        put_adjustments(pen, decision.adjustments)
        pen.out.append(f"DTP*573*D8*{pen.day(decision.paid_on)}")
        put_amount(pen, "EAF", decision.patient_liability)


def _decided_service(
    pen: Pen, line: ClaimDocumentLine, decided: DecidedService | None
) -> tuple[str, str, str, str]:
    if decided is None:
        revenue = pen.optional_code(line.revenue_code, 48, "revenue code")
        procedure = procedure_of(pen, line, is_described=False)
        return procedure, revenue, pen.quantity(line.units), ""
    parts = [
        pen.optional_code(decided.procedure_qualifier, 2, "procedure qualifier"),
        pen.optional_code(decided.procedure_code, 48, "procedure code"),
        *(pen.optional_code(modifier, 2, "modifier") for modifier in decided.modifiers),
    ]
    if decided.description:
        parts += [""] * (6 - len(parts))
        parts.append(pen.text(decided.description, 80, "procedure description"))
    revenue = pen.optional_code(decided.revenue_code, 48, "revenue code")
    bundled = "" if decided.bundled_line is None else str(decided.bundled_line)
    return ":".join(parts).rstrip(":"), revenue, pen.optional_quantity(decided.units), bundled
