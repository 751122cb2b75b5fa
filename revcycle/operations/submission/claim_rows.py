"""A claim with its lines, as rows: what a charge becomes when a payer is told of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from models.documents.claim import ClaimForm
from models.states.claim import ClaimState
from models.tables import Charge, Claim, ClaimLine, Coverage
from models.values.identifiers import new_claim_control_number
from models.values.money import ZERO, total


def claim_row(
    client_id: UUID,
    encounter_id: UUID,
    coverage: Coverage,
    charges: Sequence[Charge],
    *,
    payer_rank: int,
    form: ClaimForm,
    file_by: date,
) -> Claim:
    """Make a draft; its control number is random, so that nobody can guess another's."""
    return Claim(
        client_id=client_id,
        encounter_id=encounter_id,
        payer_id=coverage.payer_id,
        coverage_id=coverage.id,
        payer_rank=payer_rank,
        form=form,
        control_number=new_claim_control_number(),
        state=ClaimState.DRAFT,
        charge_total=total(charge.amount or ZERO for charge in charges),
        file_by=file_by,
    )


def line_rows(
    claim: Claim, charges: Sequence[Charge], *, revenue_codes: Mapping[str, str]
) -> list[ClaimLine]:
    """Make one line per charge, numbered from 1 in the order of the charges."""
    is_institutional = ClaimForm(claim.form) is ClaimForm.INSTITUTIONAL
    return [
        ClaimLine(
            client_id=claim.client_id,
            claim_id=claim.id,
            charge_id=charge.id,
            number=number,
            procedure_code=charge.procedure_code,
            modifiers=charge.modifiers,
            units=charge.units,
            diagnosis_pointers=charge.diagnosis_pointers,
            service_date=charge.service_date,
            revenue_code=(charge.revenue_code or revenue_codes.get(charge.procedure_code, ""))
            if is_institutional
            else "",
            charge=charge.amount or ZERO,
        )
        for number, charge in enumerate(charges, start=1)
    ]
