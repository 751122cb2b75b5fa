"""A claim with more lines than a guide has room for, as several claims."""

from collections.abc import Sequence
from dataclasses import replace

from models.documents.claim import (
    ClaimDocument,
    ClaimDocumentLine,
    FrequencyCode,
    OtherPayer,
)
from models.errors import RejectedError
from models.values.money import ZERO, Money, total
from revcycle.formats.x12.claims.limits import ClaimLimits


def split_claim(claim: ClaimDocument, limits: ClaimLimits) -> tuple[ClaimDocument, ...]:
    """Split a claim by its lines; nothing is cut, and a claim that fits comes back as it is.

    To be called before claims get their numbers: every part has the control number of the whole,
    and the caller gives each its own. Lines keep their order and their control numbers and count
    from 1 in each part; diagnoses stand in every part, so that pointers hold. What the patient
    paid goes to the first parts, as far as their charges reach. What an earlier payer decided
    line by line goes with the lines.

    Raises:
        RejectedError: the claim corrects another, so that it must be as that one was; an earlier
            payer decided it as a whole, which cannot be divided; or it holds segments of a file
            that was read.

    Source:
        005010X222A1 and 005010X223A2, repeats of loop 2400 (50 and 999).
    """
    if len(claim.lines) <= limits.lines:
        return (claim,)
    _refuse_indivisible(claim)
    starts = range(0, len(claim.lines), limits.lines)
    left = claim.patient_paid
    parts: list[ClaimDocument] = []
    for start in starts:
        lines = _renumbered(claim.lines[start : start + limits.lines])
        charge = total(line.charge for line in lines)
        paid = None if left is None else min(left, charge)
        left = None if left is None or paid is None or left == paid else left - paid
        parts.append(_part(claim, lines, paid))
    return tuple(parts)


def _refuse_indivisible(claim: ClaimDocument) -> None:
    if claim.frequency_code is not FrequencyCode.ORIGINAL:
        msg = "a claim that corrects another is not split: it must be as that one was"
        raise RejectedError(msg)
    if claim.kept or any(line.kept for line in claim.lines):
        msg = "a claim with segments kept from a file is not split"
        raise RejectedError(msg)
    for other in claim.other_payers:
        if other.adjustments or (other.paid not in {None, ZERO} and not _decided(claim, other)):
            msg = "a claim that an earlier payer decided as a whole is not split"
            raise RejectedError(msg)


def _decided(claim: ClaimDocument, other: OtherPayer) -> bool:
    """Tell whether another payer decided every line."""
    payer_id = other.payer.payer_id
    return all(
        any(decision.payer_id == payer_id for decision in line.adjudications)
        for line in claim.lines
    )


def _renumbered(lines: Sequence[ClaimDocumentLine]) -> tuple[ClaimDocumentLine, ...]:
    return tuple(replace(line, number=number) for number, line in enumerate(lines, start=1))


def _part(
    claim: ClaimDocument, lines: tuple[ClaimDocumentLine, ...], paid: Money | None
) -> ClaimDocument:
    others = tuple(
        other if other.paid is None else replace(other, paid=_paid_for(lines, other))
        for other in claim.other_payers
    )
    return replace(claim, lines=lines, other_payers=others, patient_paid=paid)


def _paid_for(lines: Sequence[ClaimDocumentLine], other: OtherPayer) -> Money:
    return total(
        decision.paid
        for line in lines
        for decision in line.adjudications
        if decision.payer_id == other.payer.payer_id
    )
