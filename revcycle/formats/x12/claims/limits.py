"""What no 837 can carry: refused before a byte is written, by claim."""

from dataclasses import dataclass

from models.documents.claim import ClaimDocument, ClaimDocumentLine, FrequencyCode
from models.errors import RejectedError
from models.values.identifiers import CLAIM_CONTROL_NUMBER_LENGTH_MAX

CLAIMS_PER_TRANSACTION = 5_000
CLAIMS_PER_PATIENT = 100
MODIFIERS_MAX = 4
POINTERS_MAX = 4
OTHER_PAYERS_MAX = 10
ADJUDICATIONS_MAX = 15


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
    if len(claim.control_number) > CLAIM_CONTROL_NUMBER_LENGTH_MAX or not claim.control_number:
        msg = f"claim control number must have 1 to {CLAIM_CONTROL_NUMBER_LENGTH_MAX} characters"
        raise RejectedError(msg)
    diagnoses = len(claim.diagnoses)
    if not 0 < len(claim.lines) <= limits.lines:
        _refuse_count("lines", len(claim.lines), limits.lines)
    if not 0 < diagnoses <= limits.diagnoses:
        _refuse_count("diagnoses", diagnoses, limits.diagnoses)
    if len(claim.other_payers) > OTHER_PAYERS_MAX:
        _refuse_count("other payers", len(claim.other_payers), OTHER_PAYERS_MAX, least=0)
    if claim.frequency_code is not FrequencyCode.ORIGINAL and not claim.original_reference:
        msg = "a replacement or void needs the payer's claim control number"
        raise RejectedError(msg)
    for number, line in enumerate(claim.lines, start=1):
        _refuse_line(line, number, diagnoses, limits)


def _refuse_line(line: ClaimDocumentLine, number: int, diagnoses: int, limits: ClaimLimits) -> None:
    if line.number != number:
        msg = f"line {line.number}: lines are numbered from 1, so this is line {number}"
        raise RejectedError(msg)
    if len(line.modifiers) > MODIFIERS_MAX:
        _refuse_count(f"line {number}: modifiers", len(line.modifiers), MODIFIERS_MAX, least=0)
    if len(line.adjudications) > ADJUDICATIONS_MAX:
        what = f"line {number}: adjudications"
        _refuse_count(what, len(line.adjudications), ADJUDICATIONS_MAX, least=0)
    pointers = line.diagnosis_pointers
    if limits.needs_pointers and not 0 < len(pointers) <= POINTERS_MAX:
        _refuse_count(f"line {number}: diagnosis pointers", len(pointers), POINTERS_MAX)
    for pointer in pointers:
        if not 0 < pointer <= diagnoses:
            msg = f"line {number}: a diagnosis pointer names no diagnosis of the claim"
            raise RejectedError(msg)


def _refuse_count(what: str, count: int, most: int, least: int = 1) -> None:
    msg = f"{what} must number {least} to {most}, not {count}"
    raise RejectedError(msg)
