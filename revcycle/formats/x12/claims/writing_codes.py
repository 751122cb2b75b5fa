"""HI segments, written: diagnoses, and every other code of a claim."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from models.documents.claim import ClaimDocument, ClaimForm
from models.documents.claim_codes import HealthCode, HealthCodeKind
from revcycle.formats.x12.claims.writing_pen import Pen

CODES_PER_SEGMENT = 12
K = HealthCodeKind
# Which kinds share one HI, in the order of the guide, and how many codes there may be.
PROFESSIONAL_KINDS: tuple[tuple[tuple[K, ...], int], ...] = (
    ((K.ANESTHESIA_PROCEDURE, K.OTHER_ANESTHESIA_PROCEDURE), 2),
    ((K.CONDITION,), 24),
)
BEFORE_OTHER_DIAGNOSES: tuple[tuple[tuple[K, ...], int], ...] = (
    ((K.ADMITTING_DIAGNOSIS, K.ADMITTING_DIAGNOSIS_ICD9), 1),
    ((K.REASON_FOR_VISIT, K.REASON_FOR_VISIT_ICD9), 3),
    ((K.EXTERNAL_CAUSE, K.EXTERNAL_CAUSE_ICD9), 12),
    ((K.DIAGNOSIS_RELATED_GROUP,), 1),
)
AFTER_OTHER_DIAGNOSES: tuple[tuple[tuple[K, ...], int], ...] = (
    ((K.PRINCIPAL_PROCEDURE, K.PRINCIPAL_PROCEDURE_ICD9, K.PRINCIPAL_PROCEDURE_ABC), 1),
    ((K.OTHER_PROCEDURE, K.OTHER_PROCEDURE_ICD9), 24),
    ((K.OCCURRENCE_SPAN,), 24),
    ((K.OCCURRENCE,), 24),
    ((K.VALUE,), 24),
    ((K.CONDITION,), 24),
    ((K.TREATMENT,), 24),
)


def put_professional_codes(pen: Pen, claim: ClaimDocument) -> None:
    """HI of an 837P: all diagnoses in one, then what else there is."""
    extra = claim.supplement
    if not claim.diagnoses:
        pass
    elif not (extra.is_icd9 or extra.present_on_admission):
        pen.out.append("HI*ABK:" + "*ABF:".join([_diagnosis(pen, one) for one in claim.diagnoses]))
    else:
        _put_codes(pen, _diagnoses(pen, claim))
    if extra.health_codes:
        _put_kinds(pen, claim, PROFESSIONAL_KINDS)
        _refuse_strangers(pen, claim, PROFESSIONAL_KINDS)


def put_institutional_codes(pen: Pen, claim: ClaimDocument) -> None:
    """HI of an 837I: the principal diagnosis on its own, the others between the other codes."""
    principal, *others = _diagnoses(pen, claim) or [""]
    _put_codes(pen, [principal] if principal else [])
    if not claim.supplement.health_codes:
        _put_codes(pen, others)
        return
    _put_kinds(pen, claim, BEFORE_OTHER_DIAGNOSES)
    _put_codes(pen, others)
    _put_kinds(pen, claim, AFTER_OTHER_DIAGNOSES)
    _refuse_strangers(pen, claim, BEFORE_OTHER_DIAGNOSES + AFTER_OTHER_DIAGNOSES)


def _diagnoses(pen: Pen, claim: ClaimDocument) -> list[str]:
    principal, other = ("BK", "BF") if claim.supplement.is_icd9 else ("ABK", "ABF")
    present = claim.supplement.present_on_admission
    if present and claim.form is ClaimForm.PROFESSIONAL:
        pen.refuse("a professional claim does not say what was present on admission")
    if len(present) > len(claim.diagnoses):
        pen.refuse("more is said to be present on admission than there are diagnoses")
    written: list[str] = []
    for code, said in zip_longest(claim.diagnoses, present[: len(claim.diagnoses)], fillvalue=""):
        composite = f"{other if written else principal}:{_diagnosis(pen, code)}"
        written.append(f"{composite}:::::::{_present(pen, said)}" if said else composite)
    return written


def _present(pen: Pen, said: str) -> str:
    return pen.code(said, 1, "present on admission")


def _diagnosis(pen: Pen, code: str) -> str:
    if code not in pen.diagnoses:
        if not (code.isascii() and code.isalnum()):
            pen.refuse("a diagnosis code is written without its dot")
        code = pen.code(code, 30, "diagnosis code")
        pen.diagnoses.add(code)
    return code


def _put_codes(pen: Pen, composites: Sequence[str]) -> None:
    """Write so many HI as it takes, twelve codes each."""
    for start in range(0, len(composites), CODES_PER_SEGMENT):
        pen.put("HI", *composites[start : start + CODES_PER_SEGMENT])


def _put_kinds(
    pen: Pen, claim: ClaimDocument, kinds: Iterable[tuple[tuple[HealthCodeKind, ...], int]]
) -> None:
    for shared, most in kinds:
        codes = [code for code in claim.supplement.health_codes if code.kind in shared]
        if len(codes) > most:
            pen.refuse(f"a claim has room for {most} codes of kind {shared[0]}")
        codes.sort(key=lambda code: shared.index(code.kind))
        _put_codes(pen, [_composite(pen, code) for code in codes])


def _refuse_strangers(
    pen: Pen, claim: ClaimDocument, kinds: Iterable[tuple[tuple[HealthCodeKind, ...], int]]
) -> None:
    known = {kind for shared, _ in kinds for kind in shared}
    strangers = [code for code in claim.supplement.health_codes if code.kind not in known]
    for code in strangers:
        pen.refuse(f"a {claim.form} claim has no room for codes of kind {code.kind}")
        _put_codes(pen, [_composite(pen, code)])


def _composite(pen: Pen, code: HealthCode) -> str:
    form = day = ""
    if code.first is not None:
        form, day = pen.period(code.first, code.last).split("*")
    parts = (
        code.kind,
        pen.code(code.code, 30, f"code of kind {code.kind}"),
        form,
        day,
        pen.optional_quantity(code.amount, "value code amount"),
        "",
        "",
        "",
        _present(pen, code.present_on_admission) if code.present_on_admission else "",
    )
    return ":".join(parts).rstrip(":")
