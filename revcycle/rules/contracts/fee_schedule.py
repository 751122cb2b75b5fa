"""What Medicare's physician fee schedule comes to in a locality."""

from decimal import Decimal
from typing import Final

from models.documents.contract import MpfsAmount
from models.documents.reference import LocalityDocument, RelativeValueDocument
from models.values.money import Money

CENT: Final = Money(1)
CENTS: Final = Decimal(100)
# Priced by relative values; others are bundled, excluded, or priced by the contractor.
# Source: CMS, "How to Use the MPFS Look-Up Tool", status codes.
PRICED_STATUSES: Final = frozenset("ART")


def schedule_amount(value: RelativeValueDocument, locality: LocalityDocument) -> MpfsAmount | None:
    """Price a code: each kind of units by its index, times the conversion factor.

    The sum is exact and rounded half up to a cent once. None where the schedule has no price: by
    the status of the code, or because the file names no conversion factor.

    Source:
        42 CFR 414.20 and 414.22; CMS, "Physician Fee Schedule", formula of the payment amount.
    """
    factor = value.conversion_factor
    if factor is None or value.status not in PRICED_STATUSES:
        return None
    fixed = value.work * locality.work + value.malpractice * locality.malpractice
    office, facility = (
        CENT.times((fixed + practice * locality.practice) * factor * CENTS)
        for practice in (value.practice_office, value.practice_facility)
    )
    return MpfsAmount(office, facility, value.multiple_procedure, value.bilateral)
