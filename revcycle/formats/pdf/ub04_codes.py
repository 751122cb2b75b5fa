"""Conditions, occurrences, values, diagnoses and operations in the boxes of the UB-04."""

from collections.abc import Iterator
from typing import Final

from models.documents.claim import ClaimDocument
from models.documents.claim_codes import HealthCode, HealthCodeKind
from models.documents.paper import BoxText
from revcycle.formats.pdf.paper_boxes import form_date, without_marks

DAY: Final = "%m%d%y"
CENTS: Final = 100


def code_texts(claim: ClaimDocument) -> Iterator[BoxText]:
    """Write the codes of a claim; one more than the form has boxes for is refused elsewhere."""
    yield from _numbered("condition", _of(claim, HealthCodeKind.CONDITION))
    yield from _dated("occurrence", _of(claim, HealthCodeKind.OCCURRENCE))
    yield from _spans(_of(claim, HealthCodeKind.OCCURRENCE_SPAN))
    yield from _values(_of(claim, HealthCodeKind.VALUE))
    yield from _diagnoses(claim)
    yield from _operations(claim)


def _of(claim: ClaimDocument, *kinds: HealthCodeKind) -> list[HealthCode]:
    return [code for kind in kinds for code in claim.supplement.health_codes if code.kind is kind]


def _numbered(name: str, codes: list[HealthCode]) -> Iterator[BoxText]:
    for at, code in enumerate(codes):
        yield BoxText(f"{name}.{at}", code.code)


def _dated(name: str, codes: list[HealthCode]) -> Iterator[BoxText]:
    for at, code in enumerate(codes):
        yield BoxText(f"{name}.{at}", code.code)
        yield BoxText(f"{name}_on.{at}", form_date(code.first, DAY))


def _spans(codes: list[HealthCode]) -> Iterator[BoxText]:
    for at, code in enumerate(codes):
        yield BoxText(f"span.{at}", code.code)
        yield BoxText(f"span_from.{at}", form_date(code.first, DAY))
        yield BoxText(f"span_to.{at}", form_date(code.last, DAY))


def _values(codes: list[HealthCode]) -> Iterator[BoxText]:
    for at, code in enumerate(codes):
        yield BoxText(f"value.{at}", code.code)
        if code.amount is not None:
            yield BoxText(f"value_amount.{at}", f"{int(code.amount * CENTS)}")


def _diagnoses(claim: ClaimDocument) -> Iterator[BoxText]:
    yield BoxText("icd", "9" if claim.supplement.is_icd9 else "0")
    for at, code in enumerate(claim.diagnoses):
        yield BoxText(f"diagnosis.{at}", without_marks(code))
    for at, present in enumerate(claim.supplement.present_on_admission):
        yield BoxText(f"present.{at}", present)
    admitting = _of(
        claim, HealthCodeKind.ADMITTING_DIAGNOSIS, HealthCodeKind.ADMITTING_DIAGNOSIS_ICD9
    )
    yield from (BoxText("admitting", code.code) for code in admitting[:1])
    yield from _numbered(
        "reason", _of(claim, HealthCodeKind.REASON_FOR_VISIT, HealthCodeKind.REASON_FOR_VISIT_ICD9)
    )
    yield from _numbered(
        "cause", _of(claim, HealthCodeKind.EXTERNAL_CAUSE, HealthCodeKind.EXTERNAL_CAUSE_ICD9)
    )
    groups = _of(claim, HealthCodeKind.DIAGNOSIS_RELATED_GROUP)
    yield from (BoxText("drg", code.code) for code in groups[:1])


def _operations(claim: ClaimDocument) -> Iterator[BoxText]:
    principal = _of(
        claim, HealthCodeKind.PRINCIPAL_PROCEDURE, HealthCodeKind.PRINCIPAL_PROCEDURE_ICD9
    )
    yield from _dated("operation", [*principal[:1], *_of(claim, HealthCodeKind.OTHER_PROCEDURE)])
