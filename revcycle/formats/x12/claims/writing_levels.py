"""The levels above a claim, written: billing provider, subscriber, patient (HL 20, 22, 23)."""

from collections.abc import Callable, Sequence

from models.documents.claim import ClaimDocument
from models.documents.claim_codes import KeptSegment
from models.documents.claim_supplements import NO_PERSON_SUPPLEMENT, PayToPlan, PersonSupplement
from models.documents.party import Person
from models.errors import RejectedError
from revcycle.formats.x12.claims.limits import CLAIMS_PER_PATIENT, ClaimRefusedError
from revcycle.formats.x12.claims.writing_coordination import (
    put_payer,
    put_subscriber_information,
)
from revcycle.formats.x12.claims.writing_kept import put_back
from revcycle.formats.x12.claims.writing_names import (
    put_address,
    put_contact,
    put_contacts,
    put_demographics,
    put_number,
    put_organization,
    put_organization_name,
    put_person_name,
    put_references,
    put_taxonomy,
)
from revcycle.formats.x12.claims.writing_pen import Pen

HL_LENGTH = 5
PATIENT_RELATIONSHIPS = frozenset({"01", "19", "20", "21", "39", "40", "53", "G8"})
BILLING_LOOPS = ("2000A", "2010AA", "2010AB", "2010AC")
SUBSCRIBER_LOOPS = ("2000B", "2010BA", "2010BB")
PATIENT_LOOPS = ("2000C", "2010CA")
UNKNOWN_LOOPS = ("2000", "2010")  # of levels and names that no guide has
LEVEL_LOOPS = frozenset(BILLING_LOOPS + SUBSCRIBER_LOOPS + PATIENT_LOOPS + UNKNOWN_LOOPS)

PutClaim = Callable[[Pen, ClaimDocument], None]


class Levels:
    """The HL tree of one transaction. Only neighbours share a level: claims keep their order."""

    def __init__(self, pen: Pen, guide_name: str, put_claim: PutClaim) -> None:
        self._pen = pen
        self._guide_name = guide_name
        self._put_claim = put_claim
        self._last: ClaimDocument | None = None
        self._number = 0  # of the last HL
        self._provider = self._subscriber = 0
        self._claims = 0  # of the level

    def add(self, claim: ClaimDocument) -> None:
        """Write a claim with the levels that it does not share with the one before it.

        Raises:
            ClaimRefusedError: it cannot be written.
            RejectedError: its billing provider cannot.
        """
        last = self._last
        if last is None or not _shares_provider(last, claim):
            self._open_provider(claim)
            self._open_policy(claim)
        elif not _shares_policy(last, claim):
            self._open_policy(claim)
        elif claim.subscriber.is_patient:
            if self._claims == CLAIMS_PER_PATIENT:
                self._open_policy(claim)
        elif self._claims == CLAIMS_PER_PATIENT or not _shares_patient(last, claim):
            self._write(claim, self._open_patient)
        self._write(claim, self._add_claim)
        self._last = claim

    def _write(self, claim: ClaimDocument, write: Callable[[ClaimDocument], None]) -> None:
        try:
            write(claim)
        except ClaimRefusedError:
            raise
        except RejectedError as error:
            raise ClaimRefusedError(claim.control_number, str(error)) from error

    def _add_claim(self, claim: ClaimDocument) -> None:
        self._put_claim(self._pen, claim)
        self._claims += 1

    def _open_provider(self, claim: ClaimDocument) -> None:
        pen, start = self._pen, len(self._pen.out)
        self._number += 1
        self._provider = self._number
        pen.out.append(f"HL*{self._provider}**20*1")
        put_billing_provider(pen, claim)
        self._write(claim, self._add_pay_to)
        if claim.kept:
            put_back(pen, start, _kept_of(claim, BILLING_LOOPS), self._guide_name)

    def _add_pay_to(self, claim: ClaimDocument) -> None:
        put_pay_to(self._pen, claim)

    def _open_policy(self, claim: ClaimDocument) -> None:
        self._write(claim, self._open_subscriber)
        if not claim.subscriber.is_patient:
            self._write(claim, self._open_patient)

    def _open_subscriber(self, claim: ClaimDocument) -> None:
        pen, start = self._pen, len(self._pen.out)
        self._claims = 0
        self._number += 1
        self._subscriber = self._number
        children = "0" if claim.subscriber.is_patient else "1"
        pen.out.append(f"HL*{self._subscriber}*{self._provider}*22*{children}")
        put_subscriber(pen, claim)
        if claim.kept:
            loops = SUBSCRIBER_LOOPS + UNKNOWN_LOOPS
            put_back(pen, start, _kept_of(claim, loops), self._guide_name)

    def _open_patient(self, claim: ClaimDocument) -> None:
        pen, start = self._pen, len(self._pen.out)
        self._claims = 0
        self._number += 1
        pen.out.append(f"HL*{self._number}*{self._subscriber}*23*0")
        put_patient(pen, claim)
        if claim.kept:
            put_back(pen, start, _kept_of(claim, PATIENT_LOOPS), self._guide_name)

    def add_kept(self, kept: Sequence[KeptSegment]) -> None:
        """Write levels without a claim as they were, under the last level of their kind."""
        for one in kept:
            elements = list(one.elements)
            if elements[0] == "HL":
                elements += [""] * (HL_LENGTH - len(elements))
                elements[1:3] = self._numbers_of(elements[3])
            self._pen.put(*elements)

    def _numbers_of(self, level: str) -> tuple[str, str]:
        """Number a level that was kept, and find the one it belongs to."""
        self._number += 1
        parent = {"22": self._provider, "23": self._subscriber}.get(level, 0)
        if level == "20":
            self._provider = self._number
        elif level == "22":
            self._subscriber = self._number
        return str(self._number), str(parent or "")


