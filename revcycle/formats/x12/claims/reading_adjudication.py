"""MIA and MOA: what Medicare says beside the adjustments of a claim."""

from collections.abc import Sequence

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from revcycle.formats.x12.claims.reading_state import Reading
from revcycle.formats.x12.segments import Segment

INPATIENT_REMARKS = (5, 20, 21, 22, 23)
OUTPATIENT_REMARKS = range(3, 8)
INPATIENT_AMOUNTS = {
    2: "operating_outlier",
    4: "drg_amount",
    6: "disproportionate_share",
    7: "msp_pass_through",
    8: "capital",
    9: "capital_federal",
    10: "capital_hospital",
    11: "capital_disproportionate_share",
    12: "old_capital",
    13: "capital_education",
    14: "operating_hospital",
    16: "operating_federal",
    17: "capital_outlier",
    18: "indirect_teaching",
    19: "professional_component",
    24: "capital_exception",
}


def read_inpatient(reading: Reading, written: Segment) -> InpatientAdjudication:
    """Read MIA."""
    reading.check_spare(written, range(25))
    amounts = {number: reading.optional_amount(written, number) for number in INPATIENT_AMOUNTS}
    return InpatientAdjudication(
        covered_days=reading.quantity(written, 1),
        lifetime_psychiatric_days=reading.quantity(written, 3),
        cost_report_days=reading.quantity(written, 15),
        remarks=_remarks(reading, written, INPATIENT_REMARKS),
        **{INPATIENT_AMOUNTS[number]: amount for number, amount in amounts.items()},
    )


def read_outpatient(reading: Reading, written: Segment) -> OutpatientAdjudication:
    """Read MOA."""
    reading.check_spare(written, range(10))
    return OutpatientAdjudication(
        reimbursement_rate=reading.quantity(written, 1),
        hcpcs_payable=reading.optional_amount(written, 2),
        remarks=_remarks(reading, written, OUTPATIENT_REMARKS),
        renal_disease_amount=reading.optional_amount(written, 8),
        professional_component=reading.optional_amount(written, 9),
    )


def _remarks(reading: Reading, written: Segment, places: Sequence[int]) -> tuple[str, ...]:
    """Gather remark codes; a gap between them is kept by keeping the segment."""
    codes = [written.get(number) for number in places]
    found = tuple(filter(None, codes))
    if tuple(codes[: len(found)]) != found:
        reading.report_spare(written)
    return found
