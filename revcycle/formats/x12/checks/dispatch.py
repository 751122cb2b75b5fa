"""Which rule looks at what: segments by their tag, loops by their id, claims as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from revcycle.formats.x12.checks import (
    accidents,
    adjustments,
    balances,
    claims,
    dates,
    diagnoses,
    identifiers,
    inquiries,
    institutional,
    levels,
    patients,
    payers,
    payments,
    places,
    procedures,
    providers,
    services,
)
from revcycle.formats.x12.checks.claim_view import ClaimView, claims_of
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.segments import Segment

SegmentCheck = Callable[[Segment, int, Examination], None]
LoopCheck = Callable[[Loop, Examination], None]
ClaimCheck = Callable[[ClaimView, Examination], None]

_PARTIES: dict[str, SegmentCheck] = {
    "NM1": identifiers.check_name,
    "N4": places.check_city,
    "PER": identifiers.check_contact,
    "PRV": identifiers.check_specialty,
    "DMG": patients.check_birth_date,
    "DTP": dates.check_date,
}
_CLAIMS: dict[str, SegmentCheck] = {
    "REF": identifiers.check_reference,
    "CLM": procedures.check_claim_place,
    "HI": diagnoses.check_codes,
    "SV1": procedures.check_professional,
    "SV2": procedures.check_institutional,
    "SV3": procedures.check_dental,
    "SVD": procedures.check_adjudicated_service,
    "CAS": adjustments.check_adjustment,
    "MOA": adjustments.check_outpatient_remarks,
    "MIA": adjustments.check_inpatient_remarks,
}
_REMITTANCES: dict[str, SegmentCheck] = {
    "NM1": identifiers.check_name,
    "N1": identifiers.check_party,
    "N4": places.check_city,
    "PER": identifiers.check_contact,
    "BPR": payments.check_payment,
    "CLP": payments.check_claim_payment,
    "SVC": procedures.check_paid_service,
    "CAS": adjustments.check_adjustment,
    "LQ": adjustments.check_remark,
    "MOA": adjustments.check_outpatient_remarks,
    "MIA": adjustments.check_inpatient_remarks,
}
_STATUS: dict[str, SegmentCheck] = {"SVC": procedures.check_paid_service}
SEGMENT_CHECKS: Mapping[str, Mapping[str, SegmentCheck]] = MappingProxyType(
    {
        "837": _PARTIES | _CLAIMS,
        "835": _REMITTANCES,
        "270": _PARTIES | {"HI": diagnoses.check_codes},
        "271": _PARTIES,
        "276": _PARTIES | _STATUS,
        "277": _PARTIES | _STATUS,
    }
)
LOOP_CHECKS: Mapping[str, tuple[LoopCheck, ...]] = MappingProxyType(
    {
        "2010AA": (places.check_billing_address, providers.check_billing),
        "2310C": (places.check_facility_address,),
        "2410": (services.check_drug,),
        "2000B": (payers.check_subscriber,),
    }
)
CLAIM_CHECKS: tuple[ClaimCheck, ...] = (
    claims.check_frequency,
    claims.check_lines,
    claims.check_attachments,
    balances.check_balances,
    patients.check_age,
    accidents.check_accident,
    accidents.check_casualty,
    dates.check_order,
    services.check_services,
    institutional.check_stay,
    providers.check_rendering,
    payers.check_payers,
    diagnoses.check_validity,
)


@dataclass(slots=True)
class Examiner:
    """Examines transaction after transaction of a file, and remembers its control numbers."""

    numbers: claims.ControlNumbers = field(default_factory=claims.ControlNumbers)

    def examine(self, exam: Examination) -> None:
        """Apply every rule of the transaction's kind."""
        _check_segments(exam)
        if exam.kind in levels.PARENTS:
            levels.check_levels(exam)
        if exam.kind == "837":
            self._check_claims(exam)
        elif exam.kind == "270":
            inquiries.check_eligibility(exam)
        elif exam.kind == "276":
            inquiries.check_status(exam)

    def _check_claims(self, exam: Examination) -> None:
        outline = exam.outline
        for loop in outline.loops:
            for check in LOOP_CHECKS.get(loop.id, ()):
                check(loop, exam)
        patients.check_levels([one for one in outline.root.loops if one.id == "2000B"], exam)
        count = 0
        for count, claim in enumerate(claims_of(outline, exam.separator), start=1):  # noqa: B007 - the number of claims
            claims.check_control_number(claim, exam, self.numbers)
            for claim_check in CLAIM_CHECKS:
                claim_check(claim, exam)
        claims.check_count(count, exam)


def _check_segments(exam: Examination) -> None:
    """Go once through all segments, and to each with the one function for its tag."""
    checks = SEGMENT_CHECKS.get(exam.kind)
    if checks is None:
        return
    for index, segment in enumerate(exam.segments):
        check = checks.get(segment[0])
        if check is not None:
            check(segment, index, exam)
