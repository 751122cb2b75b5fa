"""Up to three payers, in the order in which they pay, in the boxes of the UB-04."""

from collections.abc import Iterator
from typing import Final

from models.documents.claim import ClaimDocument, ClaimPayer, Subscriber
from models.documents.paper import BoxText
from models.documents.party import Person
from models.values.money import Money
from revcycle.formats.pdf.paper_boxes import (
    form_amount,
    form_name,
    place_of,
    street_of,
    without_marks,
)

RANKS: Final = "PST"


def payer_texts(claim: ClaimDocument) -> Iterator[BoxText]:
    """Write the payers with who is insured by each; the claim's own beside its authorization."""
    own = (claim.payer, claim.subscriber, None)
    others = [(one.payer, one.subscriber, one.paid) for one in claim.other_payers]
    everybody = sorted((own, *others), key=lambda one: RANKS.find(one[0].responsibility))
    for at, (payer, subscriber, paid) in enumerate(everybody):
        for name, text in _payer(claim, payer, subscriber, paid):
            yield BoxText(name, text, at)
        if payer is claim.payer:
            yield BoxText("authorization", claim.prior_authorization or claim.referral_number, at)
            yield BoxText("original", claim.original_reference, at)
    yield BoxText("biller_npi", claim.billing_provider.npi)
    yield from _addressee(claim.payer)


def _payer(
    claim: ClaimDocument, payer: ClaimPayer, subscriber: Subscriber, paid: Money | None
) -> Iterator[tuple[str, str]]:
    person: Person = claim.patient if subscriber.is_patient else subscriber.person
    yield "payer", without_marks(payer.name)
    yield "plan_id", payer.payer_id
    yield "release", claim.supplement.release_of_information
    yield "assigned", claim.supplement.benefits_assigned
    yield "paid", "" if paid is None else form_amount(paid, gap="")
    due = claim.supplement.patient_estimated_due
    yield "due", form_amount(due, gap="") if due and payer is claim.payer else ""
    yield "insured", form_name(person)
    yield "relation", subscriber.relationship
    yield "member_id", subscriber.member_id
    yield "group_name", without_marks(subscriber.group_name)
    yield "group", subscriber.group_number


def _addressee(payer: ClaimPayer) -> Iterator[BoxText]:
    lines = (without_marks(payer.name), street_of(payer.address), place_of(payer.address))
    for at, text in enumerate(lines):
        yield BoxText(f"addressee.{at}", text)
