"""What no 837 can carry: refused before a byte is written, by claim."""

from dataclasses import dataclass

from models.documents.claim import ClaimDocument, ClaimDocumentLine, FrequencyCode
from models.errors import RejectedError
from models.values.identifiers import CLAIM_CONTROL_NUMBER_LENGTH_MAX
from revcycle.formats.x12.elements import identifier

CLAIMS_PER_TRANSACTION = 5_000
CLAIMS_PER_PATIENT = 100
MODIFIERS_MAX = 4
POINTERS_MAX = 4
OTHER_PAYERS_MAX = 10


class ClaimRefusedError(RejectedError):
    """One claim of a batch cannot be written; the others may be, without it."""

    def __init__(self, control_number: str, reason: str) -> None:
        self.control_number = control_number
        super().__init__(f"claim {control_number}: {reason}")


@dataclass(frozen=True, slots=True)
class ClaimLimits:
    """How much one claim of a form may hold."""

    lines: int
    diagnoses: int
    needs_pointers: bool


def refuse_unwritable(claim: ClaimDocument, limits: ClaimLimits) -> None:
    """Refuse a claim that the guide has no room for.

    Source:
        005010X222A1 and 005010X223A2: repeats of loops 2300, 2320 and 2400, of HI and SV1/SV2;
        CLM01 of 20 characters; REF*F8 with frequency 7 and 8.

    Raises:
        RejectedError: the text names the limit.
    """
    identifier(
        claim.control_number, field="claim control number", limit=CLAIM_CONTROL_NUMBER_LENGTH_MAX
    )
    _refuse_count("lines", len(claim.lines), limits.lines)
    _refuse_count("diagnoses", len(claim.diagnoses), limits.diagnoses)
    _refuse_count("other payers", len(claim.other_payers), OTHER_PAYERS_MAX, least=0)
    if claim.frequency_code is not FrequencyCode.ORIGINAL and not claim.original_reference:
        msg = "a replacement or void needs the payer's claim control number"
        raise RejectedError(msg)
    for line in claim.lines:
        _refuse_line(line, len(claim.diagnoses), limits)


def _refuse_line(line: ClaimDocumentLine, diagnoses: int, limits: ClaimLimits) -> None:
    place = f"line {line.number}:"
    _refuse_count(f"{place} modifiers", len(line.modifiers), MODIFIERS_MAX, least=0)
    if limits.needs_pointers:
        _refuse_count(f"{place} diagnosis pointers", len(line.diagnosis_pointers), POINTERS_MAX)
    if any(not 1 <= pointer <= diagnoses for pointer in line.diagnosis_pointers):
        msg = f"{place} a diagnosis pointer names no diagnosis of the claim"
        raise RejectedError(msg)


def _refuse_count(what: str, count: int, most: int, least: int = 1) -> None:
    if not least <= count <= most:
        msg = f"{what} must number {least} to {most}, not {count}"
        raise RejectedError(msg)