def _kept_of(claim: ClaimDocument, loops: Sequence[str]) -> tuple[KeptSegment, ...]:
    return tuple(one for one in claim.kept if one.loop in loops)


def _shares_provider(one: ClaimDocument, other: ClaimDocument) -> bool:
    if one.billing_provider != other.billing_provider:
        return False
    left, right = one.supplement, other.supplement
    if left is not right and (
        (left.currency, left.pay_to, left.pay_to_plan)
        != (right.currency, right.pay_to, right.pay_to_plan)
    ):
        return False
    return _keep_alike(one, other, BILLING_LOOPS)


def _shares_policy(one: ClaimDocument, other: ClaimDocument) -> bool:
    if one.subscriber != other.subscriber or one.payer != other.payer:
        return False
    if one.subscriber.is_patient and one.patient != other.patient:
        return False
    left, right = one.supplement, other.supplement
    if left is not right and (
        (left.subscriber, left.billing_references) != (right.subscriber, right.billing_references)
    ):
        return False
    return _keep_alike(one, other, SUBSCRIBER_LOOPS + UNKNOWN_LOOPS)


def _shares_patient(one: ClaimDocument, other: ClaimDocument) -> bool:
    if one.patient != other.patient or one.supplement.patient != other.supplement.patient:
        return False
    return _keep_alike(one, other, PATIENT_LOOPS)


def _keep_alike(one: ClaimDocument, other: ClaimDocument, loops: Sequence[str]) -> bool:
    if not (one.kept or other.kept):
        return True
    return _kept_of(one, loops) == _kept_of(other, loops)


def put_billing_provider(pen: Pen, claim: ClaimDocument) -> None:
    """Write loops 2000A and 2010AA behind their HL."""
    provider, extra = claim.billing_provider, claim.supplement
    put_taxonomy(pen, "BI", provider.taxonomy)
    if extra.currency:
        pen.put("CUR", "85", pen.code(extra.currency, 3, "currency", 3))
    put_organization(pen, "85", provider, "billing provider")
    if pen.as_it_stands:
        put_number(pen, "SY" if provider.is_tax_id_personal else "EI", provider.tax_id, "tax id")
    else:
        tax_id = pen.digits(provider.tax_id, (9,), "billing provider tax id")
        pen.put("REF", "SY" if provider.is_tax_id_personal else "EI", tax_id)
    put_references(pen, provider.references, "billing provider")
    put_contacts(pen, provider, "billing provider", required=False)


def put_pay_to(pen: Pen, claim: ClaimDocument) -> None:
    """Write loops 2010AB and 2010AC."""
    pay_to, plan = claim.supplement.pay_to, claim.supplement.pay_to_plan
    if pay_to is not None:
        if pay_to.name or pay_to.person:
            put_organization(pen, "87", pay_to, "pay-to")
        else:
            pen.out.append("NM1*87*2")
            put_address(pen, pay_to.address, "pay-to")
        put_number(pen, "EI", pay_to.tax_id, "pay-to tax id")
        put_references(pen, pay_to.references, "pay-to")
    if plan is not None:
        _put_pay_to_plan(pen, plan)


