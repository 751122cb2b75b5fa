"""What earlier payers decided, written: CAS, MIA and MOA."""

from collections.abc import Sequence
from itertools import groupby

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.claim import Adjustment
from revcycle.formats.x12.claims.writing_pen import Pen

TRIPLETS_PER_SEGMENT = 6
SEGMENTS_MAX = 5  # CAS in loops 2320 and 2430
WRITTEN_GROUPS = frozenset({"CO", "OA", "PI", "PR"})
REMARKS_MAX = 5


def put_adjustments(pen: Pen, adjustments: Sequence[Adjustment]) -> None:
    """CAS: up to six reasons of one group each, group by group in the order given."""
    before = len(pen.out)
    for group, of_group in groupby(adjustments, key=lambda adjustment: adjustment.group):
        if group not in WRITTEN_GROUPS:
            pen.refuse("an adjustment group is not one of CO, OA, PI, PR")
        members = list(of_group)
        for start in range(0, len(members), TRIPLETS_PER_SEGMENT):
            part = members[start : start + TRIPLETS_PER_SEGMENT]
            triplets = (element for one in part for element in _triplet(pen, one))
            pen.put("CAS", pen.optional_code(group, 2, "adjustment group"), *triplets)
    if len(pen.out) - before > SEGMENTS_MAX:
        pen.refuse(f"adjustments need more than {SEGMENTS_MAX} CAS segments")


def _triplet(pen: Pen, adjustment: Adjustment) -> tuple[str, str, str]:
    return (
        pen.code(adjustment.reason, 5, "adjustment reason"),
        pen.amount(adjustment.amount, "adjustment amount"),
        pen.optional_quantity(adjustment.quantity, "adjustment quantity"),
    )


def put_inpatient(pen: Pen, said: InpatientAdjudication) -> None:
    """MIA."""
    remarks = _remarks(pen, said.remarks)
    amount = pen.optional_amount
    pen.put(
        "MIA",
        pen.optional_quantity(said.covered_days),
        amount(said.operating_outlier),
        pen.optional_quantity(said.lifetime_psychiatric_days),
        amount(said.drg_amount),
        remarks[0],
        amount(said.disproportionate_share),
        amount(said.msp_pass_through),
        amount(said.capital),
        amount(said.capital_federal),
        amount(said.capital_hospital),
        amount(said.capital_disproportionate_share),
        amount(said.old_capital),
        amount(said.capital_education),
        amount(said.operating_hospital),
        pen.optional_quantity(said.cost_report_days),
        amount(said.operating_federal),
        amount(said.capital_outlier),
        amount(said.indirect_teaching),
        amount(said.professional_component),
        *remarks[1:],
        amount(said.capital_exception),
    )


def put_outpatient(pen: Pen, said: OutpatientAdjudication) -> None:
    """MOA."""
    pen.put(
        "MOA",
        pen.optional_quantity(said.reimbursement_rate),
        pen.optional_amount(said.hcpcs_payable),
        *_remarks(pen, said.remarks),
        pen.optional_amount(said.renal_disease_amount),
        pen.optional_amount(said.professional_component),
    )


def _remarks(pen: Pen, remarks: Sequence[str]) -> list[str]:
    """Write five remark codes, the missing ones empty."""
    if len(remarks) > REMARKS_MAX:
        pen.refuse(f"an adjudication has room for {REMARKS_MAX} remark codes")
    written = [pen.code(remark, 50, "remark code") for remark in remarks[:REMARKS_MAX]]
    return written + [""] * (REMARKS_MAX - len(written))
