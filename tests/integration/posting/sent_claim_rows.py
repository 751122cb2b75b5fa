"""The rows that stand in the database once a claim was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.documents.claim import ClaimForm, FrequencyCode
from models.states.claim import ClaimState
from models.states.file import OutboundFileState
from models.tables import Charge, Claim, ClaimLine, ClaimVersion, Coverage, Encounter, OutboundFile
from models.values.identifiers import new_claim_control_number
from models.values.money import ZERO, total

FILE_BY = date(2027, 1, 1)


@dataclass(frozen=True, slots=True)
class SentClaimRows:
    """A claim, the file that carried it, what was sent of it, and its lines."""

    claim: Claim
    file: OutboundFile
    version: ClaimVersion
    lines: list[ClaimLine]


def sent_claim_rows(
    encounter: Encounter,
    charges: Sequence[Charge],
    coverage: Coverage,
    *,
    connection_id: UUID,
    rank: int,
    state: ClaimState,
    written_at: datetime,
) -> SentClaimRows:
    """Make the rows of a claim for these charges, sent once, in a file of its own."""
    claim = Claim(
        client_id=encounter.client_id,
        encounter_id=encounter.id,
        payer_id=coverage.payer_id,
        coverage_id=coverage.id,
        payer_rank=rank,
        form=ClaimForm.PROFESSIONAL,
        control_number=new_claim_control_number(),
        state=state,
        charge_total=total(charge.amount or ZERO for charge in charges),
        file_by=FILE_BY,
    )
    file = _file_of(claim, connection_id, written_at)
    version = _version_of(claim, file)
    lines = [_line_of(claim, number, charge) for number, charge in enumerate(charges, start=1)]
    return SentClaimRows(claim, file, version, lines)


def _file_of(claim: Claim, connection_id: UUID, written_at: datetime) -> OutboundFile:
    return OutboundFile(
        client_id=claim.client_id,
        connection_id=connection_id,
        kind="837P",
        name=f"{claim.id}.837",
        control_number=claim.id.int % 10**9,
        sha256="0" * 64,
        content=b"claim",
        record_count=1,
        state=OutboundFileState.SENT,
        created_at=written_at,
    )


def _version_of(claim: Claim, file: OutboundFile) -> ClaimVersion:
    return ClaimVersion(
        client_id=claim.client_id,
        claim_id=claim.id,
        number=1,
        control_number=f"{claim.control_number}01",
        frequency_code=FrequencyCode.ORIGINAL,
        outbound_file_id=file.id,
        charge_total=claim.charge_total,
        created_at=file.created_at,
    )


def _line_of(claim: Claim, number: int, charge: Charge) -> ClaimLine:
    return ClaimLine(
        client_id=claim.client_id,
        claim_id=claim.id,
        charge_id=charge.id,
        number=number,
        procedure_code=charge.procedure_code,
        units=charge.units,
        service_date=charge.service_date,
        charge=charge.amount or ZERO,
    )
