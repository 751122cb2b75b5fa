"""The PDF of a receipt for a patient's payment."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from models.documents.party import Organization
from models.values.display import to_dollars, to_long_date, to_phone_text
from models.values.money import Money
from revcycle.formats.pdf.statement import address_lines
from revcycle.formats.pdf.typesetting import typeset

TEMPLATE: Final = "receipts/receipt.typ"


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptDocument:
    """What a receipt says.

    Attributes:
        practice: For the address; None where it is not known.
        method: How it was paid, in words.
        reference: The last four digits of a card, or the number of a check; may be empty.
        number: Of the receipt; says nothing of anybody.
        is_returned: Whether the money went back, so that the paper is no proof of payment.
    """

    practice_name: str
    practice: Organization | None
    account_number: str
    payer_name: str
    received_on: date
    amount: Money
    method: str
    reference: str
    number: str
    is_returned: bool


def render_receipt(document: ReceiptDocument) -> bytes:
    """Lay out a receipt as a tagged PDF of one page."""
    return typeset(TEMPLATE, receipt_facts(document), on=document.received_on)


def receipt_facts(document: ReceiptDocument) -> dict[str, object]:
    """Write every fact of the receipt the way it is printed."""
    practice = document.practice
    how = f"{document.method}, {document.reference}" if document.reference else document.method
    return {
        "practice": {
            "name": practice.name if practice else document.practice_name,
            "address": address_lines(practice.address) if practice else [],
            "phone": to_phone_text(practice.contact_phone) if practice else "",
        },
        "number": document.number,
        "account_number": document.account_number,
        "patient": document.payer_name,
        "received_on": to_long_date(document.received_on),
        "amount": to_dollars(document.amount),
        "how": how,
        "is_returned": document.is_returned,
    }