def _put_pay_to_plan(pen: Pen, plan: PayToPlan) -> None:
    number = pen.party_id(plan.plan_id, "pay-to plan id")
    put_organization_name(pen, "PE", plan.name, pen.code(plan.id_qualifier, 2, "NM108"), number)
    put_address(pen, plan.address, "pay-to plan")
    put_references(pen, plan.references, "pay-to plan")
    if not plan.tax_id:
        pen.refuse("pay-to plan tax id is missing")
    put_number(pen, "EI", plan.tax_id, "pay-to plan tax id")


def put_subscriber(pen: Pen, claim: ClaimDocument) -> None:
    """Write loops 2000B to 2010BB behind their HL."""
    subscriber, extra = claim.subscriber, claim.supplement
    is_patient = subscriber.is_patient
    put_subscriber_information(pen, claim.payer, subscriber, "18" if is_patient else "")
    if extra.subscriber is not NO_PERSON_SUPPLEMENT:
        _put_facts(pen, "", extra.subscriber)
    person = claim.patient if is_patient else subscriber.person
    if pen.as_it_stands:
        person = subscriber.person
    member_id = pen.party_id(subscriber.member_id, "member id")
    qualifier = pen.code(subscriber.id_qualifier, 2, "NM108")
    put_person_name(pen, "IL", person, qualifier, member_id)
    if pen.as_it_stands:
        _put_address_and_demographics_as_they_stand(pen, person)
    elif is_patient:
        put_address(pen, person.address, "patient")
        put_demographics(pen, person, "patient")
    if extra.subscriber is not NO_PERSON_SUPPLEMENT:
        put_references(pen, extra.subscriber.references, "subscriber")
        _put_casualty_number(pen, extra.subscriber)
        _put_contact(pen, extra.subscriber)
    put_payer(pen, claim.payer)
    put_references(pen, claim.payer.references, "payer")
    put_references(pen, extra.billing_references, "billing provider")


def put_patient(pen: Pen, claim: ClaimDocument) -> None:
    """Write loops 2000C and 2010CA behind their HL."""
    relationship, extra = claim.subscriber.relationship, claim.supplement.patient
    if relationship not in PATIENT_RELATIONSHIPS:
        pen.refuse("the relationship of the patient to the subscriber is not a code of PAT01")
    if claim.patient.is_organization:
        pen.refuse("a patient is a person")
    _put_facts(pen, pen.optional_code(relationship, 2, "PAT01"), extra)
    put_person_name(pen, "QC", claim.patient)
    if pen.as_it_stands:
        _put_address_and_demographics_as_they_stand(pen, claim.patient)
    else:
        put_address(pen, claim.patient.address, "patient")
        put_demographics(pen, claim.patient, "patient")
    if extra is not NO_PERSON_SUPPLEMENT:
        _put_casualty_number(pen, extra)
        put_references(pen, extra.references, "patient")
        _put_contact(pen, extra)


def _put_address_and_demographics_as_they_stand(pen: Pen, person: Person) -> None:
    if person.address is not None:
        put_address(pen, person.address, "subscriber")
    put_demographics(pen, person, "subscriber")


def _put_facts(pen: Pen, relationship: str, extra: PersonSupplement) -> None:
    """PAT, where it says anything."""
    died = pen.optional_day(extra.died_on)
    weight = pen.optional_quantity(extra.weight_pounds, "patient weight")
    pregnant = "Y" if extra.is_pregnant else ""
    if not (relationship or died or weight or pregnant):
        return
    pen.put(
        "PAT",
        relationship,
        "",
        "",
        "",
        "D8" if died else "",
        died,
        "01" if weight else "",
        weight,
        pregnant,
    )


def _put_casualty_number(pen: Pen, extra: PersonSupplement) -> None:
    put_number(pen, "Y4", extra.casualty_claim_number, "property and casualty claim number")


def _put_contact(pen: Pen, extra: PersonSupplement) -> None:
    if extra.contact is not None:
        put_contact(pen, extra.contact, "property and casualty")
