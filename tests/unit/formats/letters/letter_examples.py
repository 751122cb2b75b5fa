"""An invented denial, as its letter prints it."""

from datetime import date
from typing import Final

from models.documents.denial import AppealFacts
from models.documents.party import Address, Organization

DAY: Final = date(2026, 11, 20)
PRACTICE: Final = Organization(
    "Lakeside Family Medicine",
    address=Address("14 Heron Landing", "Cayuga Point", "NY", "148500014"),
    contact_phone="6075550110",
)
FACTS: Final = AppealFacts(
    practice_name="Lakeside Family Medicine",
    practice_phone="(607) 555-0110",
    practice_npi="1999900107",
    practice_tax_id="830000101",
    signer="Dana Reed",
    payer_name="Commonweal Mutual",
    patient_name="Otto Marmalade",
    patient_birth_date="03/14/1961",
    member_id="M12345",
    claim_number="K7Q2M01",
    payer_claim_number="ICN1",
    service_date="October 5, 2026",
    procedure_code="99213",
    diagnosis_codes="E11.9, I10",
    rendering_provider="Odette Quillfeather",
    denied_amount="$150.00",
    line_charge="$150.00",
    decided_on="November 18, 2026",
    reason_code="CO-197",
    reason_words="authorization missing",
    remark_codes="N29",
    filed_on="October 6, 2026",
    receipts="999 of October 6, 2026",
    level_words="First appeal",
    earlier_sent_on="",
)
